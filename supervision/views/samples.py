"""反向核查, for 党风政风监督室: the draws, one draw, the check of one drawn problem."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.models import Attachment
from accounts.permissions import Permission, anywhere, organ_ids
from accounts.uploads import ACCEPT
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from supervision.actions import sampling as acts
from supervision.actions.look_backs import risk_words
from supervision.forms.second_looks import DrawForm, SampleForm
from supervision.models import SampledItem, SamplingDraw
from supervision.states import SampleVerdict
from supervision.views.plan import cleaned

COLUMNS = {"position": "序号", "code": "问题编号", "unit": "被监督单位", "problem": "发现问题", "organ": "监督单位", "words": "风险",
           "verdict": "核查结果", "finding": "核查情况", "checked_on": "核查日期", "checked_by": "核查人"}  # fmt: skip


def _draws(request: HttpRequest) -> Any:
    return SamplingDraw.objects.filter(organ_id__in=organ_ids(request.user, Permission.COORDINATE)).select_related(
        "drawn_by"
    )


@edits
def draws(request: HttpRequest) -> HttpResponse:
    """The draws of the county; its head makes the next one."""
    today = timezone.localdate()
    past = (today.year - 1, 4) if today.month < 4 else (today.year, (today.month - 1) // 3)
    usual = {"year": past[0], "quarter": past[1], "size": 5, "seed": secrets.token_hex(8)}
    form = DrawForm(request.POST, initial=usual) if request.method == "POST" else DrawForm(initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.draw_samples(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"已抽取{made.items.count()}个问题。")
            return redirect("supervision:draw", pk=made.pk)
        except Refused as refused:
            form.add_error(None, refused.full)
    shown = {"rows": list(_draws(request)[:40]), "form": form, "may_draw": anywhere(request.user, Permission.DIRECT)}
    return render(request, "supervision/draws.html", shown, status=422 if form.errors else 200)


def _items(found: SamplingDraw, user: Any) -> list[Any]:
    rows = found.items.select_related("rectification__problem__unit", "rectification__organ", "checked_by")
    items = list(rows.order_by("position"))
    files = Attachment.objects.visible_to(user).filter(
        purpose="sample", organ_id=found.organ_id, subject_id__in=[item.pk for item in items]
    )
    kept: dict[int, list[Any]] = {}
    for file in files:
        kept.setdefault(file.subject_id, []).append(file)
    for item in items:
        item.words, item.files = risk_words(item.reasons), kept.get(item.pk, [])
        item.free = acts.had_no_part(item.rectification, user)
    return items


@reads
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw with its proof, and what the checks found."""
    found = get_object_or_404(_draws(request), pk=pk)
    items = _items(found, request.user)
    if request.GET.get("format") == "xlsx":
        log_access(request, "export", str(found))
        return list_as_xlsx(str(found), COLUMNS, [_line(item) for item in items])
    form = SampleForm(initial={"checked_on": timezone.localdate()})
    shown = {"draw": found, "items": items, "proved": acts.is_as_drawn(found), "form": form, "accept": ACCEPT,
             "population": len(found.population), "verdicts": SampleVerdict.choices}  # fmt: skip
    return render(request, "supervision/draw.html", shown)


def _line(item: Any) -> dict[str, Any]:
    problem = item.rectification.problem
    return {"position": item.position, "code": problem.code, "unit": problem.unit.name, "problem": problem.description,
            "organ": item.rectification.organ.name, "words": item.words, "verdict": item.get_verdict_display(),
            "finding": item.finding, "checked_on": item.checked_on, "checked_by": item.checked_by and str(item.checked_by)}  # fmt: skip


def _sampled(request: HttpRequest, pk: int) -> SampledItem:
    mine = organ_ids(request.user, Permission.COORDINATE)
    rows = SampledItem.objects.filter(draw__organ_id__in=mine).select_related("draw", "rectification")
    return get_object_or_404(rows, pk=pk)


@writes
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check found."""
    sampled = _sampled(request, pk)
    made = acts.check_sample(sampled, by=request.user, at=timezone.now(), **cleaned(SampleForm(request.POST)))
    messages.success(request, f"已登记：{made.get_verdict_display()}。")
    return redirect("supervision:draw", pk=sampled.draw_id)


@writes
def sample_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file from the check."""
    sampled = _sampled(request, pk)
    acts.add_sample_evidence(sampled, request.FILES.get("file"), by=request.user, at=timezone.now())
    messages.success(request, "已上传。")
    return redirect("supervision:draw", pk=sampled.draw_id)
