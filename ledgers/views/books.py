"""Pages of every register: all registers, one register's list with its entry line, and its table import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import DateTimeField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.access import log_access
from accounts.calendar import local_day, spoken
from accounts.http import edits, reads
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Organ
from accounts.permissions import Permission, anywhere, has, visible_organ_ids
from accounts.sheets import MAX_BYTES, Unreadable, grid_texts
from accounts.workflow import Refused
from accounts.xlsx import Sheet, download, fitted, workbook
from ledgers.actions.book_tables import take_table
from ledgers.actions.books import enter
from ledgers.books.panels import soft_lists
from ledgers.books.reading import cells, columns, counts, filtered, listed, orders
from ledgers.books.register import REGISTERS, Register
from ledgers.books.table import MOST_ROWS, as_sent, pasted_fields, rows_of_text, text_of_sheet, untaken
from ledgers.books.twins import twin_of
from ledgers.forms.books import PasteForm, RecordForm, RegisterFilter, cell_choices, entry_line
from ledgers.rules import mentions_family, names_family
from ledgers.views.places import asked_year, years

FAMILY = "内容提到家庭成员。系统不登记家庭信息，请核对是否必要，必要时删去。"


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
            ask_again(request, register, made)
            return redirect(f"{reverse('ledgers:register', args=[register.key])}?entered={made.pk}")
    return _list(request, register, organ, form)


def _line(request: HttpRequest, register: Register, organ: Organ, *, data: Any = None) -> RecordForm:
    pk = named_id(request.GET, "entered")
    last = register.model.objects.visible_to(request.user).live().filter(organ=organ, pk=pk).first() if pk else None
    return entry_line(register, data, organ=organ, user=request.user, starts=first_day(register), last=last)


def ask_again(request: HttpRequest, register: Register, made: Any, *lines: Any) -> None:
    """What was entered stays; whoever entered it is told where it stands already, or where it speaks of a family."""
    warn_of_family(request, made, *lines)
    for sentence in register.advises(made) if register.advises else ():
        messages.warning(request, sentence)
    if twin := twin_of(register, made):
        day, address = (
            spoken(local_day(twin.created_at)),
            reverse("ledgers:register_record", args=[register.key, twin.pk]),
        )
        messages.warning(request, format_html('与{}已登记的<a href="{}">一条</a>相同，如属重复请删除。', day, address))


def warn_of_family(request: HttpRequest, *kept: Any) -> None:
    """What is saved stays; whoever saved it is asked to look again at what it says about a family (A4)."""
    if any(names_family(record) for record in kept):
        messages.warning(request, FAMILY)


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
        return _book(request, register, all_of(listed(register, found, whole=True), order), filters.chosen())
    page = page_of(listed(register, found), order, after=request.GET.get("after"))
    cells(register, page.rows, today)
    see(request, register, f"{register.label}列表")
    shown = {"register": register, "page": page, "filters": filters, "line": line, "organ": organ, "removed": removed,
             "heads": [(name, register.label_of(name)) for name in columns(register)], "sorts": orders(register)}  # fmt: skip
    return render(request, "ledgers/books/list.html", shown, status=422 if line is not None and line.errors else 200)


def _book(request: HttpRequest, register: Register, rows: list[dict[str, Any]], chosen: dict[str, Any]) -> HttpResponse:
    names, now = columns(register, whole=True), timezone.localtime()
    states = register.stands is not None  # a register that judges nothing has no second 状态 beside its own
    values = [[cell.text if cell.value is None else cell.value for cell in row["cells"]]
              + [row["state"]] * states + ["已核实" if row["verified_at"] else ""]
              for row in cells(register, rows, now.date(), whole=True)]  # fmt: skip
    heads = fitted([*(register.label_of(name) for name in names), *["状态"] * states, "核实"], values)
    head = [
        _asked(request.user, chosen),
        f"共{len(values)}{register.unit_word}　导出时间：{now:%Y-%m-%d %H:%M}　导出人：{request.user}",
    ]
    sheet = Sheet(register.label, heads, values, head=head, name=register.label[:30])
    return download(workbook([sheet]), f"{register.label}.xlsx")


def _asked(user: Any, chosen: dict[str, Any]) -> str:
    """What a workbook holds: whose records, of which time."""
    seen = visible_organ_ids(user)
    whose = chosen.get("organ") or (Organ.objects.get(pk__in=seen) if len(seen) == 1 else f"可查看的{len(seen)}个单位")
    first, last, year = (chosen.get(name) for name in ("first", "last", "year"))
    since, until = (f"{day:%Y-%m-%d}" if day else "" for day in (first, last))
    period = f"{since or '开始登记'}至{until or '现在'}" if first or last else f"{year}年" if year else "全部"
    others = "　另有其他筛选条件" if chosen.keys() - {"organ", "first", "last", "year"} else ""
    return f"单位：{whose}　期间：{period}{others}"


@edits
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """A table into the register: pasted cells or a file, looked at first, taken all or not at all."""
    register, organ = register_or_404(slug), writes_for(request.user)
    if organ is None:
        raise Refused(f"{register.label}由本单位人员登记。", register.article)
    form, names, lines, text = PasteForm(request.POST or None, request.FILES or None), [], [], ""
    rows: list[list[str]] = []
    if request.method == "POST" and form.is_valid():
        found = tried(form, lambda: _take(request, register, organ, form))
        if found:
            names, lines, text, rows = found
            if request.POST.get("keep") and lines and not any(entry.wrong for entry in lines):
                messages.success(request, f"已导入{register.label}{len(lines)}条。")
                if register.persons and any(mentions_family(*line.cells) for line in lines):
                    messages.warning(request, FAMILY)
                return redirect("ledgers:register", register.key)
    faults = sum(bool(entry.wrong) for entry in lines)
    shown = {"register": register, "form": form, "most": MOST_ROWS, "lines": lines, "text": text, "faults": faults, "passed": untaken(register, rows),
             "heads": [(name, register.label_of(name) if name else "（不导入）") for name in names],
             "expected": [register.label_of(name) for name in pasted_fields(register)]}  # fmt: skip
    shown["twins"] = sum(entry.twin for entry in lines) or form["again"].value()
    shown["grid"] = _grid(register, organ, rows)
    return render(request, "ledgers/books/paste.html", shown, status=422 if form.errors or faults else 200)


def _grid(register: Register, organ: Organ, rows: list[list[str]]) -> dict[str, Any]:
    """The table as a spreadsheet: its columns with what a cell may say, and the rows as they were sent."""
    found, sent = (
        as_sent(register, rows) if rows else ([(name, register.label_of(name)) for name in pasted_fields(register)], [])
    )
    columns = [{"title": title, "width": 180 if source else 140, "source": source}
               for name, title in found for source in [cell_choices(register, name, organ) if name else []]]  # fmt: skip
    return {"columns": columns, "rows": sent}


def _take(request: HttpRequest, register: Register, organ: Organ, form: PasteForm) -> Any:
    text = form.cleaned_data["text"]
    if upload := form.cleaned_data.get("file"):
        text = _from_file(upload)
    rows = rows_of_text(text)
    names, lines = take_table(register, rows, organ=organ, by=request.user, at=timezone.now(),
                              keep=bool(request.POST.get("keep")), again=form.cleaned_data["again"])  # fmt: skip
    return names, lines, text, rows


def _from_file(upload: Any) -> str:
    if upload.size > MAX_BYTES:
        raise Refused("文件超过20MB，请删去图片和无关的工作表后再上传。", "A6.2b")
    try:
        return text_of_sheet(grid_texts(upload.read()))
    except Unreadable as why:
        raise Refused(why.sentence, "A6.2b") from why
