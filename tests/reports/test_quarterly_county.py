"""The county's quarter: figures counted once over all organs, words of every report, the missing named, merged again."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from pypdf import PdfReader

from accounts.models import Event
from accounts.workflow import Refused
from reports.actions import county_quarter as acts
from reports.actions import quarterly
from reports.builders.quarterly import county_paper, county_sheets
from reports.models import CountyQuarter
from reports.pdf import to_pdf
from reports.quarterly.county import differences, news_of, organs_of, reports_of
from reports.quarterly.panels import to_settle
from supervision.models import Problem
from tests.factories import County, county, moment
from tests.reports.quarterly_cases import FIRST, head_of, sent, written
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
MERGED = moment(2026, 3, 27)


@pytest.fixture
def cast() -> County:
    """Five problems of three organs and one of 党风政风监督室's own, two of them closed in time."""
    made = county()
    for organ, days in ((made.agri, (3, 9, 28)), (made.edu, (12,)), (made.town, (13,))):
        for day in days:
            make_problem(made, organ, found_on=date(2026, 1, day), due_on=date(2026, 3, 1))
    return made


def merge(cast: County, at: Any = MERGED) -> CountyQuarter:
    return acts.merge(cast.cso, FIRST, by=cast.dangfeng, at=at)


def counted(sql: str, *values: Any) -> Any:
    """One number of the database, by nobody's code but this test's."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_figures_equal_independent_sums(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    sent(cast.town, at=moment(2026, 3, 25))
    figures = merge(cast).figures

    found = counted(
        "SELECT COUNT(*) FROM supervision_problem WHERE found_on BETWEEN %s AND %s AND removed_at IS NULL",
        "2026-01-01",
        "2026-03-31",
    )
    overdue = counted(
        "SELECT COUNT(*) FROM supervision_rectificationitem r JOIN supervision_problem p ON p.id = r.problem_id"
        " WHERE p.removed_at IS NULL AND r.closed_on IS NULL AND r.due_on < %s", "2026-03-27",
    )  # fmt: skip
    assert (found, overdue) == (5, 5)
    assert figures["problems_found"]["value"] == str(found)
    assert figures["rectification_overdue"]["value"] == str(overdue)
    assert figures["problems_found"]["ids"] == list(Problem.objects.order_by("pk").values_list("pk", flat=True))


def test_the_organ_without_a_report_is_counted_and_named(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    written(cast.town)
    row = merge(cast)

    assert row.missing == ["驻县教育局纪检监察组（未报送）", "柳河镇纪委（未报送）"]
    values = {line["name"]: line["values"].get("problems_found", "0") for line in row.by_organ}
    assert values == {"驻县农业农村局纪检监察组": "3", "驻县教育局纪检监察组": "1", "柳河镇纪委": "1"}
    assert "驻县农业农村局纪检监察组：人手不足" in row.text_of("difficulties")


def test_the_same_words_stand_once_under_all_names(cast: County) -> None:
    for organ in (cast.agri, cast.edu, cast.town):
        sent(organ, at=moment(2026, 3, 24))

    assert (
        merge(cast).text_of("difficulties")
        == "驻县农业农村局纪检监察组、驻县教育局纪检监察组、柳河镇纪委（3个单位）：人手不足"
    )


def test_merging_needs_the_office_and_a_report(cast: County) -> None:
    with pytest.raises(Refused, match="还没有单位报送"):
        merge(cast)
    sent(cast.agri, at=moment(2026, 3, 24))
    for stranger in (cast.nongye_head, cast.fenguan, cast.shuji):
        with pytest.raises(Refused, match="由党风政风监督室汇总"):
            acts.merge(cast.cso, FIRST, by=stranger, at=MERGED)
    with pytest.raises(Refused, match="由党风政风监督室汇总"):
        acts.merge(cast.agri, FIRST, by=cast.dangfeng, at=MERGED)
    assert not CountyQuarter.objects.exists()


def test_merging_again_brings_what_is_new_and_keeps_what_was_written(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    row = merge(cast)
    acts.edit(row, {"plans": "全县统一安排专项监督。"}, by=cast.dangfeng, at=MERGED)
    sent(cast.town, at=moment(2026, 3, 27), late_reason="补报")
    row.refresh_from_db()
    assert news_of(row, reports_of(organs_of(cast.cso), FIRST)) == ["柳河镇纪委"]

    again = merge(cast, moment(2026, 3, 28))

    assert CountyQuarter.objects.count() == 1
    assert again.text_of("plans") == "全县统一安排专项监督。\n（新报送）柳河镇纪委：继续推进年度清单项目"
    assert again.text_of("difficulties") == "驻县农业农村局纪检监察组、柳河镇纪委：人手不足"
    assert news_of(again, reports_of(organs_of(cast.cso), FIRST)) == []
    assert list(Event.objects.of(again).values_list("label", flat=True)) == ["汇总", "修改汇总稿", "重新汇总"]


def test_a_corrected_report_replaces_its_words(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 24))
    sent(cast.edu, at=moment(2026, 3, 24))
    merge(cast)
    quarterly.return_report(report, by=cast.dangfeng, at=moment(2026, 3, 26), reason="写具体")
    assert merge(cast).missing == ["驻县农业农村局纪检监察组（退回修改中）", "柳河镇纪委（未报送）"]
    quarterly.edit_report(report, {"difficulties": "缺少审计专业人员"}, by=cast.nongye, at=moment(2026, 3, 27))
    quarterly.submit_report(report, by=head_of(cast.agri), at=moment(2026, 3, 27))

    text = merge(cast).text_of("difficulties")

    assert text == "驻县农业农村局纪检监察组：缺少审计专业人员\n驻县教育局纪检监察组：人手不足"


def test_a_frozen_figure_that_the_records_left_behind_is_shown(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    make_problem(cast, cast.agri, found_on=date(2026, 3, 26), at=moment(2026, 3, 26))
    row = merge(cast)

    rows = differences(row, reports_of(organs_of(cast.cso), FIRST))
    assert {"organ": "驻县农业农村局纪检监察组", "label": "发现问题", "frozen": "3个", "now": "4个"} in rows


def test_paper_and_workbook_say_the_same_numbers(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    row = merge(cast)

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(county_paper(row)))).pages).replace(
        "\n", ""
    )
    assert "全县2026年第一季度政治监督工作情况报告" in text
    assert "共发现问题5个" in text and "驻县教育局纪检监察组（未报送）" in text
    sheet = openpyxl.load_workbook(io.BytesIO(county_sheets(row)))["各单位"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    column = next(line for line in lines if line[0] == "单位").index("发现问题（个）")
    numbers = {line[0]: line[column] for line in lines}
    assert (numbers["驻县农业农村局纪检监察组"], numbers["各单位合计"], numbers["全县"]) == (3, 5, 5)
    assert sum(Decimal(line["values"].get("problems_found", 0)) for line in row.by_organ) == 5


def test_a_draft_waits_on_the_desk_of_the_head_alone(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    county_draft = merge(cast)
    day = date(2026, 3, 27)

    waiting = to_settle(cast.dangfeng_head, day)

    assert waiting["count"] == 1
    assert waiting["entries"][0]["text"] == "全县2026年第一季度政治监督工作情况草稿"
    assert waiting["entries"][0]["address"] == county_draft.get_absolute_url()
    assert to_settle(cast.dangfeng, day) is None
    acts.finalise(county_draft, by=cast.dangfeng_head, at=moment(2026, 3, 28))
    assert to_settle(cast.dangfeng_head, day) is None


def test_who_merged_a_draft_does_not_find_it_on_his_desk(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))
    acts.merge(cast.cso, FIRST, by=cast.dangfeng_head, at=MERGED)

    assert to_settle(cast.dangfeng_head, date(2026, 3, 27)) is None
