"""Figures inside a text: `{{problems_found}}` is kept in the text and read as the figure's value when it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TOKEN = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def keys_in(text: str) -> list[str]:
    """The figures that a text names, each once, in the order of the text."""
    return list(dict.fromkeys(TOKEN.findall(text)))


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The text as it is read. A key without a value stays as it stands, so that nobody takes a gap for a zero."""
    return TOKEN.sub(lambda found: str(values.get(found[1], found[0])), text)
