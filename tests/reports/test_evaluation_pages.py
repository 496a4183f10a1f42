"""The pages of the evaluation as their readers meet them, and its papers (A10.5)."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from reports.actions.evaluation.objections import file_objection
from reports.actions.evaluation.tables import open_table
from reports.builders.evaluation import HEADINGS, cells, notice_paper, ordered, table_paper, table_sheet
from reports.models import EvaluationObjection, EvaluationScheme, EvaluationTable
from reports.paper import Table
from tests.factories import County, county, enter
from tests.reports.evaluation_cases import AFTER, CUTOFF, computed, in_force, values_of_scheme, widen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_each_reader_opens_what_is_his(cast: County) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    rows = {row.organ_id: row for row in table.rows.all()}
    own, other = rows[cast.agri.pk], rows[cast.edu.pk]
    one = file_objection(own, "E-2", reason="少计一件", by=cast.nongye_head, at=AFTER)
    office, group, head = enter(cast.dangfeng), enter(cast.nongye), enter(cast.dangfeng_head)

    whole = page(office, table.get_absolute_url())
    mine = page(group, own.get_absolute_url())

    assert "驻县教育局纪检监察组" in whole and "不参与" in whole and "少计一件" in whole
    assert "1,000" in mine and "驻县教育局" not in mine and "333.33" not in mine
    page(group, other.get_absolute_url(), 404)
    page(group, table.get_absolute_url(), 404)
    assert "项目资料归档滞后" in page(group, f"{own.get_absolute_url()}?list=E-1.solved")
    page(group, f"{own.get_absolute_url()}?list=E-3.persons", 404)  # a clerk holds no restricted right
    assert "张某" in page(enter(cast.nongye_head), f"{own.get_absolute_url()}?list=E-3.persons")
    assert "驻县教育局" not in page(group, "/evaluation/") and "评估表" in page(head, "/evaluation/")
    assert "拟办" in page(office, f"/evaluation/objections/{one.pk}/")
    assert "结果经县纪委常委会确认" in group.get(f"/evaluation/rows/{own.pk}.pdf").content.decode()


def test_a_scheme_is_drafted_and_corrected_on_its_form(cast: County) -> None:
    health, zone = widen(cast)
    office = enter(cast.dangfeng)
    sent: dict[str, Any] = {
        "method": "relative", "stationed": [cast.agri.pk, cast.edu.pk, health.pk], "township": [cast.town.pk, zone.pk], "cutoff": str(CUTOFF),
        "adjustment_limit": "5", "objection_days": "7", "adjuster": "", **{f"e{n}_weight": "20" for n in range(1, 6)},
    }  # fmt: skip

    wrong = office.post("/evaluation/schemes/new/?year=2026", {**sent, "e5_weight": "19"})
    assert wrong.status_code == 422 and "合计应为100分，现为99分" in wrong.content.decode()
    assert office.post("/evaluation/schemes/new/?year=2026", {**sent, "e1_bands": "一=二"}).status_code == 422
    assert office.post("/evaluation/schemes/new/?year=2026", sent).status_code == 302

    made = EvaluationScheme.objects.get()
    assert (made.weights["E-3"], made.members("township_committee")) == ("20", [cast.town.pk, zone.pk])
    assert (
        office.post(f"/evaluation/schemes/{made.pk}/edit/", {**sent, "e1_weight": "30", "e5_weight": "10"}).status_code
        == 302
    )
    assert office.post(f"/evaluation/schemes/{made.pk}/submit/").status_code == 302
    assert "审批中" in page(office, made.get_absolute_url()) and page(enter(cast.changweihui), made.get_absolute_url())
    page(enter(cast.nongye_head), made.get_absolute_url(), 404)


def test_the_whole_round_by_its_buttons(cast: County) -> None:
    health, zone = widen(cast)
    in_force(cast, values_of_scheme(cast, health, zone, cutoff=CUTOFF.replace(month=2, day=9)))
    office = enter(cast.dangfeng)

    assert office.post("/evaluation/tables/new/", {"year": "2026"}).status_code == 302
    table = EvaluationTable.objects.get()
    row = table.rows.get(organ=cast.agri)
    assert office.post(f"/evaluation/rows/{row.pk}/adjust/", {"adjustment": "9", "reason": "x"}).status_code == 422
    assert (
        office.post(f"/evaluation/rows/{row.pk}/adjust/", {"adjustment": "1.5", "reason": "首创做法"}).status_code
        == 302
    )
    assert office.post(f"/evaluation/tables/{table.pk}/step/", {"verb": "open"}).status_code == 302
    sent = {"indicator": "E-2", "reason": "少计一件"}
    assert enter(cast.nongye_head).post(f"/evaluation/rows/{row.pk}/object/", sent).status_code == 302
    assert (
        enter(cast.nongye).post(f"/evaluation/rows/{row.pk}/object/", {**sent, "indicator": "E-1"}).status_code == 409
    )
    one = EvaluationObjection.objects.get()
    proposal = {"answer": "uphold", "part_cases": "1", "part_clues": "0", "records": "案1", "reason": "属实"}
    assert office.post(f"/evaluation/objections/{one.pk}/", proposal).status_code == 302
    assert office.post(f"/evaluation/objections/{one.pk}/decide/", {"verb": "agree"}).status_code == 404
    assert (
        enter(cast.dangfeng_head).post(f"/evaluation/objections/{one.pk}/decide/", {"verb": "agree"}).status_code == 302
    )

    row.refresh_from_db()
    assert (row.points["E-2"], str(row.total)) == ("20.00", "21.50")
    assert "更正前" in page(enter(cast.nongye), row.get_absolute_url())


def test_the_papers_carry_the_columns_of_the_office(cast: County) -> None:
    table = computed(cast)
    rows = ordered(list(table.rows.select_related("organ")))

    sheet = openpyxl.load_workbook(io.BytesIO(table_sheet(table))).active
    texts = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(number for number, line in enumerate(texts) if line[0] == "序号")

    assert texts[head] == list(HEADINGS) and len(cells(1, rows[0])) == len(HEADINGS) == 20
    assert texts[head + 1][:6] == [
        1,
        "驻县农业农村局纪检监察组",
        "派驻纪检监察组",
        "发现5个，解决4个（解决率80.00%）",
        20,
        "立案1件，移送线索0件",
    ]
    assert [line[13] for line in texts[head + 1 : head + 4]] == [70, 36.67, 26.67]
    told = str(notice_paper(rows[1]).blocks)
    assert "合计36.67分，在派驻纪检监察组3个单位中位列第2" in told and "农业农村" not in told


def test_on_paper_the_group_leads_its_organs_and_the_approval_stands_below(cast: County) -> None:
    made = table_paper(computed(cast))
    scores = made.blocks[0]

    assert isinstance(scores, Table) and len(made.blocks) == 1
    assert [heading for heading, _ in scores.columns] == [word for word in HEADINGS if word != "同类组"]
    assert [row[:2] for row in scores.rows] == [
        ["派驻纪检监察组（3个）"],
        ["1", "驻县农业农村局纪检监察组"],
        ["2", "驻县教育局纪检监察组"],
        ["3", "驻县卫健委纪检监察组"],
        ["乡（镇、办）纪（工）委（2个）"],
        *([str(number), name] for number, name in ((4, "柳河镇纪委"), (5, "县开发区纪工委"))),
    ]
    assert [leads for leads, _ in scores.lines] == [True, False, False, False, True, False, False]
    assert "县纪委常委会审批：（待审批）" in scores.foot[0]
