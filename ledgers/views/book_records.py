"""One record of any register: page, form, taking out and back, verifying, files, and the problem it led to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.models import Attachment, Event
from accounts.permissions import Permission, has, organ_ids
from accounts.uploads import ACCEPT
from accounts.workflow import Refused
from ledgers.actions import books as acts
from ledgers.books.reading import facts, lines, standing
from ledgers.books.register import Register
from ledgers.forms.books import OWN_NAME, FromRecordForm, lines_form, record_form
from ledgers.rules import may_take_out, may_verify
from ledgers.views.books import ask_again, first_day, register_or_404, see, tried, warn_of_family, writes_for
from supervision.actions.rectification import problem_url
from supervision.models import Problem


def record_or_404(request: HttpRequest, register: Register, pk: int, *, right: Permission | None = None) -> Any:
    """A record the user may read, and on whose organ he holds `right`."""
    rows = register.model.objects.visible_to(request.user)
    if right is not None:
        rows = rows.filter(organ_id__in=organ_ids(request.user, right))
    return get_object_or_404(
        rows.select_related("organ", "created_by", "updated_by", "verified_by", "removed_by"), pk=pk
    )


def _to(register: Register, kept: Any) -> HttpResponse:
    return redirect("ledgers:register_record", register.key, kept.pk)


@reads
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One record with its lines, problems, files and history, and what can be done with it."""
    register = register_or_404(slug)
    kept, user = record_or_404(request, register, pk), request.user
    see(request, register, str(kept))
    heads, rows = lines(register, kept)
    today = timezone.localdate()
    state = standing(register, {name: getattr(kept, name) for name in (*register.fields, *register.needs)}, today)
    shown = {
        "register": register, "kept": kept, "facts": facts(register, kept), "heads": heads, "rows": rows, "state": state,
        "problems": Problem.objects.visible_to(user).filter(pk__in=kept.problems.values("pk")) if hasattr(kept, "problems") else [],
        "files": Attachment.objects.of(kept).select_related("uploaded_by"), "events": Event.objects.of(kept).select_related("by", "on_behalf_of"),
        "may_write": has(user, Permission.DRAFT, kept.organ_id), "accept": ACCEPT, "take_out": may_take_out(kept, by=user),
        "borne": register.borne(kept, user) if register.borne else [], "verify": may_verify(kept, by=user), "checks": has(user, Permission.COORDINATE, kept.organ_id),
    }  # fmt: skip
    return render(request, "ledgers/books/record.html", shown)


@edits
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole form of a new record."""
    user: Any = request.user
    register, organ = register_or_404(slug), writes_for(user)
    if organ is None:
        raise Refused(f"{register.label}由本单位人员登记。", register.article)
    first = {name: request.GET.get(name, "") for name in ("official", "unit", "kind", "case", "festival")}
    first |= {register.day: first_day(register), **dict.fromkeys(OWN_NAME, user.full_name)}
    form = record_form(register, request.POST or None, organ=organ, initial=first)
    rows = lines_form(register, request.POST or None)
    if request.method == "POST" and _valid(form, rows):
        made = tried(
            form,
            lambda: acts.enter(
                register, organ=organ, values=form.cleaned_data, rows=_rows(rows), by=user, at=timezone.now()
            ),
        )
        if made:
            messages.success(request, f"已登记{register.label}：{made}。")
            ask_again(request, register, made, *_written_lines(register, made))
            return _to(register, made)
    return _form_page(request, register, form, rows, None)


@edits
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a record."""
    register = register_or_404(slug)
    kept = record_or_404(request, register, pk, right=Permission.DRAFT)
    see(request, register, str(kept))
    seen = request.POST.get("seen", "") or kept.updated_at.isoformat()
    form = record_form(register, request.POST or None, organ=kept.organ, instance=kept)
    rows = lines_form(register, request.POST or None, record=kept)
    if request.method == "POST" and _valid(form, rows):
        done = tried(
            form,
            lambda: acts.change(
                kept, values=form.cleaned_data, rows=_rows(rows), by=request.user, at=timezone.now(), seen=seen
            ),
        )
        if done:
            messages.success(request, "已保存修改。")
            warn_of_family(request, done, *_written_lines(register, done))
            for sentence in register.advises(done) if register.advises else ():
                messages.warning(request, sentence)
            return _to(register, kept)
    return _form_page(request, register, form, rows, kept, seen=seen)


def _valid(form: Any, rows: Any) -> bool:
    return all([form.is_valid(), rows is None or rows.is_valid()])


def _rows(rows: Any) -> list[dict[str, Any]]:
    """The lines that somebody wrote; empty ones are left out."""
    if rows is None:
        return []
    return [entry.cleaned_data for entry in rows if entry.cleaned_data and (entry.has_changed() or entry.instance.pk)]


def _written_lines(register: Register, kept: Any) -> list[Any]:
    return list(kept.rows.all()) if register.rows else []


def _form_page(
    request: HttpRequest, register: Register, form: Any, rows: Any, kept: Any, *, seen: str = ""
) -> HttpResponse:
    wrong = form.errors or (rows is not None and rows.is_bound and not rows.is_valid())
    shown = {"register": register, "form": form, "rows": rows, "kept": kept, "seen": seen}
    return render(request, "ledgers/books/form.html", shown, status=422 if wrong else 200)


@writes
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a record out, with a reason."""
    register = register_or_404(slug)
    kept = record_or_404(request, register, pk, right=Permission.DRAFT)
    acts.take_out(kept, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, "已删除，可以在“已删除”中恢复。")
    return redirect("ledgers:register", register.key)


@writes
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Bring a record back."""
    register = register_or_404(slug)
    acts.bring_back(
        kept := record_or_404(request, register, pk, right=Permission.DRAFT), by=request.user, at=timezone.now()
    )
    messages.success(request, "已恢复。")
    return _to(register, kept)


@writes
def verify(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """党风政风监督室 confirms a record (A10.5)."""
    register = register_or_404(slug)
    kept = record_or_404(request, register, pk, right=Permission.COORDINATE)
    see(request, register, str(kept))
    acts.verify(kept, by=request.user, at=timezone.now())
    messages.success(request, "已核实；数据截止日前核实的，计入质效评估。")
    return _to(register, kept)


@writes
def attach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a file with a record."""
    register = register_or_404(slug)
    kept = record_or_404(request, register, pk, right=Permission.DRAFT)
    acts.keep_file(kept, request.FILES.get("file"), by=request.user, at=timezone.now())
    messages.success(request, "已上传附件。")
    return _to(register, kept)


@edits
def problem(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Enter a problem that the record led to; it goes into the one problem list (A3.1)."""
    register = register_or_404(slug)
    if register.leads_to is None:
        raise Http404("this register leads to no problems")
    kept = record_or_404(request, register, pk, right=Permission.DRAFT)
    see(request, register, str(kept))
    form = FromRecordForm(request.POST or None, organ=kept.organ, initial=_first(register, kept))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: acts.problem_from(kept, by=request.user, at=timezone.now(), **form.cleaned_data))
        if made:
            messages.success(request, f"已登记问题{made.code}，进入问题整改清单。")
            return redirect(problem_url(made))
    shown = {"register": register, "kept": kept, "form": form}
    return render(request, "ledgers/books/problem.html", shown, status=422 if form.errors else 200)


def _first(register: Register, kept: Any) -> dict[str, Any]:
    """What the record already says; texts about persons are not carried into the open list."""
    unit = getattr(kept, "unit_id", None) or (
        kept.units.values_list("pk", flat=True).first() if register.by == "units" else None
    )
    told = getattr(kept, register.told, "") if register.told and not register.persons else ""
    return {"unit": unit, "description": told, "found_on": getattr(kept, register.day), "severity": "general"}
