"""Flush edges for Chinese lines: the engine stretches at spaces only, and Chinese has none.

Replaces one private function of WeasyPrint (pinned) so that what is left of a line is spread between its characters.
The text stays as it was: what is copied from the PDF has no added spaces.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

_plain = inline.justify_line
LEAST = 10  # characters: a shorter line is not pulled apart
MOST = 0.3  # of a character's width: more would look torn


def install() -> None:
    """Once per process."""
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread the rest of a line over its characters, where it is a line of Chinese that is nearly full."""
    texts = list(_texts(line))
    length = sum(len(box.text) for box in texts)
    if length < LEAST or extra_width <= 0 or extra_width / length > MOST * texts[0].style["font_size"]:
        _plain(context, line, extra_width)
        return
    _spread(context, line, extra_width / max(length - 1, 1), 0.0, texts[-1])


def _texts(box: Any) -> Any:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _texts(child)


def _spread(context: Any, box: Any, extra: float, moved: float, last: Any) -> float:
    """Move a box by what has been added before it and widen its text; answers what has been added so far."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        return moved + _widen(context, box, extra, len(box.text) - (box is last))
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += moved
        before = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _spread(context, child, extra, moved, last)
        box.width += moved - before
        return moved
    box.translate(moved, 0)
    return moved


def _widen(context: Any, box: Any, extra: float, gaps: int) -> float:
    style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = (0 if spacing == "normal" else spacing) + extra
    layout = create_layout(box.text, style, context, max_width=None, justification_spacing=0)
    layout.deactivate()
    box.pango_layout, box.style = layout, style  # drawing sets the text once more, by the style
    box.width += extra * gaps
    return extra * gaps
