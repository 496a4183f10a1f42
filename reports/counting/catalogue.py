"""All figures there are: importing this module declares them, and it is where readers fetch them."""

from reports.counting import disposal, hearings, looks, meetings, problems, punctuality, work
from reports.counting.figure import FIGURES, NONE, Figure, Scope, freeze

__all__ = [
    "FIGURES",
    "NONE",
    "Figure",
    "Scope",
    "disposal",
    "freeze",
    "hearings",
    "looks",
    "meetings",
    "problems",
    "punctuality",
    "work",
]
