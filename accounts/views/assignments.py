"""Who looks after which organ, and who stands in for whom (AMB-4)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.administration import assign, depute, end_deputation
from accounts.forms.people import AssignmentForm, DeputationForm
from accounts.http import edits, reads, writes
from accounts.lists import named_id
from accounts.models import Deputation, OversightAssignment, User
from accounts.permissions import Permission, anywhere
from accounts.roles import LEADER_ROLES, Role
from accounts.workflow import Refused

PRINCIPAL_ROLES = LEADER_ROLES | {Role.ORGAN_HEAD, Role.SC_SECRETARY}


def may_assign(user: Any) -> bool:
    """党风政风监督室's head and 系统管理员 write down who looks after which organ."""
    return user.role == Role.SYSTEM_ADMIN or anywhere(user, Permission.DIRECT)


def _principals(user: Any) -> QuerySet[User]:
    """For whom the user may name a deputy: himself; 党风政风监督室's head for anybody who signs."""
    county = user.organ.county().path
    signers = User.objects.filter(organ__path__startswith=county, role__in=PRINCIPAL_ROLES, is_active=True)
    return signers if anywhere(user, Permission.DIRECT) else signers.filter(pk=user.pk)


def _deputations(user: Any) -> QuerySet[Deputation]:
    county = user.organ.county().path
    return Deputation.objects.filter(principal__organ__path__startswith=county).select_related(
        "principal__organ", "deputy__organ"
    )


@reads
def assignments(request: HttpRequest) -> HttpResponse:
    """Assignments and deputations, those in force first."""
    user: Any = request.user
    today = timezone.localdate()
    county = user.organ.county().path
    rows = OversightAssignment.objects.filter(organ__path__startswith=county).order_by(
        "organ__sort_order", "organ_id", "rung"
    )
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    columns = ("organ__name", "rung", "leader__full_name", "valid_from", "valid_to")
    shown = {
        "present": _labelled(rows.filter(in_force).values(*columns)),
        "past": _labelled(rows.exclude(in_force).order_by("-valid_to")[:100].values(*columns)),
        "deputations": _deputations(user).filter(valid_to__gte=today),
        "mine": set(_principals(user).values_list("pk", flat=True)),
        "may_assign": may_assign(user),
        "may_depute": user.role in PRINCIPAL_ROLES,
    }
    return render(request, "accounts/assignments.html", shown)


def _labelled(rows: Any) -> list[dict[str, Any]]:
    words = dict(OversightAssignment.RUNGS)
    return [row | {"rung_label": words[row["rung"]]} for row in rows]


@edits
def assignment_form(request: HttpRequest) -> HttpResponse:
    """A new AM or DS of an organ from a day on."""
    form = AssignmentForm(request.POST or None, county=request.user.organ.county())
    if request.method == "POST" and form.is_valid():
        made = assign(**form.cleaned_data, by=request.user, at=timezone.now())
        log_access(request, "change", f"分工：{made}")
        messages.success(
            request,
            f"已设置：自{made.valid_from:%Y-%m-%d}起，{made.leader.full_name}为{made.organ.name}的{made.get_rung_display()}。",
        )
        return redirect("accounts:assignments")
    shown = {"form": form, "heading": "设置分工", "back": "accounts:assignments"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)


@edits
def deputation_form(request: HttpRequest) -> HttpResponse:
    """A dated stand-in."""
    principals = _principals(request.user)
    first = {"principal": request.user.pk, "valid_from": timezone.localdate()}
    form = DeputationForm(
        request.POST or None, initial=first, principals=principals, county=request.user.organ.county()
    )
    if request.method == "POST" and form.is_valid():
        made = depute(**form.cleaned_data, by=request.user, at=timezone.now())
        log_access(request, "change", f"代理：{made}")
        messages.success(
            request, f"已设置：{made.deputy.full_name}代{made.principal.full_name}签批至{made.valid_to:%Y-%m-%d}。"
        )
        return redirect("accounts:assignments")
    shown = {"form": form, "heading": "设置签批代理", "back": "accounts:assignments"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)


@writes
def deputation_end(request: HttpRequest) -> HttpResponse:
    """The principal is back."""
    pk = named_id(request.POST, "deputation")
    mine = _deputations(request.user).filter(principal__in=_principals(request.user))
    found = mine.filter(pk=pk).first()
    if found is None:
        raise Refused("没有找到可由您结束的代理，请刷新页面后重试。")
    end_deputation(found, at=timezone.now())
    log_access(request, "change", f"结束代理：{found}")
    messages.success(request, f"已结束{found.deputy.full_name}对{found.principal.full_name}的代理。")
    return redirect("accounts:assignments")
