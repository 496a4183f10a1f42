"""Papers to take away. Each is scoped like the page it prints, and leaves a row in the access log."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads
from accounts.jobs import run_here
from accounts.models import Approval, Organ
from accounts.permissions import Permission, anywhere, visible_organ_ids
from accounts.xlsx import XLSX, download
from checklists.models import AnnualChecklist, AnnualPoints, InstructionItem
from ledgers.models import MasterLedgerEntry, UnitLedgerEntry
from ledgers.views.places import year_or_404
from reports.actions.printing import LONG, order_ledger
from reports.builders import checklists, ledgers, signatures
from reports.paper import Paper
from reports.pdf import to_pdf
from reports.word.document import DOCX, to_docx

TYPES = {"pdf": "application/pdf", "docx": DOCX, "xlsx": XLSX}


def known(form: str) -> str:
    """A format that papers have; any other is a 404."""
    if form not in TYPES:
        raise Http404("no such format")
    return form


def made(form: str, paper: Callable[[], Paper], sheet: Callable[[], bytes]) -> bytes:
    """The file in the form that was asked for: PDF and Word from one paper, the workbook from its own rows."""
    if known(form) == "xlsx":
        return sheet()
    return to_pdf(paper()) if form == "pdf" else to_docx(paper())


def send(request: HttpRequest, data: bytes, name: str, form: str) -> HttpResponse:
    """The file, with its row in the access log."""
    log_access(request, "export", f"{name}.{form}")
    return download(data, f"{name}.{form}", TYPES[form])


@reads
def home(request: HttpRequest) -> HttpResponse:
    """What can be printed, for the user."""
    user: Any = request.user
    organs = list(Organ.objects.keeping_ledgers().visible_to(user).values("pk", "name")[:60])
    shown = {"lists": list(AnnualChecklist.objects.issued_to(user)), "points": list(AnnualPoints.objects.issued_to(user)),
             "organs": organs, "year": timezone.localdate().year, "reads": anywhere(user, Permission.READ)}  # fmt: skip
    return render(request, "reports/home.html", shown)


@reads
def checklist(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """年度政治监督重点项目清单 as PDF, Word or workbook."""
    row = get_object_or_404(AnnualChecklist.objects.issued_to(request.user), pk=pk)
    today = timezone.localdate()
    data = made(form, lambda: checklists.paper(row, on=today), lambda: checklists.sheets(row, on=today))
    return send(request, data, str(row), form)


@reads
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """年度政治监督要点 as PDF."""
    row = get_object_or_404(AnnualPoints.objects.issued_to(request.user), pk=pk)
    return send(request, to_pdf(checklists.points_paper(row)), row.title, "pdf")


@reads
def approval_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """审批单 as PDF."""
    row = get_object_or_404(Approval.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return send(request, to_pdf(signatures.paper(row)), f"审批单 {row.title[:60]}", "pdf")


def _later(request: HttpRequest, organ: Organ | None, year: int) -> HttpResponse:
    """A long ledger is the worker's; the page shows how far it is and fetches it."""
    job = order_ledger(organ, year, by=request.user, at=timezone.now())
    run_here(at=timezone.now())
    messages.info(request, "台账较长，正在后台排版，印好会通知您，在这里下载。")
    return redirect(f"{reverse('accounts:jobs')}?job={job.pk}")


@reads
def unit_ledger(request: HttpRequest, pk: int, year: int, form: str) -> HttpResponse:
    """单位工作台账 as PDF, Word or workbook."""
    organ = get_object_or_404(Organ.objects.visible_to(request.user), pk=pk)
    name, on = f"{organ.name}{year_or_404(year)}年政治监督工作台账", timezone.localdate()
    if form == "pdf" and UnitLedgerEntry.objects.live().filter(organ=organ, year=year).count() > LONG:
        return _later(request, organ, year)
    data = made(form, lambda: ledgers.unit_paper(organ, year, on=on), lambda: ledgers.unit_sheet(organ, year, on=on))
    return send(request, data, name, form)


@reads
def master_ledger(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """工作总台账 as PDF, Word or workbook, over the organs that the user reads."""
    ids, on, year = visible_organ_ids(request.user), timezone.localdate(), year_or_404(year)
    if form == "pdf" and MasterLedgerEntry.objects.visible_to(request.user).filter(year=year).count() > LONG:
        return _later(request, None, year)
    data = made(form, lambda: ledgers.master_paper(year, ids, on=on), lambda: ledgers.master_sheet(year, ids, on=on))
    return send(request, data, f"{year}年政治监督工作总台账", form)


@reads
def instructions(request: HttpRequest) -> HttpResponse:
    """指示批示台账 as workbook."""
    rows = (
        InstructionItem.objects.visible_to(request.user)
        .select_related("responsible_unit")
        .prefetch_related("progress", "look_backs")
    )
    return send(request, checklists.instruction_sheet(list(rows)), "指示批示台账", "xlsx")
