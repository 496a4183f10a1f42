"""More practices of the office beside the regulation: one test per row, by the verbs and lists that keep them."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Organ
from accounts.workflow import Refused
from checklists.actions.instructions import look_back, save_instruction
from checklists.actions.meetings import add_topic, hold_meeting, save_meeting
from checklists.actions.months import add_line, issue_month, open_month
from checklists.meetings.standing import quarters
from checklists.meetings.states import MeetingKind
from checklists.models import BasisDocument, ChecklistItem, Method, Topic
from checklists.shipped import METHODS
from checklists.states import FocusArea, Form
from ledgers.actions.books import change
from ledgers.actions.registers import record_disposition, tag_disposition
from ledgers.models import Disposition, MasterLedgerEntry
from reports.actions import ecology
from supervision.actions.documents.drafting import draft_document
from supervision.actions.documents.numbering import issue_paper, number_paper
from supervision.actions.fieldwork import log_activity
from supervision.actions.look_backs import plan_look_back
from supervision.actions.reporting.clues import change_status, may_open, receive_clue, transfer_clue
from supervision.actions.reporting.disposal import start_accountability
from supervision.documents.kinds import DocumentKind
from supervision.documents.rules import is_of_a_kind
from supervision.models import Clue, Problem, TypicalBulletin
from supervision.rounds.states import Responsibility
from supervision.selectors import filtered
from tests.factories import NOW, TODAY, County, county, enter, moment
from tests.ledgers.registers import made, official
from tests.samples import make_problem
from tests.supervision.papers import ISSUED, approve_bulletin, make_bulletin, make_document
from tests.supervision.rounds import begun
from tests.supervision.second_looks import struck_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def told(organ: Organ, *ids: str, last: str = "2026-12-31") -> dict[str, Any]:
    """What the command says of an organ since the first of January."""
    out = StringIO()
    days = ("--from", "2026-01-01", "--to", last)
    call_command("indicators", *days, "--organ", organ.name, "--id", *ids, "--json", stdout=out)
    return {key: one["value"] for key, one in json.loads(out.getvalue()).items() if key in ids}


def accountability(problem: Problem, cast: County, **values: Any) -> Any:
    given: dict[str, Any] = {
        "object_kind": "organisation", "object_name": "县农业农村局党组", "responsibility": "main", "competent_organ": "县纪委监委",
        "started_on": TODAY, **values,
    }  # fmt: skip
    return start_accountability(problem, by=cast.nongye, at=NOW, **given)


def test_s0_2_special_items_are_told_from_the_rest(cast: County) -> None:
    common: dict[str, Any] = {"organ": cast.agri, "lead_organ": cast.agri, "year": 2026, "form": Form.KEY,
                              "focus_area": FocusArea.OTHER, "step": "listed", "created_by": cast.nongye}  # fmt: skip
    ChecklistItem.objects.create(title="日常项目", **common)
    ChecklistItem.objects.create(title="专项项目", is_special=True, **common)

    ChecklistItem.objects.create(title="还没有批准的专项", is_special=True, **{**common, "step": "draft"})

    assert (
        'name="is_special"'
        in enter(cast.nongye).get(reverse("checklists:item_new") + "?form=key&year=2026").content.decode()
    )
    assert told(cast.agri, "I0-1", "I0-2") == {"I0-1": 2, "I0-2": 1}
    assert told(cast.edu, "I0-1", "I0-2") == {"I0-1": 0, "I0-2": 0}


def test_s0_4_s1_11_s2_1_s2_8_and_s3_12_meetings_are_held_by_kind_and_quarter(cast: County) -> None:
    for kind in MeetingKind:
        held = save_meeting(None, organ=cast.cso, by=cast.dangfeng, at=NOW, kind=kind, year=2026, quarter=1, held_on=TODAY,
                            place="三楼会议室", attendees="周明")  # fmt: skip
        add_topic(held, text="一季度重点项目进展", by=cast.dangfeng, at=NOW)
        hold_meeting(held, by=cast.dangfeng, at=NOW)

    rows = quarters(cast.cso.pk, 2026, on=date(2026, 7, 1))
    group = quarters(cast.agri.pk, 2026, on=date(2026, 7, 1))

    assert [kind.value for kind in MeetingKind] == ["quarterly", "special", "liaison", "joint"]
    assert [(name, [cell.state for cell in cells]) for name, cells in rows] == [
        ("季度工作调度会", ["held", "missing", "open", "later"]),
        ("联络员例会", ["held", "missing", "open", "later"]),
    ]
    assert [cell.state for cell in group[0][1]] == ["missing", "missing", "open", "later"]


def test_s0_5_tasks_of_a_month_become_tasks_of_their_organs(cast: County) -> None:
    month = open_month(cast.cso, 2026, 2, by=cast.dangfeng, at=NOW)
    add_line(month, task="核对台账", organ=cast.agri, due_on=date(2026, 2, 20), by=cast.dangfeng, at=NOW)
    issue_month(month, by=cast.dangfeng, at=NOW)

    line = month.tasks.get()
    assert line.assignment is not None
    assert (line.assignment.organ, line.assignment.due_on, line.assignment.done_on) == (
        cast.agri,
        date(2026, 2, 20),
        None,
    )


def test_s0_6_look_backs_at_an_instruction_are_numbered(cast: County) -> None:
    item = save_instruction(None, by=cast.nongye, at=NOW, organ=cast.agri, title="粮食安全", source_doc="批示〔2026〕1号",
                            received_on=TODAY, content="抓好落实", responsible_unit=cast.units["县农业农村局"],
                            due_on=date(2026, 3, 1))  # fmt: skip
    rounds = [
        look_back(item, by=cast.nongye, at=NOW, held_on=TODAY, result=text).round_no for text in ("未反弹", "到位")
    ]

    assert rounds == [1, 2]


def test_s0_3_a_project_has_a_plan_of_one_page_with_goal_measures_and_term(cast: County) -> None:
    item = ChecklistItem.objects.create(
        organ=cast.agri, lead_organ=cast.agri, year=2026, form=Form.KEY, focus_area=FocusArea.OTHER, step="listed",
        title="高标准农田管护", content="推动管护责任落到村。", measures="查阅资料\n实地核查", period_start=date(2026, 3, 1),
        period_end=date(2026, 9, 30), due_on=date(2026, 10, 15), created_by=cast.nongye,
    )  # fmt: skip
    item.units.add(cast.units["县农业农村局"])
    item.milestones.create(seq=1, text="完成第一轮检查", due_on=date(2026, 5, 20))
    MasterLedgerEntry.objects.create(
        organ=cast.agri, item=item, year=2026, task=item.title, measures="查阅资料\n抽查十个村"
    )

    pdf, word = reverse("reports:work_plan", args=[item.pk]), reverse("reports:word", args=["work-plans", item.pk])
    pages = PdfReader(BytesIO(enter(cast.nongye).get(pdf).content)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())

    assert len(pages) == 1
    for words in ("高标准农田管护计划书", "一、工作目标推动管护责任落到村。", "二、工作措施查阅资料抽查十个村", "三、工作时限",
                  "2026年3月1日至2026年9月30日", "完成第一轮检查", "2026-05-20", "2026年10月15日"):  # fmt: skip
        assert words in text
    assert "实地核查" not in text and "草稿" not in text  # the master ledger's measures are the ones in force
    MasterLedgerEntry.objects.filter(item=item).update(goal="管护责任人上墙公示")
    again = PdfReader(BytesIO(enter(cast.nongye).get(pdf).content)).pages[0].extract_text()
    assert "一、工作目标管护责任人上墙公示二、工作措施" in "".join(again.split())
    assert enter(cast.nongye).get(word).status_code == 200
    assert [enter(cast.jiaoyu).get(address).status_code for address in (pdf, word)] == [404, 404]
    for page in (reverse("checklists:item", args=[item.pk]), reverse("ledgers:master") + "?year=2026"):
        assert pdf in enter(cast.nongye).get(page).content.decode()


def test_s0_1_and_s0_9_group_and_measures_are_basis_and_meeting_not_records_of_their_own(cast: County) -> None:
    measures = BasisDocument.objects.create(title="加强“一把手”监督十条措施", added_by=cast.dangfeng)
    group = save_meeting(None, organ=cast.cso, by=cast.dangfeng, at=NOW, kind="special", year=2026, quarter=1, held_on=TODAY,
                         place="三楼", attendees="政治监督领导小组：马书记（组长）、高副（副组长）")  # fmt: skip

    assert str(measures) == "《加强“一把手”监督十条措施》"
    assert "领导小组" in group.attendees


def test_s0_12_and_s0_17_batches_hold_counts_in_order_and_nothing_else(cast: County) -> None:
    declared = made("declaration-checks", cast.agri, cast.nongye, reported=12, checked=5, problems_found=1)
    cleared = made("clue-reviews", cast.agri, cast.nongye, reviewed=30, reactivated=2)

    assert (declared.reported, declared.checked, declared.problems_found) == (12, 5, 1)
    assert (cleared.reviewed, cleared.reactivated) == (30, 2)
    for record, wrong in (
        (declared, {"checked": 13}),
        (declared, {"problems_found": 6}),
        (cleared, {"reactivated": 31}),
    ):
        with pytest.raises(Refused, match="不能多于"):
            change(record, values=wrong, by=cast.nongye, at=NOW)
    texts = {field.name for record in (declared, cleared) for field in record._meta.concrete_fields
             if field.get_internal_type() == "TextField"}  # fmt: skip
    assert texts == set()


def test_s0_15_and_s1_4_a_recommendation_is_one_of_three_kinds(cast: County) -> None:
    document = make_document(cast, "recommendation", count=1, recommendation_kind="")

    verdict = is_of_a_kind(document)

    assert not verdict.allowed and "建议" in verdict.sentence
    assert document.problems.get().description == "问题1"
    fit = make_document(cast, "recommendation", count=1, recommendation_kind="supervisory")
    assert fit.get_recommendation_kind_display() == "监察建议"


def test_s0_18_political_clues_come_first_for_those_who_may_open_them(cast: County) -> None:
    clue = transfer_clue(cast.agri, by=cast.nongye, at=NOW, code="示线索1", receiver=cast.cases, transferred_on=TODAY,
                         priority_political=True)  # fmt: skip
    receive_clue(clue, by=cast.anguan, at=NOW, received_on=TODAY, received_by="何案")

    change_status(clue, by=cast.anguan, at=NOW, status="talk_inquiry", status_on=TODAY)
    assert Clue.objects.get(pk=clue.pk).priority_political
    change_status(clue, by=cast.anguan, at=NOW, status="talk_inquiry", status_on=TODAY, priority_political=False)

    assert not Clue.objects.get(pk=clue.pk).priority_political
    assert may_open(cast.anguan, clue) and not may_open(cast.dangfeng, clue)


def test_s0_20_and_s2_7_problems_are_counted_by_who_answers_and_when_they_were_seen(cast: County) -> None:
    make_problem(cast, cast.agri, responsible_kind="functional_department", phase_found="before", nature="conduct",
                 substantiated=True, concluded_on=TODAY)  # fmt: skip
    make_problem(cast, cast.agri, responsible_kind="village", phase_found="after")
    problems = Problem.objects.live()

    counts = {name: filtered(problems, {name: value}, on=TODAY).count() for name, value in (
        ("responsible_kind", "functional_department"), ("phase_found", "after"), ("nature", "conduct"), ("substantiated", "yes"),
        ("severity", "major"))}  # fmt: skip

    assert counts == {"responsible_kind": 1, "phase_found": 1, "nature": 1, "substantiated": 1, "severity": 0}


def test_s0_21_a_revisit_is_a_look_back_at_one_problem(cast: County) -> None:
    item = struck_off(cast)

    look = plan_look_back([item], planned_on=date(2026, 5, 8), by=cast.nongye, at=moment(2026, 4, 20))

    assert [row.rectification_id for row in look.results.all()] == [item.pk]


def test_s1_3_papers_of_main_duty_have_their_kinds(cast: County) -> None:
    kinds = ("duty_record", "leader_report", "personal_matters")
    found = [made("submissions", cast.agri, cast.nongye, kind=kind).get_kind_display() for kind in kinds]

    assert found == ["主体责任全程纪实", "述责述廉报告", "个人有关事项报告抽查情况"]


def test_s1_9_a_style_of_supervision_is_a_topic_beside_the_form(cast: County) -> None:
    style = Topic.objects.create(name="嵌入式监督")
    problem = make_problem(cast, cast.agri, topics=[style])

    assert list(filtered(Problem.objects.all(), {"topic": style}, on=TODAY)) == [problem]
    assert "嵌入式监督" not in {str(label) for _, label in Form.choices}


def test_s1_12_s2_11_and_s3_11_papers_to_units_have_kinds_of_their_own(cast: County) -> None:
    for kind in (DocumentKind.TREATMENT_OPINION, DocumentKind.RECTIFICATION_ADVICE):
        document = draft_document(
            cast.agri, kind, unit=cast.units["县农业农村局"], title="举一反三", by=cast.nongye, at=NOW
        )
        assert document.get_kind_display() == kind.label
    opinion = made("integrity-opinions", cast.agri, cast.nongye, purpose="promotion")
    assert opinion.get_purpose_display() == "提拔任用"


def test_s1_13_dispositions_count_for_topics_and_triple_checks(cast: County) -> None:
    topic = Topic.objects.create(name="扫黑除恶")
    row = record_disposition(organ=cast.agri, official=official(cast.units["县农业农村局"]), form=1, measure="批评教育", decided_on=TODAY,
                             by=cast.nongye, at=NOW, topics=[topic], triple_check=True)  # fmt: skip

    assert list(Disposition.objects.filter(topics=topic, triple_check=True)) == [row]
    with pytest.raises(Refused, match="由驻县农业农村局纪检监察组人员登记"):
        tag_disposition(row, topics=[], triple_check=False, by=cast.jiaoyu, at=NOW)
    tag_disposition(row, topics=[], triple_check=False, by=cast.nongye, at=NOW)
    assert not Disposition.objects.filter(triple_check=True).exists()


def test_s1_14_bulletins_are_found_by_the_nature_of_their_cases(cast: County) -> None:
    about, other, draft = (make_bulletin(cast) for _ in range(3))
    for bulletin in (about, draft):
        problem = bulletin.cases.get().problem
        problem.nature = "formalism_bureaucratism"
        problem.save()
    for number, bulletin in enumerate((about, other), 1):
        approve_bulletin(cast, bulletin)
        number_paper(bulletin, by=cast.wenshu, at=ISSUED, prefix="示纪通")
        issue_paper(bulletin, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 11 + number))

    assert list(TypicalBulletin.objects.filter(cases__problem__nature="formalism_bureaucratism")) == [draft, about]
    assert told(cast.agri, "I1-7") == {"I1-7": 1}
    assert told(cast.agri, "I1-7", last="2026-02-11") == {"I1-7": 0}


def test_s2_10_and_s2_12_accountability_names_the_duty_that_was_not_met(cast: County) -> None:
    problem = make_problem(cast, cast.agri)

    said = [accountability(problem, cast, responsibility=duty).get_responsibility_display() for duty in Responsibility]

    assert said == ["主体责任", "监督责任", "领导责任", "第一责任", "“一岗双责”"]


def test_s3_2_studies_and_surveys_of_a_topic_are_counted(cast: County) -> None:
    round = begun(cast)
    round.item.topics.add(Topic.objects.get_or_create(name="疫情防控")[0])
    for code in ("special_study", "survey", "survey", "site_visit"):
        method, _ = Method.objects.get_or_create(code=code, defaults={"name": dict(METHODS)[code], "basis": "A8"})
        values = {"held_on": TODAY, "method": method, "unit": round.units.first(), "findings": "物资储备不足", "participants": "李青",
                  "kind": "routine", "place": "县疾控中心", "team": None}  # fmt: skip
        log_activity(round, values, by=cast.nongye, at=NOW)

    assert [dict(METHODS)[code] for code in ("special_study", "survey")] == ["专题研究", "调研督导"]
    assert told(cast.agri, "I3-1") == {"I3-1": 3}
    page = enter(cast.nongye).get("/figures/study_survey_count/?from=2026-01-01&to=2026-12-31").content.decode()
    assert [page.count(f"{name}</") for name in ("专题研究", "调研督导", "实地走访")] == [1, 2, 0]


def test_s3_19_units_and_staff_of_a_group_are_counted(cast: County) -> None:
    left = cast.units["县农机服务中心"]
    before = told(cast.agri, "I3-8", "I3-26")
    left.active_to = date(2026, 3, 31)
    left.save()

    assert before == {"I3-8": 3, "I3-26": 2}
    assert told(cast.agri, "I3-8") == {"I3-8": 2}
    assert told(cast.agri, "I3-8", last="2026-03-31") == {"I3-8": 3}


def test_s0_14_the_office_names_the_parts_of_its_yearly_report(cast: County) -> None:
    report = ecology.draft_report(cast.cso, 2026, by=cast.dangfeng, at=NOW)
    chosen = ["总体情况", "集中研判对象情况", "各单位领导班子及其成员年度政治表现", "对策建议"]

    changed = ecology.set_outline(report, chosen, by=cast.dangfeng, at=NOW)

    assert [part["heading"] for part in changed.sections] == chosen


def test_s1_15_six_aspects_are_parts_of_the_report_and_name_problems(cast: County) -> None:
    report = ecology.draft_report(cast.cso, 2026, by=cast.dangfeng, at=NOW)
    found = make_problem(cast, cast.agri, found_on=date(2026, 2, 1))

    written = ecology.edit_section(report, "conduct", "作风问题较多。", codes=found.code, by=cast.dangfeng, at=NOW)

    parts = {part["heading"]: part["problems"] for part in written.sections}
    assert {"“四个意识”", "思想政治建设", "党内政治生活", "作风建设", "反腐败形势", "管党治党责任落实"} <= set(parts)
    assert {"主要问题", "原因分析", "对策建议"} <= set(parts) and parts["作风建设"] == [found.pk]
