"""Words that a person typed and that were not taken: found in a refused request, so that its page can hand them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SHORT = 10  # characters; what is shorter is a choice, a number or a date, quickly chosen again


def texts_of(post: Any) -> list[str]:
    """The longer texts of a request, each once. A password is never among them: it has no Chinese words."""
    values = (value.strip() for name in post if "password" not in name for value in post.getlist(name))
    return list(dict.fromkeys(text for text in values if len(text) >= SHORT and CHINESE.search(text)))


def fields_of(form: Any) -> list[tuple[str, str]]:
    """What stands in the fields of a bound form, label and words; choices by their labels, empty fields left out."""
    if not form.is_bound:
        return []
    found = ((bound.label, _spoken(bound.field, bound.value())) for bound in form.visible_fields())
    return [(str(label), words) for label, words in found if words]


def _spoken(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "是" if value else ""
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    words = _labels(getattr(field, "choices", ()))
    return "、".join(words.get(one, one) for one in chosen if one.strip())


def _labels(choices: Iterable[Any]) -> Mapping[str, str]:
    return {str(key): str(label) for key, label in choices if not isinstance(label, list | tuple)}
