"""The standing committee: agenda, packet, decisions. Loading it names the long work that the worker does."""

from reports.actions.committee import packets

__all__ = ["packets"]
