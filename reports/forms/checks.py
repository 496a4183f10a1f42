"""The filter of the standing checks, and the words of a clearance."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.asking import asked
from accounts.models import Organ
from reports.checks.catalogue import CHECKS, Gravity


class CheckFilter(forms.Form):
    """Organ, check and gravity."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="单位", required=False, empty_label="全部")
    check = forms.ChoiceField(
        label="核对项", required=False, choices=[("", "全部"), *((one.key, one.label) for one in CHECKS.values())]
    )
    gravity = forms.ChoiceField(required=False, choices=[("", ""), *Gravity.choices], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, organs: Any) -> None:
        super().__init__(data or None)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)
