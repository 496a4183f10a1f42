"""Forms of accountability: beginning, deciding, tagging, and the filter of the list (A9.7f)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.forms.filters import Filter
from accounts.models import Organ
from checklists.models import Topic
from supervision.models import AccountabilityAction
from supervision.rounds.states import AccountabilityObject, Responsibility

YES_OR_NO = [("", "全部"), ("yes", "是"), ("no", "否")]


def topics_field() -> forms.ModelMultipleChoiceField:
    """The topics that may be chosen now."""
    return forms.ModelMultipleChoiceField(
        Topic.objects.filter(is_active=True), label="专题", required=False, widget=forms.CheckboxSelectMultiple
    )


class TagsForm(forms.Form):
    """What an action counts for."""

    in_cooperation = forms.BooleanField(label="配合上级查处", required=False)
    articles = {"topics": "A5.3"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"] = topics_field()


class AccountabilityForm(TagsForm):
    """Beginning to hold to account."""

    object_kind = forms.ChoiceField(label="问责对象", choices=AccountabilityObject.choices)
    object_name = forms.CharField(
        label="名称，或姓名、职务", max_length=120, help_text="只写党组织名称，或姓名和职务；不写身份证号和家庭情况。"
    )
    responsibility = forms.ChoiceField(label="责任", choices=Responsibility.choices)
    competent_organ = forms.CharField(label="承办单位", max_length=120)
    started_on = forms.DateField(label="启动日期")
    field_order = (
        "object_kind",
        "object_name",
        "responsibility",
        "competent_organ",
        "started_on",
        "in_cooperation",
        "topics",
    )
    articles = {"object_kind": "A9.7f", "topics": "A5.3"}


class DecisionForm(forms.Form):
    """How it was decided."""

    decided_on = forms.DateField(label="决定日期")
    result = forms.CharField(label="问责方式和结果", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    articles = {"result": "A9.7f"}


class AccountabilityFilter(Filter):
    """Actions by organ, state, kind of object, topic, year."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="提出单位", required=False, empty_label="全部")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("open", "未决定"), ("decided", "已决定"), ("withdrawn", "已撤销登记")],
    )
    object_kind = forms.ChoiceField(
        label="问责对象", required=False, choices=[("", "全部"), *AccountabilityObject.choices]
    )
    in_cooperation = forms.ChoiceField(label="配合上级查处", required=False, choices=YES_OR_NO)
    topic = forms.ModelChoiceField(
        Topic.objects.filter(is_active=True), label="专题", required=False, empty_label="全部"
    )
    checked = forms.ChoiceField(
        label="核实",
        required=False,
        choices=[("", "全部"), ("yes", "已核实"), ("no", "未核实"), ("out", "不计入质效评估")],
    )
    year = forms.IntegerField(label="决定年度", required=False, min_value=2013, max_value=2100)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        del self.fields["q"]  # names of persons are not searched for
        organs = AccountabilityAction.objects.visible_to(user).order_by().values("organ_id")
        offer(self, "organ", Organ.objects.filter(pk__in=organs))
