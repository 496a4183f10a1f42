"""Documents that go to units, their numbers, service and replies (A9.7e), and typical bulletins (A9.8d)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.digest import digest_of
from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from supervision.documents.kinds import (
    BULLETIN,
    NUMBERED_KINDS,
    WITH_THE_CLERK,
    BulletinScope,
    BulletinStep,
    DocumentKind,
    DocumentStep,
    RecommendationKind,
    ReplyVerdict,
    Secrecy,
    ServedManner,
)
from supervision.models.problem import Problem


class NumberSeries(models.Model):
    """机关代字〔年份〕: one run of numbers, in whose name, of which kind, in which year."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="number_series", verbose_name="发文机关")
    kind = models.CharField("文种", max_length=30, choices=NUMBERED_KINDS)
    year = models.PositiveIntegerField("年份")
    prefix = models.CharField("机关代字", max_length=30)
    last = models.PositiveIntegerField("已用到", default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ("-year", "organ_id", "kind")
        constraints = (
            models.UniqueConstraint(fields=("organ", "kind", "year"), name="one_series_per_organ_kind_and_year"),
            # Two series under the same characters would give two papers the same number.
            models.UniqueConstraint(fields=("prefix", "year"), name="one_series_per_prefix_and_year"),
        )

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕"


class PaperQuerySet(models.QuerySet):
    """Reads over documents and over bulletins."""

    def visible_to(self, user: Any) -> PaperQuerySet:
        """Papers of the organs the user may read; the document clerk's from their approval on."""
        numbered = Q(organ_id__in=organ_ids(user, Permission.NUMBER), step__in=WITH_THE_CLERK)
        return self.filter(Q(organ_id__in=visible_organ_ids(user)) | numbered)

    def live(self) -> PaperQuerySet:
        """Not voided."""
        return self.exclude(step=DocumentStep.VOIDED)

    def numbered(self) -> PaperQuerySet:
        """Whatever took a number, voided ones as well."""
        return self.filter(doc_number__isnull=False)


class OfficialPaper(models.Model):
    """What a document and a bulletin have in common: an author, a number that is never reused, a frozen text."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="起草单位")
    title = models.CharField("标题", max_length=200)
    secrecy = models.CharField("密级", max_length=20, choices=Secrecy.choices, blank=True, default="")
    copies_to = models.CharField("抄送", max_length=300, blank=True)
    doc_prefix = models.CharField("机关代字", max_length=30, blank=True)
    doc_year = models.PositiveIntegerField("年份", null=True)
    doc_number = models.PositiveIntegerField("序号", null=True)
    numbered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    issued_on = models.DateField("印发日期", null=True, blank=True)
    content = models.JSONField(null=True)  # the text as issued; empty until then
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    void_reason = models.TextField("作废理由", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def doc_no(self) -> str:
        """文号 as printed, without padding; empty until the document clerk has numbered it."""
        return f"{self.doc_prefix}〔{self.doc_year}〕{self.doc_number}号" if self.doc_number else ""

    @property
    def is_intact(self) -> bool:
        """Whether the frozen text still has the digest that it was issued with."""
        return bool(self.digest) and digest_of(self.content) == self.digest


NUMBER_WHOLE = Q(doc_number__isnull=True, doc_prefix="", doc_year__isnull=True) | (
    Q(doc_number__isnull=False, doc_year__isnull=False) & ~Q(doc_prefix="")
)
FROZEN_WHEN_ISSUED = Q(issued_on__isnull=True) | ~Q(digest="")


class IssuedDocument(OfficialPaper):
    """One document to one unit: its points, its way up, its number, its service and its reply (A9.7e)."""

    kind = models.CharField("文种", max_length=30, choices=DocumentKind.choices)
    recommendation_kind = models.CharField("建议类别", max_length=20, choices=RecommendationKind.choices, blank=True)
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="documents", verbose_name="主送单位")
    sections = models.JSONField("正文", default=list)  # [{key, heading, text}] in the order of the paper
    problems = models.ManyToManyField(Problem, through="DocumentPoint", related_name="documents")
    due_on = models.DateField("整改期限", null=True, blank=True)
    reply_due_on = models.DateField("书面回复期限", null=True, blank=True)
    in_name_of_commission = models.BooleanField("以县纪委监委名义", default=False)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="原文书"
    )
    urge_no = models.PositiveSmallIntegerField("第几次督办", default=0)
    rungs = models.PositiveSmallIntegerField(default=0)  # how far up the chain went, as set on the day of submission
    step = models.CharField("状态", max_length=20, choices=DocumentStep.choices, default=DocumentStep.DRAFT)
    served_on = models.DateField("送达日期", null=True, blank=True)
    served_to = models.CharField("签收人", max_length=60, blank=True)
    served_manner = models.CharField("送达方式", max_length=20, choices=ServedManner.choices, blank=True)
    effect = models.TextField("落实成效", blank=True)
    history = HistoricalRecords(excluded_fields=["content"])

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("organ", "step"), name="document_of_organ"),
            models.Index(fields=("step", "reply_due_on"), name="document_reply_term"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("doc_prefix", "doc_year", "doc_number"), condition=Q(doc_number__isnull=False),
                name="document_number_is_unique",
            ),
            models.CheckConstraint(condition=NUMBER_WHOLE, name="document_number_is_whole"),
            models.CheckConstraint(condition=FROZEN_WHEN_ISSUED, name="document_frozen_when_issued"),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(issued_on__isnull=False), name="document_served_after_issue"
            ),
        )  # fmt: skip

    @property
    def kind_word(self) -> str:
        """The kind as it is called on paper; a recommendation is called by its own kind."""
        return self.get_recommendation_kind_display() + "书" if self.recommendation_kind else self.get_kind_display()

    @property
    def name_organ(self) -> Organ:
        """In whose name it goes out, and from whose series it is numbered."""
        return self.organ.county() if self.in_name_of_commission else self.organ

    @property
    def series_kind(self) -> str:
        """The kind under which the register counts it."""
        return self.kind

    def is_overdue(self, *, on: date) -> bool:
        """Served, and its day of reply has passed without any reply."""
        return self.step == DocumentStep.SERVED and self.reply_due_on is not None and self.reply_due_on < on

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("supervision:document", args=[self.pk])


class DocumentPoint(models.Model):
    """One numbered point of a document: what is wrong, what is asked, by when."""

    document = models.ForeignKey(IssuedDocument, models.CASCADE, related_name="points")
    seq = models.PositiveSmallIntegerField("序号")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="points")
    text = models.TextField("问题")
    demand = models.TextField("整改要求", blank=True)
    due_on = models.DateField("整改期限", null=True, blank=True)

    class Meta:
        ordering = ("document_id", "seq")
        constraints = (models.UniqueConstraint(fields=("document", "seq"), name="points_are_numbered"),)

    def __str__(self) -> str:
        return f"第{self.seq}点"


class DocumentReply(models.Model):
    """回复: one written answer of the unit, with its files."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="replies")
    received_on = models.DateField("收到日期")
    sender = models.CharField("回复单位（人）", max_length=120)
    summary = models.TextField("回复要点", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ("received_on", "pk")

    def __str__(self) -> str:
        return f"{self.sender}的回复"


class ReplyPoint(models.Model):
    """What a reply says on one point, and what its reader finds."""

    reply = models.ForeignKey(DocumentReply, models.CASCADE, related_name="answers")
    point = models.ForeignKey(DocumentPoint, models.PROTECT, related_name="answers")
    text = models.TextField("答复")
    verdict = models.CharField("审阅意见", max_length=20, choices=ReplyVerdict.choices, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审阅人"
    )
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("point__seq", "pk")
        constraints = (
            models.UniqueConstraint(fields=("reply", "point"), name="one_answer_per_reply_and_point"),
            models.CheckConstraint(
                condition=Q(verdict="", read_by__isnull=True) | (~Q(verdict="") & Q(read_by__isnull=False)),
                name="verdict_has_its_reader",
            ),
        )


class DocumentCopy(models.Model):
    """抄送: who got a copy, when, and who signed for it."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="copies")
    recipient = models.CharField("抄送单位", max_length=120)
    sent_on = models.DateField("送达日期")
    received_by = models.CharField("签收人", max_length=60, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ("sent_on", "pk")
        constraints = (models.UniqueConstraint(fields=("document", "recipient"), name="one_copy_per_recipient"),)


class BulletinQuerySet(PaperQuerySet):
    """Reads over bulletins."""

    def visible_to(self, user: Any) -> BulletinQuerySet:
        """As documents; an issued bulletin is for every organ of the county, the three administrators excepted."""
        own = super().visible_to(user)
        if not getattr(user, "pk", None) or user.is_admin:
            return own  # type: ignore[return-value]
        issued = self.filter(step=BulletinStep.ISSUED, organ__path__startswith=user.organ.county().path)
        return own | issued  # type: ignore[return-value]


class TypicalBulletin(OfficialPaper):
    """典型问题通报: chosen cases, masked or not, inside the office or in public, by the committee's leave (A9.8d)."""

    scope = models.CharField("范围", max_length=20, choices=BulletinScope.choices, default=BulletinScope.INTERNAL)
    recipients = models.CharField("主送", max_length=300, blank=True)
    opening = models.TextField("通报缘由", blank=True)
    demands = models.TextField("工作要求", blank=True)
    names_masked = models.BooleanField("隐去单位和人员名称", default=True)
    problems = models.ManyToManyField(Problem, through="BulletinCase", related_name="bulletins")
    step = models.CharField("状态", max_length=20, choices=BulletinStep.choices, default=BulletinStep.DRAFT)
    history = HistoricalRecords(excluded_fields=["content"])

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("doc_prefix", "doc_year", "doc_number"), condition=Q(doc_number__isnull=False),
                name="bulletin_number_is_unique",
            ),
            models.CheckConstraint(condition=NUMBER_WHOLE, name="bulletin_number_is_whole"),
            models.CheckConstraint(condition=FROZEN_WHEN_ISSUED, name="bulletin_frozen_when_issued"),
        )  # fmt: skip

    kind_word = "典型问题通报"
    in_name_of_commission = True
    series_kind = BULLETIN

    @property
    def name_organ(self) -> Organ:
        """A bulletin always goes out in the commission's name."""
        return self.organ.county()

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("supervision:bulletin", args=[self.pk])


class BulletinCase(models.Model):
    """One case of a bulletin: the problem behind it and the words that people chose for it."""

    bulletin = models.ForeignKey(TypicalBulletin, models.CASCADE, related_name="cases")
    seq = models.PositiveSmallIntegerField("序号")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="cases")
    text = models.TextField("通报文字")

    class Meta:
        ordering = ("bulletin_id", "seq")
        constraints = (
            models.UniqueConstraint(fields=("bulletin", "seq"), name="cases_are_numbered"),
            models.UniqueConstraint(fields=("bulletin", "problem"), name="one_case_per_problem"),
        )
