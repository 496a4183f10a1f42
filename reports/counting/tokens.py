"""Figures inside a text: `{{problems_found}}` is kept in the text and read as the figure's value when it is shown.

Whoever writes sees and types the figure's name on paper instead, {{发现问题}}; the text is kept with the key, so that a
figure may be renamed without touching what was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TOKEN = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
MARKED = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


def keys_in(text: str) -> list[str]:
    """The figures that a text names, each once, in the order of the text."""
    return list(dict.fromkeys(TOKEN.findall(text)))


def marks_in(text: str) -> list[str]:
    """Whatever stands in double braces, key or name or slip, each once."""
    return list(dict.fromkeys(MARKED.findall(text)))


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The text as it is read. A key without a value stays as it stands, so that nobody takes a gap for a zero."""
    return TOKEN.sub(lambda found: str(values.get(found[1], found[0])), text)


def named(text: str, names: Mapping[str, str]) -> str:
    """The text as its writer sees it: keys as names on paper."""
    return TOKEN.sub(lambda found: f"{{{{{names.get(found[1], found[1])}}}}}", text)


def keyed(text: str, names: Mapping[str, str]) -> str:
    """The text as it is kept: names on paper as keys; what is no name stays as it was typed."""
    keys = {name: key for key, name in names.items()}
    return MARKED.sub(lambda found: f"{{{{{keys.get(found[1], found[1])}}}}}", text)
