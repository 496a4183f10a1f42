"""质效评估 once a year: a prompt without a term of the regulation, the day is the office's own (A10.5a, AMB-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounts.duties import SOFT, DutyKind, Owed, Proof, declare
from accounts.limits import month_day
from accounts.models import Duty, Organ
from accounts.periods import Period
from accounts.roles import OrganKind
from reports.evaluation.limits import EVALUATION_DUE
from reports.evaluation.states import TableStep
from reports.models import EvaluationTable


def _owed(day: date) -> Iterable[Owed]:
    """党风政风监督室 of every county, from its first full year on; the day lies in the year after."""
    year = Period.of("year", day)
    for office in Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).active(on=day):
        if year.owes(office):
            yield Owed(organ=office, title=f"评估派驻组和乡镇纪委政治监督质效（{year.label}）", opened_on=year.first, period=year.key,
                       due_on=month_day(EVALUATION_DUE.on(year.first), year.at_year + 1), link=f"/evaluation/?year={year.key}")  # fmt: skip


def _done(duty: Duty) -> Proof | None:
    row = EvaluationTable.objects.filter(
        organ_id=duty.organ_id, year=int(duty.period), step=TableStep.CONFIRMED
    ).first()
    if row is None or row.confirmed_at is None:
        return None
    return Proof(row.confirmed_at, "县纪委常委会已确认评估结果", row.get_absolute_url())


declare(DutyKind("evaluation", "A10.5a", "政治监督质效评估（建议）", _owed, _done, ladder=SOFT, soft=True))
