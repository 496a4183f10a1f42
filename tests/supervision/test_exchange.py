"""离线整改表: goes out locked and coded, comes back, is compared three ways, and is taken over once with its sender."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Event
from accounts.workflow import Refused
from supervision.actions.exchange import import_return, make_package, receive_return
from supervision.actions.problems import change_problem
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import submit_closure
from supervision.cure.exchange.book import package_book
from supervision.cure.exchange.codes import item_of, package_code, package_of, row_code
from supervision.cure.exchange.merge import compared, state_of
from supervision.models import ExchangePackage, ExchangeReturn, Problem
from tests.factories import NOW, County, county, moment
from tests.samples import PNG, make_problem

pytestmark = pytest.mark.django_db
LATER = moment(2026, 3, 2)
COLUMN = {"goal": 5, "measures": 6, "leader": 7, "department": 8, "situation": 9, "finished": 10}


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def problem(cast: County) -> Problem:
    return make_problem(cast, cast.agri, due_on=date(2026, 3, 10), goal="", measures="原措施", suggestion="限期整改")


@pytest.fixture
def package(cast: County, problem: Problem) -> ExchangePackage:
    make_problem(cast, cast.edu, description="别组的问题")
    return make_package(problem.unit, by=cast.nongye, at=NOW)


def filled(package: ExchangePackage, work: Callable[[Any], None] = lambda page: None, **cells: Any) -> bytes:
    """The workbook as the unit returns it: sender, cells of the first row, and whatever else `work` does."""
    book = openpyxl.load_workbook(io.BytesIO(package_book(package)))
    page = book["整改表"]
    page.cell(3, 2).value, page.cell(4, 2).value = "孙会计", "办公室副主任"
    for name, value in cells.items():
        page.cell(7, COLUMN[name]).value = value
    work(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def returned(cast: County, package: ExchangePackage, data: bytes) -> ExchangeReturn:
    return receive_return(package.unit, data, "整改表.xlsx", by=cast.nongye, at=LATER)


def states(found: ExchangeReturn) -> dict[str, str]:
    return {cell.field: cell.state for cell in compared(found)}


def keys(found: ExchangeReturn, *fields: str) -> list[str]:
    return [cell.key for cell in compared(found) if cell.may_import and (not fields or cell.field in fields)]


# --- codes ---


def test_a_code_of_another_row_or_package_is_no_code() -> None:
    code = row_code(3, 12)

    assert (item_of(code, 3), item_of(code, 4)) == (12, None)
    assert item_of(code.replace("000012", "000013"), 3) is None
    assert package_of(f"整改表编号：{package_code(3)}　　监督单位") == 3
    assert package_of(package_code(3).replace("ZG000003", "ZG000004")) is None


# --- out ---


def test_the_workbook_holds_the_units_open_problems_and_locks_all_but_six_columns(package: ExchangePackage) -> None:
    page = openpyxl.load_workbook(io.BytesIO(package_book(package)))["整改表"]

    assert [page.cell(6, n).value for n in (1, 2, 5, 10)] == ["编号", "反馈问题", "整改目标", "整改完成日期"]
    assert (page.max_row, page.cell(7, 2).value, page.cell(7, 6).value) == (7, "项目资料归档滞后", "原措施")
    assert page.protection.sheet
    assert [page.cell(7, n).protection.locked for n in range(1, 11)] == [True] * 4 + [False] * 6
    assert not page.cell(3, 2).protection.locked


def test_only_the_supervising_organ_sends_and_only_what_is_open(cast: County, problem: Problem) -> None:
    with pytest.raises(Refused, match="由其监督单位收发"):
        make_package(problem.unit, by=cast.jiaoyu, at=NOW)
    with pytest.raises(Refused, match="没有未销号的问题"):
        make_package(cast.units["县农机服务中心"], by=cast.nongye, at=NOW)


def test_a_leading_equals_sign_leaves_as_text(cast: County, problem: Problem) -> None:
    Problem.objects.filter(pk=problem.pk).update(description="=1+1")

    book = package_book(make_package(problem.unit, by=cast.nongye, at=NOW))

    assert openpyxl.load_workbook(io.BytesIO(book))["整改表"].cell(7, 2).data_type == "s"


# --- back: the preview ---


def test_three_states_side_by_side(cast: County, problem: Problem, package: ExchangePackage) -> None:
    data = filled(
        package,
        goal="三月底前归档",
        measures="新措施",
        leader="李局长",
        situation="已完成八成",
        finished="2026年3月1日",
    )
    change_problem(problem, {"responsible_leader": "王局长"}, by=cast.nongye, at=LATER)

    found = returned(cast, package, data)

    assert states(found) == {
        "goal": "new", "measures": "changed", "responsible_leader": "conflict", "responsible_department": "same",
        "situation": "new", "claimed_on": "new",
    }  # fmt: skip
    conflict = next(cell for cell in compared(found) if cell.state == "conflict")
    assert (conflict.sent, conflict.came, conflict.here) == ("张主任", "李局长", "王局长")
    assert (found.sender, found.sender_post, found.faults) == ("孙会计", "办公室副主任", [])


@pytest.mark.parametrize(
    ("sent", "came", "here", "state"),
    [
        ("", "新", "", "new"), ("旧", "新", "旧", "changed"), ("旧", "新", "改", "conflict"), ("", "新", "改", "conflict"),
        ("旧", "新", "新", "same"), ("旧", "旧", "改", "same"), ("旧", "", "旧", "same"),
    ],
)  # fmt: skip
def test_state_of_a_cell(sent: str, came: str, here: str, state: str) -> None:
    assert state_of(sent, came, here) == state


def swap_code(book: Any) -> None:
    cell = book["整改表"].cell(7, 1)
    cell.value = f"000999{cell.value[6:]}"


def add_row(book: Any) -> None:
    book["整改表"].cell(8, 2).value = "单位自己加的问题"


def double_row(book: Any) -> None:
    page = book["整改表"]
    for column in range(1, 11):
        page.cell(8, column).value = page.cell(7, column).value


@pytest.mark.parametrize(
    ("work", "cell", "sentence"),
    [
        (swap_code, "A7", "校验不符"),
        (add_row, "A8", "编号是空的"),
        (double_row, "A8", "出现了两次"),
        (lambda book: setattr(book["整改表"].cell(7, 2), "value", "改写的问题"), "B7", "锁定内容"),
        (lambda book: setattr(book["整改表"].cell(7, 4), "value", "2027-01-01"), "D7", "锁定内容"),
        (lambda book: setattr(book["整改表"].cell(7, 9), "value", "=HYPERLINK(1)"), "I7", "是公式"),
        (lambda book: setattr(book["整改表"].cell(7, 7), "value", "长" * 41), "G7", "超过40个字"),
        (lambda book: setattr(book["整改表"].cell(7, 10), "value", "快了"), "J7", "不是日期"),
        (lambda book: setattr(book["整改表"].cell(7, 10), "value", "2026-03-03"), "J7", "晚于今天"),
    ],
)
def test_a_bad_cell_is_named_with_its_place_and_is_not_taken(
    cast: County, package: ExchangePackage, work: Any, cell: str, sentence: str
) -> None:
    found = returned(cast, package, filled(package, work))

    assert [(fault["cell"], sentence in fault["sentence"]) for fault in found.faults] == [(cell, True)]


def test_a_row_with_a_foreign_code_says_nothing(cast: County, package: ExchangePackage) -> None:
    assert returned(cast, package, filled(package, swap_code, goal="目标")).content == {}


def drop_seal(book: Any) -> None:
    del book["校验"]


def rename_heading(book: Any) -> None:
    book["整改表"].cell(6, 5).value = "目标"


def no_sender(book: Any) -> None:
    book["整改表"].cell(3, 2).value = None


def phone(book: Any) -> None:
    book["整改表"].cell(4, 2).value = "办公室 0393-4421234"


def other_number(book: Any) -> None:
    cell = book["整改表"].cell(2, 1)
    cell.value = cell.value.replace("ZG0", "ZG1")


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (drop_seal, "校验码不符"), (rename_heading, "E6应为“整改目标”"), (no_sender, "B3没有填写填报人"), (phone, "删去电话号码"),
        (other_number, "编号被改动"), (lambda book: setattr(book["整改表"], "title", "Sheet1"), "没有“整改表”工作表"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_not_ours_is_refused_whole(
    cast: County, package: ExchangePackage, work: Any, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        returned(cast, package, filled(package, work))
    assert ExchangeReturn.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "空的"), (b"PK\x03\x04" + b"x" * 99, "已损坏"), (b"<html>", "网页格式"), (b"MZ\x90", "不是电子表格")],
)
def test_hostile_bytes_are_refused_with_a_sentence(
    cast: County, package: ExchangePackage, data: bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        returned(cast, package, data)


def test_the_workbook_of_one_unit_is_not_taken_at_another(cast: County, package: ExchangePackage) -> None:
    other = cast.units["县农机服务中心"]

    with pytest.raises(Refused, match="不是发给县农机服务中心的"):
        receive_return(other, filled(package), "表.xlsx", by=cast.nongye, at=LATER)
    with pytest.raises(Refused, match="由其监督单位收发"):
        receive_return(package.unit, filled(package), "表.xlsx", by=cast.jiaoyu, at=LATER)


# --- back: the import ---


def test_the_chosen_cells_are_taken_over_with_their_sender(
    cast: County, problem: Problem, package: ExchangePackage
) -> None:
    found = returned(cast, package, filled(package, goal="三月底前归档", situation="已归档", finished=date(2026, 3, 1)))

    assert import_return(found, keys(found, "goal", "claimed_on"), by=cast.nongye, at=LATER) == 2

    item: Any = Problem.objects.select_related("rectification").get(pk=problem.pk).rectification
    assert (item.goal, item.situation, item.claimed_on) == ("三月底前归档", "", date(2026, 3, 1))
    event = Event.objects.of(item).get(verb="exchange")
    assert (event.by, event.note) == (cast.nongye, "孙会计（办公室副主任）填报：整改目标、整改完成日期")


def test_importing_twice_changes_nothing(cast: County, problem: Problem, package: ExchangePackage) -> None:
    data = filled(package, goal="三月底前归档")
    found = returned(cast, package, data)
    chosen = keys(found)
    import_return(found, chosen, by=cast.nongye, at=LATER)
    change_problem(problem, {"goal": "四月底前归档"}, by=cast.nongye, at=LATER)

    assert import_return(found, chosen, by=cast.nongye, at=LATER) == 0
    item: Any = Problem.objects.select_related("rectification").get(pk=problem.pk).rectification
    assert (item.goal, Event.objects.of(item).filter(verb="exchange").count()) == ("四月底前归档", 1)


def test_the_same_file_again_finds_nothing_to_do(cast: County, package: ExchangePackage) -> None:
    data = filled(package, goal="三月底前归档")
    found = returned(cast, package, data)
    import_return(found, keys(found), by=cast.nongye, at=LATER)

    assert keys(returned(cast, package, data)) == []


def test_what_changed_here_since_the_preview_is_not_overwritten(
    cast: County, problem: Problem, package: ExchangePackage
) -> None:
    found = returned(cast, package, filled(package, goal="三月底前归档"))
    chosen = keys(found)
    change_problem(problem, {"goal": "二月底前归档"}, by=cast.nongye, at=LATER)

    with pytest.raises(Refused, match="预览以后"):
        import_return(found, chosen, by=cast.nongye, at=LATER)
    with pytest.raises(Refused, match="至少选择一项"):
        import_return(found, [], by=cast.nongye, at=LATER)
    with pytest.raises(Refused, match="由其监督单位收发"):
        import_return(found, chosen, by=cast.jiaoyu, at=LATER)


def test_what_waits_for_closing_is_locked(cast: County, problem: Problem, package: ExchangePackage) -> None:
    change_problem(problem, {"goal": "归档", "situation": "已归档"}, by=cast.nongye, at=LATER)
    item: Any = Problem.objects.select_related("rectification").get(pk=problem.pk).rectification
    add_proofs(item, [SimpleUploadedFile("佐证.png", PNG)], by=cast.nongye, at=LATER)
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1))

    found = returned(cast, package, filled(package, measures="新措施"))

    assert (states(found)["measures"], keys(found)) == ("locked", [])


def test_one_refused_row_keeps_all_out(cast: County, problem: Problem) -> None:
    make_problem(cast, cast.agri, description="第二个问题", due_on=date(2026, 3, 20), goal="")
    package = make_package(problem.unit, by=cast.nongye, at=NOW)

    def two(book: Any) -> None:
        page = book["整改表"]
        page.cell(7, 5).value, page.cell(8, 10).value = "目标", "2026-02-01"  # done before it was found

    found = returned(cast, package, filled(package, two))
    with pytest.raises(Refused, match=r"问题2026-\d{5}：.*早于发现日期"):
        import_return(found, keys(found), by=cast.nongye, at=LATER)

    assert not Problem.objects.filter(rectification__goal="目标").exists()


def test_the_pages_send_receive_and_import(cast: County, problem: Problem) -> None:
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")
    unit = problem.unit_id
    client.post(reverse("supervision:exchange_send", args=[unit]))
    package = ExchangePackage.objects.get()
    assert client.get(reverse("supervision:exchange_package", args=[package.pk])).status_code == 200
    upload = SimpleUploadedFile("整改表.xlsx", filled(package, goal="三月底前归档"))

    page = client.post(reverse("supervision:exchange_receive", args=[unit]), {"file": upload}, follow=True)
    assert "三月底前归档" in page.content.decode() and "新填" in page.content.decode()
    found = ExchangeReturn.objects.get()
    address = reverse("supervision:exchange_return", args=[found.pk])
    done = client.post(address, {"cell": keys(found)}, follow=True).content.decode()

    assert "已导入1项，填报人孙会计" in done
    assert "没有重复写入" in client.post(address, {"cell": ["x"]}, follow=True).content.decode()
