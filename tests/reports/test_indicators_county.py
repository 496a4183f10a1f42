"""Every number that the office is asked for, in a county counted by hand: one organ and the whole, a quarter and the year."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum

from accounts.models import Organ
from checklists.models import Topic
from reports.counting.catalogue import FIGURES, Figure, Scope, freeze
from reports.indicators.catalogue import INDICATORS, RATES
from reports.indicators.rate import words
from reports.indicators.table import ids, rows
from tests.factories import methods
from tests.reports.small_county import (
    FIRST,
    LAST,
    Maker,
    people,
    persons_dealt_with,
    problems,
    projects,
    registers,
    small_county,
    talks,
)
from tests.reports.small_mechanisms import mechanisms

TODAY = date(2027, 1, 31)
NO = None  # nothing to have a share of, or not told of one organ
# id: A in the third quarter, A in 2026, the county in the third quarter, the county in 2026
BY_HAND: dict[str, tuple[Any, Any, Any, Any]] = {
    "I0-1": (2, 2, 5, 5),
    "I0-2": (1, 1, 2, 2),
    "I0-3": (2, 3, 3, 4),
    "I0-4": (1, 1, 2, 2),
    "I0-5": (2, 2, 2, 2),
    "I0-6": (2, 2, 3, 4),
    "I0-7": (1, 1, 2, 3),
    "I0-7/top_leader_talk_rectified_share": ("0.0", "100.0", "0.0", "66.7"),
    "I0-8": (5, 6, 6, 7),
    "I0-9": (3, 3, 3, 4),
    "I0-9/stationed_talk_rectified_share": ("0.0", "33.3", "0.0", "50.0"),
    "I0-10": (1, 1, 2, 3),
    "I0-11": (100, 150, 120, 170),
    "I0-12": (1, 1, 1, 2),
    "I0-13": (2, 2, 2, 3),
    "I0-14": (1, 2, 2, 3),
    "I0-15": (1, 1, 1, 2),
    "I0-16": (1, 2, 1, 2),
    "I0-17": (2, 3, 3, 4),
    "I0-18": (NO, NO, 100, 1149),
    "I0-19": (NO, NO, 0, 0),
    "I0-20": (NO, NO, 0, 0),
    "I0-21": (NO, NO, 0, 0),
    "I0-22": (NO, NO, "2.5", 4),
    "I0-23": (NO, NO, 0, "12.5"),
    "I0-24": (NO, NO, 0, 0),
    "I0-25": (NO, NO, NO, NO),
    "I1-1": (1, 1, 2, 3),
    "I1-2": (0, 0, 2, 5),
    "I1-3": (2, 2, 2, 2),
    "I1-4": (1, 1, 2, 2),
    "I1-5": (0, 1, 1, 2),
    "I1-6": (1, 1, 1, 2),
    "I1-7": (1, 1, 2, 2),
    "I1-8": (2, 3, 3, 4),
    "I1-9": (1, 1, 2, 2),
    "I3-1": (1, 1, 2, 2),
    "I3-2": (NO, NO, 0, 0),
    "I3-3": (NO, NO, 12, 12),
    "I3-4": (NO, NO, 9, 9),
    "I3-5": (2, 2, 3, 4),
    "I3-6": (1, 2, 2, 3),
    "I3-7": (2, 3, 3, 4),
    "I3-8": (2, 2, 7, 7),
    "I3-9": (1, 1, 1, 2),
    "I3-10": (1, 2, 2, 3),
    "I3-11": (2, 3, 2, 3),
    "I3-12": (2, 2, 2, 2),
    "I3-13": (1, 1, 1, 2),
    "I3-14": (2, 3, 3, 4),
    "I3-15": (1, 2, 2, 3),
    "I3-16": (1, 1, 1, 2),
    "I3-17": (1, 1, 1, 1),
    "I3-18": (0, 0, 0, 1),
    "I3-19": (2, 3, 3, 4),
    "I3-20": (2, 2, 2, 3),
    "I3-21": (2, 2, 2, 3),
    "I3-22": (1, 1, 1, 2),
    "I3-23": (1, 1, 2, 2),
    "I3-24": (2, 3, 3, 4),
    "I3-25": (6, 6, 10, 9),
    "I3-26": (3, 2, 17, 16),
    "I3-26/officials_per_staff": ("2.0", "3.0", "0.6", "0.6"),
    "I3-27": (NO, NO, NO, NO),
    "I4-1": (1, 1, 3, 3),
    "I4-2": ("7.0", "8.3", "8.5", "8.8"),
    "I4-2/report_in_time_rate": ("100.0", "66.7", "100.0", "75.0"),
    "I4-3": (2, 3, 2, 4),
    "I4-3/consultation_coverage": ("100.0", "60.0", "28.6", "26.7"),
    "I4-4": (1, 1, 1, 2),
    "I4-4/quarterly_report_in_time_rate": ("100.0", "50.0", "33.3", "40.0"),
    "I4-5": (0, 0, 1, 1),
    "I4-6": (1, 2, 2, 3),
    "I4-7": (0, 0, 1, 1),
    "R-1": ("100.0", "100.0", "80.0", "75.0"),
    "R-2": ("40.0", "60.0", "42.9", "57.1"),
    "R-3": ("25.0", "60.0", "40.0", "66.7"),
    "R-3/rectification_rate_due": ("33.3", "75.0", "50.0", "80.0"),
    "R-4": (2, 1, 2, 1),
    "R-4/overdue_days": (82, 133, 82, 133),
    "R-5": ("0.0", "0.0", "100.0", "50.0"),
    "R-6": ("0.0", "0.0", "33.3", "16.7"),
    "R-6/monthly_task_done_rate": ("100.0", "50.0", "50.0", "33.3"),
    "R-7": (1, 1, 1, 2),
    "R-7/rebound_share": ("50.0", "50.0", "50.0", "33.3"),
    "R-8": ("100.0", "25.0", "100.0", "25.0"),
    "R-8/pre_holiday_notices": (1, 1, 1, 2),
    "R-9": (3, 3, 4, 4),
    "R-9/disposition_share_1": ("33.3", "33.3", "25.0", "20.0"),
    "R-9/disposition_share_2": ("33.3", "33.3", "50.0", "40.0"),
    "R-9/disposition_share_3": ("33.3", "33.3", "25.0", "40.0"),
    "R-9/disposition_share_4": ("0.0", "0.0", "0.0", "0.0"),
    "R-10": (NO, NO, "0.0", "50.0"),
    "R-11": ("60.0", "66.7", "66.7", "71.4"),
    "R-11/meeting_opinion_adopted_rate": ("66.7", "66.7", "75.0", "75.0"),
    "R-11/topic_opinion_adopted_rate": ("50.0", "66.7", "50.0", "66.7"),
    "R-13": ("50.0", "100.0", "66.7", "100.0"),
    "R-13/on_time_reply_rate": ("50.0", "50.0", "50.0", "50.0"),
}


def scope(organs: Any, first: date = FIRST, last: date = LAST) -> Scope:
    """Some organs in the third quarter, or in other days, looked at a month after the year."""
    return Scope.of((organ.pk for organ in organs), first, last, today=TODAY)


def scopes(make: Maker) -> list[Scope]:
    """The four columns of the table."""
    year = (date(2026, 1, 1), date(2026, 12, 31))
    own, whole = [make.organs["A"]], list(Organ.objects.all())
    return [scope(own), scope(own, *year), scope(whole), scope(whole, *year)]


def same(found: Any, by_hand: Any) -> bool:
    """Equal as numbers; a missing number is no zero."""
    return found is None if by_hand is None else found is not None and Decimal(found) == Decimal(by_hand)


# Fewer than 200 records can be held in the head: the county is also counted in two halves. What each half leaves out:
REGISTERED = {
    "I0-5", "I0-6", "I0-7", "I0-7/top_leader_talk_rectified_share", "I0-8", "I0-18", "I0-22", "I0-23", "I1-1", "I1-2", "I1-3", "I1-8", "I1-9", "I3-3",
    "I3-4", "I3-5", "I3-6", "I3-7", "I3-9", "I3-10", "I3-11", "I3-12", "I3-15", "I3-16", "I3-17", "I3-18", "I3-19", "I3-20", "I3-21", "I3-22", "I3-23",
    "I3-24", "R-1", "R-2", "R-8/pre_holiday_notices", "R-10", "R-11", "R-11/meeting_opinion_adopted_rate", "R-11/topic_opinion_adopted_rate"
}  # fmt: skip
PAPERS = {
    "I0-13", "I0-17", "I1-4", "I1-5", "I1-6", "I3-13", "I4-2", "I4-2/report_in_time_rate", "I4-3", "I4-3/consultation_coverage", "I4-4",
    "I4-4/quarterly_report_in_time_rate", "I4-5", "I4-6", "I4-7", "R-5", "R-6", "R-6/monthly_task_done_rate", "R-8", "R-9", "R-9/disposition_share_1",
    "R-9/disposition_share_2", "R-9/disposition_share_3", "R-9/disposition_share_4", "R-13", "R-13/on_time_reply_rate"
}  # fmt: skip
HALVES: dict[str, tuple[tuple[Any, ...], set[str]]] = {
    "papers": ((people, projects, problems, persons_dealt_with, mechanisms), REGISTERED),
    "registers": ((people, projects, problems, talks, registers), PAPERS),
}


def unlike(columns: list[Scope]) -> dict[str, Any]:
    """Each number that is not the one counted by hand: what the columns say, and what they should."""
    found = [{row.id: row.value for row in rows(one)} for one in columns]
    assert set(BY_HAND) == {key for key in found[0] if not key.startswith("E-")} - {"R-12"}  # the appraisals' own room
    return {key: ([column[key] for column in found], by_hand) for key, by_hand in BY_HAND.items()
            if not all(same(column[key], one) for column, one in zip(found, by_hand, strict=True))}  # fmt: skip


def written() -> int:
    """How many records there are, whatever their kind; what history and links keep beside them is not counted."""
    apps_ = ("accounts", "checklists", "supervision", "ledgers", "reports")
    models = [model for model in apps.get_models() if model._meta.app_label in apps_]
    return sum(model._base_manager.count() for model in models if not model.__name__.startswith("Historical"))


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("half", HALVES)
def test_a_half_of_fewer_than_200_records_gives_every_number_counted_by_hand(half: str) -> None:
    parts, left_out = HALVES[half]
    make = Maker()
    methods()  # what ships with the product may have been emptied by a journey
    frame = written()  # organs, their staff and units, their leaders: no records of work

    for part in parts:
        part(make)

    assert 150 < written() - frame < 200
    assert {key: found for key, found in unlike(scopes(make)).items() if key not in left_out} == {}
    assert REGISTERED.isdisjoint(PAPERS)  # so that each number is counted in one half at least


@pytest.mark.django_db
def test_every_number_of_the_small_county_is_the_one_counted_by_hand() -> None:
    make = small_county()
    mechanisms(make)
    columns = scopes(make)

    assert unlike(columns) == {}
    _ids_are_the_records_counted(columns)
    _organs_add_up(columns[2:])
    _topics_narrow_and_replace(columns)
    _parts_are_told_apart(columns)
    _the_command_says_the_same(make, columns)
    _what_is_frozen_stays(make, columns[0])


def _is_plain(one: Figure) -> bool:
    return one.reckon is None and bool(one.organ)


def _counts_records(one: Figure) -> bool:
    return _is_plain(one) and repr(one.measure) == repr(Count("pk", distinct=True))


def _ids_are_the_records_counted(columns: list[Scope]) -> None:
    counted = [(one, when) for one in FIGURES.values() for when in columns[::3]]

    assert [
        one.key for one, when in counted if len(one.ids(when)) != one.records(when).values("pk").distinct().count()
    ] == []
    assert [one.key for one, when in counted if _counts_records(one) and len(one.ids(when)) != one.value(when)] == []


def _organs_add_up(columns: list[Scope]) -> None:
    """Records and money add up to the county; persons do not, they are fewer or as many."""
    for when in columns:
        for one in FIGURES.values():
            total, parts = one.value(when), sum(one.by_organ(when).values())
            if _counts_records(one) or (_is_plain(one) and isinstance(one.measure, Sum)):
                assert parts == total, one.key
            elif _is_plain(one):
                assert parts >= total, one.key
    taught = FIGURES["middle_cadre_talk_persons"]
    assert (taught.value(columns[0]), sum(taught.by_organ(columns[0]).values())) == (3, 4)
    assert sum(FIGURES["sanctioned_persons"].by_organ(columns[0]).values()) == 3  # 乙 by A and by C, counted once above


def _topics_narrow_and_replace(columns: list[Scope]) -> None:
    """A topic asked for narrows what bears topics, and takes the place of the topic in an indicator's name."""
    asked = {name: Topic.objects.get(name=name).pk for name in ("乡村振兴", "五难", "环保督察")}

    def of(key: str, topic: str) -> Any:
        when = columns[0]
        return INDICATORS[key].value(Scope(when.organs, when.first, when.last, when.on, asked[topic]))

    assert [of("I0-3", topic) for topic in ("五难", "乡村振兴", "环保督察")] == [2, 1, 0]
    assert [of("I0-11", "五难"), of("I0-11", "乡村振兴")] == [100, 0]
    assert [of("I0-17", "环保督察"), of("I3-6", "五难"), of("I3-25", "五难")] == [1, 0, 6]


def _parts_are_told_apart(columns: list[Scope]) -> None:
    """Coverage per unit, officials per rank; an average of nothing is frozen as a dash."""
    assert RATES["stationed_talk_coverage"].parts(columns[2]) == {
        "县农业农村局": (2, 4, Decimal("50.0")),
        "县畜牧服务中心": (0, 1, Decimal("0.0")),
        "县教育局": (1, 2, Decimal("50.0")),
    }
    assert INDICATORS["I3-14"].parts(columns[3]) == {"正处级": 1, "副处级": 1, "科级": 1, "县处级": 1}
    nothing = scope([], date(2020, 1, 1), date(2020, 3, 31))
    assert freeze(["days_approval_to_submission"], nothing)["days_approval_to_submission"]["value"] == "—"
    assert {row.id: row.value for row in rows(nothing, ["R-1", "R-3", "I1-1"])}["R-1"] is None


def _the_command_says_the_same(make: Maker, columns: list[Scope]) -> None:
    days = ("--from", "2026-07-01", "--to", "2026-09-30")
    name = make.organs["A"].name
    answer = _asked(*days, "--organ", name, "--json")

    assert {key: one["value"] for key, one in answer.items() if not key.startswith("E-")} == {
        key: None if by_hand[0] is None else float(by_hand[0]) for key, by_hand in {**BY_HAND, "R-12": (answer["R-12"]["value"],)}.items()
    }  # fmt: skip
    assert answer["I3-5"] == {"name": "处级廉政谈话人次", "value": 2, "unit": "人次", "class": "C", "records": 2}
    assert answer["I0-5"] == {"name": "与一把手一对一谈话人数", "value": 2, "unit": "名", "class": "C", "records": 3}
    assert answer["I0-25"] == {"name": "省级营商环境标杆称号", "value": None, "unit": "年", "class": "N", "records": 0}
    assert answer["R-1"] == {"name": "一把手谈话覆盖率", "value": 100, "unit": "%", "class": "R", "records": 2}
    assert _asked(*days, "--id", "I0-22", "R-3", "--json") == {
        "I0-22": {"name": "协调融资额", "value": 2.5, "unit": "亿元", "class": "E", "records": 1},
        "R-3": {"name": "整改率", "value": 40, "unit": "%", "class": "R", "records": 5},
        "R-3/rectification_rate_due": {"name": "到期整改率", "value": 50, "unit": "%", "class": "R", "records": 4},
    }
    assert _asked(*days, "--organ", name, "--topic", "乡村振兴", "--id", "I0-3", "--json")["I0-3"]["value"] == 1
    assert "R-10\t“一案一剖析”率\t—\t0条记录" in _printed(*days, "--organ", name).splitlines()


def _printed(*words_: str) -> str:
    out = StringIO()
    call_command("indicators", *words_, stdout=out)
    return out.getvalue()


def _asked(*words_: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_printed(*words_))
    return found


def _what_is_frozen_stays(make: Maker, when: Scope) -> None:
    """A year later the records behind a frozen figure still make its number, whatever was written down since."""
    keys = [one.figure for one in INDICATORS.values() if one.figure]
    kept = freeze(keys, when)
    make.problem("later", "A", "09-15", topics=["五难"], routes="rectify")

    live = FIGURES["campaign_problem_handled_count"]
    assert (kept[live.key]["value"], live.value(when)) == ("2", 3)
    for key in keys:
        one = FIGURES[key]
        rows_ = one.rows(when).model._default_manager.filter(pk__in=kept[key]["ids"])
        assert str(one.over(rows_, when)) == kept[key]["value"], key


@pytest.mark.once
def test_the_catalogue_holds_exactly_the_numbers_asked_for() -> None:
    wanted = [*(f"I0-{n}" for n in range(1, 26)), *(f"I1-{n}" for n in range(1, 10)), *(f"I3-{n}" for n in range(1, 28)),
              *(f"I4-{n}" for n in range(1, 8))]  # fmt: skip
    declared = [key for key in INDICATORS if not key.startswith("E-")]
    origins = [INDICATORS[key].origin.value for key in wanted]

    assert declared == wanted
    assert (origins.count("C"), origins.count("E"), origins.count("N")) == (56, 10, 2)
    assert set(INDICATORS) - set(wanted) <= {f"E-{n}" for n in range(1, 6)}
    assert [f"R-{n}" for n in range(1, 14) if f"R-{n}" not in ids()] == []


@pytest.mark.once
def test_every_indicator_says_what_it_counts_and_every_figure_opens() -> None:
    counted = [one for one in INDICATORS.values() if one.figure]

    assert [one.id for one in INDICATORS.values() if not (one.basis.endswith("。") and one.phrase and one.clause)] == []
    assert [
        one.id for one in counted if FIGURES[one.figure].unit != one.unit and one.scale == 1 and not _same_unit(one)
    ] == []
    assert [one.id for one in INDICATORS.values() if (one.origin.value == "N") != bool(one.reason)] == []
    assert [one.id for one in INDICATORS.values() for key in one.beside if RATES[key].id != one.id] == []
    assert [one.key for one in RATES.values() if not one.basis.endswith("。")] == []
    assert words(None, "%") == "—" and words(Decimal("62.5"), "%") == "62.5%"


def _same_unit(one: Any) -> bool:
    return FIGURES[one.figure].unit in {"人", "名", "家次"} and one.unit in {"人", "名"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sentence", "status"),
    [
        (("--from", "2026-07-01", "--to", "2026-09-31"), "--to 不是日期：2026-09-31", 2),
        (("--from", "2026-10-01", "--to", "2026-09-30"), "晚于截止日期", 2),
        (("--from", "2026-07-01", "--to", "2026-09-30", "--organ", "不存在的单位"), "没有名为“不存在的单位”的单位", 1),
        (("--from", "2026-07-01", "--to", "2026-09-30", "--topic", "不存在的专题"), "没有名为“不存在的专题”的专题", 1),
        (("--from", "2026-07-01", "--to", "2026-09-30", "--id", "I9-9"), "没有编号为“I9-9”的指标", 2),
    ],
)
def test_nonsense_is_refused_in_a_sentence(asked: tuple[str, ...], sentence: str, status: int) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("indicators", *asked, "--json")

    assert refused.value.returncode == status
