"""Talks (A8; practices of the office)."""

from django.db import models

from accounts.models import Official, SupervisedUnit
from ledgers.models.registers.base import PAIRS, FindsProblems, RegisterRecord, by_day
from ledgers.register_states import TalkerLevel, TalkKind


class TalkRecord(FindsProblems, RegisterRecord):
    """谈话: who talked with whom, when and what for; what was said stays between author and named leaders."""

    PERSONS = True

    kind = models.CharField("谈话类别", max_length=20, choices=TalkKind.choices)
    talk_date = models.DateField("谈话日期")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="所在单位")
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name="谈话对象")
    one_to_one = models.BooleanField("一对一", default=False)
    talker = models.CharField("谈话人", max_length=40)
    talker_level = models.CharField(
        "谈话人层级", max_length=20, choices=TalkerLevel.choices, default=TalkerLevel.ORGAN_HEAD
    )
    summary = models.TextField("谈话要点", blank=True)

    class Meta:
        ordering = ("-talk_date", "-pk")
        constraints = PAIRS
        indexes = by_day("talk_date")

    def __str__(self) -> str:
        return f"{self.talk_date:%Y-%m-%d}{self.get_kind_display()}记录（{self.unit}）"
