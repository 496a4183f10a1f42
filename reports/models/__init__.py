"""Reports: the office's own Word templates, and the papers that the regulation asks for by the year."""

from reports.models.annual import AnnualHearing, AnnualReport
from reports.models.appraisal import AppraisalPrompts, AppraisalText, PerformanceAppraisal, prompts_on
from reports.models.briefing import Briefing, BriefingVersion
from reports.models.checks import CheckDismissal
from reports.models.committee import AgendaItem, CommitteeMeeting, MeetingPacket, RulingVersion
from reports.models.ecology import EcologyDispatch, EcologyReport
from reports.models.evaluation import EvaluationObjection, EvaluationRow, EvaluationScheme, EvaluationTable
from reports.models.quarterly import CountyQuarter, QuarterlyAddendum, QuarterlyReport, QuarterlySubmission
from reports.models.templates import PaperTemplate

__all__ = [
    "AgendaItem",
    "AnnualHearing",
    "AnnualReport",
    "AppraisalPrompts",
    "AppraisalText",
    "Briefing",
    "BriefingVersion",
    "CheckDismissal",
    "CommitteeMeeting",
    "CountyQuarter",
    "EcologyDispatch",
    "EcologyReport",
    "EvaluationObjection",
    "EvaluationRow",
    "EvaluationScheme",
    "EvaluationTable",
    "MeetingPacket",
    "PaperTemplate",
    "PerformanceAppraisal",
    "QuarterlyAddendum",
    "QuarterlyReport",
    "QuarterlySubmission",
    "RulingVersion",
    "prompts_on",
]
