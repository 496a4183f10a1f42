"""The office's own tables: who looks after which organ, who stands in, who has an account, which days are worked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.calendar import local_day, spoken
from accounts.grants import grant_all, grant_organ, sync_user
from accounts.limits import Limit
from accounts.models import Deputation, Official, Organ, OversightAssignment, RuleSetting, User, WorkCalendarDay
from accounts.notifications import tell
from accounts.permissions import Permission, anywhere, has
from accounts.roles import OrganKind, Role
from accounts.workflow import Refused, record

# Without 0, O, 1, l and I: the first password is read from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
FIRST_PASSWORD_LENGTH = 14


# --- who looks after which organ --------------------------------------------------------------------------------------


@transaction.atomic
def assign(organ: Organ, rung: str, leader: User, *, valid_from: date, by: Any, at: datetime) -> OversightAssignment:
    """From `valid_from` on `leader` is the organ's AM or DS; the one before him ends the day before (AMB-4).

    Raises `Refused` where the day is not later than the present assignment's first day.
    """
    present = OversightAssignment.objects.filter(organ=organ, rung=rung, valid_to__isnull=True).first()
    if present is not None:
        if valid_from <= present.valid_from:
            raise Refused(
                f"{organ.label}现有分工（{present.leader.full_name}）自{spoken(present.valid_from)}起，新的分工须晚于这一天。",
                "A6.1c",
            )
        present.valid_to = valid_from - timedelta(days=1)
        present.save()
    made = OversightAssignment.objects.create(organ=organ, rung=rung, leader=leader, valid_from=valid_from)
    record(made, "assign", by=by, at=at, label=f"分工：{made.get_rung_display()}{leader.full_name}", article="A6.1c")
    _refresh([leader, *([present.leader] if present else [])], at=at)
    return made


@transaction.atomic
def depute(
    principal: User, deputy: User, *, valid_from: date, valid_to: date, reason: str, by: Any, at: datetime
) -> Deputation:
    """`deputy` signs for `principal` from day to day, both inclusive; both are told (AMB-4). Raises `Refused`."""
    if principal == deputy:
        raise Refused("代理人不能是本人，请另选一位。", "A6.1c")
    if valid_to < max(valid_from, local_day(at)):
        raise Refused("代理的截止日不能早于起始日，也不能早于今天。", "A6.1c")
    made = Deputation.objects.create(
        principal=principal, deputy=deputy, valid_from=valid_from, valid_to=valid_to, reason=reason
    )
    _refresh([deputy], at=at)
    days = f"{spoken(valid_from)}至{spoken(valid_to)}"
    tell([principal, deputy], f"{days}由{deputy.full_name}代{principal.full_name}签批，事由：{reason}。",
         key=f"deputation:{made.pk}", at=at, article="A6.1c")  # fmt: skip
    return made


@transaction.atomic
def end_deputation(deputation: Deputation, *, at: datetime) -> None:
    """The principal is back: yesterday was the deputy's last day. One that has not begun is taken off altogether."""
    last = local_day(at) - timedelta(days=1)
    if deputation.valid_to <= last:
        raise Refused("这项代理已经结束。", "A6.1c")
    if deputation.valid_from > last:
        deputation.delete()
    else:
        deputation.valid_to = last
        deputation.save()
    _refresh([deputation.deputy], at=at)


def _refresh(people: list[User], *, at: datetime) -> None:
    stand_ins = User.objects.filter(deputising__principal__in=people)
    for person in {person.pk: person for person in [*people, *stand_ins]}.values():
        sync_user(person, on=local_day(at))


# --- accounts -----------------------------------------------------------------------------------------------------------


def _first_password() -> str:
    return get_random_string(FIRST_PASSWORD_LENGTH, LETTERS)


@transaction.atomic
def open_account(user: User, *, by: Any, at: datetime) -> str:
    """系统管理员 writes a new account; it sleeps until 安全管理员 activates it. Returns the first password, shown once."""
    password = _first_password()
    user.set_password(password)
    user.is_active, user.must_change_password = False, True
    user.save()
    _tell_security(
        user, f"新账号待启用：{user.full_name}（{user.organ.name}{user.get_role_display()}）。", by=by, at=at
    )
    return password


@transaction.atomic
def change_account(user: User, *, by: Any, at: datetime) -> bool:
    """Save an edited account. A new organ or role puts it to sleep until 安全管理员 agrees. Returns whether it sleeps now."""
    before = User.objects.get(pk=user.pk)
    moved = (before.organ_id, before.role) != (user.organ_id, user.role)
    if moved and user == by:
        raise Refused("不能更改自己的单位或角色，请由另一位系统管理员办理。")
    user.is_active = user.is_active and not moved
    user.save()
    sync_user(user, on=local_day(at))
    if moved:
        _tell_security(
            user, f"账号变更待确认：{user.full_name}改为{user.organ.name}{user.get_role_display()}。", by=by, at=at
        )
    return moved


def _tell_security(user: User, sentence: str, *, by: Any, at: datetime) -> None:
    guards = User.objects.filter(role=Role.SECURITY_ADMIN, is_active=True)
    tell(guards, sentence, key=f"account:{user.pk}:{at.isoformat()}", at=at, link="/users/")


@transaction.atomic
def set_active(user: User, active: bool, *, by: Any, at: datetime) -> None:
    """安全管理员 wakes an account or puts it to sleep. Raises `Refused` for his own, which would lock the office out."""
    if user == by:
        raise Refused("不能启用或停用自己的账号，请由另一位安全管理员办理。")
    user.is_active = active
    user.save()
    sync_user(user, on=local_day(at))


@transaction.atomic
def reset_password(user: User, *, by: Any) -> str:
    """A new first password, shown once; the person must change it at the next login. Raises `Refused` for one's own."""
    if user == by:
        raise Refused("修改自己的密码请用右上角的“修改密码”。")
    password = _first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    return password


# --- organs, days, limits ---------------------------------------------------------------------------------------------------


@transaction.atomic
def save_organ(organ: Organ) -> Organ:
    """Write an organ and its rights; a new 党风政风监督室 changes everybody's rights, so all are written anew."""
    organ.save()
    if organ.kind == OrganKind.CONDUCT_SUPERVISION_OFFICE:
        grant_all()
    elif organ.kind != OrganKind.COMMISSION:
        grant_organ(organ)
    return organ


@transaction.atomic
def set_days(first: date, last: date, *, is_workday: bool, name: str, by: Any) -> int:
    """Every day from first to last is a rest day, or a working day, whatever the week says. Returns how many days."""
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    for day in days:
        WorkCalendarDay.objects.update_or_create(
            day=day, defaults={"is_workday": is_workday, "name": name, "changed_by": by}
        )
    return len(days)


@transaction.atomic
def set_limit(limit: Limit, value: int, *, valid_from: date, reason: str, by: Any, at: datetime) -> RuleSetting:
    """A new reading of a number of the regulation from a day on. What is past keeps the old one (A13). Raises `Refused`.

    Explaining the regulation is 党风政风监督室's (A12); its head decides how a number is read.
    """
    if not anywhere(by, Permission.DIRECT):
        raise Refused("期限参数由党风政风监督室负责人设定。", "A12")
    if valid_from < local_day(at):
        raise Refused("生效日期不能早于今天：新规定不改变已经起算的期限。", "A13")
    setting, _ = RuleSetting.objects.update_or_create(
        key=limit.key, valid_from=valid_from, defaults={"value": str(value), "reason": reason, "changed_by": by}
    )
    return setting


# --- officials of the units (A4, S3-10) ---


@transaction.atomic
def save_official(official: Official, *, by: Any, at: datetime) -> Official:
    """Keep one official as he stands now; the day of saving is the day of the update.

    Whoever is marked as left without a day left today; whoever is back in office has no day of leaving. A person who was
    already out when days were not yet kept stays without one. Raises `Refused` for strangers, and for days out of order.
    """
    if not has(by, Permission.DRAFT, official.unit.organ_id):
        raise Refused(f"监察对象由{official.unit.organ.name}人员登记。", "A4")
    today = local_day(at)
    before = Official.objects.select_for_update().filter(pk=official.pk).first() if official.pk else None
    official.left_on = _left_on(official, before, today)
    _days_in_order(official, today)
    official.updated_on = today
    official.save()
    return official


def _left_on(official: Official, before: Official | None, today: date) -> date | None:
    if official.is_active:
        return None
    out_already = before is not None and not before.is_active
    return official.left_on or (before.left_on if before and out_already else today)


def _days_in_order(official: Official, today: date) -> None:
    for name, day in (("任现职时间", official.post_since), ("离任日期", official.left_on)):
        if day and day > today:
            raise Refused(f"{name}{spoken(day)}晚于今天，请核对。", "A4")
    if official.left_on and official.post_since and official.left_on < official.post_since:
        raise Refused(f"离任日期{spoken(official.left_on)}早于任现职时间{spoken(official.post_since)}，请核对。", "A4")
