"""Vocabularies of the checklist: value, label and badge colour together."""

from django.db.models import TextChoices


class FocusArea(TextChoices):
    """The seven areas of article 5. Fixed."""

    CENTRAL_LEADERSHIP = "central_leadership", "维护党中央集中统一领导"
    INSTRUCTIONS = "instructions", "重要指示批示"
    MAJOR_DECISIONS = "major_decisions", "路线方针政策和重大决策部署"
    PARTY_GOVERNANCE = "party_governance_responsibility", "主体责任"
    POWER_OPERATION = "power_operation", "权力运行"
    INSPECTION_RECTIFICATION = "inspection_rectification", "巡视巡察整改"
    OTHER = "other", "其他"


class Form(TextChoices):
    """The four forms of article 7. Fixed."""

    CENTRALIZED = "centralized", "集中式"
    KEY = "key", "重点式"
    STATIONED = "stationed", "驻点式"
    ASSIGNED = "assigned", "点题式"


class BasisKind(TextChoices):
    """Where a project comes from (A6.1b)."""

    DAILY = "daily", "日常监督发现的突出问题"
    WEAK_LINK = "weak_link", "薄弱环节"
    INSPECTION = "inspection", "巡视巡察反馈"
    SPECIAL = "special", "专项督察反馈"
    PLENUM = "plenum", "全会部署"
    OTHER = "other", "其他"


class AssignedBy(TextChoices):
    """Who sets a 点题式 matter (A7.4)."""

    CPC_STANDING_COMMITTEE = "cpc_standing_committee", "县委常委会"
    CPC_SECRETARY = "cpc_secretary", "县委书记"


class LinkageMode(TextChoices):
    """Joint working (A10.2). Fixed."""

    NONE = "none", "无"
    ROOM_GROUP = "room_group", "室组"
    GROUP_GROUP = "group_group", "组组"
    ROOM_GROUP_LOCAL = "room_group_local", "室组地"
    ROOM_GROUP_INSPECTION_LOCAL = "room_group_inspection_local", "室组巡地"


class SupervisionKind(TextChoices):
    """The four supervisions that are to join hands (A2). Fixed."""

    DISCIPLINE = "discipline", "纪律监督"
    SUPERVISORY = "supervisory", "监察监督"
    STATIONED = "stationed", "派驻监督"
    INSPECTION = "inspection", "巡察监督"


class ItemStep(TextChoices):
    """Where a project stands on its way to the list."""

    DRAFT = "draft", "草稿"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "已批准，待报送"
    FILED = "filed", "已报送党风室"
    LISTED = "listed", "已列入清单"
    WITHDRAWN = "withdrawn", "已撤销"


EDITABLE_STEPS = frozenset({ItemStep.DRAFT, ItemStep.RETURNED})
# Counted against the limit of 1-3 (AMB-3: everything that is not withdrawn).
COUNTED_STEPS = frozenset(ItemStep) - {ItemStep.WITHDRAWN}
PROPOSED_STEPS = frozenset({ItemStep.SUBMITTED, ItemStep.APPROVED, ItemStep.FILED, ItemStep.LISTED})


class PointsStep(TextChoices):
    """The year's key points."""

    DRAFT = "draft", "起草中"
    PUBLISHED = "published", "已印发"


class ChecklistStep(TextChoices):
    """One version of the yearly list."""

    COMPILING = "compiling", "汇总中"
    SUBMITTED = "submitted", "已提请常委会"
    PUBLISHED = "published", "已印发"
    SUPERSEDED = "superseded", "已被新版替代"


class ChangeKind(TextChoices):
    """Mid-year change of the list (A5.7) and edits while compiling (A6.1e)."""

    ADD = "add", "增加"
    MODIFY = "modify", "调整"
    WITHDRAW = "withdraw", "撤销"
    COMPILE = "compile", "汇总修改"


class ChangeStep(TextChoices):
    """Where a mid-year change stands."""

    DRAFT = "draft", "草稿"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "已批准，待常委会"
    APPLIED = "applied", "已生效"
    DROPPED = "dropped", "已放弃"


OPEN_CHANGE_STEPS = frozenset({ChangeStep.DRAFT, ChangeStep.RETURNED, ChangeStep.SUBMITTED})


class InstructionStep(TextChoices):
    """An instruction item (A5.2)."""

    OPEN = "open", "办理中"
    CLOSED = "closed", "已办结"


BADGES = {
    "draft": "secondary",
    "returned": "orange",
    "submitted": "blue",
    "approved": "cyan",
    "filed": "azure",
    "listed": "dark",
    "withdrawn": "secondary",
    "published": "dark",
    "compiling": "blue",
    "superseded": "secondary",
    "applied": "dark",
    "dropped": "secondary",
    "open": "blue",
    "closed": "secondary",
}
