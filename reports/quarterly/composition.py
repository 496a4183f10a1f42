"""What a quarterly report says at a moment: the text with its figures written out, the data table, the ledger behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.calendar import local_day
from accounts.citations import chinese_number
from accounts.models import Organ
from accounts.periods import Period
from ledgers.columns import COLUMNS
from ledgers.selectors import rows_of
from reports.models import QuarterlyReport
from reports.quarterly.figures import figures_of, scope_of, table
from reports.quarterly.states import EDITABLE
from reports.quarterly.text import Sources
from reports.quarterly.tokens import mismatches, pieces, render


def sources_of(organ: Organ, period: Period, *, on: date, figures: Mapping[str, Any] | None = None) -> Sources:
    """What a draft of the organ is written from."""
    counted = figures_of([organ.pk], period, on=on) if figures is None else figures
    return Sources("本单位", period, scope_of([organ.pk], period, on=on), counted)


def ledger_of(organ: Organ, period: Period) -> list[dict[str, str]]:
    """The organ's ledger of the quarter: rows found, closed or kept up in it, as texts per column."""
    rows: list[dict[str, Any]] = []
    while page := rows_of(organ, period.at_year, after=rows[-1]["position"] if rows else 0):
        rows += page
    return [row["cells"] for row in rows if _belongs(row["cells"], period)]


def _belongs(cells: Mapping[str, str], period: Period) -> bool:
    first, last = period.first.isoformat(), period.last.isoformat()
    days = [cells["found_on"], cells["closed_on"]] if cells["found_on"] else [cells["updated_at"]]
    return any(first <= day[:10] <= last for day in days if day)


def composed(
    sections: Sequence[Mapping[str, str]], figures: Mapping[str, Any], *, title: str, period: Period, at: datetime
) -> dict[str, Any]:
    """The words of a paper at a moment: what is frozen under a signature, and what a draft shows until then."""
    return {
        "title": title,
        "period": period.label,
        "data_as_of": at.isoformat(),
        "sections": [
            {"key": part["key"], "heading": part["heading"], "text": render(part["text"], figures)} for part in sections
        ],
        "table": table(figures),
    }


def frozen(report: QuarterlyReport, figures: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """What a head signs: text, data table and ledger, all in words."""
    words = composed(report.sections, figures, title=title_of(report), period=report.period, at=at)
    return words | {
        "organ": report.organ.name,
        "ledger": [[row[column.key] for column in COLUMNS] for row in ledger_of(report.organ, report.period)],
    }


def title_of(report: QuarterlyReport) -> str:
    """The title on paper."""
    return f"{report.organ.name}关于{report.period.label}政治监督工作情况的报告"


def is_live(report: QuarterlyReport) -> bool:
    """Whether the report follows the ledger: while it is with its writers."""
    return report.step in EDITABLE


def content_of(report: QuarterlyReport, *, at: datetime, figures: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The report as signed where it lies with 党风政风监督室, else as the ledger would have it now."""
    if not is_live(report):
        return report.content
    return frozen(report, figures_now(report, at=at) if figures is None else figures, at=at)


def figures_now(report: QuarterlyReport, *, at: datetime) -> dict[str, dict[str, Any]]:
    """The report's figures counted at this moment."""
    return figures_of([report.organ_id], report.period, on=local_day(at))


def live_sections(
    sections: Sequence[Mapping[str, str]], figures: Mapping[str, Any], *, checked: bool = True
) -> list[dict[str, Any]]:
    """A draft for its page: paragraphs of pieces, figures that open their records, numbers that disagree."""
    return [
        {"key": part["key"], "heading": part["heading"], "numeral": chinese_number(number),
         "paragraphs": [list(pieces(line, figures, checked=checked)) for line in part["text"].splitlines() if line.strip()],
         "faults": mismatches(part["text"], figures) if checked else []}
        for number, part in enumerate(sections, 1)
    ]  # fmt: skip


def signed_sections(content: Mapping[str, Any], figures: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """A signed text for its page, in the same form; with its `figures`, numbers that disagree with them are marked."""
    against = figures or {}
    return [
        {"key": part["key"], "heading": part["heading"], "numeral": chinese_number(number),
         "faults": mismatches(part["text"], against),
         "paragraphs": [list(pieces(line, against)) for line in part["text"].splitlines() if line.strip()]}
        for number, part in enumerate(content.get("sections", ()), 1)
    ]  # fmt: skip


def drifted(frozen_figures: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, str]]:
    """Figures that the ledger says otherwise by now: what an addendum may correct."""
    then_rows = {row["key"]: row for row in table(frozen_figures)}
    return [
        {"key": row["key"], "label": row["label"], "frozen": then_rows[row["key"]]["value"], "now": row["value"]}
        for row in table(now)
        if row["key"] in then_rows and then_rows[row["key"]]["value"] != row["value"]
    ]
