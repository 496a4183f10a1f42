"""县纪委常委会: a meeting, its agenda, what was decided, and the packet of papers that lay on the table (A6.1f, A9.7a, A10.4d)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Approval, Organ, ScResolution
from accounts.permissions import Permission, organ_ids
from accounts.roles import Role
from checklists.models import AnnualChecklist, TaskAssignment
from reports.committee.states import OVER, ItemDecision, ItemKind, MeetingStep, decision_word
from supervision.models import InspectionReport

USER = settings.AUTH_USER_MODEL
READING_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY_SECRETARY})


def in_circle(user: Any, path: str = "organ") -> Q:
    """Meetings that the user's post opens: the secretary who records, the head of 党风政风监督室, 书记 and deputy secretaries."""
    mine = organ_ids(user, Permission.RECORD_RESOLUTION) | organ_ids(user, Permission.DIRECT)
    found = Q(**{f"{path}_id__in": mine})
    if user.role in READING_ROLES:
        found |= Q(**{f"{path}__path__startswith": user.organ.county().path})
    return found


class MeetingQuerySet(models.QuerySet["CommitteeMeeting"]):
    """Reads over meetings."""

    def visible_to(self, user: Any) -> MeetingQuerySet:
        """Meetings of the user's county, for the few posts that read them."""
        return self.filter(in_circle(user))

    def ahead(self) -> MeetingQuerySet:
        """Neither closed nor cancelled."""
        return self.exclude(step__in=OVER)


class CommitteeMeeting(models.Model):
    """One meeting. `organ` is 党风政风监督室, which prepares it; number and year name it in every record."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="承办单位")
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("会议次序")
    held_on = models.DateField("会议日期")
    place = models.CharField("地点", max_length=100, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    present = models.TextField("出席", blank=True)  # one name a line
    absent = models.TextField("请假", blank=True)
    attending = models.TextField("列席", blank=True)
    step = models.CharField("状态", max_length=20, choices=MeetingStep.choices, default=MeetingStep.DRAFT)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="拟制人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organ", "year", "number"), name="meetings_are_numbered"),
            models.CheckConstraint(
                condition=~Q(step__in=("held", "closed")) | ~Q(present=""), name="held_meeting_names_who_was_there"
            ),
        )

    def __str__(self) -> str:
        return f"县纪委常委会{self.year}年第{self.number}次会议"

    def get_absolute_url(self) -> str:
        """Where it is prepared and recorded."""
        return reverse("reports:committee_meeting", args=[self.pk])

    @property
    def meeting_no(self) -> str:
        """第9次, as written into resolutions."""
        return f"第{self.number}次"

    @staticmethod
    def names(lines: str) -> list[str]:
        """One name a line, or by comma."""
        return [name for line in lines.replace("、", "\n").replace("，", "\n").splitlines() if (name := line.strip())]

    @property
    def attendance(self) -> str:
        """应到9人，实到8人（李某请假）."""
        there, away = self.names(self.present), self.names(self.absent)
        if not there:
            return ""
        said = f"应到{len(there) + len(away)}人，实到{len(there)}人"
        return (f"{said}（{'、'.join(away)}请假）" if away else said)[:200]


def votes_sentence(*counted: int | None) -> str:
    """同意8票，不同意0票，弃权1票 of for, against, abstained; empty where no votes were counted, as three zeros say too."""
    if not any(counted):
        return ""
    return "同意{}票，不同意{}票，弃权{}票".format(*(value or 0 for value in counted))


class AgendaQuerySet(models.QuerySet["AgendaItem"]):
    """Reads over agenda items."""

    def visible_to(self, user: Any) -> AgendaQuerySet:
        """Items of meetings that the user's post opens."""
        return self.filter(in_circle(user, "meeting__organ"))

    def with_papers(self) -> AgendaQuerySet:
        """Everything that pages and papers read of an item, in a constant number of queries."""
        related = ("meeting", "reporter", "approval__organ", "checklist__organ", "report__organ", "report__round__item",
                   "resolution", "decided_by", "added_by", "copy")  # fmt: skip
        return self.select_related(*related).prefetch_related(
            "tasks__organ", "approval__steps__acted_by", "earlier__written_by", "earlier__corrected_by"
        )


class AgendaItem(models.Model):
    """One matter of a meeting: a paper that waits for the committee, or a matter that a person wrote down.

    `holds` is true while the paper belongs to this meeting; a decision, a deferral and a withdrawal let go of it.
    """

    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=20, choices=ItemKind.choices)
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="+", verbose_name="审批件")
    checklist = models.ForeignKey(AnnualChecklist, models.PROTECT, null=True, related_name="+", verbose_name="清单")
    report = models.ForeignKey(InspectionReport, models.PROTECT, null=True, related_name="+", verbose_name="报告")
    title = models.CharField("议题", max_length=200)
    reporter = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="汇报单位")
    text = models.TextField("内容", blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="提出人")
    added_at = models.DateTimeField()
    holds = models.BooleanField(default=True)
    decision = models.CharField("决定", max_length=12, choices=ItemDecision.choices, blank=True)
    votes_for = models.PositiveSmallIntegerField("同意票", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("不同意票", null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField("弃权票", null=True, blank=True)
    opinion = models.TextField("会议意见", blank=True)
    copy_out = models.BooleanField("书面抄报", default=False)
    copy = models.ForeignKey("supervision.CopyOut", models.PROTECT, null=True, related_name="+", verbose_name="抄报件")
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="常委会决定")
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    decided_at = models.DateTimeField(null=True)
    tasks = models.ManyToManyField(TaskAssignment, related_name="+", verbose_name="交办任务")
    history = HistoricalRecords()

    objects = AgendaQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("approval",), condition=Q(holds=True), name="paper_on_one_open_agenda"),
            models.UniqueConstraint(fields=("checklist",), condition=Q(holds=True), name="list_on_one_open_agenda"),
            models.UniqueConstraint(fields=("report",), condition=Q(holds=True), name="report_on_one_open_agenda"),
            models.CheckConstraint(
                condition=Q(kind="approval", approval__isnull=False, checklist__isnull=True, report__isnull=True)
                | Q(kind="checklist", approval__isnull=True, checklist__isnull=False, report__isnull=True)
                | Q(kind="report", approval__isnull=True, checklist__isnull=True, report__isnull=False)
                | (
                    ~Q(kind__in=("approval", "checklist", "report"))
                    & Q(approval__isnull=True, checklist__isnull=True, report__isnull=True)
                ),
                name="item_has_the_paper_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="item_decided_by_and_at_together",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def decision_word(self) -> str:
        """What was decided, in the word for this kind."""
        return decision_word(self.kind, self.decision)

    @property
    def votes(self) -> str:
        """同意8票，不同意0票，弃权1票; empty where no votes were counted."""
        return votes_sentence(self.votes_for, self.votes_against, self.votes_abstain)


class RulingVersion(models.Model):
    """An earlier wording of a recorded decision, as it stood before it was corrected: votes and opinion, kept for good.

    The decision itself is never corrected here: what it moved has moved.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="earlier")
    number = models.PositiveSmallIntegerField("版本")
    votes_for = models.PositiveSmallIntegerField("同意票", null=True)
    votes_against = models.PositiveSmallIntegerField("不同意票", null=True)
    votes_abstain = models.PositiveSmallIntegerField("弃权票", null=True)
    opinion = models.TextField("会议意见", blank=True)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    written_at = models.DateTimeField("登记时间")
    reason = models.CharField("更正理由", max_length=300)
    corrected_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="更正人")
    corrected_at = models.DateTimeField("更正时间")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="wordings_of_a_decision_are_numbered"),
            models.CheckConstraint(condition=~Q(reason=""), name="corrected_wording_has_its_reason"),
        )

    def __str__(self) -> str:
        return f"{self.item}第{self.number}次登记"

    @property
    def votes(self) -> str:
        """The votes as they were written then."""
        return votes_sentence(self.votes_for, self.votes_against, self.votes_abstain)


class PacketQuerySet(models.QuerySet["MeetingPacket"]):
    """Reads over packets."""

    def visible_to(self, user: Any) -> PacketQuerySet:
        """Packets of meetings that the user's post opens."""
        return self.filter(in_circle(user, "meeting__organ"))


class MeetingPacket(models.Model):
    """议题材料 as it lay on the table: one PDF, never changed, with its digest and the digests of what went into it."""

    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="packets")
    file = models.FileField(upload_to="committee/%Y")
    digest = models.CharField("SM3 摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")
    pages = models.PositiveIntegerField("页数")
    material = models.CharField("材料摘要", max_length=64)  # of agenda and papers as they stood when it was made
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="汇编人")
    made_at = models.DateTimeField("汇编时间")

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.meeting}议题材料"
