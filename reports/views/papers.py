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
from ledgers.views.places import year_or_404
from reports.actions.printing import AT_LEISURE, LONG, order_print
from reports.actions.templates import as_word
from reports.builders import checklists, ledgers, signatures
from reports.paper import Paper
from reports.pdf import to_pdf
from reports.word.document import DOCX, to_docx
from reports.word.template import TemplateRefused

TYPES = {"pdf": "application/pdf", "docx": DOCX, "xlsx": XLSX}


def known(form: str) -> str:
    """A format that papers have; any other is a 404."""
    if form not in TYPES:
        raise Http404("no such format")
    return form


def send(request: HttpRequest, data: bytes, name: str, form: str, *, action: str = "export") -> HttpResponse:
    """The file, with its row in the access log."""
    log_access(request, action, f"{name}.{form}")
    return download(data, f"{name}.{form}", TYPES[form])


def send_pdf(request: HttpRequest, paper: Paper, name: str, *, action: str = "export") -> HttpResponse:
    """A paper as PDF; a long one is the worker's, and the page of jobs shows how far it is and fetches it."""
    if paper.length <= LONG or getattr(request, AT_LEISURE, False):
        return send(request, to_pdf(paper), name, "pdf", action=action)
    job = order_print(request.get_full_path(), name, by=request.user, at=timezone.now())
    run_here(at=timezone.now())
    messages.info(request, "文稿较长，正在后台排版，印好会通知您，在这里下载。")
    return redirect(f"{reverse('accounts:jobs')}?job={job.pk}")


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
    return send_as(
        request, form, str(row), lambda: checklists.paper(row, on=today), lambda: checklists.sheets(row, on=today)
    )


@reads
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """年度政治监督要点 as PDF."""
    row = get_object_or_404(AnnualPoints.objects.issued_to(request.user), pk=pk)
    return send_pdf(request, checklists.points_paper(row), row.title)


@reads
def approval_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """审批单 as PDF."""
    row = get_object_or_404(Approval.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return send_pdf(request, signatures.paper(row), f"审批单 {row.title[:60]}")


def print_found(request: HttpRequest, found: tuple[str, Paper, str]) -> HttpResponse:
    """What a finder found (kind of template, paper, name of the file), as PDF."""
    _, paper, name = found
    return send_pdf(request, paper, name)


def send_word(request: HttpRequest, kind: str, paper: Paper, name: str) -> HttpResponse:
    """A paper as a Word file by the office's own template where it has one; a template that no longer fits is named."""
    try:
        return send(request, as_word(kind, paper), name, "docx")
    except TemplateRefused as refused:
        messages.error(request, f"本机关的模板现在不能使用：{'；'.join(refused.sentences)}请党风政风监督室更换模板。")
        return redirect("reports:home")


def send_paper(request: HttpRequest, kind: str, paper: Paper, name: str, form: str) -> HttpResponse:
    """PDF by the standard, Word by the office's template."""
    return send_pdf(request, paper, name) if form == "pdf" else send_word(request, kind, paper, name)


def send_as(
    request: HttpRequest, form: str, name: str, paper: Callable[[], Paper], sheet: Callable[[], bytes]
) -> HttpResponse:
    """The form that was asked for: PDF and Word from one paper, the workbook from its own rows."""
    if known(form) == "pdf":
        return send_pdf(request, paper(), name)
    return send(request, sheet() if form == "xlsx" else to_docx(paper()), name, form)


@reads
def unit_ledger(request: HttpRequest, pk: int, year: int, form: str) -> HttpResponse:
    """单位工作台账 as PDF, Word or workbook."""
    organ = get_object_or_404(Organ.objects.visible_to(request.user), pk=pk)
    name, on = f"{organ.name}{year_or_404(year)}年政治监督工作台账", timezone.localdate()
    return send_as(
        request,
        form,
        name,
        lambda: ledgers.unit_paper(organ, year, on=on),
        lambda: ledgers.unit_sheet(organ, year, on=on),
    )


@reads
def master_ledger(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """工作总台账 as PDF, Word or workbook, over the organs that the user reads."""
    ids, on, year = visible_organ_ids(request.user), timezone.localdate(), year_or_404(year)
    return send_as(
        request, form, f"{year}年政治监督工作总台账",
        lambda: ledgers.master_paper(year, ids, on=on), lambda: ledgers.master_sheet(year, ids, on=on),
    )  # fmt: skip


@reads
def instructions(request: HttpRequest) -> HttpResponse:
    """指示批示台账 as workbook."""
    rows = (
        InstructionItem.objects.visible_to(request.user)
        .select_related("responsible_unit")
        .prefetch_related("progress", "look_backs")
    )
    return send(request, checklists.instruction_sheet(list(rows)), "指示批示台账", "xlsx")
