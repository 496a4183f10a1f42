"""What a form offers to choose from, decided when it is shown: each reader chooses among what is his."""

from typing import Any

from django import forms


def offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Let the field `name` choose among `rows` and nothing else."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
