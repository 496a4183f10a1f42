"""Papers about problems: one problem's whole file, and the ledger of rectification."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import reads
from accounts.lists import named_id
from accounts.models import Organ, SupervisedUnit
from reports.builders import dossier, rectification
from reports.views.papers import known, send, send_pdf
from supervision.models import Problem


@reads
def problem_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """问题档案 as PDF."""
    rows = Problem.objects.visible_to(request.user).select_related(
        "organ", "unit", "item", "repeat_of", "rectification__verified_by", "rectification__closed_by"
    )
    row = get_object_or_404(rows, pk=pk)
    return send_pdf(request, dossier.paper(row, on=timezone.localdate(), reader=request.user), f"问题档案 {row.code}")


@reads
def rectification_ledger(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """问题整改台账 of an organ, or of the unit that `?unit=` names, as PDF or workbook."""
    organ, today = get_object_or_404(Organ.objects.visible_to(request.user), pk=pk), timezone.localdate()
    unit, asked = None, named_id(request.GET, "unit")
    if asked is not None:
        unit = get_object_or_404(SupervisedUnit.objects.visible_to(request.user), pk=asked)
    name = f"{unit.name if unit else organ.name}问题整改台账"
    if known(form) == "pdf":
        return send_pdf(request, rectification.paper(organ, on=today, unit=unit), name)
    return send(request, rectification.sheet(organ, on=today, unit=unit), name, form)
