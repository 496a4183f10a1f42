"""Minutes and lists of meetings to take away, scoped like their pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import reads
from checklists.models import Meeting, MonthlyList
from ledgers.models import Consultation
from reports.builders import consultations, meetings
from reports.paper import Paper
from reports.views.papers import print_found


def consultation_found(request: HttpRequest, pk: int) -> tuple[str, Paper, str]:
    """会商纪要: kind of template, paper, name of the file."""
    row = get_object_or_404(Consultation.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return "consultation", consultations.consultation_paper(row), f"会商纪要 {row}"


@reads
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """会商纪要 as PDF (A10.3a)."""
    return print_found(request, consultation_found(request, pk))


def meeting_found(request: HttpRequest, pk: int) -> tuple[str, Paper, str]:
    """调度会纪要: kind of template, paper, name of the file."""
    row = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return "meeting", meetings.meeting_paper(row), f"{row}纪要"


@reads
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """调度会纪要 as PDF (A10.1b)."""
    return print_found(request, meeting_found(request, pk))


def month_found(request: HttpRequest, pk: int) -> tuple[str, Paper, str]:
    """月度重点任务清单: kind of template, paper, name of the file."""
    row = get_object_or_404(MonthlyList.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return "monthly_list", meetings.month_paper(row, on=timezone.localdate()), str(row)


@reads
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """月度重点任务清单 as PDF (A10.1b)."""
    return print_found(request, month_found(request, pk))
