"""The ways of a scheme, of a year's table and of an objection (A10.5)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from reports.evaluation import rules
from reports.evaluation.states import EDITABLE, ObjectionStep, SchemeStep, TableStep
from reports.models import EvaluationObjection, EvaluationScheme, EvaluationTable

BASIS = "A10.5a"
SCHEME_RULES = (rules.weights_fit, rules.bands_fit, rules.groups_fit, rules.cutoff_fits)
FILED, PROPOSED = ObjectionStep.FILED, ObjectionStep.PROPOSED

SCHEME_MOVES = {
    "submit": Move(EDITABLE, SchemeStep.SUBMITTED, Permission.DRAFT, BASIS, "层报审批", SCHEME_RULES),
    "take_back": Move({SchemeStep.SUBMITTED}, SchemeStep.DRAFT, None, BASIS, "撤回"),
    "return": Move({SchemeStep.SUBMITTED}, SchemeStep.RETURNED, None, BASIS, "退回修改"),
    "approve": Move({SchemeStep.SUBMITTED}, SchemeStep.IN_FORCE, None, BASIS, "常委会批准"),
    "drop": Move(EDITABLE, SchemeStep.DROPPED, Permission.DRAFT, BASIS, "作废草稿"),
    "supersede": Move({SchemeStep.IN_FORCE}, SchemeStep.SUPERSEDED, None, BASIS, "由新版替代"),
}
TABLE_MOVES = {
    "recompute": Move({TableStep.DRAFT}, TableStep.DRAFT, Permission.DRAFT, BASIS, "重新核算"),
    "open": Move({TableStep.DRAFT}, TableStep.OPEN, Permission.DRAFT, BASIS, "公开征求异议", (rules.scheme_in_force,)),
    "settle": Move({TableStep.OPEN}, TableStep.SETTLED, Permission.DRAFT, BASIS, "办结异议环节", (rules.none_pending,)),
    "submit": Move({TableStep.SETTLED, TableStep.RETURNED}, TableStep.SUBMITTED, Permission.DRAFT, BASIS, "层报审批", (rules.none_pending,)),
    "take_back": Move({TableStep.SUBMITTED}, TableStep.SETTLED, None, BASIS, "撤回"),
    "return": Move({TableStep.SUBMITTED}, TableStep.RETURNED, None, BASIS, "退回修改"),
    "confirm": Move({TableStep.SUBMITTED}, TableStep.CONFIRMED, None, BASIS, "常委会确认"),
}  # fmt: skip
# An objection belongs to the evaluated organ; 党风政风监督室 holds its rights on every organ of the county.
OBJECTION_MOVES = {
    "propose": Move({FILED, PROPOSED}, PROPOSED, Permission.COORDINATE, BASIS, "拟办"),
    "uphold": Move({PROPOSED}, ObjectionStep.UPHELD, Permission.DIRECT, BASIS, "决定异议成立"),
    "reject": Move({PROPOSED}, ObjectionStep.REJECTED, Permission.DIRECT, BASIS, "决定异议不成立"),
    "send_back": Move({PROPOSED}, FILED, Permission.DIRECT, BASIS, "退回重拟"),
}

register(EvaluationScheme, SCHEME_MOVES)
register(EvaluationTable, TABLE_MOVES)
register(EvaluationObjection, OBJECTION_MOVES)
