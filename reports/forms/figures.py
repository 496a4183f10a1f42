"""What the list behind a figure and the overview can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404

from accounts.forms.asking import asked
from accounts.lists import named_id
from accounts.models import Organ
from accounts.periods import PeriodKind
from checklists.models import Topic
from checklists.states import FocusArea
from reports.indicators.telling.numbers import ROUNDINGS
from reports.overview.spans import Span, WrongSpan, read_day, read_span
from supervision.states import AGES


class SpanFilter(forms.Form):
    """Two days and an organ. Days that make no span stand in their boxes as typed, with the fault over them."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="单位", required=False, empty_label="全部")

    def __init__(self, data: Any, *, organs: Any, today: date, usual: PeriodKind = PeriodKind.QUARTER) -> None:
        self.fault, typed = "", data.dict()
        try:
            self._span: Span | None = read_span(data, today=today, usual=usual)
        except WrongSpan as wrong:
            self._span, self.fault = None, str(wrong)
        else:
            typed |= {"from": self._span.first, "to": self._span.last}
        super().__init__(typed if data else None, initial=typed)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        # "from" is a word of the language and cannot be declared as an attribute.
        for name, label in (("from", "自"), ("to", "至")):
            self.fields[name] = forms.CharField(label=label, required=False, widget=self._box(typed.get(name)))
        self.order_fields(("from", "to", "organ"))

    @staticmethod
    def _box(typed: Any) -> forms.Widget:
        """The browser's box for days, which shows nothing where there is no such day; then a plain one."""
        try:
            return forms.DateInput(format="%Y-%m-%d") if not typed or read_day(typed) else forms.TextInput()
        except WrongSpan:
            return forms.TextInput()

    def clean(self) -> dict[str, Any]:
        """The days must make a span, and a topic must be known even where the records have none."""
        if self.fault:
            raise forms.ValidationError(self.fault)
        topic = self.data.get("topic")
        if topic and not Topic.objects.filter(pk=named_id(self.data, "topic")).exists():
            raise Http404("no such topic")
        return self.cleaned_data

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)

    @property
    def span(self) -> Span:
        """The days that were asked for. Raises as `asked` does."""
        asked(self)
        assert self._span is not None
        return self._span


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
