"""The way of a meeting: agenda drawn up, fixed, held, closed; or called off."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from reports.committee import rules
from reports.committee.states import AHEAD
from reports.committee.states import MeetingStep as Step
from reports.models import CommitteeMeeting

RESOLVE = Permission.RECORD_RESOLUTION

MEETING_MOVES = {
    "table": Move({Step.DRAFT}, Step.TABLED, RESOLVE, "A6.1f", "确定议程，汇编材料", (rules.has_items,)),
    "reopen": Move({Step.TABLED}, Step.DRAFT, RESOLVE, "A6.1f", "退回编排", (rules.nothing_decided,)),
    "hold": Move({Step.TABLED}, Step.HELD, RESOLVE, "A6.1f", "登记开会", (rules.has_items,)),
    "close": Move({Step.HELD}, Step.CLOSED, RESOLVE, "A6.1f", "办结会议", (rules.all_decided,)),
    "cancel": Move(set(AHEAD), Step.CANCELLED, RESOLVE, "A6.1f", "取消会议", (rules.nothing_decided,)),
}

register(CommitteeMeeting, MEETING_MOVES)
