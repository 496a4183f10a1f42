"""Two writers, one text: a save over words that the writer never saw is refused, and both texts are laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.digest import digest_of
from accounts.models import Event
from accounts.workflow import Refused

LENGTH = 20  # characters of the digest; the page only asks whether it is still the same text
Writer = tuple[str, datetime | None]


class Overtaken(Refused):
    """Somebody saved meanwhile. Carries the words that are stored now and the mark under which they may be replaced."""

    def __init__(self, writer: Writer, kept: Mapping[str, str], mark: str, article: str = "") -> None:
        who, when = writer
        day = f"于{when.astimezone():%-m月%-d日 %H:%M}" if when else ""
        super().__init__(f"这一部分已由{who}{day}保存，请核对两份文字后再保存。", article)
        self.kept = dict(kept)
        self.mark = mark


def mark_of(kept: Mapping[str, str]) -> str:
    """The mark of a text as the writer has it before him."""
    return digest_of(dict(kept))[:LENGTH]


def check_seen(
    seen: str, kept: Mapping[str, str], typed: Mapping[str, str], *, writer: Callable[[], Writer], article: str = ""
) -> None:
    """Refuse a save over a text that the writer has not seen: raises `Overtaken`.

    `kept` and `typed` hold words by the label of their field; `writer` is asked only for the sentence. The same words
    twice harm nobody, and a save without a mark is not asked.
    """
    if not seen or seen == mark_of(kept) or dict(typed) == dict(kept):
        return
    differing = {label: words for label, words in kept.items() if words and typed.get(label, "") != words}
    raise Overtaken(writer(), differing, mark_of(kept), article)


def last_writer(subject: Any, *verbs: str, part: str = "") -> Writer:
    """Who wrote last by the journal: on the whole paper, or on the part that the entry names."""
    wrote = Event.objects.of(subject).filter(verb__in=verbs).select_related("by").order_by("-pk")
    last = (wrote.filter(Q(note__contains=part) | Q(label__contains=part)) if part else wrote).first()
    return (last.by.full_name if last.by else "系统", last.at) if last else ("他人", None)
