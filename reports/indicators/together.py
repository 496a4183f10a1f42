"""Every indicator of one scope in few questions to the database: what a page of them needs (A10.1b)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reports.counting.figure import FIGURES, Scope
from reports.counting.together import values_of
from reports.indicators.catalogue import INDICATORS
from reports.indicators.indicator import Indicator, externals_known


def values(scope: Scope, wanted: Iterable[str]) -> dict[str, Any]:
    """The number of each of these indicators by id; None where no record of the scope can produce it."""
    ones = [INDICATORS[key] for key in wanted]
    known = _known(ones, scope)
    found = values_of([(FIGURES[one.figure], scope) for one in known])
    told = {one.id: one.shown(value) for one, value in zip(known, found, strict=True)}
    return {one.id: told.get(one.id) for one in ones}


def _known(ones: list[Indicator], scope: Scope) -> list[Indicator]:
    """Those that the scope can have; what others reported is asked once for all of them."""
    told = externals_known(scope) if any(one.is_external for one in ones) else frozenset()
    return [one for one in ones if (one.figure in told if one.is_external else bool(one.figure))]
