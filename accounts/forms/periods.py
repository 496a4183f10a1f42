"""The period or the year that an address or a form names: what cannot be read is said so, never taken for another one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from accounts.forms.asking import asked
from accounts.periods import Period, PeriodKind

FIRST_YEAR, LAST_YEAR = 2013, 2099  # nothing of the office is older than its county's first ledgers
EXAMPLES = {
    PeriodKind.YEAR: "2026",
    PeriodKind.HALF: "2026H1",
    PeriodKind.QUARTER: "2026Q1",
    PeriodKind.MONTH: "2026-01",
}
WORDS = {PeriodKind.YEAR: "年度", PeriodKind.HALF: "半年", PeriodKind.QUARTER: "季度", PeriodKind.MONTH: "月份"}


def read_period(text: str, kinds: tuple[PeriodKind, ...] = ()) -> Period:
    """The period of one of these kinds (of any, where none is named). Raises ValidationError with the way to write it."""
    wanted = kinds or tuple(EXAMPLES)
    try:
        period = Period.read(text)
    except ValueError:
        period = None
    if period is None or period.kind not in wanted or not FIRST_YEAR <= period.at_year <= LAST_YEAR:
        word = WORDS[wanted[0]] if len(wanted) == 1 else "时段"
        ways = "或".join(EXAMPLES[kind] for kind in wanted)
        raise forms.ValidationError(f"“{text[:20]}”不是{word}，请写成{ways}。")
    return period


class _Asked(forms.Form):
    """One box, named as in the address."""

    def __init__(self, data: Any, name: str, field: forms.Field) -> None:
        super().__init__(data)
        self.fields[name] = field


class _PeriodField(forms.CharField):
    def __init__(self, kinds: tuple[PeriodKind, ...]) -> None:
        super().__init__(label=WORDS[kinds[0]] if len(kinds) == 1 else "时段", required=False)
        self.kinds = kinds

    def clean(self, value: Any) -> Period | None:
        text = super().clean(value)
        return read_period(text, self.kinds) if text else None


def asked_period(request: HttpRequest, current: Period, *kinds: PeriodKind, name: str = "period") -> Period:
    """The period that the address (of a form: the form) names, `current` where none is named. Raises `Misread`."""
    data = request.POST if name in request.POST else request.GET
    return asked(_Asked(data, name, _PeriodField(kinds))).get(name) or current


def asked_year(request: HttpRequest, *, last: int = LAST_YEAR) -> int:
    """The year that the address or the form names, this one where none is named. Raises `Misread`."""
    data = request.POST if "year" in request.POST else request.GET
    field = forms.IntegerField(label="年度", required=False, min_value=FIRST_YEAR, max_value=last)
    return asked(_Asked(data, "year", field)).get("year") or timezone.localdate().year
