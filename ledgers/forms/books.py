"""Forms of every register, made from its declaration: the record, its lines, the filter, the paper of a problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q

from accounts.forms.choices import offer, suggest
from accounts.forms.filters import Filter
from accounts.forms.words import name_fields
from accounts.models import Official, Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from checklists.models import Topic
from ledgers.books.register import Register
from ledgers.models import CaseRecord, InstitutionBuilt, SpecialCampaign
from supervision.models import Clue, Problem
from supervision.states import Severity

LATEST = 300  # of the organ's problems are offered; older ones are linked from their own page
OWN_NAME = ("talker", "attended_by", "keeper")  # mostly the person who types


def units_of(organ: Organ) -> Any:
    """The units an organ writes about: its own, for offices without units those of the county (A4)."""
    live = SupervisedUnit.objects.filter(active_to__isnull=True)
    own = live.filter(organ=organ)
    return own if own.exists() else live.filter(organ__path__startswith=organ.county().path)


def _problems(organ: Organ) -> Any:
    latest = Problem.objects.live().filter(organ=organ).order_by("-pk").values("pk")[:LATEST]
    return Problem.objects.filter(pk__in=list(latest.values_list("pk", flat=True)))


def _clues(organ: Organ) -> Any:
    """Clues that the organ handed over or received, the latest; by number alone (A9.7g)."""
    latest = Clue.objects.filter(Q(organ=organ) | Q(receiver=organ)).order_by("-pk").values("pk")[:LATEST]
    return Clue.objects.filter(pk__in=list(latest.values_list("pk", flat=True)))


# What a form offers for each kind of related record: always within the organ's own circle.
OFFERED: dict[type[models.Model], Callable[[Organ], Any]] = {
    SupervisedUnit: units_of,
    Official: lambda organ: (
        Official.objects.filter(unit__in=units_of(organ), is_active=True).select_related("unit").order_by("unit", "pk")
    ),
    Organ: lambda organ: Organ.objects.within(organ.county()).exclude(pk=organ.county().pk),
    CaseRecord: lambda organ: CaseRecord.objects.live().filter(Q(organ=organ) | Q(handled_by=organ)),
    InstitutionBuilt: lambda organ: InstitutionBuilt.objects.live().filter(organ=organ),
    SpecialCampaign: lambda organ: SpecialCampaign.objects.live().filter(organ__path__startswith=organ.county().path),
    Clue: _clues,
    Problem: _problems,
    Topic: lambda organ: Topic.objects.filter(is_active=True),
}


def kept_before(record: Any, name: str) -> set[int]:
    """What a stored record already names: a unit dissolved or a person who left since stays on it."""
    if record.pk is None:
        return set()
    return set(type(record).objects.filter(pk=record.pk).exclude(**{name: None}).values_list(name, flat=True))


class RecordForm(forms.ModelForm):
    """One record of any register; chooses among what is the organ's."""

    def __init__(self, *args: Any, organ: Organ, line: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self)
        for name, field in list(self.fields.items()):
            related = self._meta.model._meta.get_field(name).related_model  # type: ignore[union-attr]
            if related is Topic and not self._topics(organ):
                del self.fields[name]
            elif isinstance(field, forms.ModelChoiceField):
                self._choose(name, field, OFFERED[related](organ))  # type: ignore[index]
            else:
                _set(field, self._meta.model._meta.get_field(name), line)  # type: ignore[union-attr]

    def _topics(self, organ: Organ) -> bool:
        return OFFERED[Topic](organ).exists()

    def _choose(self, name: str, field: forms.ModelChoiceField, rows: Any) -> None:
        if kept := kept_before(self.instance, name):
            rows = rows.model._default_manager.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=kept))
        offer(self, name, rows.select_related("unit") if rows.model is Official else rows)
        if rows.model is Official:
            field.label_from_instance = _person_and_place  # type: ignore[method-assign, assignment]
        if isinstance(field, forms.ModelMultipleChoiceField):
            many = name in ("problems", "institutions", "officials")
            field.widget = forms.SelectMultiple({"size": 3}) if many else forms.CheckboxSelectMultiple()
            field.widget.choices = field.choices  # type: ignore[attr-defined]
        elif rows.model in (Official, SupervisedUnit):
            field.widget.attrs["data-find"] = "1"
            self._found_none(name, field)
        field.is_long = rows.model is Official  # type: ignore[attr-defined]

    def _found_none(self, name: str, field: forms.ModelChoiceField) -> None:
        """What was typed to find a person or a unit and names none: said in the sentence, and kept in the box."""
        typed = self.data.get(self.add_prefix(f"{name}_typed"), "").strip()[:100] if self.is_bound else ""
        if typed and not self.data.get(self.add_prefix(name)):
            where = "监督对象名录" if field.queryset.model is Official else "被监督单位名录"  # type: ignore[union-attr]
            several = any(typed in field.label_from_instance(row) for row in field.queryset)  # type: ignore[union-attr]
            none = f"没有找到“{typed}”，请从列表中选择，或先在{where}中登记。"
            field.widget.attrs["data-typed"] = typed
            field.error_messages["required"] = f"“{typed}”有几个相近的名称，请从列表中选定一个。" if several else none
            field.required = True  # words that name nobody are no empty answer


def _person_and_place(person: Any) -> str:
    """Name first, so that typing it finds it in the list."""
    return f"{person.full_name}（{person.unit.short_name or person.unit.name}{person.post}）"


def _set(field: Any, entry: Any, line: bool) -> None:
    """Long texts in a box, in the entry line in one line; an empty count is none."""
    if isinstance(entry, models.IntegerField) and entry.has_default() and not entry.choices:
        field.required = False
    if isinstance(field.widget, forms.Textarea):
        field.widget = forms.TextInput() if line else forms.Textarea({"rows": 3})
        field.max_length = 4000
    field.is_long = isinstance(entry, models.TextField) or (getattr(entry, "max_length", 0) or 0) > 100


@cache
def _form(model: type[models.Model], names: tuple[str, ...]) -> type[RecordForm]:
    return forms.modelform_factory(model, form=RecordForm, fields=names)  # type: ignore[return-value]


def record_form(register: Register, data: Any = None, *, organ: Organ, **kwargs: Any) -> RecordForm:
    """The whole form of a register."""
    return _suggested(register, _form(register.model, register.entry)(data, organ=organ, **kwargs))


def _suggested(register: Register, form: RecordForm) -> RecordForm:
    for name, words in register.offers.items():
        if name in form.fields:
            suggest(form, name, words)
    return form


def entry_line(
    register: Register, data: Any = None, *, organ: Organ, user: Any, starts: Any, last: Any = None
) -> RecordForm:
    """The entry line above the list: starts with today, or with what the entry before it can lend."""
    names = register.quick
    first = {name: user.full_name for name in OWN_NAME if name in names} | {register.day: starts}
    if last is not None:
        first |= {name: getattr(last, f"{name}_id", getattr(last, name)) for name in names if _lends(register, name)}
    form = _suggested(
        register, _form(register.model, names)(data, organ=organ, line=True, initial=first, auto_id="line_%s")
    )
    focus = next((name for name in names if not first.get(name)), None)
    if focus and last is not None:
        form.fields[focus].widget.attrs["autofocus"] = True
    return form


def _lends(register: Register, name: str) -> bool:
    field = register.model._meta.get_field(name)
    if name in register.keep or field.choices or isinstance(field, models.DateField | models.BooleanField):
        return True
    return bool(field.is_relation and field.related_model is SupervisedUnit and not field.many_to_many)


@cache
def _lines(model: type[models.Model], parent: type[models.Model], names: tuple[str, ...]) -> Any:
    widgets: Any = {
        field.name: forms.Textarea({"rows": 2})
        for name in names
        if isinstance(field := model._meta.get_field(name), models.TextField)
    }
    return forms.inlineformset_factory(
        parent, model, fk_name="record", fields=names, widgets=widgets, extra=3, max_num=60, validate_max=True
    )


def lines_form(register: Register, data: Any = None, *, record: Any = None) -> Any:
    """The lines inside a record, with three empty ones; None where the register has none."""
    if register.rows is None:
        return None
    return _lines(register.rows.model, register.model, register.rows.fields)(data, instance=record, prefix="rows")


class RegisterFilter(Filter):
    """The filter of a register's list: words, organ, unit, the declared fields, a period, and whether it was verified."""

    first = forms.DateField(label="自", required=False, widget=forms.DateInput)
    last = forms.DateField(label="至", required=False, widget=forms.DateInput)
    checked = forms.ChoiceField(
        label="核实", required=False, choices=[("", "全部"), ("yes", "已核实"), ("no", "未核实")]
    )
    year = forms.IntegerField(required=False, min_value=2013, max_value=2100, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, register: Register, user: Any) -> None:
        super().__init__(data or None)
        tail = {name: self.fields.pop(name) for name in ("first", "last", "checked", "year")}
        topics = ("topics",) if Topic.objects.filter(is_active=True).exists() else ()
        for name in (*(("organ",) if not register.persons else ()), *_places(register), *register.filters, *topics):
            field = register.model._meta.get_field(name)
            self.fields[name] = _filter_field(field)
            if field.is_relation:
                offer(self, name, _filter_rows(field.related_model, user))
        self.fields |= tail
        if "organ" in self.fields and len(visible_organ_ids(user)) < 2:
            self.fields["organ"].widget = forms.HiddenInput()
        if not register.search:
            del self.fields["q"]

    def clean(self) -> dict[str, Any]:
        """The days must stand in their order."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and first > last:
            raise forms.ValidationError("起始日期晚于截止日期，请把两个日期调换或者改正后再筛选。")
        return self.cleaned_data


def _places(register: Register) -> tuple[str, ...]:
    return (register.by,) if register.by in ("unit", "units") else ()


def _filter_field(field: Any) -> forms.Field:
    label = str(field.verbose_name)
    if field.is_relation:
        return forms.ModelChoiceField(
            field.related_model._default_manager.none(), label=label, required=False, empty_label="全部"
        )
    choices = [("yes", "是"), ("no", "否")] if isinstance(field, models.BooleanField) else field.choices
    return forms.ChoiceField(label=label, required=False, choices=[("", "全部"), *choices])


def _filter_rows(model: Any, user: Any) -> Any:
    if model is Topic:
        return Topic.objects.filter(is_active=True)
    rows = model._default_manager.visible_to(user)
    mine = organ_ids(user, Permission.DRAFT)
    return rows.order_by("name") if model is SupervisedUnit or not mine else rows


class FromRecordForm(forms.Form):
    """A problem that a record leads to: at which unit, what was found."""

    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被监督单位")
    description = forms.CharField(label="发现问题", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    found_on = forms.DateField(label="发现日期")
    severity = forms.ChoiceField(label="严重程度", choices=Severity.choices)
    suggestion = forms.CharField(
        label="提出意见建议", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )
    due_on = forms.DateField(label="整改时限", required=False)
    articles = {"unit": "A4", "description": "A3.1", "due_on": "A9.8a"}

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", SupervisedUnit.objects.filter(organ=organ, active_to__isnull=True))


def cell_choices(register: Register, name: str, organ: Organ) -> list[str]:
    """What a cell of the table may say, where that is a short list: words of a vocabulary, yes and no, names of units."""
    field: Any = register.model._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return ["是", "否"]
    if field.choices:
        return [str(label) for _, label in field.flatchoices]
    if name in register.offers:
        return list(register.offers[name])
    if field.is_relation and field.related_model is SupervisedUnit and not field.many_to_many:
        return list(units_of(organ).values_list("name", flat=True))
    return []


class PasteForm(forms.Form):
    """Cells copied from a table, or the table itself as a file."""

    text = forms.CharField(
        label="从表格中复制的单元格",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=400_000,
        strip=False,
    )
    file = forms.FileField(
        label="或者选择 Excel、WPS 工作簿", required=False, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
    again = forms.BooleanField(label="仍然导入相同的记录", required=False)
