"""Import of a workbook: upload, preview row by row, decide, confirm."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from accounts.access import log_access
from accounts.digest import sm3
from accounts.http import edits, reads, writes
from accounts.jobs import run_here
from accounts.models import Organ
from accounts.permissions import Permission, organ_ids
from accounts.uploads import clean_name
from accounts.workflow import Refused
from ledgers.actions.imports import confirm_import, done_words, order_import
from ledgers.forms.imports import DecisionsForm, UploadForm
from ledgers.importing import Preview, book_of, forget, preview, read_workbook, unseen
from ledgers.models import ImportRun
from ledgers.sheets import Unreadable
from ledgers.sheets.blank import blank_workbook, error_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = (("wrong", "不能导入"), ("new", "新增"), ("changed", "变更"), ("same", "相同"), ("twice", "重复"))
PAGE = 200
LONG = 1000  # rows; below that an import takes less than a second


def _organ(request: HttpRequest, pk: int) -> Organ:
    mine = organ_ids(request.user, Permission.DRAFT)
    return get_object_or_404(Organ.objects.filter(pk__in=mine).keeping_ledgers(), pk=pk)


def _run(request: HttpRequest, pk: int) -> ImportRun:
    mine = organ_ids(request.user, Permission.DRAFT)
    return get_object_or_404(ImportRun.objects.filter(organ__in=mine).select_related("organ", "by"), pk=pk)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else timezone.localdate().year


@edits
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The file comes in; what it says is shown before anything is written."""
    organ = _organ(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"year": _year(request)})
    if request.method == "POST" and form.is_valid():
        run = _keep(request, organ, form)
        if run is not None:
            return redirect("ledgers:import_preview", pk=run.pk)
    runs = ImportRun.objects.filter(organ=organ, imported_at__isnull=False).select_related("by")[:10]
    shown = {"form": form, "organ": organ, "year": _year(request), "runs": runs}
    return render(request, "ledgers/import_upload.html", shown, status=422 if form.errors else 200)


def _keep(request: HttpRequest, organ: Organ, form: UploadForm) -> ImportRun | None:
    """Keep the file for the preview, under a random name; None when it cannot be read, with the sentence in the form."""
    file, year = form.cleaned_data["file"], form.cleaned_data["year"]
    user: Any = request.user
    data = file.read()
    name = clean_name(file.name)
    try:
        read_workbook(data, name, book_of(organ, year))
    except Unreadable as why:
        form.add_error("file", why.sentence)
        return None
    for left in ImportRun.objects.filter(organ=organ, by=user, imported_at__isnull=True):
        forget(left)
    run = ImportRun(organ=organ, year=year, filename=name, digest=sm3(data), by=user, created_at=timezone.now())
    run.file.save(f"{uuid4().hex}{name[name.rfind('.') :].lower()}", ContentFile(data))
    return run


def _preview(run: ImportRun) -> Preview:
    """What the kept file says now; a file that can no longer be read is a 404."""
    try:
        with run.file.open("rb") as file:
            return preview(file.read(), run)
    except (Unreadable, OSError, ValueError) as gone:
        raise Http404 from gone


@reads
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row: new, changed, the same, wrong with cell and sentence. After the import: what it did."""
    run = _run(request, pk)
    if run.imported_at:
        return render(request, "ledgers/import_done.html", {"run": run})
    seen = _preview(run)
    return render(request, "ledgers/import_preview.html", _shown(request, run, seen))


def _shown(request: HttpRequest, run: ImportRun, seen: Preview, form: DecisionsForm | None = None) -> dict[str, Any]:
    lines = seen.lines_by_state()
    wanted = request.GET.get("state", "")
    state = wanted if lines.get(wanted) else next((key for key, _label in STATES if lines.get(key)), "new")
    start = request.GET.get("from", "")
    start_at = int(start) if start.isascii() and start.isdigit() else 0
    rows = lines.get(state, [])
    return {
        "run": run,
        "seen": seen,
        "form": form or DecisionsForm(None, seen.reading, seen.directory),
        "chips": [(key, label, len(lines.get(key, []))) for key, label in STATES if lines.get(key)],
        "state": state,
        "rows": rows[start_at : start_at + PAGE],
        "next_from": start_at + PAGE if len(rows) > start_at + PAGE else None,
        "wrong": len(lines.get("wrong", [])),
        "to_write": len(lines.get("new", [])) + len(lines.get("changed", [])),
    }


@writes
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk says which column is which and whom an unknown wording means; the preview is read anew."""
    run = _run(request, pk)
    if run.imported_at:
        return redirect("ledgers:import_preview", pk=run.pk)
    seen = _preview(run)
    form = DecisionsForm(request.POST, seen.reading, seen.directory)
    if not form.is_valid():
        return render(request, "ledgers/import_preview.html", _shown(request, run, seen, form), status=422)
    run.mapping = form.mapping(seen.reading) or run.mapping
    run.choices = {**run.choices, **form.choices()}
    run.save()
    return redirect("ledgers:import_preview", pk=run.pk)


@writes
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it, all or nothing."""
    run = _run(request, pk)
    if run.imported_at:
        messages.warning(request, "这个文件已经导入，没有重复写入。")
        return redirect("ledgers:import_preview", pk=run.pk)
    seen, skip, now = _preview(run), "skip_bad_rows" in request.POST, timezone.now()
    if len(seen.lines) > LONG:
        return _hand_over(request, run, skip)
    try:
        confirm_import(run, seen, by=request.user, at=now, skip_bad_rows=skip, progress=unseen)
    except Refused as refused:
        messages.error(request, refused.full)
    else:
        messages.success(request, done_words(run))
    return redirect("ledgers:import_preview", pk=run.pk)


def _hand_over(request: HttpRequest, run: ImportRun, skip_bad_rows: bool) -> HttpResponse:
    """A long import is the worker's; the clerk sees its progress and may go on with other things."""
    now = timezone.now()
    job = order_import(run, by=request.user, at=now, skip_bad_rows=skip_bad_rows)
    run_here(at=now)
    messages.success(request, "已交后台导入，办完会通知您。导入是整份写入的，中途不会只写一半。")
    return redirect(f"{reverse('accounts:jobs')}?job={job.pk}")


@writes
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw an upload away before it was imported."""
    run = _run(request, pk)
    organ_id = run.organ_id
    if not run.imported_at:
        forget(run)
        messages.success(request, "已放弃这次导入，没有写入任何内容。")
    return redirect("ledgers:import", pk=organ_id)


@reads
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The cells to be mended, as a workbook."""
    run = _run(request, pk)
    if run.imported_at:
        raise Http404
    log_access(request, "export", f"{run}：改正清单")
    return _workbook(error_workbook(_preview(run).reading.errors), f"{run.filename.rpartition('.')[0]}-需要改正.xlsx")


@reads
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty ledger of the organ, with its own units and tasks to choose from."""
    organ, year = _organ(request, pk), _year(request)
    return _workbook(blank_workbook(book_of(organ, year).directory()), f"{organ.name}{year}年工作台账（空白）.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
