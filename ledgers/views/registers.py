"""The register of dispositions by the four forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from ledgers.actions.registers import four_forms, record_disposition
from ledgers.forms.registers import DispositionForm
from ledgers.models import Disposition
from ledgers.views.places import asked_year, years


@edits
def dispositions(request: HttpRequest) -> HttpResponse:
    """“四种形态” of the year, and the form to enter one; each look is logged (A3.4)."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    drafts = has(user, Permission.DRAFT, user.organ_id)
    form = DispositionForm(request.POST or None, organ=user.organ, initial={"decided_on": today}) if drafts else None
    if request.method == "POST" and form is None:
        raise Refused("处置情况由本单位人员登记。", "A3.4")
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            record_disposition(organ=user.organ, by=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已登记处置情况。")
            return redirect("ledgers:dispositions")
    log_access(request, "view", f"{year}年处置情况")
    ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
    rows = (
        Disposition.objects.visible_to(user)
        .filter(decided_on__year=year)
        .select_related("official__unit", "organ")[:300]
    )
    shown = {"rows": rows, "table": four_forms(year, ids), "form": form, "year": year, "years": years(year)}
    return render(request, "ledgers/dispositions.html", shown, status=422 if form and form.errors else 200)
