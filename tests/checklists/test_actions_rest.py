"""Key points, instructions, deployment, tasks: works, who may not, what a second try does."""

from datetime import date

import pytest

from accounts.models import Event, Notice
from accounts.workflow import Refused
from checklists import actions
from checklists.models import AnnualDeployment, AnnualPoints, InstructionItem
from checklists.states import FocusArea, InstructionStep, PointsStep
from tests.checklists.story import APR, FEB, YEAR, draft, filed, issue_points, issued
from tests.factories import NOW, County

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value


# --- key points ---


def points(cast: County, rows: list[tuple[str, str]], **others: object) -> AnnualPoints:
    fields = {"title": "要点", "basis": "全会部署", "by": cast.dangfeng, "at": NOW, **others}
    return actions.save_points(cast.cso, YEAR, rows=rows, **fields)


def test_points_are_rewritten_until_issued(cast: County) -> None:
    points(cast, [(FocusArea.OTHER, "一")])
    made = points(cast, [(FocusArea.MAJOR_DECISIONS, "粮食"), (FocusArea.OTHER, "二")], title="2026年度要点")

    assert AnnualPoints.objects.count() == 1
    assert list(made.rows.values_list("seq", "text")) == [(1, "粮食"), (2, "二")]
    assert made.proposals_due_on == date(2026, 3, 31)


def test_empty_points_are_not_issued(cast: County) -> None:
    made = points(cast, [])

    assert refusal(actions.publish_points, made, by=cast.dangfeng_head, at=NOW).article == "A6.1a"


def test_only_the_office_drafts_and_only_its_head_issues(cast: County) -> None:
    made = points(cast, [(FocusArea.OTHER, "一")])

    assert refusal(points, cast, [], by=cast.nongye).sentence == "年度政治监督要点由党风政风监督室统筹提出。"
    assert "没有“印发要点”的权限" in refusal(actions.publish_points, made, by=cast.dangfeng, at=NOW).sentence


def test_issued_points_are_told_to_the_groups_and_locked(cast: County) -> None:
    made = issue_points(cast)

    assert (made.step, made.published_at) == (PointsStep.PUBLISHED, NOW)
    told = Notice.objects.filter(sentence__startswith="2026年度政治监督要点已印发")
    assert set(told.values_list("recipient__username", flat=True)) == {"nongye", "nongye_head", "jiaoyu", "jiaoyu_head"}
    assert refusal(points, cast, []).sentence == "2026年度要点已印发，不能再改。年中新增事项请按动态更新办理。"


# --- instructions ---


@pytest.fixture
def instruction(cast: County) -> InstructionItem:
    return actions.save_instruction(
        None, organ=cast.agri, by=cast.nongye, at=FEB, title="加强农田管护", source_doc="省委督查〔2026〕8号",
        received_on=date(2026, 2, 1), responsible_unit=cast.units["县农业农村局"], measures="逐乡排查",
        due_on=date(2026, 6, 30),
    )  # fmt: skip


def test_an_instruction_is_followed_to_its_end(cast: County, instruction: InstructionItem) -> None:
    actions.add_progress(instruction, by=cast.nongye, at=APR, reported_on=date(2026, 4, 1), text="排查过半")
    actions.note_bulletin(instruction, by=cast.dangfeng, at=APR, notified_on=date(2026, 4, 2), accountability="约谈1人")
    actions.close_instruction(instruction, by=cast.nongye, at=APR, closed_on=date(2026, 4, 9))
    actions.look_back(instruction, by=cast.nongye, at=APR, held_on=date(2026, 4, 10), result="有反弹")
    actions.reopen_instruction(instruction, by=cast.nongye, at=APR, reason="反弹")

    instruction.refresh_from_db()
    assert (instruction.step, instruction.closed_on) == (InstructionStep.OPEN, None)
    assert (instruction.notified_on, instruction.accountability) == (date(2026, 4, 2), "约谈1人")
    verbs = list(Event.objects.of(instruction).values_list("verb", flat=True))
    assert verbs == ["enter", "progress", "bulletin", "close", "look_back", "reopen"]


def test_it_is_not_closed_without_progress(cast: County, instruction: InstructionItem) -> None:
    said = refusal(actions.close_instruction, instruction, by=cast.nongye, at=APR, closed_on=date(2026, 4, 9))

    assert said.sentence == "还没有进展记录。请先登记进展，再办结。"


def test_look_backs_are_numbered(cast: County, instruction: InstructionItem) -> None:
    for day in (3, 4):
        actions.look_back(instruction, by=cast.dangfeng, at=APR, held_on=date(2026, 4, day), result="好")

    assert list(instruction.look_backs.values_list("round_no", flat=True)) == [1, 2]


@pytest.mark.parametrize(("day", "text"), [(date(2026, 4, 11), "明天"), (date(2026, 4, 1), " ")])
def test_progress_is_dated_and_said(cast: County, instruction: InstructionItem, day: date, text: str) -> None:
    assert (
        refusal(actions.add_progress, instruction, by=cast.nongye, at=APR, reported_on=day, text=text).article == "A5.2"
    )
    assert not instruction.progress.exists()


def test_strangers_do_not_touch_an_instruction(cast: County, instruction: InstructionItem) -> None:
    said = refusal(actions.add_progress, instruction, by=cast.jiaoyu, at=APR, reported_on=date(2026, 4, 1), text="x")

    assert said.sentence == "这件指示批示由跟进单位或党风政风监督室登记。"


def test_the_term_is_not_before_the_receipt(cast: County, instruction: InstructionItem) -> None:
    said = refusal(actions.save_instruction, instruction, by=cast.nongye, at=FEB, due_on=date(2026, 1, 31))

    assert said.sentence == "办结时限不能早于收到日期。"


# --- deployment and tasks ---


def test_one_deployment_per_year(cast: County) -> None:
    for text in ("初稿", "定稿"):
        actions.save_deployment(cast.cso, YEAR, plenum_on=date(2026, 1, 10), text=text, by=cast.dangfeng, at=FEB)

    assert list(AnnualDeployment.objects.values_list("text", flat=True)) == ["定稿"]
    assert refusal(
        actions.save_deployment, cast.agri, YEAR, plenum_on=date(2026, 1, 10), text="x", by=cast.nongye, at=FEB
    ).article == "A10.1a"  # fmt: skip


def test_a_task_is_given_and_done(year: County) -> None:
    item = filed(year)
    issued(year)
    item.refresh_from_db()
    task = actions.assign_task(item, year.town, task="配合核查三村", due_on=date(2026, 5, 8), by=year.dangfeng, at=APR)

    actions.complete_task(task, by=year.liuhe, at=APR, done_on=date(2026, 4, 9), result="已核查")

    task.refresh_from_db()
    assert (task.done_on, task.result) == (date(2026, 4, 9), "已核查")
    assert Notice.objects.filter(recipient=year.liuhe, sentence__contains="分解任务").count() == 1
    again = refusal(actions.complete_task, task, by=year.liuhe, at=APR, done_on=date(2026, 4, 9), result="再")
    assert again.sentence == "这项任务已于2026-04-09完成，不用重复登记。"


def test_only_listed_projects_are_divided_and_only_by_the_office(year: County) -> None:
    item = draft(year)
    due = date(2026, 5, 8)

    assert (
        refusal(actions.assign_task, item, year.town, task="x", due_on=due, by=year.dangfeng, at=APR).article
        == "A10.1b"
    )
    assert refusal(actions.assign_task, item, year.town, task="x", due_on=due, by=year.nongye, at=APR).sentence == (
        "任务分解由党风政风监督室办理。"
    )
