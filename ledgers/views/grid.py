"""The grid: one page, and the four addresses through which its cells come and go."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.http import reads, writes
from accounts.lists import named_id
from accounts.workflow import Refused
from checklists.models import Method
from ledgers.actions.rows import Change, remove_rows, restore_rows, write_cells
from ledgers.columns import COLUMNS
from ledgers.importing import book_of
from ledgers.selectors import GRID_PAGE, rows_of
from ledgers.views.places import may_write, organ_or_404, year_or_404


class BadRequest(Refused):
    """The browser sent something that is not a list of changes."""

    status = 400


@reads
def grid(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The ledger as a spreadsheet (A6.2b)."""
    organ = organ_or_404(request, pk, to_write=True)
    setup = _setup(request, organ, year_or_404(year))
    return render(request, "ledgers/grid.html", {"organ": organ, "year": year, "setup": setup})


def _setup(request: HttpRequest, organ: Any, year: int) -> dict[str, Any]:
    book = book_of(organ, year)
    lists = {"task": list(book.items), "unit": list(book.units),
             "method": list(Method.objects.filter(is_active=True).values_list("name", flat=True))}  # fmt: skip
    columns = [
        {
            "key": c.key,
            "title": c.title,
            "width": c.width,
            "kind": c.kind,
            "readOnly": c.read_only,
            "source": lists.get(c.key, []),
        }
        for c in COLUMNS
    ]
    urls = {
        name: reverse(f"ledgers:grid_{name}", args=[organ.pk, year]) for name in ("rows", "cells", "remove", "restore")
    }
    return {"columns": columns, "urls": urls, "ledger": f"{organ.pk}:{year}", "user": request.user.pk,
            "problem": reverse("supervision:problem", args=[0]), "canWrite": may_write(request, organ)}  # fmt: skip


@reads
def grid_rows(request: HttpRequest, pk: int, year: int) -> JsonResponse:
    """One page of rows."""
    organ = organ_or_404(request, pk, to_write=True)
    rows = rows_of(organ, year_or_404(year), after=named_id(request.GET, "after") or 0)
    return JsonResponse({"rows": rows, "next": rows[-1]["position"] if len(rows) == GRID_PAGE else None})


@writes
def grid_cells(request: HttpRequest, pk: int, year: int) -> JsonResponse:
    """Take a batch of changed cells."""
    organ = organ_or_404(request, pk, to_write=True)
    changes = [_change(entry) for entry in _body(request, "changes")]
    answer = write_cells(organ, year_or_404(year), changes, by=request.user, at=timezone.now())
    return JsonResponse(answer)


@writes
def grid_remove(request: HttpRequest, pk: int, year: int) -> JsonResponse:
    """Take rows off."""
    organ = organ_or_404(request, pk, to_write=True)
    ids = [entry for entry in _body(request, "rows") if isinstance(entry, int)]
    return JsonResponse(remove_rows(organ, year_or_404(year), ids, by=request.user, at=timezone.now()))


@writes
def grid_restore(request: HttpRequest, pk: int, year: int) -> JsonResponse:
    """Put removed rows back."""
    organ = organ_or_404(request, pk, to_write=True)
    ids = [entry for entry in _body(request, "rows") if isinstance(entry, int)]
    return JsonResponse(restore_rows(organ, year_or_404(year), ids, by=request.user, at=timezone.now()))


def _body(request: HttpRequest, name: str) -> list[Any]:
    try:
        found = json.loads(request.body)[name]
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest("没有收到可以保存的内容，请刷新页面后重试；未保存的内容仍在本机。") from error
    if not isinstance(found, list):
        raise BadRequest("没有收到可以保存的内容，请刷新页面后重试；未保存的内容仍在本机。")
    return found


def _change(entry: Any) -> Change:
    if not isinstance(entry, dict):
        raise BadRequest("收到的内容不完整，请刷新页面后重试；未保存的内容仍在本机。")
    row = entry.get("row")
    texts = {name: str(entry.get(name) or "")[:20000] for name in ("change", "temp", "column", "base", "value")}
    return Change(row=row if isinstance(row, int) and 0 < row < 2**63 else None, **texts)
