"""Which ledger a request is about: the organ must be one the user may read; the year a sensible one."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.forms.periods import FIRST_YEAR
from accounts.models import Organ
from accounts.permissions import Permission, has, organ_ids
from accounts.views import times


def organ_or_404(request: HttpRequest, pk: int, *, to_write: bool = False) -> Organ:
    """An organ that keeps a ledger and whose ledger the user may read, or with `to_write` may fill in."""
    user: Any = request.user
    ids = organ_ids(user, Permission.DRAFT if to_write else Permission.READ)
    return get_object_or_404(Organ.objects.filter(pk__in=ids), pk=pk)


def year_or_404(year: int) -> int:
    """A year that a ledger can have."""
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404("no such year")
    return year


def asked_year(request: HttpRequest) -> int:
    """The year that the address names, this one where none is named. Raises `Misread` for a year without ledgers."""
    return times.asked_year(request, last=timezone.localdate().year + 1)


def years(year: int) -> list[int]:
    """Years offered on the page."""
    now = timezone.localdate().year
    return sorted({now + 1, now, now - 1, now - 2, year}, reverse=True)


def may_write(request: HttpRequest, organ: Organ) -> bool:
    """Whether the user fills in this ledger."""
    return has(request.user, Permission.DRAFT, organ.pk)
