"""Standing checks: what is silent or contradictory today, what was cleared, and clearing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads, writes
from accounts.lists import SIZE, Page, named_id, page_of, wants_sheet
from accounts.models import Organ
from accounts.permissions import Permission, anywhere, has, visible_organ_ids
from accounts.xlsx import list_as_xlsx
from reports.actions.checks import dismiss
from reports.checks.catalogue import CHECKS, Gravity
from reports.checks.reading import Finding, cleared, counted, findings
from reports.forms.checks import CheckFilter

EXPORT = {
    "gravity": "程度",
    "organ": "单位",
    "check": "核对项",
    "text": "情况",
    "since": "起始日期",
    "mend": "怎样处理",
}
CLEARED = {
    "organ__name": "单位",
    "label": "核对项",
    "text": "情况",
    "reason": "核实情况",
    "by__full_name": "核实人",
    "day": "核实时间",
}


@reads
def checks(request: HttpRequest) -> HttpResponse:
    """Hits of the organs that the user reads, the gravest first; with `?show=cleared` what was cleared."""
    filters = CheckFilter(request.GET, organs=Organ.objects.visible_to(request.user))
    chosen = filters.chosen()
    if request.GET.get("show") == "cleared":
        return _cleared(request, filters, chosen)
    names = _names(request.user)
    of_filter = [one for one in findings(names, timezone.localdate()) if _fits(one, {**chosen, "gravity": ""})]
    found = [one for one in of_filter if _fits(one, chosen)]
    if wants_sheet(request.GET):
        log_access(request, "export", "矛盾核对")
        return list_as_xlsx("矛盾核对", EXPORT, [_row(one, names, request.user) for one in found])
    page: Any = _page(found, named_id(request.GET, "after") or 0)
    shown = {"filters": filters, "page": page, "rows": [_row(one, names, request.user) for one in page.rows], "chips": _chips(of_filter, chosen),
             "coordinates": anywhere(request.user, Permission.COORDINATE), "count": len(CHECKS)}  # fmt: skip
    return render(request, "reports/checks/checks.html", shown)


def _names(user: Any) -> dict[int, str]:
    rows = Organ.objects.filter(pk__in=visible_organ_ids(user))
    return {pk: short or name for pk, short, name in rows.values_list("pk", "short_name", "name")}


def _fits(one: Finding, chosen: dict[str, Any]) -> bool:
    organ = chosen.get("organ")
    return (
        (not organ or one.hit.organ_id == organ.pk)
        and chosen.get("check") in (None, one.check.key)
        and (chosen.get("gravity") or one.check.gravity) == one.check.gravity
    )


def _page(found: Sequence[Any], start: int) -> Page:
    """Hits are worked out, not stored: a page is a slice."""
    start = start if start < len(found) else 0
    following = start + SIZE
    return Page(list(found[start:following]), str(following) if following < len(found) else "", start == 0, len(found))


def _row(one: Finding, names: dict[int, str], user: Any) -> dict[str, Any]:
    check, hit = one.check, one.hit
    return {"gravity": Gravity(check.gravity).label, "grave": check.gravity == Gravity.HIGH, "organ": names.get(hit.organ_id, ""), "check": check.label,
            "why": check.why, "article": check.article, "text": hit.text, "since": hit.since, "mend": check.mend, "link": hit.link, "key": check.key,
            "record": hit.record, "may_clear": has(user, Permission.COORDINATE, hit.organ_id)}  # fmt: skip


def _chips(found: Sequence[Finding], chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """All, each gravity with its count, and what was cleared."""
    organ = f"&organ={chosen['organ'].pk}" if "organ" in chosen else ""
    check = f"&check={chosen['check']}" if "check" in chosen else ""
    more, on = organ + check, chosen.get("gravity", "")
    chips = [{"label": "全部", "address": f"?{more.lstrip('&')}", "on": not on, "count": len(found)}]
    for gravity, count in counted(found).items():
        chips.append(
            {"label": gravity.label, "address": f"?gravity={gravity}{more}", "on": on == gravity, "count": count}
        )
    return [*chips, {"label": "已核实", "address": f"?show=cleared{more}", "on": False, "count": None}]


def _cleared(request: HttpRequest, filters: CheckFilter, chosen: dict[str, Any]) -> HttpResponse:
    """What was cleared and still holds, with its reason."""
    rows: Any = cleared(visible_organ_ids(request.user), timezone.localdate())
    if organ := chosen.get("organ"):
        rows = rows.filter(organ=organ)
    if key := chosen.get("check"):
        rows = rows.filter(check_key=key)
    values = rows.values("pk", "organ__name", "check_key", "text", "link", "reason", "by__full_name", "at")
    if wants_sheet(request.GET):
        log_access(request, "export", "矛盾核对已核实事项")
        return list_as_xlsx("矛盾核对已核实事项", CLEARED, [_spoken(row) for row in values])
    page = page_of(values, ("-pk",), after=request.GET.get("after"))
    shown = {"filters": filters, "page": page, "rows": [_spoken(row) for row in page.rows]}
    return render(request, "reports/checks/cleared.html", shown)


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    check = CHECKS.get(row["check_key"])
    return {**row, "label": check.label if check else row["check_key"], "day": timezone.localtime(row["at"]).date()}


@writes
def check_dismiss(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 clears one hit with its reason."""
    told = request.POST
    made = dismiss(
        told.get("check", ""), told.get("record", ""), reason=told.get("reason", ""), by=request.user, at=timezone.now()
    )
    messages.success(request, f"已核实“{CHECKS[made.check_key].label}”一项，并告知{made.organ.label}。")
    return redirect("reports:checks")
