"""Accountability: who, in which organ, with which right, signed what, by which day."""

from accounts.models.duties import Duty, DutyFeed, DutyState
from accounts.models.files import Attachment
from accounts.models.jobs import Beat, Job, JobState
from accounts.models.journal import AccessLog, AppendOnly, Event, Notice
from accounts.models.organs import Official, Organ, SupervisedUnit, UnitKind
from accounts.models.people import Deputation, OversightAssignment, User
from accounts.models.settings import RuleNote, RuleSetting, WorkCalendarDay, work_calendar
from accounts.models.signatures import (
    Approval,
    ApprovalStep,
    ChainState,
    Decision,
    ScResolution,
    ScResolutionKind,
)

__all__ = [
    "AccessLog",
    "AppendOnly",
    "Approval",
    "ApprovalStep",
    "Attachment",
    "Beat",
    "ChainState",
    "Decision",
    "Deputation",
    "Duty",
    "DutyFeed",
    "DutyState",
    "Event",
    "Job",
    "JobState",
    "Notice",
    "Official",
    "Organ",
    "OversightAssignment",
    "RuleNote",
    "RuleSetting",
    "ScResolution",
    "ScResolutionKind",
    "SupervisedUnit",
    "UnitKind",
    "User",
    "WorkCalendarDay",
    "work_calendar",
]
