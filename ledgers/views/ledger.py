"""The ledgers as people read them: the county's, one organ's, the master ledger; and a plain form per row."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import Page
from accounts.models import Organ
from accounts.permissions import Permission, anywhere, organ_ids, visible_organ_ids
from accounts.roles import LEDGER_KINDS
from accounts.xlsx import list_as_xlsx
from ledgers.actions.guidance import give_guidance, read_guidance
from ledgers.actions.rows import Change, desk_of, write_cells
from ledgers.columns import COLUMNS, WRITABLE
from ledgers.forms.rows import LedgerFilter, RowForm
from ledgers.models import UnitLedger, UnitLedgerEntry
from ledgers.selectors import county_ledgers, guidance_of, ledger_rows, master_rows, rows_by_id, shape, tasks_of
from ledgers.views.places import asked_year, may_write, organ_or_404, year_or_404, years

PAGE = 100
MASTER_COLUMNS = {
    "seq": "序号", "form": "监督形式", "task": "工作任务", "measures": "工作举措", "organ__name": "责任单位",
    "milestone_text": "时间节点", "progress_note": "进展情况", "found": "发现问题数", "closed": "整改完成数",
    "clues": "移交线索数", "handled": "处理情况数", "status": "完成状态", "updated_at": "更新日期",
}  # fmt: skip
COUNTY_COLUMNS = {
    "name": "单位",
    "rows": "台账行数",
    "found": "发现问题",
    "closed": "已销号",
    "overdue": "整改逾期",
    "last": "最近更新",
}


@reads
def home(request: HttpRequest) -> HttpResponse:
    """An organ's people go to their own ledger; whoever reads several sees them all, and who is silent."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    if user.organ.kind in LEDGER_KINDS and user.is_staff_member:
        return redirect(f"{_ledger_url(user.organ_id)}?year={year}")
    organs = county_ledgers(year, visible_organ_ids(user), on=today)
    if request.GET.get("format") == "xlsx":
        return list_as_xlsx(f"{year}年工作台账一览", COUNTY_COLUMNS, organs)
    silent = [organ for organ in organs if organ["is_silent"]]
    shown = {
        "organs": organs,
        "silent": silent,
        "year": year,
        "years": years(year),
        "guides": anywhere(user, Permission.COORDINATE),
    }
    return render(request, "ledgers/home.html", shown)


def _ledger_url(organ_id: int) -> str:
    return reverse("ledgers:ledger", args=[organ_id])


@reads
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """One organ's 工作台账 of a year (A6.2b)."""
    organ, year = organ_or_404(request, pk), asked_year(request)
    filters = LedgerFilter(request.GET, organ=organ, year=year)
    rows = _filtered(UnitLedgerEntry.objects.live().filter(organ=organ, year=year), filters)
    if request.GET.get("format") == "xlsx":
        log_access(request, "export", f"{organ.name}{year}年工作台账")
        return list_as_xlsx(
            f"{organ.name}{year}年工作台账", _headings(), [shape(row)["cells"] for row in _ordered(rows)]
        )
    page = _page(rows, request.GET.get("after"))
    shown = {
        "organ": organ, "year": year, "years": years(year), "page": page, "filters": filters, "columns": COLUMNS,
        "may_write": may_write(request, organ), "guidance": list(guidance_of(organ, year)[:5]),
        "guides": organ.pk in organ_ids(request.user, Permission.COORDINATE), "tasks": tasks_of(organ, year),
        "opened": UnitLedger.objects.filter(organ=organ, year=year).first(),
    }  # fmt: skip
    return render(request, "ledgers/ledger.html", shown)


def _headings() -> dict[str, str]:
    return {column.key: column.title for column in COLUMNS}


def _filtered(rows: QuerySet[UnitLedgerEntry], filters: LedgerFilter) -> QuerySet[UnitLedgerEntry]:
    chosen = filters.chosen()
    if chosen.get("task"):
        rows = rows.filter(item_id=chosen["task"])
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    if chosen.get("step"):
        rows = rows.filter(problem__rectification__step=chosen["step"])
    if chosen.get("q"):
        rows = rows.filter(Q(problem__description__contains=chosen["q"]) | Q(problem__suggestion__contains=chosen["q"])
                           | Q(note__contains=chosen["q"]))  # fmt: skip
    return rows


def _ordered(rows: QuerySet[UnitLedgerEntry]) -> Any:
    return ledger_rows(rows).order_by("position", "pk")


def _page(rows: QuerySet[UnitLedgerEntry], after: str | None) -> Page:
    mark = int(after) if after and after.isdecimal() and len(after) < 10 else 0
    found = list(_ordered(rows.filter(position__gt=mark))[: PAGE + 1])
    shown = [shape(row) for row in found[:PAGE]]
    return Page(
        rows=shown, next=str(shown[-1]["position"]) if len(found) > PAGE else "", first=not mark, total=rows.count()
    )


@edits
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row as a plain form, for whoever does not like the grid, and for phones."""
    ids = organ_ids(request.user, Permission.DRAFT)
    entry = get_object_or_404(UnitLedgerEntry.objects.live().filter(organ_id__in=ids).select_related("organ"), pk=pk)
    return _row_form(request, entry.organ, entry.year, rows_by_id([entry.pk])[0])


@edits
def row_new(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """A new row as a plain form."""
    organ = organ_or_404(request, pk, to_write=True)
    return _row_form(request, organ, year_or_404(year), None)


def _row_form(request: HttpRequest, organ: Organ, year: int, shown: dict[str, Any] | None) -> HttpResponse:
    desk = desk_of(organ, year, by=request.user, at=timezone.now())
    task = request.GET.get("task", "") if shown is None else ""
    form = RowForm(request.POST or None, shown=shown, book=desk.book, methods=list(desk.methods), task=task)
    if request.method == "POST" and form.is_valid():
        answer = write_cells(organ, year, _changes(form, shown), by=request.user, at=timezone.now())
        bad = [result for result in answer["results"] if result["status"] != "saved"]
        for result in bad:
            form.add_error(result["column"], result["message"])
        if not bad:
            messages.success(request, "已保存到工作台账。")
            return redirect(f"{_ledger_url(organ.pk)}?year={year}")
    locked = bool(shown and shown["locked"])
    context = {"form": form, "organ": organ, "year": year, "shown": shown, "locked": locked}
    return render(request, "ledgers/row.html", context, status=422 if form.errors else 200)


def _changes(form: RowForm, shown: dict[str, Any] | None) -> list[Change]:
    cells = shown["cells"] if shown else {}
    return [
        Change(change=column.key, row=shown["id"] if shown else None, temp=form.cleaned_data["temp"], column=column.key,
               base=form.cleaned_data.get(f"base_{column.key}") or "", value=form.cleaned_data.get(column.key) or "")
        for column in WRITABLE
        if shown is None or (form.cleaned_data.get(column.key) or "") != cells.get(column.key, "")
    ]  # fmt: skip


@reads
def master(request: HttpRequest) -> HttpResponse:
    """工作总台账: computed, never typed (A6.2a)."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    rows = master_rows(year, visible_organ_ids(user), on=today)
    if request.GET.get("format") == "xlsx":
        log_access(request, "export", f"{year}年工作总台账")
        return list_as_xlsx(f"{year}年政治监督工作总台账", MASTER_COLUMNS, rows)
    return render(request, "ledgers/master.html", {"rows": rows, "year": year, "years": years(year)})


@writes
def guidance(request: HttpRequest, pk: int) -> HttpResponse:
    """党风政风监督室 guides an organ on its ledger (A6.2c)."""
    organ = get_object_or_404(Organ.objects.filter(pk__in=organ_ids(request.user, Permission.COORDINATE)), pk=pk)
    year = timezone.localdate().year
    give_guidance(organ, year, text=request.POST.get("text", ""), by=request.user, at=timezone.now())
    messages.success(request, f"已向{organ.label}发出督促指导。")
    return redirect(_ledger_url(organ.pk))


@writes
def guidance_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The organ has read it, and may answer."""
    note = read_guidance(pk, answer=request.POST.get("answer", ""), by=request.user, at=timezone.now())
    return redirect(_ledger_url(note.organ_id))
