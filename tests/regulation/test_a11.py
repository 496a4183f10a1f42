"""Article 11: the yearly appraisal of units, the county's report, its way to the leaders and to 县委组织部."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import approvals
from accounts.calendar import local_day, noon
from accounts.duties import KINDS, open_duties, settle_duties
from accounts.models import AccessLog, Approval, Duty, DutyState, SupervisedUnit, work_calendar
from accounts.workflow import Refused
from reports.actions import appraisals as acts
from reports.actions import ecology as reports
from reports.actions.committee import agenda
from reports.actions.committee.decisions import Ruling, decide_item
from reports.actions.committee.meetings import call_meeting, hold_meeting, table_agenda
from reports.committee.candidates import candidates
from reports.committee.materials import parts
from reports.counting.catalogue import FIGURES, Scope
from reports.ecology import facts
from reports.models import AgendaItem, EcologyReport, PerformanceAppraisal
from supervision.models import CorrectionReminder
from tests.factories import County, county, enter, moment
from tests.reports.committee_cases import PEOPLE
from tests.reports.ecology_cases import (
    DAY,
    DEC,
    SECRET,
    approved,
    begun,
    compiled,
    drafted,
    member_of,
    passed,
    sent,
    top_of,
    written,
    wrote_top,
)
from tests.samples import PNG, make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


# --- one per unit and year, 一把手 obligatory ---


def test_a11_without_the_text_of_the_top_leader_nothing_goes_up(cast: County) -> None:
    row = begun(cast)
    acts.write_text(row, "team", text="班子总体担当。", by=cast.nongye, at=DEC)
    acts.write_conclusion(row, "总体较好。", by=cast.nongye, at=DEC)

    with pytest.raises(Refused, match="还没有写“一把手”的年度政治表现"):
        acts.submit_appraisal(row, by=cast.nongye, at=DEC)
    wrote_top(row)
    acts.submit_appraisal(row, by=cast.nongye, at=DEC)

    assert row.step == "submitted"


def test_a11_a_vacant_post_needs_its_written_reason_instead(cast: County) -> None:
    row = begun(cast)

    with pytest.raises(Refused, match="写明空缺原因"):
        wrote_top(row, official=None, text="")
    with pytest.raises(Refused, match="职务空缺时不写评价"):
        wrote_top(row, official=None, vacancy="6月起空缺")
    with pytest.raises(Refused, match="请写明“一把手”职务名称"):
        wrote_top(row, official=None, text="", vacancy="6月起空缺", post=" ")
    made = wrote_top(row, official=None, text="", vacancy="6月调离，县委尚未任命")

    assert (made.post, made.vacancy, made.official) == ("党委书记、局长", "6月调离，县委尚未任命", None)


def test_a11_persons_come_from_the_register_of_the_unit(cast: County) -> None:
    row = begun(cast)
    stranger, member = top_of(cast.units["县教育局"]), member_of(row.unit)

    with pytest.raises(Refused, match="不是县农业农村局的干部"):
        wrote_top(row, official=stranger)
    with pytest.raises(Refused, match="“一把手”单独评价"):
        wrote_top(row, official=member)
    acts.write_text(row, "member", official=member, text="履行一岗双责。", by=cast.nongye, at=DEC)
    with pytest.raises(Refused, match="已有对丁一"):
        acts.write_text(row, "member", official=member, text="再写一遍。", by=cast.nongye, at=DEC)

    assert [text.post for text in row.texts.all()] == ["副局长"]


def test_a11_one_appraisal_per_unit_and_year_by_its_own_organ(cast: County) -> None:
    begun(cast)

    with pytest.raises(Refused, match="每年一份"):
        begun(cast)
    with pytest.raises(Refused, match="您不是该单位的经办人或负责人"):
        acts.start_appraisal(cast.units["县教育局"], 2026, by=cast.nongye, at=DEC)
    with pytest.raises(Refused, match="2027年还没有开始"):
        acts.start_appraisal(cast.units["县畜牧服务中心"], 2027, by=cast.nongye, at=DEC)

    assert PerformanceAppraisal.objects.count() == 1


def test_a11_abolished_units_owe_nothing_and_new_ones_do(cast: County) -> None:
    gone, year = cast.units["县农机服务中心"], Scope.of([cast.agri.pk], date(2026, 1, 1), date(2026, 12, 31), today=DAY)
    due = FIGURES["supervised_units"]
    assert due.value(year) == 3
    gone.active_to = date(2026, 6, 30)
    gone.save()
    SupervisedUnit.objects.create(name="县种业服务中心", organ=cast.agri)

    assert {SupervisedUnit.objects.get(pk=pk).name for pk in due.ids(year)} == {
        "县农业农村局",
        "县畜牧服务中心",
        "县种业服务中心",
    }
    with pytest.raises(Refused, match="2026年6月30日撤销，2026年度不再评价"):
        acts.start_appraisal(gone, 2026, by=cast.nongye, at=DEC)


def test_a11_completion_counts_approved_texts_over_active_units(cast: County) -> None:
    approved(cast)
    written(cast, "县畜牧服务中心")
    year = Scope.of([cast.agri.pk, cast.edu.pk], date(2026, 1, 1), date(2026, 12, 31), today=DAY)

    assert FIGURES["appraisals_approved"].value(year) == 1
    assert FIGURES["appraisals_approved"].by_organ(year) == {cast.agri.pk: 1}
    assert FIGURES["supervised_units"].by_organ(year) == {cast.agri.pk: 3, cast.edu.pk: 3}


# --- the chain (AMB-14) ---


def test_a11_head_then_am_then_ds_and_never_the_author(cast: County) -> None:
    row = written(cast)
    acts.write_conclusion(row, "负责人修改过的综合评价。", by=cast.nongye_head, at=DEC)
    acts.submit_appraisal(row, by=cast.nongye, at=DEC)
    approval = Approval.objects.of(row).get()

    assert list(approval.steps.values_list("rung", flat=True)) == ["head", "assisting_member", "deputy_secretary"]
    with pytest.raises(Refused, match="您是本件的拟稿人或报送人"):
        approvals.decide(approval, "approve", by=cast.nongye_head, at=DEC)
    with pytest.raises(Refused, match="您不是应签人"):
        approvals.decide(approval, "approve", by=cast.fenguan, at=DEC)


def test_a11_returned_with_a_comment_it_opens_again(cast: County) -> None:
    row = written(cast)
    acts.submit_appraisal(row, by=cast.nongye, at=DEC)
    with pytest.raises(Refused, match="不能修改；请先撤回或由签批人退回"):
        acts.write_conclusion(row, "偷偷改。", by=cast.nongye, at=DEC)
    approval = Approval.objects.of(row).get()
    with pytest.raises(Refused, match="退回须写明理由"):
        approvals.decide(approval, "return", by=cast.nongye_head, at=DEC)
    approvals.decide(approval, "return", by=cast.nongye_head, at=DEC, note="补充整改情况")
    row.refresh_from_db()

    assert row.step == "returned"
    assert acts.write_conclusion(row, "补充后的评价。", by=cast.nongye, at=DEC).conclusion == "补充后的评价。"


def test_a11_approved_is_locked_and_corrected_by_a_new_version(cast: County) -> None:
    row = approved(cast)
    with pytest.raises(Refused, match="请起草更正版并写明理由"):
        wrote_top(row, text="改写")
    with pytest.raises(Refused, match="更正须写明理由"):
        acts.correct_appraisal(row, reason=" ", by=cast.nongye, at=DEC)
    again = acts.correct_appraisal(row, reason="职务名称有误", by=cast.nongye, at=DEC)
    with pytest.raises(Refused, match="更正版已在办理"):
        acts.correct_appraisal(row, reason="再来一次", by=cast.nongye, at=DEC)
    wrote_top(again, post="党组书记、局长")
    acts.submit_appraisal(again, by=cast.nongye, at=DEC)
    for person in (cast.nongye_head, cast.xieguan1, cast.fenguan):
        assert PerformanceAppraisal.objects.get(pk=row.pk).step == "approved"
        approvals.decide(Approval.objects.of(again).get(), "approve", by=person, at=DEC)

    steps = dict(PerformanceAppraisal.objects.values_list("version", "step"))
    assert steps == {1: "superseded", 2: "approved"}
    assert row.content["texts"][1]["post"] == "党委书记、局长"


def test_a11_the_sheet_of_signatures_carries_no_text(cast: County) -> None:
    row = approved(cast)
    approval = Approval.objects.of(row).get()

    assert SECRET not in str(approval.content) and "第一责任人" not in str(approval.content)
    assert approval.content["正文摘要（SM3）"] == row.digest
    page = enter(cast.dangfeng).get(f"/approvals/{approval.pk}/").content.decode()
    assert SECRET not in page and "阅读正文" not in page


# --- facts beside the texts ---


def test_a11_the_facts_beside_equal_the_figures(cast: County) -> None:
    first, second = cast.units["县农业农村局"], cast.units["县畜牧服务中心"]
    late = make_problem(cast, cast.agri, at=DEC, found_on=date(2026, 2, 1), due_on=date(2026, 3, 1))
    repeat = make_problem(cast, cast.agri, at=DEC, found_on=date(2026, 5, 6))
    repeat.unit, repeat.repeat_of = second, late
    repeat.save()
    make_problem(cast, cast.agri, at=DEC, found_on=date(2025, 12, 31), year=2025)
    CorrectionReminder.objects.create(problem=late, organ=cast.agri, kind="interview", reminded="分管副局长", given_on=date(2026, 2, 3),
                                      given_by="李青", created_by=cast.nongye, created_at=DEC)  # fmt: skip
    scope = Scope.of([cast.agri.pk], date(2026, 1, 1), date(2026, 12, 31), today=DAY)

    beside = [
        {fact.figure.key: fact for fact in facts.facts(unit, 2026, cast.nongye, today=DAY)} for unit in (first, second)
    ]

    for key in facts.UNIT_PATHS:
        assert sum(one[key].value for one in beside) == FIGURES[key].value(scope), key
    assert [one["problems_found"].value for one in beside] == [1, 1]
    assert [one["problems_repeated"].value for one in beside] == [0, 1]
    assert [one["correction_reminders"].value for one in beside] == [1, 0]
    assert beside[0]["rectification_overdue"].rows[0].address == f"/problems/{late.pk}/"


def test_a11_what_another_organ_found_counts_and_is_not_shown(cast: County) -> None:
    problem = make_problem(cast, cast.edu, at=DEC, found_on=date(2026, 4, 2), description="教育组发现的问题")
    problem.unit = cast.units["县农业农村局"]
    problem.save()

    found = {fact.figure.key: fact for fact in facts.facts(problem.unit, 2026, cast.nongye, today=DAY)}[
        "problems_found"
    ]
    seen = {fact.figure.key: fact for fact in facts.facts(problem.unit, 2026, cast.dangfeng_head, today=DAY)}[
        "problems_found"
    ]

    assert (found.value, found.rows, found.elsewhere) == (1, (), 1)
    assert [row.label for row in seen.rows] == ["教育组发现的问题"]


def test_a11_the_facts_are_kept_as_they_stood_when_the_text_went_up(cast: County) -> None:
    problem = make_problem(cast, cast.agri, at=DEC, found_on=date(2026, 2, 1))
    row = approved(cast)
    make_problem(cast, cast.agri, at=DEC, found_on=date(2026, 3, 1))
    row.refresh_from_db()

    kept = {one["key"]: (one["value"], one["ids"]) for one in row.content["facts"]}
    assert kept["problems_found"] == (1, [problem.pk])


def test_a11_ticked_records_stay_with_the_text_and_foreign_marks_do_not(cast: County) -> None:
    problem = make_problem(cast, cast.agri, at=DEC, found_on=date(2026, 2, 1))
    foreign = make_problem(cast, cast.edu, at=DEC, found_on=date(2026, 2, 1))
    row = begun(cast)
    marks = [
        f"problems_found:{problem.pk}",
        f"rectification_open:{problem.rectification.pk}",
        f"problems_found:{foreign.pk}",
        "x:1",
    ]

    enter(cast.nongye).post(f"/appraisals/{row.pk}/write/team/", {"text": "班子总体担当。", "evidence": marks})

    assert row.texts.get().evidence == [
        {"key": "problems_found", "id": problem.pk, "ref": problem.pk, "label": "2026-02-01 项目资料归档滞后"}
    ]


# --- the circle, every reading on record ---


CIRCLE = {"nongye": 200, "nongye_head": 200, "xieguan1": 200, "fenguan": 200, "shuji": 200, "dangfeng_head": 200,
          "dangfeng": 404, "jiaoyu": 404, "jiaoyu_head": 404, "xieguan2": 404, "anguan": 404, "changweihui": 404, "sysadmin": 404}  # fmt: skip


def test_a11_only_the_circle_reads_and_every_reading_is_on_record(cast: County) -> None:
    row = approved(cast)
    for username, status in CIRCLE.items():
        before = AccessLog.objects.filter(action="view").count()
        answer = enter(cast.people[username]).get(f"/appraisals/{row.pk}/")
        assert answer.status_code == status, username
        assert AccessLog.objects.filter(action="view").count() - before == (1 if status == 200 else 0), username

    assert AccessLog.objects.filter(action="view", username="fenguan").get().subject == f"政治表现综合评价：{row}"


def test_a11_writing_pages_and_papers_are_on_record_and_say_so(cast: County) -> None:
    row = written(cast)
    client = enter(cast.nongye)
    page = client.get(f"/appraisals/{row.pk}/write/team/").content.decode()
    for path in (f"/appraisals/{row.pk}.docx", "/appraisals/?format=xlsx"):
        assert client.get(path).status_code == 200

    assert "查看、导出有记录" in page and SECRET in page
    assert list(AccessLog.objects.order_by("pk").values_list("action", flat=True)) == ["view", "export", "export"]


def test_a11_a_clerk_of_the_office_sees_completeness_only(cast: County) -> None:
    approved(cast)
    page = enter(cast.dangfeng).get("/appraisals/?year=2026").content.decode()

    assert "县农业农村局" in page and "已批准" in page and SECRET not in page and "陈国栋" not in page
    assert enter(cast.dangfeng).get("/figures/appraisals_approved/?from=2026-01-01&to=2026-12-31").status_code == 200


def test_a11_the_compiled_texts_are_shown_by_the_restricted_right_alone(cast: County) -> None:
    approved(cast)
    report = compiled(cast)
    told = {
        name: enter(cast.people[name]).get(f"/ecology/{report.pk}/") for name in ("dangfeng", "dangfeng_head", "nongye")
    }

    assert SECRET not in told["dangfeng"].content.decode() and "已汇编1个单位" in told["dangfeng"].content.decode()
    assert SECRET in told["dangfeng_head"].content.decode()
    assert told["nongye"].status_code == 404
    assert enter(cast.dangfeng).get(f"/ecology/{report.pk}.docx").status_code == 404
    assert enter(cast.dangfeng_head).get(f"/ecology/{report.pk}.docx").status_code == 200
    assert list(AccessLog.objects.filter(action="export").values_list("username", flat=True)) == ["dangfeng_head"]


# --- the county's report, the committee, the dispatch ---


def test_a11_one_click_compiles_the_approved_and_names_the_missing(cast: County) -> None:
    approved(cast)
    written(cast, "县畜牧服务中心")
    report = compiled(cast, reason="")

    assert [entry["unit"] for entry in report.units] == ["县农业农村局"]
    assert [(entry["unit"], entry["state"]) for entry in report.missing][:2] == [
        ("县畜牧服务中心", "撰写中"),
        ("县农机服务中心", "未撰写"),
    ]
    with pytest.raises(Refused, match="7个单位没有已批准的评价，请写明未纳入的原因"):
        reports.submit_report(report, by=cast.dangfeng, at=DEC)
    reports.compile_units(report, missing_reason="首年试点", by=cast.dangfeng, at=DEC)
    approved(cast, "县教育局")
    with pytest.raises(Refused, match="汇编后又有评价获批或更正（新增1份，减少0份），请重新汇编"):
        reports.submit_report(report, by=cast.dangfeng, at=DEC)


def test_a11_every_part_is_written_and_the_parts_are_the_offices_own(cast: County) -> None:
    report = reports.draft_report(cast.cso, 2026, by=cast.dangfeng, at=DEC)
    usual = [part["heading"] for part in report.sections]
    assert usual[1:7] == ["“四个意识”", "思想政治建设", "党内政治生活", "作风建设", "反腐败形势", "管党治党责任落实"]
    with pytest.raises(Refused, match="是必备部分"):
        reports.set_outline(report, ["总体情况"], by=cast.dangfeng, at=DEC)
    reports.edit_section(report, "advice", "加强日常监督。", by=cast.dangfeng, at=DEC)
    with pytest.raises(Refused, match="“对策建议”已有内容"):
        reports.set_outline(report, [*usual[:10]], by=cast.dangfeng, at=DEC)
    changed = reports.set_outline(report, ["总体情况", usual[7], "选人用人风气", "对策建议"], by=cast.dangfeng, at=DEC)
    with pytest.raises(Refused, match="总体情况、选人用人风气还没有写"):
        reports.submit_report(changed, by=cast.dangfeng, at=DEC)
    following = reports.draft_report(cast.cso, 2027, by=cast.dangfeng, at=moment(2027, 1, 5))

    assert [part["heading"] for part in following.sections] == ["总体情况", usual[7], "选人用人风气", "对策建议"]


def test_a11_parts_name_problems_of_the_year(cast: County) -> None:
    report = drafted(cast)
    problem = make_problem(cast, cast.agri, at=DEC, found_on=date(2026, 2, 1))
    earlier = make_problem(cast, cast.agri, at=DEC, found_on=date(2025, 2, 1), year=2025)

    with pytest.raises(Refused, match=f"{earlier.code}不是2026年发现的问题编号"):
        reports.edit_section(report, "problems", "问题。", codes=earlier.code, by=cast.dangfeng, at=DEC)
    made = reports.edit_section(report, "problems", "问题。", codes=f"{problem.code}、", by=cast.dangfeng, at=DEC)

    assert next(part for part in made.sections if part["key"] == "problems")["problems"] == [problem.pk]


def test_a11_nothing_leaves_before_the_committees_resolution(cast: County) -> None:
    approved(cast)
    report = compiled(cast)
    with pytest.raises(Refused, match="县纪委常委会通过后才能报送"):
        sent(cast, report, "committee", "县委书记")
    reports.submit_report(report, by=cast.dangfeng, at=DEC)
    for person in (cast.dangfeng_head, cast.xieguan1, cast.fenguan):
        with pytest.raises(Refused, match="审批中，县纪委常委会通过后才能报送"):
            sent(cast, report, "committee", "县委书记")
        approvals.decide(Approval.objects.of(report).get(), "approve", by=person, at=DEC)

    assert [row.title for row in candidates(cast.changweihui)] == ["2026年度政治生态分析报告"]
    with pytest.raises(Refused, match="县纪委常委会通过后才能报送"):
        sent(cast, report, "committee", "县委书记")


def test_a11_the_committees_decision_moves_the_report_and_its_packet_holds_no_text(cast: County) -> None:
    approved(cast)
    report = compiled(cast)
    reports.submit_report(report, by=cast.dangfeng, at=DEC)
    for person in (cast.dangfeng_head, cast.xieguan1, cast.fenguan):
        approvals.decide(Approval.objects.of(report).get(), "approve", by=person, at=DEC)
    meeting = call_meeting(cast.cso, {**PEOPLE, "held_on": DAY}, by=cast.changweihui, at=DEC)
    item = agenda.add_waiting(meeting, candidates(cast.changweihui)[0].key, by=cast.changweihui, at=DEC)
    hold_meeting(table_agenda(meeting, by=cast.changweihui, at=DEC), by=cast.changweihui, at=DEC)

    papers = parts(AgendaItem.objects.with_papers().get(pk=item.pk), on=DAY)
    decide_item(item, Ruling("approve", "同意报送。"), by=cast.changweihui, at=DEC)
    report.refresh_from_db()

    assert not any(SECRET in part.paper.texts() or "陈国栋" in part.paper.texts() for part in papers)
    assert report.step == "approved" and report.resolution is not None
    assert (report.resolution.kind, report.resolution.meeting_on) == ("appraisal", DAY)


def test_a11_open_until_every_receipt_is_in_and_filed_with_its_number(cast: County) -> None:
    approved(cast)
    report = passed(cast, compiled(cast))
    with pytest.raises(Refused, match="报送日期早于常委会会议日期2026-12-08"):
        sent(cast, report, "committee", "县委书记", on=date(2026, 12, 7))
    first = sent(cast, report, "committee", "县委书记")
    with pytest.raises(Refused, match="已登记报送县委书记"):
        sent(cast, report, "committee", "县委书记")
    filing = sent(cast, report, "organization", "县委组织部")
    got: Any = {
        "received_on": date(2026, 12, 9),
        "received_by": "付明",
        "by": cast.dangfeng,
        "at": moment(2026, 12, 10),
    }
    with pytest.raises(Refused, match="须登记备案编号"):
        reports.record_receipt(filing, **got)
    with pytest.raises(Refused, match="只有县委组织部备案才登记备案编号"):
        reports.record_receipt(first, filing_no="1号", **got)
    with pytest.raises(Refused, match="回执日期早于报送日期"):
        reports.record_receipt(first, **{**got, "received_on": date(2026, 12, 1)})
    reports.record_receipt(first, **got)
    reports.record_receipt(filing, filing_no="组备〔2026〕3号", **got)
    assert EcologyReport.objects.get().step == "dispatched"
    last = sent(cast, report, "government", "县长")
    reports.record_receipt(last, **got)

    assert EcologyReport.objects.get().step == "filed"
    assert report.dispatches.get(receiver="organization").filing_no == "组备〔2026〕3号"
    with pytest.raises(Refused, match="回执已登记"):
        reports.record_receipt(last, **got)


def test_a11_a_passed_report_is_corrected_by_a_new_version(cast: County) -> None:
    approved(cast)
    report = passed(cast, compiled(cast))
    with pytest.raises(Refused, match="确需更正的，请起草更正版"):
        reports.edit_section(report, "advice", "改。", by=cast.dangfeng, at=DEC)
    again = reports.correct_report(report, reason="单位名称有误", by=cast.dangfeng, at=DEC)
    passed(cast, reports.compile_units(again, by=cast.dangfeng, at=DEC))

    assert dict(EcologyReport.objects.values_list("version", "step")) == {1: "superseded", 2: "approved"}


def test_a11_only_the_office_writes_sends_and_files(cast: County) -> None:
    with pytest.raises(Refused, match="由党风政风监督室起草"):
        reports.draft_report(cast.agri, 2026, by=cast.nongye, at=DEC)
    approved(cast)
    report = passed(cast, compiled(cast))
    with pytest.raises(Refused, match="由党风政风监督室起草"):
        reports.dispatch_report(
            report, receiver="committee", recipient="县委书记", sent_on=DAY, manner="courier", by=cast.fenguan, at=DEC
        )


# --- terms ---


def test_a11_each_organ_owes_its_units_by_the_end_of_the_year(cast: County) -> None:
    open_duties(date(2026, 10, 31))
    assert not Duty.objects.filter(kind="appraisals").exists()
    open_duties(date(2026, 11, 2))
    open_duties(date(2026, 12, 30))

    rows = Duty.objects.filter(kind="appraisals").order_by("organ__sort_order", "organ_id")
    assert {(row.organ, row.due_on, row.article) for row in rows} == {
        (organ, date(2026, 12, 31), "A11") for organ in (cast.agri, cast.edu, cast.town)
    }


def test_a11_the_duty_is_done_when_no_unit_is_missing(cast: County) -> None:
    open_duties(date(2026, 12, 1))
    approved(cast, "柳河镇人民政府")
    settle_duties()
    duty = Duty.objects.get(kind="appraisals", organ=cast.town)
    assert duty.state(on=date(2027, 1, 2)) == DutyState.OVERDUE
    row = approved(cast, "柳河镇财政所", at=moment(2026, 12, 30))
    settle_duties()
    duty.refresh_from_db()

    assert row.approved_at is not None and duty.fulfilled_at == row.approved_at
    assert local_day(row.approved_at) == date(2026, 12, 30)
    assert duty.state(on=date(2027, 1, 2)) == DutyState.DONE


def test_a11_reminders_on_1_and_20_december(cast: County) -> None:
    ladder: Any = KINDS["appraisals"].ladder
    days = [day for day, _, _ in ladder(date(2026, 12, 31), work_calendar())]

    # 20 December 2026 is a Sunday: said on the Friday before; 1 January is a holiday.
    assert days[:3] == [date(2026, 12, 1), date(2026, 12, 18), date(2026, 12, 31)]
    assert days[3] > date(2026, 12, 31)


def test_a11_the_report_is_softly_due_at_the_end_of_january(cast: County) -> None:
    open_duties(date(2026, 12, 1))
    duty = Duty.objects.get(kind="ecology_report")
    assert (duty.organ, duty.due_on, duty.period, KINDS["ecology_report"].soft) == (
        cast.cso,
        date(2027, 1, 31),
        "2026",
        True,
    )
    approved(cast)
    report = passed(cast, compiled(cast))
    for receiver in ("committee", "government"):
        sent(cast, report, receiver, receiver)
    settle_duties()
    duty.refresh_from_db()
    assert duty.fulfilled_at is None
    sent(cast, report, "organization", "县委组织部", at=moment(2026, 12, 14), on=date(2026, 12, 14))
    settle_duties()
    duty.refresh_from_db()

    assert duty.fulfilled_at == noon(date(2026, 12, 14))


def test_a11_files_of_a_text_are_for_its_readers(cast: County) -> None:
    row = written(cast)
    kept = acts.attach_to_appraisal(row, SimpleUploadedFile("谈话记录.png", PNG), by=cast.nongye, at=DEC)
    path = reverse("accounts:attachment", args=[kept.pk])

    acts.submit_appraisal(row, by=cast.nongye, at=DEC)
    sheet = reverse("accounts:approval", args=[Approval.objects.of(row).get().pk])

    assert enter(cast.fenguan).get(path).status_code == 200
    assert enter(cast.dangfeng).get(path).status_code == 404
    assert "谈话记录.png" in enter(cast.fenguan).get(sheet).content.decode()
    assert "谈话记录.png" not in enter(cast.dangfeng).get(sheet).content.decode()
