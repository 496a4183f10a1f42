"""The board of five stages (A3.5), the workbench for proposals (A6.1b), and the register of inspection feedback (A5.6)."""

from difflib import SequenceMatcher
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.forms.asking import asked
from accounts.http import edits, reads
from accounts.lists import named_id, page_of
from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from accounts.xlsx import list_as_xlsx
from checklists.models import ChecklistItem
from checklists.states import COUNTED_STEPS, FocusArea
from supervision.actions.feedback import record_feedback
from supervision.forms.feedback import FeedbackFilter, FeedbackForm
from supervision.models import InspectionFeedback
from supervision.selectors import STAGES, board_rows, fed_by, uncured, uncured_feedback
from supervision.states import InspectionLevel

ALIKE = 0.62
FEEDBACK_COLUMNS = {
    "level": "层级",
    "unit__name": "被巡察单位",
    "feedback_on": "反馈日期",
    "item_no": "条目",
    "text": "反馈意见",
    "cured_on": "整改完成日期",
}


def _year(request: HttpRequest) -> int:
    return named_id(request.GET, "year") or timezone.localdate().year


@reads
def board(request: HttpRequest) -> HttpResponse:
    """Listed projects in five columns."""
    year = _year(request)
    rows = board_rows(year, visible_organ_ids(request.user))
    columns = [(number, name, [row for row in rows if row["stage"] == number]) for number, name in enumerate(STAGES, 1)]
    return render(request, "supervision/board.html", {"columns": columns, "year": year, "count": len(rows)})


@reads
def workbench(request: HttpRequest) -> HttpResponse:
    """Seven areas x organs while projects are being proposed; blanks, look-alikes, and what is left from before."""
    user: Any = request.user
    year = _year(request)
    organs = list(_county_organs(user).values("pk", "name", "short_name", "kind"))
    items = list(_county_items(user, year))
    own = list(
        SupervisedUnit.objects.filter(organ_id__in=organ_ids(user, Permission.DRAFT)).values_list("pk", flat=True)
    )
    shown = {
        "year": year, "areas": FocusArea.choices, "heat": _heat(organs, items), "alike": _alike(items),
        "problems": uncured(own, before=year), "feedback": uncured_feedback(own), "drafts": bool(own),
    }  # fmt: skip
    return render(request, "supervision/workbench.html", shown)


def _county_organs(user: Any) -> Any:
    """The row of organs: counts only, so that a group sees where the county has blanks."""
    circle = Organ.objects.within(user.organ.county()) if user.is_staff_member else Organ.objects.visible_to(user)
    return circle.keeping_ledgers().active(on=timezone.localdate())


def _county_items(user: Any, year: int) -> Any:
    """Titles, areas and organs of the county's proposals: enough to see a double, nothing of their content."""
    ids = visible_organ_ids(user)
    if user.is_staff_member:
        ids = frozenset(Organ.objects.within(user.organ.county()).values_list("pk", flat=True))
    rows = ChecklistItem.objects.filter(year=year, organ_id__in=ids, step__in=COUNTED_STEPS).order_by("pk")
    return rows.values("pk", "title", "focus_area", "organ_id", "organ__name")


def _heat(organs: list[Any], items: list[Any]) -> list[dict[str, Any]]:
    counts: dict[tuple[int, str], int] = {}
    for item in items:
        key = (item["organ_id"], item["focus_area"])
        counts[key] = counts.get(key, 0) + 1
    return [
        {"organ": organ, "cells": [counts.get((organ["pk"], area), 0) for area in FocusArea.values],
         "total": sum(counts.get((organ["pk"], area), 0) for area in FocusArea.values)}
        for organ in organs
    ]  # fmt: skip


def _alike(items: list[Any]) -> list[tuple[Any, Any]]:
    """Projects of different organs whose titles nearly say the same."""
    pairs = []
    for index, one in enumerate(items):
        for other in items[index + 1 :]:
            if (
                one["organ_id"] != other["organ_id"]
                and SequenceMatcher(None, one["title"], other["title"]).ratio() >= ALIKE
            ):
                pairs.append((one, other))
    return pairs[:20]


@reads
def feedback(request: HttpRequest) -> HttpResponse:
    """巡视巡察反馈意见 of the units the user may read, by level (A5.6)."""
    filters = FeedbackFilter(request.GET or None)
    rows = InspectionFeedback.objects.visible_to(request.user)
    chosen = asked(filters)
    if "level" in chosen:
        rows = rows.filter(level=chosen["level"])
    if "q" in chosen:
        rows = rows.filter(text__contains=chosen["q"])
    values = rows.values("pk", *FEEDBACK_COLUMNS)
    if request.GET.get("format") == "xlsx":
        return list_as_xlsx("巡视巡察反馈意见", FEEDBACK_COLUMNS, values.order_by("-feedback_on", "pk"))
    page = page_of(values, ("-feedback_on", "-pk"), after=request.GET.get("after"))
    for row in page.rows:
        row["level_word"] = InspectionLevel(row["level"]).label
    may_add = SupervisedUnit.objects.filter(organ_id__in=fed_by(request.user), active_to__isnull=True).exists()
    return render(request, "supervision/feedback.html", {"page": page, "filters": filters, "may_add": may_add})


@edits
def feedback_new(request: HttpRequest) -> HttpResponse:
    """One item of feedback to one of the organ's units."""
    form = FeedbackForm(request.POST or None, organ_ids=fed_by(request.user))
    if request.method == "POST" and form.is_valid():
        record_feedback(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "已登记巡视巡察反馈意见。")
        return redirect("supervision:feedback")
    return render(request, "supervision/feedback_form.html", {"form": form}, status=422 if form.errors else 200)
