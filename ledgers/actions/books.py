"""Verbs of every register: enter, change, take out, bring back, verify, keep a file, make a problem of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Attachment, Organ, SupervisedUnit
from accounts.models.files import RESTRICTED
from accounts.permissions import Permission, has
from accounts.uploads import attach
from accounts.workflow import Refused, record
from ledgers.books.register import Register, register_of
from ledgers.forms.books import OFFERED, kept_before
from ledgers.rules import may_take_out, may_verify, texts_can_stand
from supervision.actions.problems import create_problem
from supervision.models import Problem

Values = Mapping[str, Any]


@transaction.atomic
def enter(
    register: Register, *, organ: Organ, values: Values, by: Any, at: datetime, rows: Sequence[Values] = ()
) -> Any:
    """Enter one record. `values` are fields of the declaration, `rows` its lines.

    Raises `Refused` for strangers, another organ's unit or person, days to come, formulas, identity numbers, and where
    a rule of the register says no.
    """
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"您不能登记{organ.label}的{register.label}，请由该单位人员办理。", register.article)
    made = register.model(organ=organ, created_by=by, created_at=at, updated_by=by, updated_at=at)
    _write(register, made, values, at=at)
    _write_rows(register, made, rows)
    record(made, "enter", by=by, at=at, label=f"登记{register.label}", article=register.article)
    return made


@transaction.atomic
def enter_many(register: Register, *, organ: Organ, many: Sequence[Values], by: Any, at: datetime) -> list[Any]:
    """Enter a table of records, all or none. Raises `Refused` naming the line."""
    made = []
    for number, values in enumerate(many, start=1):
        try:
            made.append(enter(register, organ=organ, values=values, by=by, at=at))
        except Refused as refused:
            raise Refused(f"第{number}行：{refused.sentence}", refused.article) from refused
    return made


@transaction.atomic
def change(
    kept: Any, *, values: Values, by: Any, at: datetime, rows: Sequence[Values] | None = None, seen: str = ""
) -> Any:
    """Correct a record; a verified one must be verified again afterwards (A10.5).

    `seen` is the moment of the text that the clerk had before him: somebody else's later text is not overwritten.
    """
    register = register_of(kept)
    fresh = register.model.objects.select_for_update().get(pk=kept.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"您不能修改{fresh.organ.label}的记录，请由该单位人员办理。", register.article)
    if fresh.removed_at:
        raise Refused("这条记录已经删除，请先恢复再修改。", register.article)
    if seen and seen != fresh.updated_at.isoformat():
        raise Refused(f"{fresh.updated_by}刚刚修改过这条记录，请在另一页打开新的内容，核对后再保存。", register.article)
    verified = fresh.verified_at is not None
    fresh.updated_by, fresh.updated_at, fresh.verified_by, fresh.verified_at = by, at, None, None
    _write(register, fresh, values, at=at)
    if rows is not None:
        _write_rows(register, fresh, rows)
    record(
        fresh,
        "change",
        by=by,
        at=at,
        label="修改",
        note="修改后须重新核实。" if verified else "",
        article=register.article,
    )
    return fresh


def _write(register: Register, made: Any, values: Values, *, at: datetime) -> None:
    """Set the fields, ask the rules, save. Only what the declaration names is ever written."""
    names = set(register.entry) & values.keys()
    many = {name for name in names if made._meta.get_field(name).many_to_many}
    for name in names - many:
        value, field = values[name], made._meta.get_field(name)
        if value is None and not field.null:
            value = field.get_default()  # an empty count is none
        setattr(made, name, value.strip() if isinstance(value, str) else value)
    if register.fills:
        register.fills(made, names)
    _check(register, made, {name: values[name] for name in many}, at=at)
    made.save()
    for name in many:
        getattr(made, name).set(values[name])
    if register.follows:
        register.follows(made)


def _check(register: Register, made: Any, many: Values, *, at: datetime) -> None:
    texts_can_stand(made).enforce()
    _within(register, made, many)
    day = getattr(made, register.day)
    if not register.future and isinstance(day, date) and not isinstance(day, datetime) and day > local_day(at):
        raise Refused(f"{register.label_of(register.day)}{day:%Y-%m-%d}晚于今天，请核对。", register.article)
    for rule in register.rules:
        rule(made, at).enforce()
    _ask_apart(register, made, at)
    for asks in register.among:
        asks(made, many).enforce()
    try:
        made.validate_constraints()
    except ValidationError as wrong:
        raise Refused(wrong.messages[0], register.article) from wrong


def _within(register: Register, made: Any, many: Values) -> None:
    """Related records are the organ's own: no unit, person or case of another organ (A4). What was there before may stay."""
    for name in register.fields:
        field: Any = made._meta.get_field(name)
        if not field.is_relation:
            continue
        chosen = [row.pk for row in many.get(name, ())] if field.many_to_many else [getattr(made, f"{name}_id")]
        wanted = {pk for pk in chosen if pk is not None} - kept_before(made, name)
        if wanted and OFFERED[field.related_model](made.organ).filter(pk__in=wanted).count() != len(wanted):
            raise Refused(f"所选的{field.verbose_name}不在{made.organ.name}的范围内，请重新选择。", "A4")


def _write_rows(register: Register, made: Any, rows: Sequence[Values]) -> None:
    """Bring the lines in step: `id` names a kept line, `DELETE` one that goes; its history stays."""
    if register.rows is None:
        return
    for values in rows:
        line = values.get("id")
        if values.get("DELETE"):
            if line is not None:
                line.delete()
            continue
        line = line or register.rows.model(record=made)  # type: ignore[misc]
        for name in register.rows.fields:
            value = values.get(name)
            if value is not None:
                setattr(line, name, value.strip() if isinstance(value, str) else value)
        texts_can_stand(line).enforce()
        line.save()


@transaction.atomic
def take_out(kept: Any, *, reason: str, by: Any, at: datetime) -> Any:
    """Take a wrongly entered record out of lists and figures, with a reason; it can be brought back."""
    fresh = type(kept).objects.select_for_update().get(pk=kept.pk)
    may_take_out(fresh, by=by).enforce()
    if not reason.strip():
        raise Refused("请写明删除的理由。", "A6.2b")
    fresh.removed_at, fresh.removed_by, fresh.removed_reason = at, by, reason.strip()[:200]
    texts_can_stand(fresh).enforce()
    fresh.save()
    record(fresh, "remove", by=by, at=at, label="删除", note=fresh.removed_reason, article="A6.2b")
    return fresh


@transaction.atomic
def bring_back(kept: Any, *, by: Any, at: datetime) -> Any:
    """Undo `take_out`. Raises `Refused` for strangers, where a record with the same number has been entered since, and
    where a rule says no to what it says by now."""
    fresh = type(kept).objects.select_for_update().get(pk=kept.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"您不能恢复{fresh.organ.label}的记录，请由该单位人员办理。", "A6.2b")
    if fresh.removed_at is None:
        raise Refused("这条记录没有删除，不用恢复。", "A6.2b")
    fresh.removed_at, fresh.removed_by, fresh.removed_reason = None, None, ""
    try:
        fresh.validate_constraints()
    except ValidationError as wrong:
        raise Refused(wrong.messages[0], "A6.2b") from wrong
    _ask_again(register_of(fresh), fresh, at)
    fresh.save()
    record(fresh, "restore", by=by, at=at, label="恢复", article="A6.2b")
    return fresh


def _ask_again(register: Register, kept: Any, at: datetime) -> None:
    """The register's rules, asked of a record that comes back: what stands around it may have changed meanwhile."""
    for rule in register.rules:
        if not (verdict := rule(kept, at)):
            raise Refused(f"{verdict.sentence}删除的记录不能修改，请按核对后的内容重新登记。", verdict.article)
    _ask_apart(register, kept, at)


def _ask_apart(register: Register, kept: Any, at: datetime) -> None:
    """Whether another record of the county excludes this one, asked by one clerk at a time."""
    if register.apart is not None:
        Organ.objects.select_for_update().get(pk=kept.organ.county().pk)
        register.apart(kept, at).enforce()


@transaction.atomic
def verify(kept: Any, *, by: Any, at: datetime) -> Any:
    """党风政风监督室 confirms a record; only confirmed ones count for the evaluation (A10.5)."""
    fresh = type(kept).objects.select_for_update().get(pk=kept.pk)
    may_verify(fresh, by=by).enforce()
    fresh.verified_by, fresh.verified_at = by, at
    fresh.save()
    record(fresh, "verify", by=by, at=at, label="核实", article="A10.5")
    return fresh


@transaction.atomic
def keep_file(kept: Any, upload: Any, *, by: Any, at: datetime) -> Attachment:
    """Keep a file with a record; files of records about persons are open only to that circle (A11)."""
    if not has(by, Permission.DRAFT, kept.organ_id):
        raise Refused(f"您不能上传{kept.organ.label}记录的附件，请由该单位人员办理。", "A6.2b")
    if kept.removed_at:
        raise Refused("这条记录已经删除，请先恢复再上传附件。", "A6.2b")
    made = attach(
        kept, upload, organ_id=kept.organ_id, by=by, at=at, purpose=RESTRICTED if kept.PERSONS else "evidence"
    )
    record(kept, "attach", by=by, at=at, label="上传附件", note=made.name, article="A6.2b")
    return made


@transaction.atomic
def problem_from(kept: Any, *, unit: SupervisedUnit, description: str, by: Any, at: datetime, **fields: Any) -> Problem:
    """Enter a problem that the record led to in the one problem list, linked both ways (A3.1)."""
    register = register_of(kept)
    fresh = register.model.objects.select_for_update().get(pk=kept.pk)
    if register.leads_to is None:
        raise Refused(f"{register.label}不直接登记问题，请在问题整改中登记。", "A3.1")
    if fresh.removed_at:
        raise Refused("这条记录已经删除，请先恢复再登记问题。", "A3.1")
    year = (fields.get("found_on") or local_day(at)).year
    made = create_problem(organ=fresh.organ, unit=unit, description=description, year=year, by=by, at=at,
                          source=register.leads_to, **fields)  # fmt: skip
    fresh.problems.add(made)
    record(fresh, "problem", by=by, at=at, label="登记问题", note=made.code, article="A3.1")
    record(made, "found_in", by=by, at=at, label=f"由{register.label}发现", note=str(fresh), article="A3.1")
    return made
