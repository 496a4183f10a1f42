"""The year at a glance: stages, key points, my organ's projects, who has filed, versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.http import reads
from accounts.permissions import Permission, anywhere, has
from accounts.roles import LEDGER_KINDS
from accounts.views.times import asked_year
from checklists import rules, selectors
from checklists.deadlines import STATIONED_MAX, STATIONED_MIN
from checklists.leads import forms_for
from checklists.models import AnnualChecklist, ChecklistItem, ChecklistItemChange
from checklists.states import OPEN_CHANGE_STEPS, ChangeKind, Form, ItemStep
from checklists.views.frame import labelled

COLUMNS = ("pk", "title", "form", "step", "focus_area", "period_start", "period_end", "lead_organ__name", "due_on")


@reads
def home(request: HttpRequest) -> HttpResponse:
    """Where the year's list stands, and what this person can do about it."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    context = {
        "year": year,
        "points_edit": f"{reverse('checklists:points_edit')}?year={year}",
        "years": selectors.years_of(user, today),
        "stages": selectors.stages(user, year, on=today),
        "points": selectors.points_of(user, year),
        "deployment": selectors.deployment_of(user, year),
        "in_force": selectors.list_in_force(user, year),
        "versions": selectors.versions_of(user, year),
        "coordinates": anywhere(user, Permission.COORDINATE),
        "records": anywhere(user, Permission.RECORD_RESOLUTION),
        "changes": _open_changes(user, year),
        "filings": selectors.filings(user, year, on=today) if _watches(user) else [],
        **_mine(user, year, today),
    }
    if context["coordinates"]:
        context["compiling"] = AnnualChecklist.objects.visible_to(user).under_way(year).first()
    return render(request, "checklists/home.html", context)


def _watches(user: Any) -> bool:
    return anywhere(user, Permission.COORDINATE) or user.is_leader


def _open_changes(user: Any, year: int) -> Any:
    rows = ChecklistItemChange.objects.visible_to(user).filter(item__year=year, step__in=OPEN_CHANGE_STEPS)
    return rows.exclude(kind=ChangeKind.COMPILE).values("pk", "kind", "item__title", "organ__name", "step")


def _mine(user: Any, year: int, today: Any) -> dict[str, Any]:
    if not has(user, Permission.DRAFT, user.organ_id):
        return {"drafts": False}
    organ = user.organ
    items = list(ChecklistItem.objects.filter(organ=organ, year=year).values(*COLUMNS))
    labelled(items, form=Form, step=ItemStep)
    counted = [row for row in items if row["form"] == Form.STATIONED and row["step"] != ItemStep.WITHDRAWN]
    opened = rules.proposals_are_open(organ, year)
    return {
        "drafts": True,
        "items": items,
        "new_forms": [
            (form.value, form.label, _may_start(organ, form, year, today, opened))
            for form in (forms_for(organ) if organ.is_cso or organ.kind in LEDGER_KINDS else ())
        ],
        "counted": len(counted),
        "limits": (STATIONED_MIN.on(today), STATIONED_MAX.on(today)) if organ.is_stationed else None,
        "window": rules.window_is_open(year, on=today),
    }


def _may_start(organ: Any, form: Form, year: int, today: Any, opened: Any) -> Any:
    if not organ.is_cso and not opened:
        return opened
    return rules.may_add_stationed(organ, year, on=today) if form == Form.STATIONED else rules.ALLOWED
