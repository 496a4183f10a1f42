"""Forms of disposal: routes in a batch, feedback to a unit (A9.7d)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import SupervisedUnit
from supervision.models import Problem, Round
from supervision.rounds.states import FeedbackManner, Route


class RoutesForm(forms.Form):
    """Ways for the problems that were ticked in the table."""

    problems = forms.ModelMultipleChoiceField(Problem.objects.none(), label="问题", required=False)
    routes = forms.MultipleChoiceField(
        label="处置方式", required=False, choices=Route.choices, widget=forms.CheckboxSelectMultiple,
        help_text="可多选；“不予处理”只能单选并写明理由，“立行立改”须已标记并有佐证。",
    )  # fmt: skip
    reason = forms.CharField(label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label="整改时限", required=False)
    articles = {"routes": "A9.7d", "due_on": "A9.7e"}

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problems"].queryset = Problem.objects.live().filter(round=round)  # type: ignore[attr-defined]


class FeedBackForm(forms.Form):
    """A unit was told of its problems."""

    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被监督单位", widget=forms.HiddenInput)
    problems = forms.ModelMultipleChoiceField(
        Problem.objects.none(), label="反馈的问题", required=False, widget=forms.CheckboxSelectMultiple
    )
    fed_back_on = forms.DateField(label="反馈日期")
    manner = forms.ChoiceField(label="方式", choices=FeedbackManner.choices)
    receiver = forms.CharField(label="接收人（姓名、职务）", max_length=60)
    attitude = forms.CharField(
        label="单位表态", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    articles = {"fed_back_on": "A9.7d"}

    def __init__(self, *args: Any, round: Round, unit: SupervisedUnit | None = None, **kwargs: Any) -> None:
        prefix = f"unit{unit.pk}" if unit else None
        super().__init__(*args, **{"auto_id": f"{prefix}_%s" if prefix else "id_%s", **kwargs})
        rows = Problem.objects.live().filter(round=round).order_by("pk")
        if unit is not None:
            rows = rows.filter(unit=unit, feedbacks__isnull=True)
            self.fields["problems"].initial = list(rows)
        self.fields["unit"].queryset = round.units.all()  # type: ignore[attr-defined]
        self.fields["problems"].queryset = rows  # type: ignore[attr-defined]
        self.fields["problems"].label_from_instance = lambda row: f"{row.code} {row}"  # type: ignore[attr-defined]
