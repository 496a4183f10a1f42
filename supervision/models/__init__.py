"""Supervision: what was found, and what became of it."""

from supervision.models.document import (
    BulletinCase,
    DocumentCopy,
    DocumentPoint,
    DocumentReply,
    IssuedDocument,
    NumberSeries,
    ReplyPoint,
    TypicalBulletin,
)
from supervision.models.problem import InspectionFeedback, Problem
from supervision.models.rectification import Extension, RectificationItem, RectificationProgress

__all__ = [
    "BulletinCase",
    "DocumentCopy",
    "DocumentPoint",
    "DocumentReply",
    "Extension",
    "InspectionFeedback",
    "IssuedDocument",
    "NumberSeries",
    "Problem",
    "RectificationItem",
    "RectificationProgress",
    "ReplyPoint",
    "TypicalBulletin",
]
