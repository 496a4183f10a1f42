"""The access log: sensitive reads, exports, prints and logins leave one row naming the person."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.http import client_address
from accounts.models import AccessLog


def log_access(request: HttpRequest, action: str, subject: Any = "", *, result: str = "ok") -> None:
    """Write that the request's user did `action` (view, export, print, download, login …) to `subject`."""
    user: Any = request.user if request.user.is_authenticated else None
    AccessLog.objects.create(
        at=timezone.now(),
        user=user,
        username=user.username if user else "",
        role=user.role if user else "",
        organ_name=user.organ.name if user else "",
        action=action,
        subject=str(subject)[:300],
        result=result,
        address=client_address(request),
        path=request.path[:300],
    )
