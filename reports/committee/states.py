"""Vocabularies of a meeting of the standing committee: its steps, kinds of agenda items, and what it can decide on each."""

from django.db.models import TextChoices


class MeetingStep(TextChoices):
    """Where a meeting stands."""

    DRAFT = "draft", "议程拟制中"
    TABLED = "tabled", "议程已定"
    HELD = "held", "已开会"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class ItemKind(TextChoices):
    """What kind of matter an item is."""

    APPROVAL = "approval", "审批事项"
    CHECKLIST = "checklist", "年度重点项目清单"
    REPORT = "report", "报告分析研判"
    ARRANGEMENT = "arrangement", "安排集中式监督"
    HEARING = "hearing", "听取年度综合汇报"
    QUESTION = "question", "请示研究问题"
    OTHER = "other", "其他事项"


class ItemDecision(TextChoices):
    """What the committee decided; the last two are no decisions of substance and release the paper."""

    APPROVE = "approve", "同意"
    RETURN = "return", "退回"
    NOTED = "noted", "已听取"
    DEFER = "defer", "缓议"
    WITHDRAWN = "withdrawn", "撤回议题"


# Matters that a person writes down; the others are papers that wait for the committee.
WRITTEN = (ItemKind.QUESTION, ItemKind.ARRANGEMENT, ItemKind.HEARING, ItemKind.OTHER)
PAPERS = (ItemKind.APPROVAL, ItemKind.CHECKLIST, ItemKind.REPORT)
AHEAD = (MeetingStep.DRAFT, MeetingStep.TABLED)
OVER = (MeetingStep.CLOSED, MeetingStep.CANCELLED)
NOT_DECIDED = ("", ItemDecision.DEFER, ItemDecision.WITHDRAWN)

_PAPER = {"approve": "同意", "return": "退回修改", "defer": "缓议"}
_WRITTEN = {"approve": "同意", "noted": "已听取", "return": "不同意", "defer": "缓议"}
# Kind -> decision -> the committee's word for it.
DECISIONS: dict[str, dict[str, str]] = {
    ItemKind.APPROVAL: _PAPER,
    ItemKind.CHECKLIST: _PAPER,
    ItemKind.REPORT: {"approve": "已研判", "return": "退回补充", "defer": "缓议"},
    ItemKind.ARRANGEMENT: {"approve": "同意安排", "return": "不同意", "defer": "缓议"},
    ItemKind.HEARING: {"noted": "已听取", "defer": "缓议"},
    ItemKind.QUESTION: _WRITTEN,
    ItemKind.OTHER: _WRITTEN,
}
ASKED = {
    ItemKind.APPROVAL: "请审议批准。",
    ItemKind.CHECKLIST: "请研究审批年度政治监督重点项目清单。",
    ItemKind.REPORT: "请分析研判，提出处置意见。",
    ItemKind.ARRANGEMENT: "请研究安排。",
    ItemKind.HEARING: "请听取汇报，提出工作要求。",
    ItemKind.QUESTION: "请研究决定。",
    ItemKind.OTHER: "请研究。",
}
ARTICLES = {
    ItemKind.APPROVAL: "A6.1f",
    ItemKind.CHECKLIST: "A6.1f",
    ItemKind.REPORT: "A9.7a",
    ItemKind.ARRANGEMENT: "A7.1",
    ItemKind.HEARING: "A10.4d",
    ItemKind.QUESTION: "A6.1f",
    ItemKind.OTHER: "A6.1f",
}


def decision_word(kind: str, decision: str) -> str:
    """The word of a decision on an item of that kind."""
    if not decision:
        return "未登记"
    return DECISIONS[kind].get(decision) or ItemDecision(decision).label
