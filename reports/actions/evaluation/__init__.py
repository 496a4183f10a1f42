"""What people do with the yearly evaluation. Loading it gives scheme and table their way up."""

from reports.actions.evaluation import objections, schemes, tables

__all__ = ["objections", "schemes", "tables"]
