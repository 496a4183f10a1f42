"""Everything that waits for the committee today, with since when and until when, from whichever room it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import ApprovalStep, ChainState
from accounts.permissions import Permission, organ_ids
from accounts.roles import Rung
from checklists.models import AnnualChecklist
from checklists.states import ChecklistStep
from reports.committee.states import WRITTEN, ItemDecision, ItemKind, MeetingStep
from reports.models import AgendaItem
from supervision.models import CommitteeReturn, InspectionReport
from supervision.reporting.ten_days import ten_days
from supervision.rounds.states import ReportStep

MOST = 200  # of one kind; the office has a dozen


@dataclass(frozen=True)
class Candidate:
    """A matter that may go on an agenda; `key` is kind:id. Not `ready` ones are shown with what they wait for."""

    key: str
    kind: str
    title: str
    organ_id: int
    organ: str
    since: date | None
    due_on: date | None = None
    link: str = ""
    note: str = ""
    ready: bool = True

    @property
    def kind_word(self) -> str:
        """The kind in words."""
        return ItemKind(self.kind).label


def candidates(user: Any) -> list[Candidate]:
    """What the user may put on an agenda, the nearest term first; papers on an open agenda are left out."""
    ids = organ_ids(user, Permission.RECORD_RESOLUTION) | organ_ids(user, Permission.DIRECT)
    if not ids:
        return []
    found = [*_approvals(ids), *_checklists(ids), *_reports(ids), *_carried(ids)]
    return sorted(found, key=lambda row: (not row.ready, row.due_on or date.max, row.since or date.max, row.key))


def candidate(user: Any, key: str) -> Candidate | None:
    """The one that a button names, if it is still there."""
    return next((row for row in candidates(user) if row.key == key), None)


def _held(name: str) -> Any:
    """Ids of papers on an agenda that is still open."""
    return AgendaItem.objects.filter(holds=True, **{f"{name}__isnull": False}).values(f"{name}_id")


def _put_off(name: str) -> set[int]:
    """Ids of papers that an earlier meeting put off."""
    rows = AgendaItem.objects.filter(decision=ItemDecision.DEFER, **{f"{name}__isnull": False})
    return set(rows.values_list(f"{name}_id", flat=True))


def _approvals(ids: frozenset[int]) -> Iterator[Candidate]:
    """Papers whose turn at the committee's rung has come."""
    rows: Any = ApprovalStep.objects.filter(
        rung=Rung.STANDING_COMMITTEE, opened_at__isnull=False, decision="", approval__state=ChainState.RUNNING,
        approval__organ_id__in=ids,
    ).exclude(approval_id__in=_held("approval"))  # fmt: skip
    again = _put_off("approval")
    columns = ("approval_id", "approval__title", "approval__organ_id", "approval__organ__name", "opened_at", "due_on")
    for row in rows.values(*columns)[:MOST]:
        yield Candidate(
            key=f"approval:{row['approval_id']}", kind=ItemKind.APPROVAL, title=row["approval__title"],
            organ_id=row["approval__organ_id"], organ=row["approval__organ__name"], since=local_day(row["opened_at"]),
            due_on=row["due_on"], link=reverse("accounts:approval", args=[row["approval_id"]]),
            note="上次会议缓议" if row["approval_id"] in again else "",
        )  # fmt: skip


def _checklists(ids: frozenset[int]) -> Iterator[Candidate]:
    rows = AnnualChecklist.objects.filter(organ_id__in=ids, step=ChecklistStep.SUBMITTED)
    rows = rows.exclude(resolution__approved=True).exclude(pk__in=_held("checklist")).select_related("organ")
    again = _put_off("checklist")
    for row in rows[:MOST]:
        yield Candidate(
            key=f"checklist:{row.pk}", kind=ItemKind.CHECKLIST, title=str(row), organ_id=row.organ_id, organ=row.organ.name,
            since=local_day(row.submitted_at) if row.submitted_at else None,
            link=f"{reverse('checklists:resolution')}?year={row.year}", note="上次会议缓议" if row.pk in again else "",
        )  # fmt: skip


def _reports(ids: frozenset[int]) -> Iterator[Candidate]:
    """Reports before the committee; approved ones that are not, so that nobody forgets their ten days (A9.7a)."""
    steps = (ReportStep.SC_SUBMITTED, ReportStep.APPROVED)
    rows: Any = InspectionReport.objects.filter(organ_id__in=ids, step__in=steps).exclude(pk__in=_held("report"))
    columns = ("pk", "title", "step", "organ_id", "organ__name", "approved_at", "due_on", "last_on", "submitted_on")
    found = list(rows.order_by("due_on", "pk").values(*columns)[:MOST])
    clock, again = (ten_days(), _put_off("report")) if found else (None, set())
    back = dict(CommitteeReturn.objects.filter(report__in=[row["pk"] for row in found], resubmitted_on__isnull=False)
                .order_by("pk").values_list("report_id", "resubmitted_on"))  # fmt: skip
    for row in found:
        assert clock is not None
        tabled = row["step"] == ReportStep.SC_SUBMITTED
        since = back.get(row["pk"], row["submitted_on"]) if tabled else local_day(row["approved_at"])
        note = "上次会议缓议" if row["pk"] in again else ("补充后再次提交" if row["pk"] in back and tabled else "")
        yield Candidate(
            key=f"report:{row['pk']}", kind=ItemKind.REPORT, title=row["title"], organ_id=row["organ_id"], organ=row["organ__name"],
            since=since, due_on=row["last_on"] or clock.last_day(row["approved_at"], row["due_on"]),
            link=reverse("supervision:report_study" if tabled else "supervision:report", args=[row["pk"]]),
            note=note if tabled else "已批准，等待党风政风监督室提交", ready=tabled,
        )  # fmt: skip


def _carried(ids: frozenset[int]) -> Iterator[Candidate]:
    """Written matters that a meeting put off, or that were to come before a cancelled one, until a later agenda takes them."""
    left = Q(decision=ItemDecision.DEFER) | Q(decision="", meeting__step=MeetingStep.CANCELLED)
    rows = AgendaItem.objects.filter(left, meeting__organ_id__in=ids, kind__in=WRITTEN, successors__isnull=True)
    for row in rows.select_related("reporter", "meeting")[:MOST]:
        yield Candidate(
            key=f"carry:{row.pk}", kind=row.kind, title=row.title, organ_id=row.reporter_id, organ=row.reporter.name,
            since=row.meeting.held_on, link=row.meeting.get_absolute_url(), note=f"{row.meeting.meeting_no}会议{'缓议' if row.decision else '取消'}",
        )  # fmt: skip
