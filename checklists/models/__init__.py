"""一清单: what is to be supervised this year, on what basis, by whom."""

from checklists.models.instructions import (
    AnnualDeployment,
    InstructionItem,
    InstructionLookBack,
    InstructionProgress,
    TaskAssignment,
)
from checklists.models.lists import (
    AnnualChecklist,
    AnnualPoints,
    ChecklistItem,
    ChecklistItemChange,
    ChecklistLine,
    KeyPoint,
    Milestone,
)
from checklists.models.meetings import Meeting, MeetingDecision, MeetingTopic, MonthlyList, MonthlyTask
from checklists.models.regulation import Article, Edition
from checklists.models.vocabulary import BasisDocument, Method, Topic

__all__ = [
    "AnnualChecklist",
    "AnnualDeployment",
    "AnnualPoints",
    "Article",
    "BasisDocument",
    "ChecklistItem",
    "ChecklistItemChange",
    "ChecklistLine",
    "Edition",
    "InstructionItem",
    "InstructionLookBack",
    "InstructionProgress",
    "KeyPoint",
    "Meeting",
    "MeetingDecision",
    "MeetingTopic",
    "Method",
    "Milestone",
    "MonthlyList",
    "MonthlyTask",
    "TaskAssignment",
    "Topic",
]
