"""Meetings attended with the opinions given there, and topics checked before a meeting."""

from django.db import models
from django.db.models import F, Q

from accounts.models import SupervisedUnit
from ledgers.models.registers.base import PAIRS, FindsProblems, RegisterRecord, RegisterRow, by_day, rule
from ledgers.register_states import Adopted, Assent, Matter, MeetingKind, ReviewBody


class MeetingAttendance(FindsProblems, RegisterRecord):
    """参加或列席一个单位的会议: what was on the agenda, how it was run, what the office said."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="会议单位")
    kind = models.CharField("会议类别", max_length=30, choices=MeetingKind.choices)
    meeting_date = models.DateField("会议日期")
    agenda = models.TextField("会议议题")
    attended_by = models.CharField("参会人员", max_length=120, blank=True)
    first_topic_ok = models.CharField("第一议题学习", max_length=20, choices=Assent.choices, blank=True)
    last_statement_ok = models.CharField("“一把手”末位表态", max_length=20, choices=Assent.choices, blank=True)
    before_text = models.TextField("会前监督情况", blank=True)
    during_text = models.TextField("会中监督情况", blank=True)
    after_text = models.TextField("会后监督情况", blank=True)

    class Meta:
        ordering = ("-meeting_date", "-pk")
        constraints = PAIRS
        indexes = by_day("meeting_date")

    def __str__(self) -> str:
        return f"{self.meeting_date:%Y-%m-%d}{self.unit}{self.get_kind_display()}"


class MeetingOpinion(RegisterRow):
    """One opinion given at a meeting, and whether the unit adopted it."""

    record = models.ForeignKey(MeetingAttendance, models.CASCADE, related_name="rows")
    topic = models.CharField("议题", max_length=200)
    matter = models.CharField("事项", max_length=20, choices=Matter.choices, default=Matter.MAJOR)
    text = models.TextField("意见建议")
    adopted = models.CharField("采纳情况", max_length=5, choices=Adopted.choices, blank=True)

    class Meta:
        ordering = ("pk",)


class TopicReview(RegisterRecord):
    """议题前置把关: a draft topic checked before the meeting that decides on it."""

    body = models.CharField("拟上会议", max_length=30, choices=ReviewBody.choices)
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="报送单位")
    topic = models.CharField("议题", max_length=200)
    received_on = models.DateField("收到日期")
    replied_on = models.DateField("回复日期", null=True, blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        indexes = by_day("received_on")
        constraints = (
            *PAIRS,
            rule(
                Q(replied_on__isnull=True) | Q(replied_on__gte=F("received_on")),
                "topic_replied_after_received",
                "回复日期早于收到日期，请核对。",
            ),
        )

    def __str__(self) -> str:
        return self.topic


class TopicOpinion(RegisterRow):
    """One opinion on a topic, from the view of discipline and supervision."""

    record = models.ForeignKey(TopicReview, models.CASCADE, related_name="rows")
    text = models.TextField("意见")
    adopted = models.CharField("采纳情况", max_length=5, choices=Adopted.choices, blank=True)

    class Meta:
        ordering = ("pk",)
