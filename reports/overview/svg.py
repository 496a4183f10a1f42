"""Charts as SVG for paper: drawn here from numbers alone, in black and grey, told apart by hatching, never by colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.fonts import SANS
from reports.overview.charts import GOOD, LATE, PLAIN, SOON, STRONG, Chart, Series

WIDTH = 640.0  # units across the type area of 156 mm
TEXT = 13.0
BAR, GAP = 15.0, 12.0  # a bar, and the air between categories
NAMES = 158.0  # room for the names of categories at the left
TOP, FOOT, END = 34.0, 26.0, 46.0
HIGH = 210.0  # of drawings whose bars stand
MOST = 15  # categories in one drawing, as on the page; the table has them all
LETTERS = 11  # of a name in one line
STEPS = (1, 2, 5, 10)
# Tone -> (fill, hatching): grey-safe and different without any colour.
INKS = {STRONG: ("#333333", ""), PLAIN: ("#c9c9c9", ""), LATE: ("#ffffff", "slash"), SOON: ("#ffffff", "upright"), GOOD: ("#e6e6e6", "level")}  # fmt: skip
DASHES = ("", "6 4", "2 3")


def draw(chart: Chart) -> SafeString:
    """One chart as an <svg> element, as wide as the type area."""
    makers = {"bars": _across, "stack": _across, "columns": _columns, "lines": _lines}
    parts, height = makers[chart.kind](chart)
    body = format_html_join("", "{}", ((part,) for part in [*_legend(chart), *parts]))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="156mm" height="{}mm" font-family="{}" font-size="{}">{}</svg>',
        *map(_n, (WIDTH, height, height * 156 / WIDTH)), SANS.replace('"', "'"), _n(TEXT), body,
    )  # fmt: skip


# --- shapes ---


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(x: float, y: float, words: object, anchor: str = "start") -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', _n(x), _n(y), anchor, words)


def _line(x1: float, y1: float, x2: float, y2: float, ink: str = "#bbbbbb") -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="0.7"/>', *map(_n, (x1, y1, x2, y2)), ink
    )


def _bar(x: float, y: float, width: float, height: float, tone: str) -> SafeString:
    """A bar with its border and its hatching; the hatching is lines of their own, which every reader of SVG knows."""
    fill, hatch = INKS[tone]
    path = " ".join(_hatch(hatch, x, y, width, height))
    lines = format_html('<path d="{}" stroke="#333333" stroke-width="0.8" fill="none"/>', path) if path else ""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#333333" stroke-width="0.8"/>{}',
        *map(_n, (x, y, width, height)), fill, lines,
    )  # fmt: skip


def _hatch(kind: str, x: float, y: float, width: float, height: float) -> Iterable[str]:
    if kind == "upright":
        for left in _range(4, width, 4):
            yield f"M{_n(x + left)} {_n(y)}V{_n(y + height)}"
    elif kind == "level":
        for down in _range(4, height, 4):
            yield f"M{_n(x)} {_n(y + down)}H{_n(x + width)}"
    elif kind == "slash":
        for start in _range(-height + 5, width, 5):
            left, right = max(0.0, start), min(width, start + height)
            yield f"M{_n(x + left)} {_n(y + height - left + start)}L{_n(x + right)} {_n(y + height - right + start)}"


def _range(first: float, end: float, step: float) -> Iterable[float]:
    while first < end:
        yield first
        first += step


# --- scales ---


def scale(most: int) -> list[int]:
    """Round numbers from 0 to at least `most`, at most six of them."""
    if most <= 0:
        return [0, 1]
    rough = max(most / 5, 1)
    power = 10 ** int(log10(rough))
    step = next(int(times * power) for times in STEPS if times * power >= rough)
    return [step * n for n in range(ceil(most / step) + 1)]


def _legend(chart: Chart) -> Iterable[SafeString]:
    """Names of the series above the drawing, where there are several."""
    x = 2.0
    for number, one in enumerate(chart.series if len(chart.series) > 1 else ()):
        yield _mark(x, number, one) if chart.kind == "lines" else _bar(x, 6, 20, 11, one.tone)
        yield _text(x + 26, 16, one.label)
        x += 44 + len(one.label) * TEXT


def _mark(x: float, number: int, one: Series) -> SafeString:
    return format_html(
        '<path d="M{} 11H{}" stroke="#333333" stroke-width="1.6" stroke-dasharray="{}" fill="none"/>', _n(x), _n(x + 20),
        DASHES[number % 3] or "none",
    )  # fmt: skip


# --- drawings ---


def _across(chart: Chart) -> tuple[list[SafeString], float]:
    """Bars to the right, one group for each category; stacked where they are parts of one whole."""
    names, stacked = list(chart.categories[:MOST]), chart.kind == "stack"
    rows = 1 if stacked else len(chart.series)
    group = rows * BAR + GAP
    bottom = TOP + len(names) * group
    ticks = scale(_most(chart, stacked))
    unit = (WIDTH - NAMES - END) / ticks[-1]
    parts = [_line(NAMES + tick * unit, TOP, NAMES + tick * unit, bottom) for tick in ticks]
    parts += [_text(NAMES + tick * unit, bottom + 16, tick, "middle") for tick in ticks]
    for number, name in enumerate(names):
        top = TOP + number * group + GAP / 2
        parts += _name(name, top + rows * BAR / 2)
        parts += _stack(chart, number, top, unit) if stacked else _group(chart, number, top, unit)
    return parts, bottom + FOOT


def _most(chart: Chart, stacked: bool) -> int:
    columns = list(zip(*(one.values[:MOST] for one in chart.series), strict=True))
    return max((sum(column) if stacked else max(column) for column in columns), default=0)


def _name(name: str, middle: float) -> list[SafeString]:
    """A category's name, in two lines where it is long."""
    lines = [name] if len(name) <= LETTERS else [name[:LETTERS], name[LETTERS : 2 * LETTERS]]
    start = middle + TEXT * 0.36 - (len(lines) - 1) * TEXT * 0.55
    return [_text(NAMES - 8, start + number * TEXT * 1.1, line, "end") for number, line in enumerate(lines)]


def _group(chart: Chart, number: int, top: float, unit: float) -> Iterable[SafeString]:
    for row, one in enumerate(chart.series):
        if value := one.values[number]:
            yield _bar(NAMES, top + row * BAR, value * unit, BAR - 2, one.tone)
            yield _text(NAMES + value * unit + 5, top + row * BAR + TEXT * 0.85, value)


def _stack(chart: Chart, number: int, top: float, unit: float) -> Iterable[SafeString]:
    x = NAMES
    for one in chart.series:
        if value := one.values[number]:
            yield _bar(x, top, value * unit, BAR - 2, one.tone)
            x += value * unit
    whole = sum(one.values[number] for one in chart.series)
    yield _text(x + 5, top + TEXT * 0.85, whole or "")


def _columns(chart: Chart) -> tuple[list[SafeString], float]:
    """Standing bars of one series."""
    one, ticks = chart.series[0], scale(_most(chart, stacked=False))
    parts, unit, each = _grid(ticks, len(chart.categories))
    for number, (name, value) in enumerate(zip(chart.categories, one.values, strict=True)):
        middle = 40 + each * (number + 0.5)
        parts.append(_text(middle, HIGH + 18, name, "middle"))
        if value:
            tone = one.tones[number] if one.tones else one.tone
            parts.append(_bar(middle - 22, HIGH - value * unit, 44, value * unit, tone))
            parts.append(_text(middle, HIGH - value * unit - 5, value, "middle"))
    return parts, HIGH + FOOT


def _grid(ticks: Sequence[int], count: int) -> tuple[list[SafeString], float, float]:
    """Level lines with their numbers, units for one, width of one category."""
    unit = (HIGH - TOP) / ticks[-1]
    parts = [_line(40, HIGH - tick * unit, WIDTH - 4, HIGH - tick * unit) for tick in ticks]
    parts += [_text(34, HIGH - tick * unit + 4, tick, "end") for tick in ticks]
    return parts, unit, (WIDTH - 44) / max(count, 1)


def _lines(chart: Chart) -> tuple[list[SafeString], float]:
    """Lines over time, dashed differently, with their points."""
    parts, unit, each = _grid(scale(_most(chart, stacked=False)), len(chart.categories))
    parts += [_text(40 + each * (n + 0.5), HIGH + 18, name, "middle") for n, name in enumerate(chart.categories)]
    for number, one in enumerate(chart.series):
        points = [(40 + each * (n + 0.5), HIGH - value * unit) for n, value in enumerate(one.values)]
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        parts.append(format_html(
            '<path d="{}" stroke="#333333" stroke-width="1.6" stroke-dasharray="{}" fill="none"/>', path, DASHES[number % 3] or "none"))  # fmt: skip
        parts += [_point(x, y, number) for x, y in points]
    return parts, HIGH + FOOT


def _point(x: float, y: float, number: int) -> SafeString:
    if number:
        return format_html(
            '<rect x="{}" y="{}" width="7" height="7" fill="#ffffff" stroke="#333333"/>', _n(x - 3.5), _n(y - 3.5)
        )
    return format_html('<circle cx="{}" cy="{}" r="3.8" fill="#333333"/>', _n(x), _n(y))
