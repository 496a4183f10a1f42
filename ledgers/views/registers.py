"""The register of dispositions by the four forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits
from accounts.lists import all_of, page_of, wants_sheet
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from ledgers.actions.registers import four_forms, record_disposition, tag_disposition
from ledgers.forms.registers import DispositionFilter, DispositionForm, DispositionTagsForm
from ledgers.models import Disposition
from ledgers.states import FourForm
from ledgers.views.places import asked_year, years

COLUMNS = ("pk", "organ_id", "organ__name", "official__full_name", "official__post", "official__unit__name", "form", "measure",
           "decided_on", "triple_check")  # fmt: skip
SHEET = {
    "official__full_name": "人员", "official__post": "职务", "official__unit__name": "单位", "form_word": "形态", "measure": "措施",
    "decided_on": "处置日期", "triple": "“一案三查”", "topic_words": "专题", "organ__name": "处置单位",
}  # fmt: skip
ORDER = ("-decided_on", "-pk")


@edits
def dispositions(request: HttpRequest) -> HttpResponse:
    """“四种形态” of the year, and the form to enter one; each look is logged (A3.4)."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    drafts = has(user, Permission.DRAFT, user.organ_id)
    form = DispositionForm(request.POST or None, organ=user.organ, initial={"decided_on": today}) if drafts else None
    if request.method == "POST":
        if form is None:
            raise Refused("处置情况由本单位人员登记。", "A3.4")
        if form.is_valid() and _entered(request, form):
            return redirect("ledgers:dispositions")
    filters = DispositionFilter(request.GET or None)
    rows: Any = Disposition.objects.visible_to(user)
    if request.GET.get("year") or not request.GET.get("topic"):  # of a topic all years, unless one is named
        rows = rows.filter(decided_on__year=year)
    rows = _asked(rows, filters.chosen())
    if wants_sheet(request.GET):
        log_access(request, "export", f"{year}年处置情况")
        return list_as_xlsx(f"{year}年“四种形态”处置", SHEET, _spoken(all_of(rows.values(*COLUMNS), ORDER)))
    log_access(request, "view", f"{year}年处置情况")
    page = page_of(rows.values(*COLUMNS), ORDER, after=request.GET.get("after"))
    _spoken(page.rows)
    ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
    shown = {"page": page, "table": four_forms(year, ids), "form": form, "year": year, "years": years(year),
             "filters": filters, "mine": organ_ids(user, Permission.DRAFT)}  # fmt: skip
    return render(request, "ledgers/dispositions.html", shown, status=422 if form and form.errors else 200)


def _entered(request: HttpRequest, form: DispositionForm) -> bool:
    try:
        record_disposition(organ=request.user.organ, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.full)
        return False
    messages.success(request, "已登记处置情况。")
    return True


def _asked(rows: Any, chosen: dict[str, Any]) -> Any:
    if "triple_check" in chosen:
        rows = rows.filter(triple_check=chosen["triple_check"] == "yes")
    plain = {"form": "form", "topic": "topics"}
    return rows.filter(**{path: chosen[name] for name, path in plain.items() if name in chosen})


def _spoken(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in words, their topics in one more query."""
    names: dict[int, list[str]] = {}
    tagged: Any = Disposition.objects.filter(pk__in=[row["pk"] for row in rows], topics__isnull=False)
    for pk, name in tagged.order_by("topics__name").values_list("pk", "topics__name"):
        names.setdefault(pk, []).append(name)
    for row in rows:
        row["form_word"], row["triple"] = FourForm(row["form"]).label, "是" if row["triple_check"] else ""
        row["topic_words"] = "、".join(names.get(row["pk"], []))
    return rows


@edits
def disposition(request: HttpRequest, pk: int) -> HttpResponse:
    """For which topics one disposition counts."""
    mine = Disposition.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    row = get_object_or_404(mine.select_related("official__unit", "organ"), pk=pk)
    log_access(request, "view", f"处置情况：{row}")
    first = {"topics": list(row.topics.all()), "triple_check": row.triple_check}
    form = DispositionTagsForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        tag_disposition(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "已保存专题。")
        return redirect("ledgers:dispositions")
    shown = {"row": row, "form": form}
    return render(request, "ledgers/disposition.html", shown, status=422 if form.errors else 200)
