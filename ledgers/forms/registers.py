"""Forms of the registers."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.forms.choices import offer
from accounts.forms.filters import Filter, ListFilter
from accounts.models import Official, Organ, SupervisedUnit
from accounts.permissions import visible_organ_ids
from checklists.models import Topic
from ledgers.models import InfoShare
from ledgers.states import MEASURES, FourForm


class DispositionTagsForm(forms.Form):
    """What a disposition counts for."""

    triple_check = forms.BooleanField(label="“一案三查”", required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.filter(is_active=True), label="专题", required=False, widget=forms.CheckboxSelectMultiple
    )


class DispositionForm(DispositionTagsForm):
    """One person, one form, one measure."""

    official = forms.ModelChoiceField(Official.objects.none(), label="人员")
    form = forms.TypedChoiceField(label="形态", choices=FourForm.choices, coerce=int)
    measure = forms.ChoiceField(label="措施", choices=[(name, name) for names in MEASURES.values() for name in names])
    decided_on = forms.DateField(label="处置日期")
    field_order = ("official", "form", "measure", "decided_on", "triple_check", "topics")
    articles = {"form": "A3.4", "official": "A4", "topics": "A5.3"}

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "official", Official.objects.filter(unit__organ=organ, is_active=True).select_related("unit"))


class DispositionFilter(Filter):
    """Dispositions of a year by form, topic and “一案三查”; names are not searched for."""

    year = forms.IntegerField(required=False, min_value=2013, max_value=2100, widget=forms.HiddenInput)
    form = forms.ChoiceField(label="形态", required=False, choices=[("", "全部"), *FourForm.choices])
    topic = forms.ModelChoiceField(
        Topic.objects.filter(is_active=True), label="专题", required=False, empty_label="全部"
    )
    triple_check = forms.ChoiceField(
        label="“一案三查”", required=False, choices=[("", "全部"), ("yes", "是"), ("no", "否")]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        del self.fields["q"]


class ShareForm(forms.Form):
    """One notice to 党风政风监督室."""

    subject = forms.CharField(label="主题", max_length=200)
    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="涉及单位", required=False)
    shared_on = forms.DateField(label="通报日期")
    figures = forms.CharField(label="情况和数据", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=4000,
                              help_text="只写情况和数据，不写线索内容。")  # fmt: skip
    articles = {"subject": "A10.1c"}

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "unit",
            SupervisedUnit.objects.filter(organ__path__startswith=organ.county().path, active_to__isnull=True),
        )


def _senders(request: Any) -> QuerySet[Organ]:
    sent = InfoShare.objects.order_by().values("organ_id")
    return Organ.objects.filter(pk__in=visible_organ_ids(request.user) if request else []).filter(pk__in=sent)


class ShareFilter(ListFilter):
    """Notices by words, sender, year and whether they wait for a signature."""

    q = filters.CharFilter(label="查找", method="search")
    organ = filters.ModelChoiceFilter(label="通报部门", queryset=_senders, empty_label="全部")
    year = filters.NumberFilter(label="年度", field_name="shared_on", lookup_expr="year")
    state = filters.ChoiceFilter(
        label="签收", choices=(("waiting", "待签收"), ("signed", "已签收")), method="by_state", empty_label="全部"
    )

    class Meta:
        model = InfoShare
        fields = ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Words of the subject, the facts or the unit."""
        return rows.filter(Q(subject__icontains=value) | Q(figures__icontains=value) | Q(unit__name__icontains=value))

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Signed for or waiting."""
        return rows.filter(acknowledged_at__isnull=value == "waiting")
