"""The eight steps of a round, its plan and its working papers, one line per verb (A9)."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from supervision.models import Plan, Round, WorkingPaper
from supervision.rounds import endings as after
from supervision.rounds import rules
from supervision.rounds.states import PREPARING, PlanStep, RoundStep
from supervision.rounds.states import WorkingPaperStep as Paper

DRAFT, HEAD = Permission.DRAFT, Permission.HEAD
STARTING = (
    rules.has_training, rules.has_team_with_leader, rules.teams_put_together_rightly, rules.recusal_declared,
    rules.recusal_kept, rules.linkage_fits, rules.plan_in_force, rules.plan_covers_the_round,
)  # fmt: skip
DISPOSING = (after.every_problem_routed, after.every_problem_fed_back, after.routes_have_their_records)

ROUND_MOVES = {
    "prepare": Move({RoundStep.PLANNED}, RoundStep.READY, None, "A9.3b", "方案批准，可以启动"),
    "inspect": Move({RoundStep.READY}, RoundStep.INSPECTING, DRAFT, "A9.1", "启动监督检查", STARTING),
    "report": Move({RoundStep.INSPECTING}, RoundStep.REPORTING, DRAFT, "A9.6a", "结束检查，形成报告",
                   (rules.has_activity, rules.papers_are_settled)),
    "approve_report": Move({RoundStep.REPORTING}, RoundStep.REPORT_APPROVED, None, "A9.6d", "报告批准",
                           (after.has_final_report_approved,)),
    "analyse": Move({RoundStep.REPORT_APPROVED}, RoundStep.SC_ANALYSED, None, "A9.7a", "常委会研判",
                    (after.every_final_report_studied,)),
    "dispose": Move({RoundStep.SC_ANALYSED}, RoundStep.DISPOSED, DRAFT, "A9.7d", "完成分类处置", DISPOSING),
    "rectify": Move({RoundStep.DISPOSED}, RoundStep.RECTIFYING, DRAFT, "A9.8a", "转入整改跟踪"),
    "close": Move({RoundStep.RECTIFYING}, RoundStep.CLOSED, HEAD, "A9.8b", "办结本轮监督",
                  (after.every_problem_struck_off,)),
    "reopen": Move({RoundStep.CLOSED}, RoundStep.RECTIFYING, None, "A9.8e", "问题重新开启，继续跟踪"),
    "cancel": Move(PREPARING, RoundStep.CANCELLED, HEAD, "A9.0", "取消本轮监督"),
}  # fmt: skip

PLAN_MOVES = {
    "submit": Move({PlanStep.DRAFT, PlanStep.RETURNED}, PlanStep.SUBMITTED, DRAFT, "A9.3b", "层报审批",
                   (rules.plan_is_complete, rules.plan_says_why_it_changes, rules.plan_runs_in_an_open_round)),
    "take_back": Move({PlanStep.SUBMITTED}, PlanStep.DRAFT, None, "A9.3b", "撤回"),
    "return": Move({PlanStep.SUBMITTED}, PlanStep.RETURNED, None, "A9.3b", "退回修改"),
    "approve": Move({PlanStep.SUBMITTED}, PlanStep.APPROVED, None, "A9.3b", "批准"),
    "supersede": Move({PlanStep.APPROVED}, PlanStep.SUPERSEDED, None, "A9.3b", "由新版替代"),
}  # fmt: skip

PAPER_MOVES = {
    "submit": Move({Paper.DRAFT, Paper.RETURNED}, Paper.SUBMITTED, DRAFT, "A9.4a", "送复核"),
    "confirm": Move({Paper.SUBMITTED}, Paper.REVIEWED, DRAFT, "A9.4a", "复核认定"),
    "return": Move({Paper.SUBMITTED}, Paper.RETURNED, DRAFT, "A9.4a", "退回补充"),
    "reject": Move({Paper.SUBMITTED}, Paper.REJECTED, DRAFT, "A9.4a", "不予认定"),
}  # fmt: skip

register(Round, ROUND_MOVES)
register(Plan, PLAN_MOVES)
register(WorkingPaper, PAPER_MOVES)
