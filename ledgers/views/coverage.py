"""谈话覆盖: units and levels with the share talked with, who has not been talked with yet, posts due for a talk (A8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads
from accounts.lists import all_of, named_id, page_of, wants_sheet
from accounts.models import SupervisedUnit
from accounts.models.organs import UnitKind
from accounts.notifications import holders
from accounts.permissions import Permission, organ_ids
from accounts.xlsx import list_as_xlsx
from ledgers.books.coverage import REACHES, Reach, by_level, not_talked, unit_rows
from ledgers.books.panels import new_since, posts_due
from ledgers.register_states import TalkKind
from ledgers.views.places import asked_year, years

SHEET = {
    "name": "单位",
    "organ": "监督单位",
    "registered": "登记人数",
    "talked": "已谈人数",
    "left": "未谈人数",
    "share": "覆盖率（%）",
}
PEOPLE = ("pk", "full_name", "post", "rank", "unit_id", "unit__name", "unit__organ_id", "unit__organ__name")
PEOPLE_SHEET = {
    "full_name": "姓名",
    "post": "职务",
    "rank": "职级",
    "unit__name": "单位",
    "unit__organ__name": "监督单位",
}
POSTS = ("pk", "post", "post_since", "unit__name", "unit__organ_id", "unit__organ__name")
POSTS_SHEET = {
    "unit__name": "单位",
    "post": "职务",
    "post_since": "任现职时间",
    "why": "情形",
    "unit__organ__name": "监督单位",
}


def circle(user: Any) -> frozenset[int]:
    """Organs whose talks the user may read: the same circle as for the talks themselves."""
    return organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)


def _closed(user: Any) -> str:
    """Why there is nothing to show to somebody whose circle holds no unit, and whom to ask; empty for everybody else."""
    if SupervisedUnit.objects.filter(organ_id__in=circle(user)).exists():
        return ""
    own = user.organ
    heads = holders(Permission.READ_RESTRICTED, own.pk).filter(organ=own) if own and own.is_cso else ()
    asked = f"请本室负责人{'、'.join(head.full_name for head in heads)}查看，或者" if heads else ""
    return (f"谈话情况限阅，只有监督单位和有限阅权的负责人、领导能看。{own.name if own else '您'}没有被监督单位，您也没有其他单位的限阅权，"
            f"这里不显示各单位情况。需要了解的，{asked}请监督单位提供。")  # fmt: skip


def _reach(request: HttpRequest) -> Reach:
    return REACHES.get(request.GET.get("reach", ""), REACHES["top"])


def _span(request: HttpRequest) -> tuple[int, date, date, date]:
    """The year asked for, its first and last day, and the day on which being in office is judged."""
    year = asked_year(request)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return year, first, last, max(min(last, timezone.localdate()), first)


@reads
def coverage(request: HttpRequest) -> HttpResponse:
    """Units and levels: registered, talked with, share; each number opens its list (S0-7, S0-8)."""
    reach, (year, first, last, on) = _reach(request), _span(request)
    rows = unit_rows(circle(request.user), reach.kinds, first, last, on=on, top_leaders=reach.top_leaders)
    if wants_sheet(request.GET):
        log_access(request, "export", f"{year}年谈话覆盖：{reach.label}")
        values = [{name: getattr(row, name) for name in SHEET} for row in (*by_level(rows), *rows)]
        return list_as_xlsx(f"{year}年{reach.label}覆盖表", SHEET, values)
    log_access(request, "view", f"{year}年谈话覆盖：{reach.label}")
    shown = {"rows": rows, "levels": by_level(rows), "reach": reach, "reaches": REACHES.values(), "year": year,
             "years": years(year), "closed": "" if rows else _closed(request.user), "several": len({row.organ for row in rows}) > 1}  # fmt: skip
    return render(request, "ledgers/books/coverage.html", shown)


@reads
def gaps(request: HttpRequest) -> HttpResponse:
    """Who has not been talked with yet, of one unit, of one level, or of all."""
    reach, (year, first, last, on) = _reach(request), _span(request)
    ids = circle(request.user)
    rows, place = not_talked(ids, reach, first, last, on=on), "全部单位"
    if unit := SupervisedUnit.objects.filter(organ_id__in=ids, pk=named_id(request.GET, "unit")).first():
        rows, place = rows.filter(unit=unit), unit.name
    elif request.GET.get("level") in UnitKind.values:
        rows, place = rows.filter(unit__kind=request.GET["level"]), UnitKind(request.GET["level"]).label
    order = ("unit__organ_id", "unit_id", "pk")
    log_access(request, "export" if wants_sheet(request.GET) else "view", f"{year}年尚未谈话人员：{place}")
    if wants_sheet(request.GET):
        return list_as_xlsx(f"{year}年尚未{reach.label}人员", PEOPLE_SHEET, all_of(rows.values(*PEOPLE), order))
    page = page_of(rows.values(*PEOPLE), order, after=request.GET.get("after"))
    shown = {"page": page, "reach": reach, "year": year, "place": place, "kind": reach.kinds[0],
             "mine": _own(request.user), "closed": "" if page.rows else _closed(request.user)}  # fmt: skip
    return render(request, "ledgers/books/gaps.html", shown)


def _own(user: Any) -> int | None:
    """The organ for which the user enters talks."""
    return user.organ_id if user.organ_id in organ_ids(user, Permission.DRAFT) else None


@reads
def posts(request: HttpRequest) -> HttpResponse:
    """Posts newly filled or held for long, without their talk; whether to talk a person decides (S2-4)."""
    today = timezone.localdate()
    fresh = Case(When(post_since__gte=new_since(today), then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = posts_due(circle(request.user), today).annotate(fresh=fresh).values(*POSTS, "fresh")
    order = ("-post_since", "pk")
    export = wants_sheet(request.GET)
    log_access(request, "export" if export else "view", "可以安排谈话的岗位")
    if export:
        return list_as_xlsx("可以安排谈话的岗位", POSTS_SHEET, _why(all_of(rows, order)))
    page = page_of(rows, order, after=request.GET.get("after"))
    _why(page.rows)
    closed = "" if page.rows else _closed(request.user)
    return render(request, "ledgers/books/posts.html", {"page": page, "mine": _own(request.user), "closed": closed})


def _why(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row["why"] = "新任职" if row["fresh"] else "长期同岗"
        row["kind"] = TalkKind.NEW_POST.value if row["fresh"] else TalkKind.LONG_TENURE.value
    return rows
