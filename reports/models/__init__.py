"""Reports: the office's own Word templates, and the papers that the regulation asks for by the year."""

from reports.models.quarterly import CountyQuarter, QuarterlyAddendum, QuarterlyReport, QuarterlySubmission
from reports.models.templates import PaperTemplate

__all__ = ["CountyQuarter", "PaperTemplate", "QuarterlyAddendum", "QuarterlyReport", "QuarterlySubmission"]
