"""The entrance: login, health, and what people read when something is refused, missing or broken."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from kombu import Connection


@method_decorator(login_not_required, name="dispatch")
class Entrance(LoginView):
    """Name and password."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True


class Leave(LogoutView):
    """Out."""


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
        with Connection(settings.BROKER_URL, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception:  # noqa: BLE001 - whatever the broker's driver raises means: not reachable
        return "down"
    return "ok"


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords from this address for this name."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is too old: the page says how to go on without losing what was typed."""
    return render(request, "accounts/stale_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, foreign and forbidden look the same."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours broke; what was saved is saved."""
    return render(request, "500.html", status=500)
