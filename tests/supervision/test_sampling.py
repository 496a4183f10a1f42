"""反向核查: the draw can be computed again, nobody checks his own work, a false rectification is open again."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Event
from accounts.workflow import AlreadyDecided, Refused
from supervision.actions.sampling import check_sample, draw_samples, is_as_drawn, quarter_days
from supervision.cure.drawing import draw
from supervision.cure.risk import candidates
from supervision.models import SampledItem, SamplingDraw
from tests.factories import County, county, moment
from tests.supervision.second_looks import fresh_item, struck_off

APRIL = moment(2026, 4, 2)
CHECK = {"checked_on": date(2026, 4, 2), "finding": "实地查看，公示栏仍是旧内容"}
POPULATION = st.dictionaries(st.integers(1, 10**6), st.integers(1, 20), max_size=40).map(lambda d: list(d.items()))


# --- the draw itself ---


@given(POPULATION, st.integers(0, 50), st.text(max_size=20))
def test_the_same_seed_draws_the_same_in_any_order_and_never_one_twice(
    population: list[tuple[int, int]], size: int, seed: str
) -> None:
    drawn = draw(population, size, seed)

    assert drawn == draw(population[::-1], size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(population))
    assert set(drawn) <= {key for key, _ in population}


def test_a_known_seed_gives_a_known_draw() -> None:
    # Computed apart from the product: smallest -ln(u)/w, u from the first six bytes of SHA-256("2026Q1:key").
    assert draw([(1, 1), (2, 5), (3, 1), (4, 9), (5, 2)], 2, "2026Q1") == [4, 2]


def test_the_heavier_is_drawn_more_often() -> None:
    counts = Counter(draw([(1, 1), (2, 9)], 1, f"s{n}")[0] for n in range(1000))

    assert 850 < counts[2] < 950  # nine in ten


# --- the office ---


@pytest.fixture
def cast(db: None) -> County:
    return county()


def drawn(cast: County, *, size: int = 5, **fields: Any) -> SamplingDraw:
    values = {"year": 2026, "quarter": 1, "seed": "a1b2", "by": cast.dangfeng_head, "at": APRIL, **fields}
    return draw_samples(size=size, **values)


def test_quarters_end_where_the_next_begins() -> None:
    assert quarter_days(2026, 1) == (date(2026, 1, 1), date(2026, 4, 1))
    assert quarter_days(2026, 4) == (date(2026, 10, 1), date(2027, 1, 1))


def test_the_county_is_the_population_and_the_draw_can_be_proved(cast: County) -> None:
    items = [struck_off(cast, description=f"问题{n}") for n in range(4)] + [struck_off(cast, cast.edu)]

    made = drawn(cast, size=2)

    assert made.population == [[item.pk, 1] for item in items]
    again = draw([(item.pk, 1) for item in items], 2, "a1b2")
    assert list(made.items.values_list("rectification_id", flat=True)) == again
    assert is_as_drawn(made)


def test_a_touched_population_or_draw_no_longer_proves(cast: County) -> None:
    for n in range(3):
        struck_off(cast, description=f"问题{n}")
    made = drawn(cast, size=1)
    made.population[0][1] = 99
    assert not is_as_drawn(made)

    made.refresh_from_db()
    SampledItem.objects.all().delete()
    assert not is_as_drawn(made)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quarter": 2}, "该季度还没有结束"),
        ({"year": 2025}, "没有销号的问题"),
        ({"seed": " "}, "随机种子"),
        ({"size": 0}, "至少1个"),
        ({"by": "dangfeng"}, "负责人抽取"),
        ({"by": "nongye_head"}, "负责人抽取"),
    ],
)
def test_a_draw_out_of_place_is_refused(cast: County, fields: dict[str, Any], sentence: str) -> None:
    struck_off(cast)
    if "by" in fields:
        fields = {"by": cast.people[fields["by"]]}

    with pytest.raises(Refused, match=sentence):
        drawn(cast, **fields)
    assert SamplingDraw.objects.count() == 0


def test_a_quarter_is_drawn_once(cast: County) -> None:
    struck_off(cast)
    drawn(cast)

    with pytest.raises(Refused, match="不能重抽"):
        drawn(cast, seed="luckier")


def test_a_false_rectification_is_open_again_and_its_organ_learns_it(cast: County) -> None:
    item = struck_off(cast)
    sampled = drawn(cast).items.get()

    check_sample(sampled, "false_rectification", by=cast.dangfeng, at=APRIL, **CHECK)

    fresh = fresh_item(item.problem_id)
    assert (fresh.step, fresh.rebound_count) == ("in_progress", 1)
    event = Event.objects.of(fresh).get(verb="expose")
    assert (event.label, event.by, event.article) == ("认定虚假整改，重新开启", cast.dangfeng, "A9.8c")


def test_a_true_rectification_stays_struck_off(cast: County) -> None:
    item = struck_off(cast)

    check_sample(drawn(cast).items.get(), "ok", by=cast.dangfeng, at=APRIL, **CHECK)

    assert fresh_item(item.problem_id).step == "closed"
    assert candidates(frozenset({cast.agri.pk}))[0]["reasons"] == []


def test_a_result_once_given_stays(cast: County) -> None:
    struck_off(cast)
    sampled = drawn(cast).items.get()
    check_sample(sampled, "ok", by=cast.dangfeng, at=APRIL, **CHECK)

    with pytest.raises(AlreadyDecided, match="周明已核查：整改属实"):
        check_sample(sampled, "false_rectification", by=cast.dangfeng_head, at=APRIL, **CHECK)


def test_whoever_struck_it_off_does_not_check_it(cast: County) -> None:
    item = struck_off(cast)
    item.closed_by = cast.dangfeng  # a head of the group who since moved to 党风政风监督室
    item.save()

    with pytest.raises(Refused, match="您参与过这个问题"):
        check_sample(drawn(cast).items.get(), "ok", by=cast.dangfeng, at=APRIL, **CHECK)
    with pytest.raises(Refused, match="由党风政风监督室人员办理"):
        check_sample(SampledItem.objects.get(), "ok", by=cast.nongye, at=APRIL, **CHECK)


@pytest.mark.parametrize(
    ("verdict", "change", "sentence"),
    [
        ("", {}, "请选择"),
        ("ok", {"finding": " "}, "写明核查情况"),
        ("ok", {"checked_on": date(2026, 4, 3)}, "抽取之日"),
        ("ok", {"checked_on": date(2026, 3, 31)}, "抽取之日"),
    ],
)
def test_a_check_without_words_or_out_of_time_is_refused(
    cast: County, verdict: str, change: dict[str, Any], sentence: str
) -> None:
    struck_off(cast)

    with pytest.raises(Refused, match=sentence):
        check_sample(drawn(cast).items.get(), verdict, by=cast.dangfeng, at=APRIL, **{**CHECK, **change})


def test_the_page_proves_the_draw_and_hides_it_from_the_organs(cast: County) -> None:
    struck_off(cast)
    made = drawn(cast)
    address = reverse("supervision:draw", args=[made.pk])
    client = Client()
    client.force_login(cast.dangfeng, backend="django.contrib.auth.backends.ModelBackend")
    assert "重算，结果与抽取名单一致" in client.get(address).content.decode()

    client.force_login(cast.nongye_head, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 404
