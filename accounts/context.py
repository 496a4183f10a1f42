"""What every page shows around its content: office, year, unread notices, banners."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.jobs.background import silent_since
from accounts.models import Notice, work_calendar
from accounts.policy import BELONGS, TABLE, Audience, admits


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values of the frame. Lazy where they cost a query, so that fragments do not pay for them."""
    user = getattr(request, "user", None)
    today = timezone.localdate()
    signed_in = bool(user is not None and user.is_authenticated)
    return {
        "office_name": settings.OFFICE_NAME,
        "demo": settings.DEMO,
        "today": today,
        "unread_count": (lambda: Notice.objects.visible_to(user).unread().count()) if signed_in else 0,
        "unknown_year": (lambda: None if work_calendar().knows(today.year) else today.year) if signed_in else None,
        "beat_silent": (lambda: _beat_silent(user)) if signed_in else None,
        "open_pages": (lambda: {name for name, page in TABLE.items() if admits(user, page, "GET")})
        if signed_in
        else (),
    }


def _beat_silent(user: Any) -> Any:
    """For whoever can act on it: since when no periodic task has run."""
    if not any(BELONGS[circle](user) for circle in (Audience.SYSTEM, Audience.CSO)):
        return None
    return silent_since(at=timezone.now())
