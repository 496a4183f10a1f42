"""What the list behind a figure and the overview can be narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organ
from checklists.models import Topic
from checklists.states import FocusArea
from reports.indicators.telling.numbers import ROUNDINGS
from supervision.states import AGES


class SpanFilter(forms.Form):
    """Two days and an organ; nonsense in the address filters nothing."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="单位", required=False, empty_label="全部")

    def __init__(self, data: Any, *, organs: Any, first: Any, last: Any) -> None:
        super().__init__({**data.dict(), "from": first, "to": last} if data else None)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        # "from" is a word of the language and cannot be declared as an attribute.
        for name, label, day in (("from", "自", first), ("to", "至", last)):
            self.fields[name] = forms.DateField(label=label, required=False, initial=day)
        self.order_fields(("from", "to", "organ"))

    def chosen(self) -> dict[str, Any]:
        """What was asked for."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class FigureFilter(SpanFilter):
    """The same, with the topic, the focus area and the lateness where the records have such."""

    area = forms.ChoiceField(label="聚焦方面", required=False, choices=[("", "全部"), *FocusArea.choices])
    age = forms.ChoiceField(label="逾期", required=False,
                            choices=[("", "全部"), *((str(n), label) for n, (_, label) in enumerate(AGES))])  # fmt: skip

    topic = forms.ModelChoiceField(Topic.objects.all(), label="专题", required=False, empty_label="全部")

    def __init__(self, data: Any, *, has_area: bool, has_age: bool, has_topic: bool, **more: Any) -> None:
        super().__init__(data, **more)
        for name, kept in (("area", has_area), ("age", has_age), ("topic", has_topic)):
            if not kept:
                del self.fields[name]


class IndicatorFilter(SpanFilter):
    """Days, organ, topic and a word; `group` is the text that an indicator comes from, chosen above the list."""

    topic = forms.ModelChoiceField(Topic.objects.all(), label="专题", required=False, empty_label="全部")
    q = forms.CharField(label="查找", required=False, max_length=40)
    group = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    rounding = forms.ChoiceField(label="数字写法", required=False, choices=ROUNDINGS)

    def __init__(self, data: Any, *, without: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(data, **more)
        for name in without:
            del self.fields[name]
