"""What documents have for the desk: numbers to give, papers to serve, replies that are late or to be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.permissions import Permission, organ_ids
from supervision.documents.kinds import DocumentStep
from supervision.documents.reading import overdue, silent_points
from supervision.documents.rules import points_in_words
from supervision.models import IssuedDocument, ReplyPoint, TypicalBulletin

SHOWN = 10


def _entry(row: Any, button: str, note: str, due_on: date | None = None) -> dict[str, Any]:
    address = row.get_absolute_url()
    number = f"{row.doc_no} " if row.doc_no else ""
    return {
        "text": f"{number}{row.title}",
        "note": note,
        "link": address,
        "button": button,
        "address": address,
        "due_on": due_on,
    }


def _panel(title: str, entries: list[dict[str, Any]], count: int, query: str) -> dict[str, Any] | None:
    more = f"{reverse('supervision:documents')}?{query}"
    return {"title": title, "count": count, "more": more, "entries": entries} if entries else None


def to_number(user: Any, day: date) -> Any:
    """For the document clerk: approved papers without a number, and numbered ones not yet issued (AMB-19)."""
    ids = organ_ids(user, Permission.NUMBER)
    if not ids:
        return None
    steps = (DocumentStep.APPROVED, DocumentStep.NUMBERED)
    rows: list[Any] = []
    count = 0
    for model in (IssuedDocument, TypicalBulletin):
        found = model.objects.filter(organ_id__in=ids, step__in=steps).select_related("organ").order_by("pk")  # type: ignore[attr-defined]
        rows += found[:SHOWN]
        count += found.count()
    entries = [
        _entry(
            row,
            "编号" if row.step == DocumentStep.APPROVED else "印发",
            f"{row.organ.label}，{row.kind_word}，{row.get_step_display()}",
        )
        for row in rows[:SHOWN]
    ]
    return _panel("待编号印发", entries, count, "step=approved")


def _own(user: Any, *wanted: Any, **fields: Any) -> Any:
    return IssuedDocument.objects.filter(
        *wanted, organ_id__in=organ_ids(user, Permission.DRAFT), **fields
    ).select_related("unit")


def _count(rows: Any, found: list[Any]) -> int:
    """How many there are; asked only where the panel cannot show them all, because every desk pays for it."""
    return rows.count() if len(found) == SHOWN else len(found)


def to_serve(user: Any, day: date) -> Any:
    """For the drafting organ: issued, but nobody signed for it yet."""
    rows = _own(user, step=DocumentStep.ISSUED)
    found = list(rows.order_by("issued_on", "pk")[:SHOWN])
    entries = [_entry(row, "登记送达", f"{row.issued_on:%Y-%m-%d}印发，送{row.unit}") for row in found]
    return _panel("待送达文书", entries, _count(rows, found), "step=issued")


def late_replies(user: Any, day: date) -> Any:
    """For the drafting organ: the day of reply has passed, without a reply or with points left out (A9.8c)."""
    rows = _own(user, overdue(day))
    found = list(rows.order_by("reply_due_on", "pk")[:SHOWN])
    silent = silent_points([row.pk for row in found]) if found else {}
    entries = [
        _entry(row, "督办", f"{row.unit}{points_in_words(silent.get(row.pk, [])) or '未回复'}", row.reply_due_on)
        for row in found
    ]
    return _panel("文书回复逾期", entries, _count(rows, found), "reply=overdue")


def to_read(user: Any, day: date) -> Any:
    """For the drafting organ: replies that nobody has read point by point."""
    unread = ReplyPoint.objects.filter(verdict="").values("point__document_id")
    rows = _own(user, step=DocumentStep.REPLIED, pk__in=unread)
    found = list(rows.order_by("pk")[:SHOWN])
    entries = [_entry(row, "审阅", f"{row.unit}已回复") for row in found]
    return _panel("回复待审阅", entries, _count(rows, found), "step=replied")


panel(Panel("documents_to_number", "_panel.html", to_number, column="todo", order=25))
panel(Panel("documents_to_serve", "_panel.html", to_serve, column="todo", order=40))
panel(Panel("documents_to_read", "_panel.html", to_read, column="todo", order=45))
panel(Panel("documents_late", "_panel.html", late_replies, column="soon", order=35))
