"""Forms of documents and bulletins. The headings of a document are fields of its kind."""

from typing import Any

from django import forms

from accounts.forms.asking import asked
from accounts.models import Organ, SupervisedUnit
from supervision.documents.kinds import (
    NUMBERED_KINDS,
    POINTS,
    SECTIONS,
    BulletinScope,
    DocumentKind,
    DocumentStep,
    RecommendationKind,
    ReplyVerdict,
    Secrecy,
    Section,
    ServedManner,
)
from supervision.documents.reading import REPLIES
from supervision.models import IssuedDocument, Problem, TypicalBulletin

ALL = ("", "全部")
LARGEST_ID = 2**53  # whatever is larger names no record, and a database may not hold it


def rows_of_text(count: int) -> forms.Textarea:
    """A text field of some lines."""
    return forms.Textarea(attrs={"rows": count})


class Later(forms.Field):
    """A field that a draft may leave open although the paper cannot go up without it; so it is not marked 选填."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.required = True

    def validate(self, value: Any) -> None:
        """Emptiness is asked about when the paper goes up, not when it is saved."""


class LaterText(Later, forms.CharField):
    """A text to be written before the paper goes up."""


class LaterDay(Later, forms.DateField):
    """A day to be set before the paper goes up."""


class LaterChoice(Later, forms.ChoiceField):
    """A choice to be made before the paper goes up; what is not on offer the domain refuses."""


class DocumentFilter(forms.Form):
    """The filter of the list."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    kind = forms.ChoiceField(label="文种", required=False, choices=[ALL, *DocumentKind.choices])
    step = forms.ChoiceField(label="状态", required=False, choices=[ALL, *DocumentStep.choices])
    reply = forms.ChoiceField(label="回复", required=False, choices=[ALL, *REPLIES.items()])
    organ = forms.ModelChoiceField(Organ.objects.none(), label="起草单位", required=False, empty_label="全部")
    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="主送单位", required=False, empty_label="全部")
    year = forms.IntegerField(label="年度", required=False, min_value=2013, max_value=2100)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data or None)
        for name, rows in (("organ", Organ.objects), ("unit", SupervisedUnit.objects)):
            self.fields[name].queryset = rows.visible_to(user)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for. Raises as `asked` does."""
        return asked(self)


class RegisterFilter(forms.Form):
    """Kind and year of the register."""

    kind = forms.ChoiceField(label="文种", choices=NUMBERED_KINDS)
    year = forms.IntegerField(label="年度", min_value=2013, max_value=2100)


class DocumentForm(forms.Form):
    """The head of a document and one field per heading of its kind."""

    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="主送单位")
    title = forms.CharField(label="标题", max_length=200)
    recommendation_kind = LaterChoice(
        label="建议类别", choices=[("", "请选择"), *RecommendationKind.choices],
        help_text="综合研判后由人选择，可以先不选，层报前必须选定。",
    )  # fmt: skip
    due_on = forms.DateField(label="整改期限", required=False, help_text="各项期限不同的，可以在问题里分别填写。")
    reply_due_on = LaterDay(label="书面回复期限", help_text="到期未回复的，系统提醒督办。")
    in_name_of_commission = forms.BooleanField(
        label="以县纪委监委名义发出", required=False, help_text="须层报到分管副书记，并经县纪委常委会研究。"
    )
    copies_to = forms.CharField(label="抄送", required=False, max_length=300)
    secrecy = forms.ChoiceField(label="密级", required=False, choices=Secrecy.choices)
    use_required_attribute = False
    articles = {"due_on": "A9.7e", "recommendation_kind": "A9.7e", "in_name_of_commission": "A9.7b", "unit": "A4"}

    def __init__(self, data: Any, *, organ: Organ, kind: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        self.fields["unit"].queryset = units_for(organ)  # type: ignore[attr-defined]
        if kind != DocumentKind.RECOMMENDATION:
            del self.fields["recommendation_kind"]
        for section in SECTIONS[kind]:
            if section.key != POINTS:
                self.fields[f"section_{section.key}"] = _section_field(section)

    def _keys(self) -> list[str]:
        return [section.key for section in SECTIONS[self.kind]]

    def above_points(self) -> list[forms.BoundField]:
        """Head of the paper and the headings before the numbered problems."""
        names = [f"section_{key}" for key in self._keys()[: self._keys().index(POINTS)]]
        return [self[name] for name in ("unit", "title", "recommendation_kind", *names) if name in self.fields]

    def below_points(self) -> list[forms.BoundField]:
        """The headings after the numbered problems, terms, and what stands at the end of the paper."""
        above = {field.name for field in self.above_points()}
        sections = [name for name in self.fields if name.startswith("section_")]
        rest = [name for name in self.fields if not name.startswith("section_")]
        return [self[name] for name in (*sections, *rest) if name not in above]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith("section_")}
        sections = {name[8:]: value for name, value in self.cleaned_data.items() if name.startswith("section_")}
        return {**found, "sections": sections}


def _section_field(section: Section) -> forms.Field:
    values: dict[str, Any] = {
        "label": section.heading,
        "max_length": 8000,
        "widget": rows_of_text(3),
        "help_text": section.prompt,
    }
    return LaterText(**values) if section.required else forms.CharField(required=False, **values)


def units_for(organ: Organ) -> Any:
    """Whom an organ may write to: its own units; 党风政风监督室 every unit of the county."""
    units = SupervisedUnit.objects.filter(active_to__isnull=True)
    return units.filter(organ__path__startswith=organ.county().path) if organ.is_cso else units.filter(organ=organ)


class PointForm(forms.Form):
    """One point; an empty one is not saved."""

    problem = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    text = forms.CharField(label="问题", required=False, max_length=4000, widget=rows_of_text(2))
    demand = forms.CharField(label="整改要求", required=False, max_length=4000, widget=rows_of_text(2))
    due_on = forms.DateField(label="整改期限", required=False)


PointRows = forms.formset_factory(PointForm, extra=1, max_num=60, absolute_max=80)


class NumberForm(forms.Form):
    """机关代字 where the series is new."""

    mark = forms.CharField(label="机关代字", required=False, max_length=30)


class IssueForm(forms.Form):
    """The day of issue."""

    issued_on = forms.DateField(label="印发日期")
    articles = {"issued_on": "A9.7e"}


class ServeForm(forms.Form):
    """Who signed for it, when, how."""

    served_on = forms.DateField(label="送达日期")
    served_to = forms.CharField(label="签收人", max_length=60)
    served_manner = forms.ChoiceField(label="送达方式", choices=ServedManner.choices)


class CopyForm(forms.Form):
    """Who got a copy, when."""

    recipient = forms.CharField(label="抄送单位", max_length=120)
    sent_on = forms.DateField(label="抄送日期")
    received_by = forms.CharField(label="签收人", required=False, max_length=60)


class ReplyForm(forms.Form):
    """One reply, a field for each point; what the unit left out stays empty."""

    received_on = forms.DateField(label="收到日期")
    sender = forms.CharField(label="回复单位（人）", max_length=120)

    def __init__(self, data: Any = None, *, document: IssuedDocument, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for point in document.points.all():
            self.fields[f"answer_{point.seq}"] = forms.CharField(
                label=f"第{point.seq}点的答复",
                required=False,
                max_length=8000,
                widget=rows_of_text(2),
                help_text=point.text[:120],
            )
        self.fields["summary"] = forms.CharField(
            label="其他说明", required=False, max_length=4000, widget=rows_of_text(2)
        )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        answers = {int(name[7:]): text for name, text in data.items() if name.startswith("answer_")}
        return {name: data[name] for name in ("received_on", "sender", "summary")} | {"answers": answers}


class VerdictForm(forms.Form):
    """The reader's finding on each answer of one reply."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, answers: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for answer in answers:
            seq = answer.point.seq
            self.fields[f"verdict_{seq}"] = LaterChoice(
                label=f"第{seq}点", choices=[("", "请选择"), *ReplyVerdict.choices], initial=answer.verdict
            )
            self.fields[f"note_{seq}"] = forms.CharField(
                label=f"第{seq}点还缺什么", required=False, max_length=300, initial=answer.note
            )

    def split(self) -> tuple[dict[int, str], dict[int, str]]:
        """Verdicts and notes by number of the point."""
        data = self.cleaned_data
        verdicts = {int(name[8:]): value for name, value in data.items() if name.startswith("verdict_")}
        return verdicts, {int(name[5:]): value for name, value in data.items() if name.startswith("note_")}


class BulletinForm(forms.Form):
    """The head and the frame of a bulletin."""

    title = forms.CharField(label="标题", max_length=200)
    scope = forms.ChoiceField(label="通报范围", choices=BulletinScope.choices, widget=forms.RadioSelect)
    names_masked = forms.BooleanField(
        label="隐去单位和人员名称",
        required=False,
        help_text="勾选后，典型问题里的名称改成“某单位”“某同志”，提请审批前会核对。",
    )
    recipients = forms.CharField(label="主送", required=False, max_length=300)
    opening = LaterText(label="通报缘由", max_length=8000, widget=rows_of_text(4))
    demands = LaterText(label="工作要求", max_length=8000, widget=rows_of_text(5))
    copies_to = forms.CharField(label="抄送", required=False, max_length=300)
    secrecy = forms.ChoiceField(label="密级", required=False, choices=Secrecy.choices)
    use_required_attribute = False
    articles = {"scope": "A9.8d"}

    def __init__(self, data: Any = None, *, bulletin: TypicalBulletin | None = None, **kwargs: Any) -> None:
        if bulletin is not None:
            names = ("title", "scope", "names_masked", "recipients", "opening", "demands", "copies_to", "secrecy")
            kwargs["initial"] = {name: getattr(bulletin, name) for name in names}
        super().__init__(data, **kwargs)


class CaseForm(forms.Form):
    """The words of one case; an empty field takes the suggested words, a ticked box takes the case out."""

    problem = forms.IntegerField(min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    text = forms.CharField(label="通报文字", required=False, max_length=4000, widget=rows_of_text(3))
    leave_out = forms.BooleanField(label="不写入通报", required=False)


CaseRows = forms.formset_factory(CaseForm, extra=0, max_num=30, absolute_max=40)


def problems_by_id(problems: Any, ids: list[int]) -> dict[int, Problem]:
    """The problems of a form's hidden ids, among those the user may use."""
    return {row.pk: row for row in problems.filter(pk__in=ids).select_related("unit__organ", "item", "rectification")}
