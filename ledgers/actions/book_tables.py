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
from ledgers.forms.books import OFFERED, record_form


def take_table(
    register: Register, rows: list[list[str]], *, organ: Organ, by: Any, at: datetime, keep: bool
) -> tuple[list[str], list[Line]]:
    """Enter each row as the form would; all or nothing, and nothing at all unless `keep`.

    Returns the table's fields and its lines with their faults. The preview is thus the import itself, undone.
    """
    offered = {name: OFFERED[related](organ) for name in pasted_fields(register)
               if (related := getattr(register.model._meta.get_field(name), "related_model", None))}  # fmt: skip
    names, lines = read(register, rows, offered, today=local_day(at))
    with transaction.atomic():
        made = [_try(register, line, organ=organ, by=by, at=at) for line in lines]
        if not keep or any(line.wrong for line in lines):
            transaction.set_rollback(True)
        elif made:
            record(
                made[0], "import", by=by, at=at, label="从表格导入", note=f"共{len(made)}条", article=register.article
            )
    return names, lines


def _try(register: Register, line: Line, *, organ: Organ, by: Any, at: datetime) -> Any:
    form = record_form(register, line.data, organ=organ)
    for name, errors in form.errors.items():
        if name not in line.wrong:  # what the cell said wrong already has its sentence
            for error in errors:
                line.fault("" if name == "__all__" else name, str(error))
    if line.wrong:
        return None
    try:
        return enter(register, organ=organ, values=form.cleaned_data, by=by, at=at)
    except Refused as refused:
        line.fault("", refused.full)
        return None
