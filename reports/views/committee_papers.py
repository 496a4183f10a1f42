"""Papers of a meeting of the standing committee to take away: the packet, 会议纪要 and 决定事项通知."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.access import log_access
from accounts.digest import sm3
from accounts.http import reads, writes
from accounts.jobs import run_here
from accounts.workflow import Refused
from accounts.xlsx import download
from reports.actions.committee.packets import order_packet
from reports.builders import committee as papers
from reports.committee.states import MeetingStep
from reports.models import MeetingPacket
from reports.pdf import to_pdf
from reports.views.committee import found_meeting
from reports.word.document import DOCX, to_docx

PAPERS = {"minutes": ("纪要", papers.minutes_paper), "notice": ("决定事项通知", papers.notice_paper)}


@writes
def packet_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the packet anew."""
    found, now = found_meeting(request, pk), timezone.now()
    order_packet(found, by=request.user, at=now)
    log_access(request, "export", f"{found}议题材料")
    run_here(at=now)
    messages.success(request, "正在后台汇编议题材料，汇编好会通知您。")
    return redirect(f"{found.get_absolute_url()}#packets")


@reads
def packet(request: HttpRequest, pk: int) -> FileResponse:
    """The packet as it lay on the table. A file whose bytes no longer have their digest is not served."""
    row = get_object_or_404(MeetingPacket.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    try:
        with row.file.open("rb") as stored:
            intact = sm3(stored.read()) == row.digest
    except (OSError, ValueError) as error:
        raise Http404("file is gone") from error
    log_access(request, "download", str(row), result="ok" if intact else "digest")
    if not intact:
        raise Http404("digest differs")
    answer = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=f"{row}.pdf", content_type="application/pdf"
    )
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer


@reads
def paper(request: HttpRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """会议纪要 or 决定事项通知 as PDF or Word; a draft until the meeting is closed."""
    found = found_meeting(request, pk)
    if kind not in PAPERS or form not in ("pdf", "docx"):
        raise Http404("no such paper")
    if found.step not in (MeetingStep.HELD, MeetingStep.CLOSED):
        raise Refused(f"{found}{found.get_step_display()}，开会并登记决定后才有纪要和通知。", "A6.1f")
    word, build = PAPERS[kind]
    made = build(found)
    log_access(request, "export", f"{found}{word}.{form}")
    data = to_pdf(made) if form == "pdf" else to_docx(made)
    return download(data, f"{found}{word}.{form}", "application/pdf" if form == "pdf" else DOCX)
