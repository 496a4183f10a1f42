"""The pages of the evaluation as their readers meet them, and its papers (A10.5)."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.actions.evaluation.objections import file_objection
from reports.actions.evaluation.tables import open_table, settle_table, submit_table
from reports.builders.evaluation import HEADINGS, table_paper
from reports.models import EvaluationObjection, EvaluationScheme, EvaluationTable
from reports.paper import Table
from tests.factories import County, county, enter, moment
from tests.reports.evaluation_cases import AFTER, CUTOFF, computed, in_force, values_of_scheme, widen
from tests.supervision.rounds import signed

SETTLED = moment(2026, 12, 24)
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
    office, year = enter(cast.dangfeng), timezone.localdate().year
    new = f"/evaluation/schemes/new/?year={year}"
    sent: dict[str, Any] = {
        "method": "relative", "stationed": [cast.agri.pk, cast.edu.pk, health.pk], "township": [cast.town.pk, zone.pk], "cutoff": f"{year}-12-15",
        "adjustment_limit": "5", "objection_days": "7", "adjuster": "", **{f"e{n}_weight": "20" for n in range(1, 6)},
    }  # fmt: skip

    wrong = office.post(new, {**sent, "e5_weight": "19"})
    assert wrong.status_code == 422 and "合计应为100分，现为99分" in wrong.content.decode()
    assert office.post(new, {**sent, "e1_bands": "一=二"}).status_code == 422
    for fault, said in (
        ({"e1_weight": "1234567.891"}, "应为0至100之间的数，最多两位小数"),
        ({"adjustment_limit": "NaN"}, "应为0至30之间的数"),
        ({"objection_days": "99999999999999999999"}, "应为1至60之间的整数"),
        ({"found_weight": "5"}, "两项都填或都留空"),
        ({"method": "banded", "e1_bands": "1=5\nNaN=0"}, "第2行“NaN=0”不能识别"),
        ({"e2_bands": "Infinity=20"}, "第1行“Infinity=20”不能识别"),
        ({"e2_bands": "1e999999=20"}, "第1行“1e999999=20”不能识别"),
    ):
        refused = office.post(new, {**sent, **fault})
        assert refused.status_code == 422 and said in refused.content.decode()
    assert office.post(new, sent).status_code == 302

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
    huge = office.post(f"/evaluation/rows/{row.pk}/adjust/", {"adjustment": "1e400"})
    assert huge.status_code == 422 and "应为-30至30之间的数" in huge.content.decode()
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
    huge = office.post(f"/evaluation/objections/{one.pk}/", {**proposal, "part_cases": "9" * 30})
    assert huge.status_code == 422 and "应为不小于0的整数，最多12位" in huge.content.decode()
    emptied = office.post(f"/evaluation/objections/{one.pk}/", {**proposal, "part_clues": ""})
    assert emptied.status_code == 422 and "“移送线索”没有填写" in emptied.content.decode()
    assert office.post(f"/evaluation/objections/{one.pk}/", proposal).status_code == 302
    assert office.post(f"/evaluation/objections/{one.pk}/decide/", {"verb": "agree"}).status_code == 404
    deciding = page(enter(cast.dangfeng_head), f"/evaluation/objections/{one.pk}/")
    assert deciding.count("btn-primary") == 1 and "<summary>重新拟办</summary>" in deciding
    assert "拟办的人不能决定自己的拟办意见" in deciding and '<details class="inline-form" open' not in deciding
    assert (
        enter(cast.dangfeng_head).post(f"/evaluation/objections/{one.pk}/decide/", {"verb": "agree"}).status_code == 302
    )

    row.refresh_from_db()
    assert (row.points["E-2"], str(row.total)) == ("20.00", "21.50")
    assert "更正前" in page(enter(cast.nongye), row.get_absolute_url())
    listed = page(enter(cast.nongye), f"{row.get_absolute_url()}?list=E-2.cases")
    assert "清单（0条，另有异议更正）" in listed
    assert "异议更正：立案由0件更正为1件（增加1件），所据记录：案1" in listed
    assert "另有异议更正" not in page(enter(cast.nongye), f"{row.get_absolute_url()}?list=E-2.clues")


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


def test_an_organ_reads_its_place_in_the_workbook_once_the_committee_confirmed_it(cast: County) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)

    def places(person: Any) -> list[Any]:
        answer = enter(person).get(reverse("reports:evaluation") + "?format=xlsx")
        return [line[5] for line in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values if line[0] == 2026]

    before, office = places(cast.nongye_head), places(cast.dangfeng)
    settle_table(table, by=cast.dangfeng, at=SETTLED)
    submit_table(table, by=cast.dangfeng, at=SETTLED)
    signed(cast, table, at=moment(2026, 12, 28), kind="evaluation")

    assert (before, places(cast.nongye_head), office) == (["—"], [1], [1, 2, 3, 1, 1])
