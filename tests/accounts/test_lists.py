"""Keyset paging: every row once, in order, whatever the mark."""

from datetime import date

import pytest
from django.db.models import Value
from django.db.models.functions import Coalesce

from accounts.lists import chosen_order, named_id, page_of
from accounts.models import Duty, Organ
from accounts.roles import OrganKind
from tests.factories import make_organ

pytestmark = pytest.mark.django_db
ORDER = ("due_on", "-pk")


@pytest.fixture
def organ() -> Organ:
    return make_organ("柳河镇纪委", OrganKind.TOWNSHIP_COMMITTEE)


def owe(organ: Organ, *days: int) -> None:
    for number, day in enumerate(days):
        Duty.objects.create(kind=f"k{number}", article="A10.4", title=f"事项{number}", organ=organ,
                            opened_on=date(2026, 1, 1), due_on=date(2026, 3, day))  # fmt: skip


def walk(size: int) -> list[list[str]]:
    pages, after = [], ""
    while True:
        page = page_of(Duty.objects.values("pk", "title", "due_on"), ORDER, after=after, size=size)
        pages.append([row["title"] for row in page.rows])
        if not page.next:
            return pages
        after = page.next


def test_pages_hold_every_row_once_in_order(organ: Organ) -> None:
    owe(organ, 5, 9, 5, 1, 9)

    assert walk(2) == [["事项3", "事项2"], ["事项0", "事项4"], ["事项1"]]


def test_a_full_last_page_has_no_next(organ: Organ) -> None:
    owe(organ, 1, 2)

    page = page_of(Duty.objects.values("pk", "title", "due_on"), ORDER, after=None, size=2)

    assert (page.next, page.first, page.total) == ("", True, 2)


@pytest.mark.parametrize("mark", ["x", "W10", "eyJhIjoxfQ", "WyIyMDI2LTAyLTMxIiwgMV0", "WzEsMiwzXQ", "💥"])
def test_a_mark_without_sense_shows_the_first_page(organ: Organ, mark: str) -> None:
    owe(organ, 1, 2)

    page = page_of(Duty.objects.values("pk", "title", "due_on"), ORDER, after=mark, size=1)

    assert ([row["title"] for row in page.rows], page.first) == (["事项0"], True)


def test_a_list_is_ordered_as_asked_or_as_usual() -> None:
    orders = {"due": ("due_on", "pk"), "organ": ("organ_id", "pk")}

    assert [chosen_order(wanted, orders) for wanted in ("organ", "-organ", "drop table", "-x", None)] == [
        ("organ_id", "pk"), ("-organ_id", "-pk"), ("due_on", "pk"), ("due_on", "pk"), ("due_on", "pk"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["", "-1", "1.5", "１２", "9" * 30, "x"])
def test_nonsense_names_nothing(value: str) -> None:
    assert named_id({"id": value}, "id") is None


def test_a_number_names_a_record() -> None:
    assert named_id({"id": "17"}, "id") == 17


def test_an_order_by_a_computed_field_pages_on(organ: Organ) -> None:
    owe(organ, 9, 3, 3, 7, 1, 9, 5)
    rows = Duty.objects.annotate(term=Coalesce("due_on", Value(date(9999, 12, 31)))).values("pk", "title", "term")
    seen, after = [], ""
    for _ in range(3):
        page = page_of(rows, ("term", "pk"), after=after, size=3)
        seen += [row["title"] for row in page.rows]
        after = page.next

    assert seen == ["事项4", "事项1", "事项2", "事项6", "事项3", "事项0", "事项5"]
    assert after == ""
