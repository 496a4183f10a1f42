"""Forms of the quarterly report: which quarter, the sections, the reasons, the addendum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.forms.asking import asked
from accounts.periods import Period
from reports.quarterly.outline import SECTIONS
from reports.quarterly.rules import MOST
from reports.quarterly.states import QuarterlyStep

BACK = 8  # quarters that a choice goes back


def quarters(current: Period) -> list[Period]:
    """The current quarter and those before it, newest first."""
    found = [current]
    while len(found) < BACK:
        found.append(found[-1].before())
    return found


class QuarterChoice(forms.Form):
    """Which quarter the board shows."""

    period = forms.ChoiceField(label="季度", required=False)

    def __init__(self, *args: Any, current: Period, shown: Period, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"period": shown.key}, **kwargs})
        known = quarters(current)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (one.key, one.label) for one in (known if shown in known else [shown, *known])
        ]


class ReportFilter(forms.Form):
    """The filter of the list of reports."""

    year = forms.IntegerField(label="年度", required=False, min_value=1949, max_value=2999)
    step = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *QuarterlyStep.choices])

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)


class SectionsForm(forms.Form):
    """The seven sections. An empty one may be saved, only not signed."""

    articles = dict.fromkeys(SECTIONS, "A10.4a")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, heading in SECTIONS.items():
            self.fields[name] = forms.CharField(
                label=heading,
                required=False,
                max_length=MOST,
                widget=forms.Textarea(attrs={"rows": 6, "data-figures": ""}),
            )


class SubmitForm(forms.Form):
    """What the head writes beside his signature when the day has passed."""

    late_reason = forms.CharField(
        label="逾期原因", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text="逾期报送的必须写明，随报告长期保留。"
    )  # fmt: skip
    articles = {"late_reason": "A10.4a"}


class ReturnForm(forms.Form):
    """Why a report goes back."""

    reason = forms.CharField(label="退回理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
                             help_text="首次报送时间不变，退回修改不影响按时认定。")  # fmt: skip
    articles = {"reason": "A10.4a"}


class ReopenForm(forms.Form):
    """Why the county's quarter is opened anew."""

    reason = forms.CharField(label="重新开稿的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
                             help_text="原定稿保留不变；新版定稿前仍以原定稿为准。")  # fmt: skip
    articles = {"reason": "A10.4a"}


class AddendumForm(forms.Form):
    """What an accepted report corrects."""

    text = forms.CharField(
        label="补正说明",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明更正什么、为什么更正。",
    )
    keys = forms.MultipleChoiceField(label="同时更正的数据", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, drifted: Sequence[Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row["key"], f"{row['label']}：报告{row['frozen']}，现为{row['now']}") for row in drifted]
        if choices:
            self.fields["keys"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["keys"]
