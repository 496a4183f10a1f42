"""A ledger that nobody touches is asked for: the organ first, then 党风政风监督室 (A6.2c)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse

from accounts.calendar import local_day, noon
from accounts.duties import SOFT, DutyKind, Owed, Proof, declare
from accounts.limits import LEDGER_SILENCE_DAYS
from accounts.models import Duty
from ledgers.models import UnitLedger, UnitLedgerEntry

NOTICE = timedelta(days=7)  # the duty appears that long before the silence is too long; a lively ledger has none


def owed(day: date) -> Iterator[Owed]:
    """The year's ledgers whose last change is nearly the allowed silence ago; the day of that change names the duty."""
    allowed = timedelta(days=LEDGER_SILENCE_DAYS.on(day))
    ledgers = UnitLedger.objects.filter(year=day.year).select_related("organ")
    changed = _last_changes(day.year)
    for ledger in ledgers:
        since = local_day(changed.get(ledger.organ_id, ledger.opened_at))
        if day >= since + allowed - NOTICE and _stands(ledger.organ, max(day, since + allowed)):
            yield Owed(
                organ=ledger.organ,
                title=f"更新{ledger.year}年工作台账（上次更新{since:%Y-%m-%d}）",
                due_on=since + allowed,
                opened_on=day,
                period=since.isoformat(),
                subject=ledger,
                link=f"{reverse('ledgers:ledger', args=[ledger.organ_id])}?year={ledger.year}",
            )


def _stands(organ: Any, day: date) -> bool:
    return (organ.active_from is None or organ.active_from <= day) and (
        organ.active_to is None or organ.active_to > day
    )


def _last_changes(year: int) -> dict[int, datetime]:
    rows: Any = UnitLedgerEntry.objects.live().filter(year=year).order_by().values("organ_id")
    return dict(rows.annotate(last=Max("updated_at")).values_list("organ_id", "last"))


def proofs(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The first change after the day that the duty names; the end of the year ends the duty of its ledger."""
    ledgers = {row.pk: row for row in UnitLedger.objects.filter(pk__in=[duty.subject_id for duty in duties])}
    changes = _changes(list(ledgers.values()))
    found: dict[int, Proof] = {}
    for duty in duties:
        ledger, since = ledgers.get(duty.subject_id), date.fromisoformat(duty.period)
        if ledger is None:
            continue
        after = (at for at in changes[ledger.organ_id, ledger.year] if local_day(at) > since)
        if (at := next(after, None)) is not None:
            found[duty.pk] = Proof(at, "台账已更新", duty.link)
    return found | _ended(duties, ledgers, found)


def _changes(ledgers: Sequence[UnitLedger]) -> dict[tuple[int, int], list[datetime]]:
    rows = UnitLedgerEntry.objects.live().filter(
        organ_id__in={ledger.organ_id for ledger in ledgers}, year__in={ledger.year for ledger in ledgers}
    )
    found: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for organ, year, at in rows.order_by("updated_at").values_list("organ_id", "year", "updated_at"):
        found[organ, year].append(at)
    return found


def _ended(duties: Sequence[Duty], ledgers: Mapping[int, UnitLedger], proved: Mapping[int, Proof]) -> dict[int, Proof]:
    """Whoever has begun the next year's ledger has closed the old one."""
    organs = {ledger.organ_id for ledger in ledgers.values()}
    opened = {(row.organ_id, row.year): row.opened_at for row in UnitLedger.objects.filter(organ_id__in=organs)}
    ended: dict[int, Proof] = {}
    for duty in duties:
        ledger = ledgers.get(duty.subject_id)
        if ledger is not None and duty.pk not in proved and (ledger.organ_id, ledger.year + 1) in opened:
            last = noon(date(ledger.year, 12, 31))
            ended[duty.pk] = Proof(last, "年度已结束，已建立下一年台账", duty.link)
    return ended


def _lapsed(duties: Sequence[Duty]) -> list[int]:
    """An abolished organ keeps its ledger no longer."""
    return [duty.pk for duty in duties if duty.organ.active_to is not None and duty.organ.active_to <= duty.due_on]


declare(
    DutyKind(
        "ledger_freshness", "A6.2c", "及时更新台账", owed, proofs=proofs, lapsed=_lapsed, ladder=SOFT, soft=True,
        summary="党风政风监督室动态掌握台账情况，督促指导",
    )
)  # fmt: skip
