"""第九条第（七）项: 分类处置、反馈、问责、线索移送 (A9.7d, A9.7f, A9.7g)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AccessLog, Event, Notice, User
from accounts.uploads import attach
from accounts.workflow import Refused
from supervision.actions.reporting import clues, disposal
from supervision.models import (
    AccountabilityAction,
    Clue,
    ClueOpening,
    DisposalRoute,
    Problem,
    Round,
    UnitFeedback,
)
from supervision.rounds.endings import every_problem_fed_back, every_problem_routed, routes_have_their_records
from tests.factories import County, county, enter, moment
from tests.supervision.report_cases import PIXEL, analysed, find, make_round

pytestmark = pytest.mark.django_db
AT = moment(2026, 3, 17)
SEALED = "给予党内警告"


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def round(cast: County) -> Round:
    """Studied on 12 March, two problems."""
    return analysed(cast)


def ways(problem: Problem) -> list[str]:
    return list(DisposalRoute.objects.filter(problem=problem).values_list("route", flat=True))


def decide(round: Round, problems: Any, *routes: str, by: User, reason: str = "") -> int:
    return disposal.set_routes(round, list(problems), routes, by=by, at=AT, reason=reason)


# --- A9.7d: routes ---


def test_a09_7d_several_problems_get_several_ways_at_once(cast: County, round: Round) -> None:
    one, two = Problem.objects.order_by("pk")
    assert not every_problem_routed(round)

    assert decide(round, [one, two], "accountability", "rectify", by=cast.nongye) == 2

    assert ways(one) == ways(two) == ["rectify", "accountability"]
    assert every_problem_routed(round)
    assert Event.objects.of(one).last().note == "限期整改、问责"


def test_a09_7d_a_change_replaces_the_ways_and_is_on_record_until_the_round_is_disposed_of(
    cast: County, round: Round
) -> None:
    problem = Problem.objects.order_by("pk")[0]
    decide(round, [problem], "rectify", by=cast.nongye)
    assert decide(round, [problem], "rectify", by=cast.dangfeng) == 0  # nothing changed, nothing recorded

    decide(round, [problem], "no_action", by=cast.dangfeng, reason="经核实不属实")

    assert ways(problem) == ["no_action"]
    last = Event.objects.of(problem).last()
    assert (last.label, last.note) == ("变更处置方式", "原：限期整改；现：不予处理。说明：经核实不属实")
    round.step = "disposed"
    round.save()
    with pytest.raises(Refused, match="处置方式已确定，不能再改"):
        decide(round, [problem], "rectify", by=cast.nongye)


@pytest.mark.parametrize(
    ("routes", "reason", "words"),
    [((), "", "请至少选择一种"), (("no_action", "rectify"), "理由", "不能与其他处置方式同时"), (("no_action",), "  ", "须写明理由"),
     (("invented",), "", "请至少选择一种"), (("on_spot",), "", "没有标记为立行立改"), (("rectify",), "=1+1", "是公式")],
)  # fmt: skip
def test_a09_7d_ways_that_do_not_fit(
    cast: County, round: Round, routes: tuple[str, ...], reason: str, words: str
) -> None:
    problem = Problem.objects.order_by("pk")[0]
    with pytest.raises(Refused, match=words):
        decide(round, [problem], *routes, by=cast.nongye, reason=reason)
    assert ways(problem) == []


def test_a09_7d_on_the_spot_needs_its_mark_and_its_evidence(cast: County, round: Round) -> None:
    problem = Problem.objects.order_by("pk")[0]
    problem.fixed_on_spot = True
    problem.save()
    with pytest.raises(Refused, match="还没有立行立改的佐证材料"):
        decide(round, [problem], "on_spot", by=cast.nongye)
    attach(problem.rectification, SimpleUploadedFile("佐证.png", PIXEL), organ_id=cast.agri.pk, by=cast.nongye, at=AT)

    decide(round, [problem], "on_spot", by=cast.nongye)

    assert ways(problem) == ["on_spot"]


@pytest.mark.parametrize("step", ["planned", "inspecting", "reporting", "report_approved"])
def test_a09_7d_not_before_the_committee_s_study(cast: County, step: str) -> None:
    early = make_round(cast.agri, step=step)
    with pytest.raises(Refused, match="县纪委常委会还没有研判报告"):
        decide(early, [find(early)], "rectify", by=cast.nongye)


def test_a09_7d_a_term_is_set_with_the_way_where_there_is_none(cast: County, round: Round) -> None:
    one, two = Problem.objects.order_by("pk")
    two.rectification.first_due_on = two.rectification.due_on = date(2026, 4, 1)
    two.rectification.save()

    disposal.set_routes(round, [one, two], ["rectify"], by=cast.nongye, at=AT, due_on=date(2026, 5, 1))

    terms = [Problem.objects.get(pk=row.pk).rectification.due_on for row in (one, two)]
    assert terms == [date(2026, 5, 1), date(2026, 4, 1)]  # a term that stands is not moved here
    with pytest.raises(Refused, match="已经过去"):
        disposal.set_routes(round, [one], ["rectify"], by=cast.nongye, at=AT, due_on=date(2026, 3, 16))


def test_a09_7d_one_bad_problem_leaves_the_whole_batch_as_it_was(cast: County, round: Round) -> None:
    one = Problem.objects.order_by("pk")[0]
    foreign = find(make_round(cast.edu))

    with pytest.raises(Refused, match="不是本轮监督发现的问题"):
        decide(round, [one, foreign], "rectify", by=cast.nongye)
    assert ways(one) == []


def test_a09_7d_only_the_lead_and_the_cso_dispose(cast: County, round: Round) -> None:
    for name in ("jiaoyu", "liuhe_head", "xieguan1", "fenguan", "changweihui", "anguan"):
        with pytest.raises(Refused, match="由牵头单位驻县农业农村局纪检监察组或党风政风监督室办理"):
            decide(round, Problem.objects.all(), "rectify", by=cast.people[name])


# --- A9.7d: feedback ---


def tell(round: Round, problems: Any, *, by: User, **changes: Any) -> UnitFeedback:
    values = {"fed_back_on": date(2026, 3, 16), "manner": "meeting", "receiver": "张局长", **changes}
    unit = values.pop("unit", None) or round.units.all()[0]
    return disposal.feed_back(round, unit, list(problems), by=by, at=AT, **values)


def test_a09_7d_the_unit_is_told_of_each_problem_on_a_day(cast: County, round: Round) -> None:
    one, two = Problem.objects.order_by("pk")
    tell(round, [one], by=cast.nongye, attitude="照单全收")
    assert two.code in every_problem_fed_back(round).sentence

    tell(round, [two], by=cast.dangfeng, manner="written")

    assert every_problem_fed_back(round)
    assert Event.objects.of(round).last().note == f"2026-03-16书面反馈，张局长接收：{two.code}"


def test_a09_7d_feedback_that_does_not_fit(cast: County, round: Round) -> None:
    one, two = Problem.objects.order_by("pk")
    tell(round, [one], by=cast.nongye)
    cases: list[tuple[Any, dict[str, Any], str]] = [
        ([one], {}, "已经反馈过"), ([], {}, "请选择向县农业农村局反馈的问题"), ([two], {"receiver": " "}, "请填写接收人"),
        ([two], {"fed_back_on": date(2026, 3, 18)}, "不能晚于今天"), ([two], {"fed_back_on": date(2026, 3, 11)}, "早于常委会研判日期2026-03-12"),
        ([two], {"unit": cast.units["县畜牧服务中心"]}, "不是本轮监督中县畜牧服务中心的问题"),
    ]  # fmt: skip
    for problems, changes, words in cases:
        with pytest.raises(Refused, match=words):
            tell(round, problems, by=cast.nongye, **changes)
    early = make_round(cast.agri, step="report_approved")
    with pytest.raises(Refused, match="常委会研判后才能"):
        tell(early, [find(early)], by=cast.nongye)
    assert UnitFeedback.objects.count() == 1


def test_a09_7d_the_round_s_conditions_name_what_is_lacking(cast: County, round: Round) -> None:
    one, two = Problem.objects.order_by("pk")
    decide(round, [one], "accountability", by=cast.nongye)
    decide(round, [two], "review_investigation", by=cast.nongye)
    assert "定为问责，但没有登记问责程序" in routes_have_their_records(round).sentence

    start(one, by=cast.nongye)
    assert "没有线索移送登记" in routes_have_their_records(round).sentence
    hand_over(cast, problem=two)

    assert routes_have_their_records(round)


# --- A9.7f ---


def start(problem: Problem, *, by: User, **changes: Any) -> AccountabilityAction:
    values = {"object_kind": "person", "object_name": "张某，县农业农村局局长", "responsibility": "leadership",
              "competent_organ": "第一纪检监察室", "started_on": date(2026, 3, 13), **changes}  # fmt: skip
    return disposal.start_accountability(problem, by=by, at=AT, **values)


def test_a09_7f_begun_decided_and_read_by_few(cast: County, round: Round) -> None:
    action = start(Problem.objects.order_by("pk")[0], by=cast.nongye)
    disposal.decide_accountability(action, by=cast.nongye_head, at=AT, decided_on=date(2026, 3, 17), result="诫勉")

    action.refresh_from_db()
    assert (action.organ, action.result, action.decided_on) == (cast.agri, "诫勉", date(2026, 3, 17))
    readers = {name for name, user in cast.people.items() if AccountabilityAction.objects.visible_to(user).exists()}
    assert readers == {"nongye", "nongye_head", "dangfeng_head", "xieguan1", "fenguan", "shuji"}


def test_a09_7f_days_and_persons_that_do_not_fit(cast: County, round: Round) -> None:
    problem = Problem.objects.order_by("pk")[0]
    for changes, words in (({"started_on": date(2026, 3, 18)}, "启动日期不能晚于今天"), ({"started_on": date(2026, 2, 1)}, "早于2026-02-10"),
                           ({"object_name": " "}, "请填写问责对象"), ({"competent_organ": ""}, "承办单位"), ({"by": cast.jiaoyu}, "由驻县农业农村局")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            start(problem, **{"by": cast.nongye, **changes})
    action = start(problem, by=cast.dangfeng_head)
    done = {"by": cast.nongye, "at": AT, "decided_on": date(2026, 3, 17), "result": "通报批评"}
    for changes, words in (
        ({"result": " "}, "请写明问责方式"),
        ({"decided_on": date(2026, 3, 12)}, "早于2026-03-13"),
        ({"by": cast.dangfeng}, "由提出单位"),
    ):
        with pytest.raises(Refused, match=words):
            disposal.decide_accountability(action, **{**done, **changes})
    disposal.decide_accountability(action, **done)
    with pytest.raises(Refused, match="不能重复登记"):
        disposal.decide_accountability(action, **done)


def test_a09_7f_no_event_names_the_person_and_each_reading_is_logged(cast: County, round: Round) -> None:
    start(Problem.objects.order_by("pk")[0], by=cast.nongye)

    page = enter(cast.nongye_head).get(reverse("supervision:accountability")).content.decode()

    assert "张某，县农业农村局局长" in page
    assert AccessLog.objects.filter(user=cast.nongye_head, action="view", subject="问责登记").count() == 1
    assert "张某" not in "".join(f"{event.title}{event.note}" for event in Event.objects.all())
    assert "张某" not in enter(cast.dangfeng).get(reverse("supervision:accountability")).content.decode()


# --- A9.7g ---


def hand_over(cast: County, **changes: Any) -> Clue:
    values = {"organ": cast.agri, "code": "农纪线〔2026〕1号", "receiver": cast.cases, "transferred_on": date(2026, 3, 13),
              "material_count": 3, "by": cast.nongye, **changes}  # fmt: skip
    return clues.transfer_clue(values.pop("organ"), at=AT, **values)


@pytest.fixture
def handled(cast: County, round: Round) -> Clue:
    """A clue of the first problem, received and answered with a summary."""
    clue = hand_over(cast, problem=Problem.objects.order_by("pk")[0])
    clue = clues.receive_clue(clue, by=cast.anguan, at=AT, received_on=date(2026, 3, 16), received_by="接收员甲")
    return clues.change_status(
        clue, by=cast.anguan, at=AT, status="filed", status_on=date(2026, 3, 17), result_summary=SEALED
    )


def test_a09_7g_handed_over_received_and_followed_by_its_state(cast: County, handled: Clue) -> None:
    handled.refresh_from_db()

    assert (handled.status, handled.received_on, handled.status_on) == ("filed", date(2026, 3, 16), date(2026, 3, 17))
    assert [event.label for event in Event.objects.of(handled)] == ["移送线索", "接收线索", "登记办理状态"]
    assert (
        Notice.objects.filter(
            recipient=cast.anguan, sentence__contains="移送问题线索农纪线〔2026〕1号，请接收登记"
        ).count()
        == 1
    )


def test_a09_7g_refusals_of_the_transfer(cast: County) -> None:
    hand_over(cast, code="已有号")
    cases = (({"by": cast.jiaoyu}, "由驻县农业农村局纪检监察组经办人登记"), ({"receiver": cast.tours}, "归口管理"),
             ({"code": " "}, "请填写线索编号"),
             ({"code": "已有号"}, "已经登记过"), ({"transferred_on": date(2026, 3, 18)}, "不能晚于今天"), ({"code": "=1"}, "是公式"))  # fmt: skip
    for changes, words in cases:
        with pytest.raises(Refused, match=words):
            hand_over(cast, **changes)
    assert Clue.objects.count() == 1


def test_a09_7g_only_the_receiver_receives_and_reports_the_state_in_order(cast: County) -> None:
    clue = hand_over(cast)
    for name in ("nongye", "dangfeng_head", "fenguan"):
        with pytest.raises(Refused, match="由案件监督管理室登记"):
            clues.receive_clue(clue, by=cast.people[name], at=AT, received_on=date(2026, 3, 16), received_by="甲")
    with pytest.raises(Refused, match="请先登记接收"):
        clues.change_status(clue, by=cast.anguan, at=AT, status="filed", status_on=date(2026, 3, 17))
    with pytest.raises(Refused, match="早于2026-03-13"):
        clues.receive_clue(clue, by=cast.anguan, at=AT, received_on=date(2026, 3, 12), received_by="甲")
    clues.receive_clue(clue, by=cast.anguan, at=AT, received_on=date(2026, 3, 16), received_by="甲")
    with pytest.raises(Refused, match="已于2026-03-16接收"):
        clues.receive_clue(clue, by=cast.anguan, at=AT, received_on=date(2026, 3, 16), received_by="乙")


def test_a09_7g_the_seal_opens_with_a_reason_and_every_look_stays_on_record(cast: County, handled: Clue) -> None:
    address, opening = (
        reverse("supervision:clue", args=[handled.pk]),
        reverse("supervision:clue_open", args=[handled.pk]),
    )
    client = enter(cast.nongye_head)
    assert SEALED not in client.get(address).content.decode()

    assert client.post(opening, {"reason": "  "}).status_code == 409
    answer = client.post(opening, {"reason": "核对移送办理结果"}).content.decode()

    assert SEALED in answer and "接收员甲" in answer and handled.problem.code in answer
    assert SEALED not in client.get(address).content.decode()
    made = ClueOpening.objects.get()
    assert (made.by, made.reason) == (cast.nongye_head, "核对移送办理结果")
    assert (
        AccessLog.objects.filter(user=cast.nongye_head, action="view", subject__contains="核对移送办理结果").count()
        == 1
    )


def test_a09_7g_who_may_open(cast: County, handled: Clue) -> None:
    may = {name for name, user in cast.people.items() if clues.may_open(user, handled)}

    assert may == {"nongye", "nongye_head", "dangfeng_head", "xieguan1", "fenguan", "shuji", "anguan"}
    with pytest.raises(Refused, match="限移送人、接收单位和有权人员查看"):
        clues.open_clue(handled, by=cast.dangfeng, at=AT, reason="统计情况需要")
    assert not ClueOpening.objects.exists()


@pytest.mark.parametrize("name", ["nongye", "nongye_head", "dangfeng", "dangfeng_head", "fenguan", "anguan"])
def test_a09_7g_no_page_and_no_event_leaks_what_is_sealed(cast: County, handled: Clue, name: str) -> None:
    client = enter(cast.people[name])
    pages = [reverse("supervision:clues"), reverse("supervision:clue", args=[handled.pk]), reverse("accounts:desk"),
             reverse("accounts:inbox"), reverse("supervision:problem", args=[handled.problem_id]),
             reverse("supervision:disposal", args=[handled.problem.round_id]), reverse("supervision:search") + "?q=警告"]  # fmt: skip

    for page in pages:
        text = client.get(page).content.decode()
        assert SEALED not in text and "接收员甲" not in text, page
    told = "".join(f"{event.title}{event.note}" for event in Event.objects.of(handled))
    assert SEALED not in told and handled.problem.code not in told


def test_a09_7g_the_clue_page_does_not_name_its_problem(cast: County, handled: Clue) -> None:
    for name in ("dangfeng", "anguan", "nongye_head"):
        page = enter(cast.people[name]).get(reverse("supervision:clue", args=[handled.pk])).content.decode()
        body = page[page.index("<h1") :]  # below the frame, which names the reader himself
        assert handled.code in body and handled.problem.code not in body
        assert "何案" not in body.replace('value="何案"', "") and ("李青" not in body)


def test_a09_7g_the_workbook_carries_number_and_state_only(cast: County, handled: Clue) -> None:
    answer = enter(cast.dangfeng).get(reverse("supervision:clues"), {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["线索编号", "状态"],
        ["农纪线〔2026〕1号", "立案"],
    ]
    assert AccessLog.objects.filter(action="export", subject="线索移送登记").count() == 1
