"""Closed by default: a URL without a row in the policy table, or not meant for the user, is not found."""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.forms.asking import Misread
from accounts.grants import sync_user
from accounts.policy import TABLE, Audience, admits
from accounts.workflow import Refused
from accounts.writing.typed import texts_of

WITH_FIRST_PASSWORD = frozenset({"accounts:password", "accounts:logout", "accounts:reconnected"})


class PolicyMiddleware:
    """Asks the policy table before each view, and turns a refusal into its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """404 for whoever is not in the page's circle; the daily look at dated assignments happens here too.

        A person with a password that was handed to him finds nothing but the page where he sets his own.
        """
        name = request.resolver_match.view_name if request.resolver_match else ""
        page = TABLE.get(name)
        if page is None:
            raise Http404("no row in the policy table")
        if Audience.OPEN in page.get + page.post or not request.user.is_authenticated:
            return None
        today = timezone.localdate()
        if request.user.rights_synced_on != today:
            sync_user(request.user, on=today)
        if not admits(request.user, page, request.method or "GET"):
            raise Http404("not for this role")
        if request.user.must_change_password and name not in WITH_FIRST_PASSWORD:
            return redirect("accounts:password")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal is a sentence on the page, and so is an address that cannot be read; neither is an error."""
        if isinstance(exception, Misread):
            return render(request, "accounts/misread.html", {"filters": exception.form}, status=exception.status)
        if not isinstance(exception, Refused):
            return None
        template = "accounts/_refused.html" if getattr(request, "htmx", False) else "accounts/refused.html"
        shown = {"refused": exception, "typed": texts_of(request.POST)}
        return render(request, template, shown, status=exception.status)


DRAFTS_TAKEN = "drafts_taken"  # cookie; drafts.js drops the drafts whose marks it names, and then the cookie
DRAFT_MARK = re.compile(r"[a-z0-9]{1,24}")
REMEMBERED = 5  # marks of one browser: two tabs may be answered at the same moment
KEPT_SECONDS = 600


class DraftMiddleware:
    """Tells the browser which draft the office has: a form that is answered by the way to the next page was taken.

    A refusal, a mistake, a lost connection and the entrance after a time-out say nothing, and the draft stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400 and request.user.is_authenticated:
            mark = request.POST.get("draft_mark", "")
            if DRAFT_MARK.fullmatch(mark):
                known = [
                    word for word in request.COOKIES.get(DRAFTS_TAKEN, "").split(".") if DRAFT_MARK.fullmatch(word)
                ]
                words = ".".join([*known, mark][-REMEMBERED:])
                response.set_cookie(
                    DRAFTS_TAKEN, words, max_age=KEPT_SECONDS, samesite="Lax", secure=request.is_secure()
                )
        return response
