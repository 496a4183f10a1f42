"""All figures there are: importing this module declares them, and it is where readers fetch them."""

from reports.counting import (
    appraisals,
    built,
    disposal,
    evaluated,
    hearings,
    looks,
    meetings,
    problems,
    punctuality,
    work,
)
from reports.counting.figure import FIGURES, NONE, Figure, Scope, freeze

__all__ = [
    "FIGURES",
    "NONE",
    "Figure",
    "Scope",
    "appraisals",
    "built",
    "disposal",
    "evaluated",
    "freeze",
    "hearings",
    "looks",
    "meetings",
    "problems",
    "punctuality",
    "work",
]
