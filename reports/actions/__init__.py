"""What people do with papers. Loading it names the long work that the worker does."""

from reports.actions import committee, printing

__all__ = ["committee", "printing"]
