"""Supervision: what was found, and what became of it."""

from supervision.models.problem import InspectionFeedback, Problem
from supervision.models.rectification import Extension, RectificationItem, RectificationProgress

__all__ = ["Extension", "InspectionFeedback", "Problem", "RectificationItem", "RectificationProgress"]
