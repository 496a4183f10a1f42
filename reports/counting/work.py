"""What was done: projects under way, training, activities, rounds, consultations of the diary come with their rooms (A6-A9)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Sum

from checklists.models import ChecklistItem
from checklists.states import Form, ItemStep
from reports.counting.figure import Figure, Rows, Scope, declare
from supervision.models import InspectionActivity, LookBack, Round, RoundTraining
from supervision.rounds.states import ActivityKind, RoundStep
from supervision.states import LookBackStep

ITEM = {"title": "监督项目", "lead_organ__name": "牵头单位", "period_start": "监督周期起", "period_end": "监督周期止"}
ROUND = {"title": "监督轮次", "organ__name": "牵头单位", "started_on": "启动日期", "ended_on": "检查结束"}
ACTIVITY = {
    "held_on": "日期",
    "round__title": "监督轮次",
    "organ__name": "登记单位",
    "method__name": "方式",
    "unit__name": "单位",
}
TRAINING = {"held_on": "日期", "topic": "培训内容", "round__title": "监督轮次", "attendee_count": "参训人数"}


def _items(*forms: str) -> Rows:
    """Listed projects that run in the period: their supervision period touches it; without one, those of its years."""

    def rows(scope: Scope) -> Any:
        runs = Q(period_start__lte=scope.last, period_end__gte=scope.first)
        unset = Q(period_start__isnull=True) | Q(period_end__isnull=True)
        of_year = unset & Q(year__range=(scope.first.year, scope.last.year))
        found = ChecklistItem.objects.filter(runs | of_year, step=ItemStep.LISTED, lead_organ_id__in=scope.organs)
        return found.filter(form__in=forms) if forms else found

    return rows


def activities(**more: Any) -> Rows:
    """Entries of the log by their day; those of a round that was called off are no work done."""
    return lambda scope: InspectionActivity.objects.filter(
        organ_id__in=scope.organs, held_on__range=scope.days, **more
    ).exclude(round__step=RoundStep.CANCELLED)


def _rounds(field: str) -> Rows:
    return lambda scope: Round.objects.filter(organ_id__in=scope.organs, **{f"{field}__range": scope.days}).exclude(
        step=RoundStep.CANCELLED
    )


def _trainings(scope: Scope) -> Any:
    return RoundTraining.objects.filter(round__organ_id__in=scope.organs, held_on__range=scope.days)


def _look_backs(scope: Scope) -> Any:
    return LookBack.objects.filter(organ_id__in=scope.organs, step=LookBackStep.HELD, held_on__range=scope.days)


OF_ITEM: dict[str, Any] = {
    "organ": "lead_organ_id", "columns": ITEM, "page": "checklists:item", "topic": "topics"
}  # fmt: skip
OF_ACTIVITY: dict[str, Any] = {
    "columns": ACTIVITY,
    "page": "supervision:round",
    "page_key": "round_id",
    "topic": "round__item__topics",
    "joint": "round__participants",
}
_OF_TRAINING: dict[str, Any] = {
    "organ": "round__organ_id",
    "columns": TRAINING,
    "page": "supervision:round",
    "page_key": "round_id",
    "joint": "round__participants",
}
_OF_ROUND: dict[str, Any] = {"columns": ROUND, "page": "supervision:round", "joint": "participants"}

declare(
    Figure("items", "监督项目", "项", "A6.1e", _items(), **OF_ITEM),
    *(
        Figure(f"items_{form.value}", f"“{form.label}”监督项目", "项", "A7", _items(form), **OF_ITEM)
        for form in Form
    ),
    Figure("rounds_started", "启动监督轮次", "轮", "A9", _rounds("started_on"), **_OF_ROUND),
    Figure("rounds_ended", "完成监督检查轮次", "轮", "A9.4", _rounds("ended_on"), **_OF_ROUND),
    Figure("trainings", "业务培训", "次", "A9.1", _trainings, **_OF_TRAINING),
    Figure("trainees", "参加业务培训", "人次", "A9.1", _trainings, measure=Sum("attendee_count"), **_OF_TRAINING),
    Figure("activities", "监督检查", "场次", "A9.4a", activities(), **OF_ACTIVITY),
    Figure("special_checks", "专项检查", "次", "A9.4a", activities(kind=ActivityKind.SPECIAL), **OF_ACTIVITY),
    Figure("led_checks", "领导带队检查", "次", "A9.4b", activities(kind=ActivityKind.LED), **OF_ACTIVITY),
    Figure("look_backs", "“回头看”", "次", "A9.8e", _look_backs,
           columns={"held_on": "日期", "unit__name": "被监督单位", "organ__name": "监督单位"}, page="supervision:look_back",
           joint="results__rectification__problem__round__participants"),
)  # fmt: skip
