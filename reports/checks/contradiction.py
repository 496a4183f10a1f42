"""Contradiction: two records of the office that cannot both be right (A6.2, A9.7, A9.8, A10.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import NoReverseMatch, reverse

from accounts.calendar import local_day
from accounts.limits import Limit
from accounts.models import Attachment, Duty
from accounts.periods import Period, PeriodKind
from checklists.models import ChecklistItemChange
from checklists.states import ChangeKind, ChangeStep, ItemStep
from ledgers.models import RowKind, UnitLedgerEntry
from reports.checks.declared import MOST, Check, Gravity, Hit, declare
from reports.counting.catalogue import FIGURES, Scope
from reports.models import QuarterlyAddendum, QuarterlyReport
from reports.quarterly.tokens import value_words
from supervision.documents.kinds import DocumentStep
from supervision.models import DocumentPoint, DocumentReply, Problem, RectificationItem, Round
from supervision.rounds.states import RoundStep, Route

ENTRY_LAG = Limit("reply_entry_days", 5, "A9.7e", "回复收到后多少天内登记（超过的列入矛盾核对）")
# Figures of a report that count records by a day of their own: what is judged on a day (open, overdue, owed) changes rightly.
DATED = {
    "problems_found": "found_on",
    "rectification_closed": "closed_on",
    "documents": "issued_on",
    "clues": "transferred_on",
}
CUT = 30  # characters of a problem in a sentence


def _problem(pk: int) -> str:
    return reverse("supervision:problem", args=[pk])


def closed_before_notice(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Problems struck off although the document that asks for the rectification was not yet served."""
    early = Q(document__served_on__isnull=True) | Q(document__served_on__gt=F("problem__rectification__closed_on"))
    rows: Any = DocumentPoint.objects.filter(
        early, problem__organ_id__in=organs, problem__removed_at__isnull=True, document__issued_on__lte=day,
        document__follows__isnull=True, problem__rectification__closed_on__isnull=False,
    )  # fmt: skip
    rows = rows.exclude(document__step=DocumentStep.VOIDED).order_by("-pk").values(
        "problem_id", "problem__organ_id", "problem__description", "problem__rectification__closed_on", "document_id",
        "document__title", "document__served_on")  # fmt: skip
    for row in rows[:MOST]:
        closed, served = row["problem__rectification__closed_on"], row["document__served_on"]
        when = f"{served}才送达" if served else "还没有登记送达"
        text = f"“{row['problem__description'][:CUT]}”{closed}销号，而《{row['document__title'][:CUT]}》{when}。"
        yield Hit(row["problem__organ_id"], text, reverse("supervision:document", args=[row["document_id"]]),
                  f"problem:{row['problem_id']}:{row['document_id']}", closed)  # fmt: skip


def clue_not_transferred(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """A clue number in the ledger, or the way 移送审查调查, without any clue that was handed over."""
    named = ~Q(clue_ref="") | Q(routes__route=Route.REVIEW)
    rows: Any = Problem.objects.live().filter(named, organ_id__in=organs, clues__isnull=True, found_on__lte=day)
    rows = rows.order_by("-pk").distinct().values("pk", "organ_id", "description", "clue_ref", "found_on")
    for row in rows[:MOST]:
        said = f"填写了线索编号“{row['clue_ref']}”" if row["clue_ref"] else "处置方式是移送审查调查"
        text = f"“{row['description'][:CUT]}”{said}，没有线索移送记录。"
        yield Hit(row["organ_id"], text, _problem(row["pk"]), f"problem:{row['pk']}", row["found_on"])


def outside_the_list(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Rounds for a project which is not on the approved list; one that had ended when its project was taken off is in order."""
    taken_off = ChecklistItemChange.objects.filter(
        item_id=OuterRef("item_id"),
        kind=ChangeKind.WITHDRAW,
        step=ChangeStep.APPLIED,
        applied_at__date__gte=OuterRef("ended_on"),
    )
    rows: Any = Round.objects.filter(~Exists(taken_off), organ_id__in=organs, started_on__lte=day)
    rows = rows.exclude(item__step=ItemStep.LISTED)
    rows = (
        rows.exclude(step=RoundStep.CANCELLED)
        .order_by("-pk")
        .values("pk", "organ_id", "title", "item__title", "item__step", "started_on")
    )
    for row in rows[:MOST]:
        text = f"“{row['title'][:CUT]}”{row['started_on']}启动，而项目“{row['item__title'][:CUT]}”{ItemStep(row['item__step']).label}，不在印发的清单内。"
        yield Hit(
            row["organ_id"],
            text,
            reverse("supervision:round", args=[row["pk"]]),
            f"round:{row['pk']}",
            row["started_on"],
        )


def late_marked_in_time(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Duties of reply that count as done in time although the last reply came after the day, or was entered long after it."""
    duties: Any = Duty.objects.filter(
        kind="document_reply", organ_id__in=organs, fulfilled_at__date__lte=F("due_on"), subject_id__gt=0
    ).order_by("-pk")
    due = dict(duties.values_list("subject_id", "due_on")[:MOST])
    lag = timedelta(days=ENTRY_LAG.on(day))
    rows = DocumentReply.objects.filter(document_id__in=due).order_by("document_id", "received_on", "pk").values(
        "document_id", "document__organ_id", "document__title", "received_on", "recorded_at")  # fmt: skip
    for key, group in groupby(rows, key=lambda row: row["document_id"]):
        row = list(group)[-1]
        if words := _late(row["received_on"], row["recorded_at"], due[key], lag):
            text = f"《{row['document__title'][:CUT]}》回复期限{due[key]}，{words}，职责却记为按时完成。"
            yield Hit(
                row["document__organ_id"],
                text,
                reverse("supervision:document", args=[key]),
                f"document:{key}",
                due[key],
            )


def _late(received: date, recorded_at: datetime, due: date, lag: timedelta) -> str:
    recorded = local_day(recorded_at)
    if received > due:
        return f"最后一次回复{received}才收到"
    if recorded > due and recorded - received > lag:
        return f"收到日期填为{received}，{recorded}才登记"
    return ""


def proof_on_two_items(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """The same file, by its digest, as evidence of two rectifications. Another organ's problem is not named."""
    kind = ContentType.objects.get_for_model(RectificationItem)
    files: Any = Attachment.objects.filter(subject_type=kind, purpose="evidence", organ_id__in=organs, size__gt=0)
    twice = _twice(files)
    rows = (
        files.filter(digest__in=twice)
        .order_by("digest", "pk")
        .values("digest", "subject_id", "organ_id", "name", "uploaded_at")
    )
    items = RectificationItem.objects.filter(
        pk__in={row["subject_id"] for row in rows}, problem__removed_at__isnull=True
    )
    problems = {pk: (key, text) for pk, key, text in items.values_list("pk", "problem_id", "problem__description")}
    for _, group in groupby(rows, key=lambda row: row["digest"]):
        uses = {row["subject_id"]: row for row in reversed(list(group)) if row["subject_id"] in problems}
        first, *others = sorted(uses.values(), key=lambda row: (row["uploaded_at"], row["subject_id"])) or [None]
        for row in others:
            key, text = problems[row["subject_id"]]
            before = (
                f"“{problems[first['subject_id']][1][:CUT]}”"
                if first["organ_id"] == row["organ_id"]
                else "另一单位的一个问题"
            )
            yield Hit(row["organ_id"], f"“{text[:CUT]}”的佐证“{row['name'][:CUT]}”，已用于{before}，是同一份文件。", _problem(key),
                      f"evidence:{row['digest'][:16]}:{row['subject_id']}", local_day(row["uploaded_at"]))  # fmt: skip


def _twice(files: Any) -> list[str]:
    """Digests that stand at more than one rectification."""
    used = files.order_by().values("digest").annotate(items=Count("subject_id", distinct=True)).filter(items__gt=1)
    return list(used.values_list("digest", flat=True)[:MOST])


def nothing_found_yet_found(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Ledger rows 未发现问题 beside a problem of the same task, unit and quarter."""
    rows: Any = UnitLedgerEntry.objects.live().filter(organ_id__in=organs, kind=RowKind.NO_PROBLEM, item__isnull=False)
    empty = list(
        rows.order_by("-pk").values(
            "pk", "organ_id", "item_id", "item__title", "unit_id", "year", "created_at", "pending"
        )[:MOST]
    )
    problems: Any = Problem.objects.live().filter(item_id__in={row["item_id"] for row in empty}, found_on__lte=day)
    found = list(problems.order_by("pk").values("pk", "organ_id", "item_id", "unit_id", "found_on"))
    for row in empty:
        quarter = Period.of(PeriodKind.QUARTER, _day_of(row))
        same = [one for one in found if (one["organ_id"], one["item_id"]) == (row["organ_id"], row["item_id"])
                and one["found_on"] in quarter and row["unit_id"] in (None, one["unit_id"])]  # fmt: skip
        if same:
            text = f"台账“{row['item__title'][:CUT]}”一行写“未发现问题”，而{quarter.label}同一任务已登记问题{len(same)}个。"
            yield Hit(
                row["organ_id"],
                text,
                f"{reverse('ledgers:ledger', args=[row['organ_id']])}?year={row['year']}",
                f"ledger:{row['pk']}",
                same[0]["found_on"],
            )


def _day_of(row: dict[str, Any]) -> date:
    """The day that was typed into the row, else the day of typing."""
    typed = (row["pending"].get("found_on") or {}).get("text", "")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return local_day(row["created_at"])


def report_unlike_ledger(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Counts of each organ's newest report that the ledger no longer gives, each up to the day on which it was taken.

    What an addendum corrected is read from the addendum: with it the report is mended.
    """
    reports = submitted_reports(organs)
    corrected = _corrections([row["pk"] for row in reports])
    counted: dict[Period, Any] = {}
    for row in reports:
        quarter = Period.quarter(row["year"], row["quarter"])
        if quarter not in counted:
            counted[quarter] = _by_day(organs, quarter, day)
        taken, told = local_day(row["data_as_of"]), []
        for key in DATED:
            if key not in row["figures"]:
                continue
            figure = value_words(key, row["figures"][key])
            said, until = corrected.get((row["pk"], key), (figure, taken))
            now = value_words(
                key, {"value": sum(n for on, n in counted[quarter][key].get(row["organ_id"], ()) if on <= until)}
            )
            if said != now:
                told.append(f"{FIGURES[key].label}报告写{said}、台账为{now}")
        if told:
            text = f"{quarter.label}报告与台账不一致：{'，'.join(told)}。"
            yield Hit(row["organ_id"], text, _report_page(row["pk"]), f"quarterly:{row['pk']}", taken)


def _corrections(reports: list[int]) -> dict[tuple[int, str], tuple[str, date]]:
    """(report, figure) -> what its last addendum says, and the day on which that was counted."""
    rows = QuarterlyAddendum.objects.filter(report_id__in=reports).order_by("report_id", "number")
    return {
        (report, row["key"]): (row["now"], local_day(at))
        for report, figures, at in rows.values_list("report_id", "figures", "signed_at")
        for row in figures
    }


def _by_day(organs: frozenset[int], quarter: Period, day: date) -> dict[str, dict[int, list[tuple[date, int]]]]:
    """Figure -> organ -> (day, count): one query for each figure, however many organs reported on however many days."""
    scope = Scope.of(organs, quarter.first, quarter.last, today=day)
    found: dict[str, dict[int, list[tuple[date, int]]]] = {}
    for key, path in DATED.items():
        figure = FIGURES[key]
        days: dict[int, list[tuple[date, int]]] = {}
        rows: Any = (
            figure.records(scope).order_by().values_list(figure.organ, path).annotate(count=Count("pk", distinct=True))
        )
        for organ, on, count in rows:
            days.setdefault(organ, []).append((on, count))
        found[key] = days
    return found


def _report_page(pk: int) -> str:
    try:
        return reverse("reports:quarterly_report", args=[pk])
    except NoReverseMatch:
        return ""


def submitted_reports(organs: frozenset[int]) -> list[dict[str, Any]]:
    """The newest report of each organ that was signed and sent."""
    sent = QuarterlyReport.objects.filter(data_as_of__isnull=False).exclude(step="draft")
    newest = sent.filter(organ_id=OuterRef("organ_id")).order_by("-year", "-quarter").values("pk")[:1]
    rows: Any = sent.filter(organ_id__in=organs, pk=Subquery(newest)).order_by("pk")
    return list(rows.values("pk", "organ_id", "year", "quarter", "figures", "data_as_of"))


declare(
    Check("closed_before_notice", "文书未送达先销号", Gravity.HIGH, "A9.8b",
          "整改从文书送达单位开始；送达以前就销号，说明送达或销号有一项登记错了。",
          "打开文书核对送达日期，或请审核人核对销号日期。", closed_before_notice),
    Check("clue_not_transferred", "有线索、无移送", Gravity.HIGH, "A9.7g",
          "发现的问题线索应当按规定移送，只写编号而没有移送记录，线索可能没有交接。",
          "打开问题登记线索移送；编号填错的，更正编号。", clue_not_transferred),
    Check("outside_list", "清单外开展监督", Gravity.HIGH, "A6.1e",
          "监督项目应当列入县纪委常委会审定的清单；点题事项须先走增补程序。",
          "按程序申请增补项目，或取消这一轮监督。", outside_the_list),
    Check("late_in_time", "逾期回复记为按时", Gravity.MIDDLE, "A9.7e",
          "单位逾期回复应当如实反映；记为按时会使按时率失真。",
          "打开文书核对每次回复的收到日期和是否逐项答复。", late_marked_in_time),
    Check("proof_reused", "一份佐证用于两个问题", Gravity.MIDDLE, "A9.8b",
          "每个问题都要有自己的整改佐证；同一份文件用于两处，可能是以旧充新。",
          "核对佐证是否确实说明两个问题；不是的，请单位补充。", proof_on_two_items),
    Check("nothing_yet_found", "写未发现、又有问题", Gravity.LOW, "A6.2b",
          "同一任务、同一季度既写“未发现问题”又登记了问题，台账前后矛盾。",
          "删除“未发现问题”一行，或核对问题所属的任务。", nothing_found_yet_found),
    Check("report_unlike_ledger", "报告与台账不一致", Gravity.HIGH, "A10.4a",
          "季度报告的数字应当与台账一致；报送以后台账改动，也应当说明。",
          "核对台账的改动；报告有误的，补报更正。", report_unlike_ledger),
)  # fmt: skip
