"""Vocabularies of a round of supervision and of what becomes of its findings (A9)."""

from django.db.models import TextChoices


class RoundStep(TextChoices):
    """The eight steps of article 9, and a round that was given up before it began."""

    PLANNED = "planned", "筹备中"
    READY = "ready", "待启动"
    INSPECTING = "inspecting", "监督检查中"
    REPORTING = "reporting", "形成报告"
    REPORT_APPROVED = "report_approved", "报告已批准"
    SC_ANALYSED = "sc_analysed", "常委会已研判"
    DISPOSED = "disposed", "已分类处置"
    RECTIFYING = "rectifying", "整改中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


# Steps before anybody has gone to a unit; in them units, linkage and days may still be changed.
PREPARING = frozenset({RoundStep.PLANNED, RoundStep.READY})
UNDER_WAY = frozenset(RoundStep) - PREPARING - {RoundStep.CLOSED, RoundStep.CANCELLED}
FINISHED = frozenset({RoundStep.CLOSED, RoundStep.CANCELLED})
# Steps in which a finding still comes into the report; afterwards the list of problems is signed.
FINDING = frozenset({RoundStep.INSPECTING, RoundStep.REPORTING})
AFTER_DISPOSAL = frozenset({RoundStep.DISPOSED, RoundStep.RECTIFYING, RoundStep.CLOSED})


class Scale(TextChoices):
    """How wide a round reaches; decides who puts the teams together (A9.2)."""

    COUNTY_WIDE = "county_wide", "全县性"
    SYSTEMIC = "systemic", "系统性"
    SINGLE = "single", "单个部门或单独领域"


WIDE = frozenset({Scale.COUNTY_WIDE, Scale.SYSTEMIC})


class LecturerKind(TextChoices):
    """Who is invited to train (A9.1)."""

    SUPERIOR = "superior", "上级部室"
    BACKBONE = "sg_backbone", "派驻机构业务骨干"
    EXPERT = "expert", "行业专家"


class Recusal(TextChoices):
    """回避 as declared by the member himself; the reason of kinship is never written down."""

    UNDECLARED = "undeclared", "未声明"
    CLEAR = "clear", "无需回避"
    RECUSED = "recused", "需回避"


class PlanStep(TextChoices):
    """A version of the plan."""

    DRAFT = "draft", "草稿"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "已批准"
    SUPERSEDED = "superseded", "已被新版替代"


class ActivityKind(TextChoices):
    """What kind of check it was (A9.4)."""

    ROUTINE = "routine", "日常检查"
    SPECIAL = "special", "专项检查"
    LED = "led_inspection", "领导带队检查"


class GuidanceKind(TextChoices):
    """What a leader did for the round (A9.4b)."""

    GUIDANCE = "guidance", "督促指导"
    PROGRESS = "progress", "调度进展"
    COORDINATION = "coordination", "协调解决问题"
    LED = "led_inspection", "带队检查"


class ReminderKind(TextChoices):
    """How a tendency was nipped in the bud (A9.5)."""

    INTERVIEW = "interview", "约谈提醒"
    CRITICISM = "criticism", "批评教育"


class WorkingPaperStep(TextChoices):
    """问题底稿 between its author and its reviewer."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待复核"
    RETURNED = "returned", "退回补充"
    REVIEWED = "reviewed", "已复核"
    REJECTED = "rejected", "复核不予认定"


class ReportKind(TextChoices):
    """阶段性 or final; each starts its own clock (AMB-15)."""

    INTERIM = "interim", "阶段性报告"
    FINAL = "final", "监督检查情况报告"


class ReportStep(TextChoices):
    """An inspection report on its way."""

    DRAFT = "draft", "起草中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "已批准"
    SC_SUBMITTED = "sc_submitted", "已提交常委会"
    STUDIED = "studied", "常委会已研判"


class AssessmentAbout(TextChoices):
    """Whose political performance a text speaks of (A9.6c)."""

    TEAM = "team", "领导班子"
    TOP_LEADER = "top_leader", "“一把手”"
    MEMBER = "member", "班子成员"


class CopyOutKind(TextChoices):
    """To whom the result goes in writing (A9.7b-c)."""

    LEADERS = "leaders", "抄报县委、县政府主要领导及相关分管县领导"
    COMMITTEE = "cpc_standing_committee", "向县委常委会报告"


class Route(TextChoices):
    """分类处置 of one problem; several may stand together (A9.7d)."""

    ON_SPOT = "on_spot", "立行立改"
    RECTIFY = "rectify", "限期整改"
    ACCOUNTABILITY = "accountability", "问责"
    REVIEW = "review_investigation", "移送审查调查"
    NO_ACTION = "no_action", "不予处理"


class FeedbackManner(TextChoices):
    """How a unit was told."""

    MEETING = "meeting", "反馈会"
    WRITTEN = "written", "书面反馈"
    TALK = "talk", "当面反馈"


class AccountabilityObject(TextChoices):
    """Who is held to account (A9.7f)."""

    ORGANISATION = "organisation", "党组织"
    PERSON = "person", "领导干部"


class Responsibility(TextChoices):
    """Which responsibility was not met (A9.7f, S2-12)."""

    MAIN = "main", "主体责任"
    SUPERVISION = "supervision", "监督责任"
    LEADERSHIP = "leadership", "领导责任"
    FIRST = "first", "第一责任"  # with the next, the four of “四责协同” (S2-10)
    DUAL_DUTY = "dual_duty", "“一岗双责”"


class ClueStatus(TextChoices):
    """What became of a clue; its content stays with 案件监督管理室 (AMB-10)."""

    TRANSFERRED = "transferred", "已移送"
    TALK_INQUIRY = "talk_inquiry", "谈话函询"
    PRELIMINARY = "preliminary_check", "初步核实"
    SHELVED = "shelved", "暂存待查"
    CONCLUDED = "concluded", "予以了结"
    FILED = "filed", "立案"
