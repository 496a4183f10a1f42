"""What the ledgers have for the desk: 党风政风监督室's row of organs, and guidance an organ has not read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.periods import Period, PeriodKind
from accounts.permissions import Permission, anywhere, organ_ids, visible_organ_ids
from accounts.roles import LEDGER_KINDS, REPORTING_KINDS
from ledgers.consulting.coverage import coverage
from ledgers.deadlines import CONSULTATION_NOTICE_DAYS
from ledgers.models import InfoShare, LedgerGuidance
from ledgers.selectors import county_ledgers


def silent_organs(user: Any, day: date) -> Any:
    """Organs whose ledger has been silent too long, or whose rectification is overdue (A6.2c)."""
    if not anywhere(user, Permission.COORDINATE):
        return None
    rows = [
        row for row in county_ledgers(day.year, visible_organ_ids(user), on=day) if row["is_silent"] or row["overdue"]
    ]
    entries = [{"text": _words(row), "link": reverse("ledgers:ledger", args=[row["pk"]]), "button": "督促指导",
                "address": reverse("ledgers:ledger", args=[row["pk"]])} for row in rows[:5]]  # fmt: skip
    return (
        {"title": "台账和整改情况", "count": len(rows), "more": reverse("ledgers:home"), "entries": entries}
        if rows
        else None
    )


def _words(row: dict[str, Any]) -> str:
    parts = []
    if row["is_silent"]:
        parts.append(f"台账{row['silent_days']}天没有更新" if row["silent_days"] is not None else "今年还没有登记台账")
    if row["overdue"]:
        parts.append(f"{row['overdue']}个问题整改逾期")
    return f"{row['name']}：{'，'.join(parts)}。"


def unread_guidance(user: Any, day: date) -> Any:
    """Guidance that the organ has not acknowledged; only organs with a ledger are guided."""
    if user.organ.kind not in LEDGER_KINDS:
        return None
    notes = LedgerGuidance.objects.filter(
        organ_id__in=organ_ids(user, Permission.DRAFT), read_at__isnull=True
    ).order_by("-pk")
    entries = [{"text": f"督促指导：{note.text[:80]}", "link": reverse("ledgers:ledger", args=[note.organ_id]), "button": "查看",
                "address": reverse("ledgers:ledger", args=[note.organ_id])} for note in notes[:5]]  # fmt: skip
    return {"title": "督促指导", "count": len(entries), "more": "", "entries": entries} if entries else None


def missing_consultations(user: Any, day: date) -> Any:
    """Units without a consultation in a half that ends soon; the last half's missing ones stay in the matrix (A10.3a)."""
    half = Period.of(PeriodKind.HALF, day)
    if user.organ.kind not in REPORTING_KINDS or (half.last - day).days > CONSULTATION_NOTICE_DAYS.on(day):
        return None
    rows = coverage(day.year, organ_ids(user, Permission.DRAFT), on=day)
    missing = [row for row in rows for cell in row.cells if cell.half == half and cell.state == "due"]
    new = reverse("ledgers:consultation_new")
    entries = [{"text": row.unit, "note": f"{half.label}还没有专题会商", "due_on": half.last, "button": "登记会商",
                "address": f"{new}?unit={row.unit_id}"} for row in missing[:8]]  # fmt: skip
    return (
        {"title": "专题会商", "count": len(missing), "more": reverse("ledgers:coverage"), "entries": entries}
        if missing
        else None
    )


def shares_to_sign(user: Any, day: date) -> Any:
    """Notices of other offices that 党风政风监督室 has not signed for (A10.1c)."""
    mine = organ_ids(user, Permission.COORDINATE)
    if not mine:
        return None
    rows: Any = InfoShare.objects.filter(organ_id__in=mine, acknowledged_at__isnull=True).order_by("shared_on", "pk")
    found = list(rows.values("organ__name", "subject", "shared_on"))
    page = f"{reverse('ledgers:shares')}?state=waiting"
    entries = [{"text": f"{row['organ__name']}通报：{row['subject']}", "note": f"通报已{(day - row['shared_on']).days}天", "button": "去签收",
                "address": page} for row in found[:5]]  # fmt: skip
    return {"title": "信息通报待签收", "count": len(found), "more": page, "entries": entries} if entries else None


panel(Panel("info_shares", "_panel.html", shares_to_sign, column="todo", order=45))
panel(Panel("consultations", "_panel.html", missing_consultations, column="soon", order=30))
panel(Panel("ledger-silence", "_panel.html", silent_organs, column="wide", order=20))
panel(Panel("ledger-guidance", "_panel.html", unread_guidance, column="todo", order=60))
