"""Forms of a round: its frame, its plan, and what its people write down."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q

from accounts.forms.asking import asked
from accounts.models import Organ, SupervisedUnit, User
from accounts.roles import LEADER_ROLES
from checklists.models import ChecklistItem, Method
from supervision.forms.files import FilesField
from supervision.models import (
    CorrectionReminder,
    InspectionActivity,
    LeaderGuidance,
    Plan,
    Round,
    RoundTraining,
    Team,
    WorkingPaper,
)
from supervision.rounds.states import Recusal, RoundStep

STEPS = [("", "全部"), ("open", "未办结"), *RoundStep.choices]


def _long(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _in_order(form: forms.ModelForm, first: str, last: str, sentence: str) -> None:
    """Say in the office's words what the model's constraint would only name; a field left out is judged by the verb."""
    low, high = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if low is not None and high is not None and high < low:
        form.add_error(last, sentence)


class RoundFilter(forms.Form):
    """The filter of the list of rounds."""

    q = forms.CharField(label="名称", required=False, max_length=60)
    organ = forms.ModelChoiceField(Organ.objects.none(), label="牵头单位", required=False, empty_label="全部")
    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被监督单位", required=False, empty_label="全部")
    step = forms.ChoiceField(label="状态", required=False, choices=STEPS)
    year = forms.IntegerField(label="年度", required=False, min_value=2013, max_value=2100)
    item = forms.ModelChoiceField(ChecklistItem.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data or None)
        for name, rows in (("organ", Organ.objects), ("unit", SupervisedUnit.objects), ("item", ChecklistItem.objects)):
            self.fields[name].queryset = rows.visible_to(user)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)


class RoundForm(forms.ModelForm):
    """The frame of a round; units and partners are those of the county."""

    articles = {"scale": "A9.2", "linkage_mode": "A10.2a", "units": "A4"}

    class Meta:
        model = Round
        fields = ("title", "start_planned_on", "end_planned_on", "scale", "units", "linkage_mode", "participants")
        widgets = {"units": forms.CheckboxSelectMultiple, "participants": forms.CheckboxSelectMultiple}
        help_texts = {"title": "可以不填，系统按项目名称和轮次命名。"}

    def __init__(self, *args: Any, item: ChecklistItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        county = Organ.objects.within(item.lead_organ.county()).exclude(pk=item.lead_organ_id)
        standing, kept = Q(active_to__isnull=True), self.instance.pk  # abolished since: stays where it was chosen
        joined = standing | Q(joined_rounds=kept) if kept else standing
        visited = standing | Q(rounds=kept) if kept else standing
        self.fields["participants"].queryset = county.exclude(kind="commission").filter(joined).distinct()  # type: ignore[attr-defined]
        units = item.units.all() if item.units.exists() else SupervisedUnit.objects.filter(organ=item.lead_organ)
        self.fields["units"].queryset = units.filter(visited).order_by("organ_id", "pk").distinct()  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A round ends after it begins."""
        super().clean()
        _in_order(self, "start_planned_on", "end_planned_on", "计划结束日期早于开始日期，请核对。")


class PlanForm(forms.ModelForm):
    """监督方案 in its six parts; a draft may be saved with parts still empty."""

    articles = {"goals": "A9.3a", "is_major": "A9.3c", "in_name_of_commission": "A9.3c", "change_reason": "A9.3b"}

    class Meta:
        model = Plan
        fields = ("start_on", "end_on", "goals", "focus", "division", "coordination", "supervision", "summary",
                  "is_major", "in_name_of_commission", "change_reason")  # fmt: skip
        widgets = {name: _long(4) for name in ("goals", "focus", "division", "coordination", "supervision", "summary")}

    def __init__(self, *args: Any, later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["change_reason"]

    def clean(self) -> None:
        """A plan ends after it begins."""
        super().clean()
        _in_order(self, "start_on", "end_on", "检查结束日期早于开始日期，请核对。")


class EntryForm(forms.ModelForm):
    """What every entry of a round needs: the round, so that units and teams are its own."""

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("unit", round.units.all()), ("team", round.teams.all())):
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes besides files."""
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}


class TrainingForm(EntryForm):
    """学习培训."""

    files = FilesField(label="培训材料")
    attendee_count = forms.IntegerField(label="参训人数", min_value=0, max_value=9999)
    articles = {"lecturer_kind": "A9.1"}

    class Meta:
        model = RoundTraining
        fields = ("held_on", "topic", "lecturer", "lecturer_kind", "attendee_count", "attendees")
        widgets = {"attendees": _long(2)}


class ActivityForm(EntryForm):
    """One entry of the log: short enough for a phone at the unit's door."""

    files = FilesField(label="照片和材料")
    articles = {"method": "A8", "kind": "A9.4a"}

    class Meta:
        model = InspectionActivity
        fields = ("held_on", "unit", "method", "findings", "participants", "kind", "place", "team")
        widgets = {"findings": _long(4)}

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, round=round, **kwargs)
        self.fields["method"].queryset = Method.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if round.units.count() == 1:
            self.fields["unit"].initial = round.units.first()


class GuidanceForm(EntryForm):
    """What a leader did for the round; he himself is the only one whom a leader can name."""

    articles = {"kind": "A9.4b"}

    class Meta:
        model = LeaderGuidance
        fields = ("leader", "given_on", "kind", "content", "result")
        widgets = {"content": _long(3), "result": _long(2)}

    def __init__(self, *args: Any, round: Round, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, round=round, **kwargs)
        leaders = User.objects.filter(is_active=True, role__in=LEADER_ROLES)
        county = leaders.filter(organ__path__startswith=round.organ.county().path)
        self.fields["leader"].queryset = county  # type: ignore[attr-defined]
        if by is not None and by.is_leader:  # a leader writes down what he did himself
            self.fields["leader"].queryset = county.filter(pk=by.pk)  # type: ignore[attr-defined]
            self.initial["leader"] = by.pk


class PaperForm(EntryForm):
    """问题底稿."""

    files = FilesField(label="证据材料")
    articles = {"facts": "A9.4a"}

    class Meta:
        model = WorkingPaper
        fields = ("unit", "team", "title", "facts", "basis", "sample_count", "failed_count", "unit_opinion")
        widgets = {"facts": _long(5), "basis": _long(2), "unit_opinion": _long(2)}

    def clean(self) -> None:
        """No more failures than samples."""
        super().clean()
        _in_order(self, "failed_count", "sample_count", "不合格数大于抽查数，请核对。")


class ReminderForm(forms.ModelForm):
    """纠偏提醒 about one general problem."""

    files = FilesField(label="谈话记录、改正材料")
    articles = {"kind": "A9.5", "authority_organ": "A9.5"}

    class Meta:
        model = CorrectionReminder
        fields = ("kind", "reminded", "given_on", "given_by", "response", "corrected_on", "authority_organ",
                  "authority_informed_on")  # fmt: skip
        widgets = {"response": _long(2)}

    def clean(self) -> None:
        """Corrected after it was said."""
        super().clean()
        _in_order(self, "given_on", "corrected_on", "改正日期早于提醒日期，请核对。")

    def values(self) -> dict[str, Any]:
        """What the action takes besides files."""
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}


class TeamForm(forms.Form):
    """检查组: written as on paper, one member per line."""

    name = forms.CharField(label="组别", max_length=60, help_text="例如：第一检查组")
    leader = forms.CharField(label="组长", max_length=100, help_text="姓名，单位")
    members = forms.CharField(label="成员", required=False, widget=_long(5), max_length=4000,
                              help_text="每行一人：姓名，单位。外请人员同样填写。")  # fmt: skip
    units = forms.ModelMultipleChoiceField(SupervisedUnit.objects.none(), label="检查单位", required=False,
                                           widget=forms.CheckboxSelectMultiple, help_text="不选即检查本轮全部单位。")  # fmt: skip
    articles = {"leader": "A9.2"}

    def __init__(self, *args: Any, round: Round, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        self.fields["units"].queryset = round.units.all()  # type: ignore[attr-defined]
        if team is not None:
            self.initial = _written(team)

    def people(self) -> list[dict[str, Any]]:
        """Leader and members; whoever has an account in one of the round's organs is tied to it."""
        lines = [(self.cleaned_data["leader"], True)]
        lines += [(line, False) for line in self.cleaned_data["members"].splitlines() if line.strip()]
        found = [{**_read_person(line), "is_leader": leader} for line, leader in lines]
        organs = [self.round.organ_id, *self.round.participants.values_list("pk", flat=True)]
        known = {person.full_name: person for person in User.objects.filter(is_active=True, organ__in=organs)}
        return [{**row, "user": known.get(row["name"])} for row in found]


def _read_person(line: str) -> dict[str, str]:
    """ "李青，驻县农业农村局纪检监察组": name first, then where from, by comma or space."""
    name, _, where = re.sub(r"[，,、\s]+", ",", line.strip(), count=1).partition(",")
    return {"name": name.strip()[:40], "from_where": where.strip()[:120]}


def _written(team: Team) -> dict[str, Any]:
    lines = {True: [], False: []}  # type: dict[bool, list[str]]
    for member in team.members.all():
        lines[member.is_leader].append(f"{member.name}，{member.from_where}".rstrip("，"))
    return {
        "name": team.name,
        "leader": "".join(lines[True][:1]),
        "members": "\n".join(lines[False]),
        "units": team.units.all(),
    }


class UnitsField(forms.ModelMultipleChoiceField):
    """Units from a list whose first line, no unit, a browser sends as an empty value."""

    def clean(self, value: Any) -> Any:
        """The units that were named."""
        return super().clean([one for one in value or () if one])


class RecusalForm(forms.Form):
    """回避 as the member declares it."""

    recusal = forms.ChoiceField(
        label="声明", choices=[choice for choice in Recusal.choices if choice[0] != Recusal.UNDECLARED]
    )
    units = UnitsField(SupervisedUnit.objects.none(), label="回避单位", required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = round.units.all()  # type: ignore[attr-defined]
