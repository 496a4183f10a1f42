"""Forms of the ledger: the filter above it, and one row as a plain form."""

from typing import Any
from uuid import uuid4

from django import forms

from accounts.forms.asking import asked
from accounts.models import Organ, SupervisedUnit
from checklists.models import ChecklistItem
from ledgers.columns import WRITABLE
from ledgers.importing import Book
from supervision.states import RectificationStep

LONG = ("problem", "suggestion", "rectification", "handling")


class LedgerFilter(forms.Form):
    """Task, unit, state and words."""

    q = forms.CharField(label="查找", required=False, max_length=60)
    task = forms.ModelChoiceField(ChecklistItem.objects.none(), label="监督任务", required=False, empty_label="全部")
    unit = forms.ModelChoiceField(SupervisedUnit.objects.none(), label="被监督单位", required=False, empty_label="全部")
    step = forms.ChoiceField(label="整改状态", required=False, choices=[("", "全部"), *RectificationStep.choices])
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, organ: Organ, year: int) -> None:
        super().__init__(data or None)
        self.fields["task"].queryset = ChecklistItem.objects.filter(
            ledger_rows__organ=organ, ledger_rows__year=year
        ).distinct()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = SupervisedUnit.objects.filter(organ=organ)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was chosen. Raises as `asked` does."""
        values = asked(self)
        return values | {name: values[name].pk for name in ("task", "unit") if values.get(name)}


class RowForm(forms.Form):
    """One row: the same cells as in the grid, judged by the same rules."""

    temp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    articles = {"problem": "A6.2b", "due_on": "A9.8a", "closed_on": "A9.8b", "method": "A8"}

    def __init__(
        self, data: Any, *, shown: dict[str, Any] | None, book: Book, methods: list[str], task: str = ""
    ) -> None:
        super().__init__(data)
        cells = shown["cells"] if shown else {"task": task if task in book.items else ""}
        self.fields["temp"].initial = uuid4().hex
        for column in WRITABLE:
            self.fields[column.key] = _field(column.key, column.title, cells.get(column.key, ""), book, methods)
            self.fields[f"base_{column.key}"] = forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                strip=False,
                initial=cells.get(column.key, "") if shown else "",
            )


def _field(key: str, title: str, value: str, book: Book, methods: list[str]) -> forms.Field:
    choices = {"task": list(book.items), "unit": list(book.units), "method": methods}.get(key)
    if choices is not None:
        names = list(dict.fromkeys(["", *choices, value]))
        return forms.ChoiceField(
            label=title, required=False, initial=value, choices=[(n, n or "请选择") for n in names]
        )
    widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if key in LONG else forms.TextInput()
    help_text = "可写成2026-03-05、2026.3.5或3月5日" if key.endswith("_on") else ""
    return forms.CharField(
        label=title, required=False, initial=value, widget=widget, max_length=20000, help_text=help_text
    )
