"""Forms of the register of inspection feedback."""

from typing import Any

from django import forms

from accounts.models import SupervisedUnit
from supervision.states import InspectionLevel


class FeedbackFilter(forms.Form):
    """Level and words."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    level = forms.ChoiceField(label="层级", required=False, choices=[("", "全部"), *InspectionLevel.choices])


class FeedbackForm(forms.Form):
    """One item of feedback."""

    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被巡察单位")
    level = forms.ChoiceField(label="层级", choices=InspectionLevel.choices)
    feedback_on = forms.DateField(label="反馈日期")
    item_no = forms.CharField(label="条目", required=False, max_length=20)
    text = forms.CharField(label="反馈意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    cured_on = forms.DateField(label="整改完成日期", required=False)
    articles = {"level": "A5.6"}

    def __init__(self, *args: Any, organ_ids: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = SupervisedUnit.objects.filter(organ_id__in=organ_ids, active_to__isnull=True)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
