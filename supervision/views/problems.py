"""Problems: the list, one problem with its whole rectification, and the form."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import chosen_order, named_id, page_of
from accounts.models import Attachment, Organ
from accounts.permissions import Permission, anywhere, has, organ_ids
from accounts.uploads import ACCEPT
from accounts.workflow import Refused, buttons
from accounts.xlsx import list_as_xlsx
from supervision import rules
from supervision.actions.problems import change_problem, create_problem, remove_problem
from supervision.actions.rectification import problem_url
from supervision.actions.rounds import organ_of
from supervision.chain import chain_of
from supervision.cure.closing import closing_rounds
from supervision.cure.followups import follow_ups
from supervision.cure.repeats import similar
from supervision.documents.reading import documents_of
from supervision.forms.problems import BatchForm, ClosureForm, ExtensionForm, ProblemFilter, ProblemForm, ProgressForm
from supervision.forms.rectification import FailureForm, PlanForm, ProofForm
from supervision.models import IssuedDocument, Problem, Round
from supervision.problem_facts import words_of
from supervision.selectors import ORDERS, ageing, filtered, finds_problems, problem_rows
from supervision.states import ExtensionStep, RectificationStep, Severity, Source

EXPORT = {
    "organ__name": "监督单位", "unit__name": "被监督单位", "item__title": "监督任务", "description": "发现问题",
    "found_on": "发现日期", "clue_ref": "问题线索", "suggestion": "提出意见建议", "rectification__due_on": "整改时限",
    "rectification__situation": "整改情况", "rectification__closed_on": "销号日期", "handling": "处理情况", "state": "状态",
    "nature_word": "性质", "kind_word": "责任主体", "phase_word": "发现环节", "proved": "查证属实", "concluded_on": "查结日期",
}  # fmt: skip
CHIPS = (("", "全部"), ("open", "未销号"), ("overdue", "已逾期"), ("submitted", "待销号"), ("closed", "已销号"))
VERBS = ("accept_plan", "submit", "verify", "return", "close", "reopen")


@reads
def problems(request: HttpRequest) -> HttpResponse:
    """Every problem the user may read, by any filter."""
    filters, today = ProblemFilter(request.GET, user=request.user), timezone.localdate()
    found = filtered(Problem.objects.visible_to(request.user), filters.chosen(), on=today)
    if request.GET.get("format") == "xlsx":
        log_access(request, "export", "问题整改清单")
        return list_as_xlsx(
            "问题整改清单", EXPORT, [_spoken(row) for row in problem_rows(found).order_by("pk").iterator(2000)]
        )
    order = chosen_order(request.GET.get("sort"), ORDERS)
    page = page_of(problem_rows(found), order, after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row)
    state = request.GET.get("step", "")
    chips = [{"label": label, "address": f"?step={key}" if key else "?", "on": state == key} for key, label in CHIPS]
    coordinates = anywhere(request.user, Permission.COORDINATE)
    drafts = anywhere(request.user, Permission.DRAFT)
    shown = {"page": page, "filters": filters, "chips": chips, "batch_form": BatchForm() if drafts or coordinates else None,
             "coordinates": coordinates, "may_add": finds_problems(request.user),
             "ageing": ageing(found, on=today) if not request.GET.get("after") else []}  # fmt: skip
    return render(request, "supervision/problems.html", shown)


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    row["state"] = RectificationStep(row["rectification__step"]).label
    row["severity_word"] = Severity(row["severity"]).label
    row |= words_of(row)
    row["finished_on"] = row["rectification__closed_on"]
    return row


@reads
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One problem: what was found, what became of it, and what can be done now."""
    row = _problem_or_404(request, pk)
    item: Any = row.rectification
    restricted = may_read_restricted(request.user, row)
    if restricted and _has_restricted(row):
        log_access(request, "view", f"政治偏差记录：{row}")
    documents = IssuedDocument.objects.visible_to(request.user)
    shown = {
        "problem": row, "item": item, "restricted": restricted, **_records(row, item, request.user), **_rights(request.user, row, item),
        **_forms(item, timezone.localdate()), "similar": similar(row), "follow_ups": follow_ups(item, request.user),
        "documents": documents_of(row, among=documents), "may_document": _may_document(request.user, row, item),
    }  # fmt: skip
    return render(request, "supervision/problem.html", shown)


def _may_document(user: Any, row: Problem, item: Any) -> bool:
    return has(user, Permission.DRAFT, row.organ_id) and bool(rules.is_open(item))


def _records(row: Problem, item: Any, reader: Any) -> dict[str, Any]:
    """What happened so far."""
    extensions = list(item.extensions.select_related("requested_by", "decided_by"))
    files = list(Attachment.objects.of(item).filter(purpose="evidence").select_related("uploaded_by", "proof"))
    return {"extensions": extensions, "pending": next((e for e in extensions if e.step == ExtensionStep.REQUESTED), None),
            "files": files, "chain": chain_of(row, reader), "rounds": closing_rounds(item), "missing": rules.missing_plan(item),
            "topics": list(row.topics.all())}  # fmt: skip


def _rights(user: Any, row: Problem, item: Any) -> dict[str, Any]:
    """What the user may do now, with the reasons where he may not."""
    draft, coordinate = has(user, Permission.DRAFT, row.organ_id), has(user, Permission.COORDINATE, row.organ_id)
    return {"offers": {offer["verb"]: offer for offer in buttons(item, VERBS, by=user)}, "open": bool(rules.is_open(item)),
            "may_draft": draft, "may_close": has(user, Permission.CLOSE, row.organ_id), "may_name": draft or coordinate,
            "second": rules.is_second_person(item, user), "other": rules.is_another_verifier(item, user)}  # fmt: skip


def _forms(item: Any, today: date) -> dict[str, Any]:
    """The forms of the page, filled with what is known."""
    plan = {name: getattr(item, name) for name in rules.PLAN_FIELDS}
    closing = {"claimed_on": item.claimed_on or today, "situation": item.situation}
    return {
        "progress_form": ProgressForm(initial={"reported_on": today}, auto_id="progress_%s"),
        "extension_form": ExtensionForm(auto_id="extension_%s"),
        "proof_form": ProofForm(auto_id="proof_%s"),
        "plan_form": PlanForm(initial=plan, auto_id="plan_%s"),
        "failure_form": FailureForm(auto_id="failure_%s"),
        "closure_form": ClosureForm(initial=closing, auto_id="closure_%s"),
        "accept": ACCEPT,
    }


def _problem_or_404(request: HttpRequest, pk: int) -> Problem:
    rows = Problem.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related(
            "organ",
            "unit",
            "item",
            "method",
            "created_by",
            "repeat_of",
            "rectification__submitted_by",
            "rectification__closed_by",
            "rectification__verified_by",
        ),
        pk=pk,
    )


def may_read_restricted(user: Any, row: Problem) -> bool:
    """Marks on the key few are for the author and the holders of the restricted right (A3.3)."""
    return row.created_by_id == user.pk or has(user, Permission.READ_RESTRICTED, row.organ_id)


def _has_restricted(row: Problem) -> bool:
    return (
        row.political_deviation != "none"
        or row.concerns_top_leader
        or row.concerns_team_member
        or bool(row.political_analysis)
    )


@edits
def problem_new(request: HttpRequest) -> HttpResponse:
    """A problem by hand, with or without a project; `?round=` enters it in that round."""
    round = _round(request)
    organ = organ_of(round, request.user) if round else _own_organ(request)
    first = {"found_on": timezone.localdate(), "unit": request.GET.get("unit", "")}
    form = ProblemForm(request.POST or None, organ=organ, restricted=True, round=round, initial=first)
    if request.method == "POST" and form.is_valid():
        place = {"round": round, "item": round.item, "source": Source.ROUND} if round else {}
        made = _tried(form, lambda: create_problem(organ=organ, unit=form.cleaned_data["unit"], by=request.user,
                                                   at=timezone.now(), year=_year(form), **{**form.values(), **place}))  # fmt: skip
        if made:
            messages.success(request, f"已登记问题{made.code}。")
            return redirect(f"{round.get_absolute_url()}?step=inspection" if round else problem_url(made))
    shown = {"form": form, "organ": organ, "round": round}
    return render(request, "supervision/problem_form.html", shown, status=422 if form.errors else 200)


def _round(request: HttpRequest) -> Round | None:
    """The round named in the address, if the user may read it."""
    pk = named_id(request.GET, "round")
    return get_object_or_404(Round.objects.visible_to(request.user), pk=pk) if pk else None


def _own_organ(request: HttpRequest) -> Organ:
    ids = organ_ids(request.user, Permission.DRAFT)
    organ = Organ.objects.filter(pk__in=ids).order_by("pk").first()
    if organ is None:
        raise Http404("drafts for no organ")
    return organ


def _year(form: ProblemForm) -> int:
    item, found_on = form.cleaned_data.get("item"), form.cleaned_data.get("found_on")
    return item.year if item else (found_on or timezone.localdate()).year


def _tried(form: ProblemForm, work: Any) -> Any:
    try:
        return work()
    except Refused as refused:
        form.add_error(None, refused.full)
        return None


@edits
def problem_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an open problem."""
    row = get_object_or_404(Problem.objects.visible_to(request.user).filter(
        organ_id__in=organ_ids(request.user, Permission.DRAFT)).select_related("organ", "rectification"), pk=pk)  # fmt: skip
    item: Any = row.rectification
    initial = {
        name: getattr(item, name)
        for name in ("situation", "due_on", "goal", "measures", "responsible_leader", "responsible_department")
    }
    initial["deviation_aspects"] = row.deviation_aspects
    form = ProblemForm(
        request.POST or None,
        instance=row,
        organ=row.organ,
        round=row.round,
        restricted=may_read_restricted(request.user, row),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "unit": form.cleaned_data["unit"]}
        if _tried(
            form, lambda: change_problem(Problem.objects.get(pk=row.pk), values, by=request.user, at=timezone.now())
        ):
            messages.success(request, "已保存修改。")
            return redirect(problem_url(row))
    shown = {"form": form, "organ": row.organ, "problem": row, "refusal": rules.is_open(item)}
    return render(request, "supervision/problem_form.html", shown, status=422 if form.errors else 200)


@writes
def problem_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrongly entered problem off the books."""
    row = _problem_or_404(request, pk)
    remove_problem(row, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, "已删除。如删错，可在工作台账中恢复。")
    return redirect("supervision:problems")
