"""The workflow of rectification, one line per verb (A9.8)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from supervision import rules
from supervision.models import RectificationItem
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
