"""Reports: the office's own Word templates, and the papers that the regulation asks for by the year."""

from reports.models.annual import AnnualHearing, AnnualReport
from reports.models.briefing import Briefing, BriefingVersion
from reports.models.templates import PaperTemplate

__all__ = ["AnnualHearing", "AnnualReport", "Briefing", "BriefingVersion", "PaperTemplate"]
