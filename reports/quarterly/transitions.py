"""The ways of a quarterly report and of the county's quarter (A10.1b, A10.4a)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly import rules
from reports.quarterly.states import EDITABLE, CountyStep
from reports.quarterly.states import QuarterlyStep as Step

QUARTERLY_MOVES = {
    "submit": Move(EDITABLE, Step.SUBMITTED, Permission.HEAD, "A10.4a", "签字报送", (rules.every_section_written,)),
    "accept": Move({Step.SUBMITTED}, Step.ACCEPTED, Permission.COORDINATE, "A10.4a", "接收"),
    "return": Move({Step.SUBMITTED}, Step.RETURNED, Permission.COORDINATE, "A10.4a", "退回修改"),
}

# A final edition is never written again; a new version takes its place once it is final itself.
COUNTY_MOVES = {
    "finalise": Move(
        {CountyStep.DRAFT}, CountyStep.FINAL, Permission.DIRECT, "A10.1b", "定稿", (rules.county_is_written,)
    ),
    "supersede": Move({CountyStep.FINAL}, CountyStep.SUPERSEDED, None, "A10.1b", "由新版替代"),
}

register(QuarterlyReport, QUARTERLY_MOVES)
register(CountyQuarter, COUNTY_MOVES)
