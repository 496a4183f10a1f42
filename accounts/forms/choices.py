"""What a form offers to choose from, decided when it is shown: each reader chooses among what is his."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join


def offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Let the field `name` choose among `rows` and nothing else."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class Suggesting(forms.TextInput):
    """A line of text with words to choose from; other words stay possible."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = words

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """The box and its list, which bears the id of the box."""
        key = f"{(attrs or {}).get('id', name)}_words"
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.words))
        box = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', box, key, options)


def suggest(form: forms.BaseForm, name: str, words: Sequence[str]) -> None:
    """Let the text field `name` offer words."""
    kept = form.fields[name].widget.attrs
    form.fields[name].widget = Suggesting(words)
    form.fields[name].widget.attrs |= kept
