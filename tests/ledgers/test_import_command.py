"""`manage.py import_ledger`: what it prints, what it writes, how it ends."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ledgers.models import ImportRun, UnitLedgerEntry
from supervision.models import Problem, RectificationItem
from tests.factories import county
from tests.ledgers.workbooks import USUAL, line, list_items, trimmed, xlsx

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data"
AGRI, EDU = "驻县农业农村局纪检监察组", "驻县教育局纪检监察组"


@pytest.fixture
def cast():
    made = county()
    list_items(made)
    return made


def run(name, organ, *flags):
    """(exit code, JSON, message) of the command on a file of tests/data, or on a path."""
    out = StringIO()
    path = name if isinstance(name, Path) else DATA / f"ledger-{name}.xlsx"
    try:
        call_command("import_ledger", str(path), "--organ", organ, "--year", "2026", "--json", *flags, stdout=out)
    except CommandError as error:
        return error.returncode, json.loads(out.getvalue()) if out.getvalue() else None, str(error)
    return 0, json.loads(out.getvalue()), ""


@pytest.mark.parametrize(("name", "organ"), [("plain", AGRI), ("messy", EDU)])
def test_prints_every_row_and_writes_nothing(cast, name, organ):
    code, answer, _ = run(name, organ)

    expected = json.loads((DATA / f"ledger-{name}.json").read_text("utf-8"))["rows"]
    assert code == 0
    assert list(answer) == ["organ", "year", "rows", "errors", "imported"]
    assert [trimmed({key: value for key, value in row.items() if key != "row"}) for row in answer["rows"]] == expected
    assert list(answer["rows"][0]) == [
        "row", "task", "unit", "problem", "found_on", "clue", "suggestion", "due_on", "closed_on", "handling",
    ]  # fmt: skip
    assert (answer["organ"], answer["year"], answer["errors"], answer["imported"]) == (organ, 2026, [], 0)
    assert UnitLedgerEntry.objects.count() == 0
    assert ImportRun.objects.count() == 0


def test_commit_writes_rows_with_problem_rectification_and_history(cast):
    code, answer, _ = run("plain", AGRI, "--commit")

    assert (code, answer["imported"]) == (0, 9)
    first = (
        UnitLedgerEntry.objects.select_related("problem__rectification", "item", "unit").order_by("position").first()
    )
    assert (first.position, first.kind, first.created_by) == (1, "problem", cast.nongye)
    assert (first.item.title, first.unit.name) == ("高标准农田建设管护情况专项监督", "县畜牧服务中心")
    assert first.problem.description == "工程变更未履行审批手续，涉及17个标段"
    assert first.problem.origin == "imported"
    assert first.problem.origin_note.startswith("ledger-plain.xlsx 工作台账 第3行 ")
    closed = first.problem.rectification
    assert (str(closed.first_due_on), str(closed.due_on)) == ("2026-06-19", "2026-06-19")
    assert (closed.step, str(closed.closed_on), closed.closed_origin, closed.situation) == (
        "closed", "2026-06-17", "imported", "已整改到位",
    )  # fmt: skip
    assert (UnitLedgerEntry.history.count(), Problem.history.count(), RectificationItem.history.count()) == (9, 9, 9)
    assert Problem.history.first().history_user == cast.nongye
    assert RectificationItem.objects.get(problem__description="村级账目报账拖延，涉及16个村").step == "in_progress"


def test_the_same_file_twice_changes_nothing(cast):
    run("plain", AGRI, "--commit")

    code, answer, _ = run("plain", AGRI, "--commit")

    assert (code, answer["imported"]) == (0, 0)
    assert UnitLedgerEntry.objects.count() == 9
    assert Problem.history.count() == 9
    assert list(ImportRun.objects.order_by("pk").values_list("new_count", "same_count")) == [(9, 0), (0, 9)]


def test_wrong_rows_refuse_the_whole_file(cast):
    code, answer, why = run("broken", AGRI, "--commit")

    assert (code, why) == (1, "有7行不能导入，没有写入。")
    assert [error["row"] for error in answer["errors"]] == [4, 6, 7, 9, 11, 13, 14]
    assert list(answer["errors"][0]) == ["row", "column", "cell", "message"]
    assert [row["row"] for row in answer["rows"]] == [3, 5, 8, 10, 12]
    assert (answer["imported"], UnitLedgerEntry.objects.count()) == (0, 0)


def test_wrong_rows_may_be_skipped(cast):
    code, answer, _ = run("broken", AGRI, "--commit", "--skip-bad-rows")

    assert (code, answer["imported"], UnitLedgerEntry.objects.count()) == (0, 5, 5)
    assert ImportRun.objects.get().skipped_count == 7


def test_an_unreadable_file_is_refused_with_its_sentence(cast, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"hello")

    code, answer, why = run(path, AGRI, "--commit")

    assert code == 1
    assert why == "这不是电子表格文件。台账只接受 .xlsx、.xls 和 .et 文件。"
    assert answer["errors"] == [{"row": 0, "column": "", "cell": "", "message": why}]


def test_wrong_use_ends_with_two(cast, tmp_path):
    assert run("plain", "没有这个单位")[0] == 2
    assert run(tmp_path / "nothing.xlsx", AGRI)[0] == 2
    assert run("plain", AGRI, "--commit", "--by", "nobody")[0] == 2


def test_only_whoever_drafts_for_the_organ_may_import(cast):
    code, _, why = run("plain", AGRI, "--commit", "--by", "jiaoyu")

    assert code == 1
    assert why == f"您没有登记{AGRI}台账的权限，请由该单位人员导入。（依据第六条第（二）项）"
    assert UnitLedgerEntry.objects.count() == 0


def test_another_organs_workbook_has_only_wrong_rows(cast):
    code, answer, _ = run("plain", EDU)

    assert code == 1
    assert answer["rows"] == []
    assert {error["column"] for error in answer["errors"]} == {"task", "unit"}


def test_many_rows_are_written_in_batches(cast, tmp_path, django_assert_max_num_queries):
    path = tmp_path / "大台账.xlsx"
    path.write_bytes(
        xlsx([USUAL] + [line(number, problem=f"第{number}个问题", due="6月30日") for number in range(2000)])
    )

    with django_assert_max_num_queries(400):
        code, answer, _ = run(path, AGRI, "--commit")

    assert (code, answer["imported"]) == (0, 2000)
    assert Problem.history.count() == 2000
