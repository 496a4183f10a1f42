"""Long work of my own: its progress, its result, another try."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts import jobs
from accounts.access import log_access
from accounts.http import reads, writes
from accounts.lists import named_id
from accounts.models import Job, JobState


@reads
def job_list(request: HttpRequest) -> HttpResponse:
    """What I ordered, newest first; the address may name one by `job`. For htmx only the rows, so that they can ask again."""
    rows = list(Job.objects.visible_to(request.user)[:20])
    said = jobs.progress_of(row.pk for row in rows if row.state == JobState.RUNNING)
    for row in rows:
        row.done, row.total = said.get(row.pk, (0, 0))  # type: ignore[attr-defined]
    busy = any(row.state in (JobState.WAITING, JobState.RUNNING) for row in rows)
    template = "accounts/_jobs.html" if getattr(request, "htmx", False) else "accounts/jobs.html"
    return render(request, template, {"jobs": rows, "busy": busy, "named": named_id(request.GET, "job")})


@reads
def job_file(request: HttpRequest) -> HttpResponseBase:
    """The paper that a job prepared."""
    if (pk := named_id(request.GET, "job")) is None:
        return redirect("accounts:jobs")
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if not job.file:
        raise Http404("no file")
    log_access(request, "export", job.title)
    return FileResponse(job.file.open("rb"), as_attachment=True, filename=job.file_name)


@writes
def job_again(request: HttpRequest) -> HttpResponse:
    """Another try."""
    if (pk := named_id(request.POST, "job")) is None:
        return redirect("accounts:jobs")
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    jobs.again(job)
    messages.success(request, f"已重新交办：{job.title}。")
    return redirect("accounts:jobs")
