"""The office's own days: study, prior reports, reminders before holidays, papers that units hand in."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Official, SupervisedUnit
from ledgers.models.registers.base import PAIRS, RegisterRecord, by_day, rule
from ledgers.register_states import DutyKind, ListState, PriorReportKind, StudyKind, SubmissionKind


class StudyRecord(RegisterRecord):
    """学习培训: kind, theme, day and head count; no person's marks."""

    kind = models.CharField("类别", max_length=20, choices=StudyKind.choices)
    held_on = models.DateField("日期")
    theme = models.CharField("主题", max_length=200)
    attendees = models.PositiveIntegerField("参加人数")

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = by_day("held_on")
        constraints = (*PAIRS, rule(Q(attendees__gt=0), "study_has_attendees", "参加人数须大于0。"))

    def __str__(self) -> str:
        return self.theme


class PriorReport(RegisterRecord):
    """“四项报备”: when something was to happen or happened, and when it was filed."""

    kind = models.CharField("报备类别", max_length=20, choices=PriorReportKind.choices)
    subject = models.CharField("报备事项", max_length=200)
    event_at = models.DateTimeField("事项时间")
    filed_at = models.DateTimeField("报备时间")
    note = models.TextField("说明", blank=True)
    hours_allowed = models.PositiveIntegerField("即时报备时限（小时）", default=24, editable=False)

    class Meta:
        ordering = ("-filed_at", "-pk")
        indexes = by_day("filed_at")
        constraints = (
            *PAIRS,
            rule(
                ~Q(kind=PriorReportKind.IMMEDIATE) | Q(filed_at__gte=F("event_at")),
                "immediate_report_after_event",
                "即时报备的报备时间早于事项时间，请核对，或者改为提前报备。",
            ),
        )

    def __str__(self) -> str:
        return self.subject


class ReminderNotice(RegisterRecord):
    """节前廉政教育和提醒: which festival, to whom, in what words."""

    festival = models.CharField("节假日", max_length=40)
    sent_on = models.DateField("提醒日期")
    units = models.ManyToManyField(SupervisedUnit, related_name="+", verbose_name="提醒单位")
    text = models.TextField("提醒内容")

    class Meta:
        ordering = ("-sent_on", "-pk")
        constraints = PAIRS
        indexes = by_day("sent_on")

    def __str__(self) -> str:
        return f"{self.festival}节前提醒"


class UnitSubmission(RegisterRecord):
    """单位报送材料: what a unit owes by which day and when it came; files are attached."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="报送单位")
    kind = models.CharField("材料类别", max_length=30, choices=SubmissionKind.choices)
    title = models.CharField("材料名称", max_length=200, blank=True)
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="述职人员"
    )
    due_on = models.DateField("应报日期")
    received_on = models.DateField("收到日期", null=True, blank=True)

    class Meta:
        ordering = ("-due_on", "-pk")
        indexes = by_day("due_on")
        constraints = (
            *PAIRS,
            rule(
                ~Q(kind=SubmissionKind.DUAL_DUTY) | Q(official__isnull=False),
                "dual_duty_names_its_author",
                "“一岗双责”书面材料须选择述职人员，以便按人统计。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}{self.get_kind_display()}"


class ResponsibilityList(RegisterRecord):
    """“两个责任”清单 of one unit and year."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("责任", max_length=20, choices=DutyKind.choices)
    year = models.PositiveIntegerField("年度")
    listed_on = models.DateField("报备日期")
    items = models.TextField("清单事项")
    state = models.CharField("状态", max_length=20, choices=ListState.choices, default=ListState.DRAFT)

    class Meta:
        ordering = ("-listed_on", "-pk")
        indexes = by_day("listed_on")
        constraints = (
            *PAIRS,
            models.UniqueConstraint(
                fields=("unit", "kind", "year"),
                condition=Q(removed_at__isnull=True),
                name="one_responsibility_list_a_year",
                violation_error_message="该单位本年度已有这类责任清单，请修改原有的一条。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}{self.year}年{self.get_kind_display()}清单"
