"""Supervision: rounds, what was found in them or day by day, and what became of it."""

from supervision.models.committee_return import CommitteeReturn
from supervision.models.disposal import AccountabilityAction, Clue, ClueOpening, DisposalRoute, UnitFeedback
from supervision.models.document import (
    BulletinCase,
    DocumentCopy,
    DocumentPoint,
    DocumentReply,
    IssuedDocument,
    NumberSeries,
    ReplyPoint,
    TypicalBulletin,
)
from supervision.models.exchange import ExchangePackage, ExchangeReturn
from supervision.models.inspection import CorrectionReminder, InspectionActivity, LeaderGuidance, WorkingPaper
from supervision.models.look_back import LookBack, LookBackResult
from supervision.models.looks import LookPrompts, looks_on
from supervision.models.problem import InspectionFeedback, Problem
from supervision.models.proof import ClosureProof, UnitLedgerConfirmation
from supervision.models.rectification import Extension, RectificationItem, RectificationProgress
from supervision.models.report import CopyOut, InspectionReport, LeaderInstruction, PoliticalAssessment
from supervision.models.round import Plan, Round, RoundTraining, Team, TeamMember
from supervision.models.sampling import SampledItem, SamplingDraw

__all__ = [
    "AccountabilityAction",
    "BulletinCase",
    "ClosureProof",
    "Clue",
    "ClueOpening",
    "CommitteeReturn",
    "CopyOut",
    "CorrectionReminder",
    "DisposalRoute",
    "DocumentCopy",
    "DocumentPoint",
    "DocumentReply",
    "ExchangePackage",
    "ExchangeReturn",
    "Extension",
    "InspectionActivity",
    "InspectionFeedback",
    "InspectionReport",
    "IssuedDocument",
    "LeaderGuidance",
    "LeaderInstruction",
    "LookBack",
    "LookBackResult",
    "NumberSeries",
    "LookPrompts",
    "Plan",
    "PoliticalAssessment",
    "Problem",
    "RectificationItem",
    "RectificationProgress",
    "ReplyPoint",
    "Round",
    "RoundTraining",
    "SampledItem",
    "SamplingDraw",
    "Team",
    "TeamMember",
    "TypicalBulletin",
    "UnitFeedback",
    "UnitLedgerConfirmation",
    "WorkingPaper",
    "looks_on",
]
