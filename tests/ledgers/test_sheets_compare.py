"""What a row would do to the ledger: new, changed, the same, or twice in the file."""

from datetime import date

import pytest

from ledgers.sheets import Row
from ledgers.sheets.compare import BY_A_SECOND, CLOSED, LATER_DUE, LOCKED, Known, compare

pytestmark = pytest.mark.once

DAY = date(2026, 3, 5)


def row(**more):
    return Row(**{"row": 2, "task": "甲任务", "unit": "甲单位", "problem": "台账不全", "found_on": DAY, **more})


def known(**more):
    return Known(**{"entry": 1, "task": "甲任务", "unit": "甲单位", "problem": "台账不全", "found_on": DAY, **more})


def only(rows, held):
    (line,) = compare(rows, held)
    return line


def test_words_that_differ_only_in_marks_are_the_same_problem():
    assert only([row(problem="（1）台账 不全；")], [known()]).state == "same"


def test_another_unit_task_day_or_wording_is_new():
    for other in ({"unit": "乙单位"}, {"task": "乙任务"}, {"found_on": date(2026, 4, 1)}, {"problem": "公示不及时"}):
        assert only([row(**other)], [known()]).state == "new"


def test_a_missing_day_is_filled_and_never_erased():
    filled = only([row()], [known(found_on=None)])
    assert (filled.state, filled.changes) == ("changed", {"found_on": (None, DAY)})
    assert only([row(found_on=None)], [known()]).state == "same"


def test_empty_cells_erase_nothing_and_new_texts_are_changes():
    held = known(suggestion="补齐资料", handling="谈话提醒1人")

    line = only([row(suggestion="", handling="谈话提醒2人")], [held])

    assert line.changes == {"handling": ("谈话提醒1人", "谈话提醒2人")}


def test_a_time_limit_once_set_is_kept():
    line = only([row(due_on=date(2026, 7, 1))], [known(due_on=date(2026, 6, 1))])

    assert (line.state, line.changes, line.kept) == ("same", {}, {"due_on": LATER_DUE})


def test_closing_is_taken_only_for_what_came_from_a_workbook():
    closed = row(closed_on=date(2026, 5, 1))

    assert only([closed], [known(closable=True)]).changes == {"closed_on": (None, date(2026, 5, 1))}
    assert only([closed], [known()]).kept == {"closed_on": BY_A_SECOND}


def test_what_is_closed_changes_no_more():
    line = only([row(handling="谈话提醒2人")], [known(closed_on=date(2026, 5, 1))])

    assert (line.state, line.kept) == ("same", {"handling": CLOSED})


def test_a_row_that_stands_twice_counts_once():
    assert [line.state for line in compare([row(), row(row=3), row(row=4, found_on=None)], [])] == [
        "new",
        "twice",
        "new",
    ]


def test_two_days_of_the_same_words_each_find_their_own():
    later = date(2026, 6, 5)

    lines = compare([row(found_on=later), row(row=3)], [known(), known(entry=2, found_on=later)])

    assert [(line.state, line.known.entry) for line in lines] == [("same", 2), ("same", 1)]


def test_what_waits_for_its_closing_is_locked():
    line = only([row(handling="谈话提醒2人")], [known(locked=True)])

    assert (line.state, line.kept) == ("same", {"handling": LOCKED})
