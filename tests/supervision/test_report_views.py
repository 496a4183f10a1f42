"""Pages of reports, copies, disposal and clues as people use them: lists, editor, differences, desk, constant queries."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog
from supervision.actions.reporting import clues, disposal, reports
from supervision.chain import chain_of
from supervision.models import (
    AccountabilityAction,
    Clue,
    CopyOut,
    DisposalRoute,
    InspectionReport,
    PoliticalAssessment,
    Problem,
    UnitFeedback,
)
from tests.factories import NOW, TODAY, County, county, enter, moment, serial
from tests.supervision.report_cases import analysed, assess, drafted, find, make_round, ready, signed, studied, tabled
from tests.supervision.report_samples import report_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def approved(cast: County, organ: Any) -> InspectionReport:
    round = make_round(organ)
    find(round)
    return signed(cast, ready(round))


# --- the list ---


@time_machine.travel(moment(2026, 3, 12), tick=False)
def test_the_list_tells_the_days_left_and_filters_what_waits(cast: County) -> None:
    waiting = approved(cast, cast.agri)
    drafted(make_round(cast.edu))
    client = enter(cast.dangfeng)

    rows = client.get(reverse("supervision:reports"), {"step": "waiting"}).context["page"].rows
    assert [(row["title"], row["words"], row["clock"]["tone"]) for row in rows] == [(waiting.title, "还有4天", "soon")]
    wrong = ({"step": "无"}, {"organ": "-1"})
    assert [client.get(reverse("supervision:reports"), one).status_code for one in wrong] == [422, 404]
    assert [
        row["organ__name"] for row in enter(cast.jiaoyu).get(reverse("supervision:reports")).context["page"].rows
    ] == ["驻县教育局纪检监察组"]


def test_the_list_leaves_as_a_workbook_with_the_same_filter(cast: County) -> None:
    approved(cast, cast.agri)
    drafted(make_round(cast.edu))

    answer = enter(cast.dangfeng).get(reverse("supervision:reports"), {"format": "xlsx", "step": "draft"})
    values = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows()
        for cell in row
    ]

    assert "驻县教育局纪检监察组" in values and "驻县农业农村局纪检监察组" not in values
    assert AccessLog.objects.filter(action="export", subject="监督检查情况报告目录").count() == 1


# --- drafting and writing ---


def test_a_clerk_drafts_writes_and_sends_up(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    client = enter(cast.nongye)

    client.post(reverse("supervision:report_new", args=[round.pk]), {"kind": "final"})
    report = InspectionReport.objects.get()
    texts = {
        name: f"{name}的文字" for name in ("title", "inspection_text", "findings_text", "on_spot_text", "advice_text")
    }
    client.post(reverse("supervision:report_edit", args=[report.pk]), texts)
    unit = round.units.all()[0]
    client.post(
        reverse("supervision:assessment_new", args=[report.pk]),
        {"unit": unit.pk, "about": "team", "conclusion": "总体良好"},
    )
    answer = client.post(reverse("supervision:report_submit", args=[report.pk]), follow=True)

    report.refresh_from_db()
    assert (report.step, report.advice_text, report.title) == ("submitted", "advice_text的文字", "title的文字")
    assert "批准前内容锁定" in answer.content.decode()
    assert client.post(reverse("supervision:report_edit", args=[report.pk]), texts).status_code == 422


def test_a_second_report_is_refused_on_the_form_with_its_article(cast: County) -> None:
    round = make_round(cast.agri)
    drafted(round)

    answer = enter(cast.nongye).post(reverse("supervision:report_new", args=[round.pk]), {"kind": "final"})

    assert answer.status_code == 422
    assert "不能重复起草" in answer.content.decode() and "第九条第（六）项" in answer.content.decode()


def test_the_difference_is_shown_before_anything_is_replaced(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = drafted(round)
    reports.edit_report(report, {"findings_text": "手写的旧话"}, by=cast.nongye, at=NOW)
    address = reverse("supervision:report_section", args=[report.pk, "findings_text"])
    client = enter(cast.nongye)

    page = client.get(address)
    shown = "".join(words for kind, words in page.context["pieces"] if kind != "old")
    assert "共发现问题1个" in shown and "<del>" in page.content.decode()
    report.refresh_from_db()
    assert report.findings_text == "手写的旧话"
    client.post(address)
    report.refresh_from_db()
    assert "共发现问题1个" in report.findings_text
    assert client.get(reverse("supervision:report_section", args=[report.pk, "content"])).status_code == 404


def test_each_look_at_the_assessments_is_logged_and_strangers_find_nothing(cast: County) -> None:
    report = drafted(make_round(cast.agri))
    assess(report, "评价的原文")
    address = reverse("supervision:assessments", args=[report.pk])

    for name in ("nongye", "nongye_head", "dangfeng_head", "xieguan1", "fenguan", "shuji"):
        assert "评价的原文" in enter(cast.people[name]).get(address).content.decode(), name
    for name in ("dangfeng", "jiaoyu_head", "xieguan2", "changweihui", "anguan", "sysadmin"):
        assert enter(cast.people[name]).get(address).status_code == 404, name
    assert AccessLog.objects.filter(action="view", subject__startswith="政治表现评价").count() == 6


def test_a_second_clerk_of_the_organ_does_not_read_his_colleague_s_text(cast: County) -> None:
    report = drafted(make_round(cast.agri))
    assess(report, "评价的原文", by=cast.nongye_head)
    assess(report, "一把手的评价", by=cast.nongye_head, about="top_leader", official=_leader(report))
    page = enter(cast.nongye).get(reverse("supervision:assessments", args=[report.pk])).content.decode()

    assert "评价的原文" not in page and "一把手的评价" not in page
    row = PoliticalAssessment.objects.all()[0]
    assert enter(cast.nongye).get(reverse("supervision:assessment", args=[row.pk])).status_code == 404


def _leader(report: InspectionReport) -> Any:
    unit = report.round.units.all()[0]
    return unit.officials.create(full_name="张局长", post="局长", is_top_leader=True)


# --- the committee ---


def test_the_secretary_sees_only_what_is_on_the_table_and_records_the_study(cast: County) -> None:
    report = approved(cast, cast.agri)
    client, address = enter(cast.changweihui), reverse("supervision:report_study", args=[report.pk])
    assert client.get(address).status_code == 404
    tabled(cast, report)

    assert report.title in client.get(reverse("supervision:committee_reports")).content.decode()
    refused = client.post(address, {"meeting_on": "2026-03-09", "opinion": "写好的意见"})
    assert refused.status_code == 422 and "写好的意见" in refused.content.decode()
    with time_machine.travel(moment(2026, 3, 13), tick=False):
        client.post(address, {"meeting_on": "2026-03-12", "opinion": "同意，限期整改", "meeting_no": "第5次"})

    report.refresh_from_db()
    assert (report.step, report.resolution.opinion) == ("studied", "同意，限期整改")
    assert "同意，限期整改" in enter(cast.nongye).get(reverse("supervision:report", args=[report.pk])).content.decode()


@time_machine.travel(moment(2026, 3, 12), tick=False)
def test_the_desk_shows_what_waits_for_whom(cast: County) -> None:
    round = make_round(cast.edu)
    waiting = approved(cast, cast.agri)

    def panels(name: str) -> dict[str, list[str]]:
        page = enter(cast.people[name]).get(reverse("accounts:desk")).content.decode()
        found = {"待提交常委会": waiting.title, "报告待起草": round.title, "待登记研判意见": waiting.title}
        return {title: [text] for title, text in found.items() if title in page and text in page}

    assert panels("dangfeng") == {"待提交常委会": [waiting.title]}
    assert panels("jiaoyu") == {"报告待起草": [round.title]}
    tabled(cast, waiting, at=moment(2026, 3, 11))
    assert panels("dangfeng") == {}
    assert panels("changweihui") == {"待登记研判意见": [waiting.title]}


# --- disposal and clues on the screen ---


def test_the_batch_form_sets_ways_for_the_ticked_problems(cast: County) -> None:
    round = analysed(cast, problems=3)
    one, two, three = Problem.objects.order_by("pk")
    client = enter(cast.nongye)

    client.post(reverse("supervision:disposal_routes", args=[round.pk]),
                {"problems": [one.pk, two.pk], "routes": ["rectify"], "due_on": "2099-01-01"})  # fmt: skip

    page = client.get(reverse("supervision:disposal", args=[round.pk]))
    assert [row["ways"] for row in page.context["rows"]] == ["限期整改", "限期整改", ""]
    assert [
        row["pk"]
        for row in client.get(reverse("supervision:disposal", args=[round.pk]), {"state": "unrouted"}).context["rows"]
    ] == [three.pk]


def test_readers_without_a_hand_in_it_see_the_table_and_no_form(cast: County) -> None:
    round = analysed(cast)

    page = enter(cast.fenguan).get(reverse("supervision:disposal", args=[round.pk])).content.decode()

    assert "问题1" in page and 'name="routes"' not in page


def test_the_receiving_office_finds_the_clue_on_its_desk_and_takes_it_in(cast: County) -> None:
    clue = clues.transfer_clue(
        cast.agri, by=cast.nongye, at=NOW, code="农纪线1号", receiver=cast.cases, transferred_on=TODAY
    )
    client = enter(cast.anguan)
    assert "待接收线索" in client.get(reverse("accounts:desk")).content.decode()

    client.post(reverse("supervision:clue_receive", args=[clue.pk]), {"received_on": str(TODAY), "received_by": "何案"})

    clue.refresh_from_db()
    assert (clue.received_on, clue.received_by) == (TODAY, "何案")
    assert "待接收线索" not in client.get(reverse("accounts:desk")).content.decode()


def test_the_copy_is_issued_on_the_screen(cast: County) -> None:
    report = studied(cast, tabled(cast, approved(cast, cast.agri)))
    client = enter(cast.dangfeng)
    client.post(reverse("supervision:copy_new", args=[report.pk]))
    copy = CopyOut.objects.get()
    client.post(
        reverse("supervision:copy", args=[copy.pk]),
        {"recipients": "县委书记", "signed_by": "马书记", "body": copy.body},
    )
    clerk = enter(cast.wenshu)
    assert "抄报件待编号" in clerk.get(reverse("accounts:desk")).content.decode()
    clerk.post(reverse("supervision:copy_number", args=[copy.pk]), {"mark": "濮县纪报"})
    with time_machine.travel(moment(2026, 3, 20), tick=False):
        client.post(reverse("supervision:copy_issue", args=[copy.pk]), {"issued_on": "2026-03-16"})

    rows = client.get(reverse("supervision:copies")).context["page"].rows
    assert [(row["recipients"], row["issued_on"], row["elapsed"]) for row in rows] == [
        ("县委书记", date(2026, 3, 16), 12)
    ]


# --- queries ---


def many(cast: County, count: int, round: Any) -> None:
    """Reports, copies, clues, accountability and routed problems."""
    problems = Problem.objects.bulk_create(
        Problem(organ=cast.agri, unit=round.units.all()[0], round=round, year=2026, description=f"问题{serial()}", found_on=TODAY,
                focus_area="other", created_by=cast.nongye) for _ in range(count)
    )  # fmt: skip
    DisposalRoute.objects.bulk_create(
        DisposalRoute(problem=row, route="accountability", decided_by=cast.nongye, decided_at=NOW) for row in problems
    )
    AccountabilityAction.objects.bulk_create(
        AccountabilityAction(problem=row, organ=cast.agri, object_kind="person", object_name="某某", responsibility="main", competent_organ="某室",
                             started_on=TODAY, created_by=cast.nongye, created_at=NOW) for row in problems
    )  # fmt: skip
    Clue.objects.bulk_create(
        Clue(organ=cast.agri, receiver=cast.cases, code=f"线{serial()}", transferred_on=TODAY, created_by=cast.nongye, created_at=NOW)
        for _ in range(count)
    )  # fmt: skip
    made = InspectionReport.objects.bulk_create(
        InspectionReport(round=round, organ=cast.agri, kind="interim", title=f"报告{serial()}", step="approved", approved_at=NOW, due_on=TODAY,
                         created_by=cast.nongye, created_at=NOW) for _ in range(count)
    )  # fmt: skip
    CopyOut.objects.bulk_create(
        CopyOut(report=row, organ=cast.cso, recipients="县委", created_by=cast.dangfeng, created_at=NOW) for row in made
    )
    told = UnitFeedback.objects.create(
        round=round,
        unit=round.units.all()[0],
        fed_back_on=TODAY,
        receiver="某某",
        created_by=cast.nongye,
        created_at=NOW,
    )
    told.problems.set(problems)


LISTS: dict[str, Callable[[Any], str]] = {
    "reports": lambda round: reverse("supervision:reports"),
    "committee": lambda round: reverse("supervision:committee_reports"),
    "copies": lambda round: reverse("supervision:copies"),
    "clues": lambda round: reverse("supervision:clues"),
    "accountability": lambda round: reverse("supervision:accountability"),
    "disposal": lambda round: reverse("supervision:disposal", args=[round.pk]),
    "desk": lambda round: reverse("accounts:desk"),
    "report": lambda round: reverse("supervision:report", args=[InspectionReport.objects.earliest("pk").pk]),
}
READER = {"committee": "changweihui", "desk": "dangfeng", "reports": "dangfeng"}


def cost(user: Any, address: str) -> int:
    client = enter(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_a_page_costs_the_same_at_3_and_at_300_rows(cast: County, name: str) -> None:
    report = report_row(cast.agri)
    round, user = report.round, cast.people[READER.get(name, "nongye_head")]
    many(cast, 3, round)
    few = cost(user, LISTS[name](round))
    many(cast, 297, round)

    assert cost(user, LISTS[name](round)) == few <= 40


def test_the_round_leads_to_its_report_and_its_disposal(cast: County) -> None:
    round = make_round(cast.agri)
    client, address = enter(cast.nongye), reverse("supervision:round", args=[round.pk])

    assert (
        reverse("supervision:report_new", args=[round.pk]) in client.get(address, {"step": "report"}).content.decode()
    )
    assert (
        reverse("supervision:disposal", args=[round.pk]) in client.get(address, {"step": "disposal"}).content.decode()
    )
    assert (
        reverse("supervision:report_new", args=[round.pk])
        not in enter(cast.fenguan).get(address, {"step": "report"}).content.decode()
    )


@time_machine.travel(moment(2026, 3, 13), tick=False)
def test_signatures_study_and_disposal_carry_the_round_through_its_steps(cast: County) -> None:
    round = make_round(cast.agri)
    problem = find(round)

    def step() -> str:
        round.refresh_from_db()
        return round.step

    report = signed(cast, ready(round))
    assert step() == "report_approved"
    studied(cast, tabled(cast, report))
    assert step() == "sc_analysed"
    client, act = enter(cast.nongye), reverse("supervision:round_act", args=[round.pk])
    client.post(act, {"verb": "dispose"})
    assert step() == "sc_analysed"  # refused: nothing is routed yet
    client.post(reverse("supervision:disposal_routes", args=[round.pk]),
                {"problems": [problem.pk], "routes": ["rectify"], "due_on": "2026-05-01"})  # fmt: skip
    client.post(reverse("supervision:feed_back", args=[round.pk, problem.unit_id]),
                {"unit": problem.unit_id, "problems": [problem.pk], "fed_back_on": "2026-03-13", "manner": "meeting", "receiver": "张局长"})  # fmt: skip
    client.post(act, {"verb": "dispose"})
    assert step() == "disposed"


def test_the_chain_of_a_problem_tells_report_study_and_feedback_and_no_clue(cast: County) -> None:
    round = analysed(cast, problems=1)
    problem = Problem.objects.get()
    told = {"fed_back_on": date(2026, 3, 13), "manner": "meeting", "receiver": "张局长"}
    disposal.feed_back(round, problem.unit, [problem], by=cast.nongye, at=moment(2026, 3, 14), **told)
    begun = {
        "object_kind": "person",
        "object_name": "张某",
        "responsibility": "main",
        "competent_organ": "某室",
        "started_on": TODAY,
    }
    disposal.start_accountability(problem, by=cast.nongye, at=moment(2026, 3, 15), **begun)
    clues.transfer_clue(
        cast.agri,
        by=cast.nongye,
        at=moment(2026, 3, 16),
        code="线9号",
        receiver=cast.cases,
        transferred_on=TODAY,
        problem=problem,
    )

    def titles(reader: Any) -> list[str]:
        mine = {"report", "study", "feedback", "accountability"}
        return [entry.title for entry in chain_of(problem, reader) if entry.kind in mine]

    common = ["列入监督检查情况报告", "县纪委常委会研判", "向被监督单位反馈"]
    assert titles(cast.dangfeng) == common
    assert titles(cast.nongye_head) == [*common, "领导干部问责（主体责任）"]
    assert not [entry for entry in chain_of(problem) if "线9号" in entry.text or "张某" in entry.text]
