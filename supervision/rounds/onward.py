"""What leads on from the page of a round: its reports with their next act, documents, copies, second looks (A9.6-A9.8).

Rows are plain values, a constant number of queries; each is scoped to its reader.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.calendar import spoken
from accounts.permissions import Permission, has, organ_ids
from supervision.documents.kinds import TONES, DocumentStep
from supervision.documents.reading import kind_words, number_words
from supervision.models import (
    CopyOut,
    DocumentPoint,
    InspectionReport,
    IssuedDocument,
    LookBack,
    Problem,
    Round,
    UnitFeedback,
)
from supervision.reporting.ten_days import ten_days
from supervision.rounds import endings as after
from supervision.rounds.states import CopyOutKind, ReportKind, ReportStep, RoundStep
from supervision.states import LookBackStep, RectificationStep, Severity

# What a report waits for: for whoever leads the round, for 党风政风监督室, for everybody else.
WRITING = "写好各节和政治表现评价，再层报审批。"
WAITS = {
    ReportStep.DRAFT: "正在由牵头单位起草。",
    ReportStep.RETURNED: "已退回牵头单位修改。",
    ReportStep.SUBMITTED: "正在层报审批，批准后开始计算十日期限。",
    ReportStep.APPROVED: "等待党风政风监督室提交县纪委常委会。",
    ReportStep.SC_SUBMITTED: "等待常委会秘书在会后登记研判意见。",
    ReportStep.STUDIED: "县纪委常委会已研判。",
}


def to_remind(round: Round, user: Any) -> list[dict[str, Any]]:
    """General problems of the user's own organ that are open and of which nobody was reminded yet (A9.5)."""
    rows: Any = Problem.objects.live().filter(round=round, organ_id__in=organ_ids(user, Permission.DRAFT))
    open_ones = rows.filter(severity=Severity.GENERAL, reminders__isnull=True)
    left = open_ones.exclude(rectification__step__in=(RectificationStep.SUBMITTED, RectificationStep.CLOSED))
    return list(left.order_by("pk").values("pk", "description", "unit__name"))


def report_entries(round: Round, user: Any, *, on: date) -> list[dict[str, Any]]:
    """Reports of the round that the user may read: where each stands, its ten days, and the act that is his."""
    clock = ten_days()
    rows: Any = InspectionReport.objects.visible_to(user).filter(round=round).order_by("-pk")
    related = rows.select_related("unit", "created_by", "resolution")
    return [_report_entry(row, clock.state(_days(row), on=on), user) for row in related]


def _days(row: InspectionReport) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("approved_at", "due_on", "last_on", "submitted_on")}


def _report_entry(row: InspectionReport, clock: dict[str, Any], user: Any) -> dict[str, Any]:
    sentence, button = WAITS[ReportStep(row.step)], "打开报告"
    primary = False
    if row.step in (ReportStep.DRAFT, ReportStep.RETURNED) and has(user, Permission.DRAFT, row.organ_id):
        sentence, button, primary = WRITING, "继续办理报告", True
    elif row.step == ReportStep.APPROVED and has(user, Permission.COORDINATE, row.organ_id):
        sentence, button, primary = "请提交县纪委常委会，会前登记提交日期。", "登记提交", True
    if row.studied_on:
        sentence = f"县纪委常委会{spoken(row.studied_on)}研判。"
    return {"report": row, "clock": clock, "sentence": sentence, "button": button, "primary": primary}


def report_offer(round: Round, *, leads: bool) -> dict[str, Any]:
    """Whether a report may be begun now, and how that reads: the first one is the next act, a further one is not."""
    begun = round.step in (RoundStep.INSPECTING, RoundStep.REPORTING)
    final = InspectionReport.objects.filter(round=round, kind=ReportKind.FINAL).exists()
    early = round.step == RoundStep.INSPECTING
    label = "起草阶段性报告" if early else "起草另一份报告" if final else "起草监督检查情况报告"
    return {"show": leads and begun, "primary": not final and not early, "label": label, "early": early}


def disposal_checks(round: Round) -> list[dict[str, Any]]:
    """The three things that stand before the round goes on to rectification (A9.7d)."""
    asked = (
        ("每个问题都定了处置方式", after.every_problem_routed),
        ("每个问题都已向单位反馈", after.every_problem_fed_back),
        ("限期整改有时限，问责和移送有登记", after.routes_have_their_records),
    )
    return [{"label": label, "verdict": question(round)} for label, question in asked]


def copies_of(round: Round, user: Any) -> list[CopyOut]:
    """抄报 of the round's reports (A9.7b-c)."""
    rows = CopyOut.objects.visible_to(user).filter(report__round=round)
    return list(rows.select_related("report").order_by("pk"))


def reports_to_copy(round: Round, user: Any) -> list[InspectionReport]:
    """Studied reports that nobody has copied to the county's leaders; 党风政风监督室 drafts the copy (A9.7b)."""
    ids = organ_ids(user, Permission.COORDINATE)
    rows = InspectionReport.objects.filter(round=round, step=ReportStep.STUDIED, organ_id__in=ids)
    copied = CopyOut.objects.filter(report__round=round, kind=CopyOutKind.LEADERS, void_reason="")
    return list(rows.exclude(pk__in=copied.values("report_id")).order_by("pk"))


def told_units(round: Round) -> list[UnitFeedback]:
    """Which units were told, when, of how many problems (A9.7d)."""
    rows = UnitFeedback.objects.filter(round=round).select_related("unit").annotate(count=Count("problems"))
    return list(rows.order_by("fed_back_on", "pk"))


def documents_of_round(round: Round, user: Any) -> list[dict[str, Any]]:
    """Documents that name problems of the round, newest first (A9.7e)."""
    points = DocumentPoint.objects.filter(problem__round=round)
    found: Any = IssuedDocument.objects.visible_to(user).filter(pk__in=points.values("document_id")).order_by("-pk")
    columns = ("pk", "kind", "recommendation_kind", "title", "step", "unit__name", "reply_due_on", "served_on",
               "doc_prefix", "doc_year", "doc_number")  # fmt: skip
    return [
        row | {"kind_word": kind_words(row), "doc_no": number_words(row), "step_word": DocumentStep(row["step"]).label,
               "tone": TONES.get(row["step"], "")}
        for row in found.values(*columns)
    ]  # fmt: skip


def units_to_write_to(round: Round, user: Any) -> list[dict[str, Any]]:
    """Units with open problems that the user's organ may put into a document: name, ids of the problems (A9.7e, A4).

    党风政风监督室 writes to every unit of its round, a group or township to its own units.
    """
    mine = organ_ids(user, Permission.DRAFT)
    rows: Any = (
        Problem.objects.visible_to(user).filter(round=round).exclude(rectification__step=RectificationStep.CLOSED)
    )
    if not (round.organ_id in mine and round.organ.is_cso):
        lead = Q(organ_id__in=mine) | Q(round__organ_id__in=mine)
        rows = rows.filter(lead, unit__organ_id__in=mine)
    found: dict[str, list[int]] = {}
    for name, pk in rows.order_by("unit_id", "pk").values_list("unit__name", "pk"):
        found.setdefault(name, []).append(pk)
    return [{"name": name, "problems": ids} for name, ids in found.items()]


def look_backs_of_round(round: Round, user: Any) -> list[dict[str, Any]]:
    """“回头看” at the round's problems, with what rebounded (A9.8e)."""
    ours = Q(results__rectification__problem__round=round)
    rows: Any = LookBack.objects.visible_to(user).filter(ours).exclude(step=LookBackStep.CANCELLED)
    counted = rows.annotate(
        count=Count("results", filter=ours, distinct=True),
        again=Count("results", filter=ours & ~Q(results__verdict__in=("", "ok")), distinct=True),
    )
    columns = ("pk", "unit__name", "planned_on", "held_on", "step", "count", "again")
    return [row | {"state": LookBackStep(row["step"]).label} for row in counted.order_by("-pk").values(*columns)]
