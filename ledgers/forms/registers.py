"""Forms of the registers."""

from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import Official, Organ, SupervisedUnit
from ledgers.states import MEASURES, FourForm


class DispositionForm(forms.Form):
    """One person, one form, one measure."""

    official = forms.ModelChoiceField(Official.objects.none(), label="人员")
    form = forms.TypedChoiceField(label="形态", choices=FourForm.choices, coerce=int)
    measure = forms.ChoiceField(label="措施", choices=[(name, name) for names in MEASURES.values() for name in names])
    decided_on = forms.DateField(label="处置日期")
    articles = {"form": "A3.4", "official": "A4"}

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "official", Official.objects.filter(unit__organ=organ, is_active=True).select_related("unit"))


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
