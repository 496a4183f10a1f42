"""离线整改表 goes out and comes back; what comes back is taken over with the name of who filled it in (A9.8a, AMB-8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.digest import sm3
from accounts.models import SupervisedUnit
from accounts.permissions import Permission, has
from accounts.sheets import Unreadable, grid_texts
from accounts.uploads import clean_name
from accounts.workflow import Refused, record
from supervision.actions.plan import open_of_unit
from supervision.actions.problems import change_problem
from supervision.cure.exchange.book import locked_texts
from supervision.cure.exchange.codes import row_code, sheet_digest
from supervision.cure.exchange.merge import Cell, compared
from supervision.cure.exchange.reading import named_package, read_returned
from supervision.cure.exchange.shape import as_text, texts_of, value_of
from supervision.models import ExchangePackage, ExchangeReturn

ARTICLE = "A9.8a"


@transaction.atomic
def make_package(unit: SupervisedUnit, *, by: Any, at: datetime) -> ExchangePackage:
    """Freeze what the unit's open rectifications say now; the workbook is made from it. Raises `Refused`."""
    _mine(unit, by)
    items = list(open_of_unit(unit))
    if not items:
        raise Refused(f"{unit.name}没有未销号的问题，无须发出整改表。", ARTICLE)
    made = ExchangePackage.objects.create(organ_id=unit.organ_id, unit=unit, content={"rows": []}, digest="", made_by=by,
                                          made_at=at)  # fmt: skip
    rows = [_sent(made.pk, item) for item in items]
    made.content, made.digest = {"rows": rows}, sheet_digest(made.pk, locked_texts(rows))
    made.save()
    record(made, "send", by=by, at=at, label="发出整改表", note=f"{len(rows)}个问题", article=ARTICLE)
    return made


def _mine(unit: SupervisedUnit, by: Any) -> None:
    if not has(by, Permission.DRAFT, unit.organ_id):
        raise Refused(f"{unit.name}的整改表由其监督单位收发。", ARTICLE)


def _sent(package: int, item: Any) -> dict[str, Any]:
    texts = {
        "problem": as_text(item.problem.description),
        "suggestion": as_text(item.problem.suggestion),
        "due_on": as_text(item.due_on),
    }
    return {"item": item.pk, "code": row_code(package, item.pk), **texts, **texts_of(item)}


@transaction.atomic
def receive_return(unit: SupervisedUnit, data: bytes, filename: str, *, by: Any, at: datetime) -> ExchangeReturn:
    """Read a returned workbook and keep what it says for the preview; nothing is taken over yet.

    Raises `Refused` for a file that cannot be read, is of another unit, or was tampered with as a whole.
    """
    _mine(unit, by)
    try:
        sheets = grid_texts(data)
    except Unreadable as why:
        raise Refused(why.sentence, ARTICLE) from why
    number = named_package(sheets)
    package = ExchangePackage.objects.filter(pk=number, organ_id=unit.organ_id).select_related("unit").first()
    if package is None or package.unit_id != unit.pk:
        raise Refused(f"这份整改表不是发给{unit.name}的，请到对应单位的页面上传。", ARTICLE)
    found = read_returned(sheets, package.pk, package.content["rows"], today=local_day(at))
    made = ExchangeReturn.objects.create(
        organ_id=unit.organ_id, package=package, filename=clean_name(filename), digest=sm3(data), sender=found.sender[:40],
        sender_post=found.post[:120], content=found.cells, faults=found.faults, uploaded_by=by, uploaded_at=at,
    )  # fmt: skip
    record(made, "receive", by=by, at=at, label="收到整改表", note=f"{made.sender}填报", article=ARTICLE)
    return made


@transaction.atomic
def import_return(returned: ExchangeReturn, chosen: Iterable[str], *, by: Any, at: datetime) -> int:
    """Take over the chosen cells, all or none; a second call changes nothing. Returns how many cells were written.

    `chosen` holds `Cell.key`s; what changed here since the preview is refused. Raises `Refused`.
    """
    fresh = ExchangeReturn.objects.select_for_update(of=("self",)).select_related("package__unit").get(pk=returned.pk)
    _mine(fresh.package.unit, by)
    if fresh.imported_at:
        return 0
    cells = _wanted(compared(fresh), list(chosen))
    for item in dict.fromkeys(cell.item for cell in cells):
        _take(item, [cell for cell in cells if cell.item == item], fresh, by=by, at=at)
    fresh.imported_by, fresh.imported_at, fresh.taken = by, at, [cell.name for cell in cells]
    fresh.save()
    return len(cells)


def _wanted(cells: list[Cell], chosen: list[str]) -> list[Cell]:
    if not chosen:
        raise Refused("请至少选择一项要导入的内容。", ARTICLE)
    known = {cell.key: cell for cell in cells if cell.may_import}
    missing = [key for key in chosen if key not in known]
    if missing:
        raise Refused("预览以后，所选内容在系统里又有改动或者已锁定。请重新核对后再导入。", ARTICLE)
    return [known[key] for key in dict.fromkeys(chosen)]


def _take(item: Any, cells: list[Cell], returned: ExchangeReturn, *, by: Any, at: datetime) -> None:
    fields = {cell.field: value_of(cell.field, cell.came) for cell in cells}
    try:
        change_problem(item.problem, fields, by=by, at=at)
    except Refused as refused:
        raise Refused(f"问题{item.problem.code}：{refused.sentence}", refused.article) from refused
    post = f"（{returned.sender_post}）" if returned.sender_post else ""
    words = "、".join(cell.label for cell in cells)
    record(
        item,
        "exchange",
        by=by,
        at=at,
        label="导入单位填报",
        note=f"{returned.sender}{post}填报：{words}",
        article=ARTICLE,
    )
