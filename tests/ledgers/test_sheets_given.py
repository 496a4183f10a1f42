"""The three workbooks as they arrived in an office, against the reading that was written down by hand."""

import json
from datetime import date
from pathlib import Path

import pytest

from ledgers.sheets import Directory, read_ledger
from tests.ledgers.workbooks import trimmed

pytestmark = pytest.mark.once

DATA = Path(__file__).parent.parent / "data"
COUNTY = {one["organ"]: one for one in json.loads((DATA / "demo-county.json").read_text("utf-8"))["organs"]}


def given(name):
    expected = json.loads((DATA / f"ledger-{name}.json").read_text("utf-8"))
    organ = COUNTY[expected["organ"]]
    directory = Directory(expected["organ"], expected["year"], tuple(organ["items"]), tuple(organ["units"]))
    return read_ledger((DATA / f"ledger-{name}.xlsx").read_bytes(), f"ledger-{name}.xlsx", directory), expected


@pytest.mark.parametrize("name", ["plain", "messy"])
def test_every_row_is_read_as_written_down(name):
    reading, expected = given(name)

    keys = list(expected["rows"][0])
    rows = [{key: getattr(row, key) for key in keys} for row in reading.rows]
    rows = [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()} for row in rows
    ]
    assert [trimmed(row) for row in rows] == expected["rows"]
    assert reading.errors == []


def test_text_is_kept_as_written():
    messy, _ = given("messy")

    assert messy.rows[0].problem == "（1）村级账目报账拖延，涉及11个村；"


def test_rows_keep_the_number_of_the_sheet():
    messy, _ = given("messy")

    assert [row.row for row in messy.rows] == [6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 18, 19, 20, 21]
    assert messy.header_rows == [5]


def test_progress_is_kept_beside_the_day_read_from_it():
    messy, _ = given("messy")

    assert messy.rows[0].rectification == "已整改到位，2026年2月16日销号"
    assert messy.rows[0].closed_on == date(2026, 2, 16)
    assert messy.rows[1].rectification == "正在整改"


def test_every_wrong_row_is_named_once_and_no_other():
    broken, expected = given("broken")

    assert [(error.row, error.column, error.cell) for error in broken.errors] == [
        (4, "found_on", "E4"),
        (6, "problem", "D6"),
        (7, "unit", "B7"),
        (9, "closed_on", "J9"),
        (11, "task", "C11"),
        (13, "due_on", "H13"),
        (14, "problem", "D14"),
    ]
    assert {str(error.row) for error in broken.errors} == set(expected["wrong_rows"])
    assert [row.row for row in broken.rows] == [3, 5, 8, 10, 12]


def test_sentences_name_the_cell_what_is_wrong_and_what_to_do():
    broken, _ = given("broken")

    sentences = {error.row: error.message for error in broken.errors}
    assert sentences[4] == "E4（发现日期）写的是“2026年2月30日”，没有这一天。请写成例如2026年3月5日的日期。"
    assert sentences[14] == "D14（发现问题）是公式，不是文字。请改成文字后再导入。"
    assert sentences[9] == "J9（销号日期）是2026-05-23，早于发现日期2026-05-28。请核对这两个日期。"
