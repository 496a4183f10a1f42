"""The ways of a briefing's record and of the yearly report (A10.4b-d)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from reports.hearings import rules
from reports.hearings.states import EDITABLE, AnnualStep, BriefingStep
from reports.models import AnnualReport, Briefing

ENTERED, RECORDED = BriefingStep.ENTERED, BriefingStep.RECORDED

# Who may is asked by the verb: a leader's right here is that the record bears his name, not a right on an organ.
BRIEFING_MOVES = {
    "confirm": Move({ENTERED}, RECORDED, None, "A10.4c", "核对无误"),
    "correct": Move({ENTERED, RECORDED}, RECORDED, None, "A10.4c", "领导更正"),
    "amend": Move({ENTERED, RECORDED}, ENTERED, None, "A10.4c", "代为更正"),
}

ANNUAL_MOVES = {
    "submit": Move(EDITABLE, AnnualStep.SUBMITTED, Permission.DRAFT, "A10.4b", "层报审批", (rules.has_every_section,)),
    "take_back": Move({AnnualStep.SUBMITTED}, AnnualStep.DRAFT, None, "A10.4b", "撤回"),
    "return": Move({AnnualStep.SUBMITTED}, AnnualStep.RETURNED, None, "A10.4b", "退回修改"),
    "approve": Move({AnnualStep.SUBMITTED}, AnnualStep.APPROVED, None, "A10.4b", "常委会听取并通过"),
    "supersede": Move({AnnualStep.APPROVED}, AnnualStep.SUPERSEDED, None, "A10.4b", "由更正版替代"),
}

register(Briefing, BRIEFING_MOVES)
register(AnnualReport, ANNUAL_MOVES)
