"""Practices of the office beside the regulation: one test per row, as the registers keep them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.calendar import festival_ahead
from accounts.models import Official, RuleSetting
from accounts.workflow import Refused
from checklists.models import Topic
from ledgers.actions import books
from ledgers.actions.registers import four_forms, record_disposition
from ledgers.books import panels
from ledgers.books.coverage import Coverage, talk_coverage
from ledgers.books.reading import cells, filtered, listed
from ledgers.books.register import REGISTERS
from ledgers.models import IntegrityOpinion, TalkRecord
from supervision.documents.kinds import DocumentKind
from tests.factories import NOW, TODAY, County, county, moment
from tests.ledgers.registers import case, cleaned, good, made, official
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def standing(key: str, *, on: date = TODAY) -> list[tuple[str, Any, Any]]:
    """What the list says about each record today."""
    register = REGISTERS[key]
    rows = list(listed(register, register.model.objects.live().order_by("pk")))
    return [(row["state"], row["due_on"], row["done_on"]) for row in cells(register, rows, on)]


def entered(key: str, cast: County, **values: Any) -> Any:
    """A record that the form would refuse reaches the rules all the same."""
    data = cleaned(key, cast.agri, {**good(key, cast.agri)})
    return books.enter(REGISTERS[key], organ=cast.agri, values=data | values, by=cast.nongye, at=NOW)


def test_s0_7_talks_with_top_leaders_are_counted_by_person_with_their_coverage(cast: County) -> None:
    unit, second = cast.units["县农业农村局"], cast.units["县畜牧服务中心"]
    leader = official(unit, "甲", is_top_leader=True)
    official(second, "乙", is_top_leader=True)
    for _ in range(2):
        made(
            "talks",
            cast.agri,
            cast.nongye,
            kind="top_leader_talk",
            official=leader.pk,
            one_to_one="on",
            talker_level="secretary",
        )

    rows = talk_coverage([cast.agri.pk], ["top_leader_talk"], date(2026, 1, 1), date(2026, 12, 31), top_leaders=True)

    assert rows == [Coverage("县农业农村局", 1, 1), Coverage("县畜牧服务中心", 0, 1), Coverage("县农机服务中心", 0, 0)]
    assert (
        TalkRecord.objects.live()
        .filter(one_to_one=True, talker_level="secretary")
        .values("official")
        .distinct()
        .count()
        == 1
    )


def test_s0_8_heart_to_heart_talks_are_measured_over_all_registered_persons(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    people = [official(unit, name) for name in ("甲", "乙", "丙")]
    official(unit, "丁", is_active=False)
    made("talks", cast.agri, cast.nongye, kind="heart_to_heart", official=people[0].pk)
    made("talks", cast.agri, cast.nongye, kind="heart_to_heart", official=people[1].pk)
    out = made("talks", cast.agri, cast.nongye, kind="heart_to_heart", official=people[2].pk)
    books.take_out(out, reason="登记错误", by=cast.nongye, at=NOW)

    rows = talk_coverage([cast.agri.pk], ["heart_to_heart"], date(2026, 1, 1), date(2026, 12, 31))

    # official() of the sample record is a fourth registered person, 张三
    assert rows[0] == Coverage("县农业农村局", 2, 4)


def test_s0_10_major_matters_are_recorded_with_the_meeting(cast: County) -> None:
    record = entered("meetings", cast)

    books.change(record, values={}, by=cast.nongye, at=NOW,
                 rows=[{"topic": "大额资金", "matter": "major_matters", "text": "应集体研究", "adopted": "yes"}])  # fmt: skip

    assert list(record.rows.values_list("matter", "adopted")) == [("major_matters", "yes")]


def test_s0_11_an_integrity_file_is_an_index_with_a_stale_flag(cast: County) -> None:
    made("integrity-files", cast.agri, cast.nongye, checked_on="2025-02-01")
    made("integrity-files", cast.agri, cast.nongye, checked_on="2026-02-01")

    assert [word for word, _, _ in standing("integrity-files")] == ["超过365天未更新", ""]


def test_s0_13_and_s1_17_an_integrity_opinion_has_a_term_and_a_human_conclusion(cast: County) -> None:
    RuleSetting.objects.create(key="integrity_opinion_days", value="5", valid_from=date(2026, 2, 9))
    old = made("integrity-opinions", cast.agri, cast.nongye)
    new = made("integrity-opinions", cast.agri, cast.nongye, received_on="2026-02-09")

    assert (old.reply_due_on, new.reply_due_on) == (date(2026, 2, 10), date(2026, 2, 14))
    with pytest.raises(Refused, match="须填写结论和审批人"):
        books.change(old, values={"replied_on": TODAY}, by=cast.nongye, at=NOW)
    books.change(
        old, values={"replied_on": TODAY, "conclusion": "unsuitable", "approver": "王建国"}, by=cast.nongye, at=NOW
    )
    assert IntegrityOpinion.objects.live().filter(replied_on__year=2026, conclusion="unsuitable").count() == 1
    assert standing("integrity-opinions")[1] == ("待回复", date(2026, 2, 14), None)


@pytest.mark.parametrize("missing", ["leader", "department", "task_force"])
def test_s0_16_a_campaign_without_one_leader_lead_and_force_is_not_active(cast: County, missing: str) -> None:
    three = {"leader": "高副书记", "department": "县教育局", "task_force": "工作专班"}
    campaign = entered("campaigns", cast, **{**three, missing: ""})

    with pytest.raises(Refused, match="三项填齐后才能启动"):
        books.change(campaign, values={"state": "active"}, by=cast.nongye, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(campaign).objects.filter(pk=campaign.pk).update(state="active")
    books.change(campaign, values={"state": "active", **three}, by=cast.nongye, at=NOW)

    campaign.refresh_from_db()
    assert campaign.state == "active"


def test_s0_18_dispositions_are_counted_by_the_four_forms(cast: County) -> None:
    person = official(cast.units["县农业农村局"])
    record_disposition(
        organ=cast.agri, official=person, form=1, measure="批评教育", decided_on=TODAY, by=cast.nongye, at=NOW
    )

    assert four_forms(2026, frozenset({cast.agri.pk})) == {
        "第一种形态": 1,
        "第二种形态": 0,
        "第三种形态": 0,
        "第四种形态": 0,
    }


def test_s1_1_a_unit_has_one_list_of_each_responsibility_a_year(cast: County) -> None:
    made("duty-lists", cast.agri, cast.nongye)
    made("duty-lists", cast.agri, cast.nongye, kind="supervision")

    with pytest.raises(Refused, match="已有这类责任清单"):
        made("duty-lists", cast.agri, cast.nongye)


def test_s1_2_and_s1_13_dual_and_triple_checks_are_flags_that_the_list_filters(cast: County) -> None:
    case(cast.agri, cast.nongye, dual_check="both", triple_check="on")
    case(cast.agri, cast.nongye, dual_check="party")
    register = REGISTERS["cases"]

    rows = register.model.objects.live()

    assert filtered(register, rows, {"dual_check": "both"}).count() == 1
    assert filtered(register, rows, {"triple_check": "yes"}).count() == 1


def test_s1_5_warning_education_counts_units_and_heads_not_names(cast: County) -> None:
    record = made("warnings", cast.agri, cast.nongye, units=[unit.pk for unit in cast.agri.units.all()])

    assert (record.units.count(), record.attendees, record.middle_cadres) == (3, 40, 12)
    with pytest.raises(Refused, match="不能多于参加人数"):
        books.change(record, values={"middle_cadres": 41}, by=cast.nongye, at=NOW)


def test_s1_6_a_case_is_number_days_and_counts(cast: County) -> None:
    record = case(cast.agri, cast.nongye)

    with pytest.raises(Refused, match="同时填写日期和人数"):
        books.change(record, values={"persons_transferred": 2}, by=cast.nongye, at=NOW)
    books.change(record, values={"persons_transferred": 2, "transferred_on": TODAY}, by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="已经登记"):
        case(cast.agri, cast.nongye, code=record.code)

    texts = {field.name for field in record._meta.concrete_fields if field.get_internal_type() == "TextField"}
    assert texts == set()
    assert record.handled_by == cast.agri


def test_s1_7_concluded_cases_wait_for_their_analysis(cast: County) -> None:
    open_case = case(cast.agri, cast.nongye)
    done = case(cast.agri, cast.nongye, concluded_on="2026-02-01")

    before = panels.cases_to_analyse(cast.nongye, TODAY)
    made("case-analyses", cast.agri, cast.nongye, case=done.pk)

    assert before is not None and [entry["text"] for entry in before["entries"]] == [f"案件{done.code}"]
    assert panels.cases_to_analyse(cast.nongye, TODAY) is None
    assert open_case.analyses.count() == 0


def test_s1_8_a_built_institution_links_to_what_it_answers(cast: County) -> None:
    problem, filed = make_problem(cast, cast.agri), case(cast.agri, cast.nongye)

    record = made("institutions", cast.agri, cast.nongye, problem=problem.pk, case=filed.pk)

    assert (list(problem.institutions.all()), list(filed.institutions.all()), record.promoted_by) == (
        [record],
        [record],
        cast.agri,
    )


def test_s1_10_prior_reports_are_judged_by_the_hours_of_their_day(cast: County) -> None:
    with pytest.raises(Refused, match="提前报备须早于事项时间"):
        entered("prior-reports", cast, event_at=moment(2026, 2, 1), filed_at=moment(2026, 2, 3))
    with pytest.raises(Refused, match="晚于现在"):
        entered("prior-reports", cast, kind="regular", event_at=moment(2026, 2, 1), filed_at=NOW + timedelta(minutes=1))
    for filed in (moment(2026, 2, 2, 8), moment(2026, 2, 2, 10)):
        entered("prior-reports", cast, kind="immediate", event_at=moment(2026, 2, 1, 9), filed_at=filed)
    RuleSetting.objects.create(key="immediate_report_hours", value="48", valid_from=date(2026, 2, 9))

    assert [word for word, _, _ in standing("prior-reports")] == ["24小时内", "超过24小时"]


def test_s1_16_a_democratic_life_meeting_has_its_three_texts(cast: County) -> None:
    record = entered(
        "meetings", cast, kind="democratic_life", before_text="会前", during_text="会中", after_text="会后"
    )

    assert (record.before_text, record.during_text, record.after_text) == ("会前", "会中", "会后")


def test_s2_2_meetings_of_every_kind_are_attended(cast: County) -> None:
    kinds = [value for value, _ in REGISTERS["meetings"].model._meta.get_field("kind").choices]

    for kind in kinds:
        entered("meetings", cast, kind=kind)

    assert kinds == ["party_committee", "executive", "democratic_life", "party_governance_special"]
    assert REGISTERS["meetings"].model.objects.live().count() == 4


def test_s2_4_new_and_long_held_posts_are_listed_without_a_name_until_talked(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    new = official(unit, "新人", post_since=date(2026, 1, 20))
    old = official(unit, "旧人", post_since=date(2020, 1, 1))
    official(unit, "中间", post_since=date(2024, 1, 1))

    before = panels.talks_due(cast.nongye, TODAY)
    made("talks", cast.agri, cast.nongye, kind="new_post_talk", official=new.pk)
    made("talks", cast.agri, cast.nongye, kind="long_tenure_talk", official=old.pk)

    assert before is not None and [entry["note"][:10] for entry in before["entries"]] == ["2026-01-20", "2020-01-01"]
    assert "新人" not in str(before["entries"])
    assert panels.talks_due(cast.nongye, TODAY) is None
    assert panels.talks_due(cast.jiaoyu, TODAY) is None


def test_s2_5_a_unit_has_one_profile_with_a_keeper_and_a_stale_flag(cast: County) -> None:
    record = made("profiles", cast.agri, cast.nongye, checked_on="2025-02-05")

    with pytest.raises(Refused, match="已有基本情况"):
        made("profiles", cast.agri, cast.nongye)
    waiting = panels.profiles_stale(cast.nongye, TODAY)

    assert standing("profiles")[0][0] == "超过365天未更新"
    assert waiting is not None and [entry["button"] for entry in waiting["entries"]] == ["更新", "登记", "登记"]
    assert record.keeper == "李青"


def test_s2_6_risk_points_leave_as_a_workbook_per_unit(cast: County) -> None:
    record = made("risks", cast.agri, cast.nongye)
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse("ledgers:register", args=["risks"]) + f"?unit={record.unit_id}&level=high&format=xlsx")

    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_s2_9_and_s3_15_visits_may_be_four_no_two_direct(cast: County) -> None:
    made("visits", cast.agri, cast.nongye, four_no_two_direct="on")
    made("visits", cast.agri, cast.nongye)
    register = REGISTERS["visits"]

    assert filtered(register, register.model.objects.live(), {"four_no_two_direct": "yes"}).count() == 1


def test_s3_1_first_topic_and_last_statement_are_ticked_at_the_meeting(cast: County) -> None:
    record = entered("meetings", cast, first_topic_ok="yes", last_statement_ok="no")

    assert (record.get_first_topic_ok_display(), record.get_last_statement_ok_display()) == ("落实", "未落实")


def test_s3_4_late_papers_of_units_are_listed(cast: County) -> None:
    made("submissions", cast.agri, cast.nongye, due_on="2026-02-09")
    made("submissions", cast.agri, cast.nongye, due_on="2026-03-09")
    came = made("submissions", cast.agri, cast.nongye, due_on="2026-02-01", received_on="2026-02-04")

    late = panels.papers_late(cast.nongye, TODAY)

    assert late is not None and [entry["due_on"] for entry in late["entries"]] == [date(2026, 2, 9)]
    assert standing("submissions")[2] == ("", came.due_on, came.received_on)


def test_s3_5_integrity_talks_are_counted_by_rank_and_times(cast: County) -> None:
    person = official(cast.units["县农业农村局"], "处级", rank="处级")
    for _ in range(2):
        made("talks", cast.agri, cast.nongye, official=person.pk)

    assert TalkRecord.objects.live().filter(kind="integrity_talk", official__rank="处级").count() == 2


def test_s3_6_opinions_of_a_meeting_have_their_adoption(cast: County) -> None:
    rows = [
        {"topic": "采购", "matter": "risk", "text": "应询价", "adopted": "yes"},
        {"topic": "采购", "matter": "risk", "text": "应公示", "adopted": "no"},
    ]
    books.enter(
        REGISTERS["meetings"],
        organ=cast.agri,
        values=cleaned("meetings", cast.agri, good("meetings", cast.agri)),
        rows=rows,
        by=cast.nongye,
        at=NOW,
    )

    given = REGISTERS["meetings"].rows
    assert given is not None
    assert sorted(given.model.objects.values_list("adopted", flat=True)) == ["no", "yes"]


def test_s3_7_a_dual_duty_statement_names_its_author(cast: County) -> None:
    with pytest.raises(Refused, match="须选择述职人员"):
        entered("submissions", cast, kind="dual_duty_statement")
    made_one = entered(
        "submissions",
        cast,
        kind="dual_duty_statement",
        official=official(cast.units["县农业农村局"]),
        received_on=TODAY,
    )

    assert made_one.official.full_name == "张三"


def test_s3_8_topics_wait_until_they_are_answered(cast: County) -> None:
    open_topic = made("topic-reviews", cast.agri, cast.nongye)

    before = standing("topic-reviews")
    books.change(
        open_topic,
        values={"replied_on": TODAY},
        rows=[{"text": "突破普惠政策", "adopted": "yes"}],
        by=cast.nongye,
        at=NOW,
    )

    assert (before, standing("topic-reviews")) == ([("待回复", None, None)], [("", None, None)])
    assert open_topic.rows.get().text == "突破普惠政策"


def test_s3_9_an_integrity_notice_is_a_document_of_its_own_kind() -> None:
    assert DocumentKind("integrity_notice").label == "廉情抄告单"


def test_s3_10_updates_of_the_register_of_officials_are_counts(cast: County) -> None:
    made("official-updates", cast.agri, cast.nongye)

    with pytest.raises(Refused, match="不能都是0"):
        entered("official-updates", cast, added=0, changed=0, left=0)
    names = {field.name for field in Official._meta.get_fields()}
    assert not names & {"id_number", "identity_number", "family", "phone", "address"}


def test_s3_13_a_holiday_within_days_prompts_until_the_reminder_is_entered(cast: County) -> None:
    day = date(2026, 2, 10)  # Spring Festival's Eve is on 16 February
    before = panels.prompts(cast.nongye, day)
    far = panels.prompts(cast.nongye, date(2026, 2, 8))
    made("reminders", cast.agri, cast.nongye)

    assert festival_ahead(day, 7) == (date(2026, 2, 16), "春节")
    assert before is not None and before["entries"][0]["text"].startswith("春节将至（2026年2月16日（周一）起）")
    assert far is None
    assert panels.prompts(cast.nongye, day) is None
    assert panels.prompts(cast.jiaoyu, day) is not None


def test_s3_14_an_alert_is_unchecked_until_its_day_and_handled_only_after(cast: County) -> None:
    record = made("alerts", cast.agri, cast.nongye)

    with pytest.raises(Refused, match="须先填写核查日期"):
        books.change(record, values={"handled": True}, by=cast.nongye, at=NOW)
    before = standing("alerts")
    books.change(record, values={"handled": True, "checked_on": TODAY, "result": "已停发"}, by=cast.nongye, at=NOW)

    assert (before[0][0], standing("alerts")[0][0]) == ("待核查", "")


def test_s3_16_recovered_money_is_more_than_nothing_and_has_a_receipt(cast: County) -> None:
    record = made("losses", cast.agri, cast.nongye)

    with pytest.raises(Refused, match="金额须大于0元"):
        books.change(record, values={"amount": 0}, by=cast.nongye, at=NOW)

    assert (str(record.amount), record.handled_by) == ("1200.50", cast.agri)


def test_s3_17_case_driven_rectification_treats_problems_and_builds_rules(cast: County) -> None:
    problem, built = make_problem(cast, cast.agri), made("institutions", cast.agri, cast.nongye)
    record = made("case-driven", cast.agri, cast.nongye)

    with pytest.raises(Refused, match="须填写开展日期"):
        books.change(record, values={"closed_on": TODAY}, by=cast.nongye, at=NOW)
    books.change(record, by=cast.nongye, at=NOW, values={
        "says": "说案情", "changes": "改制度", "held_on": TODAY, "closed_on": TODAY, "problems": [problem], "institutions": [built]})  # fmt: skip

    assert (list(record.problems.all()), list(record.institutions.all())) == ([problem], [built])
    assert standing("case-driven") == [("", date(2026, 3, 31), TODAY)]


def test_a10_3b_a_political_case_waits_for_its_rectification(cast: County) -> None:
    filed = case(cast.agri, cast.nongye, discipline="political")
    case(cast.agri, cast.nongye, discipline="life_discipline")

    before = panels.political_cases(cast.nongye, TODAY)
    of_county = panels.political_cases(cast.dangfeng, TODAY)
    made("case-driven", cast.agri, cast.nongye, case=filed.pk)

    assert before is not None and before["count"] == 1
    assert of_county is not None and of_county["count"] == 1
    assert panels.political_cases(cast.nongye, TODAY) is None


def test_s3_18_study_is_a_day_a_theme_and_a_head_count(cast: County) -> None:
    record = made("studies", cast.agri, cast.nongye)

    assert (record.kind, record.attendees) == ("lecture_series", 9)
    assert {
        field.name for field in record._meta.concrete_fields if "score" in field.name or "mark" in field.name
    } == set()


def test_s0_19_posters_are_counted_by_copies_of_a_campaign(cast: County) -> None:
    campaign = made("campaigns", cast.agri, cast.nongye)
    made("publicity", cast.agri, cast.nongye, campaign=campaign.pk)

    assert [row.copies for row in campaign.publicity.all()] == [300]


def test_s0_22_a_figure_of_others_has_source_and_period(cast: County) -> None:
    with pytest.raises(Refused, match="期间的结束日期早于开始日期"):
        entered("external-figures", cast, period_from=date(2026, 2, 1), period_to=date(2026, 1, 1))
    record = made("external-figures", cast.agri, cast.nongye)

    assert str(record) == f"下基层（{record.source}报送）"


def test_topics_are_tags_of_every_register(cast: County) -> None:
    topic = Topic.objects.create(name="校园餐")
    record = made("visits", cast.agri, cast.nongye, topics=[topic.pk])
    register = REGISTERS["visits"]

    assert list(filtered(register, register.model.objects.live(), {"topics": topic})) == [record]
