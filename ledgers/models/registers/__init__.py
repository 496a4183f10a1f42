"""The registers of daily supervision: one small model each; pages, forms and exports stand once in `ledgers.books`."""

from ledgers.models.registers.base import RegisterQuerySet, RegisterRecord, RegisterRow
from ledgers.models.registers.batches import ClueReviewBatch, DeclarationCheck
from ledgers.models.registers.campaigns import ExternalFigure, PublicityRecord, SpecialCampaign
from ledgers.models.registers.cases import (
    CaseAnalysis,
    CaseDrivenRectification,
    CaseRecord,
    InstitutionBuilt,
    LossRecovered,
    WarningEducation,
)
from ledgers.models.registers.integrity import IntegrityFile, IntegrityFileEntry, IntegrityOpinion
from ledgers.models.registers.meetings import MeetingAttendance, MeetingOpinion, TopicOpinion, TopicReview
from ledgers.models.registers.office import (
    PriorReport,
    ReminderNotice,
    ResponsibilityList,
    StudyRecord,
    UnitSubmission,
)
from ledgers.models.registers.talks import TalkRecord
from ledgers.models.registers.units import RegisterUpdate, RiskPoint, UnitProfile
from ledgers.models.registers.visits import DataAlert, UnannouncedVisit

__all__ = [
    "CaseAnalysis",
    "CaseDrivenRectification",
    "CaseRecord",
    "ClueReviewBatch",
    "DataAlert",
    "DeclarationCheck",
    "ExternalFigure",
    "InstitutionBuilt",
    "IntegrityFile",
    "IntegrityFileEntry",
    "IntegrityOpinion",
    "LossRecovered",
    "MeetingAttendance",
    "MeetingOpinion",
    "PriorReport",
    "PublicityRecord",
    "RegisterQuerySet",
    "RegisterRecord",
    "RegisterRow",
    "RegisterUpdate",
    "ReminderNotice",
    "ResponsibilityList",
    "RiskPoint",
    "SpecialCampaign",
    "StudyRecord",
    "TalkRecord",
    "TopicOpinion",
    "TopicReview",
    "UnannouncedVisit",
    "UnitProfile",
    "UnitSubmission",
    "WarningEducation",
]
