"""What the evaluation has for the desk: an organ's own row to check, objections to answer and to decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.permissions import Permission, organ_ids
from accounts.roles import STAFF_ROLES
from ledgers.books.verifying import ready
from reports.evaluation.indicators import NAMES
from reports.evaluation.selectors import verifying_note
from reports.evaluation.states import ObjectionStep, TableStep
from reports.models import EvaluationObjection, EvaluationRow

SHOWN = 6


def evaluation(user: Any, day: date) -> dict[str, Any] | None:
    """In the window, the organ's own row; for 党风政风监督室, what waits for a proposal or for its head."""
    if user.role not in STAFF_ROLES:
        return None
    entries = _answers(user) if user.organ.is_cso else _own(user, day)
    return (
        {"title": "质效评估", "entries": entries[:SHOWN], "count": len(entries), "more": reverse("reports:evaluation")}
        if entries
        else None
    )


def _own(user: Any, day: date) -> list[dict[str, Any]]:
    rows: Any = EvaluationRow.objects.filter(
        organ_id=user.organ_id, table__step=TableStep.OPEN, table__objections_until__gte=day
    )
    return [
        {"text": f"核对{row['table__year']}年质效评估数据", "note": "有异议的由负责人提出", "due_on": row["table__objections_until"], "button": "核对",
         "address": reverse("reports:evaluation_row", args=[row["pk"]])}
        for row in rows.values("pk", "table__year", "table__objections_until")
    ]  # fmt: skip


def _answers(user: Any) -> list[dict[str, Any]]:
    head = bool(organ_ids(user, Permission.DIRECT))
    steps = {ObjectionStep.FILED, ObjectionStep.PROPOSED} if head else {ObjectionStep.FILED}
    rows: Any = EvaluationObjection.objects.filter(row__table__organ_id=user.organ_id, step__in=steps).order_by(
        "filed_at", "pk"
    )
    words = {ObjectionStep.FILED: "拟办", ObjectionStep.PROPOSED: "决定"}
    return [
        {"text": f"{row['organ__name']}对“{NAMES[row['indicator']]}”的异议", "note": ObjectionStep(row["step"]).label,
         "button": words[ObjectionStep(row["step"])], "address": reverse("reports:evaluation_objection", args=[row["pk"]])}
        for row in rows.values("pk", "organ__name", "indicator", "step")[: SHOWN * 2]
    ]  # fmt: skip


def to_verify(user: Any, day: date) -> dict[str, Any] | None:
    """For 党风政风监督室: records of the year that this person may confirm now, and what that still does for the evaluation (A10.5)."""
    if user.role not in STAFF_ROLES or not user.organ.is_cso:
        return None
    count = ready(user, day.year)
    note = verifying_note(user.organ_id, day.year, day) if count else None
    page = f"{reverse('ledgers:to_verify')}?year={day.year}"
    entry = {
        "text": f"{day.year}年有{count}条登记记录待核实",
        "note": note,
        "button": "去核实",
        "address": page,
    }
    return {"title": "待核实记录", "count": count, "more": page, "entries": [entry]} if note else None


panel(Panel("to_verify", "_panel.html", to_verify, column="todo", order=62))
panel(Panel("evaluation", "_panel.html", evaluation, column="todo", order=60))
