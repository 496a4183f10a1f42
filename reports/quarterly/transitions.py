"""The way of a quarterly report: signed and sent by its head, accepted or returned by 党风政风监督室 (A10.4a)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from reports.models import QuarterlyReport
from reports.quarterly import rules
from reports.quarterly.states import EDITABLE
from reports.quarterly.states import QuarterlyStep as Step

QUARTERLY_MOVES = {
    "submit": Move(EDITABLE, Step.SUBMITTED, Permission.HEAD, "A10.4a", "签字报送", (rules.every_section_written,)),
    "accept": Move({Step.SUBMITTED}, Step.ACCEPTED, Permission.COORDINATE, "A10.4a", "接收"),
    "return": Move({Step.SUBMITTED}, Step.RETURNED, Permission.COORDINATE, "A10.4a", "退回修改"),
}

register(QuarterlyReport, QUARTERLY_MOVES)
