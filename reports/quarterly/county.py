"""The county's quarter from its reports: figures by one scope over all organs, texts under the organs' names (A10.1b, A10.4a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Organ
from accounts.periods import Period
from reports.counting.catalogue import FIGURES
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly.duties import reporters
from reports.quarterly.figures import figures_of, per_organ, scope_of
from reports.quarterly.outline import SECTIONS, all_keys
from reports.quarterly.states import IN, QuarterlyStep
from reports.quarterly.text import Sources, draft
from reports.quarterly.tokens import amount, number_of

NAME = "全县各级纪检监察组织"


def organs_of(office: Organ) -> list[Organ]:
    """Every organ of the office's county: a problem of 党风政风监督室 itself counts in the county as well."""
    return list(Organ.objects.within(office.county()).order_by("sort_order", "pk"))


def reports_of(organs: Iterable[Organ], period: Period) -> list[QuarterlyReport]:
    """The quarter's reports of these organs, whatever their step."""
    rows: Any = QuarterlyReport.objects.in_quarter(period).filter(organ__in=organs)
    return list(rows.select_related("organ").order_by("organ__sort_order", "organ_id"))


def collected(report: QuarterlyReport) -> dict[str, str]:
    """The sections of one signed report."""
    parts = {part["key"]: part["text"].strip() for part in report.content.get("sections", ())}
    return {key: text for key, text in parts.items() if text and key in SECTIONS}


def merged_of(reports: Sequence[QuarterlyReport]) -> dict[str, dict[str, Any]]:
    """What was taken from which report, so that the next merge knows what is new."""
    return {
        str(report.organ_id): {"digest": report.digest, "name": report.organ.name, "texts": collected(report)}
        for report in reports
    }


def first_sections(
    period: Period, organs: Sequence[Organ], figures: Mapping[str, Any], *, on: date
) -> list[dict[str, str]]:
    """The county's own sentences, by the same writers as an organ's, with live marks of the county's figures."""
    scope = scope_of([organ.pk for organ in organs], period, on=on)
    sections = draft(Sources(NAME, period, scope, figures))
    for part in sections:
        if part["key"] == "plans":
            part["text"] = ""  # 200 projects by name are no plan of the county; the organs' plans are collected below
    return sections


def block(key: str, merged: Mapping[str, Any]) -> str:
    """A section's words of all merged organs: each under its name, the same words under all the names that say them."""
    names: dict[str, list[str]] = {}
    for taken in merged.values():
        if text := taken["texts"].get(key, ""):
            names.setdefault(text, []).append(taken["name"])
    return "\n".join(f"{_heads(said)}：{text}" for text, said in names.items())


def _heads(names: Sequence[str]) -> str:
    return "、".join(names) + (f"（{len(names)}个单位）" if len(names) > 2 else "")


def woven(text: str, key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """A section with the words of this merge in place of those of the last one.

    Where an editor has rewritten them his words stay, and what is new stands behind them, marked, for him to use.
    """
    before, after = block(key, old), block(key, new)
    if before == after:
        return text
    if not before:
        return f"{text}\n{after}".strip()
    if before in text:
        return text.replace(before, after)
    changed = {
        organ: taken
        for organ, taken in new.items()
        if old.get(organ, {}).get("texts", {}).get(key) != taken["texts"].get(key)
    }
    return f"{text}\n（新报送）{block(key, changed)}"


def missing_of(organs: Sequence[Organ], reports: Sequence[QuarterlyReport], period: Period) -> list[str]:
    """Owing organs whose words are not in the merge, with the reason."""
    steps = {report.organ_id: report.step for report in reports}
    ids = {organ.pk for organ in organs}
    owing = [organ for organ in reporters(period) if organ.pk in ids and steps.get(organ.pk) not in IN]
    return [
        f"{organ.name}（{'退回修改中' if steps.get(organ.pk) == QuarterlyStep.RETURNED else '未报送'}）"
        for organ in owing
    ]


def county_figures(organs: Sequence[Organ], period: Period, *, on: date) -> dict[str, dict[str, Any]]:
    """The county's figures from the records: a joint record counts once, a person once."""
    return figures_of([organ.pk for organ in organs], period, on=on)


def rows_of(
    organs: Sequence[Organ], reports: Sequence[QuarterlyReport], period: Period, *, on: date
) -> list[dict[str, Any]]:
    """One row per organ that reports or has anything to count: its figures now, and whether its words are merged."""
    now = per_organ(period, [organ.pk for organ in organs], on=on)
    merged = {report.organ_id for report in reports if report.step in IN}
    owing = {organ.pk for organ in reporters(period)}
    return [
        {"organ": organ.pk, "name": organ.name, "reported": organ.pk in merged,
         "values": {key: str(value) for key, value in now.get(organ.pk, {}).items()}}
        for organ in organs if organ.pk in now or organ.pk in owing
    ]  # fmt: skip


def differences(county: CountyQuarter, reports: Sequence[QuarterlyReport]) -> list[dict[str, str]]:
    """Where a report's frozen figure is not what was counted at the merge: nobody is wrong, the records went on."""
    now = {row["organ"]: row["values"] for row in county.by_organ}
    found = []
    for report in reports:
        if report.step not in IN:
            continue
        for key in all_keys():
            then = number_of(report.figures.get(key, {}).get("value", 0))
            counted = number_of(now.get(report.organ_id, {}).get(key, 0))
            if then != counted:
                unit = FIGURES[key].unit
                found.append({"organ": report.organ.label, "label": FIGURES[key].label,
                              "frozen": amount(then, unit), "now": amount(counted, unit)})  # fmt: skip
    return found


def news_of(county: CountyQuarter, reports: Sequence[QuarterlyReport]) -> list[str]:
    """Organs that reported, or reported again, since the last merge."""
    return [
        report.organ.label for report in reports
        if report.step in IN and county.merged.get(str(report.organ_id), {}).get("digest") != report.digest
    ]  # fmt: skip


def totals(rows: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Sums of the rows, to be read beside the county's own figures."""
    return {key: sum((number_of(row["values"].get(key, 0)) for row in rows), Decimal(0)) for key in all_keys()}
