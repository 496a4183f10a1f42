"""“回头看”: planned by risk, answered whole, frozen, and what rebounds is open again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.duties import open_duties, settle_duties
from accounts.models import Attachment, Duty, Event
from accounts.workflow import Refused
from supervision.actions.look_backs import (
    Answers,
    add_look_back_evidence,
    cancel_look_back,
    plan_look_back,
    save_answers,
)
from supervision.actions.rectification import reopen
from supervision.cure.risk import candidates, closed_rows
from supervision.models import LookBack, LookBackResult
from tests.factories import County, county, moment
from tests.samples import PNG, make_problem
from tests.supervision.second_looks import fresh_item, struck_off

pytestmark = pytest.mark.django_db
APRIL = moment(2026, 4, 20)
PLANNED = date(2026, 5, 8)
HELD = moment(2026, 5, 9)


@pytest.fixture
def cast() -> County:
    return county()


def planned(cast: County, *items: Any) -> LookBack:
    return plan_look_back(items or [struck_off(cast)], planned_on=PLANNED, by=cast.nongye, at=APRIL)


def answers(look: LookBack, verdict: str = "ok", finding: str = "") -> Answers:
    results = {row.pk: (verdict, finding) for row in look.results.all()}
    return Answers(date(2026, 5, 8), "李青、王建国", "任务已完成", "整改到位", "制度已建立", results)


def test_candidates_stand_by_risk_with_reasons(cast: County) -> None:
    plain = struck_off(cast, description="普通问题")
    late = struck_off(cast, description="逾期问题", due_on=date(2026, 2, 20))
    grave = struck_off(cast, description="重大问题", severity="major", due_on=date(2026, 2, 20))
    struck_off(cast, cast.edu, description="别组问题")

    rows = candidates(frozenset({cast.agri.pk}))

    assert [(row["pk"], row["reasons"], row["weight"]) for row in rows] == [
        (grave.pk, ["overdue", "grave"], 6),
        (late.pk, ["overdue"], 4),
        (plain.pk, [], 1),
    ]


def test_what_is_planned_or_was_looked_at_since_is_no_candidate(cast: County) -> None:
    look = planned(cast)
    ids = frozenset({cast.agri.pk})
    assert candidates(ids) == []

    save_answers(look, answers(look), by=cast.nongye, at=HELD, finish=True)
    assert candidates(ids) == []


@pytest.mark.parametrize(
    ("day", "by", "sentence"), [(date(2026, 4, 19), "nongye", "不能早于今天"), (PLANNED, "jiaoyu", "由监督单位安排"),
                                (PLANNED, "dangfeng_head", "由监督单位安排")],
)  # fmt: skip
def test_a_plan_out_of_place_is_refused(cast: County, day: date, by: str, sentence: str) -> None:
    item = struck_off(cast)

    with pytest.raises(Refused, match=sentence):
        plan_look_back([item], planned_on=day, by=cast.people[by], at=APRIL)
    assert LookBack.objects.count() == 0


def test_one_unit_struck_off_and_not_twice(cast: County) -> None:
    item, other = struck_off(cast), struck_off(cast, cast.edu)
    open_one = fresh_item(make_problem(cast, cast.agri).pk)
    for items, sentence in (([], "至少选择一个"), ([item, other], "针对一个单位"), ([open_one], "还没有销号")):
        with pytest.raises(Refused, match=sentence):
            plan_look_back(items, planned_on=PLANNED, by=cast.nongye, at=APRIL)

    planned(cast, item)
    with pytest.raises(Refused, match="已列入2026-05-08的回头看"):
        planned(cast, item)


def test_a_rebound_opens_the_rectification_again_and_counts(cast: County) -> None:
    item = struck_off(cast)
    look = planned(cast, item)

    save_answers(look, answers(look, "rebound", "5月8日抽查又缺3个月档案"), by=cast.nongye, at=HELD, finish=True)

    fresh = fresh_item(item.problem_id)
    assert (fresh.step, fresh.rebound_count, fresh.closed_on, fresh.closed_by) == ("in_progress", 1, None, None)
    event = Event.objects.of(fresh).get(verb="rebound")
    assert (event.note, event.article) == ("反弹：5月8日抽查又缺3个月档案", "A9.8e")


def test_a_problem_already_open_again_is_not_opened_twice(cast: County) -> None:
    item = struck_off(cast)
    look = planned(cast, item)
    reopen(item, by=cast.nongye_head, at=APRIL, reason="群众反映反弹")

    save_answers(look, answers(look, "unfinished", "仍在整改"), by=cast.nongye, at=HELD, finish=True)

    assert fresh_item(item.problem_id).rebound_count == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"team": " "}, "还缺工作组"),
        ({"held_on": None}, "还缺回头看日期"),
        ({"mechanism_answer": ""}, "还缺机制建设怎么样"),
        ({"held_on": date(2026, 5, 10)}, "不能晚于今天"),
        ({"results": {}}, "还没有核查结果"),
        ({"tasks_answer": "=1+1"}, "是公式"),
    ],
)
def test_an_unfinished_look_back_is_not_finished_and_nothing_is_kept(
    cast: County, change: dict[str, Any], sentence: str
) -> None:
    look = planned(cast)

    with pytest.raises(Refused, match=sentence):
        save_answers(look, replace(answers(look), **change), by=cast.nongye, at=HELD, finish=True)

    kept = LookBack.objects.get()
    assert (kept.step, kept.tasks_answer, kept.report_text) == ("planned", "", "")


def test_a_bad_verdict_needs_its_finding(cast: County) -> None:
    look = planned(cast)

    with pytest.raises(Refused, match="请写明核查情况"):
        save_answers(look, answers(look, "rebound"), by=cast.nongye, at=HELD, finish=True)
    with pytest.raises(Refused, match="由监督单位办理"):
        save_answers(look, answers(look), by=cast.jiaoyu, at=HELD, finish=True)


def test_the_report_is_frozen(cast: County) -> None:
    look = planned(cast)
    save_answers(look, answers(look), by=cast.nongye, at=HELD)
    done = save_answers(look, answers(look), by=cast.nongye, at=HELD, finish=True)

    for part in ("2026年5月8日（周五）", "一、任务完成怎么样\n任务已完成", "三、机制建设怎么样\n制度已建立", "未反弹"):
        assert part in done.report_text
    with pytest.raises(Refused, match="内容已锁定"):
        save_answers(look, answers(look), by=cast.nongye, at=HELD)
    with pytest.raises(Refused, match="内容已锁定"):
        add_look_back_evidence(look, SimpleUploadedFile("前.png", PNG), purpose="tasks_before", by=cast.nongye, at=HELD)


def test_files_name_the_question_and_before_or_after(cast: County) -> None:
    look = planned(cast)
    with pytest.raises(Refused, match="整改前还是整改后"):
        add_look_back_evidence(look, SimpleUploadedFile("前.png", PNG), purpose="other", by=cast.nongye, at=HELD)

    add_look_back_evidence(look, SimpleUploadedFile("前.png", PNG), purpose="mechanism_before", by=cast.nongye, at=HELD)

    assert Attachment.objects.of(look).get().purpose == "mechanism_before"


def test_the_duty_opens_with_the_plan_and_ends_with_the_report(cast: County) -> None:
    look = planned(cast)
    open_duties(date(2026, 4, 21))
    duty = Duty.objects.get(kind="look_back")
    assert (duty.due_on, duty.organ, duty.article) == (PLANNED, cast.agri, "A9.8e")
    assert (settle_duties(), open_duties(date(2026, 4, 22))) == (0, 0)

    save_answers(look, answers(look), by=cast.nongye, at=HELD, finish=True)

    assert settle_duties() == 1


def test_cancelling_needs_a_reason_and_frees_the_problem(cast: County) -> None:
    look = planned(cast)
    with pytest.raises(Refused, match="须写明理由"):
        cancel_look_back(look, by=cast.nongye, at=HELD, reason="")

    cancel_look_back(look, by=cast.nongye, at=HELD, reason="合并到专项监督")

    assert len(candidates(frozenset({cast.agri.pk}))) == 1


def test_a_rebound_makes_the_next_look_likelier(cast: County) -> None:
    item = struck_off(cast)
    item.rebound_count = 1
    item.save()

    assert closed_rows(type(item).objects.all())[0]["weight"] == 6


def test_the_pages_plan_answer_and_finish(cast: County) -> None:
    item, client = struck_off(cast), Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")
    plan = reverse("supervision:look_back_plan")
    assert item.problem.description in client.get(plan).content.decode()
    client.post(plan, {"item": [item.pk], "planned_on": "2099-01-01"})
    look, row = LookBack.objects.get(), LookBackResult.objects.get()
    page = reverse("supervision:look_back", args=[look.pk])

    refused = client.post(page, {"team": "李青", f"verdict_{row.pk}": "rebound", "finish": "1"})
    assert refused.status_code == 422 and "还有4处需要改正" in refused.content.decode()
    client.post(page, {"team": "李青", "held_on": "2026-03-05", "tasks_answer": "完成", "rectification_answer": "反弹",
                       "mechanism_answer": "未建立", f"verdict_{row.pk}": "rebound", f"finding_{row.pk}": "又发生",
                       "finish": "1"})  # fmt: skip

    assert "回头看报告" in client.get(page).content.decode()
    assert fresh_item(item.problem_id).step == "in_progress"
