"""A large synthetic county for benchmarks: straight into the tables, without signatures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.grants import grant_organ
from accounts.models import Organ, SupervisedUnit, User
from accounts.roles import OrganKind
from checklists.models import ChecklistItem
from checklists.states import FocusArea, Form, ItemStep
from ledgers.models import RowKind, UnitLedgerEntry
from supervision.models import Problem, RectificationItem
from supervision.states import Origin, RectificationStep

YEAR = 2026
BATCH = 5000
TEXTS = ("项目资料归档滞后，缺{n}个项目竣工资料", "采购验收单缺少双人签字，涉及{n}份", "公示栏更新不及时，{n}项事项未公开",
         "补贴资金滞留{n}天，发放不及时", "会议记录不完整，{n}次“三重一大”议题未记录表决情况")  # fmt: skip


def build(problems: int, organs: int, *, at: datetime) -> None:
    """`problems` rows spread evenly over `organs` new groups of the existing county, entered `at` one moment."""
    groups = [_group(number) for number in range(organs)]
    author = User.objects.order_by("pk").first()
    for start in range(0, problems, BATCH):
        _batch(range(start, min(start + BATCH, problems)), groups, author, at)


def _group(number: int) -> tuple[Organ, SupervisedUnit, ChecklistItem]:
    root = Organ.objects.get(kind=OrganKind.COMMISSION, parent__isnull=True)
    organ = Organ.objects.create(
        name=f"规模测试第{number:03d}组", kind=OrganKind.STATIONED_GROUP, parent=root, sort_order=900
    )
    grant_organ(organ)
    unit = SupervisedUnit.objects.create(name=f"规模测试第{number:03d}局", organ=organ)
    item = ChecklistItem.objects.create(
        organ=organ, lead_organ=organ, year=YEAR, form=Form.STATIONED, focus_area=FocusArea.OTHER, step=ItemStep.LISTED,
        title=f"规模测试项目{number:03d}", content="规模测试", created_by_id=User.objects.order_by("pk").values("pk")[0]["pk"],
    )  # fmt: skip
    return organ, unit, item


def _batch(
    numbers: range, groups: list[tuple[Organ, SupervisedUnit, ChecklistItem]], author: User | None, at: datetime
) -> None:
    assert author is not None
    rows = [_problem(number, groups, author) for number in numbers]
    Problem.objects.bulk_create(rows)
    RectificationItem.objects.bulk_create(
        [_rectification(row, number) for row, number in zip(rows, numbers, strict=True)]
    )
    UnitLedgerEntry.objects.bulk_create(
        UnitLedgerEntry(organ_id=row.organ_id, year=YEAR, position=number, kind=RowKind.PROBLEM, problem=row,
                        created_by=author, updated_by=author, updated_at=at)
        for row, number in zip(rows, numbers, strict=True)
    )  # fmt: skip


def _problem(number: int, groups: list[tuple[Organ, SupervisedUnit, ChecklistItem]], author: User) -> Problem:
    organ, unit, item = groups[number % len(groups)]
    text = TEXTS[number % len(TEXTS)].format(n=number % 89 + 1)
    return Problem(organ=organ, unit=unit, item=item, year=YEAR, description=f"{text}（第{number}号）", focus_area=FocusArea.OTHER,
                   found_on=date(YEAR, 1, 1) + timedelta(days=number % 330), suggestion="限期整改，完善制度",
                   created_by=author, origin=Origin.IMPORTED)  # fmt: skip


def _rectification(problem: Problem, number: int) -> RectificationItem:
    found = problem.found_on
    assert found is not None
    due = found + timedelta(days=30)
    closed = number % 3 == 0
    return RectificationItem(
        problem=problem, organ_id=problem.organ_id, first_due_on=due, due_on=due, situation="正在整改",
        step=RectificationStep.CLOSED if closed else RectificationStep.IN_PROGRESS,
        closed_on=due if closed else None, closed_by=problem.created_by if closed else None,
        closed_origin=Origin.IMPORTED if closed else "",
    )  # fmt: skip
