"""The page of a round guides on: the next step is said, each step's act has its button, and only for whom it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused
from checklists.states import FocusArea, LinkageMode
from supervision.actions import rectification
from supervision.actions.problems import create_problem
from supervision.actions.reporting import disposal
from supervision.models import CorrectionReminder, Problem, RectificationItem, Round, TeamMember
from supervision.rounds.states import ReminderKind, Route
from tests.factories import NOW, TODAY, County, county, moment
from tests.supervision import rounds as walk
from tests.supervision.report_cases import analysed, drafted, find, make_round, ready, signed

pytestmark = pytest.mark.django_db
AT = moment(2026, 3, 17)


@pytest.fixture
def cast() -> County:
    return county()


def page(user: User, round: Round, step: str) -> str:
    return _enter(user).get(f"{round.get_absolute_url()}?step={step}").content.decode()


def _enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_sentence_that_blocks_the_next_step_stands_on_the_page(cast: County) -> None:
    round = walk.opened(cast)
    assert "下一步：" in page(cast.nongye, round, "training")
    assert "还没有登记学习培训" in page(cast.nongye, round, "training")


def test_a_member_declares_that_he_need_not_keep_away(cast: County) -> None:
    """The list of units begins with an empty line, which a browser sends along."""
    round = walk.opened(cast)
    member = walk.teamed(round, cast.nongye, declared=False).members.get(is_leader=True)
    said = {"member": member.pk, "recusal": "clear", "units": ""}
    _enter(cast.nongye).post(reverse("supervision:recusal", args=[round.pk]), said)
    assert TeamMember.objects.get(pk=member.pk).recusal == "clear"


def test_a_problem_by_hand_in_a_round_takes_project_and_area_from_it(cast: County) -> None:
    round = walk.begun(cast)
    address = f"{reverse('supervision:problem_new')}?round={round.pk}"
    client, unit = _enter(cast.nongye), round.units.first()
    assert client.get(address).status_code == 200
    said = {"unit": unit.pk, "description": "资金滞后", "found_on": TODAY.isoformat(), "severity": "general"}
    client.post(address, said)
    made = Problem.objects.get(round=round)
    assert (made.item, made.focus_area) == (round.item, FocusArea.MAJOR_DECISIONS)


def test_an_earlier_problem_can_be_chosen_as_the_one_that_comes_again(cast: County) -> None:
    earlier = find(make_round(cast.agri), "旧问题")
    said = {"unit": earlier.unit_id, "description": "又犯", "found_on": TODAY.isoformat(), "severity": "general",
            "source": "daily", "repeat_of": earlier.pk}  # fmt: skip
    _enter(cast.nongye).post(reverse("supervision:problem_new"), said)
    assert Problem.objects.get(description="又犯").repeat_of == earlier


def test_correction_offers_general_problems_of_the_own_organ_until_somebody_was_reminded(cast: County) -> None:
    round = make_round(cast.agri, step="inspecting")
    problem, grave = find(round, "苗头"), find(round, "大问题", severity="major")
    address = reverse("supervision:reminder_new", args=[problem.pk])
    shown = page(cast.nongye, round, "correction")
    assert address in shown
    assert reverse("supervision:reminder_new", args=[grave.pk]) not in shown
    assert address not in page(cast.dangfeng, round, "correction")
    CorrectionReminder.objects.create(problem=problem, round=round, organ=cast.agri, kind=ReminderKind.INTERVIEW, reminded="单位",
                                      given_on=TODAY, given_by="李青", created_by=cast.nongye, created_at=NOW)  # fmt: skip
    assert address not in page(cast.nongye, round, "correction")


def test_the_report_is_begun_and_gone_on_with_from_the_round(cast: County) -> None:
    round = make_round(cast.agri)
    address = reverse("supervision:report_new", args=[round.pk])
    assert address in page(cast.nongye, round, "report")
    assert address not in page(cast.dangfeng, round, "report")  # 党风政风监督室 reads, the leading group drafts
    report = drafted(round)
    shown = page(cast.nongye, round, "report")
    assert report.get_absolute_url() in shown
    assert "继续办理报告" in shown
    assert "继续办理报告" not in page(cast.dangfeng, round, "report")


def test_an_approved_report_is_offered_for_submission_to_党风政风监督室_alone(cast: County) -> None:
    round = make_round(cast.agri)
    signed(cast, ready(round))
    assert "登记提交" in page(cast.dangfeng, round, "disposal")
    shown = page(cast.nongye, round, "disposal")
    assert "登记提交" not in shown
    assert "等待党风政风监督室提交县纪委常委会" in shown


def test_a_studied_report_leads_to_disposal_and_copy(cast: County) -> None:
    round = analysed(cast)
    shown = page(cast.nongye, round, "disposal")
    assert reverse("supervision:disposal", args=[round.pk]) in shown
    assert "逐个定处置方式、登记反馈" in shown
    assert "责成限期整改，严肃问责" in shown
    assert "起草抄报件" not in shown
    client = _enter(cast.dangfeng)
    assert "起草抄报件" in page(cast.dangfeng, round, "disposal")
    report = round.reports.get()
    assert "起草抄报件" in client.get(report.get_absolute_url()).content.decode()
    answer = client.post(reverse("supervision:copy_new", args=[report.pk]), follow=True)
    assert answer.status_code == 200
    assert "起草抄报件" not in page(cast.dangfeng, round, "disposal")


def test_a_late_submission_is_refused_on_the_report_with_what_was_typed(cast: County) -> None:
    report = signed(cast, ready(make_round(cast.agri)), at=moment(2026, 3, 4))
    address = reverse("supervision:report_table", args=[report.pk])
    answer = _enter(cast.dangfeng).post(address, {"submitted_on": "2026-03-18", "late_reason": ""})
    assert answer.status_code == 422
    assert "请写明逾期原因" in answer.content.decode()
    assert 'value="2026-03-18"' in answer.content.decode()
    report.refresh_from_db()
    assert report.step == "approved"


def test_rectification_offers_documents_by_unit_and_second_looks(cast: County) -> None:
    round = make_round(cast.agri, step="rectifying", units=2)
    first, second = find(round, "一"), find(round, "二", unit=1)
    shown = page(cast.nongye, round, "cure")
    new = reverse("supervision:document_new")
    assert f"{new}?problem={first.pk}" in shown
    assert f"{new}?problem={second.pk}" in shown
    assert reverse("supervision:look_back_plan") in shown
    assert new not in page(cast.dangfeng, round, "cure")


def test_党风政风监督室_writes_to_every_unit_of_its_own_round(cast: County) -> None:
    item = walk.listed(cast, lead=cast.cso, by=cast.dangfeng)
    item.units.set([cast.units["县农业农村局"], cast.units["柳河镇人民政府"]])
    round = walk.opened(cast, item, by=cast.dangfeng, participants=[cast.agri, cast.town], scale="county_wide",
                        linkage_mode=LinkageMode.ROOM_GROUP_LOCAL)  # fmt: skip
    walk.begun(cast, round, by=cast.dangfeng)
    made = [_found(cast, round, n) for n in (0, 1)]
    round.refresh_from_db()
    round.step = "rectifying"
    round.save()
    both = page(cast.dangfeng, round, "cure")
    assert all(f"problem={problem.pk}" in both for problem in made)
    town = page(cast.liuhe, round, "cure")
    assert f"document_new?problem={made[0].pk}" not in town
    assert f"problem={made[0].pk}" not in town
    assert f"problem={made[1].pk}" in town


def _found(cast: County, round: Round, place: int) -> Problem:
    by = (cast.nongye, cast.liuhe)[place]
    unit = cast.units[("县农业农村局", "柳河镇人民政府")[place]]
    return create_problem(organ=by.organ, unit=unit, item=round.item, round=round, description="问题", year=2026, found_on=TODAY,
                          by=by, at=NOW)  # fmt: skip


# --- the term that comes with the way ---


def test_a09_7e_the_way_of_rectification_brings_its_term(cast: County) -> None:
    round = analysed(cast)
    given, open_one = Problem.objects.filter(round=round).order_by("pk")
    item = given.rectification
    item.due_on = item.first_due_on = date(2026, 4, 1)
    item.save()
    said = {"problems": [given.pk, open_one.pk], "routes": ["rectify"], "due_on": "2126-04-30"}
    _enter(cast.nongye).post(reverse("supervision:disposal_routes", args=[round.pk]), said)
    assert [row.due_on for row in RectificationItem.objects.order_by("problem_id")] == [
        date(2026, 4, 1),
        date(2126, 4, 30),
    ]
    assert RectificationItem.objects.get(problem=open_one).first_due_on == date(2126, 4, 30)


@pytest.mark.parametrize(("ways", "day", "sentence"), [
    ([Route.ACCOUNTABILITY], date(2026, 4, 30), "请同时选择“限期整改”"), ([Route.RECTIFY], date(2026, 3, 16), "已经过去"),
])  # fmt: skip
def test_a09_7e_a_term_that_does_not_fit_changes_nothing(
    cast: County, ways: list[str], day: date, sentence: str
) -> None:
    round = analysed(cast)
    problems = list(Problem.objects.filter(round=round))
    with pytest.raises(Refused, match=sentence):
        disposal.set_routes(round, problems, ways, due_on=day, by=cast.nongye, at=AT)
    assert not Problem.objects.filter(round=round, routes__isnull=False).exists()


def test_a09_8e_a_closed_round_is_open_again_when_one_of_its_problems_rebounds(cast: County) -> None:
    round = make_round(cast.agri, step="closed")
    item = find(round, evidence=True).rectification
    item.goal = item.measures = item.responsible_leader = item.responsible_department = item.situation = "已整改"
    item.due_on = item.first_due_on = date(2026, 4, 1)
    item.save()
    rectification.submit_closure(item, by=cast.nongye, at=AT, claimed_on=AT.date())
    rectification.close(item, by=cast.nongye_head, at=AT, opinion="属实")
    rectification.reopen(item, by=cast.nongye_head, at=AT, reason="又无人管护")
    round.refresh_from_db()
    assert round.step == "rectifying"
