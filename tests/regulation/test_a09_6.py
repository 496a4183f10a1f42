"""第九条第（六）项: 形成报告 (A9.6)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from accounts.approvals import decide, withdraw
from accounts.digest import digest_of
from accounts.models import AccessLog, Approval, Event
from accounts.workflow import Refused
from supervision.actions.reporting import assessments, reports
from supervision.models import InspectionReport, PoliticalAssessment, looks_on
from supervision.rounds.endings import has_final_report_approved
from tests.factories import County, county, moment
from tests.supervision.report_cases import (
    DRAFTED,
    SIGNED,
    assess,
    drafted,
    find,
    keep_log,
    make_round,
    official,
    ready,
    signed,
    signers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


# --- A9.6a ---


def test_a09_6a_list_and_report_come_from_the_same_records(cast: County) -> None:
    round = make_round(cast.agri)
    first = find(round, "管护责任未落实", focus_area="major_decisions")
    second = find(round, "资金拨付滞后", focus_area="power_operation")

    report = drafted(round)

    assert set(report.problems.all()) == {first, second}
    assert "共发现问题2个，涉及1家单位" in report.findings_text
    assert "（一）路线方针政策和重大决策部署方面（1个）。\n1. 县农业农村局：管护责任未落实。" in report.findings_text
    assert "（二）权力运行方面（1个）。\n1. 县农业农村局：资金拨付滞后。" in report.findings_text


def test_a09_6a_a_problem_found_after_the_draft_holds_the_report_until_it_is_written_in(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = ready(round)
    late = find(round, "新发现的问题")

    with pytest.raises(Refused, match="新增1个，减少0个.*第九条第（六）项"):
        reports.submit_report(report, by=cast.nongye, at=SIGNED)
    reports.redraft_section(report, "findings_text", by=cast.nongye, at=SIGNED)
    reports.submit_report(report, by=cast.nongye, at=SIGNED)

    report.refresh_from_db()
    assert "新发现的问题" in report.findings_text and late in report.problems.all()
    assert [row["发现问题"] for row in report.content["problems"]] == ["项目资料归档滞后", "新发现的问题"]


@pytest.mark.parametrize(
    ("step", "words"),
    [("planned", "还没有启动"), ("ready", "还没有启动"), ("closed", "已办结"), ("cancelled", "已取消")],
)
def test_a09_6a_no_report_before_the_inspection_or_after_the_round(cast: County, step: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        drafted(make_round(cast.agri, step=step))


def test_a09_6a_a_final_report_goes_up_only_when_the_inspection_has_ended_an_interim_one_at_once(cast: County) -> None:
    round = make_round(cast.agri, step="inspecting")
    find(round)
    final, interim = ready(round), ready(round, kind="interim")

    with pytest.raises(Refused, match="监督检查还没有结束"):
        reports.submit_report(final, by=cast.nongye, at=SIGNED)
    reports.submit_report(interim, by=cast.nongye, at=SIGNED)

    assert InspectionReport.objects.get(pk=interim.pk).step == "submitted"


def test_a09_6a_one_final_report_of_the_round_or_one_per_unit(cast: County) -> None:
    round = make_round(cast.agri, units=2)
    one, two = round.units.order_by("pk")
    drafted(round, unit=one)
    drafted(round, unit=two)

    with pytest.raises(Refused, match="已有.*不能重复起草"):
        drafted(round, unit=one)
    with pytest.raises(Refused, match="已有.*不能重复起草"):
        drafted(round)
    with pytest.raises(Refused, match="不是本轮监督的被监督单位"):
        drafted(make_round(cast.agri), unit=cast.units["县教育局"])


def test_a09_6a_a_round_of_several_units_waits_for_the_report_of_each(cast: County) -> None:
    round = make_round(cast.agri, units=2)
    one, two = round.units.order_by("pk")
    find(round, unit=0)
    find(round, unit=1)
    signed(cast, ready(round, unit=one))
    assert "县畜牧服务中心" in has_final_report_approved(round).sentence

    signed(cast, ready(round, unit=two))

    assert has_final_report_approved(round)


def test_a09_6a_only_the_leading_organ_drafts(cast: County) -> None:
    for stranger in (cast.jiaoyu, cast.dangfeng, cast.xieguan1, cast.changweihui):
        with pytest.raises(Refused, match="由牵头单位驻县农业农村局纪检监察组起草"):
            reports.draft_report(make_round(cast.agri), by=stranger, at=DRAFTED)


# --- A9.6b ---


def test_a09_6b_the_sections_are_prefilled_from_the_log(cast: County) -> None:
    round = make_round(cast.agri)
    keep_log(round)
    find(round, "围栏破损", fixed_on_spot=True, situation="当日已修复")
    find(round, "台账缺失", suggestion="建立管护台账")

    report = drafted(round)

    assert "2026年2月3日至2026年2月27日" in report.inspection_text
    assert (
        "检查启动前共组织业务培训1次、12人次。2026年2月2日培训“高标准农田政策”，行业专家孙工授课。"
        in report.inspection_text
    )
    assert "组建监督检查组1个、2人。第一检查组（组长李青），2人。" in report.inspection_text
    assert "主要采取实地走访2次、谈心谈话1次等方式开展监督。" in report.inspection_text
    assert (
        "共开展监督检查3场次，其中日常检查2场次，领导带队检查1场次；实地到达被监督单位1家。" in report.inspection_text
    )
    assert report.on_spot_text == "督促立行立改问题1个。\n1. 县农业农村局：围栏破损。整改情况：当日已修复。"
    assert "（一）对县农业农村局。\n1. 补齐项目资料。\n2. 建立管护台账。" in report.advice_text


def test_a09_6b_clues_are_told_by_number_and_code_only(cast: County) -> None:
    round = make_round(cast.agri)
    find(round, clue_ref="农纪线〔2026〕3号")

    assert "共发现问题线索1件，编号：农纪线〔2026〕3号。" in drafted(round).findings_text


@pytest.mark.parametrize(
    ("field", "heading"),
    [("inspection_text", "监督检查情况"), ("findings_text", "发现的问题和线索"), ("on_spot_text", "问题立行立改情况"),
     ("advice_text", "整改意见建议")],
)  # fmt: skip
def test_a09_6b_an_empty_section_holds_the_report(cast: County, field: str, heading: str) -> None:
    round = make_round(cast.agri)
    find(round)
    report = ready(round)
    reports.edit_report(report, {field: "  \n "}, by=cast.nongye, at=DRAFTED)

    with pytest.raises(Refused, match=f"报告还缺：{heading}"):
        reports.submit_report(report, by=cast.nongye, at=SIGNED)
    assert InspectionReport.objects.get(pk=report.pk).step == "draft"
    assert not Approval.objects.of(report).exists()


def test_a09_6b_the_written_words_stay_until_the_author_replaces_them(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = drafted(round)
    reports.edit_report(report, {"findings_text": "自己写的话"}, by=cast.nongye, at=DRAFTED)
    find(round, "又一个问题")

    report.refresh_from_db()
    assert (report.findings_text, reports.missing_from_list(report)) == ("自己写的话", 1)
    reports.redraft_section(report, "findings_text", by=cast.nongye, at=DRAFTED)
    assert "自己写的话" in {row.findings_text for row in InspectionReport.objects.get(pk=report.pk).history.all()}


def test_a09_6b_a_formula_is_no_text(cast: County) -> None:
    with pytest.raises(Refused, match="是公式"):
        reports.edit_report(drafted(make_round(cast.agri)), {"advice_text": "=1+1"}, by=cast.nongye, at=DRAFTED)


# --- A9.6c ---


def test_a09_6c_a_final_report_needs_a_text_about_each_team(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = drafted(round)

    with pytest.raises(Refused, match="还没有对县农业农村局领导班子的政治表现作出综合评价"):
        reports.submit_report(report, by=cast.nongye, at=SIGNED)
    assess(report)
    reports.submit_report(report, by=cast.nongye, at=SIGNED)

    assert InspectionReport.objects.get(pk=report.pk).step == "submitted"


def test_a09_6c_team_top_leader_and_members_are_written_apart(cast: County) -> None:
    round = make_round(cast.agri)
    report, leader, member = drafted(round), official(round), official(round, "刘副局长", top=False)
    assess(report)
    assess(report, about="top_leader", official=leader)
    assess(report, about="member", official=member)

    for about, person, words in (
        ("member", leader, "单独评价"),
        ("top_leader", member, "单独评价"),
        ("member", None, "请选择"),
        ("team", leader, "不指向个人"),
    ):
        with pytest.raises(Refused, match=words):
            assess(report, about=about, official=person)
    with pytest.raises(Refused, match="已有对该对象的评价"):
        assess(report)
    with pytest.raises(Refused, match="不在本报告的被监督单位中"):
        assess(report, unit=cast.units["县教育局"])
    assert PoliticalAssessment.objects.count() == 3


def test_a09_6c_there_is_no_score_anywhere() -> None:
    kinds = {
        field.get_internal_type()
        for field in PoliticalAssessment._meta.get_fields()
        if field.concrete and not field.is_relation
    }

    assert kinds == {"BigAutoField", "CharField", "TextField", "DateTimeField"}
    assert [field.name for field in PoliticalAssessment._meta.get_fields() if getattr(field, "choices", None)] == [
        "about"
    ]


def test_a09_6c_only_its_author_and_the_restricted_right_read_a_text(cast: County) -> None:
    report = drafted(make_round(cast.agri))
    row = assess(report)

    def sees(name: str) -> bool:
        return PoliticalAssessment.objects.visible_to(cast.people[name]).filter(pk=row.pk).exists()

    assert {name for name in cast.people if sees(name)} == {
        "nongye",
        "nongye_head",
        "dangfeng_head",
        "xieguan1",
        "fenguan",
        "shuji",
    }


def test_a09_6c_only_the_author_changes_his_words_and_nobody_once_they_are_sent_up(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = drafted(round)
    row = assess(report)

    with pytest.raises(Refused, match="由撰写人李青本人修改"):
        assessments.rewrite_assessment(row, by=cast.nongye_head, at=DRAFTED, conclusion="改")
    with pytest.raises(Refused, match="请写明综合评价"):
        assessments.rewrite_assessment(row, by=cast.nongye, at=DRAFTED, conclusion=" ")
    reports.submit_report(report, by=cast.nongye, at=SIGNED)
    with pytest.raises(Refused, match="内容已锁定"):
        assessments.rewrite_assessment(row, by=cast.nongye, at=DRAFTED, conclusion="改")
    assert PoliticalAssessment.objects.get().conclusion == "班子总体担当，但抓落实不够细。"


def test_a09_6c_the_words_stand_neither_in_events_nor_in_the_paper_that_travels(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = drafted(round)
    assess(report, "只给有权人员看的话")
    approval = reports.submit_report(report, by=cast.nongye, at=SIGNED)
    report.refresh_from_db()

    told = "".join(f"{event.title}{event.note}{event.label}" for event in Event.objects.all())
    assert "只给有权人员看的话" not in told + str(approval.content) + str(report.content)
    assert report.content["assessments"]["count"] == 1


def test_a09_6c_the_three_questions_are_dated(cast: County) -> None:
    assert looks_on(cast.agri, date(2026, 3, 1)) == (
        "看战略部署落实了没有、落实得好不好", "看重点任务、重点举措、重要政策、重要要求贯彻得怎么样", "看本地区本部门本单位职责有没有担当起来",
    )  # fmt: skip
    words = {"first": "一看新", "second": "二看新", "third": "三看新"}
    assessments.set_looks(cast.cso, by=cast.dangfeng, at=moment(2026, 3, 1), valid_from=date(2026, 4, 1), **words)

    assert looks_on(cast.agri, date(2026, 3, 31))[0] == "看战略部署落实了没有、落实得好不好"
    assert looks_on(cast.agri, date(2026, 4, 1)) == ("一看新", "二看新", "三看新")
    with pytest.raises(Refused, match="从今天或以后"):
        assessments.set_looks(cast.cso, by=cast.dangfeng, at=moment(2026, 3, 1), valid_from=date(2026, 2, 1), **words)
    with pytest.raises(Refused, match="由党风政风监督室设置"):
        assessments.set_looks(cast.agri, by=cast.nongye, at=moment(2026, 3, 1), valid_from=date(2026, 5, 1), **words)


# --- A9.6d ---


def test_a09_6d_head_then_am_then_ds_and_the_ds_starts_the_ten_days(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = ready(round)
    approval = reports.submit_report(report, by=cast.nongye, at=SIGNED)
    head, assisting, deputy = signers(cast, cast.agri)

    assert [step.rung for step in approval.steps.all()] == ["head", "assisting_member", "deputy_secretary"]
    for signer in (head, assisting):
        decide(Approval.objects.get(pk=approval.pk), "approve", by=signer, at=SIGNED)
        assert InspectionReport.objects.get(pk=report.pk).due_on is None
    decide(Approval.objects.get(pk=approval.pk), "approve", by=deputy, at=SIGNED)

    report = InspectionReport.objects.get(pk=report.pk)
    assert (report.step, report.approved_at, report.due_on) == ("approved", SIGNED, date(2026, 3, 14))


def test_a09_6d_the_clerk_never_signs_his_own_report(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    approval = reports.submit_report(ready(round), by=cast.nongye_head, at=SIGNED)

    with pytest.raises(Refused, match="不能签批自己的件"):
        decide(approval, "approve", by=cast.nongye_head, at=SIGNED)


def test_a09_6d_a_returned_report_comes_back_with_its_reason_and_keeps_its_rounds(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = ready(round)
    approval = reports.submit_report(report, by=cast.nongye, at=SIGNED)
    decide(approval, "return", by=cast.nongye_head, at=SIGNED, note="问题表述不准")
    report.refresh_from_db()
    assert report.step == "returned"

    reports.edit_report(report, {"advice_text": "补充建议"}, by=cast.nongye, at=SIGNED)
    report = signed(cast, InspectionReport.objects.get(pk=report.pk))

    rounds = list(Approval.objects.of(report))
    assert [(one.round_no, one.state) for one in rounds] == [(1, "returned"), (2, "approved")]
    assert rounds[0].content["整改意见建议"] != rounds[1].content["整改意见建议"] == "补充建议"


def test_a09_6d_what_was_signed_is_frozen_with_its_list_and_digest(cast: County) -> None:
    round = make_round(cast.agri)
    problem = find(round)
    report = signed(cast, ready(round))
    kept, digest = report.content, report.digest
    problem.description = "事后改写的问题"
    problem.save()

    report = InspectionReport.objects.get(pk=report.pk)
    assert report.content["problems"][0]["发现问题"] == "项目资料归档滞后"
    assert (report.content, report.digest, digest_of(report.content)) == (kept, digest, digest)
    for work in (lambda: reports.edit_report(report, {"advice_text": "改"}, by=cast.nongye, at=SIGNED),
                 lambda: reports.redraft_section(report, "advice_text", by=cast.nongye, at=SIGNED)):  # fmt: skip
        with pytest.raises(Refused, match="内容已锁定"):
            work()


def test_a09_6d_the_submitter_may_take_it_back_before_the_first_signature(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = ready(round)
    approval = reports.submit_report(report, by=cast.nongye, at=SIGNED)

    withdraw(approval, by=cast.nongye, at=SIGNED)

    report.refresh_from_db()
    assert report.step == "draft"
    assert AccessLog.objects.filter(at__lte=timezone.now()).count() == 0
