"""Ways round article 9 that a hurried clerk finds by himself: each is closed with a sentence that names what to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Organ, SupervisedUnit
from accounts.workflow import Refused, move
from checklists.models import ChecklistItem as Item
from checklists.states import LinkageMode
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.plan import set_plan
from supervision.actions.problems import change_problem, create_problem, remove_problem
from supervision.actions.rectification import request_extension
from supervision.actions.reporting import reports
from supervision.models import Problem, Round
from supervision.rounds.states import Recusal
from tests.factories import NOW, TODAY, County, county, enter, moment
from tests.supervision import report_cases as cases
from tests.supervision.rounds import begun, fresh, listed, opened, planned, ready, signed, teamed, visited

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER = moment(2026, 3, 20)


@pytest.fixture
def cast() -> County:
    return county()


def start(cast: County, round: Round, on: date = TODAY) -> None:
    rounds.start_round(fresh(round), by=cast.nongye, at=AFTER, on=on)


# --- the plan that was signed (A9.3b) ---


def test_a_unit_added_after_the_plan_was_approved_goes_up_as_a_new_version(cast: County) -> None:
    round = ready(cast, opened(cast, units=[cast.units["县农业农村局"]]))
    both = [cast.units["县农业农村局"], cast.agri.units.order_by("pk").last()]
    rounds.change_round(round, {"units": both}, by=cast.nongye, at=NOW)

    with pytest.raises(Refused, match="方案批准后被监督单位有改动.*修改方案"):
        start(cast, round)
    page = enter(cast.nongye).get(f"{round.get_absolute_url()}?step=plan").content.decode()
    assert "方案批准后被监督单位有改动" in page
    again = planned(round, cast.nongye, change_reason="增加一个单位")
    plans.submit_plan(again, by=cast.nongye, at=NOW)
    signed(cast, again)
    start(cast, round)
    assert fresh(round).step == "inspecting"


def test_what_leaders_are_signing_for_does_not_change_under_their_hands(cast: County) -> None:
    round = opened(cast)
    plans.submit_plan(planned(round, cast.nongye), by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="监督方案正在审批.*先撤回方案"):
        rounds.change_round(round, {"participants": [cast.edu]}, by=cast.nongye, at=NOW)
    assert not fresh(round).participants.exists()


def test_a_round_does_not_begin_on_a_day_before_its_plan_was_approved(cast: County) -> None:
    round = opened(cast)
    fieldwork.add_training(round, {"held_on": TODAY - 9 * DAY, "topic": "政策", "lecturer": "韩冬", "lecturer_kind": "expert",
                                   "attendee_count": 6, "attendees": ""}, by=cast.nongye, at=NOW)  # fmt: skip
    ready(cast, round)
    with pytest.raises(Refused, match="早于批准日期"):
        start(cast, round, TODAY - DAY)
    start(cast, round)


def test_the_log_lies_between_the_first_and_the_last_day_of_the_inspection(cast: County) -> None:
    round = begun(cast)
    with pytest.raises(Refused, match="还没有启动"):
        visited(round, cast.nongye, on=TODAY - DAY)
    visited(round, cast.nongye)
    later = fresh(round)
    Round.objects.filter(pk=round.pk).update(started_on=TODAY - DAY)
    with pytest.raises(Refused, match="最后一次检查活动在"):
        rounds.end_inspection(fresh(round), by=cast.nongye, at=AFTER, on=TODAY - DAY)
    Round.objects.filter(pk=round.pk).update(ended_on=TODAY - DAY)
    with pytest.raises(Refused, match="活动不属于本轮检查"):
        visited(fresh(later), cast.nongye)


# --- teams, recusal, linkage (A9.2, A10.2) ---


def test_who_keeps_away_from_a_unit_keeps_away_with_every_team(cast: County) -> None:
    round = ready(cast)
    teamed(round, cast.nongye, name="第二检查组")
    far, near = round.units.order_by("pk").last(), round.units.order_by("pk").first()
    second = round.teams.get(name="第二检查组")
    second.units.set([near])
    fieldwork.declare_recusal(
        second.members.get(is_leader=True), by=cast.nongye, at=NOW, recusal=Recusal.RECUSED, units=[far]
    )
    assert far != near

    with pytest.raises(Refused, match=f"李青须对{far}回避，但仍在第一检查组"):
        start(cast, round)


@pytest.mark.parametrize("leader, members", [("，，", ""), ("李青", "，\n,,")])
def test_a_line_without_a_name_is_said_on_the_form(cast: County, leader: str, members: str) -> None:
    round = opened(cast)
    answer = enter(cast.nongye).post(
        f"{round.get_absolute_url()}teams/0/", {"name": "一组", "leader": leader, "members": members}
    )
    assert answer.status_code == 422
    assert "有一行没有姓名" in answer.content.decode()
    assert not round.teams.exists()


def test_linkage_that_lacks_its_partners_is_said_before_the_plan_goes_up(cast: County) -> None:
    round = opened(cast, listed(cast), linkage_mode=LinkageMode.GROUP_GROUP)
    ready(cast, round)
    assert "“组组”联动还缺" in enter(cast.nongye).get(round.get_absolute_url()).content.decode()


def test_a_round_never_loses_its_name(cast: County) -> None:
    round = opened(cast)
    rounds.change_round(round, {"title": "  "}, by=cast.nongye, at=NOW)
    assert fresh(round).title == f"{round.item.title}（第1轮）"


def test_days_the_wrong_way_round_are_said_in_the_words_of_the_office(cast: County) -> None:
    round, client = opened(cast), enter(cast.nongye)
    answers = [
        client.post(
            f"{round.get_absolute_url()}edit/", {"start_planned_on": "2026-03-09", "end_planned_on": "2026-03-01"}
        ),
        client.post(f"{round.get_absolute_url()}plan/", {"start_on": "2026-03-09", "end_on": "2026-03-01"}),
        client.post(f"{round.get_absolute_url()}add/paper/", {"sample_count": "2", "failed_count": "3"}),
    ]
    for answer, words in zip(answers, ("计划结束日期早于", "检查结束日期早于", "不合格数大于抽查数"), strict=True):
        page = answer.content.decode()
        assert words in page
        assert "约束" not in page


# --- working papers and words (A9.4a, A4) ---


def test_who_rewrote_a_working_paper_does_not_review_it(cast: County) -> None:
    round = begun(cast, opened(cast, participants=[cast.edu]))
    values: dict[str, Any] = {"unit": round.units.first(), "title": "机井无人管护", "facts": "抽查20眼"}
    paper = fieldwork.save_paper(round, values, by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="请由该单位人员修改"):
        fieldwork.save_paper(round, {**values, "facts": "改"}, by=cast.jiaoyu, at=NOW, paper=paper)
    fieldwork.save_paper(round, {**values, "facts": "抽查20眼，6眼无人管护"}, by=cast.nongye_head, at=NOW, paper=paper)
    move(paper, "submit", by=cast.nongye, at=NOW)

    with pytest.raises(Refused, match="不能复核自己的底稿"):
        fieldwork.review_paper(paper, "confirm", by=cast.nongye_head, at=NOW)


def test_no_identity_number_enters_the_log(cast: County) -> None:
    round = begun(cast)
    values = {
        "held_on": TODAY,
        "method": visited(round, cast.nongye).method,
        "findings": "张某11010519491231002X反映管护费",
    }
    with pytest.raises(Refused, match="身份证号"):
        fieldwork.log_activity(round, values, by=cast.nongye, at=NOW)


# --- problems (A9.6a, A9.7d, A9.8) ---


def test_a_problem_that_leaders_signed_for_is_disposed_of_and_not_deleted(cast: County) -> None:
    round = cases.analysed(cast, problems=2)
    problem = Problem.objects.filter(round=round).first()
    assert problem is not None
    with pytest.raises(Refused, match="不能删除.*不予处理"):
        remove_problem(problem, by=cast.nongye, at=AFTER)
    assert Problem.objects.live().filter(round=round).count() == 2


def test_no_problem_moves_into_the_list_of_another_unit_that_is_under_signature(cast: County) -> None:
    round = cases.make_round(cast.agri, units=2)
    first, second = round.units.order_by("pk")
    left = cases.find(round, "另一单位的问题", unit=1)
    cases.find(round, "本单位的问题")
    report = cases.ready(round, unit=first)
    reports.submit_report(report, by=cast.nongye, at=AFTER)
    with pytest.raises(Refused, match="问题清单已锁定"):
        change_problem(left, {"unit": first}, by=cast.nongye, at=AFTER)
    assert Problem.objects.get(pk=left.pk).unit == second


def test_a_problem_found_at_another_organs_unit_is_corrected_and_keeps_its_project(cast: County) -> None:
    round = begun(cast, opened(cast, participants=[cast.edu]))
    problem = create_problem(organ=cast.edu, unit=round.units.first(), item=round.item, round=round, year=2026, description="台账不实",
                             found_on=TODAY, by=cast.jiaoyu, at=NOW, source="round")  # fmt: skip
    client = enter(cast.jiaoyu)
    address = reverse("supervision:problem_edit", args=[problem.pk])
    form = client.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], False)}
    answer = client.post(address, {**said, "unit": problem.unit_id, "description": "台账与实物不符"})

    assert answer.status_code == 302, answer.content.decode()
    kept = Problem.objects.get(pk=problem.pk)
    assert (kept.description, kept.item_id, kept.round_id, kept.source) == (
        "台账与实物不符",
        round.item_id,
        round.pk,
        problem.source,
    )


def test_a_unit_that_moved_to_another_organ_leaves_its_open_problems_workable(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    problem = create_problem(
        organ=cast.agri, unit=unit, description="日常问题", year=2026, found_on=TODAY, by=cast.nongye, at=NOW
    )
    SupervisedUnit.objects.filter(pk=unit.pk).update(organ=cast.edu)

    item = set_plan(Problem.objects.get(pk=problem.pk).rectification, {"goal": "问题清零"}, by=cast.nongye, at=AFTER)
    assert item.goal == "问题清零"
    form = enter(cast.nongye).get(reverse("supervision:problem_edit", args=[problem.pk])).context["form"]
    assert form.fields["unit"].queryset.filter(pk=unit.pk).exists()


def test_no_extension_to_a_day_that_has_passed(cast: County) -> None:
    problem = create_problem(organ=cast.agri, unit=cast.units["县农业农村局"], description="日常问题", year=2026, found_on=TODAY,
                             due_on=TODAY + DAY, by=cast.nongye, at=NOW)  # fmt: skip
    with pytest.raises(Refused, match="已经过去"):
        request_extension(problem.rectification, by=cast.nongye, at=AFTER, new_due_on=TODAY + 2 * DAY, reason="汛期")


# --- entries that contradict the round (A9.1, A9.4b, A9.5, A9.6a) ---


def test_a_training_of_long_ago_or_of_millions_is_no_training_for_this_round(cast: County) -> None:
    round, client = opened(cast), enter(cast.nongye)
    said = {
        "held_on": "2024-02-02",
        "topic": "政策",
        "lecturer": "韩冬",
        "lecturer_kind": "expert",
        "attendee_count": "6",
    }
    address = reverse("supervision:round_entry", args=[round.pk, "training"])
    assert "不是为本轮组织的培训" in client.post(address, said).content.decode()
    answer = client.post(address, {**said, "held_on": f"{TODAY}", "attendee_count": "999999999999"})
    assert answer.status_code == 422
    assert not round.trainings.exists()


def test_who_is_in_two_teams_is_one_person_in_the_report(cast: County) -> None:
    round = begun(cast)
    teamed(round, cast.nongye, name="第二检查组")
    visited(round, cast.nongye)
    assert (
        "组建监督检查组2个、2人。"
        in reports.draft_report(fresh(round), by=cast.nongye, at=AFTER, kind="interim").inspection_text
    )


def test_nobody_is_reminded_before_the_problem_was_found(cast: County) -> None:
    problem = cases.find(cases.make_round(cast.agri))
    values = {
        "kind": "interview",
        "reminded": "县农业农村局",
        "given_on": TODAY - DAY,
        "given_by": "李青",
        "response": "立即改正",
    }
    with pytest.raises(Refused, match="提醒日期早于问题发现日期"):
        fieldwork.add_reminder(problem, values, by=cast.nongye, at=AFTER)


def test_a_leader_writes_down_what_he_did_himself_and_nothing_in_anothers_name(cast: County) -> None:
    round = begun(cast)
    address = reverse("supervision:round_guidance", args=[round.pk])
    assert address in enter(cast.xieguan1).get(f"{round.get_absolute_url()}?step=inspection").content.decode()
    said = {"given_on": f"{TODAY}", "kind": "guidance", "content": "机井管护要落实到人"}
    answer = enter(cast.xieguan1).post(address, {**said, "leader": cast.fenguan.pk})
    assert answer.status_code == 422
    enter(cast.xieguan1).post(address, {**said, "leader": cast.xieguan1.pk})
    assert [row.leader for row in round.guidance.all()] == [cast.xieguan1]
    assert enter(cast.nongye).get(address).status_code == 404


@pytest.mark.parametrize("first, last", [("0001-01-01", "0001-01-02"), ("2026-03-01", "9999-12-31")])
def test_a_round_of_an_impossible_year_is_refused_and_no_page_breaks(cast: County, first: str, last: str) -> None:
    item, client = listed(cast), enter(cast.nongye)
    said = {
        "item": item.pk,
        "start_planned_on": first,
        "end_planned_on": last,
        "scale": "single",
        "linkage_mode": "none",
        "units": item.units.first().pk,
    }
    answer = client.post(f"{reverse('supervision:round_new')}?item={item.pk}", said, follow=True)
    assert answer.status_code == 422
    assert "年份应在1900至2999之间" in answer.content.decode()


def test_a_head_who_asked_for_an_extension_takes_it_back_and_the_way_to_closing_is_open(cast: County) -> None:
    """He may not decide his own request, and where he is the only head nobody else does."""
    problem = create_problem(organ=cast.agri, unit=cast.units["县农业农村局"], description="日常问题", year=2026, found_on=TODAY,
                             due_on=TODAY + 30 * DAY, by=cast.nongye, at=NOW)  # fmt: skip
    asked = request_extension(
        problem.rectification, by=cast.nongye_head, at=NOW, new_due_on=TODAY + 60 * DAY, reason="汛期"
    )
    client, address = enter(cast.nongye_head), reverse("supervision:extension", args=[problem.pk])
    assert "撤回申请" in client.get(reverse("supervision:problem", args=[problem.pk])).content.decode()
    assert "撤回申请" in client.post(address, {"extension": asked.pk, "decision": "approve"}).content.decode()
    assert enter(cast.nongye).post(address, {"extension": asked.pk, "decision": "withdraw"}).status_code == 409

    client.post(address, {"extension": asked.pk, "decision": "withdraw"})
    problem.rectification.refresh_from_db()
    assert (problem.rectification.extensions.count(), problem.rectification.due_on) == (0, TODAY + 30 * DAY)
    assert "汛期" in client.get(reverse("supervision:problem", args=[problem.pk])).content.decode()


def test_an_abolished_organ_begins_no_round_and_is_asked_to_none(cast: County) -> None:
    item = listed(cast)
    Organ.objects.filter(pk__in=[cast.edu.pk, cast.agri.pk]).update(active_to=TODAY - DAY)
    form = enter(cast.nongye).get(f"{reverse('supervision:round_new')}?item={item.pk}").context["form"]
    assert cast.edu not in form.fields["participants"].queryset
    with pytest.raises(Refused, match="已于.*撤销.*调整到承接单位"):
        opened(cast, Item.objects.get(pk=item.pk))


def test_a_round_begins_on_no_day_that_no_calendar_has(cast: County) -> None:
    round = ready(cast)

    answer = enter(cast.nongye).post(
        reverse("supervision:round_act", args=[round.pk]), {"verb": "inspect", "on": "2026-02-30"}, follow=True
    )

    assert "没有“2026-02-30”这一天" in answer.content.decode()
    assert fresh(round).step == "ready"
