"""Cases as references and dates, and what is learnt from them: analysis, rectification, education, rules, money."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Official, Organ, SupervisedUnit
from ledgers.models.registers.base import PAIRS, RegisterRecord, by_day, rule
from ledgers.register_states import DualCheck, InstitutionSource
from supervision.models import Clue, Problem
from supervision.states import Nature


class CaseRecord(RegisterRecord):
    """案件: number, days and counts, as 案管室 reports them. No narrative, no names (AMB-10)."""

    code = models.CharField("案件编号", max_length=40)
    filed_on = models.DateField("立案日期")
    unit = models.ForeignKey(
        SupervisedUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="案发单位"
    )
    discipline = models.CharField("违反纪律类别", max_length=40, choices=Nature.choices, blank=True)
    handled_by = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="查办单位"
    )
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来源线索")
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    persons_transferred = models.PositiveIntegerField("移送审查起诉人数", default=0)
    transferred_on = models.DateField("移送日期", null=True, blank=True)
    dual_check = models.CharField("“一案双查”", max_length=20, choices=DualCheck.choices, blank=True)
    triple_check = models.BooleanField("“一案三查”", default=False)

    class Meta:
        ordering = ("-filed_on", "-pk")
        indexes = by_day("filed_on")
        constraints = (
            *PAIRS,
            models.UniqueConstraint(
                fields=("organ", "code"),
                condition=Q(removed_at__isnull=True),
                name="one_case_per_code",
                violation_error_message="这个案件编号已经登记，请核对。",
            ),
            rule(
                Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("filed_on")),
                "case_concluded_after_filed",
                "办结日期早于立案日期，请核对。",
            ),
            rule(
                Q(transferred_on__isnull=True, persons_transferred=0)
                | Q(transferred_on__isnull=False, persons_transferred__gt=0),
                "case_transfer_has_day_and_persons",
                "移送审查起诉须同时填写日期和人数。",
            ),
        )

    def __str__(self) -> str:
        return f"案件{self.code}"


class CaseAnalysis(RegisterRecord):
    """“一案一剖析”: what a concluded case says about a unit's system."""

    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="analyses", verbose_name="案件")
    analysed_on = models.DateField("剖析日期")
    system_gaps = models.TextField("体制机制漏洞")
    key_powers = models.TextField("权力运行关键点", blank=True)
    weak_points = models.TextField("内部管理薄弱点", blank=True)
    risk_points = models.TextField("问题易发风险点", blank=True)
    follow_up = models.TextField("后续监督安排", blank=True)

    class Meta:
        ordering = ("-analysed_on", "-pk")
        constraints = PAIRS
        indexes = by_day("analysed_on")

    def __str__(self) -> str:
        return f"{self.case}剖析"


class InstitutionBuilt(RegisterRecord):
    """督促出台完善的制度: one rule of one unit, with what it answers."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="出台单位")
    title = models.CharField("制度名称", max_length=200)
    doc_no = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期")
    source = models.CharField("来源", max_length=20, choices=InstitutionSource.choices)
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="institutions", verbose_name="对应问题"
    )
    case = models.ForeignKey(
        CaseRecord, models.PROTECT, null=True, blank=True, related_name="institutions", verbose_name="对应案件"
    )
    promoted_by = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="推动单位"
    )

    class Meta:
        ordering = ("-issued_on", "-pk")
        constraints = PAIRS
        indexes = by_day("issued_on")

    def __str__(self) -> str:
        return f"《{self.title}》"


class LossRecovered(RegisterRecord):
    """挽回经济损失: an amount in yuan with the receipt that proves it."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="涉及单位")
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    confirmed_on = models.DateField("确认日期")
    receipt = models.CharField("票据或凭证编号", max_length=80)
    note = models.CharField("说明", max_length=200, blank=True)
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="losses", verbose_name="对应问题"
    )
    case = models.ForeignKey(
        CaseRecord, models.PROTECT, null=True, blank=True, related_name="losses", verbose_name="对应案件"
    )
    handled_by = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理单位"
    )

    class Meta:
        ordering = ("-confirmed_on", "-pk")
        indexes = by_day("confirmed_on")
        constraints = (*PAIRS, rule(Q(amount__gt=0), "loss_is_money", "金额须大于0元。"))

    def __str__(self) -> str:
        return f"{self.unit}挽回{self.amount}元"


class CaseDrivenRectification(RegisterRecord):
    """以案促改 at one unit: notice, activities, problems treated, rules built, end (A10.3)."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="开展单位")
    case = models.ForeignKey(
        CaseRecord, models.PROTECT, null=True, blank=True, related_name="rectifications", verbose_name="对应案件"
    )
    noticed_on = models.DateField("通知日期")
    due_on = models.DateField("完成期限", null=True, blank=True)
    held_on = models.DateField("开展日期", null=True, blank=True)
    says = models.TextField("“以案四说”", blank=True)
    changes = models.TextField("“以案四改”", blank=True)
    activities = models.TextField("活动情况", blank=True)
    problems = models.ManyToManyField(
        Problem, blank=True, related_name="case_rectifications", verbose_name="治理的问题"
    )
    institutions = models.ManyToManyField(
        InstitutionBuilt, blank=True, related_name="case_rectifications", verbose_name="建立的制度"
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        ordering = ("-noticed_on", "-pk")
        indexes = by_day("noticed_on")
        constraints = (
            *PAIRS,
            rule(
                (Q(due_on__isnull=True) | Q(due_on__gte=F("noticed_on")))
                & (Q(held_on__isnull=True) | Q(held_on__gte=F("noticed_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("noticed_on"))),
                "case_driven_days_after_notice",
                "完成期限、开展日期和办结日期都不能早于通知日期，请核对。",
            ),
            rule(
                Q(closed_on__isnull=True) | Q(held_on__isnull=False),
                "case_driven_held_before_closed",
                "办结的以案促改须填写开展日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}以案促改（{self.noticed_on:%Y-%m-%d}）"


class WarningEducation(RegisterRecord):
    """以案示警: who was warned by which case; heads are counted, nobody is marked."""

    held_on = models.DateField("日期")
    units = models.ManyToManyField(SupervisedUnit, related_name="+", verbose_name="参加单位")
    case_text = models.CharField("警示案例", max_length=200)
    attendees = models.PositiveIntegerField("参加人数")
    officials = models.ManyToManyField(Official, blank=True, related_name="+", verbose_name="中层干部名单")
    middle_cadres = models.PositiveIntegerField("其中未列名的中层干部人数", default=0)

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = by_day("held_on")
        constraints = (
            *PAIRS,
            rule(
                Q(attendees__gt=0, middle_cadres__lte=F("attendees")),
                "warning_education_has_attendees",
                "参加人数须大于0，其中中层干部人数不能多于参加人数。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}警示教育"
