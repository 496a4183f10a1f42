"""Integrity opinions and the index of integrity files: about persons, decided by people, open to a narrow circle."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Official
from ledgers.models.registers.base import PAIRS, RegisterRecord, RegisterRow, by_day, rule
from ledgers.register_states import FileEntryKind, OpinionConclusion, OpinionPurpose


class IntegrityOpinion(RegisterRecord):
    """党风廉政意见: one reply about one person for one named purpose; the conclusion is a person's."""

    PERSONS = True

    requester = models.CharField("征求意见单位", max_length=120)
    purpose = models.CharField("事由", max_length=20, choices=OpinionPurpose.choices)
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name="人员")
    received_on = models.DateField("收到日期")
    reply_due_on = models.DateField("回复期限", null=True, blank=True)
    replied_on = models.DateField("回复日期", null=True, blank=True)
    conclusion = models.CharField("结论", max_length=20, choices=OpinionConclusion.choices, blank=True)
    text = models.TextField("回复意见", blank=True)
    approver = models.CharField("审批人", max_length=40, blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        indexes = by_day("received_on")
        constraints = (
            *PAIRS,
            rule(
                Q(replied_on__isnull=True) | Q(replied_on__gte=F("received_on")),
                "opinion_replied_after_received",
                "回复日期早于收到日期，请核对。",
            ),
            rule(
                Q(replied_on__isnull=True) | (~Q(conclusion="") & ~Q(approver="")),
                "opinion_replied_with_conclusion",
                "已回复的意见须填写结论和审批人，结论由人确定。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d}{self.requester}征求意见"


class IntegrityFile(RegisterRecord):
    """廉政档案目录: that a file exists and what it holds; the papers themselves stay in the cabinet."""

    PERSONS = True

    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name="人员")
    file_no = models.CharField("档案编号", max_length=40)
    checked_on = models.DateField("最近更新日期")

    class Meta:
        ordering = ("-checked_on", "-pk")
        indexes = by_day("checked_on")
        constraints = (
            *PAIRS,
            models.UniqueConstraint(
                fields=("organ", "file_no"),
                condition=Q(removed_at__isnull=True),
                name="one_integrity_file_per_number",
                violation_error_message="这个档案编号已经登记，请核对。",
            ),
        )

    def __str__(self) -> str:
        return f"廉政档案{self.file_no}"


class IntegrityFileEntry(RegisterRow):
    """One line of the index: kind, day and where the paper is; no contents."""

    record = models.ForeignKey(IntegrityFile, models.CASCADE, related_name="rows")
    kind = models.CharField("类别", max_length=20, choices=FileEntryKind.choices)
    entered_on = models.DateField("日期")
    reference = models.CharField("文号或材料编号", max_length=80)

    class Meta:
        ordering = ("entered_on", "pk")
