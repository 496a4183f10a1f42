"""Pages of every register: all registers, one register's list with its entry line, and its table import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import DateTimeField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Organ
from accounts.permissions import Permission, anywhere, has
from accounts.sheets import MAX_BYTES, Unreadable, grid_texts
from accounts.workflow import Refused
from accounts.xlsx import Sheet, download, workbook
from ledgers.actions.book_tables import take_table
from ledgers.actions.books import enter
from ledgers.books.panels import soft_lists
from ledgers.books.reading import cells, columns, counts, filtered, listed, orders
from ledgers.books.register import REGISTERS, Register
from ledgers.books.table import MOST_ROWS, pasted_fields, rows_of_text, text_of_sheet
from ledgers.forms.books import PasteForm, RecordForm, RegisterFilter, cell_choices, entry_line
from ledgers.views.places import asked_year, years


def register_or_404(key: str) -> Register:
    """The register that an address names."""
    if key not in REGISTERS:
        raise Http404("no such register")
    return REGISTERS[key]


def writes_for(user: Any) -> Organ | None:
    """The organ for which the user keeps registers: his own, or none."""
    return user.organ if has(user, Permission.DRAFT, user.organ_id) else None


def first_day(register: Register) -> Any:
    """What a new record's day starts with: today, or now where the register keeps the hour."""
    timed = isinstance(register.model._meta.get_field(register.day), DateTimeField)
    return timezone.localtime() if timed else timezone.localdate()


def see(request: HttpRequest, register: Register, what: str, *, action: str = "view") -> None:
    """Every look at and every export of records about persons leaves a row; other exports as well (A11)."""
    if register.persons or action != "view":
        log_access(request, action, what)


@reads
def home(request: HttpRequest) -> HttpResponse:
    """All registers in their groups with the counts of the year, or with what mentions the words asked for."""
    year, words = asked_year(request), request.GET.get("q", "").strip()[:60]
    found = counts(request.user, year, q=words)
    if words and any(found.get(register.key) for register in REGISTERS.values() if register.persons):
        log_access(request, "view", f"查找工作登记：{words}")
    groups: dict[str, list[tuple[Register, int]]] = {}
    for register in REGISTERS.values():
        if not words or found.get(register.key):
            groups.setdefault(register.group, []).append((register, found.get(register.key, 0)))
    shown = {"groups": groups, "year": year, "years": years(year), "words": words, "may_add": writes_for(request.user),
             "checks": anywhere(request.user, Permission.COORDINATE),
             "soft": [] if words else soft_lists(request.user, timezone.localdate())}  # fmt: skip
    return render(request, "ledgers/books/home.html", shown)


@edits
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """One register: filters, list, workbook, and the entry line that saves by Enter."""
    register, organ = register_or_404(slug), writes_for(request.user)
    if request.method == "POST":
        return _enter_line(request, register, organ)
    line = _line(request, register, organ) if organ and register.quick else None
    return _list(request, register, organ, line)


def _enter_line(request: HttpRequest, register: Register, organ: Organ | None) -> HttpResponse:
    if organ is None or not register.quick:
        raise Refused(f"{register.label}由本单位人员填写整张表单登记。", register.article)
    form = _line(request, register, organ, data=request.POST)
    if form.is_valid():
        made = tried(
            form, lambda: enter(register, organ=organ, values=form.cleaned_data, by=request.user, at=timezone.now())
        )
        if made:
            messages.success(request, f"已登记{register.label}：{made}。可以接着登记下一{register.unit_word}。")
            return redirect(f"{reverse('ledgers:register', args=[register.key])}?entered={made.pk}")
    return _list(request, register, organ, form)


def _line(request: HttpRequest, register: Register, organ: Organ, *, data: Any = None) -> RecordForm:
    pk = named_id(request.GET, "entered")
    last = register.model.objects.visible_to(request.user).live().filter(organ=organ, pk=pk).first() if pk else None
    return entry_line(register, data, organ=organ, user=request.user, starts=first_day(register), last=last)


def tried(form: Any, work: Any) -> Any:
    """The work's answer, or None with its refusal in the form."""
    try:
        return work()
    except Refused as refused:
        form.add_error(None, refused.full)
        return None


def _list(request: HttpRequest, register: Register, organ: Organ | None, line: Any) -> HttpResponse:
    filters, today = RegisterFilter(request.GET, register=register, user=request.user), timezone.localdate()
    removed = request.GET.get("removed") == "1" and organ is not None
    rows = register.model.objects.visible_to(request.user).filter(removed_at__isnull=not removed)
    found = filtered(register, rows.filter(organ=organ) if removed else rows, filters.chosen())
    order = chosen_order(request.GET.get("sort"), orders(register))
    if wants_sheet(request.GET):
        see(request, register, register.label, action="export")
        return _book(register, all_of(listed(register, found, whole=True), order), today)
    page = page_of(listed(register, found), order, after=request.GET.get("after"))
    cells(register, page.rows, today)
    see(request, register, f"{register.label}列表")
    shown = {"register": register, "page": page, "filters": filters, "line": line, "organ": organ, "removed": removed,
             "heads": [(name, register.label_of(name)) for name in columns(register)], "sorts": orders(register)}  # fmt: skip
    return render(request, "ledgers/books/list.html", shown, status=422 if line is not None and line.errors else 200)


def _book(register: Register, rows: list[dict[str, Any]], today: Any) -> HttpResponse:
    names = columns(register, whole=True)
    heads = [
        (register.label_of(name), 32 if name in ("agenda", "summary", "findings", "fact", "text", "risk") else 18)
        for name in names
    ]
    values = ([cell.text for cell in row["cells"]] + [row["state"], "已核实" if row["verified_at"] else ""]
              for row in cells(register, rows, today, whole=True))  # fmt: skip
    sheet = Sheet(register.label, [*heads, ("状态", 14), ("核实", 10)], values, name=register.label[:30])
    return download(workbook([sheet]), f"{register.label}.xlsx")


@edits
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """A table into the register: pasted cells or a file, looked at first, taken all or not at all."""
    register, organ = register_or_404(slug), writes_for(request.user)
    if organ is None:
        raise Refused(f"{register.label}由本单位人员登记。", register.article)
    form, names, lines, text = PasteForm(request.POST or None, request.FILES or None), [], [], ""
    if request.method == "POST" and form.is_valid():
        found = tried(form, lambda: _take(request, register, organ, form))
        if found:
            names, lines, text = found
            if request.POST.get("keep") and lines and not any(entry.wrong for entry in lines):
                messages.success(request, f"已导入{register.label}{len(lines)}条。")
                return redirect("ledgers:register", register.key)
    faults = sum(bool(entry.wrong) for entry in lines)
    shown = {"register": register, "form": form, "most": MOST_ROWS, "lines": lines, "text": text, "faults": faults,
             "heads": [(name, register.label_of(name) if name else "（不导入）") for name in names],
             "expected": [register.label_of(name) for name in pasted_fields(register)]}  # fmt: skip
    shown["grid"] = _grid(register, organ, lines)
    return render(request, "ledgers/books/paste.html", shown, status=422 if form.errors or faults else 200)


def _grid(register: Register, organ: Organ, lines: list[Any]) -> dict[str, Any]:
    """The table as a spreadsheet: its columns with what a cell may say, and the rows as they were sent."""
    fields = pasted_fields(register)
    columns = [{"title": register.label_of(name), "width": 180 if source else 140, "source": source}
               for name in fields for source in [cell_choices(register, name, organ)]]  # fmt: skip
    cells_ = [dict(zip(line.names, line.cells, strict=False)) for line in lines]
    return {"columns": columns, "rows": [[row.get(name, "") for name in fields] for row in cells_]}


def _take(request: HttpRequest, register: Register, organ: Organ, form: PasteForm) -> Any:
    text = form.cleaned_data["text"]
    if upload := form.cleaned_data.get("file"):
        text = _from_file(upload)
    names, lines = take_table(register, rows_of_text(text), organ=organ, by=request.user, at=timezone.now(),
                              keep=bool(request.POST.get("keep")))  # fmt: skip
    return names, lines, text


def _from_file(upload: Any) -> str:
    if upload.size > MAX_BYTES:
        raise Refused("文件超过20MB，请删去图片和无关的工作表后再上传。", "A6.2b")
    try:
        return text_of_sheet(grid_texts(upload.read()))
    except Unreadable as why:
        raise Refused(why.sentence, "A6.2b") from why
