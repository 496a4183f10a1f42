"""办理记录: a row of edits by one person is one line that opens; steps and other people's edits stay lines of their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string

from accounts.calendar import SHANGHAI
from accounts.models import Event, User
from accounts.templatetags.trail import folded

pytestmark = pytest.mark.once
NINE = datetime(2026, 3, 5, 9, 0, tzinfo=SHANGHAI)
ZHOU, LI = User(pk=1, full_name="周明"), User(pk=2, full_name="李青")


def event(label: str, minutes: int, verb: str = "edit", by: User = ZHOU, **other: str) -> Event:
    return Event(verb=verb, label=label, by=by, at=NINE + timedelta(minutes=minutes), **other)


EDITS = [event("修改", minutes, note=f"第{minutes}部分") for minutes in (10, 20, 30)]


def test_three_edits_of_one_person_are_one_line_and_two_are_two() -> None:
    rows = [event("起草", 0, "draft", to_step="draft"), *EDITS, event("修改", 40, by=LI), event("修改", 50, by=LI),
            event("报批", 60, "submit", from_step="draft", to_step="sent")]  # fmt: skip

    assert [run.words for run in folded(rows)] == ["起草1次", "修改3次", "修改1次", "修改1次", "报批1次"]


def test_edits_with_names_of_their_own_are_counted_as_edits() -> None:
    rows = [
        event(f"撰写{name}评价", n, "write", to_step="draft") for n, name in enumerate(("班子", "“一把手”", "成员"))
    ]

    assert [run.words for run in folded(rows)] == ["编辑3次"]


def test_neither_a_step_nor_an_edit_for_somebody_else_nor_another_edition_is_folded() -> None:
    steps = [event("修改", n, from_step="draft", to_step="returned") for n in range(3)]
    editions = [*EDITS[:2], event("修改", 40, edition="〔2027〕1号")]
    deputy = [*EDITS[:2], event("修改", 40)]
    deputy[-1].on_behalf_of = LI

    assert [len(folded(rows)) for rows in (steps, editions, deputy)] == [3, 3, 3]


def test_the_line_says_from_when_to_when_and_holds_every_edit() -> None:
    page = render_to_string("_timeline.html", {"events": EDITS})

    assert "修改3次" in page and "2026-03-05 09:10至09:30" in page and page.count("周明") == 1
    assert [f"第{n}部分" in page for n in (10, 20, 30)] == [True] * 3 and "<details" in page
    assert "09:10至09:30" in render_to_string("_timeline.html", {"events": EDITS[::-1]})
    late = [*EDITS, event("修改", 24 * 60)]
    assert "2026-03-05 09:10至2026-03-06 09:00" in render_to_string("_timeline.html", {"events": late})
    at_once = [event("修改", 0) for _ in range(3)]
    assert "至" not in render_to_string("_timeline.html", {"events": at_once})
    assert "还没有办理记录" in render_to_string("_timeline.html", {"events": []})
