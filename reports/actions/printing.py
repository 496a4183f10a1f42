"""Long papers are prepared by the worker, while people go on: it opens the paper's own address in the person's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from accounts import jobs
from accounts.jobs import Outcome, Progress
from accounts.models import Job
from accounts.policy import TABLE, admits
from accounts.workflow import Refused

LONG = 200  # rows and paragraphs; above that a PDF takes more than a few seconds
PRINT = "print_paper"
AT_LEISURE = "at_leisure"  # the mark of a request that the worker makes: whatever the length, it is printed now


def order_print(address: str, name: str, *, by: Any, at: datetime) -> Job:
    """Hand the paper behind an address of ours to the worker."""
    return jobs.order(PRINT, title=f"{name} PDF", by=by, at=at, arguments={"address": address})


def _print(job: Job, at: datetime, progress: Progress) -> Outcome:
    """What the person may read now is printed, not what he might read when he ordered it."""
    progress(0, 2)
    try:
        answer = _opened(job.arguments["address"], job.owner)
    except Http404 as gone:
        raise Refused("您已没有查看这份文稿的权限，或者文稿已不存在，没有打印。") from gone
    progress(1, 2)
    return Outcome("已印好，可以下载。", file=b"".join(answer), file_name=f"{job.title.removesuffix(' PDF')}.pdf")


def _opened(address: str, owner: Any) -> HttpResponse:
    """The page behind the address, as the policy table and its own reads give it to the person."""
    parts = urlsplit(address)
    match = resolve(parts.path)
    page = TABLE.get(match.view_name)
    if page is None or not admits(owner, page, "GET"):
        raise Http404(match.view_name)
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", parts.path, parts.path
    request.GET, request.user, request.resolver_match = QueryDict(parts.query), owner, match
    setattr(request, AT_LEISURE, True)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


jobs.declare(PRINT, _print)
