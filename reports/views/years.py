"""The year that a paper is begun for: what is no year is said so, never taken for this one."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.utils import timezone

from accounts.workflow import Refused


def asked_year(request: HttpRequest, article: str) -> int:
    """The year of the address or of the form, this one where none is named. Raises `Refused` for what is no year."""
    wanted = (request.GET.get("year") or request.POST.get("year") or "").strip()
    if not wanted:
        return timezone.localdate().year
    if not re.fullmatch(r"[0-9]{4}", wanted):
        raise Refused(f"年度“{wanted[:20]}”不能识别，请从列表页上的按钮起草。", article)
    return int(wanted)
