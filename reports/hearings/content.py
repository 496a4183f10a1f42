"""What a yearly report says: as it stands today while it is written, as it was submitted afterwards (A10.4b)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.calendar import SHANGHAI, local_day
from accounts.citations import chinese_number
from reports.counting.catalogue import FIGURES, freeze
from reports.counting.tokens import fill
from reports.evaluation.states import TableStep
from reports.hearings import outline
from reports.hearings.states import EDITABLE
from reports.models import AnnualReport, EvaluationTable


def content_of(report: AnnualReport, *, at: datetime) -> dict[str, Any]:
    """Words with their figures filled in, every figure with value, last year's value and record ids, and the tables."""
    scope = outline.scope_of(report.organ, report.year, today=local_day(at))
    frozen = freeze(outline.keys_of(report.sections), scope)
    values = {key: outline.worded(entry["value"]) for key, entry in frozen.items()}
    return {
        "title": str(report),
        "as_of": at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "sections": [{"key": part["key"], "heading": part["heading"], "text": fill(part["text"], values)} for part in report.sections],
        "figures": [
            {"key": key, "label": FIGURES[key].label, "unit": FIGURES[key].unit, "value": values[key],
             "before": outline.worded(entry["before"]), "ids": entry["ids"]} for key, entry in frozen.items()
        ],
        "organs": outline.organ_rows(scope), "areas": outline.area_rows(scope),
        "items": [[str(value) for value in row.values()] for row in outline.item_rows(report.organ, report.year, scope)],
        "evaluation": _evaluation(report),
    }  # fmt: skip


def _evaluation(report: AnnualReport) -> int | None:
    """The year's evaluation table as the committee confirmed it, which then stays as it is; None until then (A10.5)."""
    rows = EvaluationTable.objects.filter(organ=report.organ, year=report.year, step=TableStep.CONFIRMED)
    return rows.values_list("pk", flat=True).first()


def shown(report: AnnualReport, *, at: datetime) -> dict[str, Any]:
    """What readers see: the frozen content once it has gone up, today's before."""
    return report.content if report.step not in EDITABLE and report.content else content_of(report, at=at)


def numbered(content: dict[str, Any]) -> list[dict[str, str]]:
    """The parts with their numerals."""
    return [part | {"numeral": chinese_number(number)} for number, part in enumerate(content["sections"], 1)]


def snapshot(report: AnnualReport) -> dict[str, str]:
    """The frozen report heading by heading, as the signers read and compare it."""
    content = report.content
    tables = "\n".join(f"{row[0]}：发现问题{row[2]}个，销号{row[4]}个，尚未销号{row[5]}个" for row in content["organs"])
    figures = "\n".join(
        f"{row['label']}：{row['value']}{row['unit']}（上年{row['before']}{row['unit']}）" for row in content["figures"]
    )
    reason = {"更正理由": report.reason} if report.reason else {}
    return {
        "标题": content["title"], **reason, "数据截至": content["as_of"],
        **{f"{part['numeral']}、{part['heading']}": part["text"] for part in numbered(content)},
        "各单位问题情况": tables, "附件：指标表": figures,
    }  # fmt: skip
