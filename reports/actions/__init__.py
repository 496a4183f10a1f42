"""What people do with papers. Loading it names the long work that the worker does, and the way that a report goes up."""

from reports.actions import annual, committee, county_quarter, evaluation, printing, quarterly

__all__ = ["annual", "committee", "county_quarter", "evaluation", "printing", "quarterly"]
