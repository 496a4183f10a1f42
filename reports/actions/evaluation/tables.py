"""评估表 of a year: worked out, opened to the organs, adjusted, sent up, confirmed, delivered (A10.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import approvals
from accounts.calendar import local_day, spoken
from accounts.models import Approval, Organ, ScResolutionKind
from accounts.notifications import members, staff_of, told_by
from accounts.roles import CHAIN, Role, Rung
from accounts.workflow import Refused, move, record
from reports.actions.evaluation.schemes import BASIS, writes
from reports.evaluation import rules
from reports.evaluation.composition import amount, counted, scored, seal, sizes, table_words
from reports.evaluation.scoring import divides
from reports.evaluation.states import Group, SchemeStep
from reports.models import EvaluationRow, EvaluationScheme, EvaluationTable


@transaction.atomic
def compute_table(organ: Organ, year: int, *, by: Any, at: datetime) -> EvaluationTable:
    """Work out the table of a year under its approved scheme, after the cut-off. Raises `Refused`."""
    writes(organ, by)
    Organ.objects.select_for_update().get(pk=organ.pk)
    there = EvaluationTable.objects.filter(organ=organ, year=year).first()
    if there is not None:
        raise Refused(f"{there}已有（{there.get_step_display()}），请在原表上办理。", BASIS)
    scheme = _scheme(organ, year, local_day(at))
    made = EvaluationTable.objects.create(
        organ=organ, year=year, scheme=scheme, data_as_of=at, created_by=by, created_at=at
    )
    _count(made)
    record(made, "compute", by=by, at=at, label="核算", note=str(scheme), article=BASIS, to_step=made.step)
    return made


def _scheme(organ: Organ, year: int, day: date) -> EvaluationScheme:
    scheme = EvaluationScheme.objects.filter(organ=organ, year=year, step=SchemeStep.IN_FORCE).first()
    rules.by_approved_scheme(scheme, year).enforce()
    assert scheme is not None
    rules.after_cutoff(scheme, day).enforce()
    return scheme


def _count(table: EvaluationTable) -> None:
    """Fill the rows from the records as they stand, and score them; what people wrote into a draft's rows stays."""
    scheme = table.scheme
    ids = [pk for group in Group for pk in scheme.members(group)]
    table.rows.exclude(organ_id__in=ids).delete()
    there = {row.organ_id: row for row in table.rows.select_for_update()}
    _within(scheme, there.values())
    by_size = sizes(scheme, ids)
    _sized(scheme, ids, by_size)
    for group in Group:
        for pk in scheme.members(group):
            row = there.get(pk) or EvaluationRow(table=table, organ_id=pk)
            row.group, row.size, row.values = group, by_size.get(pk), counted(scheme, pk)
            row.save()
    rescore(table)


def _within(scheme: EvaluationScheme, rows: Iterable[EvaluationRow]) -> None:
    """Raises `Refused` where a revised scheme allows less than what was already added or taken off."""
    for row in rows:
        if not rules.adjustment_fits(scheme, row.adjustment, row.adjustment_reason):
            raise Refused(
                f"{row.organ.name}的加减分{row.adjustment:+.2f}超出现行方案的±{amount(scheme.adjustment_limit)}分，请先改正后再重新核算。",
                BASIS,
            )


def _sized(scheme: EvaluationScheme, ids: list[int], by_size: dict[int, int]) -> None:
    without = [pk for pk in ids if divides(scheme) and not by_size.get(pk)]
    if without:
        names = "、".join(Organ.objects.filter(pk__in=without).values_list("name", flat=True)[:5])
        raise Refused(
            f"{names}没有可供折算的{scheme.get_adjuster_display()}的基数，请先在“单位名录”中补充，或修订方案。", BASIS
        )


def rescore(table: EvaluationTable) -> None:
    """Points, sums, ranks and digest anew, from scheme and frozen values; no record is looked at."""
    rows = list(table.rows.select_for_update())
    for row in scored(table.scheme, rows):
        row.save()
    table.digest = seal(table, rows)
    table.save()


def locked(table: EvaluationTable, *, by: Any) -> EvaluationTable:
    """The table, locked for writing by 党风政风监督室. Raises `Refused`."""
    fresh = EvaluationTable.objects.select_for_update(of=("self",)).select_related("organ", "scheme").get(pk=table.pk)
    writes(fresh.organ, by)
    return fresh


@transaction.atomic
def recompute_table(table: EvaluationTable, *, by: Any, at: datetime) -> EvaluationTable:
    """Count a draft anew under the scheme in force; adjustments, grades and comments of its rows stay. Raises `Refused`."""
    fresh = locked(table, by=by)
    scheme = _scheme(fresh.organ, fresh.year, local_day(at))
    move(fresh, "recompute", by=by, at=at, note=str(scheme), along={"scheme": scheme, "data_as_of": at})
    _count(fresh)
    return fresh


@transaction.atomic
def adjust_row(
    row: EvaluationRow, *, adjustment: Decimal, reason: str, comment: str, grade: str, by: Any, at: datetime
) -> EvaluationRow:
    """加减分 with its reason before the table is opened, 评估意见 and 等次 also after the objections. Raises `Refused`."""
    table = locked(row.table, by=by)
    rules.may_be_adjusted(table).enforce()
    fresh = EvaluationRow.objects.select_for_update(of=("self",)).select_related("organ").get(pk=row.pk)
    why = reason.strip()[:300] if adjustment else ""
    changed = (adjustment, why) != (fresh.adjustment, fresh.adjustment_reason)
    if changed:
        rules.points_may_be_adjusted(table).enforce()
        rules.adjustment_fits(table.scheme, adjustment, reason).enforce()
    fresh.adjustment, fresh.adjustment_reason = adjustment, why
    fresh.comment, fresh.grade = comment.replace("\r\n", "\n").strip()[:600], grade.strip()[:20]
    fresh.save()
    rescore(table)
    said = f"加减分{adjustment:+.2f}{f'，{why}' if why else ''}" if changed else "评估意见和等次"
    note = f"{fresh.organ.name}：{said}"
    record(table, "adjust", by=by, at=at, label="调整加减分和意见", note=note, article=BASIS)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def open_table(table: EvaluationTable, *, by: Any, at: datetime) -> EvaluationTable:
    """Show each organ its own row and take objections for the days of the scheme. Raises `Refused`."""
    fresh = locked(table, by=by)
    until = local_day(at) + timedelta(days=fresh.scheme.objection_days)
    event = move(
        fresh, "open", by=by, at=at, note=f"异议期到{spoken(until)}", along={"opened_at": at, "objections_until": until}
    )
    for row in fresh.rows.select_related("organ"):
        sentence = f"{fresh.year}年质效评估数据请核对，有异议的由负责人在{spoken(until)}前提出。"
        told_by(event, staff_of(row.organ_id), sentence, link=row.get_absolute_url())
    return fresh


@transaction.atomic
def settle_table(table: EvaluationTable, *, by: Any, at: datetime) -> EvaluationTable:
    """The window is over and every objection decided. Raises `Refused`."""
    fresh = locked(table, by=by)
    rules.window_over(fresh, local_day(at)).enforce()
    move(fresh, "settle", by=by, at=at)
    return fresh


@transaction.atomic
def submit_table(table: EvaluationTable, *, by: Any, at: datetime) -> Approval:
    """Send the table up to the committee with its digest. Raises `Refused` while an objection is open."""
    fresh = locked(table, by=by)
    event = move(fresh, "submit", by=by, at=at)
    approval = approvals.submit(fresh, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


@transaction.atomic
def deliver_table(table: EvaluationTable, *, to: str, on: date, by: Any, at: datetime) -> EvaluationTable:
    """Record to which office the confirmed result went for the yearly appraisal, and when (A10.5b). Raises `Refused`."""
    fresh = locked(table, by=by)
    rules.may_be_delivered(fresh).enforce()
    if fresh.delivered_on is not None:
        raise Refused(f"已登记{spoken(fresh.delivered_on)}送达{fresh.delivered_to}，不用重复登记。", "A10.5b")
    if not to.strip():
        raise Refused("请填写送达的考评单位。", "A10.5b")
    if on > local_day(at) or (fresh.confirmed_at and on < local_day(fresh.confirmed_at)):
        raise Refused("送达日期应在常委会确认之后、今天之前，请核对。", "A10.5b")
    fresh.delivered_to, fresh.delivered_on, fresh.delivered_by = to.strip()[:120], on, by
    fresh.save()
    record(
        fresh, "deliver", by=by, at=at, label="登记送达", note=f"{fresh.delivered_to}，{spoken(on)}", article="A10.5b"
    )
    return fresh


# --- what the chain causes ---


def _approved(table: EvaluationTable, *, by: Any, at: datetime, note: str, step: Any) -> None:
    event = move(table, "confirm", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"confirmed_at": at, "resolution": step.resolution})  # fmt: skip
    told_by(
        event,
        staff_of(table.organ_id),
        f"县纪委常委会已确认{table}，请登记送达考评单位。",
        link=table.get_absolute_url(),
    )
    for row in table.rows.all():
        heads = members(row.organ_id, Role.ORGAN_HEAD)
        told_by(
            event,
            heads,
            f"{table.year}年质效评估结果已确认，请查看结果告知书。",
            link=reverse("reports:evaluation_row", args=[row.pk]),
        )


approvals.register_route(
    EvaluationTable,
    approvals.Route(
        article=BASIS,
        title=str,
        rungs=lambda table: (*CHAIN, Rung.STANDING_COMMITTEE),
        snapshot=table_words,
        template="",
        approved=_approved,
        authors=approvals.authors_by("compute", "recompute", "adjust"),
        filed="作为本年度质效评估结果",
        matter=ScResolutionKind.EVALUATION,
    ),
)
