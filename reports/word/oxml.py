"""The few elements of WordprocessingML that a paper needs, in the order that Word insists on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What XML 1.0 cannot hold; a pasted text may bring it along.
FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs", "kinsoku", "overflowPunct",
         "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr")  # fmt: skip


def clean(text: str) -> str:
    """The text without characters that would make the file unreadable."""
    return FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def node(tag: str, *children: Any, **attributes: Any) -> Any:
    """An element of the w namespace with its attributes and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def faces(name: str) -> Any:
    """One face for Chinese, Latin and digits alike; the hint keeps quotation marks full width."""
    return node("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def run_properties(
    face: str = "", size: float = 0, *, bold: bool = False, color: str = "", spacing: int | None = None
) -> Any:
    """rPr; `size` in points, `spacing` in twentieths of a point. What is left out comes from the style."""
    made = node("rPr")
    if face:
        made.append(faces(face))
    if bold:
        made.append(node("b"))
    if color:
        made.append(node("color", val=color))
    if spacing is not None:
        made.append(node("spacing", val=spacing))
    if size:
        made.extend([node("sz", val=round(size * 2)), node("szCs", val=round(size * 2))])
    return made


def run(text: str, **properties: Any) -> Any:
    """A run; a new line in the text is a break, a tab a tab."""
    made = node("r", run_properties(**properties))
    for number, part in enumerate(re.split(r"(\n|\t)", clean(text))):
        if number % 2:
            made.append(node("br") if part == "\n" else node("tab"))
        elif part:
            made.append(_text(part))
    return made


def _text(part: str) -> Any:
    made = node("t")
    made.text = part
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(instruction: str, **properties: Any) -> Any:
    """A field such as PAGE, with a first value for readers that do not compute."""
    return node("fldSimple", run("1", **properties), instr=instruction)


def properties(style: str = "", parts: Iterable[Any] = ()) -> Any:
    """pPr with its children in Word's order."""
    found = [*([node("pStyle", val=style)] if style else []), *parts]
    return node("pPr", *sorted(found, key=lambda part: ORDER.index(part.tag.split("}")[1])))


def paragraph(text: str | list[Any], style: str = "", *parts: Any) -> Any:
    """A paragraph of one text or of ready runs; `parts` are further properties."""
    runs = [run(text)] if isinstance(text, str) else text
    return node("p", properties(style, parts), *runs)


def exact(points: float, *, before: float = 0, after: float = 0) -> Any:
    """Spacing with an exact line height, all in points."""
    return node(
        "spacing", before=round(before * 20), after=round(after * 20), line=round(points * 20), lineRule="exact"
    )


def indent(size: float = 16, **characters: float) -> Any:
    """Indents in characters (left, right, firstLine, hanging), with their length in twips for other readers."""
    values: dict[str, int] = {}
    for side, count in characters.items():
        values[f"{side}Chars"] = round(count * 100)
        values[side] = round(count * size * 20)
    return node("ind", **values)


def spacer(points: float = 1, *parts: Any) -> Any:
    """An empty paragraph of an exact height."""
    mark = run_properties(size=1)
    return node(
        "p",
        properties(
            "", [exact(points), node("snapToGrid", val=0), node("ind", firstLineChars=0, firstLine=0), mark, *parts]
        ),
    )
