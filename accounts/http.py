"""Views of five beats: `@reads` pages cannot write, `@writes` pages accept only POST."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

View = Callable[..., HttpResponse]
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# What a read may leave behind: the trace of the reading itself, the session's own row, and an order to prepare a paper.
TRACES = ("accounts_accesslog", "django_session", "accounts_notice", "accounts_job")


class WroteWhileReading(AssertionError):
    """A GET view tried to change the office's records."""


def _guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip().upper().startswith(WRITING) and not any(table in sql for table in TRACES):
        raise WroteWhileReading(sql[:120])
    return execute(sql, params, many, context)


def reads(view: View) -> View:
    """A page that only shows: GET and HEAD, and any write to a business table blows up."""

    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with connection.execute_wrapper(_guard):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
            return response

    return wrapper


def writes(view: View) -> View:
    """A page that does one thing, on POST only."""
    return require_POST(view)


def edits(view: View) -> View:
    """A form: shown on GET, taken on POST."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, for the access log and the lock-out; believes only what our own proxy added."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if 0 < settings.PROXY_COUNT <= len(hops):
        return hops[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")
