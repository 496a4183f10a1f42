"""Documents and bulletins to take away, scoped like their pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.http import reads
from reports.builders import documents
from reports.views.papers import send_pdf
from supervision.models import IssuedDocument, TypicalBulletin


@reads
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """纪检监察建议书, 督办函, 整改通知书, 廉情抄告单 and the like as PDF (A9.7e)."""
    rows = IssuedDocument.objects.visible_to(request.user).select_related(
        "organ__parent", "unit", "follows", "signed_by"
    )
    row = get_object_or_404(rows, pk=pk)
    return send_pdf(request, documents.paper(row), f"{row.doc_no or row.kind_word} {row.title[:60]}")


@reads
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """典型问题通报 as PDF (A9.8d)."""
    rows = TypicalBulletin.objects.visible_to(request.user).select_related("organ__parent", "signed_by")
    row = get_object_or_404(rows, pk=pk)
    return send_pdf(request, documents.paper(row), f"{row.doc_no or row.kind_word} {row.title[:60]}")
