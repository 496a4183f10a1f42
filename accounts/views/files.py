"""Attachments leave only here: for whoever may read their organ, as a download, with a row in the access log."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import log_access
from accounts.digest import sm3
from accounts.http import reads
from accounts.models import Attachment


@reads
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """One file. A file whose bytes no longer have their digest is not served."""
    row = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    try:
        with row.file.open("rb") as stored:
            intact = sm3(stored.read()) == row.digest
    except OSError as error:
        raise Http404("file is gone") from error
    log_access(request, "download", row.name, result="ok" if intact else "digest")
    if not intact:
        raise Http404("digest differs")
    response = FileResponse(row.file.open("rb"), as_attachment=True, filename=row.name, content_type=row.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
