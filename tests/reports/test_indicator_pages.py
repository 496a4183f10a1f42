"""Indicator pages: sentences filled from the records, every number its list, nobody else's organ, the same on paper."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from accounts.models import Official
from checklists.models import Topic
from ledgers.models import Disposition, ExternalFigure
from ledgers.register_states import TalkerLevel
from reports.counting.catalogue import FIGURES
from reports.counting.figure import Scope
from reports.indicators.catalogue import INDICATORS
from reports.indicators.telling.numbers import written
from reports.indicators.telling.reading import tell
from reports.indicators.telling.texts import SOURCES
from supervision.models import Problem
from tests.factories import NOW, County, county, enter, moment
from tests.ledgers.registers import made
from tests.samples import make_problem

pytestmark = [pytest.mark.django_db, pytest.mark.once]
YEAR = {"period": "2026"}
COUNTS = {"I0": 25, "I1": 9, "I3": 27, "I4": 7}


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


@pytest.fixture(autouse=True)
def _february() -> Any:
    """The office's day is 10 February 2026."""
    with time_machine.travel(moment(2026, 2, 10), tick=False):
        yield


def seen(user: Any, source: str, **query: Any) -> Any:
    """The page of a text, of the year 2026 unless other days are named."""
    return enter(user).get(reverse("reports:indicator_source", args=[source]), {**YEAR, **query})


def table(user: Any, **query: Any) -> Any:
    """The table of all indicators."""
    return enter(user).get(reverse("reports:indicators"), {**YEAR, **query})


def one(user: Any, key: str, **query: Any) -> Any:
    """The page of one indicator."""
    return enter(user).get(reverse("reports:indicator", args=[key]), {**YEAR, **query})


def work_of_a_group(cast: County) -> None:
    """Two visits, a lecture and a self-study, a case with two persons for the court: a small year of the group."""
    clerk = cast.nongye
    for day in ("2026-01-20", "2026-02-03"):
        made("visits", cast.agri, clerk, visit_date=day)
    made("visits", cast.agri, clerk, visit_date="2025-12-31")
    made("studies", cast.agri, clerk)
    made("studies", cast.agri, clerk, kind="self_study", theme="民法典")
    made("cases", cast.agri, clerk, filed_on="2026-01-05", transferred_on="2026-02-01", persons_transferred=2)
    for conclusion in ("none", "unsuitable", "none"):
        made(
            "integrity-opinions",
            cast.agri,
            clerk,
            replied_on="2026-02-05",
            conclusion=conclusion,
            text="见附件",
            approver="王建国",
        )


def reported(cast: County, name: str, value: str, unit: str) -> None:
    """A figure that another body reports to 党风政风监督室."""
    ExternalFigure.objects.create(
        organ=cast.cso, name=name, value=Decimal(value), unit_word=unit, source="县发改局", period_from=date(2026, 1, 1),
        period_to=date(2026, 1, 31), reported_on=date(2026, 2, 3), created_by=cast.dangfeng, created_at=NOW,
        updated_by=cast.dangfeng, updated_at=NOW,
    )  # fmt: skip


# --- the texts ----------------------------------------------------------------------------------------------------------


def test_every_blank_of_the_reports_stands_once_in_their_texts() -> None:
    found = [one for source in SOURCES.values() for one in source.ids()]
    wanted = [f"{group}-{number}" for group, most in COUNTS.items() for number in range(1, most + 1)]

    assert sorted(found) == sorted(wanted)
    assert set(wanted) <= INDICATORS.keys()


def test_the_sentences_of_a_group_s_report_are_filled(cast: County) -> None:
    work_of_a_group(cast)

    text = seen(cast.nongye, "003", organ=cast.agri.pk).context["found"].text

    assert "今年以来，驻县农业农村局纪检监察组对日常工作纪律、公车管理等情况进行明察暗访2次。" in text
    assert "今年，驻县农业农村局纪检监察组以1期“纪法贯通，法法衔接”系列讲座为依托，" in text
    assert "学习工作规程、业务技能2次，" in text
    assert "此外，全年为拟提拔任用的干部出具党廉回复3人次。" in text
    assert "要求3个综合监督单位中层干部梳理总结本年度履行“一岗双责”情况，收到0名中层干部的书面材料，" in text
    assert "各被监督单位共有监察对象1名，纪检监察组在岗2名同志，人均监督0.5名监察对象。" in text
    assert (
        "全年共对0起不符合领取低保救助金发放的情况进行了处理，对0起采购公告发布异常和0起车辆信息预警进行了核查。"
        in text
    )
    assert "{" not in text


def test_the_sentences_of_the_county_s_report_are_filled(cast: County) -> None:
    work_of_a_group(cast)

    text = seen(cast.dangfeng, "001").context["found"].text

    assert "2026年，全县共立案查处违纪违法案件1件，移送检察机关审查起诉2人。" in text
    assert "2026年，全县共回复党风廉政意见3人次，提出不适宜建议1条。" in text
    assert "查处并通报形式主义、官僚主义典型问题0件。" in text


def test_days_other_than_the_running_year_are_called_by_their_name(cast: County) -> None:
    work_of_a_group(cast)

    earlier = seen(cast.nongye, "003", period="2025").context["found"].text
    quarter = seen(cast.nongye, "003", period="2026Q1").context["found"].text

    assert "2025年，驻县农业农村局纪检监察组对日常工作纪律、公车管理等情况进行明察暗访1次。" in earlier
    assert "2026年第一季度，驻县农业农村局纪检监察组对日常工作纪律、公车管理等情况进行明察暗访2次。" in quarter


def test_what_no_record_produces_is_left_to_the_writer_with_its_reason(cast: County) -> None:
    answer = seen(cast.dangfeng, "003")
    page = answer.content.decode()

    assert (
        "汲取上级通报的（系统不能统计，请核实后填写）起纪检监察干部违反工作纪律典型案例的教训"
        in answer.context["found"].text
    )
    reason = INDICATORS["I3-27"].reason
    assert reason and f'<span class="blank" title="{reason}">（系统不能统计，请核实后填写）</span>' in page
    assert f"<li>I3-27 上级通报案例数：{reason}</li>" in page


def test_what_other_bodies_report_names_them_and_is_the_county_s_alone(cast: County) -> None:
    reported(cast, "联系服务企业次数", "1234", "次")
    sentence = "统筹县级领导干部联系服务重点（非民营）企业{}次，收集问题{}件，"

    county_wide, own = seen(cast.dangfeng, "003"), seen(cast.dangfeng, "003", organ=cast.agri.pk)

    assert sentence.format("1234", "（未报送）") in county_wide.context["found"].text
    assert "I3-2 联系服务企业次数：部门报送，来源：县发改局。" in county_wide.content.decode()
    assert "I3-3 企业问题收集数：部门报送，本时段尚无报送。" in county_wide.content.decode()
    assert sentence.format("（须另行填写）", "（须另行填写）") in own.context["found"].text
    assert "所选单位没有登记；统计范围选全部时可见" in own.content.decode()


def test_sums_of_money_are_told_in_the_unit_of_the_sentence(cast: County) -> None:
    reported(cast, "协调融资额", "34600", "万元")

    assert "协调解决融资3.46亿元、用地（未报送）亩" in seen(cast.dangfeng, "000").context["found"].text


@pytest.mark.parametrize(
    ("value", "over", "near"),
    [
        (0, "0", "0"),
        (9, "9", "9"),
        (37, "30余", "近40"),
        (40, "40", "40"),
        (1234, "1200余", "近1300"),
        (9999, "9900余", "近1万"),
        (12345, "1.2万余", "近1.3万"),
        (120000, "12万", "12万"),
        (1234567, "120万余", "近130万"),
        (Decimal("3.46"), "3.46", "3.46"),
        (None, "—", "—"),
    ],
)
def test_rounding_is_a_matter_of_words(value: Any, over: str, near: str) -> None:
    assert (written(value, "over"), written(value, "near")) == (over, near)


def test_rounding_changes_the_sentence_and_not_the_table(cast: County) -> None:
    reported(cast, "联系服务企业次数", "1234", "次")

    found = seen(cast.dangfeng, "003", rounding="over").context["found"]

    assert "联系服务重点（非民营）企业1200余次，收集问题（未报送）件" in found.text
    assert next(told.number for told in found.told if told.indicator.id == "I3-2") == "1234"


# --- numbers and their lists --------------------------------------------------------------------------------------------


def test_every_number_opens_exactly_the_records_that_it_counts(cast: County) -> None:
    work_of_a_group(cast)
    made("visits", cast.edu, cast.jiaoyu)
    client, checked = enter(cast.nongye_head), 0
    for source in ("001", "003"):
        for told in client.get(reverse("reports:indicator_source", args=[source]), YEAR).context["found"].told:
            if told.never or not told.value:
                continue
            answer = client.get(told.address)
            ids = INDICATORS[told.indicator.id].records(Scope.of([cast.agri.pk], date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 2, 10)))  # fmt: skip
            assert sorted(row["pk"] for row in answer.context["page"].rows) == ids, told.indicator.id
            checked += 1

    assert checked >= 9


def test_a_topic_narrows_what_bears_topics_and_its_lists(cast: County) -> None:
    work_of_a_group(cast)
    topic = Topic.objects.create(name="节日作风")
    FIGURES["unannounced_visit_count"].rows(Scope(frozenset({cast.agri.pk}), date(2026, 2, 3), date(2026, 2, 3), date(2026, 2, 3))).get().topics.add(topic)  # fmt: skip

    answer = seen(cast.nongye, "003", topic=topic.pk)
    link = next(told.address for told in answer.context["found"].told if told.indicator.id == "I3-15")
    listed = enter(cast.nongye).get(link)

    assert "进行明察暗访1次" in answer.context["found"].text
    assert f"topic={topic.pk}" in link
    assert "明察暗访次数 1次" in listed.content.decode() and "专题：节日作风" in listed.content.decode()
    assert "所选单位没有登记" not in listed.content.decode()
    units = next(told for told in answer.context["found"].told if told.indicator.id == "I3-8")
    assert (units.value, "topic=" in units.address) == (3, False)


def test_numbers_about_persons_are_told_and_their_list_stays_closed(cast: County) -> None:
    person = Official.objects.create(unit=cast.units["县农业农村局"], full_name="张三", post="主任")
    Disposition.objects.create(organ=cast.agri, official=person, form=2, measure="警告", decided_on=date(2026, 2, 3),
                               created_by=cast.nongye)  # fmt: skip

    told = next(told for told in seen(cast.nongye, "000").context["found"].told if told.indicator.id == "I0-13")
    author, closed = (enter(user).get(told.address).content.decode() for user in (cast.nongye, cast.dangfeng))

    assert told.number == "1"
    assert "张三" in author and "名单只对" not in author
    assert "张三" not in closed and "名单只对登记单位的经办人、负责人和有权查看受限记录的领导开放" in closed


# --- whose ------------------------------------------------------------------------------------------------------------


def test_a_foreign_organ_is_not_found(cast: County) -> None:
    client = enter(cast.nongye)
    for name, args in (("indicators", []), ("indicator", ["I3-15"]), ("indicator_source", ["003"]),
                       ("indicator_source_paper", ["003", "docx"])):  # fmt: skip
        address = reverse(f"reports:{name}", args=args)
        assert client.get(address, {"organ": cast.edu.pk}).status_code == 404, name
        assert client.get(address, {"organ": cast.agri.pk}).status_code == 200, name


def test_a_group_counts_its_own_alone(cast: County) -> None:
    made("visits", cast.edu, cast.jiaoyu)

    assert "进行明察暗访0次" in seen(cast.nongye, "003").context["found"].text
    assert "进行明察暗访1次" in seen(cast.jiaoyu, "003").context["found"].text
    assert seen(cast.nongye, "003").context["chosen"].where == "驻县农业农村局纪检监察组"
    assert seen(cast.shuji, "003").context["chosen"].where == "全县"


@pytest.mark.parametrize("address", ["/indicators/I9-9/", "/indicators/sources/002/", "/indicators/sources/003.odt"])
def test_what_does_not_exist_is_not_found(cast: County, address: str) -> None:
    assert enter(cast.dangfeng).get(address).status_code == 404


# --- the table ----------------------------------------------------------------------------------------------------------


def test_the_table_compares_with_the_period_before_and_narrows(cast: County) -> None:
    work_of_a_group(cast)

    rows = {told.indicator.id: told for _, some in table(cast.dangfeng).context["groups"] for told in some}

    assert len(rows) >= 68
    visits = rows["I3-15"]
    assert (visits.number, visits.earlier, visits.change) == ("2", "1", "增加1")
    assert [len(some) for _, some in table(cast.dangfeng, group="001").context["groups"]] == [9]
    found = [told.indicator.id for _, some in table(cast.dangfeng, q="明察暗访").context["groups"] for told in some]
    assert found == ["I3-15"]
    assert "没有这样的指标" in table(cast.dangfeng, q="查无此项").content.decode()


def test_the_workbook_is_the_page(cast: County) -> None:
    work_of_a_group(cast)

    told = [told for _, some in table(cast.dangfeng, group="003").context["groups"] for told in some]
    book = load_workbook(io.BytesIO(table(cast.dangfeng, group="003", format="xlsx").content))
    lines = [["" if cell is None else str(cell) for cell in row] for row in book.active.values][3:]

    assert [line[:7] for line in lines] == [
        [t.indicator.id, t.indicator.name, t.number, t.indicator.unit, t.earlier, t.change, t.kind] for t in told
    ]


# --- one indicator ------------------------------------------------------------------------------------------------------


def test_organs_add_up_to_the_county_and_a_shared_person_is_explained(cast: County) -> None:
    work_of_a_group(cast)
    made("visits", cast.edu, cast.jiaoyu)

    answer = one(cast.dangfeng, "I3-15")
    organs, quarters, years = answer.context["charts"]

    assert dict(zip(organs.categories, organs.series[0].values, strict=True)) == {
        "驻县农业农村局纪检监察组": 2, "驻县教育局纪检监察组": 1}  # fmt: skip
    assert answer.context["sentence"].startswith("各单位合计3次，与总数一致。")
    assert list(quarters.series[0].values) == [0, 0, 0, 0, 0, 0, 1, 3]
    assert (quarters.categories[0], quarters.categories[-1]) == ("2024年二季度", "2026年一季度")
    assert (list(years.categories)[-2:], list(years.series[0].values)) == (["2025年", "2026年"], [0, 0, 0, 1, 3])
    assert answer.context["told"].change == "增加2"


def test_a_person_met_by_two_organs_is_one_person_of_the_county(cast: County) -> None:
    person = Official.objects.create(unit=cast.units["县农业农村局"], full_name="张三", post="主任")
    for organ, clerk in ((cast.agri, cast.nongye), (cast.edu, cast.jiaoyu)):
        Disposition.objects.create(organ=organ, official=person, form=2, measure="警告", decided_on=date(2026, 2, 3),
                                   created_by=clerk)  # fmt: skip
    figure = FIGURES["sanctioned_persons"]
    scope = Scope.of([cast.agri.pk, cast.edu.pk], date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 2, 10))
    key = next(one.id for one in INDICATORS.values() if one.figure == figure.key)

    sentence = one(cast.dangfeng, key).context["sentence"]

    assert (figure.value(scope), figure.by_organ(scope)) == (1, {cast.agri.pk: 1, cast.edu.pk: 1})
    assert "各单位合计2人，总数1人：同一人涉及两个以上单位的，各单位分别计入，总数只计一人。" in sentence


def test_parts_by_rank_stand_in_a_table_of_their_own(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    people = [
        Official.objects.create(unit=unit, full_name=name, post="主任", rank=rank, updated_on=date(2026, 2, 3))
        for name, rank in (("甲", "正处级"), ("乙", "副处级"), ("丙", "副处级"), ("丁", ""))
    ]
    for person in (*people[:2], people[1]):
        made("talks", cast.agri, cast.nongye, kind="integrity_talk", official=person.pk, talk_date="2026-02-03")

    ranks, talks, visits = (one(cast.dangfeng, key) for key in ("I3-14", "I3-5", "I3-15"))
    book = load_workbook(io.BytesIO(one(cast.dangfeng, "I3-14", format="xlsx").content))

    assert ranks.context["parts"].rows == (("副处级", "2"), ("未填", "1"), ("正处级", "1"))
    assert talks.context["parts"].rows == (("副处级", "2"), ("正处级", "1")) and talks.context["told"].value == 3
    assert "<h2>按职级分列</h2>" in ranks.content.decode() and "分列</h2>" not in visits.content.decode()
    assert ("副处级", 2) in [tuple(line[:2]) for line in book["按职级分列"].values]
    meetings = one(cast.dangfeng, "I3-6").context["parts"]
    assert meetings is None  # nothing to divide


def test_words_of_a_vocabulary_and_a_person_in_two_parts_are_told(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    person = Official.objects.create(unit=unit, full_name="甲", post="局长", is_top_leader=True)
    for level in ("secretary", "organ_head"):
        made("talks", cast.agri, cast.nongye, kind="top_leader_talk", official=person.pk, talker_level=level, one_to_one=True,
             talk_date="2026-02-03")  # fmt: skip

    answer = one(cast.dangfeng, "I0-5")

    assert answer.context["told"].value == 1
    assert sorted(answer.context["parts"].rows) == sorted(
        (str(TalkerLevel(level).label), "1") for level in ("secretary", "organ_head")
    )
    assert answer.context["parts"].sentence == "同一人分属两类以上的，各类分别计入，总数只计一次。"


def test_a_number_that_nobody_counts_has_no_chart(cast: County) -> None:
    answer = one(cast.dangfeng, "I3-27")

    assert answer.context["charts"] == [] and "不由系统统计" in answer.content.decode()


# --- paper --------------------------------------------------------------------------------------------------------------


def test_word_says_the_same_sentences_and_lists_the_indicators(cast: County) -> None:
    work_of_a_group(cast)
    found = seen(cast.dangfeng, "003").context["found"]

    answer = enter(cast.dangfeng).get(reverse("reports:indicator_source_paper", args=["003", "docx"]), YEAR)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        xml = packed.read("word/document.xml").decode()
    words = "".join(part.split("<")[0] for part in xml.split(">"))

    for part in found.parts:
        assert part.text in words
    assert "指标表" in words and INDICATORS["I3-15"].name in words and INDICATORS["I3-15"].basis in words
    assert f"I3-27 上级通报案例数：{INDICATORS['I3-27'].reason}" in words


@pytest.mark.parametrize("source", ["001", "004"])
def test_the_pdf_is_set(cast: County, source: str) -> None:
    answer = enter(cast.dangfeng).get(reverse("reports:indicator_source_paper", args=[source, "pdf"]), YEAR)

    assert answer.content.startswith(b"%PDF")


# --- cost ---------------------------------------------------------------------------------------------------------------


def test_pages_cost_the_same_for_many_records(cast: County) -> None:
    client = enter(cast.shuji)
    addresses = [reverse("reports:indicators"), reverse("reports:indicator_source", args=["003"]),
                 reverse("reports:indicator", args=["I0-3"])]  # fmt: skip

    def cost() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(address, YEAR)
            found.append(len(asked))
        return found

    cost()
    few = cost()
    for organ in (cast.agri, cast.town, cast.edu) * 6:
        make_problem(cast, organ, found_on=date(2026, 1, 3), due_on=date(2026, 2, 2))
    work_of_a_group(cast)

    assert Problem.objects.count() == 18
    assert cost() == few
    assert few[0] <= len(INDICATORS) * 2
    with CaptureQueriesContext(connection) as asked:
        tell([one for one in INDICATORS.values() if one.id.startswith("I1")],
             Scope.of([cast.agri.pk], date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 2, 10)))  # fmt: skip
    assert len(asked) <= 9


def test_what_a_topic_does_not_narrow_says_so(cast: County) -> None:
    topic = Topic.objects.create(name="节日作风")

    told = {told.indicator.id: told for told in seen(cast.nongye, "003", topic=topic.pk).context["found"].told}

    assert told["I3-8"].basis.endswith("这项数字不分专题。") and "不分专题" not in told["I3-15"].basis


def test_rates_are_read_beside_their_number(cast: County) -> None:
    Official.objects.create(unit=cast.units["县农业农村局"], full_name="张三", post="主任")

    notes = seen(cast.nongye, "003").context["found"].notes

    assert "I3-26 组内在岗人数：人均监督对象数0.5人。" in notes
    assert not any(
        "整改率" in note for note in seen(cast.dangfeng, "000").context["found"].notes
    )  # nothing to have a share of
    assert one(cast.nongye, "I3-26").content.decode().count("人均监督对象数") == 1


def test_middle_cadres_of_a_topic_are_those_whom_its_talks_reached(cast: County) -> None:
    one_topic, other = Topic.objects.create(name="节日作风"), Topic.objects.create(name="防火")
    person = Official.objects.create(
        unit=cast.units["县农业农村局"], full_name="张三", post="科长", post_level="middle"
    )
    made("talks", cast.agri, cast.nongye, official=person.pk).topics.add(one_topic)
    scope = Scope.of([cast.agri.pk], date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 2, 10))
    figure = FIGURES["middle_cadre_talk_persons"]

    found = {topic.pk: figure.value(replace(scope, topic=topic.pk)) for topic in (one_topic, other)}

    assert found == {one_topic.pk: 1, other.pk: 0}
    told = {told.indicator.id: told for told in seen(cast.nongye, "003", topic=other.pk).context["found"].told}
    assert "不分专题" not in told["I3-19"].basis


def test_ranks_that_nobody_filled_in_are_no_words_of_a_report(cast: County) -> None:
    day = {"post": "主任", "updated_on": date(2026, 2, 3)}
    Official.objects.create(unit=cast.units["县农业农村局"], full_name="张三", **day)
    assert "2026年采集更新并梳理1名干部的情况" in words_of(cast)

    Official.objects.create(unit=cast.units["县农业农村局"], full_name="李四", rank="正科级", **day)
    assert "梳理2名干部（职级未填1名、正科级1名）的情况" in words_of(cast)


def words_of(cast: County) -> str:
    """The text that is copied."""
    return strip_tags(seen(cast.nongye, "003").content.decode()).replace("\n", "")
