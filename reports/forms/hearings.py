"""Forms of briefings, of the yearly report and of the yearly hearing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.forms.filters import Filter
from accounts.models import Organ, User
from accounts.periods import Period
from reports.hearings.states import Trigger
from supervision.models import Round

QUARTERS_BACK = 4  # how far back a quarter may be made up for


class BriefingFilter(Filter):
    """Briefings by leader, year, reason and words."""

    leader = forms.ModelChoiceField(User.objects.none(), label="听取领导", required=False, empty_label="全部")
    quarter = forms.ChoiceField(label="年度、季度", required=False)
    trigger = forms.ChoiceField(label="听取事由", required=False, choices=[("", "全部"), *Trigger.choices])

    def __init__(self, *args: Any, leaders: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "leader", leaders)
        years = [(str(year), f"{year}年") for year in (today.year, today.year - 1)]
        quarters = [(one.key, one.label) for one in quarters_before(today, count=8)]
        field = self.fields["quarter"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部"), *years, *quarters]


def quarters_before(today: date, *, count: int = QUARTERS_BACK + 1) -> list[Period]:
    """This quarter and those before it, newest first."""
    found = [Period.of("quarter", today)]
    while len(found) < count:
        found.append(found[-1].before())
    return found


class BriefingForm(forms.Form):
    """One briefing of one leader; the organs are those he looks after and for which the writer may write."""

    held_on = forms.DateField(label="听取日期")
    trigger = forms.ChoiceField(label="听取事由", choices=Trigger.choices, widget=forms.RadioSelect)
    quarter = forms.ChoiceField(
        label="对应季度", help_text="一般为听取日期所在季度；补听此前没有听取汇报的季度时，选那个季度，按逾期完成记录。"
    )
    organs = forms.ModelMultipleChoiceField(
        Organ.objects.none(),
        label="汇报单位",
        widget=forms.CheckboxSelectMultiple,
        help_text="听取当日由本领导分管或协管的单位。",
    )
    rounds = forms.ModelMultipleChoiceField(
        Round.objects.none(), label="监督轮次", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="集中性监督结束后听取汇报的，勾选该轮监督。",
    )  # fmt: skip
    content = forms.CharField(label="汇报内容", max_length=20000, widget=forms.Textarea(attrs={"rows": 8}))
    instructions = forms.CharField(
        label="领导要求", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="下次听取汇报前会列在汇报参考上。",
    )  # fmt: skip
    articles = {"held_on": "A10.4c"}

    def __init__(self, *args: Any, organs: Any, rounds: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organs", organs)
        offer(self, "rounds", rounds)
        if not rounds.exists():
            del self.fields["rounds"]
        quarter = self.fields["quarter"]
        assert isinstance(quarter, forms.ChoiceField)
        kept = {self.initial["quarter"]} if self.initial.get("quarter") else set()
        keys = [one.key for one in quarters_before(today)]
        quarter.choices = [(key, Period.read(key).label) for key in [*keys, *sorted(kept - set(keys))]]

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        return {**self.cleaned_data, "organs": list(self.cleaned_data["organs"]),
                "rounds": list(self.cleaned_data.get("rounds") or [])}  # fmt: skip


class CorrectionForm(BriefingForm):
    """A correction, with its reason where one is needed."""

    reason = forms.CharField(
        label="更正理由", max_length=300, required=False, help_text="记录锁定后更正须写明理由；原记录予以保留。"
    )


class SectionForm(forms.Form):
    """One part of the yearly report."""

    text = forms.CharField(label="正文", max_length=60000, required=False, widget=forms.Textarea(attrs={"rows": 16}))


class AnnualCorrectionForm(forms.Form):
    """Why a report that was heard is written anew."""

    reason = forms.CharField(label="更正理由", max_length=300)
    articles = {"reason": "A10.4b"}


class HearingForm(forms.Form):
    """The committee's hearing, as its secretary registers it."""

    meeting_on = forms.DateField(label="会议日期")
    meeting_no = forms.CharField(label="会议次序", required=False, max_length=40)
    agenda_no = forms.IntegerField(label="议题序号", required=False, min_value=1, max_value=99)
    attendance = forms.CharField(label="出席情况", required=False, max_length=200)
    opinion = forms.CharField(label="会议意见", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    articles = {"meeting_on": "A10.4d"}
