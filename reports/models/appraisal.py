"""年度政治表现综合评价: one per unit and year, written by people, read by few, every reading on record (A11)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Official, Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids
from reports.ecology.states import AppraisalStep
from supervision.rounds.states import AssessmentAbout

USER = settings.AUTH_USER_MODEL

TEAM = "写明领导班子全年贯彻党中央重大决策部署、落实全面从严治党主体责任、开展党内政治生活、抓作风建设和问题整改的情况"
TOP_LEADER = "写明“一把手”履行第一责任人职责、带头执行民主集中制、接受监督、推动问题整改的情况"
MEMBER = "写明班子成员落实“一岗双责”、抓分管领域问题整改的情况"
CONCLUSION = "概括全年政治表现的总体情况、主要不足和意见建议，不打分、不评等次"


class AppraisalPrompts(models.Model):
    """One wording of what the four texts are to say, in force from its day; earlier texts keep what they answered."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="设置单位")
    valid_from = models.DateField("自")
    team = models.CharField("领导班子", max_length=300)
    top_leader = models.CharField("“一把手”", max_length=300)
    member = models.CharField("其他班子成员", max_length=300)
    conclusion = models.CharField("综合评价", max_length=300)
    changed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="设置人")
    changed_at = models.DateTimeField("设置时间")

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organ", "valid_from"), name="one_wording_of_appraisals_per_day"),
        )

    @property
    def words(self) -> dict[str, str]:
        """The four prompts by text."""
        return {"team": self.team, "top_leader": self.top_leader, "member": self.member, "conclusion": self.conclusion}


def prompts_on(organ: Organ, day: date) -> dict[str, str]:
    """What the organ's county asks on a day; the shipped wording where none was set."""
    county = organ.county()
    found = AppraisalPrompts.objects.filter(organ__path__startswith=county.path, valid_from__lte=day).first()
    return (
        found.words if found else {"team": TEAM, "top_leader": TOP_LEADER, "member": MEMBER, "conclusion": CONCLUSION}
    )


class RestrictedQuerySet(models.QuerySet):
    """Reads over texts about persons."""

    def visible_to(self, user: Any) -> Any:
        """For the organ that writes and for holders of the restricted right; reading an organ is not enough (A11)."""
        return self.filter(organ_id__in=organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED))


class PerformanceAppraisal(models.Model):
    """A unit's year, one version. Texts that people write; nothing is scored, graded or derived.

    `content` is what was sent up, with the year's facts as they stood then; `conclusion` is the comprehensive judgement.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="评价单位")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="appraisals", verbose_name="被监督单位")
    year = models.PositiveIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    conclusion = models.TextField("综合评价", blank=True)
    content = models.JSONField("报送文本", default=dict)
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    step = models.CharField("状态", max_length=20, choices=AppraisalStep.choices, default=AppraisalStep.DRAFT)
    approved_at = models.DateTimeField("批准时间", null=True)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="撰写人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "unit_id", "-version")
        constraints = (
            models.UniqueConstraint(fields=("unit", "year", "version"), name="appraisal_versions_are_numbered"),
            models.UniqueConstraint(
                fields=("unit", "year"),
                condition=Q(step__in=("draft", "returned", "submitted")),
                name="one_appraisal_at_work",
            ),
            models.UniqueConstraint(
                fields=("unit", "year"), condition=Q(step="approved"), name="one_appraisal_in_force"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="appraisal_correction_has_its_reason"),
            models.CheckConstraint(
                condition=Q(step__in=("approved", "superseded"), approved_at__isnull=False)
                | (~Q(step__in=("approved", "superseded")) & Q(approved_at__isnull=True)),
                name="appraisal_approved_with_its_moment",
            ),
        )

    def __str__(self) -> str:
        again = f"（第{self.version}版）" if self.version > 1 else ""
        return f"{self.unit}{self.year}年度政治表现综合评价{again}"

    def get_absolute_url(self) -> str:
        """Where it is written and read."""
        return reverse("reports:appraisal", args=[self.pk])


class AppraisalText(models.Model):
    """One text of an appraisal: of the team, of 一把手, of a further member. A vacant post has its reason instead.

    `evidence` lists the records that the writer leans on: {"key": figure, "id": record, "ref": page id, "label": words}.
    """

    appraisal = models.ForeignKey(PerformanceAppraisal, models.PROTECT, related_name="texts")
    about = models.CharField("评价对象", max_length=20, choices=AssessmentAbout.choices)
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="班子成员"
    )
    post = models.CharField("职务", max_length=80, blank=True)
    vacancy = models.CharField("空缺原因", max_length=300, blank=True)
    text = models.TextField("评价", blank=True)
    evidence = models.JSONField("依据的记录", default=list)
    author = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="撰写人")
    written_at = models.DateTimeField("撰写时间")
    history = HistoricalRecords()

    class Meta:
        ordering = ("appraisal_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("appraisal",), condition=Q(about="team"), name="one_team_text_per_appraisal"
            ),
            models.UniqueConstraint(
                fields=("appraisal",), condition=Q(about="top_leader"), name="one_top_leader_text_per_appraisal"
            ),
            models.UniqueConstraint(
                fields=("appraisal", "official"),
                condition=Q(official__isnull=False),
                name="one_text_per_person_and_appraisal",
            ),
            models.CheckConstraint(
                condition=(Q(about="team", official__isnull=True, vacancy="") & ~Q(text=""))
                | (Q(official__isnull=False, vacancy="") & ~Q(about="team") & ~Q(text="") & ~Q(post=""))
                | (Q(about="top_leader", official__isnull=True, text="") & ~Q(vacancy="") & ~Q(post="")),
                name="text_names_whom_it_is_about",
            ),
        )

    def __str__(self) -> str:
        return self.get_about_display()
