"""What runs without a person, for the system administrator: late and failed tasks, failed work, another try."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.http import reads, writes
from accounts.jobs import background, run_here
from accounts.lists import named_id


@reads
def background_page(request: HttpRequest) -> HttpResponse:
    """Every periodic task with its last run, and everybody's failed work by its title."""
    now = timezone.now()
    shown = {"pulses": background.pulses(at=now), "failed": background.failed_jobs()}
    return render(request, "accounts/background.html", shown)


@writes
def background_run(request: HttpRequest) -> HttpResponse:
    """Have a periodic task run now: ordered here, done by the worker."""
    job = background.order(request.POST.get("name", ""), by=request.user, at=timezone.now())
    run_here(at=timezone.now())
    messages.success(request, f"已交办：{job.title}。")
    return redirect("accounts:background")


@writes
def background_again(request: HttpRequest) -> HttpResponse:
    """Another try of failed work, whoever ordered it."""
    job = background.try_again(named_id(request.POST, "job"))
    run_here(at=timezone.now())
    messages.success(request, f"已重新交办：{job.title}。")
    return redirect("accounts:background")
