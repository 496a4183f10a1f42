"""Reads that span several records: how the year stands, who has filed, what waits for the committee."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import Approval, ApprovalStep, ChainState, Organ
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from accounts.roles import TOWNSHIP_KINDS, OrganKind, Rung
from checklists.models import (
    AnnualChecklist,
    AnnualDeployment,
    AnnualPoints,
    ChecklistItem,
)
from checklists.states import ChecklistStep, Form, ItemStep, PointsStep

FILED_STEPS = (ItemStep.FILED, ItemStep.LISTED)


def cso_of(user: Any) -> Organ | None:
    """党风政风监督室 of the user's county; his own office where he works there."""
    return user.organ if user.organ.is_cso else user.organ.cso()


def points_of(user: Any, year: int) -> AnnualPoints | None:
    """The year's key points, as far as the user may read them."""
    return AnnualPoints.objects.issued_to(user).filter(year=year).first()


def list_in_force(user: Any, year: int) -> AnnualChecklist | None:
    """The list that binds the user's county now."""
    return AnnualChecklist.objects.issued_to(user).in_force(year).first()


def versions_of(user: Any, year: int) -> QuerySet[AnnualChecklist]:
    """Issued versions, newest first."""
    issued = AnnualChecklist.objects.issued_to(user).filter(year=year)
    return issued.filter(step__in=(ChecklistStep.PUBLISHED, ChecklistStep.SUPERSEDED)).order_by("-version")


def years_of(user: Any, today: date) -> list[int]:
    """Years that have points or projects the user may read, and this year, newest first."""
    found = set(ChecklistItem.objects.visible_to(user).order_by().values_list("year", flat=True).distinct())
    found |= set(AnnualPoints.objects.issued_to(user).order_by().values_list("year", flat=True).distinct())
    return sorted(found | {today.year}, reverse=True)


# --- who has filed (A6.1e) ---


@dataclass(frozen=True)
class Filing:
    """How far one organ is with its projects of the year."""

    organ: Organ
    counts: dict[str, int]
    is_bound: bool
    waits_for: str = ""

    @property
    def filed(self) -> int:
        """Projects filed or listed."""
        return sum(self.counts.get(step, 0) for step in FILED_STEPS)

    @property
    def total(self) -> int:
        """Projects not withdrawn."""
        return sum(number for step, number in self.counts.items() if step != ItemStep.WITHDRAWN)

    @property
    def drafted(self) -> int:
        """Projects with their author: drafts and returned ones."""
        return self.counts.get(ItemStep.DRAFT, 0) + self.counts.get(ItemStep.RETURNED, 0)

    @property
    def is_missing(self) -> bool:
        """Bound to propose and nothing filed."""
        return self.is_bound and not self.filed

    @property
    def words(self) -> str:
        """The state in the office's words."""
        if self.filed:
            return f"已报送{self.filed}项"
        if self.counts.get(ItemStep.APPROVED):
            return "已批准，未报送"
        if self.counts.get(ItemStep.SUBMITTED):
            return f"审批中，在{self.waits_for}" if self.waits_for else "审批中"
        if self.counts.get(ItemStep.RETURNED):
            return "已退回修改"
        return "起草中" if self.counts.get(ItemStep.DRAFT) else "未起草"


def filings(user: Any, year: int, *, on: date) -> list[Filing]:
    """One row per stationed group, then per township that proposes although not bound (AMB-2). Three queries."""
    kinds = {OrganKind.STATIONED_GROUP, *TOWNSHIP_KINDS}
    organs = list(Organ.objects.filter(pk__in=visible_organ_ids(user), kind__in=kinds).active(on=on))
    rows = (
        ChecklistItem.objects.filter(year=year, organ__in=organs)
        .order_by()
        .values("organ_id", "form", "step")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    bound = {organ.pk for organ in organs if organ.is_stationed}
    for row in rows:
        if row["form"] == Form.STATIONED or row["organ_id"] not in bound:
            counts[row["organ_id"]][row["step"]] += row["number"]
    waiting = _waiting_rungs([organ.pk for organ in organs])
    made = [Filing(organ, dict(counts[organ.pk]), organ.pk in bound, waiting.get(organ.pk, "")) for organ in organs]
    shown = [row for row in made if row.is_bound or row.total]
    return sorted(shown, key=lambda row: (not row.is_bound, not row.is_missing))


def _waiting_rungs(ids: list[int]) -> dict[int, str]:
    steps = ApprovalStep.objects.filter(
        approval__state=ChainState.RUNNING,
        approval__organ_id__in=ids,
        approval__subject_type__model="checklistitem",
        opened_at__isnull=False,
        decision="",
    ).select_related("signer", "approval")
    return {
        step.approval.organ_id: f"{step.get_rung_display()}{step.signer.full_name if step.signer else ''}"
        for step in steps
    }


# --- how the year stands ---


@dataclass(frozen=True)
class Stage:
    """One stage of the year: its name, how it stands in words, done / now / ahead."""

    label: str
    words: str
    state: str
    article: str


def stages(user: Any, year: int, *, on: date) -> list[Stage]:
    """要点 -> 申报 -> 汇总 -> 常委会 -> 印发, for the stage line of the year's page."""
    points = AnnualPoints.objects.filter(organ=cso_of(user), year=year).first()
    lists = list(AnnualChecklist.objects.filter(organ=cso_of(user), year=year).order_by("version"))
    newest = lists[-1] if lists else None
    done = [
        points is not None and points.step == PointsStep.PUBLISHED,
        newest is not None and newest.step != ChecklistStep.COMPILING,
        newest is not None and newest.submitted_at is not None and newest.step != ChecklistStep.COMPILING,
        newest is not None and newest.resolution_id is not None and newest.step != ChecklistStep.COMPILING,
        newest is not None and newest.published_at is not None,
    ]
    words = [_points_words(points), _proposal_words(user, year, points, on), *_list_words(newest)]
    labels = ("印发要点", "申报项目", "汇总成清单", "常委会审批", "印发清单")
    articles = ("A6.1a", "A6.1b", "A6.1e", "A6.1f", "A6.1f")
    now = done.index(False) if False in done else len(done)
    return [
        Stage(label, text, "done" if fact else ("now" if place == now else "ahead"), article)
        for place, (label, text, fact, article) in enumerate(zip(labels, words, done, articles, strict=True))
    ]


def _points_words(points: AnnualPoints | None) -> str:
    if points is None:
        return "未起草"
    return f"{points.published_at:%Y-%m-%d}印发" if points.published_at else "起草中"


def _proposal_words(user: Any, year: int, points: AnnualPoints | None, on: date) -> str:
    if points is None or points.published_at is None:
        return "要点印发后开始"
    county = points.organ.county()
    groups = Organ.objects.within(county).filter(kind=OrganKind.STATIONED_GROUP).active(on=on)
    filed = ChecklistItem.objects.filter(
        year=year, form=Form.STATIONED, step__in=FILED_STEPS, organ__in=groups
    ).aggregate(number=Count("organ", distinct=True))["number"]
    return f"{filed}/{groups.count()}个派驻组已报送"


def _list_words(newest: AnnualChecklist | None) -> tuple[str, str, str]:
    if newest is None:
        return "未开始", "未提请", "未印发"
    lines = f"{newest.lines.count()}个项目"
    if newest.published_at:
        return lines, "已通过", f"第{newest.version}版"
    if newest.step == ChecklistStep.SUBMITTED:
        return (
            lines,
            "已通过" if newest.resolution_id else "已提请，待审议",
            "待印发" if newest.resolution_id else "未印发",
        )
    return f"汇总中，{lines}", "退回修改" if newest.resolution_id else "未提请", "未印发"


def deployment_of(user: Any, year: int) -> AnnualDeployment | None:
    """The plenum's deployment of the year in the user's county: everybody reads it (A10.1a)."""
    return AnnualDeployment.objects.filter(organ=cso_of(user), year=year).first()


# --- what waits for the committee ---


def papers_before_committee(user: Any) -> QuerySet[Approval]:
    """Changes whose DS has signed and whose decision the user, the committee's secretary, records."""
    return Approval.objects.filter(
        state=ChainState.RUNNING,
        organ_id__in=organ_ids(user, Permission.RECORD_RESOLUTION),
        subject_type__model="checklistitemchange",
        steps__rung=Rung.STANDING_COMMITTEE,
        steps__opened_at__isnull=False,
        steps__decision="",
    ).select_related("organ", "submitted_by")


def lists_before_committee(user: Any) -> QuerySet[AnnualChecklist]:
    """Lists that the user, the committee's secretary, may decide or has just decided."""
    mine = organ_ids(user, Permission.RECORD_RESOLUTION)
    return AnnualChecklist.objects.filter(organ_id__in=mine, step=ChecklistStep.SUBMITTED).select_related("organ")


def rounds_of(subject: Any) -> list[Approval]:
    """All rounds of a paper with signers ready for the route fragment, newest first."""
    rows = Approval.objects.of(subject).select_related("submitted_by")
    return list(rows.prefetch_related("steps__signer", "steps__acted_by", "steps__on_behalf_of").order_by("-round_no"))


def openable(user: Any, ids: Iterable[int | None]) -> set[int]:
    """Those of the named projects whose pages the user may open: an issued list also names the projects of others."""
    named = {pk for pk in ids if pk is not None}
    if not named:
        return set()
    return set(ChecklistItem.objects.visible_to(user).filter(pk__in=named).values_list("pk", flat=True))
