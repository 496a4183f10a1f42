"""Campaigns and their topic, talks and whom they reached, what waits to be verified: rules and pages from outside."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.workflow import Refused
from checklists.models import Topic
from ledgers.actions import books
from ledgers.actions.verifying import verify_many
from ledgers.books.campaigns import bears
from ledgers.books.coverage import REACHES, by_level, not_talked, unit_rows
from ledgers.books.register import REGISTERS
from ledgers.books.verifying import by_organ, ready, waiting
from ledgers.models import SpecialCampaign
from supervision.actions.reporting.accountability import tag_accountability, verify_accountability
from supervision.actions.reporting.disposal import decide_accountability, start_accountability
from supervision.models import AccountabilityAction
from tests.factories import NOW, TODAY, County, county, enter
from tests.ledgers.registers import case, made, official
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def action(cast: County, *, decided: bool = True, by: Any = None, organ: Any = None) -> AccountabilityAction:
    """An action of the agriculture group, or of another organ and its clerk."""
    problem = make_problem(cast, organ or cast.agri)
    row = start_accountability(
        problem, by=by or cast.nongye, at=NOW, object_kind="organisation", object_name="县农业农村局党组", responsibility="main",
        competent_organ="县纪委监委", started_on=TODAY,
    )  # fmt: skip
    if decided:
        decide_accountability(row, by=by or cast.nongye, at=NOW, decided_on=TODAY, result="通报")
    return AccountabilityAction.objects.get(pk=row.pk)


# --- campaigns ---


def campaign(cast: County, name: str) -> Any:
    """A campaign of 党风政风监督室."""
    values = {"name": name, "starts_on": TODAY, "state": "prepared"}
    return books.enter(REGISTERS["campaigns"], organ=cast.cso, values=values, by=cast.dangfeng, at=NOW)


def test_a_campaign_owns_a_topic_adopts_a_free_one_and_renames_it(cast: County) -> None:
    free = Topic.objects.create(name="校园餐", is_active=False)
    adopted = campaign(cast, "校园餐")
    own = campaign(cast, "高标准农田")

    books.change(own, values={"name": "高标准农田整治"}, by=cast.dangfeng, at=NOW)

    assert adopted.topic == free and Topic.objects.get(pk=free.pk).is_active
    assert list(Topic.objects.filter(campaign__isnull=False).order_by("pk").values_list("name", flat=True)) == [
        "校园餐",
        "高标准农田整治",
    ]
    with pytest.raises(Refused, match="属于另一个专项整治“校园餐”"):
        campaign(cast, "校园餐")
    Topic.objects.create(name="冬季供暖")
    with pytest.raises(Refused, match="改名后会与它混淆"):
        books.change(own, values={"name": "冬季供暖"}, by=cast.dangfeng, at=NOW)
    books.take_out(adopted, reason="重复", by=cast.dangfeng, at=NOW)
    with pytest.raises(Refused, match="（已删除）"):
        campaign(cast, "校园餐")


def test_campaigns_of_before_get_their_topics_under_names_of_their_own(cast: County) -> None:
    def old(name: str, **more: Any) -> SpecialCampaign:
        return SpecialCampaign.objects.create(organ=cast.cso, name=name, starts_on=TODAY, created_by=cast.dangfeng, created_at=NOW,
                                              updated_by=cast.dangfeng, updated_at=NOW, **more)  # fmt: skip

    free = Topic.objects.create(name="医保基金", is_active=False)
    gone = old("校园餐", removed_at=NOW, removed_by=cast.dangfeng_head, removed_reason="重复")
    first, second, adopts, long = old("校园餐"), old("校园餐"), old("医保基金"), old("集中" * 25)
    longer = old("集中" * 30)
    owned = campaign(cast, "高标准农田")
    old("高标准农田")
    give: Any = import_module("ledgers.migrations.0008_campaign_topics").give_topics

    give(apps, None)
    give(apps, None)  # a second time there is nothing to do

    for row, name in ((first, "校园餐"), (second, "校园餐（2）"), (gone, "校园餐（3）"), (adopts, "医保基金"), (owned, "高标准农田"),
                      (long, "集中" * 20), (longer, "集中" * 18 + "集（2）")):  # fmt: skip
        row.refresh_from_db()
        assert row.topic is not None and row.topic.name == name
    free.refresh_from_db()
    assert adopts.topic == free and free.is_active
    assert not SpecialCampaign.objects.filter(topic=None).exists()
    books.change(
        second, values={"package": "整治清单"}, by=cast.dangfeng, at=NOW
    )  # the numbered name does not stand in the way
    assert Topic.objects.filter(name="校园餐（2）").exists()


def test_what_bears_a_campaign_is_counted_for_those_who_may_see_it(cast: County) -> None:
    wide = campaign(cast, "校园餐")
    make_problem(cast, cast.agri, topics=[wide.topic])
    make_problem(cast, cast.edu, topics=[wide.topic])
    made("visits", cast.agri, cast.nongye, topics=[wide.topic.pk])
    books.enter(REGISTERS["publicity"], organ=cast.cso, by=cast.dangfeng, at=NOW,
                values={"title": "海报", "medium": "poster", "published_on": TODAY, "copies": 300, "campaign": wide})  # fmt: skip
    tag_accountability(action(cast), in_cooperation=True, topics=[wide.topic], by=cast.nongye, at=NOW)

    def seen(user: Any) -> list[int]:
        return [entry.count for entry in bears(wide, user)]

    assert seen(cast.nongye) == [1, 0, 1, 0, 1, 0]
    assert seen(cast.dangfeng) == [2, 0, 1, 1, 0, 0]
    assert seen(cast.dangfeng_head) == [2, 0, 1, 1, 1, 0]
    client = enter(cast.dangfeng_head)
    for entry in bears(wide, cast.dangfeng_head):
        assert client.get(entry.address).status_code == 200
    page = client.get(reverse("ledgers:register_record", args=["campaigns", wide.pk]))
    assert "标有本专项整治专题的记录" in page.content.decode()


def test_named_and_counted_cadres_are_no_more_than_those_who_came(cast: County) -> None:
    people = [official(cast.units["县农业农村局"], name, post_level="middle").pk for name in ("甲", "乙")]

    with pytest.raises(Refused, match="列名的2人和未列名的4人合计多于参加人数5人"):
        made("warnings", cast.agri, cast.nongye, attendees=5, middle_cadres=4, officials=people)
    record = made("warnings", cast.agri, cast.nongye, attendees=6, middle_cadres=4, officials=people)
    with pytest.raises(Refused, match="合计多于"):
        books.change(record, values={"middle_cadres": 5}, by=cast.nongye, at=NOW)

    assert record.officials.count() == 2


# --- verification ---


def test_accountability_is_verified_once_decided_by_the_office_that_did_not_begin_it(cast: County) -> None:
    own, late = action(cast), action(cast, decided=False)

    for user, words in (
        (cast.nongye_head, "由党风政风监督室负责人核实"),
        (cast.dangfeng, "由党风政风监督室负责人核实"),
    ):
        with pytest.raises(Refused, match=words):
            verify_accountability(own, by=user, at=NOW)
    with pytest.raises(Refused, match="还没有决定"):
        verify_accountability(late, by=cast.dangfeng_head, at=NOW)
    done = verify_accountability(own, by=cast.dangfeng_head, at=NOW)
    assert (done.verified_by, done.verified_at) == (cast.dangfeng_head, NOW)
    with pytest.raises(Refused, match="郑岩已于2026-02-10核实"):
        verify_accountability(own, by=cast.dangfeng_head, at=NOW)

    tag_accountability(own, in_cooperation=True, topics=[], by=cast.nongye, at=NOW)
    own.refresh_from_db()
    assert own.verified_at is None and own.in_cooperation


def test_accountability_begun_by_no_evaluated_team_counts_for_nobody_and_waits_for_nothing(cast: County) -> None:
    own, theirs = action(cast), action(cast)
    own.organ = cast.cso
    own.save()

    with pytest.raises(Refused, match="党风政风监督室不是被评估单位，它提出的问责不计入质效评估，不需要核实"):
        verify_accountability(own, by=cast.dangfeng_head, at=NOW)
    assert [row.token for row in waiting(cast.dangfeng_head, 2026)] == [f"accountability:{theirs.pk}"]
    assert ready(cast.dangfeng_head, 2026) == 1
    client, address = enter(cast.dangfeng_head), reverse("supervision:accountability")
    listed = {word: client.get(f"{address}?checked={word}").content.decode() for word in ("yes", "no", "out")}
    assert [text.count(f"/accountability/{row.pk}/") for text in listed.values() for row in (own, theirs)] == [
        0,
        0,
        0,
        1,
        1,
        0,
    ]
    page = client.get(reverse("supervision:accountability_decide", args=[own.pk])).content.decode()
    assert "不计入质效评估，不需要核实" in page and "核实，计入质效评估</button>" not in page


def test_one_page_lists_what_waits_and_a_batch_obeys_the_rule_of_one(cast: County) -> None:
    decided = action(cast)
    action(cast, decided=False)
    filed = case(cast.agri, cast.nongye)
    built = made("institutions", cast.edu, cast.jiaoyu)
    own = case(cast.cso, cast.dangfeng)
    case(cast.agri, cast.nongye, filed_on="2025-12-30")

    rows = waiting(cast.dangfeng_head, 2026)
    groups = {organ: [row.token for row in found] for organ, found in by_organ(rows).items()}

    assert groups == {
        "党风政风监督室": [f"cases:{own.pk}"],
        "驻县农业农村局纪检监察组": [f"cases:{filed.pk}", f"accountability:{decided.pk}"],
        "驻县教育局纪检监察组": [f"institutions:{built.pk}"],
    }
    assert [row.token for row in waiting(cast.dangfeng, 2026) if not row.verdict.allowed] == [f"cases:{own.pk}"]
    assert (ready(cast.dangfeng_head, 2026), ready(cast.dangfeng, 2026), ready(cast.nongye, 2026)) == (4, 2, 0)
    assert "2026年有2条登记记录待核实" in enter(cast.dangfeng).get("/").content.decode()
    with pytest.raises(Refused, match="本人登记或修改的记录.*全部没有核实"):
        verify_many([f"institutions:{built.pk}", f"cases:{own.pk}"], by=cast.dangfeng, at=NOW)
    built.refresh_from_db()
    assert built.verified_at is None

    client = enter(cast.dangfeng_head)
    shown = client.get(reverse("ledgers:to_verify") + "?year=2026")
    assert f'value="accountability:{decided.pk}"' in shown.content.decode()
    assert client.get(reverse("ledgers:to_verify") + "?year=2026&format=xlsx").status_code == 200
    answer = client.post(
        reverse("ledgers:verify_chosen"), {"record": [f"institutions:{built.pk}", f"accountability:{decided.pk}"]}
    )
    assert answer.status_code == 302
    assert [row.token for row in waiting(cast.dangfeng_head, 2026)] == [f"cases:{filed.pk}", f"cases:{own.pk}"]
    assert client.post(reverse("ledgers:verify_chosen"), {"record": ["talks:1"]}).status_code == 404
    assert enter(cast.nongye).get(reverse("ledgers:to_verify")).status_code == 404


# --- coverage ---


def test_coverage_counts_persons_by_unit_and_level_and_opens_who_is_left(cast: County) -> None:
    first, second = cast.units["县农业农村局"], cast.units["县畜牧服务中心"]
    top, other = official(first, "甲", is_top_leader=True), official(second, "乙", is_top_leader=True)
    official(first, "离任", is_top_leader=True, is_active=False, left_on=date(2026, 1, 5))
    for _ in range(2):
        made("talks", cast.agri, cast.nongye, kind="top_leader_talk", official=top.pk)
    made("talks", cast.agri, cast.nongye, kind="top_leader_talk", official=other.pk, talk_date="2025-12-30")
    span, ids = (date(2026, 1, 1), date(2026, 12, 31)), [cast.agri.pk]

    rows = unit_rows(ids, REACHES["top"].kinds, *span, on=TODAY, top_leaders=True)

    assert [(row.name, row.talked, row.registered, row.share) for row in rows] == [
        ("县农业农村局", 1, 1, 100.0), ("县畜牧服务中心", 0, 1, 0.0), ("县农机服务中心", 0, 0, None),
    ]  # fmt: skip
    assert [(row.name, row.talked, row.registered) for row in by_level(rows)] == [("县直部门", 1, 2)]
    assert [person.full_name for person in not_talked(ids, REACHES["top"], *span, on=TODAY)] == ["乙"]


def test_coverage_pages_stay_in_the_circle_of_the_talks(cast: County) -> None:
    official(cast.units["县农业农村局"], "甲某", is_top_leader=True, post_since=date(2019, 1, 1))
    addresses = [reverse(f"ledgers:{name}") for name in ("talk_coverage", "talk_gaps", "talk_posts")]

    for address in addresses:
        assert "县农业农村局" in enter(cast.nongye).get(address).content.decode()
        assert "县农业农村局" not in enter(cast.dangfeng).get(address).content.decode()
        assert "县农业农村局" not in enter(cast.jiaoyu).get(address).content.decode()
        assert enter(cast.nongye).get(f"{address}?format=xlsx").status_code == 200
        told = enter(cast.dangfeng).get(address).content.decode()
        assert "谈话情况限阅" in told and f"请本室负责人{cast.dangfeng_head.full_name}查看" in told
        assert "谈话情况限阅" not in enter(cast.jiaoyu).get(address).content.decode()  # its own units are there
    assert "甲某" in enter(cast.dangfeng_head).get(addresses[1]).content.decode()
    posts = enter(cast.nongye).get(addresses[2]).content.decode()
    assert "长期同岗" in posts and "甲某" not in posts
