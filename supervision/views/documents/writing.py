"""Writing: a document of a kind, prefilled from problems; a bulletin from cases."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits
from accounts.models import Organ
from accounts.permissions import Permission, organ_ids
from accounts.workflow import Refused
from supervision.actions.documents import bulletins as bulletin_acts
from supervision.actions.documents.drafting import draft_document, edit_document, points_from
from supervision.documents.kinds import EDITABLE, HINTS, POINTS, SECTIONS, BulletinScope, DocumentKind
from supervision.documents.rules import letter_term
from supervision.forms.documents import BulletinForm, CaseRows, DocumentForm, PointRows, problems_by_id
from supervision.models import IssuedDocument, Problem, TypicalBulletin

MOST_PROBLEMS = 60


def own_organ(request: HttpRequest) -> Organ:
    """The organ for which the user drafts; without one the page does not exist for him."""
    organ = Organ.objects.filter(pk__in=organ_ids(request.user, Permission.DRAFT)).order_by("pk").first()
    if organ is None:
        raise Http404("drafts for no organ")
    return organ


def _asked(request: HttpRequest) -> list[Problem]:
    """The problems that the address names, as far as the user may read them, in its order."""
    wanted = [one for pk in request.GET.getlist("problem") if (one := _id(pk))]
    found = problems_by_id(Problem.objects.visible_to(request.user), wanted[:MOST_PROBLEMS])
    return [found[pk] for pk in dict.fromkeys(wanted) if pk in found]


@edits
def document_new(request: HttpRequest) -> HttpResponse:
    """First the unit and the kind, then the form of that kind."""
    organ, kind, problems = own_organ(request), request.GET.get("kind", ""), _asked(request)
    units: dict[Any, list[Problem]] = defaultdict(list)
    for problem in problems:
        units[problem.unit].append(problem)
    if kind not in DocumentKind.values or len(units) > 1:
        return render(request, "supervision/documents/choose.html", {"groups": _groups(units)})
    form = DocumentForm(request.POST or None, organ=organ, kind=kind, initial=_first_values(kind, problems))
    return _write(request, form, None, organ, kind, points_from(problems, on=timezone.localdate()))


def _groups(units: dict[Any, list[Problem]]) -> list[dict[str, Any]]:
    """One group per unit, because a document goes to one unit; without problems one group for all."""
    return [
        {"unit": unit, "problems": problems, "kinds": [
            {"label": kind.label, "hint": HINTS[kind], "address": "?" + urlencode(
                [("kind", kind.value), *(("problem", problem.pk) for problem in problems)])} for kind in DocumentKind]}
        for unit, problems in (units or {None: []}).items()
    ]  # fmt: skip


def _first_values(kind: str, problems: list[Problem]) -> dict[str, Any]:
    """What is known from the problems: unit, a title to start from, the latest term, where they were found."""
    if not problems:
        return {}
    first, today = problems[0], timezone.localdate()
    item = f"“{first.item.title}”" if first.item else "日常监督"
    days = [row["due_on"] for row in points_from(problems, on=today) if row["due_on"]]
    days += [letter_term(today)] if kind == DocumentKind.SUPERVISION_LETTER and not days else []
    origin = f"在{item}中，发现{first.unit}存在{len(problems)}个问题。"
    return {
        "unit": first.unit_id, "title": f"关于整改{first.unit}有关问题的{DocumentKind(kind).label}",
        "due_on": max(days) if days else None, "section_origin": origin, "section_basis": origin, "section_background": origin,
        "section_matter": f"督促{first.unit}整改{len(problems)}个问题。", "section_progress": _late_words(problems),
    }  # fmt: skip


def _late_words(problems: list[Problem]) -> str:
    today, lines = timezone.localdate(), []
    for problem in problems:
        item: Any = problem.rectification
        if item.due_on and item.step != "closed":
            days = (today - item.due_on).days
            late = f"截至{today.year}年{today.month}月{today.day}日已逾期{days}天" if days > 0 else "尚未到期"
            lines.append(
                f"问题{problem.code}整改时限{item.due_on.year}年{item.due_on.month}月{item.due_on.day}日，{late}。"
            )
    return "\n".join(lines)


@edits
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite a document that is still with its author."""
    rows = IssuedDocument.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows.select_related("organ", "unit"), pk=pk)
    if found.step not in EDITABLE:
        raise Refused(
            f"“{found}”当前为“{found.get_step_display()}”，文本已锁定。如需修改，请先撤回或者等签批人退回。", "A9.7e"
        )
    names = ("title", "recommendation_kind", "due_on", "reply_due_on", "in_name_of_commission", "copies_to", "secrecy")
    initial = {name: getattr(found, name) for name in names} | {"unit": found.unit_id}
    initial |= {f"section_{section['key']}": section["text"] for section in found.sections}
    form = DocumentForm(request.POST or None, organ=found.organ, kind=found.kind, initial=initial)
    points = [{"problem": row.problem, "text": row.text, "demand": row.demand, "due_on": row.due_on}
              for row in found.points.select_related("problem")]  # fmt: skip
    return _write(request, form, found, found.organ, found.kind, points)


def _write(
    request: HttpRequest, form: DocumentForm, found: IssuedDocument | None, organ: Organ, kind: str, points: list[Any]
) -> HttpResponse:
    initial = [{**row, "problem": row["problem"].pk if row["problem"] else None} for row in points]
    rows = PointRows(request.POST or None, prefix="point", initial=initial)
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        saved = _saved(request, form, rows, found, organ, kind)
        if saved is not None:
            messages.success(request, f"已保存“{saved}”。核对无误后点“层报审批”。")
            return redirect(saved.get_absolute_url())
    heading = next((section.heading for section in SECTIONS[kind] if section.key == POINTS), "问题")
    shown = {"form": form, "rows": rows, "organ": organ, "kind_word": DocumentKind(kind).label, "document": found,
             "points_heading": heading, "codes": _codes(request, rows)}  # fmt: skip
    return render(request, "supervision/documents/form.html", shown, status=422 if request.method == "POST" else 200)


def _codes(request: HttpRequest, rows: Any) -> list[tuple[Any, str]]:
    """Each row of the form with the code of the problem behind it."""
    ids = [_id(str(row["problem"].value() or "")) for row in rows]
    known = problems_by_id(Problem.objects.visible_to(request.user), [one for one in ids if one])
    return [(row, known[one].code if one in known else "") for row, one in zip(rows, ids, strict=True)]


def _id(typed: str) -> int:
    """The id that an address or a form names; 0 for nonsense and for what no database can hold."""
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 19 else 0


def _saved(
    request: HttpRequest, form: DocumentForm, rows: Any, found: Any, organ: Organ, kind: str
) -> IssuedDocument | None:
    typed = [row.cleaned_data for row in rows if row.cleaned_data.get("text", "").strip()]
    wanted = [row["problem"] for row in typed if row.get("problem")]
    known = problems_by_id(Problem.objects.visible_to(request.user), wanted)
    points = [{**row, "problem": known.get(row.get("problem") or 0)} for row in typed]
    values = {**form.values(), "points": points, "by": request.user, "at": timezone.now()}
    try:
        return edit_document(found, **values) if found is not None else draft_document(organ, kind, **values)
    except Refused as refused:
        form.add_error(None, refused.full)
        return None


# --- bulletins ---


@edits
def bulletin_new(request: HttpRequest) -> HttpResponse:
    """A bulletin from chosen problems."""
    organ, problems = own_organ(request), _asked(request)
    initial = {"scope": BulletinScope.INTERNAL, "names_masked": True, "title": "关于典型问题的通报"}
    form = BulletinForm(request.POST or None, initial=initial)
    cases = [{"problem": row.pk, "text": bulletin_acts.suggested_case(row, names_masked=True)} for row in problems]
    return _write_bulletin(request, form, None, organ, cases)


@edits
def bulletin_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite a bulletin that is still with its author."""
    rows = TypicalBulletin.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows.select_related("organ"), pk=pk)
    if found.step not in EDITABLE:
        raise Refused(
            f"“{found}”当前为“{found.get_step_display()}”，文本已锁定。如需修改，请先撤回或者等签批人退回。", "A9.8d"
        )
    form = BulletinForm(request.POST or None, bulletin=found)
    cases = [{"problem": case.problem_id, "text": case.text} for case in found.cases.all()]
    return _write_bulletin(request, form, found, found.organ, cases)


def _write_bulletin(
    request: HttpRequest, form: BulletinForm, found: Any, organ: Organ, cases: list[Any]
) -> HttpResponse:
    rows = CaseRows(request.POST or None, prefix="case", initial=cases)
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        saved = _saved_bulletin(request, form, rows, found, organ)
        if saved is not None:
            messages.success(request, f"已保存“{saved}”。核对无误后点“提请审批通报”。")
            return redirect(saved.get_absolute_url())
    shown = {"form": form, "rows": rows, "codes": _codes(request, rows), "bulletin": found, "organ": organ}
    return render(
        request, "supervision/documents/bulletin_form.html", shown, status=422 if request.method == "POST" else 200
    )


def _saved_bulletin(request: HttpRequest, form: BulletinForm, rows: Any, found: Any, organ: Organ) -> Any:
    kept = [row.cleaned_data for row in rows if row.cleaned_data and not row.cleaned_data.get("leave_out")]
    known = problems_by_id(Problem.objects.visible_to(request.user), [row["problem"] for row in kept])
    cases = [(known[row["problem"]], row["text"]) for row in kept if row["problem"] in known]
    values = {**form.cleaned_data, "cases": cases, "by": request.user, "at": timezone.now()}
    try:
        if found is not None:
            return bulletin_acts.edit_bulletin(found, **values)
        return bulletin_acts.draft_bulletin(organ, **values)
    except Refused as refused:
        form.add_error(None, refused.full)
        return None
