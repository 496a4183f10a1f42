"""Faults of single registers that an office meets: two leaders of one campaign, figures that would be summed twice or never."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.workflow import Refused
from accounts.xlsx import Sheet, fitted, workbook
from ledgers.actions import books
from ledgers.books.register import REGISTERS
from ledgers.models import ExternalFigure, SpecialCampaign
from ledgers.reported_figures import REPORTED
from reports.counting.catalogue import FIGURES
from reports.indicators.figures.external import REPORTED as SUMMED
from supervision.models import Clue
from tests.factories import NOW, County, county
from tests.ledgers.registers import cleaned, made, sent
from tests.ledgers.test_register_tables import enter, paste

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def post(cast: County, key: str, **fields: Any) -> Any:
    data = sent(key, cast.agri, cast.nongye) | fields
    return enter(cast.nongye).post(reverse("ledgers:register_new", args=[key]), data, follow=True)


# --- one leader, one lead department ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "taken"),
    [
        ("leader", "张三、李四", False), ("leader", "张三和李四", False), ("leader", "张三/李四", False), ("leader", "张三；李四", False),
        ("leader", "张和平", True), ("leader", "高副书记（县委常委、纪委书记）", True),
        ("department", "党风政风监督室，案管室", False), ("department", "党风政风监督室和案管室", False), ("department", "县教育局与县财政局", False),
        ("department", "县发展和改革委员会", True), ("department", "县人力资源和社会保障局", True), ("department", "县文化和旅游局（食品、药品专班办公室）", True),
    ],
)  # fmt: skip
def test_a_campaign_has_one_leader_and_one_lead_department(cast: County, field: str, text: str, taken: bool) -> None:
    full = {"leader": "高副书记", "department": "县教育局", "task_force": "工作专班", "state": "active"}

    answer = post(cast, "campaigns", **full | {field: text})

    sentence = (
        "分管领导只能填一人：一个专项整治由一名领导分管、一个部门牵头" if field == "leader" else "牵头部门只能填一个："
    )
    assert SpecialCampaign.objects.exists() is taken
    assert (sentence in answer.content.decode()) is not taken


# --- figures that others report -----------------------------------------------------------------------------------------

FIGURE = {
    "name": "下基层发现问题数",
    "unit_word": "个",
    "source": "县委办公室",
    "period_from": "2026-01-01",
    "period_to": "2026-03-31",
}


def test_the_indicators_sum_exactly_the_names_that_the_form_offers(cast: County) -> None:
    page = enter(cast.nongye).get(reverse("ledgers:register", args=["external-figures"])).content.decode()

    assert SUMMED is REPORTED
    assert {(key, FIGURES[key].unit) for key in REPORTED} == {(key, unit) for key, (_, unit) in REPORTED.items()}
    assert all(f'<option value="{name}">' in page for name, _ in REPORTED.values())
    assert '<option value="万元">' in page


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({}, "已登记县委办公室报送的“下基层发现问题数”（2026-01-01至2026-03-31，10个），期间与这一条重叠"),
        ({"period_from": "2026-03-01", "period_to": "2026-06-30"}, "期间与这一条重叠"),
        ({"period_from": "2026-04-01", "period_to": "2026-06-30"}, ""),
        ({"source": "县政府办公室"}, ""),
        ({"name": "现场解决问题数"}, ""),
        ({"period_from": "2026-04-01", "period_to": "2026-06-30", "value": "-5"}, "数值-5小于0"),
    ],
)
def test_a_figure_is_reported_once_for_a_time_and_is_not_negative(
    cast: County, other: dict[str, str], sentence: str
) -> None:
    made("external-figures", cast.agri, cast.nongye, **FIGURE, value="10")

    answer = post(cast, "external-figures", **{**FIGURE, "value": "10", **other})

    assert ExternalFigure.objects.count() == (1 if sentence else 2)
    assert sentence in answer.content.decode()


def test_what_was_taken_out_comes_back_only_where_nothing_took_its_place(cast: County) -> None:
    first = made("external-figures", cast.agri, cast.nongye, **FIGURE, value="10")
    books.take_out(first, reason="数有误", by=cast.nongye, at=NOW)
    made("external-figures", cast.agri, cast.nongye, **FIGURE, value="11")

    with pytest.raises(Refused, match="期间与这一条重叠"):
        books.bring_back(first, by=cast.nongye, at=NOW)


def test_what_was_taken_out_comes_back_only_where_the_rules_still_allow_it(cast: County) -> None:
    clue = Clue.objects.create(
        organ=cast.agri,
        receiver=cast.agri,
        code="线索1",
        transferred_on=date(2026, 1, 5),
        created_by=cast.sysadmin,
        created_at=NOW,
    )
    kept = made("cases", cast.agri, cast.nongye, filed_on="2026-01-08", clue=clue.pk)
    books.take_out(kept, reason="登记有误", by=cast.nongye, at=NOW)
    clue.transferred_on = date(2026, 1, 20)
    clue.save()

    with pytest.raises(Refused, match="立案日期早于线索线索1的移送日期2026-01-20.*请按核对后的内容重新登记"):
        books.bring_back(kept, by=cast.nongye, at=NOW)

    clue.transferred_on = date(2026, 1, 5)
    clue.save()
    assert books.bring_back(kept, by=cast.nongye, at=NOW).removed_at is None


def test_the_overlap_of_reported_figures_is_asked_by_one_clerk_at_a_time(cast: County) -> None:
    """On PostgreSQL two clerks could both see none; the row of the county is locked before it is asked."""
    with CaptureQueriesContext(connection) as asked:
        made("external-figures", cast.agri, cast.nongye, **FIGURE, value="10")

    texts = [query["sql"] for query in asked]
    county_read = f'"accounts_organ"."id" = {cast.agri.county().pk}'
    lock = next(place for place, text in enumerate(texts) if county_read in text and "LIMIT 21" in text)
    overlap = next(place for place, text in enumerate(texts) if "period_from" in text and text.startswith("SELECT"))
    assert lock < overlap
    assert connection.vendor != "postgresql" or "FOR UPDATE" in texts[lock]


def test_a_record_may_be_corrected_without_meeting_itself(cast: County) -> None:
    first = made("external-figures", cast.agri, cast.nongye, **FIGURE, value="10")
    values = cleaned(
        "external-figures", cast.agri, sent("external-figures", cast.agri, cast.nongye, **FIGURE, value="12")
    )

    assert books.change(first, values=values, by=cast.nongye, at=NOW).value == 12


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "下基层解决问题"}, "这个指标名称不在统计范围内，保存后不计入任何指标；可选：党员干部下基层次数、"),
        ({"unit_word": "件"}, "按“个”或“万个”统计，计量单位“件”不计入任何指标"),
        ({"name": "现场解决问题数", "value": "11"}, "现场解决问题数11个大于同一部门同一期间的下基层发现问题数10个，请与报送部门核对"),
    ],
)  # fmt: skip
def test_a_figure_that_counts_for_nothing_or_cannot_be_is_kept_and_asked_about(
    cast: County, fields: dict[str, str], sentence: str
) -> None:
    made("external-figures", cast.agri, cast.nongye, **FIGURE, value="10")

    answer = post(cast, "external-figures", **{**FIGURE, "value": "3", **fields})

    assert sentence in answer.content.decode()
    assert ExternalFigure.objects.count() == 2


def test_sums_of_money_may_come_in_three_words_but_once(cast: County) -> None:
    money = {"name": "协调融资额", "source": "县金融办"}
    first = post(cast, "external-figures", **FIGURE | money | {"unit_word": "万元", "value": "200"}).content.decode()
    again = post(cast, "external-figures", **FIGURE | money | {"unit_word": "元", "value": "2000000"}).content.decode()

    assert "不计入任何指标" not in first
    assert "期间与这一条重叠" in again


def test_the_preview_of_a_table_says_what_would_count_for_nothing(cast: County) -> None:
    text = "指标名称\t期间自\t期间至\t数值\t计量单位\t报送部门\t报送日期\n下基层\t2026-01-01\t2026-01-31\t5\t次\t县委办\t2026-02-03"

    answer = paste(cast, "external-figures", text)

    assert answer.status_code == 200
    assert "不在统计范围内" in answer.content.decode()
    assert REGISTERS["external-figures"].model.objects.count() == 0


# --- the workbook -------------------------------------------------------------------------------------------------------


def sheet_of(client: Any, address: str) -> list[list[Any]]:
    """The rows of the first sheet, without empty cells at their ends."""
    page = openpyxl.load_workbook(io.BytesIO(client.get(address).content)).active
    return [list(row) for row in page.iter_rows()]


def test_days_amounts_and_numbers_stay_what_they_are_in_the_workbook(cast: County) -> None:
    made("losses", cast.agri, cast.nongye)
    made("studies", cast.agri, cast.nongye)
    made("prior-reports", cast.agri, cast.nongye)
    client = enter(cast.nongye)

    losses = sheet_of(client, reverse("ledgers:register", args=["losses"]) + "?format=xlsx&first=2026-01-01")
    studies = sheet_of(client, reverse("ledgers:register", args=["studies"]) + "?format=xlsx")
    reports = sheet_of(client, reverse("ledgers:register", args=["prior-reports"]) + "?format=xlsx")

    (day, _, amount), (filed,) = losses[-1][:3], reports[-1][:1]
    assert (str(day.value), day.number_format) == ("2026-02-03 00:00:00", "yyyy-mm-dd")
    assert (amount.value, amount.number_format) == (1200.5, "#,##0.00")
    assert [cell.value for cell in studies[-1]][1:4] == ["系列讲座", "纪法贯通第一期", 9]
    assert (str(filed.value), filed.number_format) == ("2026-02-03 09:00:00", "yyyy-mm-dd hh:mm")
    assert losses[1][0].value == f"单位：{cast.agri}　期间：2026-01-01至现在"
    assert losses[2][0].value.startswith("共1笔　导出时间：")


@pytest.mark.once
def test_a_text_that_no_cell_can_hold_says_that_it_was_cut() -> None:
    data = workbook([Sheet("表", fitted(["字", "数"], [["长" * 40_000, 1]]), [["长" * 40_000, 1]])])

    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    text = sheet.cell(3, 1).value
    assert len(text) < 32_767
    assert text.endswith("（内容过长，表格只到第32000字，全文请在系统中查看）")
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (56, 10)
