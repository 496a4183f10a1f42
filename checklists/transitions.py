"""The workflow tables of the checklist, one line per verb, each with its article."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from checklists import rules
from checklists.meetings import rules as meeting_rules
from checklists.meetings.states import MeetingStep, MonthStep
from checklists.models import (
    AnnualChecklist,
    AnnualPoints,
    ChecklistItem,
    ChecklistItemChange,
    InstructionItem,
    Meeting,
    MonthlyList,
)
from checklists.states import EDITABLE_STEPS, ChangeStep, ChecklistStep, InstructionStep, ItemStep, PointsStep

DRAFT, COORDINATE, DIRECT = Permission.DRAFT, Permission.COORDINATE, Permission.DIRECT
RESOLVE = Permission.RECORD_RESOLUTION

ITEM_MOVES = {
    "submit": Move(EDITABLE_STEPS, ItemStep.SUBMITTED, DRAFT, "A6.1c", "层报审批", rules.ITEM_RULES),
    "take_back": Move({ItemStep.SUBMITTED}, ItemStep.DRAFT, None, "A6.1c", "撤回"),
    "return": Move({ItemStep.SUBMITTED}, ItemStep.RETURNED, None, "A6.1c", "退回修改"),
    "approve": Move({ItemStep.SUBMITTED}, ItemStep.APPROVED, None, "A6.1c", "批准"),
    "file": Move({ItemStep.APPROVED}, ItemStep.FILED, DRAFT, "A6.1d", "报送党风政风监督室"),
    "file_own": Move({ItemStep.APPROVED}, ItemStep.FILED, None, "A6.1d", "留作汇总"),
    "receive": Move({ItemStep.FILED}, ItemStep.FILED, COORDINATE, "A6.1d", "签收", (rules.not_yet_received,)),
    "list": Move({ItemStep.FILED}, ItemStep.LISTED, None, "A6.1f", "列入清单"),
    "add": Move({ItemStep.SUBMITTED}, ItemStep.LISTED, None, "A5.7", "动态列入清单"),
    "withdraw": Move(EDITABLE_STEPS | {ItemStep.APPROVED}, ItemStep.WITHDRAWN, DRAFT, "A6.1b", "撤销"),
    "strike": Move({ItemStep.LISTED}, ItemStep.WITHDRAWN, None, "A5.7", "从清单撤销"),
}

POINTS_MOVES = {
    "publish": Move({PointsStep.DRAFT}, PointsStep.PUBLISHED, DIRECT, "A6.1a", "印发要点", (rules.has_points,)),
}

CHECKLIST_MOVES = {
    "submit": Move(
        {ChecklistStep.COMPILING},
        ChecklistStep.SUBMITTED,
        DIRECT,
        "A6.1f",
        "提请县纪委常委会审批",
        (rules.has_filed_lines,),
    ),
    "approve": Move(
        {ChecklistStep.SUBMITTED},
        ChecklistStep.SUBMITTED,
        RESOLVE,
        "A6.1f",
        "登记常委会通过",
        (rules.not_yet_resolved,),
    ),
    "return": Move(
        {ChecklistStep.SUBMITTED},
        ChecklistStep.COMPILING,
        RESOLVE,
        "A6.1f",
        "登记常委会未通过",
        (rules.not_yet_resolved,),
    ),
    "publish": Move(
        {ChecklistStep.SUBMITTED},
        ChecklistStep.PUBLISHED,
        DIRECT,
        "A6.1f",
        "印发清单",
        (rules.committee_has_approved, rules.has_filed_lines),
    ),
    "supersede": Move({ChecklistStep.PUBLISHED}, ChecklistStep.SUPERSEDED, None, "A5.7", "由新版替代"),
}

CHANGE_MOVES = {
    "submit": Move(
        {ChangeStep.DRAFT, ChangeStep.RETURNED},
        ChangeStep.SUBMITTED,
        DRAFT,
        "A5.7",
        "层报审批",
        rules.CHANGE_RULES,
    ),
    "take_back": Move({ChangeStep.SUBMITTED}, ChangeStep.DRAFT, None, "A5.7", "撤回"),
    "return": Move({ChangeStep.SUBMITTED}, ChangeStep.RETURNED, None, "A5.7", "退回修改"),
    "apply": Move({ChangeStep.SUBMITTED}, ChangeStep.APPLIED, None, "A5.7", "调整生效"),
    "drop": Move({ChangeStep.DRAFT, ChangeStep.RETURNED}, ChangeStep.DROPPED, DRAFT, "A5.7", "放弃调整"),
}

INSTRUCTION_MOVES = {
    "close": Move(
        {InstructionStep.OPEN},
        InstructionStep.CLOSED,
        DRAFT,
        "A5.2",
        "办结",
        (rules.has_measures, rules.has_progress),
    ),
    "reopen": Move({InstructionStep.CLOSED}, InstructionStep.OPEN, DRAFT, "A5.2", "重新办理"),
}

MEETING_MOVES = {
    "hold": Move(
        {MeetingStep.DRAFT}, MeetingStep.HELD, DRAFT, "A10.1b", "登记召开，下达任务", (meeting_rules.is_ready,)
    ),
    "drop": Move({MeetingStep.DRAFT}, MeetingStep.DROPPED, DRAFT, "A10.1b", "取消会议"),
}

MONTH_MOVES = {
    "issue": Move({MonthStep.DRAFT}, MonthStep.ISSUED, COORDINATE, "A10.1b", "印发清单", (meeting_rules.has_tasks,)),
}

register(ChecklistItem, ITEM_MOVES)
register(AnnualPoints, POINTS_MOVES)
register(AnnualChecklist, CHECKLIST_MOVES)
register(ChecklistItemChange, CHANGE_MOVES)
register(InstructionItem, INSTRUCTION_MOVES)
register(Meeting, MEETING_MOVES)
register(MonthlyList, MONTH_MOVES)
