"""Loading the regulation: the shipped summaries, the office's own wording, a newer edition beside the old one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import editions
from accounts.calendar import local_day
from accounts.models import RuleNote
from accounts.permissions import Permission, anywhere
from accounts.workflow import Refused, has_no_id_number
from checklists.models import Article, Edition
from checklists.regulation import Parsed, shipped, summary_of


def _in_force() -> str:
    return Edition.objects.filter(is_current=True).values_list("doc_no", flat=True).first() or ""


editions.ask(_in_force)


@transaction.atomic
def ensure_shipped() -> Edition:
    """The edition that ships, with our headings and summaries; the office's wording in it is left alone."""
    edition, made = Edition.objects.get_or_create(
        doc_no=shipped()["edition"]["doc_no"],
        defaults={"title": shipped()["edition"]["title"], "in_force_from": shipped()["edition"]["in_force_from"],
                  "is_current": not Edition.objects.filter(is_current=True).exists()},
    )  # fmt: skip
    known = set(edition.articles.values_list("key", flat=True)) if not made else set()
    rows = [
        Article(edition=edition, key=key, parent_key=_parent(key), seq=seq, **summary_of(key))
        for seq, key in enumerate(shipped()["articles"])
        if key not in known
    ]
    Article.objects.bulk_create(rows)
    return edition


def _parent(key: str) -> str:
    return key.rpartition(".")[0] if "." in key else ""


@transaction.atomic
def load(parsed: Parsed, *, by: Any = None, at: datetime, in_force_from: date | None = None) -> Edition:
    """Take the office's wording: into the shipped edition where the number is the same, else as an edition of its own.

    A newer edition becomes the current one; the old one and everything that cites it stay. Raises `Refused` for
    whoever may not decide for 党风政风监督室; `by` is None for the operator's command.
    """
    if by is not None and not anywhere(by, Permission.DIRECT):
        raise Refused("制度文本由党风政风监督室负责人载入。", "A12")
    first = ensure_shipped()
    same = not parsed.doc_no or parsed.doc_no == first.doc_no
    edition = first if same else _edition(parsed, at, in_force_from)
    for seq, article in enumerate(parsed.articles):
        _write(edition, article.id, seq * 100, article.chapter, article.heading, article.text)
        for place, item in enumerate(article.items, 1):
            _write(edition, item.id, seq * 100 + place, article.chapter, "", item.text)
    edition.loaded_at, edition.loaded_by = at, by
    edition.save()
    return edition


def _edition(parsed: Parsed, at: datetime, in_force_from: date | None) -> Edition:
    edition = Edition.objects.filter(doc_no=parsed.doc_no).first()
    if edition is None:
        edition = Edition(doc_no=parsed.doc_no, title=parsed.title, in_force_from=in_force_from or local_day(at))
    newest = Edition.objects.order_by("-in_force_from").first()
    if newest is None or edition.in_force_from >= newest.in_force_from:
        for other in Edition.objects.filter(is_current=True).exclude(pk=edition.pk):
            other.is_current = False
            other.save()
        edition.is_current = True
    edition.title = parsed.title or edition.title
    edition.save()
    return edition


def _write(edition: Edition, key: str, seq: int, chapter: str, heading: str, wording: str) -> None:
    article = Article.objects.filter(edition=edition, key=key).first() or Article(edition=edition, key=key)
    article.parent_key, article.seq, article.wording = _parent(key), seq, wording
    article.chapter = chapter or article.chapter
    article.heading = article.heading or heading
    article.save()


def note_interpretation(article: str, *, text: str, by: Any, at: datetime) -> RuleNote:
    """党风政风监督室 explains an article (A12). Raises `Refused`."""
    if not anywhere(by, Permission.COORDINATE):
        raise Refused("条款由党风政风监督室负责解释。", "A12")
    if not text.strip():
        raise Refused("请写明解释的内容。", "A12")
    has_no_id_number(text).enforce()
    return RuleNote.objects.create(article=article, text=text.strip(), noted_on=local_day(at), noted_by=by)
