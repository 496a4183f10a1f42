"""Forms of the instruction ledger, the deployment, tasks and vocabularies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids
from accounts.roles import OrganKind
from checklists.forms.items import DayInput
from checklists.models import AnnualDeployment, BasisDocument, InstructionItem, Method, Topic


class InstructionForm(forms.ModelForm):
    """One instruction: content, source, who answers for it, measures, term."""

    articles = {"due_on": "A5.2", "measures": "A5.2"}

    class Meta:
        model = InstructionItem
        fields = (
            "organ",
            "title",
            "source_doc",
            "received_on",
            "content",
            "responsible_unit",
            "measures",
            "due_on",
        )
        widgets = {"title": forms.TextInput, "received_on": DayInput, "due_on": DayInput}

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.COORDINATE)
        offer(self, "organ", Organ.objects.filter(pk__in=mine).exclude(kind=OrganKind.COMMISSION))
        self.fields["organ"].initial = user.organ_id
        units = SupervisedUnit.objects.filter(organ__path__startswith=user.organ.county().path)
        offer(self, "responsible_unit", units.active(on=today))
        if self.instance.pk:
            del self.fields["organ"]

    def clean(self) -> dict[str, Any]:
        """The term is not before the day of receipt."""
        data = super().clean() or self.cleaned_data
        received, due = data.get("received_on"), data.get("due_on")
        if received and due and due < received:
            self.add_error("due_on", "办结时限不能早于收到日期。")
        return data

    def _post_clean(self) -> None:
        """The record is written by `actions`."""


class DatedTextForm(forms.Form):
    """A day and a text: progress, look-back, closing of a task."""

    day = forms.DateField(label="日期", widget=DayInput)
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 3}), required=False)


class TaskDoneForm(DatedTextForm):
    """When a task was finished, and what was done."""

    text = forms.CharField(label="完成情况", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


class DeploymentForm(forms.ModelForm):
    """What the plenum deployed."""

    articles = {"text": "A10.1a"}

    class Meta:
        model = AnnualDeployment
        fields = ("plenum_on", "text")
        widgets = {"plenum_on": DayInput}


class TaskForm(forms.Form):
    """Part of a project for one organ."""

    articles = {"organ": "A10.1b"}
    organ = forms.ModelChoiceField(label="承办单位", queryset=Organ.objects.none())
    task = forms.CharField(label="任务", widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label="完成时限", widget=DayInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organ_ids(user, Permission.COORDINATE)
        offer(self, "organ", Organ.objects.filter(pk__in=mine).exclude(kind=OrganKind.COMMISSION))


class MethodForm(forms.ModelForm):
    """A method of supervision with its basis."""

    articles = {"basis": "A8"}

    class Meta:
        model = Method
        fields = ("name", "basis")


class TopicForm(forms.ModelForm):
    """A topic tag."""

    class Meta:
        model = Topic
        fields = ("name",)


class BasisDocumentForm(forms.ModelForm):
    """A document that projects may cite."""

    articles = {"title": "A1"}

    class Meta:
        model = BasisDocument
        fields = ("title", "issuer", "doc_no", "issued_on")
        widgets = {"issued_on": DayInput}
