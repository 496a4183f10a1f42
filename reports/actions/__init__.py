"""What people do with papers. Loading it names the long work that the worker does."""

from reports.actions import county_quarter, printing, quarterly

__all__ = ["county_quarter", "printing", "quarterly"]
