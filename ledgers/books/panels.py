"""Soft lists of the registers: what waits, for whom a talk may be due, which holiday comes. Persons decide; nothing is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.calendar import festival_ahead, spoken
from accounts.desk import Panel, panel
from accounts.models import Duty, Official, SupervisedUnit
from accounts.permissions import Permission, anywhere, organ_ids
from ledgers.deadlines import HOLIDAY_NOTICE_DAYS, LONG_TENURE_YEARS, NEW_POST_DAYS, PROFILE_STALE_DAYS
from ledgers.models import (
    CaseAnalysis,
    CaseDrivenRectification,
    CaseRecord,
    IntegrityOpinion,
    ReminderNotice,
    TalkRecord,
    UnitProfile,
    UnitSubmission,
)
from ledgers.register_states import TalkKind
from supervision.states import Nature

SHOWN = 12
Entry = dict[str, Any]


def _entry(
    text: str,
    button: str,
    key: str,
    *,
    note: str = "",
    due_on: date | None = None,
    query: str = "",
    pk: int | None = None,
) -> Entry:
    address = (
        reverse("ledgers:register_record", args=[key, pk])
        if pk
        else reverse("ledgers:register_new", args=[key]) + query
    )
    return {"text": text, "note": note, "due_on": due_on, "button": button, "address": address}


def _list(title: str, article: str, entries: list[Entry], count: int) -> dict[str, Any] | None:
    return {"title": title, "article": article, "entries": entries, "count": count} if count else None


def new_since(day: date) -> date:
    """The first day of a post that is new today (S2-4)."""
    return day - timedelta(days=NEW_POST_DAYS.on(day))


def posts_due(organ_ids_: Iterable[int], day: date) -> Any:
    """Posts newly filled or held for long, without their talk, newest first (S2-4)."""
    fresh = new_since(day)
    years = LONG_TENURE_YEARS.on(day)
    long_since = date(day.year - years, day.month, min(day.day, 28))
    talks: Any = TalkRecord.objects.live().filter(official=OuterRef("pk"))
    welcomed = Exists(talks.filter(kind=TalkKind.NEW_POST, talk_date__gte=OuterRef("post_since")))
    reminded = Exists(talks.filter(kind=TalkKind.LONG_TENURE, talk_date__year=day.year))
    return (
        Official.objects.filter(unit__organ_id__in=organ_ids_, is_active=True)
        .filter(Q(~welcomed, post_since__gte=fresh, post_since__lte=day) | Q(~reminded, post_since__lte=long_since))
        .order_by("-post_since", "pk")
    )


def talks_due(user: Any, day: date) -> dict[str, Any] | None:
    """The first of these posts; who talks, and whether, people decide (A8, S2-4)."""
    rows = posts_due(organ_ids(user, Permission.DRAFT), day)
    fresh = new_since(day)
    entries = [_talk_entry(row, fresh) for row in rows.values("pk", "unit__name", "post", "post_since")[:SHOWN]]
    return _list("可以安排谈话的岗位", "A8", entries, rows.count() if entries else 0)


def _talk_entry(row: dict[str, Any], new_from: date) -> Entry:
    fresh = row["post_since"] >= new_from
    kind = TalkKind.NEW_POST if fresh else TalkKind.LONG_TENURE
    return _entry(f"{row['unit__name']}{row['post']}", "登记谈话", "talks", query=f"?official={row['pk']}&kind={kind}",
                  note=f"{row['post_since']:%Y-%m-%d}任现职，{'新任职' if fresh else '长期同岗'}。是否谈话由人确定。")  # fmt: skip


def cases_to_analyse(user: Any, day: date) -> dict[str, Any] | None:
    """Concluded cases without an analysis: “一案一剖析” (A10.3, S1-7)."""
    rows = _cases(user).filter(
        ~Exists(CaseAnalysis.objects.live().filter(case=OuterRef("pk"))), concluded_on__isnull=False
    )
    return _case_list(rows, "已办结、还没有剖析的案件", "case-analyses", "登记剖析", day)


def political_cases(user: Any, day: date) -> dict[str, Any] | None:
    """Cases against political discipline for which no 以案促改 has been entered (A10.3b)."""
    linked = Exists(CaseDrivenRectification.objects.live().filter(case=OuterRef("pk")))
    rows = _cases(user).filter(~linked, discipline=Nature.POLITICAL)
    return _case_list(rows, "违反政治纪律、还没有开展以案促改的案件", "case-driven", "登记以案促改", day)


def _cases(user: Any) -> Any:
    ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.COORDINATE)
    return CaseRecord.objects.live().filter(Q(organ_id__in=ids) | Q(handled_by_id__in=ids)).order_by("filed_on", "pk")


def _case_list(rows: Any, title: str, key: str, button: str, day: date) -> dict[str, Any] | None:
    values = list(rows.values("pk", "code", "unit__name", "handled_by__name", "concluded_on")[:SHOWN])
    entries = [_entry(f"案件{row['code']}", button, key, query=f"?case={row['pk']}",
                      note="，".join(filter(None, (row["unit__name"], row["handled_by__name"])))) for row in values]  # fmt: skip
    return _list(title, "A10.3", entries, rows.count() if entries else 0)


def papers_late(user: Any, day: date) -> dict[str, Any] | None:
    """Papers that units owe and have not handed in (S3-4)."""
    rows: Any = UnitSubmission.objects.live().filter(
        organ_id__in=organ_ids(user, Permission.DRAFT), received_on__isnull=True, due_on__lt=day
    )
    found = rows.order_by("due_on", "pk").select_related("unit")[:SHOWN]
    entries = [
        _entry(f"{row}：{row.title}" if row.title else str(row), "查看", "submissions", due_on=row.due_on, pk=row.pk)
        for row in found
    ]
    return _list("单位应报未报的材料", "A4", entries, rows.count() if entries else 0)


def opinions_waiting(user: Any, day: date) -> dict[str, Any] | None:
    """Integrity opinions to be answered soon or late (S1-17)."""
    rows: Any = IntegrityOpinion.objects.live().filter(
        organ_id__in=organ_ids(user, Permission.DRAFT),
        replied_on__isnull=True,
        reply_due_on__lte=day + timedelta(days=Duty.SOON_DAYS),
    )
    found = rows.order_by("reply_due_on", "pk")[:SHOWN]
    entries = [_entry(str(row), "查看", "integrity-opinions", due_on=row.reply_due_on, pk=row.pk) for row in found]
    return _list("待回复的党风廉政意见", "A10.5", entries, rows.count() if entries else 0)


def profiles_stale(user: Any, day: date) -> dict[str, Any] | None:
    """Units without a profile, or with one nobody has looked at for long (S2-5)."""
    kept = Exists(
        UnitProfile.objects.live().filter(
            unit=OuterRef("pk"), checked_on__gte=day - timedelta(days=PROFILE_STALE_DAYS.on(day))
        )
    )
    rows: Any = SupervisedUnit.objects.filter(
        ~kept, organ_id__in=organ_ids(user, Permission.DRAFT), active_to__isnull=True
    )
    known = dict(UnitProfile.objects.live().filter(unit__in=rows).values_list("unit_id", "pk"))
    entries = [_entry(row["name"], "更新" if row["pk"] in known else "登记", "profiles", query=f"?unit={row['pk']}", pk=known.get(row["pk"]))
               for row in rows.order_by("pk").values("pk", "name")[:SHOWN]]  # fmt: skip
    return _list("基本情况待登记或更新的单位", "A4", entries, rows.count() if entries else 0)


def holiday_notice(user: Any, day: date) -> dict[str, Any] | None:
    """A festival within a few days, and no reminder sent for it yet (S3-13)."""
    mine = user.organ_id if user.organ_id in organ_ids(user, Permission.DRAFT) else None
    days = HOLIDAY_NOTICE_DAYS.on(day)
    coming = festival_ahead(day, days) if mine else None
    if coming is None:
        return None
    starts, name = coming
    if (
        ReminderNotice.objects.live()
        .filter(organ_id=mine, sent_on__gt=starts - timedelta(days=30), sent_on__lte=day, festival__contains=name)
        .exists()
    ):
        return None
    entry = _entry(
        f"{name}将至（{spoken(starts)}起），可以向各单位发送节前廉政提醒。",
        "登记提醒",
        "reminders",
        query=f"?festival={name}",
    )
    return _list("节前廉政提醒", "A8", [entry], 1)


SOFT: tuple[Callable[[Any, date], dict[str, Any] | None], ...] = (
    holiday_notice, opinions_waiting, papers_late, political_cases, cases_to_analyse, talks_due, profiles_stale,
)  # fmt: skip


def soft_lists(user: Any, day: date) -> list[dict[str, Any]]:
    """Lists for the registers' home page, only those that hold something."""
    return [found for ask in SOFT if (found := ask(user, day))]


def prompts(user: Any, day: date) -> dict[str, Any] | None:
    """For the desk: the coming holiday, and opinions to answer; the longer lists stand on the registers' page.

    党风政风监督室's desk is about the organs; its own prompts stand on the registers' page as well.
    """
    if anywhere(user, Permission.COORDINATE):
        return None
    lists = [found for ask in (holiday_notice, opinions_waiting) if (found := ask(user, day))]
    entries = [entry for found in lists for entry in found["entries"]][:6]
    more = reverse("ledgers:register_home")
    return {"title": "工作登记提示", "count": len(entries), "more": more, "entries": entries} if entries else None


panel(Panel("registers", "_panel.html", prompts, column="soon", order=80))
