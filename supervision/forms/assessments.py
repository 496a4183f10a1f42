"""Forms of “三看” (A9.6c)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Official, SupervisedUnit
from supervision.rounds.states import AssessmentAbout

AREA = forms.Textarea


class LooksForm(forms.Form):
    """Three looks and a conclusion, all in free words. The labels are the questions in force."""

    first_look = forms.CharField(required=False, max_length=8000, widget=AREA(attrs={"rows": 4}))
    second_look = forms.CharField(required=False, max_length=8000, widget=AREA(attrs={"rows": 4}))
    third_look = forms.CharField(required=False, max_length=8000, widget=AREA(attrs={"rows": 4}))
    conclusion = forms.CharField(label="综合评价", max_length=8000, widget=AREA(attrs={"rows": 5}))
    articles = {"conclusion": "A9.6c"}

    def __init__(self, *args: Any, looks: tuple[str, str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, number, words in zip(("first_look", "second_look", "third_look"), "一二三", looks, strict=True):
            self.fields[name].label = f"{number}看：{words}"


class AssessmentForm(LooksForm):
    """A new text: about whom, then what."""

    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被监督单位")
    about = forms.ChoiceField(label="评价对象", choices=AssessmentAbout.choices)
    official = forms.ModelChoiceField(
        Official.objects.none(), label="班子成员", required=False, empty_label="（评价领导班子的不选）",
        help_text="“一把手”和班子成员从监督对象名录中选择。",
    )  # fmt: skip
    field_order = ("unit", "about", "official")

    def __init__(self, *args: Any, units: list[SupervisedUnit], looks: tuple[str, str, str], **kwargs: Any) -> None:
        super().__init__(*args, looks=looks, **kwargs)
        ids = [unit.pk for unit in units]
        self.fields["unit"].queryset = SupervisedUnit.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        people = Official.objects.filter(unit_id__in=ids, is_active=True).select_related("unit")
        self.fields["official"].queryset = people  # type: ignore[attr-defined]
        self.fields["official"].label_from_instance = lambda row: f"{row.unit}：{row}"  # type: ignore[attr-defined]


class PromptsForm(forms.Form):
    """A new wording of the three questions."""

    valid_from = forms.DateField(label="自哪一天起用", help_text="只用于这一天及以后撰写的评价。")
    first = forms.CharField(label="一看", max_length=200)
    second = forms.CharField(label="二看", max_length=200)
    third = forms.CharField(label="三看", max_length=200)
    articles = {"first": "A9.6c"}
