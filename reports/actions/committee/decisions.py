"""In the meeting: decision, votes and opinion per item; the decision moves the paper, gives tasks, and starts the 抄报 (A6.1f, A9.7a-b)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import approvals
from accounts.actions import resolve
from accounts.models import Organ, ScResolution, ScResolutionKind
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from checklists.actions.lists import make_resolution, record_resolution
from checklists.actions.tasks import give_task
from checklists.models import TaskAssignment
from reports.actions.annual import record_hearing
from reports.committee import rules
from reports.committee.states import ARTICLES, ItemDecision, ItemKind, MeetingStep
from reports.models import AgendaItem, CommitteeMeeting
from supervision.actions.reporting.copies import draft_decided_copy
from supervision.actions.reporting.reports import study_report
from supervision.actions.reporting.supplements import send_back_report


@dataclass(frozen=True)
class Ruling:
    """What the secretary wrote down about one item."""

    decision: str
    opinion: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None
    copy_out: bool = False

    @property
    def votes(self) -> tuple[int | None, int | None, int | None]:
        """For, against, abstained."""
        return self.votes_for, self.votes_against, self.votes_abstain


@transaction.atomic
def decide_item(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> AgendaItem:
    """Record one decision, and let it take effect on the paper at once. All of it happens, or nothing.

    Raises `Refused` for anybody but the secretary, before the meeting was held, for what is decided already, for a
    decision that the kind does not know, for votes that cannot be, and for whatever the paper's own verb refuses.
    """
    CommitteeMeeting.objects.select_for_update().get(pk=item.meeting_id)
    fresh = AgendaItem.objects.select_for_update(of=("self",)).with_papers().get(pk=item.pk)
    if not has(by, Permission.RECORD_RESOLUTION, fresh.meeting.organ_id):
        raise Refused("常委会的决定由常委会秘书登记。", ARTICLES[ItemKind(fresh.kind)])
    for verdict in (rules.in_session(fresh), rules.not_decided(fresh), rules.came_before(fresh),
                    rules.decision_fits(fresh.kind, ruling.decision, ruling.opinion),
                    rules.votes_fit(fresh.meeting, ruling.decision, ruling.votes)):  # fmt: skip
        verdict.enforce()
    if ruling.decision != ItemDecision.DEFER:
        fresh.resolution = EFFECTS[ItemKind(fresh.kind)](fresh, ruling, by=by, at=at)
    _write(fresh, ruling, by=by, at=at)
    if fresh.report is not None and ruling.decision == ItemDecision.APPROVE and ruling.copy_out:
        fresh.report.refresh_from_db()
        fresh.copy, fresh.copy_out = draft_decided_copy(fresh.report, by=by, at=at), True
        fresh.save()
    _tell(fresh, by=by, at=at)
    return fresh


def _write(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> None:
    item.decision, item.opinion, item.holds = ruling.decision, ruling.opinion.strip(), False
    item.votes_for, item.votes_against, item.votes_abstain = ruling.votes
    item.decided_by, item.decided_at = by, at
    item.save()


def _tell(item: AgendaItem, *, by: Any, at: datetime) -> None:
    said = "，".join(part for part in (item.decision_word, item.votes, item.opinion) if part)
    event = record(item.meeting, "decide", by=by, at=at, label=f"登记第{item.position}项决定", note=f"{item.title}：{said}",
                   article=ARTICLES[ItemKind(item.kind)])  # fmt: skip
    # Papers tell their organ by their own verb; a deferral and a written matter are told from here.
    if item.decision == ItemDecision.DEFER or item.kind not in (ItemKind.APPROVAL, ItemKind.CHECKLIST, ItemKind.REPORT):
        sentence = f"{item.meeting}研究“{item.title[:80]}”：{said}。"
        told_by(event, staff_of(item.reporter_id), sentence[:400], link=paper_of(item))


def paper_of(item: AgendaItem) -> str:
    """Where the item's own paper is read; empty for a written matter."""
    if item.approval is not None:
        return approvals.paper_url(item.approval)
    return item.report.get_absolute_url() if item.report is not None else ""


# --- what a decision does to its paper ---


def _words(item: AgendaItem, ruling: Ruling) -> dict[str, Any]:
    meeting = item.meeting
    return {"meeting_on": meeting.held_on, "meeting_no": meeting.meeting_no, "agenda_no": item.position,
            "attendance": meeting.attendance, "opinion": ruling.opinion.strip()}  # fmt: skip


def _passed(ruling: Ruling) -> bool:
    return ruling.decision in (ItemDecision.APPROVE, ItemDecision.NOTED)


def _on_approval(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> ScResolution | None:
    """The committee's rung is signed; the paper takes effect or goes back with the reason."""
    approval: Any = item.approval
    matter = approvals.route_of(approval.subject).matter or ScResolutionKind.OTHER
    values = {**_words(item, ruling), "kind": matter, "approved": _passed(ruling)}
    return resolve(approval, values, by=by, at=at).resolution


def _on_checklist(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> ScResolution:
    checklist: Any = item.checklist
    return record_resolution(checklist, by=by, at=at, approved=_passed(ruling), **_words(item, ruling))


def _on_report(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> ScResolution:
    verb = study_report if _passed(ruling) else send_back_report
    report: Any = item.report
    return verb(report, by=by, at=at, **_words(item, ruling))


def _on_written(kind: str) -> Callable[..., ScResolution]:
    def decided(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> ScResolution:
        return make_resolution(
            item.reporter, kind, item.title, by=by, at=at, approved=_passed(ruling), **_words(item, ruling)
        )

    return decided


def _on_hearing(item: AgendaItem, ruling: Ruling, *, by: Any, at: datetime) -> ScResolution:
    """The year that the item names is heard; without one, the year of the meeting (A10.4d)."""
    named = re.search(r"(20\d\d)年", item.title)
    year = int(named[1]) if named else item.meeting.held_on.year
    return record_hearing(item.reporter, year, by=by, at=at, **_words(item, ruling)).resolution


EFFECTS: dict[ItemKind, Callable[..., ScResolution | None]] = {
    ItemKind.APPROVAL: _on_approval,
    ItemKind.CHECKLIST: _on_checklist,
    ItemKind.REPORT: _on_report,
    ItemKind.ARRANGEMENT: _on_written(ScResolutionKind.ARRANGEMENT),
    ItemKind.HEARING: _on_hearing,
    ItemKind.QUESTION: _on_written(ScResolutionKind.OTHER),
    ItemKind.OTHER: _on_written(ScResolutionKind.OTHER),
}


# --- tasks ---


@transaction.atomic
def task_from(item: AgendaItem, organ: Organ, *, task: str, due_on: date, by: Any, at: datetime) -> TaskAssignment:
    """A decision becomes work of one organ of the county by a day. Raises `Refused` before the decision is recorded."""
    fresh = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("meeting__organ", "approval", "report")
        .get(pk=item.pk)
    )
    if not has(by, Permission.RECORD_RESOLUTION, fresh.meeting.organ_id):
        raise Refused("会议交办的任务由常委会秘书登记。", "A6.1f")
    if not fresh.decision or fresh.decision in (ItemDecision.DEFER, ItemDecision.WITHDRAWN):
        raise Refused(f"第{fresh.position}项议题还没有会议决定，不能交办任务。请先登记决定。", "A6.1f")
    if fresh.meeting.step not in (MeetingStep.HELD, MeetingStep.CLOSED):
        raise Refused("会议还没有召开，不能交办任务。", "A6.1f")
    if not organ.path.startswith(fresh.meeting.organ.county().path):
        raise Refused("承办单位不在本县，请重新选择。", "A6.1f")
    # Only the organ that brought the paper in may open it; others read the source in words.
    link = paper_of(fresh) if organ.pk == fresh.reporter_id else ""
    source = f"{fresh.meeting}第{fresh.position}项议题：{fresh.title}"
    made = give_task(organ, task=task, due_on=due_on, source=source, source_link=link, by=by, at=at)
    fresh.tasks.add(made)
    record(fresh.meeting, "task", by=by, at=at, label="交办任务", note=f"{organ.name}：{made.task}", article="A6.1f")
    return made
