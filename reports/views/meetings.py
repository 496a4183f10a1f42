"""Minutes and lists of meetings to take away, scoped like their pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.http import reads
from ledgers.models import Consultation
from reports.builders import consultations
from reports.paper import Paper
from reports.pdf import to_pdf
from reports.views.papers import send


def consultation_found(request: HttpRequest, pk: int) -> tuple[str, Paper, str]:
    """会商纪要: kind of template, paper, name of the file."""
    row = get_object_or_404(Consultation.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return "consultation", consultations.consultation_paper(row), f"会商纪要 {row}"


@reads
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """会商纪要 as PDF (A10.3a)."""
    _, paper, name = consultation_found(request, pk)
    return send(request, to_pdf(paper), name, "pdf")
