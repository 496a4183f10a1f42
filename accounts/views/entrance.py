"""The entrance: login, health, and what people read when something is refused, missing or broken."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from kombu import Connection

from accounts.access import log_access
from accounts.forms.entrance import LOCK_MINUTES, EntranceForm, NewPasswordForm
from accounts.http import edits, reads

# A broker that accepts and never answers must not hold up the load balancer's question.
QUICK = {"socket_connect_timeout": 1, "socket_timeout": 1}


@method_decorator(login_not_required, name="dispatch")
class Entrance(LoginView):
    """Name and password."""

    template_name = "accounts/login.html"
    authentication_form = EntranceForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a fragment that lands here because its session ran out learns so by 401 and keeps its page."""
        if getattr(request, "htmx", False):
            return HttpResponse(status=401)
        return super().get(request, *args, **kwargs)

    def get_default_redirect_url(self) -> str:
        """The desk; first the new password where the present one was handed out."""
        page = "accounts:password" if getattr(self.request.user, "must_change_password", False) else "accounts:desk"
        return reverse(page)

    def form_valid(self, form: EntranceForm) -> HttpResponse:
        """In, with a trace."""
        answer = super().form_valid(form)
        log_access(self.request, "login")
        return answer

    def form_invalid(self, form: EntranceForm) -> HttpResponse:
        """Not in, with a trace of the name that was tried."""
        log_access(self.request, "login", form.data.get("username", "")[:40], result="refused")
        return super().form_invalid(form)


class Leave(LogoutView):
    """Out, with a trace."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        log_access(request, "logout")
        return super().post(request, *args, **kwargs)


@edits
def password(request: HttpRequest) -> HttpResponse:
    """A person changes his own password and stays in."""
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        log_access(request, "password")
        messages.success(request, "密码已修改，下次登录请用新密码。")
        return redirect("accounts:desk")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@reads
def reconnected(request: HttpRequest) -> HttpResponse:
    """Shown inside a page whose session ran out, after the new login: hands that page its new token."""
    return render(request, "accounts/reconnected.html")


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """State of the database and the broker, for load balancers and for `./run demo`."""
    states = {"database": _database_state(), "broker": _broker_state()}
    return JsonResponse(
        {"status": "ok" if states["database"] == "ok" else "down", **states},
        status=200 if states["database"] == "ok" else 503,
    )


def _database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _broker_state() -> str:
    if not settings.BROKER_URL:
        return "inline"
    if not settings.BROKER_URL.startswith("redis"):
        return "ok"
    try:
        with Connection(settings.BROKER_URL, transport_options=QUICK) as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
            broker.default_channel.client.ping()
    except Exception:  # noqa: BLE001 - whatever the broker's driver raises means: not reachable
        return "down"
    return "ok"


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords from this address for this name."""
    until = timezone.localtime() + timedelta(minutes=LOCK_MINUTES)
    return render(request, "accounts/locked_out.html", {"minutes": LOCK_MINUTES, "until": until}, status=429)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is too old: the page says how to go on without losing what was typed."""
    return render(request, "accounts/stale_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, foreign and forbidden look the same."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours broke; what was saved is saved."""
    return render(request, "500.html", status=500)
