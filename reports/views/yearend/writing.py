"""Where a person writes about a team or a member, the year's records beside the page (A11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, writes
from accounts.models import Official
from accounts.permissions import Permission, organ_ids
from accounts.workflow import Refused
from accounts.writing.overtaking import mark_of
from checklists.views.frame import refuse_on
from reports.actions import appraisals as acts
from reports.ecology import facts, rules
from reports.forms.ecology import PersonForm, TextForm, TopLeaderForm
from reports.models import AppraisalText, PerformanceAppraisal, prompts_on
from reports.views.yearend.appraisals import looked, own

TITLES = {"team": "领导班子", "top_leader": "“一把手”", "member": "班子成员", "conclusion": "综合评价"}
FOLLOWING = {"team": "top_leader", "top_leader": "conclusion"}


def _text(request: HttpRequest, pk: int) -> AppraisalText:
    seen = PerformanceAppraisal.objects.visible_to(request.user)
    ids = organ_ids(request.user, Permission.DRAFT)
    rows = AppraisalText.objects.filter(appraisal__in=seen, appraisal__organ_id__in=ids, about="member")
    return get_object_or_404(rows.select_related("appraisal__organ", "appraisal__unit__organ", "official"), pk=pk)


@edits
def appraisal_write(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """The text of the team, of 一把手, of a further member, or the comprehensive judgement."""
    row = own(request, pk)
    if about not in TITLES:
        raise Http404(about)
    text = None
    if about in ("team", "top_leader"):
        text = AppraisalText.objects.filter(appraisal__organ=row.organ, appraisal=row, about=about).first()
    return _writing(request, row, about, text)


@edits
def appraisal_member(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a further member, written again."""
    text = _text(request, pk)
    return _writing(request, text.appraisal, "member", text)


@writes
def appraisal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member's text out of a draft."""
    text = _text(request, pk)
    acts.remove_text(text, by=request.user, at=timezone.now())
    messages.success(request, "已删除这份班子成员评价，历史记录中保留。")
    return redirect(text.appraisal.get_absolute_url())


def _form(request: HttpRequest, row: PerformanceAppraisal, about: str, text: AppraisalText | None) -> TextForm:
    prompt = prompts_on(row.organ, timezone.localdate())[about]
    data = request.POST or None
    if about == "conclusion":
        return TextForm(data, prompt=prompt, initial={"text": row.conclusion})
    initial = (
        {"text": text.text, "official": text.official_id, "post": text.post, "vacancy": text.vacancy} if text else {}
    )
    if about == "team":
        return TextForm(data, prompt=prompt, initial=initial)
    people = _officials(request, row, top=about == "top_leader")
    if about == "member":
        return PersonForm(data, prompt=prompt, officials=people, initial=initial)
    first = people.first()
    return TopLeaderForm(data, prompt=prompt, officials=people,
                         initial=initial or ({"official": first.pk, "post": first.post} if first else {}))  # fmt: skip


def _officials(request: HttpRequest, row: PerformanceAppraisal, *, top: bool) -> Any:
    """Of the unit's register: in office, or gone only in the year that is judged; those now in office first."""
    rows = Official.objects.visible_to(request.user).filter(unit=row.unit, is_top_leader=top)
    kept = rows.filter(Q(is_active=True, left_on__isnull=True) | Q(left_on__year__gte=row.year))
    return (kept if top else kept.filter(is_team_member=True)).order_by("left_on", "pk")


def _writing(request: HttpRequest, row: PerformanceAppraisal, about: str, text: AppraisalText | None) -> HttpResponse:
    gathered = facts.facts(row.unit, row.year, request.user, today=timezone.localdate())
    form = _form(request, row, about, text)
    looked(request, row)
    seen = request.POST.get("seen") or mark_of(
        acts.conclusion_words(row.conclusion) if about == "conclusion" else acts.words_of(text)
    )
    ticked = request.POST.getlist("evidence") if form.is_bound else _marks(text)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, row, about, form.cleaned_data, facts.chosen(gathered, ticked), text, seen)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已保存{TITLES[about]}评价。" if about != "conclusion" else "已保存综合评价。")
            if rules.speaks_of_grades(form.cleaned_data["text"]):
                messages.warning(request, rules.GRADES_WARNING)
            return _onward(request, row, about)
    context = {
        "form": form, "appraisal": row, "about": about, "title": TITLES[about], "facts": gathered, "ticked": ticked, "text": text, "seen": seen,
        "refusal": rules.is_editable(row), "draft": f"appraisal-{row.pk}-{text.pk if text else about}", "following": FOLLOWING.get(about),
    }  # fmt: skip
    return render(request, "reports/ecology/write.html", context, status=422 if form.errors else 200)


def _marks(text: AppraisalText | None) -> list[str]:
    return [f"{entry['key']}:{entry['id']}" for entry in text.evidence] if text else []


def _save(
    request: HttpRequest, row: PerformanceAppraisal, about: str, values: dict[str, Any], evidence: list[dict[str, Any]],
    text: AppraisalText | None, seen: str,
) -> None:  # fmt: skip
    now = timezone.now()
    if about == "conclusion":
        acts.write_conclusion(row, values["text"], by=request.user, at=now, seen=seen)
    else:
        acts.write_text(row, about, by=request.user, at=now, evidence=evidence, row=text, seen=seen, **values)


def _onward(request: HttpRequest, row: PerformanceAppraisal, about: str) -> HttpResponse:
    if "next" in request.POST and about in FOLLOWING:
        return redirect("reports:appraisal_write", row.pk, FOLLOWING[about])
    return redirect(row.get_absolute_url())
