"""Typing in the ledger: nothing typed is lost, nothing is stored twice, two clerks both keep their text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.uploads import attach
from accounts.workflow import Refused
from checklists.models import ChecklistItem
from ledgers.actions.rows import Change, remove_rows, restore_rows, write_cells
from ledgers.models import RowKind, UnitLedgerEntry
from supervision.actions.plan import set_plan
from supervision.actions.rectification import submit_closure
from supervision.models import Problem, RectificationItem
from tests.accounts.test_races import together
from tests.factories import NOW, County, county
from tests.paper import make_paper
from tests.samples import PLAN, PNG

TASK, UNIT = "高标准农田建设管护情况专项监督", "县农业农村局"


def typed(row: int | None = None, temp: str = "t1", base: dict[str, str] | None = None, **cells: str) -> list[Change]:
    """Cells as the grid sends them."""
    return [
        Change(f"{temp}-{key}", row, "" if row else temp, key, (base or {}).get(key, ""), text)
        for key, text in cells.items()
    ]


def listed(cast: County) -> ChecklistItem:
    return make_paper(cast, TASK, step="listed")


@pytest.fixture
def cast(db: Any) -> County:
    made = county()
    listed(made)
    return made


def write(cast: County, changes: list[Change], by: Any = None) -> dict[str, Any]:
    return write_cells(cast.agri, 2026, changes, by=by or cast.nongye, at=NOW)


def full(cast: County, **more: str) -> dict[str, Any]:
    return write(cast, typed(task=TASK, unit=UNIT, problem="账目报账拖延", **more))


def statuses(answer: dict[str, Any]) -> dict[str, str]:
    return {result["column"]: result["status"] for result in answer["results"]}


def test_a_row_becomes_a_problem_once_task_unit_and_problem_are_there(cast: County) -> None:
    first = write(cast, typed(task=TASK))
    row = first["rows"][0]["id"]
    assert Problem.objects.count() == 0
    write(cast, typed(row, unit="县农业农村局 ", suggestion="限期整改"))

    write(cast, typed(row, problem="账目报账拖延"))

    problem = Problem.objects.get()
    assert (problem.item.title, problem.unit.name, problem.suggestion) == (TASK, UNIT, "限期整改")
    assert UnitLedgerEntry.objects.get().pending == {}


def test_dates_are_read_as_people_write_them_and_shown_as_days(cast: County) -> None:
    answer = full(cast, found_on="2月5日", due_on="2026.3.15")

    assert set(statuses(answer).values()) == {"saved"}
    cells = answer["rows"][0]["cells"]
    assert (cells["found_on"], cells["due_on"]) == ("2026-02-05", "2026-03-15")
    assert RectificationItem.objects.get().first_due_on == date(2026, 3, 15)


def test_a_bad_cell_stays_as_typed_with_its_sentence_and_heals(cast: County) -> None:
    answer = full(cast, found_on="2月30日")
    row = answer["rows"][0]
    assert statuses(answer)["found_on"] == "bad"
    assert row["cells"]["found_on"] == "2月30日" and "没有这一天" in row["bad"]["found_on"]["message"]
    assert Problem.objects.get().found_on is None

    healed = write(cast, typed(row["id"], base={"found_on": "2月30日"}, found_on="2月28日"), by=cast.nongye)

    assert healed["rows"][0]["bad"] == {} or "晚于今天" in str(healed["rows"][0]["bad"])


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("unit", "县农业局", "是否为“县农业农村局”"),
        ("unit", "省发展和改革委员会", "不是驻县农业农村局纪检监察组的被监督单位"),
        ("task", "不在清单内的任务", "不在驻县农业农村局纪检监察组2026年的监督任务中"),
        ("due_on", "尽快", "不是日期"),
        ("problem", "=cmd|' /C calc'!A0", "是公式，不是文字"),
        ("method", "电话窃听", "第八条"),
    ],
)
def test_each_bad_cell_gets_a_sentence(cast: County, column: str, text: str, sentence: str) -> None:
    answer = write(cast, typed(**{column: text}))

    assert sentence in answer["results"][0]["message"]
    assert answer["rows"][0]["cells"][column] == text


def test_the_same_request_twice_makes_one_row(cast: County) -> None:
    changes = typed(task=TASK, unit=UNIT, problem="账目报账拖延")

    write(cast, changes)
    again = write(cast, changes)

    assert (UnitLedgerEntry.objects.count(), Problem.objects.count()) == (1, 1)
    assert set(statuses(again).values()) == {"saved"}


def test_two_clerks_on_one_cell_both_keep_their_text(cast: County) -> None:
    row = full(cast, suggestion="规范手续")["rows"][0]["id"]
    write(cast, typed(row, base={"suggestion": "规范手续"}, suggestion="甲写的"), by=cast.nongye_head)

    answer = write(cast, typed(row, base={"suggestion": "规范手续"}, suggestion="乙写的"))

    result = answer["results"][0]
    assert (result["status"], result["theirs"]["value"], result["theirs"]["by"]) == ("conflict", "甲写的", "王建国")
    assert Problem.objects.get().suggestion == "甲写的"
    assert answer["rows"][0]["conflicts"]["suggestion"]["text"] == "乙写的"

    chosen = write(cast, typed(row, base={"suggestion": "甲写的"}, suggestion="甲写的\n乙写的"))
    assert (chosen["rows"][0]["conflicts"], Problem.objects.get().suggestion) == ({}, "甲写的\n乙写的")


def test_other_cells_of_the_row_do_not_conflict(cast: County) -> None:
    row = full(cast)["rows"][0]["id"]
    write(cast, typed(row, handling="批评教育1人"), by=cast.nongye_head)

    assert statuses(write(cast, typed(row, suggestion="规范手续"))) == {"suggestion": "saved"}


def test_nothing_found_is_a_row_of_its_own(cast: County) -> None:
    write(cast, typed(task=TASK, problem="未发现问题"))

    entry = UnitLedgerEntry.objects.get()
    assert (entry.kind, entry.item.title, Problem.objects.count()) == (RowKind.NO_PROBLEM, TASK, 0)


def test_a_typed_closing_day_waits_for_the_second_person(cast: County) -> None:
    answer = full(cast, closed_on="2月9日")

    assert "第二人审核" in answer["rows"][0]["bad"]["closed_on"]["message"]
    item = RectificationItem.objects.get()
    assert (item.step, item.claimed_on) == ("issued", date(2026, 2, 9))


def test_a_submitted_row_is_locked_with_the_reason(cast: County) -> None:
    row = full(cast, rectification="已整改")["rows"][0]["id"]
    item = RectificationItem.objects.select_related("problem").get()
    set_plan(item, {**PLAN, "due_on": date(2026, 3, 10)}, by=cast.nongye, at=NOW)
    attach(item, SimpleUploadedFile("佐证.png", PNG), organ_id=cast.agri.pk, by=cast.nongye, at=NOW)
    submit_closure(item, by=cast.nongye, at=NOW, claimed_on=date(2026, 2, 10))

    answer = write(cast, typed(row, suggestion="再改"))

    assert answer["results"][0]["status"] == "refused" and "已锁定" in answer["results"][0]["message"]
    assert remove_rows(cast.agri, 2026, [row], by=cast.nongye, at=NOW)["refused"][0]["row"] == row


def test_rows_are_removed_and_restored_with_their_problems(cast: County) -> None:
    row = full(cast)["rows"][0]["id"]

    assert remove_rows(cast.agri, 2026, [row, 999], by=cast.nongye, at=NOW)["removed"] == [row]
    assert not Problem.objects.live().exists()

    assert [back["id"] for back in restore_rows(cast.agri, 2026, [row], by=cast.nongye, at=NOW)["rows"]] == [row]
    assert Problem.objects.live().count() == 1


def test_a_foreign_row_and_a_foreign_clerk_are_refused(cast: County) -> None:
    row = full(cast)["rows"][0]["id"]

    elsewhere = write_cells(cast.edu, 2026, typed(row, suggestion="x"), by=cast.jiaoyu, at=NOW)
    assert elsewhere["results"][0]["status"] == "refused"
    with pytest.raises(Refused, match="不能填写"):
        write(cast, typed(row, suggestion="x"), by=cast.jiaoyu)
    with pytest.raises(Refused, match="不能填写"):
        write(cast, typed(row, suggestion="x"), by=cast.dangfeng)


def test_a_needed_cell_is_not_emptied(cast: County) -> None:
    row = full(cast)["rows"][0]["id"]

    answer = write(cast, typed(row, base={"problem": "账目报账拖延"}, problem=""))

    assert "不能清空" in answer["results"][0]["message"]
    assert Problem.objects.get().description == "账目报账拖延"


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_forty_clerks_typing_at_once_on_sqlite_lose_nothing() -> None:
    assert connection.vendor == "sqlite"
    cast = county()
    listed(cast)

    def one(number: int) -> str:
        answer = write(cast, typed(temp=f"row{number}", task=TASK, unit=UNIT, problem=f"问题{number}"))
        return answer["results"][0]["status"]

    assert together(one, list(range(40))) == ["saved"] * 40
    assert Problem.objects.count() == 40
    assert sorted(UnitLedgerEntry.objects.values_list("position", flat=True)) == list(range(1, 41))
