"""The inbox: one sentence per notice, opened, and marked as read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import reads, writes
from accounts.lists import named_id, page_of
from accounts.models import Notice

COLUMNS = ("pk", "sentence", "created_at", "read_at", "article", "link")


@reads
def inbox(request: HttpRequest) -> HttpResponse:
    """My notices, newest first; unread only on request."""
    notices = Notice.objects.visible_to(request.user)
    unread = request.GET.get("state") == "unread"
    rows = (notices.unread() if unread else notices).values(*COLUMNS)
    chips: list[dict[str, Any]] = [
        {"label": "全部", "address": "?", "on": not unread},
        {"label": "未读", "address": "?state=unread", "on": unread, "count": notices.unread().count()},
    ]
    page = page_of(rows, ("-pk",), after=request.GET.get("after"))
    return render(request, "accounts/inbox.html", {"page": page, "chips": chips, "only_unread": unread})


@reads
def notice(request: HttpRequest) -> HttpResponse:
    """Open what a notice speaks of; reading it is what marks it. The address names it by `notice`."""
    pk = named_id(request.GET, "notice")
    found = Notice.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        return redirect("accounts:inbox")
    if found.read_at is None:
        found.read_at = timezone.now()
        found.save(update_fields=["read_at"])
    inside = url_has_allowed_host_and_scheme(found.link, allowed_hosts=None)
    return redirect(found.link if found.link and inside else "accounts:inbox")


@writes
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything I have is read."""
    Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return redirect("accounts:inbox")
