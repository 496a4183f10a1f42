"""Forms of problems and of their rectification."""

from typing import Any

from django import forms

from accounts.forms.asking import asked
from accounts.models import Organ, SupervisedUnit
from checklists.models import ChecklistItem, Method, Topic
from checklists.states import FocusArea, ItemStep
from supervision.models import Problem, Round
from supervision.states import (
    AGES,
    Deviation,
    DeviationAspect,
    FailureKind,
    Nature,
    PhaseFound,
    RectificationStep,
    ResponsibleKind,
    Severity,
    Source,
)

STEPS = [("", "全部"), ("open", "未销号"), ("overdue", "已逾期"), *RectificationStep.choices]
RESTRICTED = (
    "concerns_top_leader", "concerns_team_member", "deviation_aspects", "political_deviation", "political_analysis",
)  # fmt: skip


class ProblemFilter(forms.Form):
    """The filter of the problem list."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    organ = forms.ModelChoiceField(Organ.objects.none(), label="监督单位", required=False, empty_label="全部")
    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被监督单位", required=False, empty_label="全部")
    step = forms.ChoiceField(label="整改状态", required=False, choices=STEPS)
    focus_area = forms.ChoiceField(label="聚焦方面", required=False, choices=[("", "全部"), *FocusArea.choices])
    severity = forms.ChoiceField(label="严重程度", required=False, choices=[("", "全部"), *Severity.choices])
    source = forms.ChoiceField(label="来源", required=False, choices=[("", "全部"), *Source.choices])
    topic = forms.ModelChoiceField(
        Topic.objects.filter(is_active=True), label="专题", required=False, empty_label="全部"
    )
    nature = forms.ChoiceField(label="性质", required=False, choices=[("", "全部"), *Nature.choices])
    responsible_kind = forms.ChoiceField(
        label="责任主体", required=False, choices=[("", "全部"), *ResponsibleKind.choices]
    )
    phase_found = forms.ChoiceField(label="发现环节", required=False, choices=[("", "全部"), *PhaseFound.choices])
    substantiated = forms.ChoiceField(
        label="查证", required=False, choices=[("", "全部"), ("yes", "查证属实"), ("no", "未标记")]
    )
    year = forms.IntegerField(label="年度", required=False, min_value=2013, max_value=2100)
    document = forms.ChoiceField(label="文书", required=False, choices=[("", "全部"), ("none", "还没有文书")])
    age = forms.ChoiceField(label="整改时长", required=False,
                            choices=[("", "全部"), *((str(n), label) for n, (_, label) in enumerate(AGES))])  # fmt: skip
    failure = forms.ChoiceField(label="整改不力", required=False, choices=[("", "全部"), *FailureKind.choices])
    item = forms.ModelChoiceField(ChecklistItem.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data or None)
        for name, rows in (("organ", Organ.objects), ("unit", SupervisedUnit.objects), ("item", ChecklistItem.objects)):
            self.fields[name].queryset = rows.visible_to(user)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)


SEARCHED = [
    ("", "全部"), ("problems", "问题"), ("items", "监督项目"), ("rounds", "监督轮次"), ("documents", "文书"), ("units", "被监督单位"),
]  # fmt: skip


class SearchFilter(forms.Form):
    """What the search looks for: words, one kind of record, one year."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    kind = forms.ChoiceField(label="范围", required=False, choices=SEARCHED)
    year = forms.IntegerField(label="年度", required=False, min_value=2013, max_value=2100)

    def chosen(self) -> dict[str, Any]:
        """Kind and year. Raises as `asked` does."""
        found = asked(self)
        return {"kind": found.get("kind", ""), "year": found.get("year")}


class ProblemForm(forms.ModelForm):
    """One problem by hand; a daily problem needs no project (A3.1)."""

    situation = forms.CharField(label="整改情况", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label="整改时限", required=False)
    goal = forms.CharField(label="整改目标", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    measures = forms.CharField(label="整改措施", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    responsible_leader = forms.CharField(label="责任领导", required=False, max_length=40)
    responsible_department = forms.CharField(label="责任部门/责任人", required=False, max_length=80)
    deviation_aspects = forms.MultipleChoiceField(
        label="偏差方面", required=False, choices=DeviationAspect.choices, widget=forms.CheckboxSelectMultiple
    )
    articles = {"description": "A3.2", "item": "A6.2b", "focus_area": "A5", "method": "A8", "due_on": "A9.8a",
                "unit": "A4", "source": "A3.1", "substantiated": "A3.2", "political_deviation": "A3.2", "deviation_aspects": "A3.3", "clue_ref": "A6.2b"}  # fmt: skip

    class Meta:
        model = Problem
        fields = (
            "unit", "item", "description", "found_on", "phase_found", "source", "method", "focus_area", "severity", "nature",
            "responsible_kind", "substantiated", "concluded_on", "topics", "clue_ref", "suggestion", "handling", "handler", "fixed_on_spot", "repeat_of",
            "concerns_top_leader", "concerns_team_member", "political_deviation", "political_analysis",
        )  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}), "suggestion": forms.Textarea(attrs={"rows": 2}),
            "handling": forms.Textarea(attrs={"rows": 2}), "political_analysis": forms.Textarea(attrs={"rows": 3}),
            "topics": forms.CheckboxSelectMultiple, "found_on": forms.DateInput,
        }  # fmt: skip
        labels = {"repeat_of": "同类问题"}
        help_texts = {
            "concluded_on": "勾选“查证属实”的，须填写查结日期。",
            "item": "日常监督发现、不属于清单项目的问题可以不选。",
            "clue_ref": "只登记线索编号，不写线索内容。",
            "repeat_of": "同一单位以前出现过的同类问题，选上后按屡改屡犯统计。",
        }

    def __init__(self, *args: Any, organ: Organ, restricted: bool, round: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = round.units.all() if round else SupervisedUnit.objects.filter(organ=organ, active_to__isnull=True)
        kept = SupervisedUnit.objects.filter(pk=self.instance.unit_id)  # also where it has moved to another organ since
        self.fields["unit"].queryset = (units.distinct() | kept.distinct()).distinct()  # type: ignore[attr-defined]
        self.round = round
        items = ChecklistItem.objects.filter(step=ItemStep.LISTED)
        self.fields["item"].queryset = (items.filter(organ=organ) | items.filter(lead_organ=organ)).distinct()  # type: ignore[attr-defined]
        if round is not None:  # its project is the round's own
            del self.fields["item"], self.fields["source"]
        self.fields["method"].queryset = Method.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["topics"].queryset = Topic.objects.filter(is_active=True)  # type: ignore[attr-defined]
        others = Problem.objects.live().filter(organ=organ).exclude(pk=self.instance.pk)
        latest = others.order_by("-pk").values("pk")[:300]  # nested: in a slice itself no choice can be looked up
        self.fields["repeat_of"].queryset = Problem.objects.filter(pk__in=latest)  # type: ignore[attr-defined]
        self.fields["focus_area"].required = False
        self.fields["political_deviation"].required = False
        if not restricted:
            for name in RESTRICTED:
                del self.fields[name]

    def clean_focus_area(self) -> str:
        """Left open, it is the project's own area."""
        value = self.cleaned_data.get("focus_area") or ""
        item = self.round.item if self.round else self.cleaned_data.get("item")
        return value or (item.focus_area if item else FocusArea.OTHER)

    def clean_political_deviation(self) -> str:
        """Nobody is marked without a person's decision."""
        return self.cleaned_data.get("political_deviation") or Deviation.NONE

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "unit"}


class ProgressForm(forms.Form):
    """One dated entry of progress."""

    reported_on = forms.DateField(label="日期")
    text = forms.CharField(label="进展情况", widget=forms.Textarea(attrs={"rows": 2}), max_length=4000)
    articles = {"text": "A9.8b"}


class ClosureForm(forms.Form):
    """Asking for 销号."""

    claimed_on = forms.DateField(label="整改完成日期")
    situation = forms.CharField(label="整改情况", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    articles = {"claimed_on": "A9.8b"}


class ExtensionForm(forms.Form):
    """Asking for a later day."""

    new_due_on = forms.DateField(label="申请延至")
    reason = forms.CharField(label="延期理由", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    articles = {"new_due_on": "A9.8b"}


class BatchForm(forms.Form):
    """One act on many problems."""

    verb = forms.ChoiceField(
        label="办理",
        choices=[("", "请选择"), ("remind", "督促提醒"), ("extend", "申请延期"), ("failure", "认定整改不力")],
    )
    note = forms.CharField(label="说明、理由", required=False, max_length=1000)
    new_due_on = forms.DateField(label="申请延至（延期填写）", required=False)
    kind = forms.ChoiceField(
        label="情形（整改不力填写）", required=False, choices=[("", "请选择"), *FailureKind.choices]
    )
