"""A whole table into a register: tried line by line as the entry itself, kept only where every line stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.workflow import Refused, record
from ledgers.actions.books import enter
from ledgers.books.register import Register
from ledgers.books.table import Line, pasted_fields, read
from ledgers.books.twins import twin_of
from ledgers.forms.books import OFFERED, record_form


def take_table(
    register: Register, rows: list[list[str]], *, organ: Organ, by: Any, at: datetime, keep: bool, again: bool = False
) -> tuple[list[str], list[Line]]:
    """Enter each row as the form would; all or nothing, and nothing at all unless `keep`. Rows that say what a live record
    or an earlier row says are refused, unless the clerk insists (`again`).

    Returns the table's fields and its lines with their faults. The preview is thus the import itself, undone.
    """
    offered = {name: OFFERED[related](organ) for name in pasted_fields(register)
               if (related := getattr(register.model._meta.get_field(name), "related_model", None))}  # fmt: skip
    names, lines = read(register, rows, offered, today=local_day(at))
    with transaction.atomic():
        made: list[Any] = []
        for line in lines:
            made.append(_try(register, line, organ=organ, by=by, at=at))
            if made[-1] is not None and not again:
                _refuse_twin(register, line, made[-1], lines, made[:-1])
        if not keep or any(line.wrong for line in lines):
            transaction.set_rollback(True)
        elif made:
            record(
                made[0], "import", by=by, at=at, label="从表格导入", note=f"共{len(made)}条", article=register.article
            )
    return names, lines


def _refuse_twin(register: Register, line: Line, row: Any, lines: list[Line], before: list[Any]) -> None:
    names = [name for name in line.names if name]
    earlier = {kept.pk: other.number for kept, other in zip(before, lines, strict=False) if kept is not None}
    if twin_of(register, row, names, but=earlier):
        line.twin = True
        line.fault("", f"第{line.number}行与已登记的记录相同，已登记的不用再导入。")
    elif other := twin_of(register, row, names):
        line.twin = True
        line.fault("", f"第{line.number}行与第{earlier[other.pk]}行相同，请删去重复的一行。")


def _try(register: Register, line: Line, *, organ: Organ, by: Any, at: datetime) -> Any:
    form = record_form(register, line.data, organ=organ)
    for name, errors in form.errors.items():
        if name not in line.wrong:  # what the cell said wrong already has its sentence
            for error in errors:
                line.fault("" if name == "__all__" else name, str(error))
    if line.wrong:
        return None
    try:
        made = enter(register, organ=organ, values=form.cleaned_data, by=by, at=at)
        line.advice = register.advises(made) if register.advises else []
        return made
    except Refused as refused:
        line.fault("", refused.full)
        return None
