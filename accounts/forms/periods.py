"""A period as it is typed: what cannot be read is said so, with the way to write it."""

from __future__ import annotations

from typing import Any

from django import forms

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


class PeriodField(forms.CharField):
    """A period of one of these kinds, of any where none is named."""

    def __init__(self, *kinds: PeriodKind, **options: Any) -> None:
        label = WORDS[kinds[0]] if len(kinds) == 1 else "时段"
        super().__init__(**{"label": label, "required": False, **options})
        self.kinds = kinds

    def clean(self, value: Any) -> Period | None:
        """The period, None where the box is empty. Raises ValidationError."""
        text = super().clean(value)
        return read_period(text, self.kinds) if text else None
