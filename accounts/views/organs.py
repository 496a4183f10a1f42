"""The directory of organs, the units each one supervises, and the officials of those units (A0, A4)."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.administration import save_official, save_organ
from accounts.forms.filters import OfficialFilter, OrganFilter, UnitFilter
from accounts.forms.organs import OfficialForm, OrganForm, UnitForm
from accounts.http import edits, reads
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Official, Organ, OversightAssignment, SupervisedUnit, User
from accounts.permissions import Permission, anywhere, organ_ids
from accounts.roles import STAFF_ROLES, OrganKind, PostLevel, Role
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx

ORGAN_COLUMNS = ("pk", "name", "kind", "must_report", "collaboration_zone", "sort_order", "unit_count", "active_to")
UNIT_COLUMNS = ("pk", "name", "kind", "party_organ", "organ_id", "organ__name", "organ__sort_order", "active_to")
UNIT_ORDERS = {"organ": ("organ__sort_order", "organ_id", "pk"), "name": ("name", "pk")}
UNIT_SHEET = {"name": "单位名称", "organ__name": "监督单位", "party_organ": "党组织", "active_to": "撤销日期"}
OFFICIAL_ORDER = ("unit_id", "-is_top_leader", "-is_team_member", "pk")
OFFICIAL_SHEET = {
    "full_name": "姓名",
    "unit__name": "所在单位",
    "post": "职务",
    "rank": "职级",
    "level_word": "岗位层级",
    "post_since": "任现职时间",
    "updated_on": "信息更新日期",
    "left_on": "离任日期",
}
OFFICIAL_COLUMNS = ("pk", "full_name", "post", "rank", "is_top_leader", "is_team_member", "post_since", "is_active", "unit_id", "post_level",
                    "updated_on", "left_on",                     "unit__name", "unit__organ_id")  # fmt: skip


def county_organs(user: Any) -> QuerySet[Organ]:
    """Organs of the user's own county: the directory is open to all its people (A0)."""
    return Organ.objects.within(user.organ.county()).exclude(kind=OrganKind.COMMISSION)


@reads
def organs(request: HttpRequest) -> HttpResponse:
    """The directory: kind, head, AM and DS of each organ."""
    filters = OrganFilter(request.GET)
    chosen = filters.chosen()
    rows = county_organs(request.user)
    if "kind" in chosen:
        rows = rows.filter(kind=chosen["kind"])
    if "q" in chosen:
        rows = rows.filter(Q(name__icontains=chosen["q"]) | Q(short_name__icontains=chosen["q"]))
    counted = rows.annotate(unit_count=Count("units", filter=Q(units__active_to__isnull=True)))
    page = page_of(counted.values(*ORGAN_COLUMNS), ("sort_order", "pk"), after=request.GET.get("after"), size=100)
    _add_people(page.rows)
    visible = set(Organ.objects.visible_to(request.user).values_list("pk", flat=True))
    shown = {"page": page, "filters": filters, "visible": visible, "may_edit": request.user.role == Role.SYSTEM_ADMIN}
    return render(request, "accounts/organs.html", shown)


def _add_people(rows: list[dict[str, Any]]) -> None:
    """Heads and leaders in two queries for the whole page."""
    ids = [row["pk"] for row in rows]
    heads = User.objects.filter(organ_id__in=ids, role=Role.ORGAN_HEAD, is_active=True).values_list(
        "organ_id", "full_name"
    )
    leaders = OversightAssignment.objects.valid(on=timezone.localdate()).filter(organ_id__in=ids)
    assigned = list(leaders.values_list("organ_id", "rung", "leader__full_name"))
    for row in rows:
        row["kind_label"] = OrganKind(row["kind"]).label
        row["heads"] = "、".join(name for organ_id, name in heads if organ_id == row["pk"])
        for rung in (Role.ASSISTING_MEMBER, Role.DEPUTY_SECRETARY):
            row[rung.value] = "、".join(name for organ_id, at, name in assigned if (organ_id, at) == (row["pk"], rung))


@reads
def organ(request: HttpRequest, pk: int) -> HttpResponse:
    """One organ: its people, its leaders over time, its units."""
    found = get_object_or_404(Organ.objects.visible_to(request.user), pk=pk)
    shown = {
        "organ": found,
        "members": found.members.filter(is_active=True).values("full_name", "post", "role"),
        "assignments": found.assignments.select_related("leader"),
        "units": found.units.values("pk", "name", "kind", "party_organ", "active_to"),
    }
    for member in shown["members"]:
        member["role_label"] = Role(member["role"]).label
    return render(request, "accounts/organ.html", shown)


@edits
def organ_form(request: HttpRequest) -> HttpResponse:
    """系统管理员 adds or changes an organ."""
    pk = named_id(request.GET, "organ")
    county = request.user.organ.county()
    subject = get_object_or_404(county_organs(request.user), pk=pk) if pk else Organ(parent=county)
    form = OrganForm(request.POST or None, instance=subject, county=county)
    if request.method == "POST" and form.is_valid():
        save_organ(form.save(commit=False))
        log_access(request, "change", f"单位：{subject.name}")
        messages.success(request, f"已保存{subject.name}，相应权限已更新。")
        return redirect("accounts:organs")
    shown = {"form": form, "heading": subject.name if pk else "新增单位", "back": "accounts:organs"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)


# --- units ------------------------------------------------------------------------------------------------------------


def _units_for(user: Any) -> QuerySet[SupervisedUnit]:
    if user.role == Role.SYSTEM_ADMIN:
        return SupervisedUnit.objects.filter(organ__in=county_organs(user))
    return SupervisedUnit.objects.visible_to(user)


def _organs_for(user: Any) -> QuerySet[Organ]:
    return county_organs(user) if user.role == Role.SYSTEM_ADMIN else Organ.objects.visible_to(user)


def may_edit_units(user: Any) -> bool:
    """系统管理员 keeps the table, 党风政风监督室 may correct it."""
    return user.role == Role.SYSTEM_ADMIN or anywhere(user, Permission.COORDINATE)


@reads
def units(request: HttpRequest) -> HttpResponse:
    """Units under supervision, by supervising organ."""
    filters = UnitFilter(request.GET, organs=_organs_for(request.user))
    chosen = filters.chosen()
    rows = _units_for(request.user)
    if "organ" in chosen:
        rows = rows.filter(organ=chosen["organ"])
    if "q" in chosen:
        rows = rows.filter(Q(name__icontains=chosen["q"]) | Q(short_name__icontains=chosen["q"]))
    order = chosen_order(request.GET.get("sort"), UNIT_ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "被监督单位")
        return list_as_xlsx("被监督单位", UNIT_SHEET, all_of(rows.values(*UNIT_COLUMNS), order))
    page = page_of(rows.values(*UNIT_COLUMNS), order, after=request.GET.get("after"))
    shown = {"page": page, "filters": filters, "may_edit": may_edit_units(request.user)}
    return render(request, "accounts/units.html", shown)


@edits
def unit_form(request: HttpRequest) -> HttpResponse:
    """Add or change a unit."""
    pk = named_id(request.GET, "unit")
    subject = get_object_or_404(_units_for(request.user), pk=pk) if pk else SupervisedUnit()
    form = UnitForm(request.POST or None, instance=subject, organs=_organs_for(request.user))
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, f"已保存{saved.name}，由{saved.organ.name}监督。")
        return redirect("accounts:units")
    shown = {"form": form, "heading": subject.name if pk else "新增被监督单位", "back": "accounts:units"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)


# --- officials ----------------------------------------------------------------------------------------------------------


@reads
def officials(request: HttpRequest) -> HttpResponse:
    """Officials of the units, leaders first."""
    user: Any = request.user
    filters = OfficialFilter(request.GET, organs=Organ.objects.visible_to(user))
    rows = _asked(Official.objects.visible_to(user), filters.chosen())
    if wants_sheet(request.GET):
        log_access(request, "export", "监察对象")
        return list_as_xlsx("监察对象", OFFICIAL_SHEET, _levels(all_of(rows.values(*OFFICIAL_COLUMNS), OFFICIAL_ORDER)))
    page = page_of(rows.values(*OFFICIAL_COLUMNS), OFFICIAL_ORDER, after=request.GET.get("after"))
    _levels(page.rows)
    drafts = organ_ids(user, Permission.DRAFT)
    shown = {"page": page, "filters": filters, "drafts": drafts, "may_edit": bool(drafts) and user.role in STAFF_ROLES}
    return render(request, "accounts/officials.html", shown)


def _asked(rows: Any, chosen: dict[str, Any]) -> Any:
    plain = {"organ": "unit__organ", "level": "post_level", "year": "updated_on__year"}
    rows = rows.filter(**{path: chosen[name] for name, path in plain.items() if name in chosen})
    if "active" in chosen:
        rows = rows.filter(is_active=chosen["active"] == "yes")
    if words := chosen.get("q"):
        rows = rows.filter(Q(full_name__icontains=words) | Q(post__icontains=words) | Q(unit__name__icontains=words))
    return rows


def _levels(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row["level_word"] = PostLevel(row["post_level"]).label if row["post_level"] else ""
    return rows


@edits
def official_form(request: HttpRequest) -> HttpResponse:
    """The organ's own staff keep the register of the units under it."""
    mine = organ_ids(request.user, Permission.DRAFT)
    pk = named_id(request.GET, "official")
    register = Official.objects.visible_to(request.user).filter(unit__organ_id__in=mine)
    subject = get_object_or_404(register, pk=pk) if pk else Official()
    units_of_mine = SupervisedUnit.objects.filter(organ_id__in=mine, active_to__isnull=True)
    form = OfficialForm(request.POST or None, instance=subject, units=units_of_mine)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_official(form.save(commit=False), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, f"已保存{saved.unit.name}{saved}。")
            return redirect("accounts:officials")
    shown = {"form": form, "heading": str(subject) if pk else "登记监察对象", "back": "accounts:officials"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)
