"""Supervision: what was found, and what became of it."""

from supervision.models.exchange import ExchangePackage, ExchangeReturn
from supervision.models.look_back import LookBack, LookBackResult
from supervision.models.problem import InspectionFeedback, Problem
from supervision.models.proof import ClosureProof, UnitLedgerConfirmation
from supervision.models.rectification import Extension, RectificationItem, RectificationProgress
from supervision.models.sampling import SampledItem, SamplingDraw

__all__ = [
    "ClosureProof",
    "ExchangePackage",
    "ExchangeReturn",
    "Extension",
    "InspectionFeedback",
    "LookBack",
    "LookBackResult",
    "Problem",
    "RectificationItem",
    "RectificationProgress",
    "SampledItem",
    "SamplingDraw",
    "UnitLedgerConfirmation",
]
