"""What an appraisal and the yearly report say: as they stand while they are written, as they were sent up afterwards (A11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.calendar import SHANGHAI, local_day
from accounts.citations import chinese_number
from reports.ecology import facts
from reports.ecology.rules import approved_of
from reports.ecology.states import EDITABLE, REPORT_EDITABLE
from reports.models import AppraisalText, EcologyReport, PerformanceAppraisal
from supervision.models import Problem

ORDER = {"team": 0, "top_leader": 1, "member": 2}
READ_APART = "正文限阅，不随审批单流转。签批人在评价（报告）页面阅读，每次查看、导出均有记录。"


def texts_of(appraisal: PerformanceAppraisal) -> list[AppraisalText]:
    """The texts in the order of the paper: team, 一把手, members."""
    rows = AppraisalText.objects.filter(appraisal=appraisal).select_related("official", "author")
    return sorted(rows, key=lambda row: (ORDER[row.about], row.pk))


def _worded(row: AppraisalText) -> dict[str, Any]:
    return {
        "id": row.pk, "about": row.about, "heading": row.get_about_display(), "post": row.post, "vacancy": row.vacancy,
        "name": row.official.full_name if row.official else "", "text": row.text, "evidence": row.evidence,
        "author": row.author.full_name, "written_on": local_day(row.written_at).isoformat(),
    }  # fmt: skip


def appraisal_content(appraisal: PerformanceAppraisal, *, at: datetime, with_facts: bool = False) -> dict[str, Any]:
    """Texts and conclusion; with the year's numbers and the ids behind them where it is to be kept."""
    kept = facts.frozen(appraisal.unit, appraisal.year, today=local_day(at)) if with_facts else []
    return {
        "title": str(appraisal), "unit": appraisal.unit.name, "organ": appraisal.organ.name, "year": appraisal.year,
        "as_of": at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), "author": appraisal.created_by.full_name,
        "texts": [_worded(row) for row in texts_of(appraisal)], "conclusion": appraisal.conclusion, "facts": kept,
    }  # fmt: skip


def appraisal_shown(appraisal: PerformanceAppraisal, *, at: datetime) -> dict[str, Any]:
    """What readers see: the text as sent up, today's before."""
    frozen = appraisal.step not in EDITABLE and appraisal.content
    return appraisal.content if frozen else appraisal_content(appraisal, at=at)


def appraisal_snapshot(appraisal: PerformanceAppraisal) -> dict[str, str]:
    """What the sheet of signatures carries: which texts there are and their digest, never the words (A11)."""
    names = [f"{one['heading']}（{one['post']}{'，空缺' if one['vacancy'] else ''}）" if one["post"] else one["heading"]
             for one in appraisal.content["texts"]]  # fmt: skip
    reason = {"更正理由": appraisal.reason} if appraisal.reason else {}
    return {
        "被监督单位": appraisal.unit.name, "年度": f"{appraisal.year}年", **reason, "已撰写": "；".join([*names, "综合评价"]),
        "数据截至": appraisal.content["as_of"], "正文摘要（SM3）": appraisal.digest, "阅读": READ_APART,
    }  # fmt: skip


# --- the yearly report ---


def compiled(report: EcologyReport) -> list[dict[str, Any]]:
    """The approved appraisals, word for word, in the order of organs and units."""
    rows = approved_of(report).select_related("unit__organ", "organ")
    return [
        {
            "appraisal": row.pk, "version": row.version, "organ": row.organ.name, "unit": row.unit.name, "digest": row.digest,
            "texts": [{name: one[name] for name in ("about", "heading", "post", "name", "vacancy", "text")} for one in row.content["texts"]],
            "conclusion": row.content["conclusion"],
        }
        for row in rows.order_by("unit__organ__sort_order", "unit__organ_id", "unit_id")
    ]  # fmt: skip


def problems_in(report: EcologyReport) -> dict[int, dict[str, Any]]:
    """The problems that the parts name, by id, as lists say them."""
    ids = [pk for part in report.sections for pk in part.get("problems", ())]
    rows = Problem.objects.filter(pk__in=ids).select_related("unit")
    return {
        row.pk: {"id": row.pk, "code": row.code, "unit": row.unit.name, "words": row.description[:120]} for row in rows
    }


def report_content(report: EcologyReport, *, at: datetime) -> dict[str, Any]:
    """Parts with their problems, the compiled appraisals, the units left out and why."""
    found = problems_in(report)
    return {
        "title": str(report), "as_of": at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "sections": [
            {"key": part["key"], "heading": part["heading"], "text": part["text"],
             "problems": [found[pk] for pk in part.get("problems", ()) if pk in found]} for part in report.sections
        ],
        "units": report.units, "missing": report.missing, "missing_reason": report.missing_reason,
    }  # fmt: skip


def report_shown(report: EcologyReport, *, at: datetime) -> dict[str, Any]:
    """What readers see: the report as sent up, today's before."""
    return report.content if report.step not in REPORT_EDITABLE and report.content else report_content(report, at=at)


def numbered(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts with their numerals."""
    return [part | {"numeral": chinese_number(number)} for number, part in enumerate(content["sections"], 1)]


def report_snapshot(report: EcologyReport) -> dict[str, str]:
    """What the sheet of signatures and the committee's packet carry: the outline and the digest, never texts about persons."""
    heads = "\n".join(f"{part['numeral']}、{part['heading']}" for part in numbered(report.content))
    left = "、".join(entry["unit"] for entry in report.missing)
    reason = {"更正理由": report.reason} if report.reason else {}
    return {
        "标题": report.content["title"], **reason, "数据截至": report.content["as_of"], "各部分": heads,
        "纳入评价的单位": f"{len(report.units)}个", "未纳入单位": f"{left}。原因：{report.missing_reason}" if left else "无",
        "正文摘要（SM3）": report.digest, "阅读": READ_APART,
    }  # fmt: skip
