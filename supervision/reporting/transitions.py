"""The way of an inspection report: up the chain, before the committee, studied (A9.6d-A9.7a)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from supervision.models import InspectionReport
from supervision.reporting import rules
from supervision.rounds.states import ReportStep as Step

REPORT_MOVES = {
    "submit": Move(rules.EDITABLE, Step.SUBMITTED, Permission.DRAFT, "A9.6d", "层报审批", rules.READY),
    "take_back": Move({Step.SUBMITTED}, Step.DRAFT, None, "A9.6d", "撤回"),
    "return": Move({Step.SUBMITTED}, Step.RETURNED, None, "A9.6d", "退回修改"),
    "approve": Move({Step.SUBMITTED}, Step.APPROVED, None, "A9.6d", "批准"),
    "table": Move({Step.APPROVED}, Step.SC_SUBMITTED, Permission.COORDINATE, "A9.7a", "提交县纪委常委会"),
    "study": Move({Step.SC_SUBMITTED}, Step.STUDIED, Permission.RECORD_RESOLUTION, "A9.7a", "登记研判意见"),
    "send_back": Move({Step.SC_SUBMITTED}, Step.RETURNED, Permission.RECORD_RESOLUTION, "A9.7a", "退回补充"),
}

register(InspectionReport, REPORT_MOVES)
