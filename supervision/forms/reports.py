"""Forms of the inspection report, its submission and its study."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.forms.asking import asked
from accounts.models import Organ, SupervisedUnit
from supervision.models import Round
from supervision.reporting.rules import SECTIONS
from supervision.rounds.states import ReportKind, ReportStep

STEPS = [("", "全部"), ("waiting", "待提交常委会"), *ReportStep.choices]


class ReportFilter(forms.Form):
    """The filter of the list of reports."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    organ = forms.ModelChoiceField(Organ.objects.none(), label="牵头单位", required=False, empty_label="全部")
    step = forms.ChoiceField(label="状态", required=False, choices=STEPS)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *ReportKind.choices])

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data or None)
        self.fields["organ"].queryset = Organ.objects.visible_to(user)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)


class NewReportForm(forms.Form):
    """Final or interim; of the round or of one of its units."""

    kind = forms.ChoiceField(label="类别", choices=ReportKind.choices, initial=ReportKind.FINAL)
    unit = forms.ModelChoiceField(
        SupervisedUnit.objects.none(), label="被监督单位", required=False, empty_label="本轮全部单位",
        help_text="一轮涉及多个单位的，可以合写一份，也可以每个单位一份；每份报告各自起算10日。",
    )  # fmt: skip
    articles = {"kind": "A9.6a"}

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = round.units.all()  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """Title and the four sections. An empty section may be saved, only not sent up."""

    title = forms.CharField(label="标题", max_length=200)
    articles = dict.fromkeys(SECTIONS, "A9.6b")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, heading in SECTIONS.items():
            self.fields[name] = forms.CharField(
                label=heading, required=False, max_length=40000, widget=forms.Textarea(attrs={"rows": 10})
            )


class TableForm(forms.Form):
    """Bringing a report before the committee."""

    submitted_on = forms.DateField(label="提交日期")
    late_reason = forms.CharField(
        label="逾期原因", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="按期提交的不用填；逾期提交的必须填写，并长期保留。",
    )  # fmt: skip
    articles = {"submitted_on": "A9.7a"}


class StudyForm(forms.Form):
    """What the committee said about the report."""

    meeting_on = forms.DateField(label="会议日期")
    meeting_no = forms.CharField(label="会议次序", required=False, max_length=40)
    agenda_no = forms.IntegerField(label="议题序号", required=False, min_value=1, max_value=99)
    attendance = forms.CharField(label="出席情况", required=False, max_length=200)
    opinion = forms.CharField(label="研判意见", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    articles = {"opinion": "A9.7a"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"meeting_on": today}, **kwargs})
