"""Forms of consultations: the record, its follow-up, the filters of the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.forms.choices import offer
from accounts.forms.filters import ListFilter
from accounts.models import Organ, SupervisedUnit
from accounts.permissions import visible_organ_ids
from checklists.forms.items import DayInput
from ledgers.consulting.rules import NEEDED
from ledgers.consulting.states import ConsultationStep
from ledgers.models import Consultation
from supervision.models import Problem
from supervision.states import RectificationStep

MOST_OFFERED = 80  # problems; the newest first, those of a closed rectification left out
WIDGETS: dict[str, Any] = {
    "held_on": DayInput,
    "follow_up_on": DayInput,
    "units": forms.CheckboxSelectMultiple,
    "problems": forms.CheckboxSelectMultiple,
}
WIDGETS |= {
    name: forms.Textarea(attrs={"rows": 2})
    for name in ("attendees_organ", "attendees_unit", "follow_up", "case_rectification")
}
WIDGETS |= {
    name: forms.Textarea(attrs={"rows": 4}) for name in ("common_problems", "prominent_problems", "suggestions")
}
WIDGETS |= {"unit_statement": forms.Textarea(attrs={"rows": 3})}


class ProblemsField(forms.ModelMultipleChoiceField):
    """Problems to tick, each with its unit before it."""

    def label_from_instance(self, obj: Any) -> str:
        """县农业农村局：项目资料归档滞后（2026-00012）."""
        return f"{obj.unit.name}：{str(obj)[:50]}（{obj.code}）"


class ConsultationForm(forms.ModelForm):
    """One consultation of `organ`; `actions` writes it."""

    articles = {
        "units": "A10.3a",
        "common_problems": "A10.3a",
        "suggestions": "A10.3a",
        "political_case": "A10.3b",
        "follow_up_on": "A10.3b",
    }
    problems = ProblemsField(
        label="关联的突出问题", queryset=Problem.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="列出本单位发现、还没有销号的问题；勾选的写进纪要。",
    )  # fmt: skip

    class Meta:
        model = Consultation
        fields = (
            "units", "held_on", "place", "attendees_organ", "attendees_unit", "common_problems", "prominent_problems",
            "problems", "suggestions", "unit_statement", "political_case", "case_rectification", "follow_up",
            "follow_up_on",
        )  # fmt: skip
        widgets = WIDGETS
        help_texts = {
            "units": "一次会商可以会同几个单位，每个单位都计入本半年。",
            "attendees_unit": "写明单位、姓名和职务。",
            "common_problems": "普遍性问题、突出问题至少填写一项。",
            "case_rectification": "以案促改通知、活动安排和完成时限；没有发生案件的不填。",
            "follow_up_on": "填写后到期提醒，直到登记跟踪问效结果。",
        }

    def __init__(self, *args: Any, organ: Organ, on: date, unit_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = SupervisedUnit.objects.filter(organ=organ)
        offer(self, "units", units.active(on=on))
        offer(self, "problems", _offered(organ, self.instance))
        self.fields["held_on"].initial = on
        for name in NEEDED:
            self.fields[name].required = True
        if unit_id and not self.instance.pk:
            self.fields["units"].initial = [unit_id]

    def _post_clean(self) -> None:
        """The record is written by `actions`."""


def _offered(organ: Organ, made: Consultation) -> QuerySet[Problem]:
    rows = Problem.objects.live().filter(organ=organ)
    fresh = rows.exclude(rectification__step=RectificationStep.CLOSED).order_by("-found_on", "-pk")
    kept = list(made.problems.values_list("pk", flat=True)) if made.pk else []
    return rows.filter(pk__in=[*fresh.values_list("pk", flat=True)[:MOST_OFFERED], *kept]).select_related("unit")


class FollowUpForm(forms.Form):
    """What the follow-up found."""

    done_on = forms.DateField(label="完成日期", widget=DayInput)
    result = forms.CharField(label="跟踪问效结果", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


def _organs(request: Any) -> QuerySet[Organ]:
    held = Consultation.objects.order_by().values("organ_id")
    return Organ.objects.filter(pk__in=visible_organ_ids(request.user) if request else []).filter(pk__in=held)


class ConsultationFilter(ListFilter):
    """Consultations by words, organ, year, half and step."""

    q = filters.CharFilter(label="查找", method="search")
    organ = filters.ModelChoiceFilter(label="组织单位", queryset=_organs, empty_label="全部")
    year = filters.NumberFilter(label="年度", field_name="held_on", lookup_expr="year")
    half = filters.ChoiceFilter(
        label="半年", choices=(("1", "上半年"), ("2", "下半年")), method="in_half", empty_label="全部"
    )
    step = filters.ChoiceFilter(label="状态", choices=ConsultationStep.choices, empty_label="全部")

    class Meta:
        model = Consultation
        fields = ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Words of the problems, the suggestions or a unit's name."""
        return rows.filter(
            Q(common_problems__icontains=value)
            | Q(prominent_problems__icontains=value)
            | Q(suggestions__icontains=value)
            | Q(pk__in=Consultation.objects.filter(units__name__icontains=value).values("pk"))
        )

    def in_half(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """January to June, or July to December."""
        return rows.filter(held_on__month__lte=6) if value == "1" else rows.filter(held_on__month__gt=6)
