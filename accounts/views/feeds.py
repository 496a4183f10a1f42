"""The calendar address of a person: made, renewed and revoked by him, read by his telephone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import log_access
from accounts.duties import feed
from accounts.http import edits, writes


@edits
def feed_form(request: HttpRequest) -> HttpResponse:
    """Whether there is an address; on POST a new one, shown this once."""
    address = ""
    if request.method == "POST":
        secret = feed.renew(by=request.user, at=timezone.now())
        log_access(request, "feed", "生成日历订阅地址")
        address = request.build_absolute_uri(reverse("accounts:duty_feed", args=[secret]))
    response = render(request, "accounts/feed.html", {"address": address, "made_at": feed.made_at(request.user)})
    response["Cache-Control"] = "no-store"
    return response


@writes
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """The address leads nowhere from now on."""
    if feed.revoke(by=request.user):
        log_access(request, "feed", "停用日历订阅地址")
        messages.success(request, "日历订阅地址已停用，用它订阅的日历不再更新。")
    else:
        messages.info(request, "您没有日历订阅地址，不需要停用。")
    return redirect("accounts:duty_feed_form")


@login_not_required
@require_safe
def duty_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself. An unknown, renewed or revoked address is not found."""
    owner: Any = feed.owner_of(token)
    if owner is None:
        raise Http404("no such feed")
    response = HttpResponse(feed.calendar(owner, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="duties.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
