"""Vocabularies of problems and their rectification."""

from django.db.models import TextChoices


class Source(TextChoices):
    """Where a problem was found."""

    ROUND = "round", "监督轮次"
    DAILY = "daily", "日常监督"
    SPECIAL = "special", "专项监督"
    INSPECTION_FEEDBACK = "inspection_feedback", "巡视巡察反馈"
    TALK = "talk", "谈话"
    MEETING = "meeting", "列席会议"
    VISIT = "visit", "明察暗访"
    DATA_ALERT = "data_alert", "数据预警"
    PETITION = "petition", "信访"
    OTHER = "other", "其他"


class Severity(TextChoices):
    """How grave a problem is."""

    GENERAL = "general", "一般"
    WIDESPREAD = "widespread", "普遍性"
    PROMINENT = "prominent", "突出"
    MAJOR = "major", "重大"


class ResponsibleKind(TextChoices):
    """Who answers for a problem, as the office counts it."""

    PARTY_COMMITTEE = "party_committee", "党委（党组）"
    DEPARTMENT = "functional_department", "职能部门"
    TOWNSHIP = "township", "乡（镇、办）"
    ENTERPRISE = "enterprise", "企业"
    VILLAGE = "village", "村（社区）"
    OTHER = "other", "其他"


class PhaseFound(TextChoices):
    """When in the course of a matter the problem was seen."""

    BEFORE = "before", "事前"
    DURING = "during", "事中"
    AFTER = "after", "事后"


class Nature(TextChoices):
    """What kind of problem it is."""

    POLITICAL = "political", "政治"
    ORGANISATIONAL = "organisational", "组织"
    CORRUPTION = "corruption", "腐败（廉洁）"
    CONDUCT = "conduct", "作风"
    FORMALISM = "formalism_bureaucratism", "形式主义、官僚主义"
    MASS = "mass_discipline", "群众纪律"
    WORK = "work_discipline", "工作纪律"
    LIFE = "life_discipline", "生活纪律"
    INSTITUTIONAL = "institutional", "制度机制"


class Deviation(TextChoices):
    """政治偏差: a person's written judgement, never derived (A3.2)."""

    NONE = "none", "未发现"
    SUSPECTED = "suspected", "存疑"
    CONFIRMED = "confirmed", "确认"


class DeviationAspect(TextChoices):
    """In which aspect of the key few a deviation shows (A3.3)."""

    STANCE = "stance", "政治立场"
    COMMITMENT = "commitment", "政治担当"
    ABILITY = "ability", "政治能力"
    INTEGRITY = "integrity", "政治操守"


class RectificationStep(TextChoices):
    """Steps of rectification. Fixed; lateness is a reading, not a step."""

    ISSUED = "issued", "待整改"
    IN_PROGRESS = "in_progress", "整改中"
    SUBMITTED = "submitted", "待销号"
    RETURNED = "returned", "销号退回"
    CLOSED = "closed", "已销号"


OPEN_STEPS = frozenset(RectificationStep) - {RectificationStep.CLOSED}


# Calendar days late -> the bucket's name; a bucket ends where the next begins (A9.8c).
AGES = ((0, "未到期"), (1, "逾期1至10天"), (11, "逾期11至30天"), (31, "逾期31至90天"), (91, "逾期90天以上"))


class Origin(TextChoices):
    """How a record came into the product."""

    TYPED = "typed", "登记"
    IMPORTED = "imported", "导入的历史台账"


class FailureKind(TextChoices):
    """整改不及时、不到位、拒不整改 (A9.8c); set by a person."""

    LATE = "late", "不及时"
    INADEQUATE = "inadequate", "不到位"
    REFUSED = "refused", "拒不整改"


class ExtensionStep(TextChoices):
    """A request for a later day."""

    REQUESTED = "requested", "待审批"
    APPROVED = "approved", "同意延期"
    REFUSED = "refused", "不同意延期"


class InspectionLevel(TextChoices):
    """Whose inspection gave the feedback (A5.6)."""

    CENTRAL = "central", "中央巡视"
    PROVINCE = "province", "省委巡视"
    CITY = "city", "市委巡察"
    COUNTY = "county", "县委巡察"


class ProofKind(TextChoices):
    """What a closing evidence shows (A9.8b)."""

    DOCUMENT = "document", "文件"
    PHOTO = "photo", "照片"
    MONEY = "money", "款物退缴"
    INSTITUTION = "institution", "制度建立"
    OTHER = "other", "其他"


class LookBackStep(TextChoices):
    """Steps of a 回头看."""

    PLANNED = "planned", "已安排"
    HELD = "held", "已完成"
    CANCELLED = "cancelled", "已取消"


class LookBackVerdict(TextChoices):
    """What a 回头看 found at one problem (A9.8e)."""

    OK = "ok", "未反弹"
    REBOUND = "rebound", "反弹"
    UNFINISHED = "unfinished", "未完成"


class Risk(TextChoices):
    """Why a struck-off problem deserves a second look."""

    FAILED_SAMPLE = "failed_sample", "反向核查不通过"
    REBOUND = "rebound", "曾经反弹"
    REPEAT = "repeat", "屡改屡犯"
    OVERDUE = "overdue", "逾期销号"
    EXTENSION = "extension", "曾经延期"
    GRAVE = "grave", "突出或重大"


class SampleVerdict(TextChoices):
    """What 反向核查 found at one struck-off problem."""

    OK = "ok", "整改属实"
    FALSE = "false_rectification", "虚假整改"


BADGES = {"issued": "secondary", "in_progress": "blue", "submitted": "cyan", "returned": "orange", "closed": "dark"}
