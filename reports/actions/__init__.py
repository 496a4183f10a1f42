"""What people do with papers. Loading it names the long work that the worker does, and the way that a report goes up."""

from reports.actions import annual, appraisals, committee, county_quarter, ecology, evaluation, printing, quarterly

__all__ = ["annual", "appraisals", "committee", "county_quarter", "ecology", "evaluation", "printing", "quarterly"]
