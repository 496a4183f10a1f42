"""The regulation on the screen: its text, one article in a dialog, loading the office's wording, notes of interpretation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.citations import cite
from accounts.http import edits, reads, writes
from accounts.models import RuleNote
from accounts.permissions import Permission, anywhere
from checklists.actions.regulation import load, note_interpretation
from checklists.forms.regulation import WordingForm
from checklists.models import Article, Edition
from checklists.regulation import NotReadable, Parsed, parse, read_document, shipped, summary_of

KEPT = "regulation-lines"


@reads
def regulation(request: HttpRequest) -> HttpResponse:
    """All articles with our summaries, and the wording where the office has loaded it."""
    words = request.GET.get("q", "").strip()[:40]
    editions = list(Edition.objects.all())
    edition = _chosen(editions, request.GET.get("edition", ""))
    rows = [row for row in _rows(edition) if not words or words in row["heading"] + row["summary"] + row["wording"]]
    shown = {"rows": rows, "editions": editions, "edition": edition, "words": words, "title": edition.title if edition else shipped()["edition"]["title"],
             "doc_no": edition.doc_no if edition else shipped()["edition"]["doc_no"], "may_load": anywhere(request.user, Permission.DIRECT)}  # fmt: skip
    return render(request, "checklists/regulation.html", shown)


def _chosen(editions: list[Edition], asked: str) -> Edition | None:
    by_id = {str(edition.pk): edition for edition in editions}
    return by_id.get(asked) or next((edition for edition in editions if edition.is_current), None)


def _rows(edition: Edition | None) -> list[dict[str, Any]]:
    if edition is None:
        return [
            {"key": key, "parent_key": key.rpartition(".")[0], "wording": "", "cited": cite(key), **summary_of(key)}
            for key in shipped()["articles"]
        ]
    rows: list[Any] = list(edition.articles.values("key", "parent_key", "chapter", "heading", "summary", "wording"))
    return [{**row, "cited": _cited(row["key"])} for row in rows]


def _cited(key: str) -> str:
    try:
        return cite(key)
    except ValueError:
        return key


@reads
def article(request: HttpRequest, key: str) -> HttpResponse:
    """One article: summary, wording, the office's notes. As a dialog for htmx, as a page without.

    `?edition=` names the edition under which a record was made; without it, or unknown here, it is the one in force.
    """
    asked = request.GET.get("edition", "")
    edition = next((row for row in Edition.objects.all() if (row.doc_no == asked if asked else row.is_current)), None)
    found = (
        Article.objects.filter(Q(edition=edition) if edition else Q(edition__is_current=True), key=key)
        .values("heading", "summary", "wording", "chapter")
        .first()
    )
    entry: dict[str, Any] = found or summary_of(key)
    if not found and not entry["heading"]:
        raise Http404("no such article")
    shown = {"key": key, "cited": _cited(key), "entry": entry, "older": edition if edition and not edition.is_current else None,
             "notes": list(RuleNote.objects.filter(article=key).select_related("noted_by")),
             "explains": anywhere(request.user, Permission.COORDINATE)}  # fmt: skip
    template = "checklists/_article.html" if getattr(request, "htmx", False) else "checklists/article.html"
    return render(request, template, shown)


@writes
def article_note(request: HttpRequest, key: str) -> HttpResponse:
    """Add a note of interpretation (A12)."""
    note_interpretation(key, text=request.POST.get("text", ""), by=request.user, at=timezone.now())
    messages.success(request, "已登记条款解释。")
    return redirect("checklists:article", key=key)


@edits
def wording(request: HttpRequest) -> HttpResponse:
    """Upload the office's document, see what was placed and what was not, then confirm."""
    form = WordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.POST.get("step") == "confirm":
        return _confirm(request)
    parsed = None
    if request.method == "POST" and form.is_valid():
        parsed = _preview(request, form)
    shown = {"form": form, "parsed": parsed}
    return render(request, "checklists/wording.html", shown, status=422 if form.errors else 200)


def _preview(request: HttpRequest, form: WordingForm) -> Parsed | None:
    upload = form.cleaned_data["file"]
    try:
        lines = read_document(upload.read(), upload.name)
        parsed = parse(lines)
    except NotReadable as error:
        form.add_error("file", str(error))
        return None
    request.session[KEPT] = {
        "lines": lines,
        "from": form.cleaned_data["in_force_from"].isoformat() if form.cleaned_data["in_force_from"] else "",
    }
    return parsed


def _confirm(request: HttpRequest) -> HttpResponse:
    kept = request.session.pop(KEPT, None)
    if not kept:
        messages.error(request, "请先上传文件并核对，再确认载入。")
        return redirect("checklists:wording")
    since = date.fromisoformat(kept["from"]) if kept["from"] else None
    edition = load(parse(kept["lines"]), by=request.user, at=timezone.now(), in_force_from=since)
    messages.success(request, f"已载入{edition}的原文。")
    return redirect(reverse("checklists:regulation"))
