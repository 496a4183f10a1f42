"""Questions asked before a briefing is written down or corrected, and of the yearly report (A10.4b-d)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from accounts.models import Organ, OversightAssignment
from accounts.periods import Period, PeriodKind
from accounts.permissions import Permission, has
from accounts.roles import Role
from accounts.workflow import ALLOWED, Verdict, denied
from reports.hearings.states import EDITABLE, AnnualStep, Trigger
from reports.models import AnnualReport, Briefing
from supervision.models import Round

BRIEFED = frozenset({Role.ASSISTING_MEMBER, Role.DEPUTY_SECRETARY})
BASIS = "A10.4c"


def looked_after(leader: Any, *, on: date) -> set[int]:
    """Ids of the organs that the leader looks after on a day, as AM or as DS."""
    return set(OversightAssignment.objects.valid(on=on).filter(leader=leader).values_list("organ_id", flat=True))


def may_write(user: Any, leader: Any, organs: Collection[Organ]) -> Verdict:
    """The leader himself, 党风政风监督室 for anybody, or an organ's own staff for what that organ reported."""
    if user.pk == leader.pk:
        return ALLOWED
    ids = [organ.pk for organ in organs]
    for right in (Permission.COORDINATE, Permission.DRAFT):
        if ids and all(has(user, right, pk) for pk in ids):
            return ALLOWED
    return denied("听取汇报由领导本人、党风政风监督室或汇报单位登记，您只能登记本单位的汇报。", BASIS)


def may_hear(leader: Any, organs: Collection[Organ], *, on: date) -> Verdict:
    """AM or DS, and organs that were his on that day."""
    if leader.role not in BRIEFED:
        return denied(f"{leader}不是协管常委、委员或分管副书记，听取汇报的是分管领导。", BASIS)
    if not organs:
        return denied("请选择汇报单位。", BASIS)
    mine = looked_after(leader, on=on)
    others = "、".join(organ.label for organ in organs if organ.pk not in mine)
    if others:
        return denied(f"{others}在{on:%Y年%-m月%-d日}不由{leader}分管或协管，请核对领导、日期和汇报单位。", BASIS)
    return ALLOWED


def fits_quarter(leader: Any, held_on: date, quarter: str, *, but: int | None = None) -> Verdict:
    """The quarter of the day, or an earlier one that is made up for because nothing was heard in it.

    `but` is the record that is being corrected.
    """
    try:
        period = Period.read(quarter)
    except ValueError:
        return denied("请选择对应季度。", BASIS)
    if period.kind != PeriodKind.QUARTER:
        return denied("请选择对应季度。", BASIS)
    if held_on < period.first:
        return denied("听取日期早于对应季度，请核对。", BASIS)
    if held_on > period.last:
        rows: Any = Briefing.objects.filter(leader=leader, quarter=quarter).order_by("held_on")
        there = next((row for row in rows if row.pk != but), None)
        if there is not None:
            return denied(
                f"{period.label}已于{there.held_on:%Y年%-m月%-d日}听取汇报，不用补登，请选择听取日期所在季度。", BASIS
            )
    return ALLOWED


def fits_rounds(trigger: str, held_on: date, rounds: Iterable[Round], organs: Collection[Organ]) -> Verdict:
    """Rounds led or joined by an organ that was heard; after the end of a round means after its end."""
    rows = list(rounds)
    if trigger == Trigger.ROUND and not rows:
        return denied("集中性监督结束后听取汇报，请选择监督轮次。", BASIS)
    ids = {organ.pk for organ in organs}
    for row in rows:
        if not ids & {row.organ_id, *row.participants.values_list("pk", flat=True)}:
            return denied(f"“{row}”不是所选汇报单位牵头或参加的监督，请一并选择{row.organ.label}。", BASIS)
        if trigger == Trigger.ROUND and (row.ended_on is None or held_on < row.ended_on):
            return denied(f"“{row}”在听取日期还没有结束检查，请核对日期，或选择其他听取事由。", BASIS)
    return ALLOWED


def may_correct(user: Any, briefing: Briefing) -> Verdict:
    """The leader, 党风政风监督室, or the staff of the organ that reported."""
    mine = user.pk == briefing.leader_id
    if mine or any(has(user, right, briefing.organ_id) for right in (Permission.COORDINATE, Permission.DRAFT)):
        return ALLOWED
    return denied("这条记录由听取领导、党风政风监督室或汇报单位更正。", BASIS)


def needs_reason(user: Any, briefing: Briefing, *, on: date) -> bool:
    """Everybody says why, except the leader over what others have just written for him."""
    return user.pk != briefing.leader_id or not briefing.waits_for_leader(on=on)


def is_editable(report: AnnualReport) -> Verdict:
    """A10.4b: what has gone up is not rewritten."""
    if report.step in EDITABLE:
        return ALLOWED
    return denied(
        f"“{report}”{report.get_step_display()}，不能修改；听取后确需更正的，请起草更正版并写明理由。", "A10.4b"
    )


def has_every_section(report: AnnualReport) -> Verdict:
    """A10.4b: the eight parts of the outline are written before the report goes up."""
    empty = "、".join(part["heading"] for part in report.sections if not part["text"].strip())
    return denied(f"{empty}还没有写，没有相关情况的请写明。", "A10.4b") if empty else ALLOWED


def may_be_corrected(report: AnnualReport) -> Verdict:
    """A10.4b: only the report in force, after the hearing."""
    if report.step == AnnualStep.APPROVED:
        return ALLOWED
    return denied(f"“{report}”{report.get_step_display()}，只有常委会听取后的现行报告才需要更正版。", "A10.4b")
