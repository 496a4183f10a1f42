"""What the figures ask of a problem beside its text: who answers for it, when it was seen, whether it proved true (A3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.workflow import ALLOWED, Verdict, denied
from supervision.models import Problem
from supervision.states import Nature, PhaseFound, ResponsibleKind


def concluded(problem: Problem, *, on: date) -> Verdict:
    """A problem that proved true has the day on which that was settled, between its finding and today (A3.2)."""
    day = problem.concluded_on
    if problem.substantiated and day is None:
        return denied("已勾选“查证属实”，请同时填写查结日期。", "A3.2")
    if day and day > on:
        return denied(f"查结日期{day:%Y-%m-%d}晚于今天，请核对。", "A3.2")
    if day and problem.found_on and day < problem.found_on:
        return denied(f"查结日期{day:%Y-%m-%d}早于发现日期{problem.found_on:%Y-%m-%d}，请核对。", "A3.2")
    return ALLOWED


def classification(problem: Problem) -> str:
    """The four facts in one line, as the history of a problem tells of them; empty where none was entered."""
    day = f"{problem.concluded_on:%Y-%m-%d}查结" if problem.concluded_on else ""
    words = (problem.get_responsible_kind_display(), problem.get_phase_found_display(),
             "查证属实" if problem.substantiated else "", day)  # fmt: skip
    return "，".join(word for word in words if word)


def words_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The facts of one row of the list, in words."""
    return {
        "nature_word": _label(Nature, row["nature"]),
        "kind_word": _label(ResponsibleKind, row["responsible_kind"]),
        "phase_word": _label(PhaseFound, row["phase_found"]),
        "proved": "是" if row["substantiated"] else "",
    }


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""
