"""The workflow of rectification, one line per verb (A9.8)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from supervision import rules
from supervision.documents.kinds import EDITABLE
from supervision.documents.kinds import DocumentStep as Doc
from supervision.documents.rules import BULLETIN_RULES, DOCUMENT_RULES, every_answer_read, every_point_answered
from supervision.models import IssuedDocument, RectificationItem, TypicalBulletin
from supervision.states import RectificationStep as Step

RECTIFICATION_MOVES = {
    "start": Move({Step.ISSUED}, Step.IN_PROGRESS, Permission.DRAFT, "A9.8a", "开始整改", (rules.has_plan,)),
    "accept_plan": Move({Step.ISSUED}, Step.IN_PROGRESS, Permission.DRAFT, "A9.8a", "审定整改方案", (rules.has_plan,)),
    "submit": Move(
        {Step.ISSUED, Step.IN_PROGRESS, Step.RETURNED}, Step.SUBMITTED, Permission.DRAFT, "A9.8b", "提请销号",
        (rules.has_plan, rules.has_situation, rules.has_evidence, rules.no_extension_pending),
    ),
    "verify": Move({Step.SUBMITTED}, Step.SUBMITTED, Permission.DRAFT, "A9.8b", "核查通过", (rules.not_yet_verified,)),
    "fail_check": Move({Step.SUBMITTED}, Step.RETURNED, Permission.DRAFT, "A9.8b", "核查不通过", (rules.not_yet_verified,)),
    "return": Move({Step.SUBMITTED}, Step.RETURNED, Permission.CLOSE, "A9.8b", "退回整改"),
    "close": Move({Step.SUBMITTED}, Step.CLOSED, Permission.CLOSE, "A9.8b", "审核销号", (rules.has_evidence,)),
    "reopen": Move({Step.CLOSED}, Step.IN_PROGRESS, Permission.CLOSE, "A9.8e", "重新开启"),
    "rebound": Move({Step.CLOSED}, Step.IN_PROGRESS, None, "A9.8e", "回头看发现反弹，重新开启"),
    "expose": Move({Step.CLOSED}, Step.IN_PROGRESS, None, "A9.8c", "认定虚假整改，重新开启"),
}  # fmt: skip

register(RectificationItem, RECTIFICATION_MOVES)

# Documents to units (A9.7e) and typical bulletins (A9.8d): the same way up, the same numbers.
CLERK = Permission.NUMBER
GOING_UP = {
    "take_back": Move({Doc.SUBMITTED}, Doc.DRAFT, None, "A9.7e", "撤回"),
    "return": Move({Doc.SUBMITTED}, Doc.RETURNED, None, "A9.7e", "退回修改"),
    "approve": Move({Doc.SUBMITTED}, Doc.APPROVED, None, "A9.7e", "批准"),
    "number": Move({Doc.APPROVED}, Doc.NUMBERED, CLERK, "A9.7e", "编号"),
    "send_back": Move({Doc.APPROVED}, Doc.RETURNED, CLERK, "A9.7e", "核稿退回"),
    "issue": Move({Doc.NUMBERED}, Doc.ISSUED, CLERK, "A9.7e", "印发"),
    "drop": Move(EDITABLE, Doc.VOIDED, Permission.DRAFT, "A9.7e", "放弃起草"),
}
DOCUMENT_MOVES = {
    "submit": Move(EDITABLE, Doc.SUBMITTED, Permission.DRAFT, "A9.7e", "层报审批", DOCUMENT_RULES),
    **GOING_UP,
    "serve": Move({Doc.ISSUED}, Doc.SERVED, Permission.DRAFT, "A9.7e", "登记送达"),
    "reply": Move({Doc.SERVED}, Doc.REPLIED, Permission.DRAFT, "A9.7e", "登记回复"),
    "close": Move(
        {Doc.REPLIED}, Doc.CLOSED, Permission.DRAFT, "A9.7e", "办结", (every_point_answered, every_answer_read)
    ),
    "void": Move({Doc.APPROVED, Doc.NUMBERED, Doc.ISSUED}, Doc.VOIDED, CLERK, "A9.7e", "作废"),
}
BULLETIN_MOVES = {
    "submit": Move(EDITABLE, Doc.SUBMITTED, Permission.DRAFT, "A9.8d", "提请审批通报", BULLETIN_RULES),
    **GOING_UP,
    "void": Move({Doc.APPROVED, Doc.NUMBERED}, Doc.VOIDED, CLERK, "A9.8d", "作废"),
}

register(IssuedDocument, DOCUMENT_MOVES)
register(TypicalBulletin, BULLETIN_MOVES)
