"""“回头看”: planned by risk, answered in three parts, and what rebounds is open again (A9.8e)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day, spoken
from accounts.digest import sm3
from accounts.models import Attachment
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from supervision import rules
from supervision.actions.rectification import NO_CLOSING, follow_again
from supervision.cure.look_back_report import report_of
from supervision.cure.risk import closed_rows
from supervision.models import LookBack, LookBackResult, RectificationItem
from supervision.states import LookBackStep, LookBackVerdict, RectificationStep, Risk

ARTICLE = "A9.8e"
ANSWERS = {
    "tasks_answer": "任务完成怎么样",
    "rectification_answer": "问题整改怎么样",
    "mechanism_answer": "机制建设怎么样",
}
PURPOSES = {
    f"{name.removesuffix('_answer')}_{when}": f"{label[:4]}（{word}）"
    for name, label in ANSWERS.items()
    for when, word in (("before", "整改前"), ("after", "整改后"))
}


@dataclass(frozen=True)
class Answers:
    """What the team brought back. `results`: id of the result -> (verdict, finding)."""

    held_on: date | None
    team: str
    tasks_answer: str
    rectification_answer: str
    mechanism_answer: str
    results: Mapping[int, tuple[str, str]]


def look_back_url(look: LookBack) -> str:
    """Where a look back is read."""
    return reverse("supervision:look_back", args=[look.pk])


@transaction.atomic
def plan_look_back(
    items: Iterable[RectificationItem], *, planned_on: date, by: Any, at: datetime, reason: str = ""
) -> LookBack:
    """Plan a look back at struck-off problems of one unit; the risks of today become its reasons. Raises `Refused`."""
    chosen = list(items)
    if not chosen:
        raise Refused("请至少选择一个已销号的问题。", ARTICLE)
    unit = chosen[0].problem.unit
    organ_id = chosen[0].organ_id
    if not has(by, Permission.DRAFT, organ_id):
        raise Refused("“回头看”由监督单位安排。", ARTICLE)
    if any(item.problem.unit_id != unit.pk or item.organ_id != organ_id for item in chosen):
        raise Refused("一次“回头看”针对一个单位。请分单位安排。", ARTICLE)
    if planned_on < local_day(at):
        raise Refused("计划日期不能早于今天。", ARTICLE)
    rows = _risks(chosen)
    words = list(dict.fromkeys(word for row in rows.values() for word in row["words"]))
    look = LookBack.objects.create(organ_id=organ_id, unit=unit, planned_on=planned_on, created_by=by, created_at=at,
                                   reason=reason.strip() or "、".join(words) or "例行核查")  # fmt: skip
    for item in chosen:
        LookBackResult.objects.create(look_back=look, rectification=item, reasons=rows[item.pk]["reasons"])
    event = record(look, "plan", by=by, at=at, label="安排回头看", note=look.reason, article=ARTICLE)
    told_by(
        event, staff_of(organ_id).exclude(pk=by.pk), f"已安排{spoken(planned_on)}开展{look}。", link=look_back_url(look)
    )
    return look


def _risks(chosen: list[RectificationItem]) -> dict[int, dict[str, Any]]:
    keys = [item.pk for item in RectificationItem.objects.select_for_update().filter(pk__in=[one.pk for one in chosen])]
    rows = {row["pk"]: row for row in closed_rows(RectificationItem.objects.filter(pk__in=keys))}
    for item in chosen:
        if item.pk not in rows:
            raise Refused(f"“{item.problem}”还没有销号，“回头看”针对已销号的问题。", ARTICLE)
    taken = LookBackResult.objects.filter(rectification_id__in=keys, look_back__step=LookBackStep.PLANNED).first()
    if taken is not None:
        raise Refused(f"“{taken.rectification.problem}”已列入{taken.look_back.planned_on:%Y-%m-%d}的回头看。", ARTICLE)
    return rows


def _open(look: LookBack, by: Any) -> LookBack:
    fresh = LookBack.objects.select_for_update(of=("self",)).select_related("organ", "unit").get(pk=look.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("“回头看”由监督单位办理。", ARTICLE)
    if fresh.step != LookBackStep.PLANNED:
        raise Refused(f"{fresh}{fresh.get_step_display()}，内容已锁定。", ARTICLE)
    return fresh


@transaction.atomic
def save_answers(look: LookBack, answers: Answers, *, by: Any, at: datetime, finish: bool = False) -> LookBack:
    """Keep what the team brought back; with `finish` it is complete, frozen as a report, and what rebounds is reopened.

    Raises `Refused`; then nothing is kept.
    """
    fresh = _open(look, by)
    if answers.held_on and answers.held_on > local_day(at):
        raise Refused("“回头看”日期不能晚于今天。", ARTICLE)
    fresh.held_on, fresh.team = answers.held_on, answers.team.strip()
    for name in ANSWERS:
        text = getattr(answers, name).strip()
        rules.is_text(text).enforce()
        setattr(fresh, name, text)
    results = _write_results(fresh, answers.results)
    if finish:
        _whole(fresh, results)
        _finish(fresh, results, by=by, at=at)
    fresh.save()
    return fresh


def _write_results(look: LookBack, given: Mapping[int, tuple[str, str]]) -> list[LookBackResult]:
    rows = list(look.results.select_related("rectification__problem"))
    for row in rows:
        verdict, finding = given.get(row.pk, (row.verdict, row.finding))
        if verdict and verdict not in LookBackVerdict.values:
            raise Refused("请从未反弹、反弹、未完成中选择一项。", ARTICLE)
        rules.is_text(finding.strip()).enforce()
        row.verdict, row.finding = verdict, finding.strip()
        row.save()
    return rows


def _whole(look: LookBack, results: list[LookBackResult]) -> None:
    missing = [label for name, label in ANSWERS.items() if not getattr(look, name)]
    missing += [] if look.held_on else ["回头看日期"]
    missing += [] if look.team else ["工作组"]
    if missing:
        raise Refused(f"还缺{'、'.join(missing)}，补齐后才能完成“回头看”。", ARTICLE)
    for row in results:
        if not row.verdict:
            raise Refused(f"“{row.rectification.problem}”还没有核查结果。", ARTICLE)
        if row.verdict != LookBackVerdict.OK and not row.finding:
            raise Refused(f"“{row.rectification.problem}”{row.get_verdict_display()}，请写明核查情况。", ARTICLE)


def _finish(look: LookBack, results: list[LookBackResult], *, by: Any, at: datetime) -> None:
    look.report_text = report_of(look, results)
    look.report_digest = sm3(look.report_text.encode())
    look.step, look.finished_by, look.finished_at = LookBackStep.HELD, by, at
    again = [row for row in results if row.verdict != LookBackVerdict.OK]
    for row in again:
        reopen_found(row.rectification, "rebound", note=f"{row.get_verdict_display()}：{row.finding}", by=by, at=at)
    event = record(look, "finish", by=by, at=at, label="完成回头看", note=f"{len(again)}个问题重新开启" if again else "未发现反弹",
                   article=ARTICLE, from_step=LookBackStep.PLANNED, to_step=LookBackStep.HELD)  # fmt: skip
    told_by(event, staff_of(look.organ_id).exclude(pk=by.pk), f"{look}已完成。", link=look_back_url(look))


def reopen_found(item: RectificationItem, verb: str, *, note: str, by: Any, at: datetime) -> None:
    """Open a struck-off rectification again by what a second look found, and count it; one that is open stays as it is."""
    fresh = RectificationItem.objects.select_for_update(of=("self",)).select_related("problem").get(pk=item.pk)
    if fresh.step != RectificationStep.CLOSED:
        return
    event = move(fresh, verb, by=by, at=at, note=note, by_chain=True,
                 along={**NO_CLOSING, "rebound_count": fresh.rebound_count + 1})  # fmt: skip
    follow_again(fresh, by=by, at=at)
    link = reverse("supervision:problem", args=[fresh.problem_id])
    told_by(event, staff_of(fresh.organ_id).exclude(pk=by.pk), f"{event.label}：{fresh.problem}。", link=link)


@transaction.atomic
def add_look_back_evidence(look: LookBack, upload: Any, *, purpose: str, by: Any, at: datetime) -> Attachment:
    """A file for one of the three questions, from before or after the rectification. Raises `Refused`."""
    fresh = _open(look, by)
    if purpose not in PURPOSES:
        raise Refused("请选择材料对应的问题，以及整改前还是整改后。", ARTICLE)
    return attach(fresh, upload, organ_id=fresh.organ_id, by=by, at=at, purpose=purpose)


@transaction.atomic
def cancel_look_back(look: LookBack, *, by: Any, at: datetime, reason: str) -> None:
    """Take a planned look back off the plan, with a reason. Raises `Refused`."""
    fresh = _open(look, by)
    if not reason.strip():
        raise Refused("取消须写明理由。", ARTICLE)
    fresh.step = LookBackStep.CANCELLED
    fresh.save()
    record(fresh, "cancel", by=by, at=at, label="取消回头看", note=reason.strip(), article=ARTICLE)


def risk_words(codes: Iterable[str]) -> str:
    """Codes of Risk in the office's words."""
    return "、".join(Risk(code).label for code in codes if code in Risk.values)
