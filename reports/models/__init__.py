"""Reports: the office's own Word templates, and the papers that the regulation asks for by the year."""

from reports.models.annual import AnnualHearing, AnnualReport
from reports.models.briefing import Briefing, BriefingVersion
from reports.models.checks import CheckDismissal
from reports.models.committee import AgendaItem, CommitteeMeeting, MeetingPacket, RulingVersion
from reports.models.quarterly import CountyQuarter, QuarterlyAddendum, QuarterlyReport, QuarterlySubmission
from reports.models.templates import PaperTemplate

__all__ = [
    "AgendaItem",
    "AnnualHearing",
    "AnnualReport",
    "Briefing",
    "BriefingVersion",
    "CheckDismissal",
    "CommitteeMeeting",
    "CountyQuarter",
    "MeetingPacket",
    "PaperTemplate",
    "QuarterlyAddendum",
    "QuarterlyReport",
    "QuarterlySubmission",
    "RulingVersion",
]
