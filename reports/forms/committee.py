"""Forms of a meeting of the standing committee: its facts, a written matter, a decision, a task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.forms.asking import asked
from accounts.models import Organ
from reports.committee.states import DECISIONS, WRITTEN, ItemDecision, ItemKind, MeetingStep
from reports.models import AgendaItem, CommitteeMeeting

LINES = forms.Textarea(attrs={"rows": 3})


class MeetingFilter(forms.Form):
    """The list of meetings."""

    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    step = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *MeetingStep.choices])
    q = forms.CharField(label="议题", required=False, max_length=60)

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)


class MeetingForm(forms.ModelForm):
    """When and where, under whom, and who is expected."""

    class Meta:
        model = CommitteeMeeting
        fields: tuple[str, ...] = ("held_on", "number", "place", "chair", "present", "absent", "attending")
        widgets = {"present": LINES, "absent": LINES, "attending": LINES}
        help_texts = {"present": "每行一个姓名，开会时可再核对", "number": "本年度第几次，留空则按顺序编号"}

    articles = {"held_on": "A6.1f"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False

    def _post_clean(self) -> None:
        """Rules are asked by the verb, which knows the organ and the year."""


class HoldForm(MeetingForm):
    """The meeting as it took place."""

    class Meta(MeetingForm.Meta):
        fields: tuple[str, ...] = ("held_on", "place", "chair", "present", "absent", "attending")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)
        for name in ("chair", "present"):
            self.fields[name].required = True


class WrittenForm(forms.Form):
    """A matter that a person writes down."""

    kind = forms.ChoiceField(label="类别", choices=[(kind, ItemKind(kind).label) for kind in WRITTEN])
    title = forms.CharField(label="议题名称", max_length=200)
    reporter = forms.ModelChoiceField(Organ.objects.none(), label="汇报单位")
    text = forms.CharField(label="内容", required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}),
                           help_text="请示研究问题的，写明问题、依据和建议。")  # fmt: skip
    note = forms.CharField(label="备注", required=False, max_length=300)
    articles = {"kind": "A6.1f"}

    def __init__(self, *args: Any, meeting: CommitteeMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"reporter": meeting.organ_id}, **kwargs})
        self.fields["reporter"].queryset = county_organs(meeting)  # type: ignore[attr-defined]


def county_organs(meeting: CommitteeMeeting) -> Any:
    """Organs of the meeting's county, the commission itself left out."""
    county = meeting.organ.county()
    return Organ.objects.within(county).exclude(pk=county.pk).order_by("sort_order", "pk")


class DecisionForm(forms.Form):
    """What the committee decided about one item."""

    decision = forms.ChoiceField(
        label="会议决定", widget=forms.RadioSelect, error_messages={"required": "请选择会议决定。"}
    )
    votes_for = forms.IntegerField(label="同意票", required=False, min_value=0, max_value=99)
    votes_against = forms.IntegerField(label="不同意票", required=False, min_value=0, max_value=99)
    votes_abstain = forms.IntegerField(label="弃权票", required=False, min_value=0, max_value=99)
    opinion = forms.CharField(
        label="会议意见", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    copy_out = forms.BooleanField(label="书面抄报县委、县政府主要领导及相关分管县领导", required=False)

    def __init__(self, data: Any = None, *, item: AgendaItem) -> None:
        super().__init__(data, prefix=f"i{item.pk}")
        self.fields["decision"].choices = list(DECISIONS[item.kind].items())  # type: ignore[attr-defined]
        self.articles = {"copy_out": "A9.7b"}
        if item.kind != ItemKind.REPORT:
            del self.fields["copy_out"]

    def clean(self) -> dict[str, Any]:
        """What goes back or waits needs the committee's words; said at the field."""
        data = super().clean() or self.cleaned_data
        if data.get("decision") in (ItemDecision.RETURN, ItemDecision.DEFER) and not data.get("opinion", "").strip():
            self.add_error("opinion", "退回和缓议须写明会议意见，提请单位才知道怎样办理。")
        return data


class CorrectionForm(DecisionForm):
    """Votes and opinion as they should have been written down, and why."""

    reason = forms.CharField(
        label="更正理由", max_length=300, help_text="原登记内容作为历史版本保留，会议决定本身不能在这里改变。"
    )

    def __init__(self, data: Any = None, *, item: AgendaItem) -> None:
        super().__init__(data, item=item)
        self.prefix = f"c{item.pk}"
        for name in ("copy_out", "decision"):
            self.fields.pop(name, None)
        self.fields["opinion"].required = bool(item.opinion)
        self.fields["opinion"].error_messages["required"] = "会议意见已经生效，更正时不能清空，请写明正确的会议意见。"
        names = ("votes_for", "votes_against", "votes_abstain", "opinion")
        self.initial = {name: getattr(item, name) for name in names}
        self.articles = {"reason": "A6.1f"}


class TaskForm(forms.Form):
    """A task out of a decision."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="承办单位")
    task = forms.CharField(label="任务", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label="完成时限")

    def __init__(self, data: Any = None, *, item: AgendaItem, today: date) -> None:
        super().__init__(data, prefix=f"t{item.pk}", initial={"organ": item.reporter_id})
        self.fields["organ"].queryset = county_organs(item.meeting)  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()
