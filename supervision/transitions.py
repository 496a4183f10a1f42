"""The workflow of rectification, one line per verb (A9.8)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from supervision import rules
from supervision.models import RectificationItem
from supervision.states import RectificationStep as Step

RECTIFICATION_MOVES = {
    "start": Move({Step.ISSUED}, Step.IN_PROGRESS, Permission.DRAFT, "A9.8a", "开始整改"),
    "submit": Move(
        {Step.ISSUED, Step.IN_PROGRESS, Step.RETURNED}, Step.SUBMITTED, Permission.DRAFT, "A9.8b", "提请销号",
        (rules.has_situation, rules.has_evidence, rules.no_extension_pending),
    ),
    "return": Move({Step.SUBMITTED}, Step.RETURNED, Permission.CLOSE, "A9.8b", "退回整改"),
    "close": Move({Step.SUBMITTED}, Step.CLOSED, Permission.CLOSE, "A9.8b", "审核销号", (rules.has_evidence,)),
    "reopen": Move({Step.CLOSED}, Step.IN_PROGRESS, Permission.CLOSE, "A9.8e", "重新开启"),
}  # fmt: skip

register(RectificationItem, RECTIFICATION_MOVES)
