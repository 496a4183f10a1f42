"""The form of a project: one column, only what its form of supervision asks for, help quoting the article."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import Organ, ScResolution, SupervisedUnit
from accounts.roles import OrganKind
from checklists import rules
from checklists.models import BasisDocument, ChecklistItem, KeyPoint, Topic
from checklists.states import BasisKind, Form, PointsStep, SupervisionKind

ARTICLES = {
    "focus_area": "A5",
    "content": "A6.1b",
    "goal": "A6.2a",
    "basis_kinds": "A6.1b",
    "period_start": "A6.1b",
    "lead_department": "A7.2",
    "is_multi_area": "A7.2",
    "lead_organ": "A7",
    "arrangement": "A7.1",
    "assigned_by": "A7.4",
    "linkage_mode": "A10.2a",
    "linked_supervision": "A2",
    "basis_documents": "A1",
    "topics": "A5.3",
}
ONLY_FOR = {
    "lead_department": {Form.KEY},
    "is_multi_area": {Form.KEY},
    "lead_organ": {Form.KEY},
    "lead_override_reason": {Form.KEY},
    "arrangement": {Form.CENTRALIZED, Form.KEY},
    "assigned_by": {Form.ASSIGNED},
    "assigned_on": {Form.ASSIGNED},
    "assigned_words": {Form.ASSIGNED},
    "reply_due_on": {Form.ASSIGNED},
}


class DayInput(forms.DateInput):
    """A day picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ItemForm(forms.ModelForm):
    """Validates a project draft of `organ` in one form of supervision; `actions` writes it."""

    articles = ARTICLES
    basis_kinds = forms.MultipleChoiceField(
        label="来源", choices=BasisKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    linked_supervision = forms.MultipleChoiceField(
        label="统筹衔接的监督", choices=SupervisionKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = ChecklistItem
        fields = (
            "assigned_by",
            "assigned_on",
            "assigned_words",
            "reply_due_on",
            "lead_department",
            "is_multi_area",
            "lead_organ",
            "lead_override_reason",
            "title",
            "focus_area",
            "point",
            "content",
            "goal",
            "measures",
            "basis_kinds",
            "basis",
            "basis_documents",
            "topics",
            "period_start",
            "period_end",
            "frequency",
            "units",
            "participants",
            "linkage_mode",
            "linked_supervision",
            "arrangement",
            "is_special",
            "due_on",
            "remark",
        )
        widgets = {
            "title": forms.TextInput,
            "assigned_words": forms.Textarea(attrs={"rows": 3}),
            "content": forms.Textarea(attrs={"rows": 5}),
            "goal": forms.Textarea(attrs={"rows": 2}),
            "measures": forms.Textarea(attrs={"rows": 4}),
            "basis": forms.Textarea(attrs={"rows": 3}),
            "period_start": DayInput,
            "period_end": DayInput,
            "due_on": DayInput,
            "assigned_on": DayInput,
            "reply_due_on": DayInput,
            "units": forms.CheckboxSelectMultiple,
            "participants": forms.CheckboxSelectMultiple,
            "topics": forms.CheckboxSelectMultiple,
            "basis_documents": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "content": "写明监督什么、查哪些环节、怎么查。",
            "goal": "到期要达到什么，印在计划书上；不写的，印监督内容。",
            "basis": "例如：2025年专项督察反馈第3条、日常监督中发现的突出问题。",
            "period_start": "监督周期从哪天到哪天。",
            "frequency": "例如：每月1次、每季度1次。",
            "is_multi_area": "涉及多个的，由党风政风监督室牵头。",
            "lead_organ": "不选的，按监督形式确定。",
            "lead_override_reason": "另定牵头单位的，须写明理由。",
            "assigned_words": "照录县委常委会或县委书记的要求。",
            "participants": "联动的单位都要选上。",
            "arrangement": "由常委会秘书登记会议决定后在这里选用，报送前须选定。",
        }

    def __init__(self, *args: Any, organ: Organ, form: str, year: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organ, self.supervision_form, self.year, self.today = organ, form, year, today
        self.initial["linked_supervision"] = [code for code in self.instance.linked_supervision.split(",") if code]
        for name, forms_of in ONLY_FOR.items():
            if form not in forms_of:
                del self.fields[name]
            elif form == Form.ASSIGNED and name != "reply_due_on":
                self.fields[name].required = True
        for name in ("content", "period_start", "period_end"):
            self.fields[name].required = True
        if form == Form.KEY:
            self.articles = ARTICLES | {"arrangement": "A10.2b"}
            self.fields["arrangement"].help_text = "“室组巡地”联动的，选县纪委统一部署的会议决定。"
        self._choices()

    def _choices(self) -> None:
        county = self.organ.county()
        organs = Organ.objects.within(county).exclude(kind=OrganKind.COMMISSION).active(on=self.today)
        units = SupervisedUnit.objects.filter(organ__path__startswith=county.path).active(on=self.today)
        own = units if self.organ.is_cso or self.supervision_form == Form.KEY else units.filter(organ=self.organ)
        arrangements = ScResolution.objects.filter(organ__path__startswith=county.path, approved=True)
        points = KeyPoint.objects.filter(
            points__year=self.year, points__step=PointsStep.PUBLISHED, points__organ__path__startswith=county.path
        )
        self._limit("units", own)
        self._limit("lead_department", units)
        self._limit("lead_organ", organs, "按监督形式确定")
        self._limit("participants", organs.exclude(pk=self.organ.pk))
        self._limit("arrangement", arrangements, "未选")
        self._limit("point", points, "未选")
        self._limit("topics", Topic.objects.filter(is_active=True))
        self._limit("basis_documents", BasisDocument.objects.filter(is_active=True))
        for name in ("topics", "basis_documents", "arrangement", "point", "units"):
            field = self.fields.get(name)
            rows = field.queryset if isinstance(field, forms.ModelChoiceField) else None
            if rows is not None and not rows.exists() and name not in self._kept():
                del self.fields[name]
        if "lead_organ" in self.fields:
            self.fields["lead_organ"].required = False

    def _kept(self) -> set[str]:
        """Fields that are shown although there is nothing to choose yet, because the form cannot do without."""
        return {"arrangement"} if self.supervision_form == Form.CENTRALIZED else set()

    def _limit(self, name: str, rows: Any, empty: str | None = None) -> None:
        if name in self.fields:
            offer(self, name, rows)
        field = self.fields.get(name)
        if empty and isinstance(field, forms.ModelChoiceField):
            field.empty_label = empty

    def clean_linked_supervision(self) -> str:
        """Kept as codes by comma (A2)."""
        return ",".join(self.cleaned_data["linked_supervision"])

    def clean(self) -> dict[str, Any]:
        """The period runs forward; the lead organ is the one that article 7 gives, or has its reason."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "结束日期不能早于开始日期。")
        if self.supervision_form == Form.KEY and "lead_department" not in self.errors:
            self._check_lead(data)
        if data.get("assigned_on") and data["assigned_on"] > self.today:
            self.add_error("assigned_on", "点题日期不能晚于今天。")
        return data

    def _check_lead(self, data: dict[str, Any]) -> None:
        verdict = rules.lead_verdict(
            self.supervision_form,
            data.get("lead_department"),
            bool(data.get("is_multi_area")),
            self.organ,
            data.get("lead_organ"),
            data.get("lead_override_reason") or "",
        )
        if not verdict:
            field = "lead_organ" if data.get("lead_organ") else "lead_department"
            self.add_error(field, verdict.sentence)

    def _post_clean(self) -> None:
        """The record is written by `actions`, not by the form: nothing is built from half an entry."""

    def values(self) -> dict[str, Any]:
        """What `create_item` and `edit_item` take."""
        return dict(self.cleaned_data)


class ReasonForm(forms.Form):
    """A reason that stays on record."""

    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class ReplyForm(forms.Form):
    """答题: what was answered to 县委, and when."""

    articles = {"reply": "A7.4"}
    replied_on = forms.DateField(label="答复日期", widget=DayInput)
    reply = forms.CharField(label="答复内容", widget=forms.Textarea)


class MilestoneForm(forms.Form):
    """One 时间节点; an empty line is left out."""

    text = forms.CharField(label="节点内容", max_length=200, required=False)
    due_on = forms.DateField(label="时间节点", widget=DayInput, required=False)
    done_on = forms.DateField(label="完成日期", widget=DayInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A node has both its text and its day."""
        data = super().clean() or self.cleaned_data
        if (data.get("text") or "").strip() and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "请填写时间节点。")
        if data.get("due_on") and not (data.get("text") or "").strip():
            self.add_error("text", "请填写节点内容。")
        return data


MilestoneFormSet = forms.formset_factory(MilestoneForm, extra=3, max_num=40)
