"""Vocabularies of the evaluation of the office's own teams (A10.5)."""

from django.db.models import TextChoices

from accounts.roles import TOWNSHIP_KINDS, OrganKind

# what article 10(5) names, in its order
NAMES = {"E-1": "发现解决问题", "E-2": "查办案件", "E-3": "追责问责", "E-4": "完善制度机制", "E-5": "挽回经济损失"}


class SchemeStep(TextChoices):
    """Where one version of a year's scheme stands; in force it is locked."""

    DRAFT = "draft", "起草中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    IN_FORCE = "in_force", "已批准"
    SUPERSEDED = "superseded", "已被新版替代"
    DROPPED = "dropped", "已作废"


class TableStep(TextChoices):
    """Where a year's table stands."""

    DRAFT = "draft", "核算中"
    OPEN = "open", "公开征求异议"
    SETTLED = "settled", "异议已处理"
    RETURNED = "returned", "常委会退回"
    SUBMITTED = "submitted", "审批中"
    CONFIRMED = "confirmed", "常委会已确认"


class ObjectionStep(TextChoices):
    """Where an objection stands."""

    FILED = "filed", "待处理"
    PROPOSED = "proposed", "待负责人决定"
    UPHELD = "upheld", "异议成立"
    REJECTED = "rejected", "异议不成立"


class Answer(TextChoices):
    """What is proposed about an objection."""

    UPHOLD = "uphold", "异议成立，更正数值"
    REJECT = "reject", "异议不成立，维持原数值"


class Method(TextChoices):
    """How a value becomes points."""

    RELATIVE = "relative", "相对法（权重×数值÷同类组最高值）"
    BANDED = "banded", "分档法（数值达到几得几分）"


class Adjuster(TextChoices):
    """What a value is divided by before it is scored."""

    NONE = "", "不折算"
    UNITS = "units", "按被监督单位数平均"
    STAFF = "staff", "按在岗人数平均"


class Group(TextChoices):
    """Peer groups: ranks are shown within one only."""

    STATIONED = "stationed_group", "派驻纪检监察组"
    TOWNSHIP = "township_committee", "乡（镇、办）纪（工）委"


KINDS: dict[str, frozenset[OrganKind]] = {
    Group.STATIONED: frozenset({OrganKind.STATIONED_GROUP}),
    Group.TOWNSHIP: TOWNSHIP_KINDS,
}
EDITABLE = frozenset({SchemeStep.DRAFT, SchemeStep.RETURNED})
UNDER_WAY = EDITABLE | {SchemeStep.SUBMITTED}  # one scheme of a year at most
AT_WORK = frozenset({TableStep.DRAFT, TableStep.SETTLED, TableStep.RETURNED})  # the office may still word and adjust
SHOWN = frozenset(TableStep.values) - {TableStep.DRAFT}  # an organ sees its own row from the opening on
PENDING = frozenset({ObjectionStep.FILED, ObjectionStep.PROPOSED})
