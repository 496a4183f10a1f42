"""What the filled sentences may say: their true subject, nothing whole that is not whole, no number that nobody gave."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Official
from checklists.models import Topic
from ledgers.models import TalkRecord
from reports.counting.catalogue import FIGURES, Scope
from reports.indicators.catalogue import INDICATORS, RATES
from reports.indicators.telling.texts import MARK, SOURCES, Whose
from supervision.models import InspectionReport, Problem
from supervision.states import Source as Found
from tests.factories import NOW, County, county, enter, moment
from tests.ledgers.registers import made
from tests.reports.test_indicator_pages import reported
from tests.samples import make_problem, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TEXTS = ("000", "001", "003")


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


@pytest.fixture(autouse=True)
def _february() -> Any:
    """The office's day is 10 February 2026."""
    with time_machine.travel(moment(2026, 2, 10), tick=False):
        yield


def found(user: Any, source: str, **query: Any) -> Any:
    """The filled text of the year 2026."""
    return (
        enter(user)
        .get(reverse("reports:indicator_source", args=[source]), {"period": "2026", **query})
        .context["found"]
    )


def words_of(user: Any, source: str, **query: Any) -> str:
    """The words of its Word paper."""
    address = reverse("reports:indicator_source_paper", args=[source, "docx"])
    answer = enter(user).get(address, {"period": "2026", **query})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())


# --- whose --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", TEXTS)
def test_one_organ_s_text_never_speaks_for_the_county(cast: County, source: str) -> None:
    for organ in (cast.agri, cast.town, cast.cso):
        text = found(cast.dangfeng, source, organ=organ.pk).text

        for words in ("全县", "我县", "县纪委监委高位", "县纪委监委制定", "县纪委监委强化", "各派驻"):
            assert words not in text, (organ.label, words)
        assert organ.label in text


def test_the_same_number_has_its_own_subject(cast: County) -> None:
    made("cases", cast.agri, cast.nongye, filed_on="2026-01-05")
    cast.agri.short_name = "农业农村组"
    cast.agri.save()
    sentence = "立案查处违纪违法案件{}件"

    texts = [
        found(cast.dangfeng, "001", **query).text for query in ({}, {"organ": cast.agri.pk}, {"organ": cast.town.pk})
    ]

    assert f"2026年，全县共{sentence.format(1)}" in texts[0]
    assert f"2026年，驻县农业农村局纪检监察组{sentence.format(1)}" in texts[1]
    assert f"2026年，{cast.town.label}{sentence.format(0)}" in texts[2]


def test_a_leader_s_few_organs_are_not_the_county(cast: County) -> None:
    text = found(cast.xieguan2, "001").text

    assert "2026年，分管单位立案查处" in text and "全县" not in text


def test_a_group_s_report_has_its_own_title_and_the_county_another(cast: County) -> None:
    own, county_wide, town = (
        found(cast.dangfeng, "003", **query) for query in ({"organ": cast.agri.pk}, {}, {"organ": cast.town.pk})
    )

    assert [one.title for one in (own, county_wide, town)] == [
        "纪检监察组工作总结",
        "纪检监察机构工作总结",
        "纪检监察工作总结",
    ]
    assert "仅有" not in county_wide.text and "综合监督单位" not in county_wide.text
    assert re.search(r"全县纪检监察机构在岗\d+名同志", county_wide.text)
    assert "纪检监察组在岗2名同志" in own.text and "纪检监察组" not in town.text


@pytest.mark.parametrize("source", TEXTS)
@pytest.mark.parametrize("whose", list(Whose))
def test_every_mark_of_every_wording_can_be_filled_for_every_subject(source: str, whose: Whose) -> None:
    text = SOURCES[source]

    assert set(text.rates()) <= RATES.keys() and set(text.divided()) <= {
        key for key, one in INDICATORS.items() if one.split
    }
    for part in text.parts:
        for one in part.sentences:
            for wording in one.wordings:
                assert not re.search(r"[{}]", MARK.sub("", wording)), wording
    assert any(whose in one.whose for part in text.parts for one in part.sentences)


def test_a_chosen_topic_is_named_wherever_the_text_goes(cast: County) -> None:
    topic = Topic.objects.create(name="节日作风")
    lead = "以下是全县2026年专题“节日作风”的情况。"

    told = found(cast.dangfeng, "000", topic=topic.pk)
    words = words_of(cast.dangfeng, "000", topic=topic.pk)

    assert told.title == "深化政治监督工作总结材料（专题：节日作风）"
    assert told.text.startswith(f"{told.title}\n{lead}\n一、") and told.title in words and lead in words
    assert "五难" not in told.text and "疫情" not in told.text and "四个不摘" not in told.text
    assert "围绕专题“节日作风”查处并推动整改问题0个" in told.text
    whatever = found(cast.dangfeng, "003", topic=topic.pk).notes[0]
    assert whatever.startswith("不分专题的数字：监督单位数、") and "明察暗访次数" not in whatever
    assert "以下是" not in found(cast.dangfeng, "000").text
    assert [one.basis.endswith("这里按所选专题统计，代替口径中的专题。") for one in told.told if one.indicator.id in ("I0-3", "I0-14")] == [
        True, False]  # fmt: skip


# --- what claims to be whole --------------------------------------------------------------------------------------------


def talked(cast: County, times: int, fixed: int) -> None:
    """A talk of the group that raised some problems, some of which were put right on the spot."""
    person = Official.objects.create(
        unit=cast.units["县农业农村局"], full_name="张三", post="科长", is_team_member=True
    )
    Official.objects.create(unit=cast.units["县农业农村局"], full_name="李四", post="科长", is_team_member=True)
    talk = made("talks", cast.agri, cast.nongye, kind="heart_to_heart", official=person.pk, talk_date="2026-02-03")
    for number in range(times):
        problem = make_problem(cast, cast.agri, description=f"问题{number}", found_on=date(2026, 2, 3))
        Problem.objects.filter(pk=problem.pk).update(source=Found.TALK, fixed_on_spot=number < fixed)
        TalkRecord.objects.get(pk=talk.pk).problems.add(problem)


@pytest.mark.parametrize(
    ("fixed", "told"),
    [
        (0, "发现并指出问题2个，其中已督促整改到位0个（0%）。"),
        (1, "发现并指出问题2个，其中已督促整改到位1个（50%）。"),
        (2, "发现并指出问题2个，已全部督促整改到位。"),
    ],
)
def test_put_right_is_told_as_far_as_it_is(cast: County, fixed: int, told: str) -> None:
    talked(cast, 2, fixed)

    text = found(cast.dangfeng, "000").text

    assert told in text
    assert "开展谈心谈话，覆盖率50%，完成谈话1人，" in text and "全覆盖" not in text


def test_a_share_opens_what_it_is_a_share_of(cast: County) -> None:
    talked(cast, 2, 1)

    answer = enter(cast.dangfeng).get(
        reverse("reports:indicator_source", args=["000"]), {"period": "2026", "organ": cast.agri.pk}
    )
    pieces = [
        piece for part in answer.context["found"].parts for one in part.sentences for piece in one if piece.address
    ]
    shares = {
        (piece.text, piece.address.split("/")[2]): piece.address for piece in pieces if "stationed" in piece.address
    }

    assert list(shares) == [
        ("50%", "stationed_persons_registered"),
        ("1", "stationed_talk_problem_rectified"),
        ("50%", "stationed_talk_problem_count"),
    ]
    assert all(f"organ={cast.agri.pk}" in address for address in shares.values())
    assert [enter(cast.nongye).get(address).status_code for address in shares.values()] == [200] * len(shares)
    assert "派驻单位谈心谈话覆盖率：" in answer.content.decode()


def test_full_coverage_is_told_when_it_is_full(cast: County) -> None:
    talked(cast, 0, 0)
    Official.objects.filter(full_name="李四").delete()

    text = found(cast.dangfeng, "000", organ=cast.agri.pk).text

    assert (
        "驻县农业农村局纪检监察组对被监督单位班子成员及科室负责人实现谈心谈话全覆盖，完成谈话1人，发现并指出问题0个。"
        in text
    )


def test_meetings_of_every_quarter_are_claimed_only_when_they_were_held(cast: County) -> None:
    assert "1个季度中有0个季度召开工作调度会，2个月中有0个月印发重点任务清单，" in found(cast.dangfeng, "000").text
    assert "1个季度中有0个季度组织" in found(cast.nongye, "003").text
    assert "期间没有查结案件；" in found(cast.dangfeng, "001").text


def test_a_case_without_analysis_is_told(cast: County) -> None:
    made("cases", cast.agri, cast.nongye, filed_on="2026-01-05", concluded_on="2026-02-05")

    assert "查结案件1件，已作“一案一剖析”0件（0%），" in found(cast.dangfeng, "001").text


def test_titles_that_the_province_gives_are_left_to_people(cast: County) -> None:
    text = found(cast.dangfeng, "000").text

    assert "获评的称号和连续获评的年数：（系统不能统计，请核实后填写）。" in text and "标杆县" not in text


def test_no_sentence_claims_everything_without_its_share() -> None:
    claims = re.compile(r"全覆盖|全部|每季度|每月|逢节假日|均对|每一个|到位")
    bare = [
        one.text
        for source in SOURCES.values()
        for part in source.parts
        for one in part.sentences
        if any(claims.search(wording) for wording in one.wordings) and not one.of
    ]

    assert bare == []


def test_headings_are_numbered_and_copied(cast: County) -> None:
    told = found(cast.dangfeng, "001")

    assert [part.heading for part in told.parts] == [
        "一、聚焦关键环节强化政治监督", "二、聚焦关键事项强化政治监督", "三、聚焦关键领域强化政治监督"]  # fmt: skip
    assert told.parts[1].copied.startswith("二、聚焦关键事项强化政治监督\n一是把“两个维护”放在首位。")
    assert "\n三、聚焦关键领域强化政治监督\n" in told.text
    assert "三、聚焦关键领域强化政治监督" in words_of(cast.dangfeng, "001")


def test_ranks_stand_after_the_number_of_officials(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    for name, rank in (("甲", "正处级"), ("乙", "副处级"), ("丙", "副处级"), ("丁", "")):
        Official.objects.create(unit=unit, full_name=name, post="主任", rank=rank, updated_on=date(2026, 2, 3))

    text = found(cast.nongye, "003").text

    assert "梳理4名干部（副处级2名、职级未填1名、正处级1名）的情况" in text


# --- what nobody reported, averages of nothing ----------------------------------------------------------------------------


def rows_of(user: Any) -> Mapping[str, Any]:
    """The table of indicators."""
    groups = enter(user).get(reverse("reports:indicators"), {"period": "2026"}).context["groups"]
    return {told.indicator.id: told for _, some in groups for told in some}


def test_what_nobody_reported_is_a_blank_and_a_reported_nothing_is_nought(cast: County) -> None:
    reported(cast, "企业问题收集数", "0", "件")
    rows, text = rows_of(cast.dangfeng), found(cast.dangfeng, "003").text

    assert "企业（未报送）次，收集问题0件，已解决企业反映的问题（未报送）件。" in text
    assert [(rows[key].number, rows[key].earlier, rows[key].change) for key in ("I3-2", "I3-3")] == [
        ("未报送", "—", ""), ("0", "—", "")]  # fmt: skip
    page = enter(cast.dangfeng).get(reverse("reports:indicator", args=["I3-3"]), {"period": "2026"})
    quarters = page.context["charts"][0]
    assert list(quarters.series[0].values) == [None] * 7 + [0]


def test_an_average_of_nothing_is_a_dash_and_of_the_same_day_is_nought(cast: County) -> None:
    for organ, submitted in ((cast.agri, date(2026, 2, 3)), (cast.town, date(2026, 2, 5))):
        InspectionReport.objects.create(
            round=make_round(cast, organ), organ=organ, title="报告", step="sc_submitted", approved_at=moment(2026, 2, 3), due_on=date(2026, 2, 13),
            last_on=date(2026, 2, 13), submitted_on=submitted, submitted_by=cast.dangfeng, digest="x", created_by=cast.dangfeng, created_at=NOW,
        )  # fmt: skip
    scope = Scope.of(
        [cast.agri.pk, cast.town.pk, cast.edu.pk], date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 2, 10)
    )

    answer = enter(cast.dangfeng).get(reverse("reports:indicator", args=["I4-2"]), {"period": "2026"})
    organs, quarters, years = answer.context["charts"]
    book = load_workbook(io.BytesIO(enter(cast.dangfeng).get(reverse("reports:indicator", args=["I4-2"]), {"period": "2026", "format": "xlsx"}).content))  # fmt: skip

    assert FIGURES["days_approval_to_submission"].by_organ(scope) == {cast.agri.pk: 0, cast.town.pk: 2}
    assert dict(zip(organs.categories, organs.series[0].values, strict=True)) == {
        cast.agri.label: 0,
        cast.town.label: 2,
    }
    assert list(quarters.series[0].values) == [None] * 7 + [1] and list(years.series[0].values) == [None] * 4 + [1]
    sentence = answer.context["sentence"]
    assert "没有可以平均的记录" in sentence and "为0" not in sentence and "合计" not in sentence
    assert '<th scope="row">2025年一季度</th><td class="num">—</td>' in answer.content.decode()
    assert ("2025年一季度", "—") in [tuple(line[:2]) for sheet in book for line in sheet.values]


def test_a_topic_that_the_office_has_not_is_told_where_its_number_stands(cast: County) -> None:
    answer = enter(cast.nongye).get(reverse("reports:indicator", args=["I1-4"]), {"period": "2026"}).content.decode()
    gap = "专题词表中还没有名称含“环保督察”的专题，无法计入。"

    assert (
        f"<dt>计入专题</dt><dd>名称含“环保督察”的专题<br>{gap}" in answer and reverse("checklists:vocabulary") in answer
    )
    assert f"I1-4 环保督察追责人数：{gap}请党风政风监督室在专题词表增加。" in found(cast.nongye, "001").notes
    assert rows_of(cast.nongye)["I1-4"].basis.endswith(gap)

    Topic.objects.create(name="环保督察“回头看”")
    answer = enter(cast.nongye).get(reverse("reports:indicator", args=["I1-4"]), {"period": "2026"}).content.decode()
    assert "<dt>计入专题</dt><dd>名称含“环保督察”的专题</dd>" in answer and "专题词表中还没有" not in answer
    assert (
        "“四个不摘”、“乡村振兴”"
        in enter(cast.nongye).get(reverse("reports:indicator", args=["I0-12"])).content.decode()
    )
    assert "计入专题" not in enter(cast.nongye).get(reverse("reports:indicator", args=["I3-15"])).content.decode()
