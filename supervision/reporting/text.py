"""The draft of a report from the records of its round, section by section, in the office's own outline (A9.6b)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.citations import chinese_number, quoted
from checklists.states import FocusArea
from supervision.models import InspectionReport
from supervision.reporting.rules import round_problems, units_of
from supervision.rounds.states import ActivityKind, GuidanceKind
from supervision.states import Severity

MARKER = "政治表现综合评价由撰写人单独撰写，限有权人员查看，不在本报告正文中列出。"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _sentence(text: str) -> str:
    """The text as one sentence: no line breaks, one full stop."""
    return f"{' '.join(text.split()).rstrip('。；;')}。"


def _names(rows: Iterable[Any]) -> str:
    return "、".join(str(row) for row in rows)


def _of_unit(report: InspectionReport) -> Q:
    """Records of the report's unit, and those of the round that name none."""
    return Q(unit_id=report.unit_id) | Q(unit__isnull=True) if report.unit_id else Q()


def _numbered(lines: Iterable[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def _under_headings(parts: Iterable[tuple[str, str]]) -> str:
    """（一）heading. text, one paragraph each; parts without text fall away."""
    kept = [(heading, text) for heading, text in parts if text]
    return "\n".join(f"（{chinese_number(n)}）{heading}。{text}" for n, (heading, text) in enumerate(kept, 1))


# --- 一、监督检查情况 ---


def inspection_text(report: InspectionReport) -> str:
    """Training, teams, methods, scope and number of activities, from the log of the round."""
    round = report.round
    span = "至".join(filter(None, (_day(round.started_on), _day(round.ended_on))))
    head = f"{f'{span}，' if span else ''}{report.organ.name}牵头，围绕{quoted(round.item.title)}，对{_names(units_of(report))}开展了监督检查。"
    parts = (("组织培训", _training(report)), ("组建力量", _teams(report)), ("监督方法", _methods(report)),
             ("监督范围和场次", _scope(report)), ("督促指导", _guidance(report)))  # fmt: skip
    return f"{head}\n{_under_headings(parts)}".strip()


def _training(report: InspectionReport) -> str:
    rows = list(report.round.trainings.all())
    if not rows:
        reason = report.round.waived_reason
        return f"检查启动前未组织培训，原因：{_sentence(reason)}" if reason else ""
    held = "；".join(
        f"{_day(row.held_on)}培训{quoted(row.topic)}，{row.get_lecturer_kind_display()}{row.lecturer}授课"
        for row in rows
    )
    return f"检查启动前共组织业务培训{len(rows)}次、{sum(row.attendee_count for row in rows)}人次。{_sentence(held)}"


def _teams(report: InspectionReport) -> str:
    rows = list(report.round.teams.prefetch_related("members", "units"))
    if report.unit_id:
        rows = [team for team in rows if not team.units.all() or report.unit in team.units.all()]
    if not rows:
        return ""
    said = "；".join(f"{team.name}{_leader(team)}，{len(team.members.all())}人" for team in rows)
    # Some are in two teams.
    people = {(member.name, member.from_where) for team in rows for member in team.members.all()}
    return f"组建监督检查组{len(rows)}个、{len(people)}人。{_sentence(said)}"


def _leader(team: Any) -> str:
    leader = next((member.name for member in team.members.all() if member.is_leader), "")
    return f"（组长{leader}）" if leader else ""


def _methods(report: InspectionReport) -> str:
    rows = report.round.activities.filter(_of_unit(report)).select_related("method")
    counted = Counter(str(row.method) for row in rows)
    said = "、".join(f"{name}{count}次" for name, count in counted.most_common())
    return f"主要采取{said}等方式开展监督。" if said else ""


def _scope(report: InspectionReport) -> str:
    rows = list(report.round.activities.filter(_of_unit(report)))
    if not rows:
        return ""
    kinds = Counter(row.kind for row in rows)
    said = "，".join(f"{kind.label}{kinds[kind]}场次" for kind in ActivityKind if kinds[kind])
    reached = {row.unit_id for row in rows if row.unit_id}
    return f"共开展监督检查{len(rows)}场次，其中{said}；实地到达被监督单位{len(reached)}家。"


def _guidance(report: InspectionReport) -> str:
    kinds = Counter(report.round.guidance.values_list("kind", flat=True))
    said = "、".join(f"{kind.label}{kinds[kind]}次" for kind in GuidanceKind if kinds[kind])
    return f"分管副书记和协管常委、委员{said}。" if said else ""


# --- 二、发现的问题和线索 ---


def findings_text(report: InspectionReport) -> str:
    """Problems by focus area; clues with number and codes only (A9.7g, AMB-10)."""
    rows = list(round_problems(report).select_related("unit").prefetch_related("clues").order_by("unit_id", "pk"))
    if not rows:
        return f"本次监督检查未发现问题。{_clue_sentence(rows)}"
    parts = []
    for area in FocusArea:
        found = [row for row in rows if row.focus_area == area]
        lines = _numbered(f"{row.unit}：{_sentence(row.description)}" for row in found)
        parts.append((f"{area.label}方面（{len(found)}个）", "\n" + "\n".join(lines) if lines else ""))
    parts.append(("问题线索", _clue_sentence(rows)))
    return f"{_total(rows)}\n{_under_headings(parts)}"


def _total(rows: list[Any]) -> str:
    grades = Counter(row.severity for row in rows)
    said = "，".join(f"{grade.label}问题{grades[grade]}个" for grade in reversed(list(Severity)) if grades[grade])
    return f"共发现问题{len(rows)}个，涉及{len({row.unit_id for row in rows})}家单位，其中{said}。"


def clue_codes(rows: Iterable[Any]) -> list[str]:
    """References of the clues that came of these problems: codes, never what they say."""
    found = list(rows)
    noted = {row.clue_ref.strip() for row in found if row.clue_ref.strip()}
    return sorted(noted | {clue.code for row in found for clue in row.clues.all()})


def _clue_sentence(rows: list[Any]) -> str:
    codes = clue_codes(rows)
    if not codes:
        return "本次监督检查未发现问题线索。"
    return f"共发现问题线索{len(codes)}件，编号：{'、'.join(codes)}。"


# --- 三、问题立行立改情况 ---


def on_spot_text(report: InspectionReport) -> str:
    """What was put right while the inspectors were there."""
    rows = list(
        round_problems(report)
        .filter(fixed_on_spot=True)
        .select_related("unit", "rectification")
        .order_by("unit_id", "pk")
    )
    if not rows:
        return "本次监督检查没有立行立改的问题。"
    lines = _numbered(f"{row.unit}：{_sentence(row.description)}{_cure(row)}" for row in rows)
    return f"督促立行立改问题{len(rows)}个。\n" + "\n".join(lines)


def _cure(row: Any) -> str:
    situation = row.rectification.situation.strip() if hasattr(row, "rectification") else ""
    return f"整改情况：{_sentence(situation)}" if situation else ""


# --- 五、整改意见建议 ---


def advice_text(report: InspectionReport) -> str:
    """The suggestions noted with the problems, unit by unit."""
    rows = round_problems(report).exclude(suggestion="").select_related("unit").order_by("unit_id", "pk")
    by_unit: dict[str, list[str]] = {}
    for row in rows:
        words = _sentence(row.suggestion)
        if words not in by_unit.setdefault(str(row.unit), []):
            by_unit[str(row.unit)].append(words)
    return _under_headings((f"对{unit}", "\n" + "\n".join(_numbered(lines))) for unit, lines in by_unit.items())


WRITERS = {
    "inspection_text": inspection_text,
    "findings_text": findings_text,
    "on_spot_text": on_spot_text,
    "advice_text": advice_text,
}


# --- 附件：问题清单 ---


def problem_lines(report: InspectionReport) -> list[dict[str, str]]:
    """The rows of 问题清单 as plain words, in the order of the paper: what is frozen when the report goes up.

    政治偏差 is a restricted mark and stays with its problem; a list that travels does not carry it (A3.2).
    """
    rows = report.problems.select_related("unit", "item", "method", "rectification").prefetch_related("routes", "clues")
    return [_problem_line(seq, row) for seq, row in enumerate(rows.order_by("unit_id", "pk"), 1)]


def _problem_line(seq: int, row: Any) -> dict[str, str]:
    cure = getattr(row, "rectification", None)
    people = "/".join(filter(None, (cure.responsible_department if cure else "", row.handler)))
    return {
        "序号": str(seq), "问题编号": row.code, "被监督单位": row.unit.name, "监督项目": row.item.title if row.item else "日常监督",
        "发现问题": row.description, "聚焦方面": row.get_focus_area_display(), "性质": row.get_nature_display(),
        "严重程度": row.get_severity_display(),
        "发现日期/方式": " ".join(filter(None, (f"{row.found_on:%Y-%m-%d}" if row.found_on else "", str(row.method or "")))),
        "立行立改": "是" if row.fixed_on_spot else "否", "问题线索": "、".join(clue_codes([row])), "责任单位/责任人": people,
        "整改意见建议": row.suggestion, "整改时限": f"{cure.due_on:%Y-%m-%d}" if cure and cure.due_on else "",
        "处置方式": "、".join(route.get_route_display() for route in row.routes.all()),
    }  # fmt: skip
