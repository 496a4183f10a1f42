"""The ways of a unit's appraisal and of the yearly report (A11, AMB-14)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from reports.ecology import rules
from reports.ecology.states import EDITABLE, IN_FORCE, REPORT_EDITABLE, AppraisalStep, EcologyStep
from reports.models import EcologyReport, PerformanceAppraisal

A, E = AppraisalStep, EcologyStep

APPRAISAL_MOVES = {
    "submit": Move(EDITABLE, A.SUBMITTED, Permission.DRAFT, "A11", "层报审批", rules.READY),
    "take_back": Move({A.SUBMITTED}, A.DRAFT, None, "A11", "撤回"),
    "return": Move({A.SUBMITTED}, A.RETURNED, None, "A11", "退回修改"),
    "approve": Move({A.SUBMITTED}, A.APPROVED, None, "A11", "批准"),
    "supersede": Move({A.APPROVED}, A.SUPERSEDED, None, "A11", "由更正版替代"),
}

REPORT_MOVES = {
    "submit": Move(REPORT_EDITABLE, E.SUBMITTED, Permission.DRAFT, "A11", "层报审批", rules.REPORT_READY),
    "take_back": Move({E.SUBMITTED}, E.DRAFT, None, "A11", "撤回"),
    "return": Move({E.SUBMITTED}, E.RETURNED, None, "A11", "退回修改"),
    "approve": Move({E.SUBMITTED}, E.APPROVED, None, "A11", "常委会通过"),
    "dispatch": Move({E.APPROVED}, E.DISPATCHED, Permission.DRAFT, "A11", "登记报送"),
    "recall": Move({E.DISPATCHED}, E.APPROVED, None, "A11", "撤销报送登记"),
    "file": Move({E.DISPATCHED}, E.FILED, None, "A11", "回执齐全"),
    "drop": Move(REPORT_EDITABLE, E.DROPPED, Permission.DRAFT, "A11", "作废草稿"),
    "supersede": Move(IN_FORCE, E.SUPERSEDED, None, "A11", "由更正版替代"),
}

register(PerformanceAppraisal, APPRAISAL_MOVES)
register(EcologyReport, REPORT_MOVES)
