"""One problem, one chain: everything that happened around a problem, in the order in which it happened.

Each kind of record is a source; a room that adds records of its own appends its source to `CHAIN_SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.calendar import noon
from accounts.models import Attachment, Event
from supervision.documents.reading import events_of_documents
from supervision.models import (
    ClosureProof,
    InspectionReport,
    IssuedDocument,
    LookBackResult,
    Problem,
    ReplyPoint,
    SampledItem,
)
from supervision.states import LookBackStep

# Verbs whose events are told by a richer source below.
TOLD_ELSEWHERE = frozenset({"evidence", "ask_extension", "decide_extension"})


@dataclass(frozen=True)
class ChainEntry:
    """One thing that happened: when, what, in whose words, and where it can be opened. `kind` names its source."""

    at: datetime
    kind: str
    title: str
    text: str = ""
    by: str = ""
    link: str = ""
    article: str = ""


Source = Callable[[Problem, Any], Iterable[ChainEntry]]
CHAIN_SOURCES: list[Source] = []


def chain_of(problem: Problem, reader: Any = None) -> list[ChainEntry]:
    """Every entry of every source, oldest first; entries of the same moment keep the order of the sources.

    `reader` is who looks: a source leaves out records of a narrower circle than the problem's own. None is the office's
    own printing, which sees all.
    """
    return sorted((entry for source in CHAIN_SOURCES for entry in source(problem, reader)), key=lambda entry: entry.at)


def source(tell: Source) -> Source:
    """Register a source."""
    CHAIN_SOURCES.append(tell)
    return tell


@source
def events(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """Steps of the workflow and what people recorded, of the problem and of its rectification."""
    for subject in (problem, problem.rectification):  # type: ignore[attr-defined]
        for row in Event.objects.of(subject).exclude(verb__in=TOLD_ELSEWHERE).select_related("by", "on_behalf_of"):
            behalf = f"（代{row.on_behalf_of}）" if row.on_behalf_of else ""
            yield ChainEntry(row.at, "event", row.label, row.note, f"{row.by or '系统'}{behalf}", article=row.article)


@source
def progress(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """Dated entries of progress; they stand at the moment of their entering, with the day they tell of."""
    for row in problem.rectification.progress.select_related("by"):  # type: ignore[attr-defined]
        yield ChainEntry(
            row.at, "progress", f"整改进展（{row.reported_on:%Y-%m-%d}）", row.text, str(row.by), article="A9.8b"
        )


@source
def evidence(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """Files of evidence with what they prove."""
    item: Any = problem.rectification  # type: ignore[attr-defined]
    kinds = {proof.attachment_id: proof.words for proof in ClosureProof.objects.filter(rectification=item)}
    for file in Attachment.objects.of(item).filter(purpose="evidence").select_related("uploaded_by"):
        words = f"佐证材料（{kinds.get(file.pk, '文件')}）"
        yield ChainEntry(file.uploaded_at, "evidence", words, file.name, str(file.uploaded_by),
                         reverse("accounts:attachment", args=[file.pk]), "A9.8b")  # fmt: skip


@source
def extensions(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """Requests for a later day, and what was decided."""
    rows = problem.rectification.extensions.select_related("requested_by", "decided_by")  # type: ignore[attr-defined]
    for row in rows:
        days = f"{row.old_due_on:%Y-%m-%d}延至{row.new_due_on:%Y-%m-%d}"
        yield ChainEntry(row.requested_at, "extension", f"申请延期：{days}", row.reason, str(row.requested_by),
                         article="A9.8b")  # fmt: skip
        if row.decided_at:
            yield ChainEntry(row.decided_at, "extension", f"{row.get_step_display()}：{days}", row.note, str(row.decided_by),
                             article="A9.8b")  # fmt: skip


@source
def look_backs(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """“回头看”: planned for a day, and what it found here."""
    rows = LookBackResult.objects.filter(rectification__problem=problem).select_related(
        "look_back__created_by", "look_back__finished_by"
    )
    for row in rows:
        look = row.look_back
        link = reverse("supervision:look_back", args=[look.pk])
        yield ChainEntry(look.created_at, "look_back", f"安排“回头看”（{look.planned_on:%Y-%m-%d}）", look.reason,
                         str(look.created_by), link, "A9.8e")  # fmt: skip
        if look.step == LookBackStep.HELD and look.finished_at:
            yield ChainEntry(look.finished_at, "look_back", f"“回头看”：{row.get_verdict_display()}", row.finding,
                             str(look.finished_by), link, "A9.8e")  # fmt: skip


@source
def samples(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """反向核查, once it has found something; that a problem was drawn is nobody's business before."""
    rows = SampledItem.objects.filter(rectification__problem=problem, checked_at__isnull=False)
    for row in rows.select_related("draw", "checked_by"):
        assert row.checked_at is not None
        yield ChainEntry(row.checked_at, "sample", f"反向核查：{row.get_verdict_display()}", row.finding,
                         str(row.checked_by), article="A9.8b")  # fmt: skip


def _documents(reader: Any) -> Any:
    return IssuedDocument.objects.all() if reader is None else IssuedDocument.objects.visible_to(reader)


@source
def documents(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """Milestones of the documents that hold the problem: drafted, approved, issued, served, answered (A9.7e)."""
    for event in events_of_documents(problem, among=_documents(reader)):
        link = reverse("supervision:document", args=[event.subject_id])
        yield ChainEntry(event.at, "document", event.label, event.note, str(event.by), link, event.article)


@source
def replies(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """What the unit answered on this problem's points, and how the answer was read."""
    rows = ReplyPoint.objects.filter(point__problem=problem, point__document__in=_documents(reader))
    for row in rows.select_related("point__document", "reply"):
        verdict = row.get_verdict_display() if row.verdict else "待审阅"
        moment = noon(row.reply.received_on)
        yield ChainEntry(moment, "reply", f"{row.point.document.doc_no}第{row.point.seq}点答复（{verdict}）", row.text,
                         row.reply.sender, reverse("supervision:document", args=[row.point.document_id]), "A9.7e")  # fmt: skip


@source
def reminders(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """纠偏提醒: whom, how, with what answer (A9.5); its event stands among the steps, its words here."""
    for row in problem.reminders.select_related("created_by"):
        if row.corrected_on:
            moment = noon(row.corrected_on)
            yield ChainEntry(moment, "reminder", "提醒后改正", row.response, row.given_by, article="A9.5")


@source
def round_of(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """The round in which the problem was found: its plan in force, its beginning, its end (A9.0)."""
    if problem.round is None:
        return
    verbs = ("open", "prepare", "inspect", "report", "approve_report", "dispose", "close", "reopen")
    for event in Event.objects.of(problem.round).filter(verb__in=verbs).select_related("by"):
        yield ChainEntry(event.at, "round", f"{problem.round}：{event.label}", event.note, str(event.by),
                         problem.round.get_absolute_url(), event.article)  # fmt: skip


@source
def tabled(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """The reports that list the problem were brought before the committee, in time or late with the reason (A9.7a)."""
    rows = InspectionReport.objects.filter(problems=problem)
    for report in rows if reader is None else rows.visible_to(reader):
        for event in Event.objects.of(report).filter(verb="table").select_related("by"):
            note = f"逾期原因：{event.note}" if event.note else ""
            yield ChainEntry(
                event.at, "table", event.label, note, str(event.by), report.get_absolute_url(), event.article
            )
