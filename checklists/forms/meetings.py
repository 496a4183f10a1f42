"""Forms of meetings and monthly lists, and the filters of the two lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.forms.choices import offer
from accounts.forms.filters import ListFilter
from accounts.models import Organ
from accounts.periods import Period, PeriodKind
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from accounts.roles import OrganKind
from checklists.forms.items import DayInput
from checklists.meetings.states import MeetingKind, MeetingStep, MonthStep
from checklists.models import ChecklistItem, Meeting, MonthlyList


class MeetingForm(forms.ModelForm):
    """The frame of a meeting: what kind, which quarter, when, where, who."""

    class Meta:
        model = Meeting
        fields = ("kind", "year", "quarter", "held_on", "place", "attendees")
        widgets = {"held_on": DayInput, "attendees": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "quarter": "会议属于哪个季度；季度工作调度会和联络员例会每季度一次。",
            "attendees": "写明单位、姓名和职务，分行填写。",
        }

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in {
            "held_on": on,
            "year": on.year,
            "quarter": Period.of(PeriodKind.QUARTER, on).number,
        }.items():
            self.fields[name].initial = value

    def clean_year(self) -> int:
        """A year that the office can mean."""
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2099:
            raise forms.ValidationError("请填写四位年份，例如2026。")
        return year

    def _post_clean(self) -> None:
        """The record is written by `actions`."""


class TopicForm(forms.Form):
    """One matter of the agenda."""

    prefix = "topic"
    text = forms.CharField(label="研究事项", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    item = forms.ModelChoiceField(label="涉及项目", queryset=ChecklistItem.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", _listed(user, year))


class WorkForm(forms.Form):
    """Who does what by when: a decision of a meeting, or a line of a monthly list."""

    text = forms.CharField(label="议定事项", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    organ = forms.ModelChoiceField(label="责任单位", queryset=Organ.objects.none())
    due_on = forms.DateField(label="完成时限", widget=DayInput)

    def __init__(self, *args: Any, user: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = organ_ids(user, Permission.COORDINATE) if organ.is_cso else frozenset()
        offer(self, "organ", Organ.objects.filter(pk__in=ids | {organ.pk}).exclude(kind=OrganKind.COMMISSION))
        if not organ.is_cso:
            self.fields["organ"].initial = organ.pk


class DecisionForm(WorkForm):
    """One decision; it becomes a task when the meeting is recorded as held."""

    prefix = "decision"


class MonthLineForm(WorkForm):
    """One task of a month, with the project that it serves where there is one."""

    item = forms.ModelChoiceField(label="涉及项目", queryset=ChecklistItem.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, organ: Organ, year: int, **kwargs: Any) -> None:
        super().__init__(*args, user=user, organ=organ, **kwargs)
        self.fields["text"].label = "任务"
        offer(self, "item", _listed(user, year))


class MonthForm(forms.Form):
    """Which month."""

    year = forms.IntegerField(label="编制年度", min_value=2000, max_value=2099)
    month = forms.TypedChoiceField(label="编制月份", choices=[(n, f"{n}月") for n in range(1, 13)], coerce=int)


class ProgressForm(forms.Form):
    """How a task goes."""

    text = forms.CharField(label="进展", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


def _listed(user: Any, year: int) -> Any:
    rows: Any = ChecklistItem.objects.listed(year)
    return rows.filter(organ_id__in=visible_organ_ids(user))


def _organs(request: Any) -> QuerySet[Organ]:
    held = Meeting.objects.order_by().values("organ_id")
    return Organ.objects.filter(pk__in=visible_organ_ids(request.user) if request else []).filter(pk__in=held)


class MeetingFilter(ListFilter):
    """Meetings by words, kind, year, quarter, organ and step."""

    q = filters.CharFilter(label="查找", method="search")
    kind = filters.ChoiceFilter(label="类别", choices=MeetingKind.choices, empty_label="全部")
    year = filters.NumberFilter(label="年度")
    quarter = filters.ChoiceFilter(
        label="季度", choices=[(n, f"第{'一二三四'[n - 1]}季度") for n in range(1, 5)], empty_label="全部"
    )
    organ = filters.ModelChoiceFilter(label="召集单位", queryset=_organs, empty_label="全部")
    step = filters.ChoiceFilter(label="状态", choices=MeetingStep.choices, empty_label="全部")

    class Meta:
        model = Meeting
        fields = ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Words of the matters or the decisions."""
        found = Q(topics__text__icontains=value) | Q(decisions__text__icontains=value)
        return rows.filter(pk__in=Meeting.objects.filter(found).values("pk"))


class MonthFilter(ListFilter):
    """Monthly lists by year and step."""

    year = filters.NumberFilter(label="年度")
    step = filters.ChoiceFilter(label="状态", choices=MonthStep.choices, empty_label="全部")

    class Meta:
        model = MonthlyList
        fields = ()
