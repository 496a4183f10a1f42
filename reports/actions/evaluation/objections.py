"""异议: filed by the organ's head in the window, proposed by a clerk of 党风政风监督室, decided by its head (A10.5a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Attachment
from accounts.notifications import holders, staff_of, told_by
from accounts.permissions import Permission, has
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from accounts.writing.overtaking import mark_of
from reports.actions.evaluation.schemes import BASIS
from reports.actions.evaluation.tables import rescore
from reports.evaluation import rules
from reports.evaluation.indicators import NAMES
from reports.evaluation.states import Answer, ObjectionStep
from reports.models import EvaluationObjection, EvaluationRow, EvaluationTable


@transaction.atomic
def file_objection(
    row: EvaluationRow, indicator: str, *, reason: str, by: Any, at: datetime, uploads: Sequence[Any] = ()
) -> EvaluationObjection:
    """An organ's head objects to one of its own values. Raises `Refused` outside the window and for anybody else."""
    table = EvaluationTable.objects.select_for_update().get(pk=row.table_id)
    if not has(by, Permission.HEAD, row.organ_id):
        raise Refused("异议由本单位负责人提出。", BASIS)
    rules.window_open(table, local_day(at)).enforce()
    if indicator not in NAMES:
        raise Refused("请选择有异议的指标。", BASIS)
    if not reason.strip():
        raise Refused("请写明异议理由和应计入的记录。", BASIS)
    if EvaluationObjection.objects.filter(row=row, indicator=indicator).exists():
        raise Refused(f"对“{NAMES[indicator]}”已提出过异议，每项指标限提一次。", BASIS)
    made = EvaluationObjection.objects.create(
        row=row, organ_id=row.organ_id, indicator=indicator, reason=reason.strip(), filed_by=by, filed_at=at
    )
    for one in uploads:
        attach(made, one, organ_id=row.organ_id, by=by, at=at, purpose="objection")
    event = record(made, "file", by=by, at=at, label="提出异议", note=made.reason, article=BASIS, to_step=made.step)
    told_by(event, staff_of(table.organ_id), f"{made}，请提出拟办意见。", link=table.get_absolute_url())
    return made


def _fresh(objection: EvaluationObjection) -> EvaluationObjection:
    """The objection, locked after its table, so that decisions come one after the other."""
    EvaluationTable.objects.select_for_update().get(rows__pk=objection.row_id)
    rows = EvaluationObjection.objects.select_for_update(of=("self",))
    return rows.select_related("organ", "row__table__scheme").get(pk=objection.pk)


@transaction.atomic
def propose(
    objection: EvaluationObjection, answer: str, *, reason: str, by: Any, at: datetime,
    values: Mapping[str, Decimal] | None = None, records: str = "",
) -> EvaluationObjection:  # fmt: skip
    """What a clerk proposes: the corrected values and the records they rest on, or why it stays. Raises `Refused`."""
    fresh = _fresh(objection)
    if answer not in Answer.values:
        raise Refused("请选择异议成立或不成立。", BASIS)
    if not reason.strip():
        raise Refused("请写明拟办理由。", BASIS)
    if answer == Answer.UPHOLD:
        rules.correction_fits(fresh.row, fresh.indicator, values or {}, records).enforce()
    proposal = {key: str(value) for key, value in (values or {}).items()} if answer == Answer.UPHOLD else {}
    event = move(fresh, "propose", by=by, at=at, note=reason.strip(), along={
        "answer": answer, "proposal": proposal, "records": records.strip()[:300], "proposal_reason": reason.strip(),
        "proposed_by": by, "proposed_at": at,
    })  # fmt: skip
    heads = holders(Permission.DIRECT, fresh.organ_id).exclude(pk=by.pk)
    told_by(event, heads, f"{fresh}已拟办，请决定。", link=fresh.row.table.get_absolute_url())
    return fresh


@transaction.atomic
def decide(
    objection: EvaluationObjection, *, agreed: bool, by: Any, at: datetime, note: str = "", seen: str = ""
) -> EvaluationObjection:
    """The head of 党风政风监督室 decides as proposed, or sends the proposal back with a reason; never his own proposal.

    `seen` is the mark of the proposal that he had before him: one that was proposed anew meanwhile is read first.
    An upheld one changes the frozen value, and points and ranks with it, before and after staying on record. Raises `Refused`.
    """
    fresh = _fresh(objection)
    if fresh.step == ObjectionStep.PROPOSED and fresh.proposed_by_id == by.pk:
        raise Refused("您是本件异议的拟办人，不能决定自己的拟办意见。请由其他人员拟办。", BASIS)
    if seen and seen != mark_of(proposal_words(fresh)):
        raise Refused("拟办意见已由拟办人重新提出，与您看到的不同。请重新打开本件异议，核对后再决定。", BASIS)
    if not agreed:
        if not note.strip():
            raise Refused("退回重拟须写明理由。", BASIS)
        move(fresh, "send_back", by=by, at=at, note=note.strip())
        return fresh
    along: dict[str, Any] = {"decided_by": by, "decided_at": at}
    if fresh.answer == Answer.UPHOLD:
        before = fresh.row.values[fresh.indicator]
        along |= {"before": before, "after": rules.corrected(fresh.row, fresh.indicator, fresh.proposal)}
    event = move(fresh, fresh.answer or "uphold", by=by, at=at, note=note.strip(), along=along)
    if fresh.answer == Answer.UPHOLD:
        _correct(fresh)
    told_by(
        event,
        staff_of(fresh.organ_id),
        f"{fresh}：{fresh.get_step_display()}，{fresh.proposal_reason[:200]}",
        link=fresh.get_absolute_url(),
    )
    return fresh


def proposal_words(objection: EvaluationObjection) -> dict[str, str]:
    """What is decided about: answer, corrected numbers, the records they rest on, the reasons."""
    numbers = {key: str(value) for key, value in objection.proposal.items()}
    return {"拟办": objection.answer, "所据记录": objection.records, "理由": objection.proposal_reason, **numbers}


def _correct(objection: EvaluationObjection) -> None:
    row = EvaluationRow.objects.select_for_update().get(pk=objection.row_id)
    row.values = {**row.values, objection.indicator: objection.after}
    row.save()
    rescore(objection.row.table)


def files_of(objections: Sequence[EvaluationObjection]) -> dict[int, list[Attachment]]:
    """Files of objections, by objection."""
    return Attachment.objects.all().by_record(objections)
