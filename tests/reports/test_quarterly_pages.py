"""Pages of the quarterly reports: the list, the board, the report, the editor, the files."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.duties import open_duties
from accounts.models import AccessLog, Duty, Event, User
from accounts.roles import OrganKind
from reports.actions import quarterly as acts
from reports.builders.quarterly import report_paper
from reports.models import CountyQuarter, QuarterlyReport
from reports.word.document import DOCX
from tests.factories import County, county, enter, make_organ, moment
from tests.reports.quarterly_cases import FIRST, report_row, sent, written
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture(autouse=True)
def _the_24th() -> Any:
    with time_machine.travel(moment(2026, 3, 24, 10), tick=False):
        yield


def page(user: User, name: str, *args: Any, query: str = "") -> str:
    answer = enter(user).get(f"{reverse(f'reports:{name}', args=args)}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def post(user: User, name: str, *args: Any, **data: Any) -> Any:
    return enter(user).post(reverse(f"reports:{name}", args=args), data)


# --- an organ ---


def test_the_card_begins_the_report(cast: County) -> None:
    assert "现在起草" in page(cast.nongye, "quarterly")

    answer = post(cast.nongye, "quarterly_start", period="2026Q1")

    report = QuarterlyReport.objects.get()
    assert answer["Location"] == reverse("reports:quarterly_edit", args=[report.pk])
    assert "继续修改、签字报送" in page(cast.nongye, "quarterly")


def test_a_holiday_shows_the_day_advised(cast: County) -> None:
    with time_machine.travel(moment(2026, 9, 21), tick=False):
        text = page(cast.nongye, "quarterly")

    assert "2026年9月25日（周五）（含当日）；25日是休息日，建议2026年9月24日（周四）前报送" in text


def test_the_list_is_a_workbook_too(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 23))
    answer = enter(cast.nongye).get(reverse("reports:quarterly"), {"format": "xlsx"})

    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    ]
    assert rows[2][:3] == ["驻县农业农村局纪检监察组", "2026年第一季度", "已报送"]
    assert AccessLog.objects.filter(action="export").count() == 1


def test_the_editor_marks_and_mends(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 9))
    report = written(cast.agri)
    texts = {part["key"]: part["text"] for part in report.sections} | {"plans": "对发现问题28个逐项督办"}

    answer = post(cast.nongye, "quarterly_edit", report.pk, **texts)
    assert answer["Location"] == reverse("reports:quarterly_edit", args=[report.pk])
    text = page(cast.nongye, "quarterly_edit", report.pk)
    assert "文中“发现问题”28个与台账1个不一致" in text
    assert "文中有1处数字与台账不一致" in page(cast.nongye_head, "quarterly_report", report.pk)

    post(cast.nongye, "quarterly_edit", report.pk, **texts, mend="plans|problems_found:28个")
    report.refresh_from_db()
    assert report.text_of("plans") == "对发现问题{{problems_found}}逐项督办"
    assert "不一致" not in page(cast.nongye_head, "quarterly_report", report.pk)


def test_marks_are_told_while_one_types_and_nothing_is_saved(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 9))
    report = written(cast.agri)
    events = Event.objects.count()

    answer = post(
        cast.nongye, "quarterly_marks", report.pk, "plans", text="对发现问题28个逐项督办，{{problems_found}}"
    ).content.decode()
    assert "文中“发现问题”28个与台账1个不一致" in answer
    assert 'data-start="5" data-end="8"' in answer and 'value="plans|problems_found:28个"' in answer
    assert post(cast.nongye, "quarterly_marks", report.pk, "plans", text="发现问题1个").content.strip() == b""

    report.refresh_from_db()
    assert report.text_of("plans") == "继续推进年度清单项目"
    assert Event.objects.count() == events


def test_marks_are_told_to_the_writers_of_a_draft_only(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 23))

    assert post(cast.nongye, "quarterly_marks", report.pk, "plans", text="发现问题28个").status_code == 409
    assert post(cast.jiaoyu, "quarterly_marks", report.pk, "plans", text="发现问题28个").status_code == 404
    assert post(cast.nongye, "quarterly_marks", report.pk, "nonsense", text="").status_code == 404


def test_a_draft_follows_the_ledger(cast: County) -> None:
    report = written(cast.agri, problems="发现问题{{problems_found}}，{{problems_found:change}}。")
    assert "0个" in page(cast.nongye, "quarterly_report", report.pk)

    make_problem(cast, cast.agri, found_on=date(2026, 3, 2), at=moment(2026, 3, 2))

    text = page(cast.nongye, "quarterly_report", report.pk)
    assert ">1个<" in text and ">较上季度增加1个<" in text


def test_a_section_is_written_anew_after_its_difference(cast: County) -> None:
    report = written(cast.agri, problems="旧文字")
    assert "旧文字" in page(cast.nongye, "quarterly_section", report.pk, "problems")

    post(cast.nongye, "quarterly_section", report.pk, "problems")

    report.refresh_from_db()
    assert report.text_of("problems") == "本季度监督检查没有登记发现问题，也没有待销号的问题。"
    assert enter(cast.nongye).get(reverse("reports:quarterly_section", args=[report.pk, "nonsense"])).status_code == 404


def test_the_clerk_sees_why_she_may_not_sign(cast: County) -> None:
    report = written(cast.agri)

    assert "您没有“签字报送”的权限" in page(cast.nongye, "quarterly_report", report.pk)
    assert post(cast.nongye, "quarterly_submit", report.pk).status_code == 409


def test_a_late_signature_asks_for_its_reason_beside_the_button(cast: County) -> None:
    report = written(cast.agri)
    with time_machine.travel(moment(2026, 3, 26), tick=False):
        assert "逾期原因" in page(cast.nongye_head, "quarterly_report", report.pk)
        assert post(cast.nongye_head, "quarterly_submit", report.pk).status_code == 422
        assert post(cast.nongye_head, "quarterly_submit", report.pk, late_reason="出差").status_code == 302

    report.refresh_from_db()
    assert (report.step, report.late_reason) == ("submitted", "出差")


def test_a_second_after_midnight_reads_late_on_every_page(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 26, 0, 0, 1), late_reason="出差")

    assert "逾期1天完成" in page(cast.nongye, "quarterly_report", report.pk)
    assert "逾期1天完成" in page(cast.nongye, "quarterly")
    assert "逾期1天完成" in page(cast.dangfeng, "quarterly")


def test_a_return_needs_words_and_the_author_reads_them(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 23))

    assert post(cast.dangfeng, "quarterly_return", report.pk, reason="").status_code == 422
    post(cast.dangfeng, "quarterly_return", report.pk, reason="请补写困难")

    assert "周明退回：请补写困难" in page(cast.nongye, "quarterly_report", report.pk)
    assert "被退回，待修改" in enter(cast.nongye).get("/").content.decode()


def test_who_receives_a_report_sees_where_its_words_and_its_figures_disagree(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 3, 2), at=moment(2026, 3, 3))
    report = written(cast.agri, at=moment(2026, 3, 23))
    acts.edit_report(report, {"problems": "本季度共发现问题99个。"}, by=cast.nongye, at=moment(2026, 3, 23))
    acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 23))

    seen = page(cast.dangfeng, "quarterly_report", report.pk)
    assert "文中有1处数字与报送的数据表不一致，接收前请核对" in seen
    assert "文中“发现问题”99个与台账1个不一致" in seen

    post(cast.dangfeng, "quarterly_accept", report.pk)
    assert "99个与台账" not in page(cast.dangfeng, "quarterly_report", report.pk)


def test_an_accepted_report_takes_an_addendum_on_its_page(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 23))
    post(cast.dangfeng, "quarterly_accept", report.pk)
    make_problem(cast, cast.agri, found_on=date(2026, 3, 23), at=moment(2026, 3, 24))

    assert "发现问题：报告0个，现为1个" in page(cast.nongye_head, "quarterly_report", report.pk)
    assert post(cast.nongye_head, "quarterly_addendum", report.pk, text="").status_code == 422
    post(cast.nongye_head, "quarterly_addendum", report.pk, text="补报23日问题", keys=["problems_found"])

    assert "发现问题：报告0个，更正为1个" in page(cast.dangfeng, "quarterly_report", report.pk)


@pytest.mark.parametrize(("form", "kind"), [("pdf", "application/pdf"), ("docx", DOCX)])
def test_the_report_as_a_file(cast: County, form: str, kind: str) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 23))
    answer = enter(cast.dangfeng).get(reverse("reports:quarterly_file", args=[report.pk, form]))

    assert answer["Content-Type"] == kind
    if form == "pdf":
        text = "".join(found.extract_text() for found in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")
        for words in (
            "签发人：王建国",
            "党风政风监督室：",
            "六、存在困难",
            "首次报送时间：2026年3月23日09:00",
            "附件1",
            "数据表",
            report.digest,
        ):
            assert words in text


def test_the_annexes_are_a_workbook_of_two_sheets(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 9), description="台账不全")
    report = sent(cast.agri, at=moment(2026, 3, 23))
    data = enter(cast.nongye).get(reverse("reports:quarterly_file", args=[report.pk, "xlsx"])).content

    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["数据表", "工作台账"]
    rows = {row[0].value: row[2].value for row in book["数据表"].iter_rows()}
    assert rows["发现问题"] == "1个"
    assert any(cell.value == "台账不全" for row in book["工作台账"].iter_rows() for cell in row)
    assert enter(cast.nongye).get(reverse("reports:quarterly_file", args=[report.pk, "exe"])).status_code == 404


def test_a_long_ledger_travels_as_a_workbook(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 23))
    content = report.content | {"ledger": [["1", *["同一问题"] * 13]] * 201}

    paper = report_paper(report, content)

    assert [(one.title, bool(one.blocks)) for one in paper.attachments] == [
        ("数据表", True),
        ("本季度政治监督工作台账（另附表格，201行）", False),
    ]


# --- 党风政风监督室 ---


def test_the_board_counts_in_late_missing_returned_accepted(cast: County) -> None:
    open_duties(date(2026, 1, 1))
    acts.accept_report(sent(cast.agri, at=moment(2026, 3, 23)), by=cast.dangfeng, at=moment(2026, 3, 24))
    late = sent(cast.edu, at=moment(2026, 3, 26), late_reason="出差")
    acts.return_report(late, by=cast.dangfeng, at=moment(2026, 3, 27), reason="补写")
    with time_machine.travel(moment(2026, 3, 28), tick=False):
        text = page(cast.dangfeng, "quarterly", query="?period=2026Q1")
        assert "应报3个单位：已报2个（逾期1个），逾期未报1个；待接收0个，退回修改1个，已接收1个。" in text
        assert "已逾期3天" in text and "逾期1天完成" in text
        assert "应报3个，已报2个（逾期1个），逾期未报1个" not in enter(cast.nongye).get("/").content.decode()
        assert "应报3个，已报2个（逾期1个），逾期未报1个" in enter(cast.dangfeng).get("/").content.decode()
        only = page(cast.dangfeng, "quarterly", query="?period=2026Q1&state=missing")
    assert "柳河镇纪委" in only and "驻县教育局纪检监察组" not in only


def test_an_excused_organ_is_not_missing(cast: County) -> None:
    duty = acts.open_duty(cast.town, FIRST)
    Duty.objects.filter(pk=duty.pk).update(excused_at=moment(2026, 3, 20), excused_by=cast.dangfeng, excuse="机构改革")
    with time_machine.travel(moment(2026, 3, 28), tick=False):
        text = page(cast.dangfeng, "quarterly", query="?period=2026Q1")

    assert "应报2个单位" in text and "已免除" in text and "机构改革" in text


def test_the_board_as_a_workbook_keeps_its_chip(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 23))
    data = (
        enter(cast.dangfeng)
        .get(reverse("reports:quarterly"), {"period": "2026Q1", "state": "in", "format": "xlsx"})
        .content
    )

    rows = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=3)]
    assert rows == ["驻县农业农村局纪检监察组"]


def test_urging_is_counted_in_the_row(cast: County) -> None:
    answer = post(cast.dangfeng, "quarterly_urge", cast.town.pk, period="2026Q1")

    assert answer["Location"] == "/quarterly/?period=2026Q1"
    assert "已催1次" in page(cast.dangfeng, "quarterly", query="?period=2026Q1")


def test_one_click_merges_and_the_draft_is_edited(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 23))
    post(cast.dangfeng, "quarterly_merge", period="2026Q1")
    row = CountyQuarter.objects.get()
    texts = {part["key"]: part["text"] for part in row.sections}

    assert "驻县农业农村局纪检监察组：人手不足" in page(cast.dangfeng, "county_quarter", row.pk)
    post(cast.dangfeng, "county_quarter_edit", row.pk, **texts | {"plans": "统一安排"})
    assert "统一安排" in page(cast.shuji, "county_quarter", row.pk)
    assert post(cast.nongye, "county_quarter_edit", row.pk, plans="改").status_code == 404


def test_the_board_costs_the_same_for_many_organs(cast: County) -> None:
    _cost(cast)  # what is read once and kept
    few = _cost(cast)
    for number in range(30):
        organ = make_organ(f"示例镇{number}纪委", OrganKind.TOWNSHIP_COMMITTEE, cast.root)
        if number % 2:
            report_row(organ)

    assert _cost(cast) == few


def _cost(cast: County) -> int:
    client = enter(cast.dangfeng)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse("reports:quarterly"), {"period": "2026Q1"}).status_code == 200
    return len(queries)


@pytest.mark.parametrize("period", ["2026Q5", "2026", "x", "2026-03", "99999Q1"])
def test_nonsense_in_the_address_is_answered_by_a_sentence(cast: County, period: str) -> None:
    answer = enter(cast.dangfeng).get(reverse("reports:quarterly"), {"period": period})

    assert answer.status_code == 422
    assert "查询条件有误" in answer.content.decode()


def test_an_address_that_names_no_quarter_shows_the_present_one(cast: County) -> None:
    assert "2026年第一季度报告" in page(cast.dangfeng, "quarterly", query="?period=")
