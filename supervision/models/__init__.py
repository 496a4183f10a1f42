"""Supervision: rounds, what was found in them or day by day, and what became of it."""

from supervision.models.disposal import AccountabilityAction, Clue, ClueOpening, DisposalRoute, UnitFeedback
from supervision.models.inspection import CorrectionReminder, InspectionActivity, LeaderGuidance, WorkingPaper
from supervision.models.looks import LookPrompts, looks_on
from supervision.models.problem import InspectionFeedback, Problem
from supervision.models.rectification import Extension, RectificationItem, RectificationProgress
from supervision.models.report import CopyOut, InspectionReport, LeaderInstruction, PoliticalAssessment
from supervision.models.round import Plan, Round, RoundTraining, Team, TeamMember

__all__ = [
    "AccountabilityAction",
    "Clue",
    "ClueOpening",
    "CopyOut",
    "CorrectionReminder",
    "DisposalRoute",
    "Extension",
    "InspectionActivity",
    "InspectionFeedback",
    "InspectionReport",
    "LeaderGuidance",
    "LeaderInstruction",
    "LookPrompts",
    "Plan",
    "PoliticalAssessment",
    "Problem",
    "RectificationItem",
    "RectificationProgress",
    "Round",
    "RoundTraining",
    "Team",
    "TeamMember",
    "UnitFeedback",
    "WorkingPaper",
    "looks_on",
]
