"""Forms of the transfer register of clues (A9.7g)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organ
from supervision.models import Problem
from supervision.reporting.clues import receivers
from supervision.rounds.states import ClueStatus


class ClueFilter(forms.Form):
    """State and number."""

    q = forms.CharField(label="线索编号", required=False, max_length=60)
    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ClueStatus.choices])


class ClueForm(forms.Form):
    """Reference, receiver, day, count of papers. There is no field for what the clue says."""

    code = forms.CharField(label="线索编号", max_length=60, help_text="只登记编号，不写线索内容和涉及人员。")
    receiver = forms.ModelChoiceField(Organ.objects.none(), label="接收单位")
    transferred_on = forms.DateField(label="移送日期")
    material_count = forms.IntegerField(label="材料份数", min_value=0, max_value=9999, initial=1)
    problem = forms.ModelChoiceField(
        Problem.objects.none(), label="来源问题", required=False, empty_label="不关联",
        help_text="关联后，线索与问题的关系只有经登记事由打开后才能看到。",
    )  # fmt: skip
    priority_political = forms.BooleanField(
        label="政治方面线索，优先处置", required=False, help_text="只有移送人、接收单位和有权人员可见。"
    )
    articles = {"code": "A9.7g"}

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = receivers(organ)
        self.fields["receiver"].queryset = found  # type: ignore[attr-defined]
        self.fields["receiver"].initial = found.first()
        rows = Problem.objects.live().filter(organ=organ) | Problem.objects.live().filter(round__organ=organ)
        self.fields["problem"].queryset = rows.order_by("-pk")  # type: ignore[attr-defined]
        self.fields["problem"].label_from_instance = lambda row: f"{row.code} {row}"  # type: ignore[attr-defined]


class ReceiveForm(forms.Form):
    """Taking a clue in."""

    received_on = forms.DateField(label="接收日期")
    received_by = forms.CharField(label="接收人", max_length=60)
    articles = {"received_on": "A9.7g"}


class StatusForm(forms.Form):
    """What became of it."""

    status = forms.ChoiceField(label="办理状态", choices=ClueStatus.choices)
    status_on = forms.DateField(label="状态日期")
    result_summary = forms.CharField(
        label="办理结果摘要", required=False, max_length=200, help_text="打开须登记事由；不写案情和涉密内容。"
    )
    priority_political = forms.BooleanField(
        label="政治方面线索，优先处置", required=False, help_text="只有移送人、接收单位和有权人员可见。"
    )
    articles = {"status": "A9.7g"}
