"""Forms around the list: key points, edits while compiling, changes, the committee's decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import SupervisedUnit
from checklists.forms.items import DayInput
from checklists.models import AnnualPoints, ChecklistItem
from checklists.papers import EDITABLE
from checklists.states import FocusArea


class PointsForm(forms.Form):
    """Head of the year's key points."""

    articles = {"basis": "A6.1a", "proposals_due_on": "A6.1b"}
    title = forms.CharField(label="标题", max_length=120)
    basis = forms.CharField(
        label="依据", widget=forms.Textarea(attrs={"rows": 3}), help_text="中央和省、市、县纪委全会的安排部署。"
    )
    proposals_due_on = forms.DateField(label="申报截止日", widget=DayInput)


class KeyPointForm(forms.Form):
    """One key point; an empty line is left out."""

    focus_area = forms.ChoiceField(label="聚焦方面", choices=FocusArea.choices)
    text = forms.CharField(label="要点内容", widget=forms.Textarea(attrs={"rows": 2}), required=False)


KeyPointFormSet = forms.formset_factory(KeyPointForm, extra=3, max_num=60)


def point_rows(points: AnnualPoints | None) -> list[Any]:
    """What the formset starts from."""
    return list(points.rows.values("focus_area", "text")) if points else []


class LineForm(forms.ModelForm):
    """The editable words of a project, with the reason of the edit."""

    reason = forms.CharField(label="修改理由", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    articles = {"reason": "A6.1e"}

    class Meta:
        model = ChecklistItem
        fields = tuple(EDITABLE)
        widgets = {
            "title": forms.TextInput,
            "content": forms.Textarea(attrs={"rows": 5}),
            "goal": forms.Textarea(attrs={"rows": 2}),
            "measures": forms.Textarea(attrs={"rows": 4}),
            "basis": forms.Textarea(attrs={"rows": 3}),
            "period_start": DayInput,
            "period_end": DayInput,
            "due_on": DayInput,
            "units": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.instance
        units = SupervisedUnit.objects.filter(organ__path__startswith=item.organ.county().path).active(on=today)
        if not (item.lead_organ.is_cso or item.organ.is_cso):
            units = units.filter(organ=item.lead_organ) | units.filter(organ=item.organ)
        offer(self, "units", units.distinct())
        for name in ("content", "period_start", "period_end"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """The period runs forward."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "结束日期不能早于开始日期。")
        return data

    def _post_clean(self) -> None:
        """The record is written by `actions`."""


class ChangeForm(LineForm):
    """动态更新 of a listed project: its new words and why."""

    articles = {"reason": "A5.7"}
    reason = forms.CharField(label="调整理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class WithdrawalForm(forms.Form):
    """A listed project is withdrawn, or one is added: only the reason is asked."""

    articles = {"reason": "A5.7"}
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class ResolutionForm(forms.Form):
    """The committee's decision on one agenda item."""

    articles = {"approved": "A6.1f"}
    approved = forms.TypedChoiceField(
        label="会议决定",
        choices=(("1", "审议通过"), ("0", "未通过，退回修改")),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    meeting_on = forms.DateField(label="会议日期", widget=DayInput)
    meeting_no = forms.CharField(label="会议次序", max_length=40, required=False, help_text="例如：第5次常委会会议。")
    agenda_no = forms.IntegerField(label="议题序号", min_value=1, max_value=99, required=False)
    attendance = forms.CharField(label="出席情况", max_length=200, required=False)
    opinion = forms.CharField(
        label="会议意见", widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text="未通过的必填。"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A meeting is recorded after it was held; a refusal has its opinion."""
        data = super().clean() or self.cleaned_data
        if data.get("meeting_on") and data["meeting_on"] > self.today:
            self.add_error("meeting_on", "会议日期不能晚于今天，请在会后登记。")
        if data.get("approved") is False and not (data.get("opinion") or "").strip():
            self.add_error("opinion", "未通过的，请写明会议意见。")
        return data


class ArrangementForm(ResolutionForm):
    """The committee's arrangement of a 集中式 supervision, or of 室组巡地 joint working."""

    articles = {"title": "A7.1"}
    title = forms.CharField(label="安排事项", max_length=200)
    field_order = ("title", "meeting_on", "meeting_no", "agenda_no", "attendance", "opinion")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["approved"]


class ReportForm(forms.Form):
    """必要时向县委报告."""

    articles = {"reported_on": "A6.1g"}
    reported_on = forms.DateField(label="报告日期", widget=DayInput)
    doc_no = forms.CharField(label="报告文号", max_length=60, required=False)
