"""What a list or a page of figures was asked for by its address: read as a whole, or the fault is named."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404

PLACES = ("organ", "topic", "topics")  # what another person's address may name and this reader may not see


class Misread(Exception):
    """An address that the page cannot read. The answer is 422: its boxes as typed, the fault, and no rows or numbers."""

    status = 422

    def __init__(self, form: forms.BaseForm) -> None:
        self.form = form
        super().__init__("；".join(str(text) for texts in form.errors.values() for text in texts))


def asked(form: Any) -> dict[str, Any]:
    """What the form was asked for, empty fields left out; nothing where the address asks for nothing.

    Raises Http404 for an organ or a topic that is not the reader's, Misread for anything else that cannot be read.
    """
    if not form.is_bound:
        return {}
    for field in form.fields.values():
        field.is_kept = False  # a word to search for is written nowhere
    if form.is_valid():
        return {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    if any(name in form.errors for name in PLACES):
        raise Http404("not an organ or a topic of the reader")
    _speak(form)
    raise Misread(form)


def _speak(form: Any) -> None:
    """What is wrong and what to do, and what was typed where it can be seen: the browser's box for days shows no wrong day."""
    for name, faults in form.errors.as_data().items():
        field = form.fields.get(name)
        if isinstance(field, forms.DateField) and faults[0].code == "invalid":
            typed = str(form.data.get(name, ""))[:20]
            form.errors[name] = form.error_class([f"没有“{typed}”这一天，请改成日历上有的日期，例如2026-02-28。"])
            field.widget = forms.TextInput()
        elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField) and faults[0].code == "invalid_choice":
            form.errors[name] = form.error_class(["列表中没有这一项，请重新选择。"])
