"""Papers of an inspection: what they hold, what they must not hold, the command that writes them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AccessLog, Approval
from reports.builders import inspection
from reports.pdf import to_pdf
from supervision.actions.reporting import clues, copies, disposal
from supervision.models import Clue, CopyOut, InspectionReport, Problem
from tests.factories import County, county, enter, moment
from tests.supervision.report_cases import assess, drafted, find, keep_log, make_round, ready, signed, studied, tabled

pytestmark = pytest.mark.django_db
AT = moment(2026, 3, 17)


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def report(cast: County) -> InspectionReport:
    """Signed, with a log and two problems, one of them a formula to the eye."""
    round = make_round(cast.agri)
    keep_log(round)
    find(round, "管护责任未落实", clue_ref="农纪线〔2026〕3号")
    find(round, "台账缺失", fixed_on_spot=True, situation="当日补齐")
    return signed(cast, ready(round))


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_the_report_follows_the_outline_and_carries_list_and_signatures(report: InspectionReport) -> None:
    text = text_of(to_pdf(inspection.report_paper(report)))

    places = [text.index(words) for words in ("监督项目：", "一、监督检查情况", "二、发现的问题和线索", "三、问题立行立改情况", "四、政治表现综合评价",
                                               "五、整改意见建议", "单位负责人", "附件：问题清单（2个）")]  # fmt: skip
    assert places == sorted(places)
    for words in ("王建国", "钱协", "高副", "2026年3月4日", "共发现问题2个", "农纪线〔2026〕3号"):
        assert words in text, words


def test_who_signed_for_another_is_named_so(cast: County, report: InspectionReport) -> None:
    approval = Approval.objects.of(report).get()
    approval.steps.filter(acted_by=cast.xieguan1).update(acted_by=cast.xieguan2, on_behalf_of=cast.xieguan1)

    assert "冯协（代钱协）" in text_of(to_pdf(inspection.report_paper(report)))


def test_a_draft_carries_its_mark_and_no_digest(cast: County) -> None:
    paper = inspection.report_paper(drafted(make_round(cast.agri)))

    assert (paper.watermark, paper.digest) == ("草稿", "")


def test_the_paper_shows_what_was_signed_not_what_was_changed_later(report: InspectionReport) -> None:
    Problem.objects.filter(description="台账缺失").update(description="事后改写")
    text = text_of(to_pdf(inspection.report_paper(report)))

    assert "台账缺失" in text and "事后改写" not in text
    assert inspection.report_paper(report).digest == report.digest != ""


def test_no_word_of_the_assessments_stands_in_report_list_or_copy(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    row = drafted(round)
    assess(row, "只给有权人员看的话")
    copy = copies.draft_copy(signed(cast, row), by=cast.dangfeng, at=AT)

    for paper in (inspection.report_paper(row), inspection.problem_list_paper(row), inspection.copy_out_paper(copy)):
        assert "只给有权人员看的话" not in paper.texts()


def test_the_list_as_workbook_has_the_office_s_columns(report: InspectionReport) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(inspection.problem_list_sheet(report))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "序号")
    first = dict(zip(head, rows[rows.index(head) + 1], strict=True))

    assert head == ["序号", "问题编号", "被监督单位", "监督项目", "发现问题", "聚焦方面", "性质", "严重程度", "发现日期/方式", "立行立改", "问题线索",
                    "责任单位/责任人", "整改意见建议", "整改时限", "处置方式"]  # fmt: skip
    assert (first["序号"], first["发现问题"], first["立行立改"], first["问题线索"]) == (
        1,
        "管护责任未落实",
        "否",
        "农纪线〔2026〕3号",
    )


def test_the_ways_decided_after_the_signature_stand_on_the_list(cast: County, report: InspectionReport) -> None:
    report = studied(cast, tabled(cast, report))
    report.round.step = "sc_analysed"
    report.round.save()
    disposal.set_routes(report.round, list(Problem.objects.all()), ["rectify", "accountability"], by=cast.nongye, at=AT)

    assert [row["处置方式"] for row in inspection.problem_rows(report)] == ["限期整改、问责"] * 2


def test_the_copy_is_issued_by_the_commission_and_what_leaders_write_later_leaves_it_as_it_was(
    cast: County, report: InspectionReport
) -> None:
    copy = copies.draft_copy(studied(cast, tabled(cast, report)), by=cast.dangfeng, at=AT)
    assert inspection.copy_out_paper(copy).watermark == "草稿"
    copies.edit_copy(copy, {"signed_by": "马书记"}, by=cast.dangfeng, at=AT)
    copies.number_copy(copy, by=cast.wenshu, at=AT, prefix="示纪报")
    copies.issue_copy(copy, by=cast.dangfeng, at=AT, issued_on=date(2026, 3, 16))
    copy.refresh_from_db()
    copies.record_instruction(
        copy, by=cast.dangfeng, at=AT, leader="县委书记", given_on=date(2026, 3, 17), text="限期整改"
    )

    text = text_of(to_pdf(inspection.copy_out_paper(CopyOut.objects.get())))

    for words in (
        "示纪报〔2026〕1号",
        "县委、县政府主要领导，相关分管县领导",
        "一、事由",
        "责成限期整改，严肃问责。",
        "2026年3月16日",
    ):
        assert words in text, words
    assert "2026年3月17日" not in text, "the paper stays as it was sent"


def test_the_slip_names_number_and_papers_and_nothing_of_the_matter(cast: County, report: InspectionReport) -> None:
    problem = Problem.objects.order_by("pk")[0]
    clue = clues.transfer_clue(cast.agri, by=cast.nongye, at=AT, code="农纪线〔2026〕3号", receiver=cast.cases, problem=problem,
                               transferred_on=date(2026, 3, 13), material_count=3)  # fmt: skip
    Clue.objects.filter(pk=clue.pk).update(result_summary="封存的结果")
    text = text_of(to_pdf(inspection.clue_slip_paper(Clue.objects.get())))

    for words in ("问题线索移送单", "农纪线〔2026〕3号", "3份", "2026年3月13日", "接收人签字"):
        assert words in text, words
    assert "封存的结果" not in text and "管护责任" not in text and problem.code not in text


def test_printed_assessments_are_the_reader_s_own_share_and_logged(cast: County) -> None:
    round = make_round(cast.agri)
    row = drafted(round)
    assess(row, "书面评价全文")
    address = reverse("reports:assessments", args=[row.pk])

    assert "书面评价全文" in text_of(enter(cast.nongye_head).get(address).content)
    assert enter(cast.dangfeng).get(address).status_code == 404
    assert [(log.user, log.action) for log in AccessLog.objects.filter(action="print")] == [(cast.nongye_head, "print")]


def test_the_secretary_prints_only_what_is_on_the_table(cast: County, report: InspectionReport) -> None:
    address = reverse("reports:inspection_report", args=[report.pk])
    assert enter(cast.changweihui).get(address).status_code == 404
    tabled(cast, report)

    assert enter(cast.changweihui).get(address).status_code == 200


def test_every_kind_is_written_by_the_command(cast: County, report: InspectionReport, tmp_path: Path) -> None:
    copy = copies.draft_copy(report, by=cast.dangfeng, at=AT)
    clue = clues.transfer_clue(
        cast.agri, by=cast.nongye, at=AT, code="线1", receiver=cast.cases, transferred_on=date(2026, 3, 13)
    )
    for kind, pk, form in (("inspection-report", report.pk, "pdf"), ("problem-list", report.pk, "pdf"), ("problem-list", report.pk, "xlsx"),
                           ("copy-out", copy.pk, "pdf"), ("clue-slip", clue.pk, "pdf")):  # fmt: skip
        out = tmp_path / f"{kind}.{form}"
        call_command("render", kind, str(pk), "--format", form, "--out", str(out))
        assert out.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")
