"""The period or the year that an address or a form names: what cannot be read is said so, never taken for another one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from accounts.forms.asking import asked
from accounts.forms.periods import FIRST_YEAR, LAST_YEAR, PeriodField
from accounts.periods import Period, PeriodKind


class _Asked(forms.Form):
    """One box, named as in the address."""

    def __init__(self, data: Any, name: str, field: forms.Field) -> None:
        super().__init__(data)
        self.fields[name] = field


def asked_period(request: HttpRequest, current: Period, *kinds: PeriodKind, name: str = "period") -> Period:
    """The period that the address (of a form: the form) names, `current` where none is named. Raises `Misread`."""
    data = request.POST if name in request.POST else request.GET
    return asked(_Asked(data, name, PeriodField(*kinds))).get(name) or current


def asked_year(request: HttpRequest, *, last: int = LAST_YEAR) -> int:
    """The year that the address or the form names, this one where none is named. Raises `Misread`."""
    data = request.POST if "year" in request.POST else request.GET
    field = forms.IntegerField(label="年度", required=False, min_value=FIRST_YEAR, max_value=last)
    return asked(_Asked(data, "year", field)).get("year") or timezone.localdate().year
