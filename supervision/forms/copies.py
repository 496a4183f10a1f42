"""Forms of copies to the county's leaders and of what comes back (A9.7b-c)."""

from django import forms

from supervision.rounds.states import CopyOutKind


class CopyFilter(forms.Form):
    """Kind, state and words."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *CopyOutKind.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "未办结"), ("done", "已印发或已报告")]
    )


class CopyForm(forms.Form):
    """The copy before it is issued."""

    recipients = forms.CharField(label="主送", max_length=300)
    signed_by = forms.CharField(label="签发人", max_length=40, required=False)
    body = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 18}), max_length=60000)
    articles = {"recipients": "A9.7b"}


class IssueForm(forms.Form):
    """The day of issue."""

    issued_on = forms.DateField(label="印发日期")
    articles = {"issued_on": "A9.7b"}


class MeetingForm(forms.Form):
    """When 县委常委会 heard it."""

    meeting_on = forms.DateField(label="县委常委会日期")
    outcome = forms.CharField(
        label="研究结果", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    articles = {"meeting_on": "A9.7c"}


class InstructionForm(forms.Form):
    """An instruction that came back."""

    leader = forms.CharField(label="批示领导", max_length=60)
    given_on = forms.DateField(label="批示日期")
    text = forms.CharField(label="批示内容", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    follow_up = forms.CharField(
        label="落实情况", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )
    articles = {"text": "A9.7b"}
