"""Article 9 (1)-(5): a round from its training to the reminder; article 10(2): who joins hands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts import approvals
from accounts.models import Approval, Event, Notice, Official, ScResolution
from accounts.workflow import Refused, move, moves_of
from checklists.models import Method
from checklists.states import Form, LinkageMode
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.problems import create_problem
from supervision.models import Plan, Problem, Round, Team
from supervision.rounds.rules import names_to_ask
from supervision.rounds.selectors import crowded, guide, visits
from supervision.rounds.states import ActivityKind, GuidanceKind, LecturerKind, Recusal, ReminderKind, RoundStep, Scale
from supervision.states import Severity
from tests.factories import NOW, TODAY, County, county, moment
from tests.supervision.rounds import SIX, begun, fresh, listed, opened, planned, ready, signed, teamed, trained, visited

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


# --- A9.0 the round ---


def test_a09_0_a_round_belongs_to_a_listed_project_and_is_numbered(cast: County) -> None:
    item = listed(cast)

    first, second = opened(cast, item), opened(cast, item)

    assert (first.seq, second.seq, first.step) == (1, 2, "planned")
    assert first.title == "高标准农田建设管护情况专项监督（第1轮）"
    assert [event.verb for event in Event.objects.of(first)] == ["open"]


def test_a09_0_only_the_lead_organ_opens_a_round_and_only_of_a_listed_project(cast: County) -> None:
    item = listed(cast)
    with pytest.raises(Refused, match="由驻县农业农村局纪检监察组牵头"):
        opened(cast, item, by=cast.jiaoyu)

    item.step = "filed"
    item.save()
    with pytest.raises(Refused, match="已列入清单"):
        opened(cast, item)
    assert Round.objects.count() == 0


def test_a09_0_the_states_follow_each_other_and_each_move_is_logged(cast: County) -> None:
    round = begun(cast)
    visited(round, cast.nongye)
    rounds.end_inspection(round, by=cast.nongye, at=NOW, on=TODAY)

    steps = [(event.from_step, event.to_step) for event in Event.objects.of(round) if event.from_step != event.to_step]
    assert steps[1:] == [("planned", "ready"), ("ready", "inspecting"), ("inspecting", "reporting")]
    with pytest.raises(Refused, match="当前为“形成报告”"):
        move(fresh(round), "inspect", by=cast.nongye, at=NOW)
    order = [line.target for verb, line in moves_of(round).items() if verb not in ("reopen", "cancel")]
    assert order == ["ready", "inspecting", "reporting", "report_approved", "sc_analysed", "disposed", "rectifying", "closed"]  # fmt: skip


def test_a09_0_a_round_is_given_up_only_before_it_began_by_the_head_with_a_reason(cast: County) -> None:
    round = opened(cast)
    with pytest.raises(Refused, match="写明取消本轮监督的理由"):
        rounds.cancel_round(round, by=cast.nongye_head, at=NOW, reason=" ")
    with pytest.raises(Refused, match="没有“取消本轮监督”的权限"):
        rounds.cancel_round(round, by=cast.nongye, at=NOW, reason="并入下一轮")

    rounds.cancel_round(round, by=cast.nongye_head, at=NOW, reason="并入下一轮")

    assert fresh(round).step == "cancelled"
    with pytest.raises(Refused):
        rounds.cancel_round(begun(cast), by=cast.nongye_head, at=NOW, reason="不想做了")


# --- A9.1 training ---


def test_a09_1_nobody_goes_to_a_unit_before_the_training(cast: County) -> None:
    round = opened(cast)
    teamed(round, cast.nongye)
    plan = planned(round, cast.nongye)
    plans.submit_plan(plan, by=cast.nongye, at=NOW)
    signed(cast, plan)

    with pytest.raises(Refused, match="培训应在启动前完成.*第九条第（一）项"):
        rounds.start_round(fresh(round), by=cast.nongye, at=NOW, on=TODAY)
    assert fresh(round).step == "ready"


def test_a09_1_a_training_after_the_start_is_no_training_before_it(cast: County) -> None:
    round = ready(cast)
    round.trainings.all().delete()
    trained(round, cast.nongye, on=TODAY)

    with pytest.raises(Refused, match="登记的培训在2026-02-10，晚于启动日期2026-02-09"):
        rounds.start_round(round, by=cast.nongye, at=NOW, on=TODAY - timedelta(days=1))


def test_a09_1_the_head_may_waive_the_training_in_writing_and_nobody_else(cast: County) -> None:
    round = opened(cast)
    with pytest.raises(Refused, match="须由牵头单位负责人同意"):
        rounds.waive_training(round, by=cast.nongye, at=NOW, reason="来不及")
    with pytest.raises(Refused, match="写明未培训先启动的理由"):
        rounds.waive_training(round, by=cast.nongye_head, at=NOW, reason="")

    rounds.waive_training(round, by=cast.nongye_head, at=NOW, reason="上级要求三日内完成")

    assert (fresh(round).waived_by, fresh(round).waived_reason) == (cast.nongye_head, "上级要求三日内完成")
    teamed(round, cast.nongye)
    plan = planned(round, cast.nongye)
    plans.submit_plan(plan, by=cast.nongye, at=NOW)
    signed(cast, plan)
    rounds.start_round(fresh(round), by=cast.nongye, at=NOW, on=TODAY)
    assert fresh(round).step == "inspecting"


def test_a09_1_training_names_topic_lecturer_kind_and_attendees(cast: County) -> None:
    round = opened(cast)
    trained(round, cast.nongye)

    row = round.trainings.get()
    assert (row.topic, row.get_lecturer_kind_display(), row.attendee_count) == ("高标准农田政策", "行业专家", 6)
    with pytest.raises(Refused, match="晚于今天"):
        trained(round, cast.nongye, on=TODAY + timedelta(days=1))
    assert {kind.label for kind in LecturerKind} == {"上级部室", "派驻机构业务骨干", "行业专家"}


# --- A9.2 teams ---


def test_a09_2_county_wide_teams_are_put_together_by_cso_alone(cast: County) -> None:
    item = listed(cast, lead=cast.cso, by=cast.dangfeng, form=Form.CENTRALIZED)
    units = [cast.units["县农业农村局"]]
    round = opened(cast, item, by=cast.dangfeng, scale=Scale.COUNTY_WIDE, units=units, participants=[cast.agri])

    with pytest.raises(Refused, match="由党风政风监督室统一组建"):
        teamed(round, cast.nongye)
    assert teamed(round, cast.dangfeng).organ == cast.cso


def test_a09_2_a_single_field_is_the_groups_or_townships_own(cast: County) -> None:
    item = listed(cast, lead=cast.cso, by=cast.dangfeng)
    item.units.set([cast.units["县教育局"]])
    round = opened(cast, item, by=cast.dangfeng, participants=[cast.edu])

    with pytest.raises(Refused, match="以相应派驻纪检监察组、乡（镇、办）纪（工）委为主体"):
        teamed(round, cast.dangfeng)
    assert teamed(round, cast.jiaoyu).organ == cast.edu


def test_a09_2_a_team_has_one_leader_and_each_person_once(cast: County) -> None:
    round = opened(cast)
    nobody = [{"name": "丁一", "from_where": "", "user": None, "is_leader": False}]
    twice = [{"name": "丁一", "from_where": "", "user": None, "is_leader": True}, *nobody]

    with pytest.raises(Refused, match="须有一名组长"):
        fieldwork.save_team(round, by=cast.nongye, at=NOW, name="一组", members=nobody)
    with pytest.raises(Refused, match="“丁一”写了两次"):
        fieldwork.save_team(round, by=cast.nongye, at=NOW, name="一组", members=twice)
    assert Team.objects.count() == 0


def test_a09_2_no_start_without_declarations_nor_with_one_who_must_keep_away(cast: County) -> None:
    round = ready(cast)
    team = round.teams.get()
    member = team.members.get(name="丁一")
    member.recusal = Recusal.UNDECLARED
    member.save()

    with pytest.raises(Refused, match="丁一还没有作回避声明"):
        rounds.start_round(round, by=cast.nongye, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="请选择回避哪些单位"):
        fieldwork.declare_recusal(member, by=cast.nongye, at=NOW, recusal=Recusal.RECUSED)
    bureau, animals = cast.units["县农业农村局"], cast.units["县畜牧服务中心"]
    fieldwork.declare_recusal(member, by=cast.nongye, at=NOW, recusal=Recusal.RECUSED, units=[bureau])
    with pytest.raises(Refused, match="丁一须对县农业农村局回避，但仍在第一检查组"):
        rounds.start_round(round, by=cast.nongye, at=NOW, on=TODAY)

    team.units.set([animals])
    rounds.start_round(round, by=cast.nongye, at=NOW, on=TODAY)
    assert fresh(round).step == "inspecting"


def test_a09_2_a_namesake_among_the_officials_is_a_hint_to_ask(cast: County) -> None:
    round = opened(cast)
    teamed(round, cast.nongye)
    Official.objects.create(unit=cast.units["县农业农村局"], full_name="丁一", post="副局长")

    assert names_to_ask(round) == [("丁一", "县农业农村局")]


# --- A9.3 the plan ---


def test_a09_3a_all_six_parts_before_it_goes_up(cast: County) -> None:
    round = opened(cast)
    plan = planned(round, cast.nongye, coordination=" ", summary="")

    with pytest.raises(Refused, match="方案还缺：组织协调、总结报告.*第九条第（三）项"):
        plans.submit_plan(plan, by=cast.nongye, at=NOW)
    assert Plan.objects.get().step == "draft"
    assert set(SIX) == {"goals", "focus", "division", "coordination", "supervision", "summary"}


def test_a09_3b_head_am_and_ds_sign_in_order_then_it_is_in_force(cast: County) -> None:
    round = opened(cast)
    plan = planned(round, cast.nongye)
    approval = plans.submit_plan(plan, by=cast.nongye, at=NOW)

    assert [step.rung for step in approval.steps.all()] == ["head", "assisting_member", "deputy_secretary"]
    with pytest.raises(Refused, match="不是应签人"):
        approvals.decide(approval, "approve", by=cast.fenguan, at=NOW)
    signed(cast, plan)

    plan.refresh_from_db()
    assert (plan.step, fresh(round).step) == ("approved", "ready")


def test_a09_3b_no_inspection_before_the_plan_is_approved(cast: County) -> None:
    round = opened(cast)
    trained(round, cast.nongye)
    teamed(round, cast.nongye)
    with pytest.raises(Refused):
        rounds.start_round(round, by=cast.nongye, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="还没有启动"):
        visited(round, cast.nongye)


def test_a09_3b_a_returned_plan_comes_back_with_its_reason_and_goes_up_again(cast: County) -> None:
    round = opened(cast)
    plan = planned(round, cast.nongye)
    approval = plans.submit_plan(plan, by=cast.nongye, at=NOW)
    approvals.decide(approval, "return", by=cast.nongye_head, at=NOW, note="分工不清")

    plan.refresh_from_db()
    assert plan.step == "returned"
    plans.save_plan(round, {"division": "李青查县局，丁一查中心"}, by=cast.nongye, at=NOW)
    again = plans.submit_plan(Plan.objects.get(), by=cast.nongye, at=NOW)
    signed(cast, plan)
    assert (again.round_no, Plan.objects.get().step, Plan.objects.count()) == (2, "approved", 1)


def test_a09_3b_a_change_after_approval_is_a_new_version_with_its_own_chain(cast: County) -> None:
    round = ready(cast)
    with pytest.raises(Refused, match="修改已批准的方案须写明原因"):
        plans.submit_plan(planned(round, cast.nongye), by=cast.nongye, at=NOW)
    second = plans.save_plan(round, {"change_reason": "增加一个乡镇", "focus": "加查资金"}, by=cast.nongye, at=NOW)

    assert [(row.version, row.step) for row in Plan.objects.all()] == [(1, "approved"), (2, "draft")]
    plans.submit_plan(second, by=cast.nongye, at=NOW)
    signed(cast, second)
    assert [(row.version, row.step) for row in Plan.objects.all()] == [(1, "superseded"), (2, "approved")]
    assert Approval.objects.of(second).count() == 1


def test_a09_3b_the_author_never_signs_his_own_plan(cast: County) -> None:
    round = opened(cast)
    plan = planned(round, cast.nongye_head)
    approval = plans.submit_plan(plan, by=cast.nongye_head, at=NOW)

    with pytest.raises(Refused, match="不能签批自己的件"):
        approvals.decide(approval, "approve", by=cast.nongye_head, at=NOW)


@pytest.mark.parametrize("flag", ["is_major", "in_name_of_commission"])
def test_a09_3c_what_is_major_or_in_the_commissions_name_goes_to_the_committee(cast: County, flag: str) -> None:
    round = opened(cast)
    plan = planned(round, cast.nongye, **{flag: True})
    approval = plans.submit_plan(plan, by=cast.nongye, at=NOW)

    assert [step.rung for step in approval.steps.all()][-1] == "standing_committee"
    for person in (cast.nongye_head, cast.xieguan1, cast.fenguan):
        approvals.decide(approval, "approve", by=person, at=NOW)
    plan.refresh_from_db()
    assert (plan.step, fresh(round).step) == ("submitted", "planned")
    resolution = ScResolution.objects.create(organ=cast.agri, kind="plan_approval", meeting_on=TODAY, title="方案", approved=True,
                                             recorded_by=cast.changweihui, recorded_at=NOW)  # fmt: skip
    approvals.decide(approval, "approve", by=cast.changweihui, at=NOW, resolution=resolution)
    plan.refresh_from_db()
    assert (plan.step, fresh(round).step) == ("approved", "ready")


# --- A9.4 the inspection ---


def test_a09_4a_the_log_says_where_when_by_which_method_and_what_was_seen(cast: County) -> None:
    round = begun(cast)
    made = visited(round, cast.nongye)

    assert (made.method.name, made.unit.name, made.held_on, made.organ) == (
        "实地走访",
        "县农业农村局",
        TODAY,
        cast.agri,
    )
    with pytest.raises(Refused, match="不在本轮的被监督单位中"):
        visited(round, cast.nongye, unit=cast.units["县教育局"])
    with pytest.raises(Refused, match="您的单位没有参加"):
        visited(round, cast.jiaoyu)


def test_a09_4a_a_working_paper_is_reviewed_by_another_and_becomes_a_problem(cast: County) -> None:
    round = begun(cast)
    values = {"unit": round.units.first(), "title": "机井无人管护", "facts": "抽查20眼机井，6眼无人管护。", "sample_count": 20, "failed_count": 6}  # fmt: skip
    paper = fieldwork.save_paper(round, values, by=cast.nongye, at=NOW)
    move(paper, "submit", by=cast.nongye, at=NOW)

    with pytest.raises(Refused, match="不能复核自己的底稿"):
        fieldwork.review_paper(paper, "confirm", by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="须写明意见"):
        fieldwork.review_paper(paper, "return", by=cast.nongye_head, at=NOW)
    problem = fieldwork.review_paper(paper, "confirm", by=cast.nongye_head, at=NOW)

    assert problem is not None
    assert (problem.round, problem.item, problem.created_by, problem.source) == (
        round,
        round.item,
        cast.nongye,
        "round",
    )
    assert problem.description == "机井无人管护：抽查20眼机井，6眼无人管护。"
    with pytest.raises(Refused, match="不合格数大于抽查数"):
        fieldwork.save_paper(round, {**values, "failed_count": 21}, by=cast.nongye, at=NOW)


def test_a09_4a_no_report_while_a_working_paper_waits(cast: County) -> None:
    round = begun(cast)
    with pytest.raises(Refused, match="还没有登记监督检查活动"):
        rounds.end_inspection(round, by=cast.nongye, at=NOW, on=TODAY)
    visited(round, cast.nongye)
    paper = fieldwork.save_paper(
        round, {"unit": round.units.first(), "title": "底稿", "facts": "事实"}, by=cast.nongye, at=NOW
    )
    with pytest.raises(Refused, match="还有1份问题底稿没有复核完"):
        rounds.end_inspection(round, by=cast.nongye, at=NOW, on=TODAY)

    move(paper, "submit", by=cast.nongye, at=NOW)
    fieldwork.review_paper(paper, "reject", by=cast.nongye_head, at=NOW, note="证据不足")
    rounds.end_inspection(round, by=cast.nongye, at=NOW, on=TODAY)
    assert (fresh(round).step, Problem.objects.count()) == ("reporting", 0)


def test_a09_4b_leaders_guide_ask_for_progress_and_lead(cast: County) -> None:
    round = begun(cast)
    values = {
        "leader": cast.xieguan1,
        "given_on": TODAY,
        "kind": GuidanceKind.LED,
        "content": "带队到柳河镇",
        "result": "",
    }

    own = fieldwork.note_guidance(round, values, by=cast.xieguan1, at=NOW)
    typed = fieldwork.note_guidance(round, {**values, "kind": GuidanceKind.PROGRESS}, by=cast.nongye, at=NOW)

    assert (own.created_by, typed.created_by, round.guidance.count()) == (cast.xieguan1, cast.nongye, 2)
    with pytest.raises(Refused, match="不是协管或分管领导"):
        fieldwork.note_guidance(round, {**values, "leader": cast.jiaoyu}, by=cast.nongye, at=NOW)


# --- A9.5 the reminder ---


def test_a09_5_a_general_problem_is_met_with_an_interview_and_cured_at_once(cast: County) -> None:
    round = begun(cast)
    problem = found(cast, round)
    values = {"kind": ReminderKind.INTERVIEW, "reminded": "县农业农村局分管负责人", "given_on": TODAY, "given_by": "王建国",
              "response": "当场整改", "corrected_on": TODAY, "authority_organ": "县委组织部", "authority_informed_on": TODAY}  # fmt: skip

    made = fieldwork.add_reminder(problem, values, by=cast.nongye, at=NOW)

    assert (made.round, made.get_kind_display(), made.authority_organ) == (round, "约谈提醒", "县委组织部")
    assert Event.objects.of(problem).last().label == "约谈提醒"
    with pytest.raises(Refused, match="改正日期早于提醒日期"):
        fieldwork.add_reminder(problem, {**values, "corrected_on": TODAY - timedelta(days=1)}, by=cast.nongye, at=NOW)


def test_a09_5_graver_problems_are_not_settled_by_a_reminder(cast: County) -> None:
    problem = found(cast, begun(cast), severity=Severity.MAJOR)

    with pytest.raises(Refused, match="只适用于苗头性、倾向性的一般问题.*第九条第（五）项"):
        fieldwork.add_reminder(problem, {"kind": "criticism", "reminded": "某人", "given_on": TODAY, "given_by": "王"}, by=cast.nongye, at=NOW)  # fmt: skip
    assert problem.reminders.count() == 0


def found(cast: County, round: Round, **fields: Any) -> Problem:
    """A problem entered in a round."""
    return create_problem(organ=cast.agri, unit=round.units.first(), item=round.item, round=round, year=2026,
                          description="三处机井没有管护人", found_on=TODAY, by=cast.nongye, at=NOW, **fields)  # fmt: skip


# --- A10.2 joint working ---


def test_a10_2_the_mode_of_joint_working_matches_who_takes_part(cast: County) -> None:
    item = listed(cast)
    round = opened(cast, item, linkage_mode=LinkageMode.GROUP_GROUP)
    ready(cast, round)

    with pytest.raises(Refused, match="“组组”联动还缺：两个派驻纪检监察组"):
        rounds.start_round(fresh(round), by=cast.nongye, at=NOW, on=TODAY)
    rounds.change_round(round, {"participants": [cast.edu]}, by=cast.nongye, at=NOW)
    again = planned(round, cast.nongye, change_reason="增加参加单位")
    plans.submit_plan(again, by=cast.nongye, at=NOW)
    signed(cast, again)
    rounds.start_round(fresh(round), by=cast.nongye, at=NOW, on=TODAY)
    assert fresh(round).step == "inspecting"


def test_a10_2_participants_work_in_the_round_and_see_it_strangers_do_not(cast: County) -> None:
    round = begun(cast, opened(cast, participants=[cast.edu]))

    visited(round, cast.jiaoyu)
    problem = create_problem(organ=cast.edu, unit=round.units.first(), item=round.item, round=round, year=2026, description="台账不实",
                             found_on=TODAY, by=cast.jiaoyu, at=NOW)  # fmt: skip

    assert list(Round.objects.visible_to(cast.jiaoyu)) == [round]
    assert list(Round.objects.visible_to(cast.liuhe)) == []
    assert list(Problem.objects.visible_to(cast.nongye)) == [problem]
    with pytest.raises(Refused, match="没有参加"):
        create_problem(organ=cast.town, unit=round.units.first(), round=round, year=2026, description="台账不实", by=cast.liuhe, at=NOW)  # fmt: skip
    assert Notice.objects.filter(recipient=cast.jiaoyu, sentence__startswith="请参加").count() == 1


def test_a10_2_two_organs_at_one_unit_within_a_month_are_warned_not_stopped(cast: County) -> None:
    mine = opened(cast)
    bureau = cast.units["县农业农村局"]
    item = listed(cast, lead=cast.cso, by=cast.dangfeng, title="专项督查")
    theirs = opened(cast, item, by=cast.dangfeng, units=[bureau], start_planned_on=TODAY + timedelta(days=40), end_planned_on=TODAY + timedelta(days=45))  # fmt: skip

    near = crowded([bureau.pk], organ_id=mine.organ_id, start=TODAY, end=TODAY + timedelta(days=20))
    far = crowded([bureau.pk], organ_id=mine.organ_id, start=TODAY, end=TODAY + timedelta(days=9))

    assert [row["pk"] for row in near] == [theirs.pk]
    assert far == []
    assert [row["pk"] for row in visits(bureau.pk, since=moment(2026, 1, 1).date(), until=moment(2026, 12, 31).date())] == [mine.pk, theirs.pk]  # fmt: skip


# --- the guide ---


def test_the_guide_says_what_is_done_what_is_due_and_what_blocks(cast: County) -> None:
    round = opened(cast)
    before = {stage.key: stage.state for stage in guide(round)}
    blocker = next(stage.blocker for stage in guide(round) if stage.state == "now")
    trained(round, cast.nongye)
    after = {stage.key: stage.state for stage in guide(round)}

    assert (before["training"], before["teams"]) == ("now", "next")
    assert blocker is not None and "还没有登记学习培训" in blocker.sentence
    assert (after["training"], after["teams"], after["plan"]) == ("done", "now", "next")
    assert [stage.article for stage in guide(round)] == [f"A9.{number}" for number in range(1, 9)]
    assert RoundStep.CANCELLED.label == "已取消" and ActivityKind.LED.label == "领导带队检查" and Method is not None


def test_a09_3b_whoever_rewrote_the_plan_does_not_sign_it_either(cast: County) -> None:
    round = opened(cast)
    plan = planned(round, cast.nongye)
    plans.save_plan(round, {"division": "李青查县局"}, by=cast.nongye_head, at=NOW)
    approval = plans.submit_plan(plan, by=cast.nongye, at=NOW)

    with pytest.raises(Refused, match="不能签批自己的件"):
        approvals.decide(approval, "approve", by=cast.nongye_head, at=NOW)
