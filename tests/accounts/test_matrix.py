"""制度对表: what every organ owed in a period, how it stands, where its proof is; and punctuality over years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts import duties
from accounts.duties import DutyKind
from accounts.duties.matrix import binding, by_organ, by_period, matrix, of_leaders
from accounts.models import AccessLog, Duty, Organ, User
from accounts.periods import Period
from reports.builders import duties as builder
from tests.factories import NOW, TODAY, County, county, make_organ, moment

pytestmark = pytest.mark.django_db
Q1 = Period.quarter(2026, 1)


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("accounts.duties.kinds.KINDS", {})
    for key, article, label in (
        ("report", "A10.4a", "季度报告"),
        ("propose", "A6.1b", "申报项目"),
        ("hearing", "A10.4d", "综合汇报"),
    ):
        duties.declare(DutyKind(key, article, label, lambda day: [], lambda duty: None, summary=f"{label}的条文"))
    with time_machine.travel(NOW, tick=False):  # 10 February 2026
        yield


@pytest.fixture
def cast() -> County:
    return county()


def owe(organ: Organ, kind: str, due_on: date, *, done: datetime | None = None, **fields: Any) -> Duty:
    return Duty.objects.create(kind=kind, article="A10.4a", title="事项", organ=organ, opened_on=date(2026, 1, 1), due_on=due_on,
                               fulfilled_at=done, period=f"p{Duty.objects.count()}", **fields)  # fmt: skip


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User, address: str) -> str:
    answer = as_(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def cells(user: User, period: Period = Q1) -> dict[tuple[str, str], str]:
    table = matrix(user, period, on=TODAY, address="/duties/")
    return {
        (line.label, organ.name): f"{cell.short}{cell.count} {cell.words}"
        for line in table.lines
        for organ, cell in zip(table.organs, line.cells, strict=True)
        if cell.total
    }


def test_each_cell_says_how_its_duties_stand(cast: County) -> None:
    owe(cast.agri, "report", date(2026, 1, 25), done=moment(2026, 1, 25, 23, 59, 59))
    owe(cast.edu, "report", date(2026, 1, 25), done=moment(2026, 1, 26, 0, 0, 1))
    owe(cast.town, "report", date(2026, 2, 9))
    owe(cast.cso, "report", TODAY)
    owe(cast.cases, "report", date(2026, 3, 31), excused_at=NOW, excused_by=cast.dangfeng, excuse="撤并")
    for day in (1, 2, 28):
        owe(cast.agri, "propose", date(2026, 2, day), done=moment(2026, 2, 1) if day == 2 else None)

    assert cells(cast.dangfeng) == {
        ("季度报告", "驻县农业农村局纪检监察组"): "办 按时",
        ("季度报告", "驻县教育局纪检监察组"): "迟 逾期完成",
        ("季度报告", "柳河镇纪委"): "逾 逾期未办",
        ("季度报告", "党风政风监督室"): "待 待办",
        ("季度报告", "案件监督管理室"): "免 免除",
        ("申报项目", "驻县农业农村局纪检监察组"): "逾1/3 逾期未办1项，待办1项，按时1项",
    }


def test_rows_follow_the_articles_and_stand_also_without_duties(cast: County) -> None:
    owe(cast.agri, "older", date(2026, 1, 25))

    table = matrix(cast.dangfeng, Q1, on=TODAY, address="/duties/")

    assert [(line.label, line.total) for line in table.lines] == [
        ("申报项目", 0), ("季度报告", 0), ("综合汇报", 0), ("older", 1),
    ]  # fmt: skip
    assert (
        page(cast.dangfeng, "/duties/matrix/?period=2026Q1").count("本期没有这项职责") == 4
    )  # the legend and three rows


@pytest.mark.parametrize(("key", "count"), [("2026Q1", 2), ("2026-01", 1), ("2026H2", 0), ("2026", 3), ("2025", 0)])
def test_a_duty_belongs_to_the_period_of_its_day(cast: County, key: str, count: int) -> None:
    for due_on in (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)):
        owe(cast.agri, "report", due_on)

    assert matrix(cast.dangfeng, Period.read(key), on=TODAY, address="").totals.total == count


def test_a_single_duty_opens_its_proof_and_several_the_list(cast: County) -> None:
    owe(cast.agri, "report", TODAY, done=NOW, link="/record/1/", proof_link="/proof/1/")
    owe(cast.edu, "report", TODAY, link="/record/2/")
    two = [owe(cast.town, "report", TODAY).pk, owe(cast.town, "report", TODAY).pk]
    other = owe(cast.town, "report", date(2026, 8, 1))

    shown = page(cast.dangfeng, "/duties/matrix/?period=2026Q1")

    address = f"/duties/?kind=report&organ={cast.town.pk}&period=2026Q1"
    assert 'href="/proof/1/"' in shown and 'href="/record/2/"' in shown
    assert f'href="{address.replace("&", "&amp;")}"' in shown
    answer = as_(cast.dangfeng).get(address)
    assert {row["pk"] for row in answer.context["page"].rows} == set(two) and other.pk not in two


def test_an_organ_reads_its_own_column_only(cast: County) -> None:
    owe(cast.agri, "report", TODAY)
    owe(cast.edu, "report", TODAY)

    own = page(cast.nongye, "/duties/matrix/?period=2026Q1")

    assert cast.agri.label in own and cast.edu.label not in own
    assert set(cells(cast.nongye)) == {("季度报告", cast.agri.name)}


def test_organs_of_another_time_have_no_column(cast: County) -> None:
    make_organ("撤销的镇纪委", "township_committee", cast.root, active_to=date(2025, 12, 31))
    make_organ("将来的镇纪委", "township_committee", cast.root, active_from=date(2026, 4, 1))

    names = [organ.name for organ in matrix(cast.dangfeng, Q1, on=TODAY, address="").organs]

    assert names == ["党风政风监督室", "驻县农业农村局纪检监察组", "驻县教育局纪检监察组", "柳河镇纪委"]


def test_no_period_shows_the_quarter_that_runs(cast: County) -> None:
    assert "2026年第一季度" in page(cast.dangfeng, "/duties/matrix/?period=")


@pytest.mark.parametrize("period", ["2026Q9", "下季度", "x" * 300])
def test_nonsense_is_named_and_shows_no_quarter(cast: County, period: str) -> None:
    answer = as_(cast.dangfeng).get(f"/duties/matrix/?period={period}")
    assert answer.status_code == 422 and "时段：" in answer.content.decode()


def test_the_neighbours_and_the_other_lengths_are_one_press_away(cast: County) -> None:
    shown = page(cast.dangfeng, "/duties/matrix/?period=2026Q1")

    assert [f"?period={key}" in shown for key in ("2025Q4", "2026Q2", "2026", "2026H1", "2026-02")] == [True] * 5


def test_the_table_costs_the_same_at_one_and_at_thirty_organs(cast: County) -> None:
    owe(cast.agri, "report", TODAY)
    client = as_(cast.dangfeng)

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    pages = ("/duties/matrix/?period=2026", "/duties/punctuality/?by=quarter")
    before = [queries(address) for address in pages]
    for n in range(30):
        organ = make_organ(f"第{n}镇纪委", "township_committee", cast.root)
        owe(organ, "report", date(2026, 1 + n % 12, 5))

    assert [queries(address) for address in pages] == before


def test_the_workbook_says_every_cell_in_words(cast: County) -> None:
    owe(cast.agri, "report", TODAY, done=NOW)

    answer = as_(cast.dangfeng).get("/duties/matrix/?period=2026Q1&format=xlsx")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "政治监督制度对表（2026年第一季度）"
    assert rows[1][:4] == ("依据", "职责", "党风政风监督室", "驻县农业农村局纪检监察组")
    assert rows[3][:4] == ("第十条第（四）项", "季度报告", "—", "按时")
    assert AccessLog.objects.get().action == "export"


def test_the_paper_holds_every_organ_and_what_the_reader_may_see(cast: County) -> None:
    owe(cast.agri, "report", TODAY, done=NOW)
    owe(cast.town, "report", date(2026, 1, 25))

    answer = as_(cast.dangfeng).get("/reports/duties.pdf?period=2026Q1")

    text = "".join("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages).split())
    assert all(
        word in text for word in ("政治监督制度对表", "2026年第一季度", "季度报告", "按时", "逾期未办", "柳河镇纪委")
    )
    own = builder.paper(cast.nongye, Q1, on=TODAY)
    assert [heading for heading, _ in own.blocks[0].columns] == ["依据", "职责", "驻县农业农村局纪检监察组"]  # type: ignore[union-attr]


def test_thirty_two_organs_are_printed_ten_abreast(cast: County) -> None:
    for n in range(28):
        make_organ(f"第{n}镇纪委", "township_committee", cast.root)

    paper = builder.paper(User.objects.get(pk=cast.dangfeng.pk), Q1, on=TODAY)

    assert [len(block.columns) - 2 for block in paper.blocks] == [10, 10, 10, 2]  # type: ignore[union-attr]


# --- punctuality ---


def history(cast: County) -> None:
    """2025: 2 of 4 in time, one late, one missing, one excused; 2026: 1 of 1 in time, one not yet due."""
    for day in (5, 6):
        owe(cast.agri, "report", date(2025, 3, day), done=moment(2025, 3, 1))
    owe(cast.agri, "report", date(2025, 6, 25), done=moment(2025, 6, 26, 0, 0, 1))
    owe(cast.edu, "report", date(2025, 9, 25))
    owe(cast.edu, "report", date(2025, 12, 25), excused_at=NOW, excused_by=cast.dangfeng, excuse="撤并")
    owe(cast.agri, "report", date(2026, 2, 1), done=moment(2026, 1, 31))
    owe(cast.agri, "report", date(2026, 3, 25))


def test_the_share_counts_neither_the_excused_nor_what_is_not_due(cast: County) -> None:
    history(cast)

    years = by_period(Duty.objects.all(), on=TODAY, quarters=False)

    assert [(one.label, one.owed, one.judged, one.share) for one in years] == [
        ("2026年", 1, 1, 100.0),
        ("2025年", 5, 4, 50.0),
    ]
    assert years[1].bars == [("good", 0.0, 50.0), ("past", 50.0, 25.0), ("late", 75.0, 25.0)]


def test_quarters_and_organs_add_up_to_the_same(cast: County) -> None:
    history(cast)

    quarters = by_period(Duty.objects.all(), on=TODAY, quarters=True)
    organs = by_organ(Duty.objects.filter(due_on__year=2025), on=TODAY)

    assert [(one.key, one.share) for one in quarters] == [
        ("2026Q1", 100.0), ("2025Q4", None), ("2025Q3", 0.0), ("2025Q2", 0.0), ("2025Q1", 100.0),
    ]  # fmt: skip
    assert [(one.label, one.judged, one.share) for one in organs] == [
        ("驻县农业农村局纪检监察组", 3, 66.7),
        ("驻县教育局纪检监察组", 1, 0.0),
    ]


def test_prompts_count_in_no_share(cast: County) -> None:
    history(cast)
    duties.declare(DutyKind("report", "A6.2c", "提示", lambda day: [], lambda duty: None, soft=True))

    assert "这一期间没有到期的职责" in page(cast.dangfeng, "/duties/punctuality/?period=2025")


def test_a_leader_s_own_duty_stands_apart_from_his_office(cast: County) -> None:
    duties.declare(DutyKind("heard", "A10.4c", "听取汇报", lambda day: [], lambda duty: None, personal=True))
    owe(cast.cso, "report", date(2025, 3, 5), done=moment(2025, 3, 1))
    owe(cast.cso, "heard", date(2025, 3, 31))
    rows = Duty.objects.all()

    assert [(one.label, one.share) for one in by_organ(binding(rows), on=TODAY)] == [("党风政风监督室", 100.0)]
    leaders = of_leaders(rows, on=TODAY)
    assert leaders is not None and (leaders.owed, leaders.share) == (1, 0.0)
    assert "领导听取汇报（另计）" in page(cast.dangfeng, "/duties/punctuality/?period=2025")


def test_the_page_shows_years_and_organs_of_what_one_may_read(cast: County) -> None:
    history(cast)

    office = page(cast.dangfeng, "/duties/punctuality/?period=2025")
    own = page(cast.nongye, f"/duties/punctuality/?period=2025&organ={cast.edu.pk}")

    assert "50.0%" in office and "驻县教育局纪检监察组" in office
    assert "驻县教育局" not in own and "66.7%" in own


def test_the_workbook_of_punctuality_holds_the_periods(cast: County) -> None:
    history(cast)

    answer = as_(cast.dangfeng).get("/duties/punctuality/?format=xlsx")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("期间", "应办", "按时完成", "逾期完成", "逾期未办", "免除", "未到期", "按时率（%）")
    assert rows[1:] == [("2026年", 1, 1, 0, 0, 0, 1, 100), ("2025年", 5, 2, 1, 1, 1, 0, 50)]
