"""The list of documents, the register of numbers, the list of bulletins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads, writes
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Organ
from accounts.permissions import Permission, anywhere, organ_ids
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import done
from supervision.actions.documents.numbering import set_prefix
from supervision.documents.kinds import NUMBERED_KINDS, TONES, BulletinScope, BulletinStep, DocumentKind
from supervision.documents.reading import (
    ORDERS,
    document_rows,
    filtered,
    number_words,
    overdue,
    problems_without_document,
    register_rows,
    series_of,
    spoken,
)
from supervision.forms.documents import DocumentFilter, RegisterFilter
from supervision.models import IssuedDocument, Problem, TypicalBulletin

EXPORT = {
    "kind_word": "文种", "doc_no": "文号", "title": "标题", "organ__name": "起草单位", "unit__name": "主送单位",
    "step_word": "状态", "issued_on": "印发日期", "served_on": "送达日期", "due_on": "整改时限", "reply_due_on": "回复时限",
    "points_count": "问题数", "reply_word": "回复情况", "effect": "落实情况",
}  # fmt: skip
REGISTER = {
    "doc_no": "文号", "title": "标题", "organ__name": "起草单位", "to": "主送", "signed_by__full_name": "签发人",
    "issued_on": "印发日期", "served": "送达日期", "served_to": "签收人", "reply_due_on": "回复时限",
    "replied_on": "首次回复日期", "effect": "落实情况", "step_word": "状态", "void_reason": "作废理由",
}  # fmt: skip
CHIPS = (
    ("", "全部"), ("step=approved", "待编号"), ("step=numbered", "待印发"), ("step=issued", "待送达"), ("reply=overdue", "回复逾期"),
    ("reply=gaps", "有未答复的点"), ("step=closed", "已办结"),
)  # fmt: skip


@reads
def documents(request: HttpRequest) -> HttpResponse:
    """Every document the user may see, by any filter."""
    filters, today = DocumentFilter(request.GET, user=request.user), timezone.localdate()
    found = filtered(IssuedDocument.objects.visible_to(request.user), filters.chosen(), on=today)
    rows = document_rows(found)
    if wants_sheet(request.GET):
        log_access(request, "export", "文书清单")
        return list_as_xlsx("文书清单", EXPORT, spoken(all_of(rows, ("pk",)), on=today))
    order = chosen_order(request.GET.get("sort"), ORDERS)
    page = page_of(rows, order, after=request.GET.get("after"))
    for row in spoken(page.rows, on=today):
        row["tone"] = TONES.get(row["step"], "")
    late = IssuedDocument.objects.visible_to(request.user).filter(overdue(today)).count()
    shown = {"page": page, "filters": filters, "chips": _chips(request, late), "without": _without(request.user),
             "may_draft": bool(organ_ids(request.user, Permission.DRAFT))}  # fmt: skip
    return render(request, "supervision/documents/list.html", shown)


def _without(user: Any) -> int:
    """How many of the drafter's own open problems no document names."""
    own = Problem.objects.filter(organ_id__in=organ_ids(user, Permission.DRAFT))
    return problems_without_document(own).count()


def _chips(request: HttpRequest, late: int) -> list[dict[str, Any]]:
    here = {f"{name}={value}" for name, value in request.GET.items() if name in ("step", "reply") and value}
    return [
        {"label": label, "address": f"?{key}", "on": key in here or (not key and not here),
         "count": late if key == "reply=overdue" else None}
        for key, label in CHIPS
    ]  # fmt: skip


# --- the register ---


@reads
def register(request: HttpRequest) -> HttpResponse:
    """发文登记簿: every number of one kind and year, voided ones as well, and 机关代字 for the document clerk (A9.7e)."""
    kind, year = _kind(request.GET.get("kind", "")), _year(request.GET)
    rows = register_rows(request.user, kind, year)
    title = f"{year}年{dict(NUMBERED_KINDS)[kind]}发文登记簿"
    if wants_sheet(request.GET):
        log_access(request, "export", title)
        return list_as_xlsx(title, REGISTER, rows)
    filters = RegisterFilter(request.GET if {"kind", "year"} <= request.GET.keys() else {"kind": kind, "year": year})
    organs = _series_organs(request.user)
    shown = {"rows": rows, "title": title, "filters": filters, "kind": kind, "year": year, "organs": organs,
             "series": series_of([organ.pk for organ in organs], kind, year),
             "numbers": anywhere(request.user, Permission.NUMBER)}  # fmt: skip
    return render(request, "supervision/documents/register.html", shown)


def _kind(wanted: str) -> str:
    return wanted if wanted in dict(NUMBERED_KINDS) else DocumentKind.RECOMMENDATION.value


def _year(data: Any) -> int:
    wanted = named_id(data, "year") or 0
    return wanted if 2013 <= wanted <= 2100 else timezone.localdate().year


def _series_organs(user: Any) -> list[Organ]:
    """The commission first: most documents go out in its name; then the organs that the clerk numbers for."""
    numbered = organ_ids(user, Permission.NUMBER)
    if not numbered:
        return []
    rows = Organ.objects.filter(pk__in=numbered | {user.organ.county().pk})
    return sorted(rows, key=lambda organ: (organ.parent_id is not None, organ.sort_order, organ.pk))


@writes
def prefix(request: HttpRequest) -> HttpResponse:
    """机关代字 of one kind and year, before its first number is used."""
    kind, year = _kind(request.POST.get("kind", "")), _year(request.POST)
    back = f"{reverse('supervision:document_register')}?kind={kind}&year={year}"
    organ = next((one for one in _series_organs(request.user) if one.pk == named_id(request.POST, "organ")), None)

    def work() -> None:
        if organ is None:
            raise Refused("请选择发文机关。", "A9.7e")
        set_prefix(organ, kind, year, request.POST.get("prefix", ""), by=request.user, at=timezone.now())

    return done(request, work, "机关代字已设置。", back)


# --- bulletins ---


@reads
def bulletins(request: HttpRequest) -> HttpResponse:
    """典型问题通报 the user may see (A9.8d)."""
    rows: Any = TypicalBulletin.objects.visible_to(request.user).values(
        "pk",
        "title",
        "scope",
        "step",
        "names_masked",
        "organ__name",
        "doc_prefix",
        "doc_year",
        "doc_number",
        "issued_on",
    )
    if wants_sheet(request.GET):
        log_access(request, "export", "典型问题通报")
        columns = {"doc_no": "文号", "title": "标题", "scope_word": "通报范围", "organ__name": "起草单位", "step_word": "状态",
                   "issued_on": "印发日期"}  # fmt: skip
        return list_as_xlsx("典型问题通报", columns, _bulletin_words(all_of(rows, ("pk",))))
    page = page_of(rows, ("-pk",), after=request.GET.get("after"))
    _bulletin_words(page.rows)
    may_draft = bool(organ_ids(request.user, Permission.DRAFT))
    return render(request, "supervision/documents/bulletins.html", {"page": page, "may_draft": may_draft})


def _bulletin_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row["scope_word"], row["step_word"] = BulletinScope(row["scope"]).label, BulletinStep(row["step"]).label
        row["doc_no"] = number_words(row)
        row["tone"] = "done" if row["step"] == "issued" else TONES.get(row["step"], "")
    return rows


@writes
def chosen(request: HttpRequest) -> HttpResponse:
    """From ticked problems to what is to be written about them: a document of some kind, or a bulletin."""
    marks = [f"problem={pk}" for pk in request.POST.getlist("problem") if pk.isdecimal()]
    if not marks:
        messages.error(request, "请先勾选问题，再起草文书。")
        return redirect("supervision:problems")
    page = "supervision:bulletin_new" if request.POST.get("what") == "bulletin" else "supervision:document_new"
    return redirect(f"{reverse(page)}?{'&'.join(marks)}")
