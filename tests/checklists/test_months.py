"""月度重点任务清单 from outside: issue once, carry over with one press, progress, columns, duty."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, Notice
from accounts.workflow import Refused
from checklists.actions.months import (
    add_line,
    carry_over,
    drop_month_line,
    issue_month,
    month_url,
    note_progress,
    open_month,
)
from checklists.actions.tasks import complete_task
from checklists.meetings.sheet import month_rows
from checklists.meetings.standing import month_figures
from checklists.models import MonthlyList, MonthlyTask, TaskAssignment
from reports.builders.meetings import month_paper
from reports.paper import Table
from tests.factories import NOW, TODAY, County, county, enter, moment

pytestmark = pytest.mark.django_db
MARCH, APRIL = moment(2026, 3, 3), moment(2026, 4, 2)


@pytest.fixture
def cast() -> County:
    return county()


def begin(cast: County, month: int = 2, *, at: Any = NOW, tasks: tuple[str, ...] = ()) -> MonthlyList:
    """The list of a month; the named tasks are the group's, due on the 20th."""
    made = open_month(cast.cso, 2026, month, by=cast.dangfeng, at=at)
    for task in tasks:
        add_line(made, task=task, organ=cast.agri, due_on=date(2026, month, 20), by=cast.dangfeng, at=at)
    return made


def issue(cast: County, made: MonthlyList, *, at: Any = NOW) -> MonthlyList:
    return issue_month(made, by=cast.dangfeng, at=at)


def test_issuing_gives_each_task_once_and_locks_the_list(cast: County) -> None:
    made = issue(cast, begin(cast, tasks=("核对台账", "回访群众")))

    with pytest.raises(Refused, match="已印发"):
        issue(cast, made)
    with pytest.raises(Refused, match="已印发，不能再改"):
        add_line(made, task="又一项", organ=cast.agri, due_on=TODAY, by=cast.dangfeng, at=NOW)
    given = TaskAssignment.objects.order_by("pk").values_list("organ", "task", "source", "source_link")
    source = ("2026年2月重点任务清单", month_url(made))
    assert list(given) == [(cast.agri.pk, "核对台账", *source), (cast.agri.pk, "回访群众", *source)]
    told = Notice.objects.filter(recipient=cast.nongye_head, sentence__contains="已印发")
    assert told.count() == 1
    assert not Notice.objects.filter(recipient=cast.jiaoyu).exists()


def test_only_cso_draws_it_up_and_there_is_one_per_month(cast: County) -> None:
    begin(cast)

    with pytest.raises(Refused, match="已经建立（编制中）"):
        begin(cast)
    with pytest.raises(Refused, match="由党风政风监督室编制"):
        open_month(cast.agri, 2026, 3, by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="由党风政风监督室编制"):
        open_month(cast.cso, 2026, 3, by=cast.nongye, at=NOW)


def test_an_empty_list_and_a_term_that_passed_are_not_issued(cast: County) -> None:
    with pytest.raises(Refused, match="还没有任务"):
        issue(cast, begin(cast))
    made = begin(cast, 3, tasks=("核对台账",))
    with pytest.raises(Refused, match="早于今天"):
        issue(cast, made, at=moment(2026, 3, 21))
    made.refresh_from_db()
    assert (made.step, TaskAssignment.objects.count()) == ("draft", 0)


def test_what_is_unfinished_is_carried_over_marked_and_counted_without_a_second_task(cast: County) -> None:
    february = issue(cast, begin(cast, tasks=("核对台账", "回访群众")))
    note_progress(february.tasks.get(task="核对台账"), text="已核对一半", by=cast.nongye, at=moment(2026, 2, 27))
    finished = TaskAssignment.objects.get(task="回访群众")
    complete_task(finished, by=cast.nongye, at=NOW, done_on=TODAY, result="已回访12户")

    march = begin(cast, 3, at=MARCH, tasks=("新任务",))
    assert carry_over(march, by=cast.dangfeng, at=MARCH) == 1
    assert carry_over(march, by=cast.dangfeng, at=MARCH) == 0
    issue(cast, march, at=MARCH)
    april = begin(cast, 4, at=APRIL)
    assert carry_over(april, by=cast.dangfeng, at=APRIL) == 2

    assert TaskAssignment.objects.count() == 3
    rows = {row[1]: row[2:] for row in month_rows(april, on=APRIL.date())}
    assert rows["（上月结转，累计2次）核对台账"] == [
        "驻县农业农村局纪检监察组",
        date(2026, 2, 20),
        "已核对一半",
        "逾期41天",
    ]
    assert rows["（上月结转）新任务"][3] == "逾期13天"


def test_a_task_nobody_carried_over_is_still_offered_two_months_later(cast: County) -> None:
    issue(cast, begin(cast, tasks=("核对台账",)))
    issue(cast, begin(cast, 3, at=MARCH, tasks=("新任务",)), at=MARCH)

    april = begin(cast, 4, at=APRIL)

    assert carry_over(april, by=cast.dangfeng, at=APRIL) == 2


def test_a_list_of_an_earlier_month_is_not_offered_what_came_later(cast: County) -> None:
    issue(cast, begin(cast, 3, at=MARCH, tasks=("三月的任务",)), at=MARCH)

    assert carry_over(begin(cast, 2, at=MARCH), by=cast.dangfeng, at=MARCH) == 0


def test_progress_is_the_organs_or_csos_and_ends_with_the_task(cast: County) -> None:
    made = begin(cast, tasks=("核对台账",))
    line = made.tasks.get()
    with pytest.raises(Refused, match="印发以后"):
        note_progress(line, text="开始", by=cast.nongye, at=NOW)
    issue(cast, made)
    with pytest.raises(Refused, match="由驻县农业农村局纪检监察组登记"):
        note_progress(line, text="开始", by=cast.jiaoyu, at=NOW)
    assert note_progress(line, text="开始", by=cast.dangfeng, at=NOW).progress_on == TODAY

    complete_task(TaskAssignment.objects.get(), by=cast.nongye, at=NOW, done_on=TODAY, result="完成")

    with pytest.raises(Refused, match="已经完成"):
        note_progress(line, text="再来", by=cast.nongye, at=NOW)


def test_figures_count_done_overdue_and_carried(cast: County) -> None:
    made = issue(cast, begin(cast, tasks=("甲", "乙", "丙")))
    complete_task(TaskAssignment.objects.get(task="甲"), by=cast.nongye, at=NOW, done_on=TODAY, result="好")

    assert month_figures(made, on=date(2026, 2, 20)) == {"total": 3, "done": 1, "late": 0, "carried": 0, "share": 33.3}
    assert month_figures(made, on=date(2026, 2, 21))["late"] == 2


def test_a_line_is_taken_out_before_the_issue_and_the_numbers_close_up(cast: County) -> None:
    made = begin(cast, tasks=("甲", "乙", "丙"))
    drop_month_line(MonthlyTask.objects.get(task="乙"), by=cast.dangfeng, at=NOW)

    assert [(row[0], row[1]) for row in month_rows(made, on=TODAY)] == [(1, "甲"), (2, "丙")]


def test_the_columns_are_those_of_the_office_in_print_and_in_the_workbook(cast: County) -> None:
    made = issue(cast, begin(cast, tasks=("核对台账",)))
    wanted = ["序号", "任务", "责任单位", "完成时限", "进展", "状态"]

    table = month_paper(made, on=TODAY).blocks[0]
    answer = enter(cast.dangfeng).get(month_url(made), {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert isinstance(table, Table)
    assert [heading for heading, _ in table.columns] == wanted
    assert [cell.value for cell in sheet[3]] == wanted
    assert [cell.value for cell in sheet[4]][:3] == [1, "核对台账", "驻县农业农村局纪检监察组"]


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [(date(2026, 2, 1), "2026-02", date(2026, 2, 28)), (date(2024, 2, 29), "2024-02", date(2024, 2, 29)),
     (date(2026, 12, 31), "2026-12", date(2026, 12, 31))],
)  # fmt: skip
def test_the_months_list_is_a_suggested_duty_until_it_is_issued(
    cast: County, day: date, period: str, due: date
) -> None:
    open_duties(day)
    duty = Duty.objects.get(kind="monthly_list")
    assert (duty.organ, duty.period, duty.due_on) == (cast.cso, period, due)

    if period == "2026-02":
        issue(cast, begin(cast, tasks=("核对台账",)))
        settle_duties()
        duty.refresh_from_db()
        assert (duty.fulfilled_at, duty.proof) == (NOW, "2026年2月重点任务清单")


@time_machine.travel(NOW, tick=False)
def test_a_journey_by_hand_through_two_months(cast: County) -> None:
    client = enter(cast.dangfeng)
    client.post(reverse("checklists:month_new"), {"year": 2026, "month": 1})
    january = MonthlyList.objects.get()
    act = reverse("checklists:month_act", args=[january.pk])
    line = {"verb": "add", "text": "核对台账", "organ": cast.agri.pk}
    assert client.post(act, line).status_code == 422
    client.post(act, {**line, "due_on": "2026-02-20"})
    client.post(act, {"verb": "issue"})

    group = enter(cast.nongye)
    page = group.get(month_url(january)).content.decode()
    assert "登记进展" in page and "登记完成" in page
    progress = reverse("checklists:month_progress", args=[january.tasks.get().pk])
    group.post(progress, {"text": "已核对三个乡镇"})
    client.post(reverse("checklists:month_new"), {"year": 2026, "month": 2})
    february = MonthlyList.objects.get(month=2)
    assert "结转到本月（1项）" in client.get(month_url(february)).content.decode()
    client.post(reverse("checklists:month_act", args=[february.pk]), {"verb": "carry"})

    text = client.get(month_url(february)).content.decode()
    assert "上月结转" in text and "已核对三个乡镇" in text
    assert enter(cast.jiaoyu).get(month_url(january)).status_code == 404
    assert enter(cast.nongye).get(month_url(february)).status_code == 404
    rows = client.get(reverse("checklists:months")).context["page"].rows
    assert [(row["name"], row["total"], row["carried"]) for row in rows] == [
        ("2026年2月重点任务清单", 1, 1), ("2026年1月重点任务清单", 1, 0)
    ]  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"year": "x", "month": "1"}, {"year": "2026", "month": "13"}])
def test_a_month_that_is_none_is_refused_in_words(cast: County, data: dict[str, str]) -> None:
    answer = enter(cast.dangfeng).post(reverse("checklists:month_new"), data, follow=True)

    assert "请选择年度和月份" in answer.content.decode()
    assert not MonthlyList.objects.exists()
