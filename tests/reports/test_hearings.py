"""The pages of briefings, of the yearly report and of the hearing, as people meet them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts import desk
from accounts.models import Attachment, Notice, OversightAssignment
from accounts.periods import Period
from checklists.states import Form
from reports.actions.annual import correct_annual
from reports.actions.briefings import add_files, confirm_briefing
from reports.builders.annual import annual_paper, annual_sheets, figure_rows
from reports.builders.hearings import briefing_paper, sheet_paper
from reports.counting.catalogue import FIGURES
from reports.counting.tokens import fill, keyed, keys_in, marks_in, named
from reports.hearings import selectors
from reports.hearings.content import shown
from reports.models import AnnualHearing, AnnualReport, Briefing, EvaluationTable
from reports.pdf import to_pdf
from reports.word.document import to_docx
from tests.checklists.story import fresh
from tests.factories import County, county, enter, moment
from tests.reports.evaluation_cases import computed
from tests.reports.hearing_cases import DEC, HELD, MAR, heard, passed, written
from tests.samples import PNG, make_problem
from tests.samples_year import make_annual
from tests.supervision.rounds import listed, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def text_of(data: bytes) -> str:
    """The words of a Word file."""
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


# --- tokens ---


def test_figures_in_a_text_are_kept_by_key_and_typed_by_name() -> None:
    names = {"problems_found": "发现问题", "clues": "移送问题线索"}
    kept = "发现{{problems_found}}个，移送{{ clues }}件，再记{{problems_found}}个。"

    assert keys_in(kept) == ["problems_found", "clues"]
    assert named(kept, names) == "发现{{发现问题}}个，移送{{移送问题线索}}件，再记{{发现问题}}个。"
    assert keyed(named(kept, names), names) == kept.replace("{{ clues }}", "{{clues}}")
    assert fill(kept, {"problems_found": "7", "clues": 0}) == "发现7个，移送0件，再记7个。"
    assert fill("{{unknown}}", {}) == "{{unknown}}"
    assert marks_in(keyed("{{发现的问题}}与{{发现问题}}", names)) == ["发现的问题", "problems_found"]


def test_no_two_figures_bear_the_same_name_on_paper() -> None:
    labels = [figure.label for figure in FIGURES.values()]

    assert sorted(labels) == sorted(set(labels))
    assert [label for label in labels if "{" in label or "}" in label] == []


# --- briefings ---


def test_a_leader_registers_what_he_heard(cast: County) -> None:
    OversightAssignment.objects.update(valid_from=date(2020, 1, 1))
    client, today = enter(cast.xieguan1), timezone.localdate()
    page = client.get(reverse("reports:briefing_new")).content.decode()
    assert "驻县农业农村局纪检监察组" in page and "柳河镇纪委" not in page

    answer = client.post(reverse("reports:briefing_new"), {
        "held_on": today.isoformat(), "trigger": "quarter", "quarter": Period.of("quarter", today).key, "organs": [cast.agri.pk, cast.cso.pk],
        "content": "三项工作进展。", "instructions": "下月报结果。",
    })  # fmt: skip

    row = Briefing.objects.get()
    assert answer["Location"] == reverse("reports:briefing", args=[row.pk])
    assert (row.step, row.organ, row.organs.count()) == ("recorded", cast.cso, 2)
    seen = client.get(answer["Location"]).content.decode()
    assert "三项工作进展。" in seen and "下月报结果。" in seen and "已登记听取汇报" in seen


def test_a_refusal_keeps_what_was_typed(cast: County) -> None:
    client = enter(cast.dangfeng)
    fields = {"held_on": "2025-06-03", "trigger": "quarter", "quarter": Period.of("quarter", timezone.localdate()).key, "organs": [cast.agri.pk],
              "content": "甲乙丙"}  # fmt: skip

    answer = client.post(f"{reverse('reports:briefing_new')}?leader={cast.xieguan1.pk}", fields)

    assert answer.status_code == 422
    assert "甲乙丙" in answer.content.decode() and "不由钱协分管或协管" in answer.content.decode()
    assert Briefing.objects.count() == 0


def test_the_office_first_chooses_for_whom(cast: County) -> None:
    page = enter(cast.dangfeng).get(reverse("reports:briefing_new")).content.decode()
    assert all(name in page for name in ("钱协", "冯协", "高副"))
    assert "马书记" not in page

    own = enter(cast.nongye).get(reverse("reports:briefing_new")).content.decode()
    assert "钱协" in own and "高副" in own and "冯协" not in own


def test_only_those_who_read_an_organ_that_was_heard_see_the_record(cast: County) -> None:
    row = heard(cast)
    address = reverse("reports:briefing", args=[row.pk])

    seen = {
        name: enter(cast.people[name]).get(address).status_code
        for name in ("nongye", "liuhe", "xieguan1", "xieguan2", "fenguan", "shuji", "dangfeng")
    }

    assert seen == {
        "nongye": 200,
        "liuhe": 404,
        "xieguan1": 200,
        "xieguan2": 404,
        "fenguan": 200,
        "shuji": 200,
        "dangfeng": 200,
    }
    assert enter(cast.liuhe).get(reverse("reports:briefing_pdf", args=[row.pk])).status_code == 404


def test_a_leader_keeps_his_records_when_the_organ_goes_to_another(cast: County) -> None:
    row = heard(cast)
    OversightAssignment.objects.filter(leader=cast.xieguan1).delete()
    leader = fresh(cast.xieguan1)
    leader.groups.clear()

    assert list(Briefing.objects.visible_to(fresh(leader))) == [row]


def test_checking_answers_the_request_in_the_inbox(cast: County) -> None:
    row = heard(cast, by=cast.nongye)
    assert Notice.objects.filter(recipient=cast.xieguan1, read_at__isnull=True).count() == 1

    answer = enter(cast.xieguan1).post(reverse("reports:briefing_confirm", args=[row.pk]))

    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.step, row.open_until) == ("recorded", None)
    assert Notice.objects.filter(recipient=cast.xieguan1, read_at__isnull=True).count() == 0


def test_a_correction_without_its_reason_stays_on_the_form(cast: County) -> None:
    row = heard(cast)
    fields = {
        "held_on": HELD.isoformat(),
        "trigger": "quarter",
        "quarter": "2026Q1",
        "organs": [cast.agri.pk],
        "content": "改过的内容",
    }
    client = enter(cast.xieguan1)

    refused = client.post(reverse("reports:briefing_edit", args=[row.pk]), fields)
    assert (
        refused.status_code == 422
        and "更正须写明理由" in refused.content.decode()
        and "改过的内容" in refused.content.decode()
    )

    client.post(reverse("reports:briefing_edit", args=[row.pk]), {**fields, "reason": "数字有误"})
    row.refresh_from_db()
    assert (row.version, row.content) == (2, "改过的内容")
    page = client.get(row.get_absolute_url()).content.decode()
    assert "更正理由：数字有误" in page and "一季度发现问题三个" in page


def test_papers_of_the_meeting_are_kept_with_the_record(cast: County) -> None:
    row = heard(cast)
    add_files(row, [SimpleUploadedFile("汇报提纲.png", PNG)], by=cast.nongye, at=MAR)

    file = Attachment.objects.of(row).get()
    assert (file.name, file.organ) == ("汇报提纲.png", cast.agri)
    assert enter(cast.jiaoyu).post(reverse("reports:briefing_files", args=[row.pk])).status_code == 404


def test_the_list_filters_exports_and_costs_the_same(cast: County) -> None:
    heard(cast)
    client = enter(cast.dangfeng)
    client.get(reverse("reports:briefings"))  # what is remembered between requests
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("reports:briefings"))
    for day in range(1, 19):
        heard(
            cast,
            held_on=date(2026, 3, day),
            trigger="important",
            content=f"重要事项{day}号",
            organs=[cast.agri, cast.cso],
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("reports:briefings")).content.decode()

    assert len(many) == len(few)
    assert page.index("2026-03-18") < page.index("2026-03-02")
    found = client.get(reverse("reports:briefings"), {"q": "重要事项7号"}).content.decode()
    assert "重要事项7号" in found and "重要事项8号" not in found
    sheet = load_workbook(
        io.BytesIO(client.get(reverse("reports:briefings"), {"trigger": "important", "format": "xlsx"}).content)
    ).active
    assert sheet is not None
    assert sheet.max_row == 2 + 18
    assert "没有符合条件" in client.get(reverse("reports:briefings"), {"q": "查无此事"}).content.decode()


def test_the_table_of_quarters_by_hand(cast: County) -> None:
    heard(cast)
    heard(
        cast,
        held_on=date(2026, 4, 8),
        quarter="2026Q1",
        leader=cast.xieguan2,
        organs=[cast.town],
        at=moment(2026, 4, 9),
    )
    OversightAssignment.objects.filter(leader=cast.fenguan).update(valid_to=date(2026, 6, 30))

    rows = selectors.coverage(fresh(cast.dangfeng), 2026, on=date(2026, 7, 5))

    assert {str(row["leader"]): [selectors.cell_words(cell) for cell in row["cells"]] for row in rows} == {
        "钱协": ["2026-03-18 按时完成", "已逾期5天", "还有87天", "未到"],
        "冯协": ["2026-04-08 逾期8天完成", "已逾期5天", "还有87天", "未到"],
        "高副": ["已逾期96天", "已逾期5天", "无分管单位", "无分管单位"],
    }


def test_the_table_of_quarters_shows_what_the_reader_may_open(cast: County) -> None:
    heard(cast, leader=cast.fenguan, organs=[cast.town])

    rows = selectors.coverage(fresh(cast.xieguan1), 2026, on=MAR.date())

    assert {str(row["leader"]): (row["cells"][0]["held_on"], row["cells"][0]["open"]) for row in rows} == {
        "钱协": (None, False),
        "高副": (HELD, False),
    }


def test_rounds_that_ended_lately_show_who_has_heard_of_them(cast: County) -> None:
    round = opened(cast, listed(cast, form=Form.CENTRALIZED))
    round.started_on, round.ended_on = date(2026, 2, 20), date(2026, 3, 10)
    round.save()
    heard(cast, held_on=date(2026, 3, 2), rounds=[round])  # while it ran: not after its end
    heard(cast, held_on=date(2026, 3, 18), rounds=[round], trigger="round")
    heard(cast, held_on=date(2026, 3, 19), rounds=[round], trigger="round")

    rows = selectors.round_coverage(fresh(cast.dangfeng), on=MAR.date())

    assert [(str(row["post"].leader), row["held_on"], row["due_on"]) for row in rows] == [
        ("高副", None, date(2026, 3, 20)), ("钱协", date(2026, 3, 18), date(2026, 3, 20)),
    ]  # fmt: skip
    assert selectors.round_coverage(fresh(cast.liuhe), on=MAR.date()) == []


def test_the_sheet_counts_the_leaders_organs_and_names_what_is_open(cast: County) -> None:
    late = make_problem(cast, cast.agri, found_on=date(2026, 1, 5), due_on=date(2026, 2, 20), at=MAR)
    make_problem(cast, cast.town, found_on=date(2026, 1, 6), at=MAR)
    make_problem(cast, cast.agri, found_on=date(2025, 11, 3), year=2025, at=MAR)
    heard(cast, held_on=date(2026, 2, 3), at=MAR, instructions="月底报整改结果。", quarter="")

    found = selectors.sheet(fresh(cast.dangfeng), cast.xieguan1, Period.quarter(2026, 1), on=MAR.date())
    figures = {row["figure"].key: (row["value"], row["before"], row["change"]) for row in found["figures"]}

    assert figures["problems_found"] == (1, 1, "持平")
    assert figures["rectification_overdue"] == (1, 0, "增加1")
    assert [row["pk"] for row in found["overdue"]] == [late.pk]
    assert found["silent"] == "党风政风监督室"
    assert found["before"] is None  # said within the quarter, not before it
    later = selectors.sheet(cast.xieguan1, cast.xieguan1, Period.quarter(2026, 2), on=date(2026, 4, 20))
    assert later["before"].instructions == "月底报整改结果。"
    assert to_pdf(sheet_paper(later)).startswith(b"%PDF")


def test_the_record_is_printed_as_it_was_written_down(cast: County) -> None:
    row = heard(cast, instructions="月底前整改到位。")
    Briefing.objects.filter(pk=row.pk).update(content="绕过登记的改动")
    row.refresh_from_db()

    words = text_of(to_docx(briefing_paper(row)))

    assert "一季度发现问题三个" in words and "月底前整改到位。" in words and "绕过登记的改动" not in words


def test_the_desk_of_a_leader_in_the_last_month_of_a_quarter(cast: County) -> None:
    panel = desk.PANELS["to_hear"]

    assert panel.rows(fresh(cast.xieguan1), date(2026, 2, 28)) is None
    entries = panel.rows(fresh(cast.xieguan1), date(2026, 3, 1))["entries"]
    assert [entry["text"] for entry in entries] == ["2026年第一季度还没有听取汇报"]
    row = heard(cast, by=cast.dangfeng)
    assert [entry["text"] for entry in panel.rows(fresh(cast.xieguan1), MAR.date())["entries"]] == [
        "周明代您登记了3月18日听取汇报"
    ]
    confirm_briefing(row, by=cast.xieguan1, at=MAR)
    assert panel.rows(fresh(cast.xieguan1), MAR.date()) is None
    assert panel.rows(fresh(cast.nongye), date(2026, 3, 1)) is None


# --- the year ---


def test_the_desk_of_the_office_from_december_on(cast: County) -> None:
    panel = desk.PANELS["year_end"]

    assert panel.rows(fresh(cast.dangfeng), date(2026, 11, 30)) is None
    names = [entry["text"] for entry in panel.rows(fresh(cast.dangfeng), date(2026, 12, 1))["entries"]]
    assert names == ["2026年县纪委全会安排部署", "2026年全县政治监督综合情况报告", "2026年常委会听取综合汇报"]
    passed(cast, written(cast))
    assert [entry["text"] for entry in panel.rows(fresh(cast.dangfeng), date(2026, 12, 20))["entries"]] == [
        "2026年县纪委全会安排部署"
    ]
    assert [entry["text"] for entry in panel.rows(fresh(cast.dangfeng), date(2027, 1, 5))["entries"]] == [
        "2026年县纪委全会安排部署"
    ]
    assert panel.rows(fresh(cast.dangfeng), date(2027, 3, 1)) is None
    assert panel.rows(fresh(cast.nongye), date(2026, 12, 1)) is None


def test_the_page_of_the_year_offers_what_can_be_done(cast: County) -> None:
    year = timezone.localdate().year
    office, secretary = enter(cast.dangfeng), enter(cast.changweihui)
    assert "按记录起草报告" in office.get(reverse("reports:hearings")).content.decode()

    made = office.post(reverse("reports:annual_new"), {"year": str(year)})
    report = AnnualReport.objects.get()
    assert made["Location"] == report.get_absolute_url()
    assert secretary.get(report.get_absolute_url()).status_code == 404  # a draft is not before the committee

    fields = {"meeting_on": timezone.localdate().isoformat(), "opinion": "同意汇报"}
    secretary.post(f"{reverse('reports:hearing_record')}?year={year}", fields)
    assert AnnualHearing.objects.get().resolution.opinion == "同意汇报"
    assert "同意汇报" in office.get(reverse("reports:hearings")).content.decode()
    again = secretary.post(f"{reverse('reports:hearing_record')}?year={year}", fields)
    assert again.status_code == 422 and "不用重复登记" in again.content.decode()


def test_a_part_is_written_by_the_figures_names_and_kept_by_key(cast: County) -> None:
    report = written(cast)
    client, address = enter(cast.dangfeng), reverse("reports:annual_section", args=[report.pk, "shortcomings"])
    assert "{{逾期未销号问题}}" in client.get(address).content.decode()

    client.post(address, {"text": "逾期{{逾期未销号问题}}个。", "verb": "save"})
    report.refresh_from_db()
    assert report.sections[6]["text"] == "逾期{{rectification_overdue}}个。"

    refused = client.post(address, {"text": "逾期{{逾期问题}}个。", "verb": "save"})
    assert refused.status_code == 422 and "{{逾期问题}}不是台账数字" in refused.content.decode()
    client.post(address, {"verb": "redraft"})
    report.refresh_from_db()
    assert report.sections[6]["text"].startswith("截至目前，尚未销号问题{{rectification_open}}个")
    assert enter(cast.xieguan1).get(address).status_code == 404


def test_the_papers_of_a_report_tell_the_frozen_figures(cast: County) -> None:
    for number in range(2):
        make_problem(cast, cast.agri, found_on=date(2026, 5, 1 + number), at=DEC)
    report = passed(cast, written(cast))
    make_problem(cast, cast.agri, found_on=date(2026, 12, 9), at=DEC)

    content = shown(report, at=DEC)
    words = text_of(to_docx(annual_paper(report, content)))

    assert "全年发现问题2个" in words and "2026年12月10日县纪委常委会听取" in words
    assert ["发现问题", "个", "2", "0"] in [row[1:] for row in figure_rows(content)]
    book: Any = load_workbook(io.BytesIO(annual_sheets(report, content)))
    assert book.sheetnames == ["清单完成表", "指标表", "各单位", "聚焦方面"]
    assert ("发现问题", "个", 2, 0) in [tuple(cell.value for cell in row[1:]) for row in book["指标表"].iter_rows()]


def test_the_confirmed_evaluation_table_is_an_annex_and_without_one_a_sentence_says_so(cast: County) -> None:
    report = passed(cast, written(cast))
    before = shown(report, at=DEC)
    sentence = "2026年政治监督质效评估表尚未经县纪委常委会确认，本报告不附评估表。"
    table = computed(cast)
    EvaluationTable.objects.filter(pk=table.pk).update(
        step="confirmed", resolution=report.resolution, confirmed_at=DEC, objections_until=DEC.date(), opened_at=DEC
    )
    second = correct_annual(report, reason="附评估表", by=cast.dangfeng, at=DEC)

    first_words = text_of(to_docx(annual_paper(report, before)))
    paper = annual_paper(second, shown(second, at=DEC))
    words = text_of(to_docx(paper))

    assert sentence in first_words and "同类组" not in first_words  # what was heard stays as it was heard
    assert [annex.title for annex in paper.attachments] == [
        "2026年度政治监督重点项目清单完成表",
        "指标表",
        "2026年政治监督质效评估表",
    ]
    assert sentence not in words and "同类组" in words and "12月10日会议确认" in words
    assert paper.marking == "内部资料" and to_pdf(paper).startswith(b"%PDF")
    book: Any = load_workbook(io.BytesIO(annual_sheets(second, shown(second, at=DEC))))
    assert book.sheetnames[-2:] == ["评估表", "计分值"]


def test_a_draft_prints_as_a_draft_and_a_heard_one_does_not(cast: County) -> None:
    draft = written(cast)
    assert annual_paper(draft, shown(draft, at=DEC)).watermark == "草稿"

    report = passed(cast, draft)

    paper = annual_paper(report, shown(report, at=DEC))
    assert (paper.watermark, paper.digest, paper.signed_on) == ("", report.digest, date(2026, 12, 10))


def test_a_corrected_version_says_so_on_paper(cast: County) -> None:
    second = correct_annual(passed(cast, written(cast)), reason="损失金额有误", by=cast.dangfeng, at=DEC)
    client = enter(cast.dangfeng)

    assert "第2版，更正理由：损失金额有误" in annual_paper(second, shown(second, at=DEC)).head_lines
    page = client.get(f"{reverse('reports:hearings')}?year=2026").content.decode()
    assert "报告各版" in page and "常委会已听取" in page


def test_another_countys_report_does_not_exist_here(cast: County) -> None:
    abroad = county("外县")
    row = make_annual(abroad, abroad.cso)

    assert enter(cast.dangfeng).get(row.get_absolute_url()).status_code == 404
    assert enter(cast.changweihui).get(row.get_absolute_url()).status_code == 404
    assert enter(abroad.changweihui).get(row.get_absolute_url()).status_code == 200
