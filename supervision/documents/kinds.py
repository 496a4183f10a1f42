"""Vocabularies of documents, and what each kind of document says under which heading. A leaf: knows no record."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """Documents that go to a unit (A9.7e). Fixed."""

    RECOMMENDATION = "recommendation", "纪检监察建议书"
    SUPERVISION_LETTER = "supervision_letter", "督办函"
    RECTIFICATION_NOTICE = "rectification_notice", "整改通知书"
    INTEGRITY_NOTICE = "integrity_notice", "廉情抄告单"
    RECTIFICATION_ADVICE = "rectification_advice", "整改建议书"
    TREATMENT_OPINION = "treatment_opinion", "专项治理意见"


BULLETIN, COPY_OUT = "bulletin", "copy_out"
NUMBERED_KINDS = [*DocumentKind.choices, (BULLETIN, "典型问题通报"), (COPY_OUT, "抄报件")]
# What the office usually puts behind the commission's own characters; the document clerk may change it.
USUAL_MARKS = {"recommendation": "建", "supervision_letter": "督", "rectification_notice": "改", "integrity_notice": "廉",
               "rectification_advice": "议", "treatment_opinion": "治", BULLETIN: "通"}  # fmt: skip


class RecommendationKind(TextChoices):
    """The three recommendations; a person chooses after 综合研判."""

    DISCIPLINE = "discipline", "纪律检查建议"
    SUPERVISORY = "supervisory", "监察建议"
    BOTH = "both", "纪检监察建议"


class DocumentStep(TextChoices):
    """Where a document stands. Lateness of the reply is a reading, not a step."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "审批中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "待编号"
    NUMBERED = "numbered", "待印发"
    ISSUED = "issued", "待送达"
    SERVED = "served", "待回复"
    REPLIED = "replied", "已回复"
    CLOSED = "closed", "已办结"
    VOIDED = "voided", "已作废"


class BulletinStep(TextChoices):
    """Where a bulletin stands."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "审批中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "待编号"
    NUMBERED = "numbered", "待印发"
    ISSUED = "issued", "已印发"
    VOIDED = "voided", "已作废"


EDITABLE = frozenset({"draft", "returned"})
# The document clerk sees a document once it is approved, and whatever became of its number.
WITH_THE_CLERK = frozenset({"approved", "numbered", "issued", "served", "replied", "closed", "voided"})
TONES = {"draft": "faint", "submitted": "active", "approved": "active", "numbered": "active", "issued": "active",
         "served": "active", "closed": "done", "voided": "faint"}  # fmt: skip


class ServedManner(TextChoices):
    """How a document reached the unit."""

    IN_PERSON = "in_person", "当面送达"
    MAIL = "mail", "机要邮寄"
    NETWORK = "network", "内网公文传输"
    OTHER = "other", "其他"


class Secrecy(TextChoices):
    """密级; the empty one is an ordinary paper."""

    NONE = "", "无"
    INTERNAL = "internal", "内部"
    SECRET = "secret", "秘密"
    CONFIDENTIAL = "confidential", "机密"


class ReplyVerdict(TextChoices):
    """What the person who reads a reply finds on one point; nobody decides it for him."""

    ANSWERED = "answered", "已答复"
    PARTLY = "partly", "部分答复"
    NOT_ANSWERED = "not_answered", "未答复"


class BulletinScope(TextChoices):
    """How far a bulletin goes (A9.8d)."""

    INTERNAL = "internal", "内部通报"
    PUBLIC = "public", "公开曝光"


@dataclass(frozen=True)
class Section:
    """One heading of a kind of document; `points` stands where the numbered problems are printed."""

    key: str
    heading: str
    prompt: str = ""
    required: bool = True


POINTS = "points"
SECTIONS: dict[str, tuple[Section, ...]] = {
    DocumentKind.RECOMMENDATION: (
        Section("origin", "问题来源和提出建议的起因", "在什么监督中发现，为什么提出建议。"),
        Section(POINTS, "存在的问题"),
        Section("causes", "原因分析", "思想、责任、制度、监督等方面的原因。"),
        Section("requirements", "整改建议和要求", "针对问题逐项提出，写清做什么、做到什么程度。"),
        Section("reply", "书面回复要求", "回复哪些内容，附哪些材料。"),
        Section("legal_basis", "法规依据", "列明条款，由起草人核对。"),
    ),
    DocumentKind.SUPERVISION_LETTER: (
        Section("matter", "督办事项"),
        Section("progress", "目前进展与逾期情况", "写清原时限、截至哪一天、逾期几天。"),
        Section(POINTS, "未落实的事项"),
        Section("requirements", "督办要求"),
        Section("feedback", "反馈要求", "以什么形式、反馈给谁。"),
        Section("contact", "联系人", "姓名和电话。", False),
    ),
    DocumentKind.RECTIFICATION_NOTICE: (
        Section("basis", "监督检查依据", "监督项目、检查时间、检查方式。"),
        Section(POINTS, "问题清单"),
        Section("requirements", "整改要求"),
        Section("ledger", "建立整改台账要求", "逐项建账、明确责任人和时限、整改一项销号一项。"),
        Section("report", "报告时间和方式"),
        Section("consequence", "逾期后果", "整改不及时、不到位或者拒不整改的处理。"),
    ),
    DocumentKind.INTEGRITY_NOTICE: (
        Section("risk", "廉政风险点和不规范行为", "如财务报销、物品采购等。"),
        Section(POINTS, "事实摘要"),
        Section("basis", "依据"),
        Section("immediate", "立即整改要求"),
        Section("institution", "完善制度、堵塞漏洞要求"),
    ),
    DocumentKind.RECTIFICATION_ADVICE: (
        Section("origin", "问题来源"),
        Section(POINTS, "体制机制方面的问题"),
        Section("causes", "原因分析"),
        Section("requirements", "完善体制机制的建议"),
        Section("reply", "书面回复要求"),
    ),
    DocumentKind.TREATMENT_OPINION: (
        Section("background", "治理背景"),
        Section(POINTS, "治理重点"),
        Section("measures", "治理措施"),
        Section("extension", "举一反三要求"),
        Section("report", "进展报告要求"),
    ),
}
HINTS = {
    DocumentKind.RECOMMENDATION: "综合研判后，就普遍性、深层次问题提出建议，要求书面回复。",
    DocumentKind.SUPERVISION_LETTER: "督促已交办、已逾期的事项，写明第几次督办。",
    DocumentKind.RECTIFICATION_NOTICE: "反馈监督检查发现的问题，要求逐项限期整改。",
    DocumentKind.INTEGRITY_NOTICE: "抄告廉政风险和不规范行为，要求立即整改、完善制度。",
    DocumentKind.RECTIFICATION_ADVICE: "就体制机制方面的问题提出完善建议。",
    DocumentKind.TREATMENT_OPINION: "就一类问题提出专项治理，要求举一反三。",
}


def filled(kind: str, texts: dict[str, str]) -> list[dict[str, str]]:
    """The headings of a kind with their texts, in the order of the paper; unknown keys are left out."""
    return [
        {"key": section.key, "heading": section.heading, "text": str(texts.get(section.key, "")).strip()}
        for section in SECTIONS[kind]
    ]
