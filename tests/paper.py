"""A paper for tests of the machine alone: a project with a plain route, whatever the checklist app registers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from accounts import approvals, workflow
from accounts.approvals import Route
from accounts.models import Approval
from accounts.permissions import Permission
from accounts.roles import CHAIN
from accounts.workflow import Move, move
from checklists.models import ChecklistItem
from checklists.states import FocusArea, Form, ItemStep
from tests.factories import County

MOVES = {
    "submit": Move({ItemStep.DRAFT, ItemStep.RETURNED}, ItemStep.SUBMITTED, Permission.DRAFT, "A6.1c", "报送审批"),
    "approve": Move({ItemStep.SUBMITTED}, ItemStep.APPROVED, None, "A6.1c", "批准"),
    "return": Move({ItemStep.SUBMITTED}, ItemStep.RETURNED, None, "A6.1c", "退回"),
    "withdraw": Move({ItemStep.SUBMITTED}, ItemStep.DRAFT, None, "A6.1c", "撤回"),
}
OUTCOMES = {"approved": "approve", "returned": "return", "withdrawn": "withdraw"}


def _outcome(verb: str) -> Any:
    def act(subject: Any, *, by: Any, at: datetime, note: str = "", step: Any = None) -> None:
        move(subject, verb, by=by, at=at, note=note, by_chain=True)

    return act


@contextmanager
def plain_route(rungs: tuple[str, ...] = CHAIN) -> Iterator[None]:
    """Register the plain table and route for projects, and put back what was there."""
    kept = workflow.MOVES.get(ChecklistItem), approvals.ROUTES.get(ChecklistItem)
    workflow.MOVES[ChecklistItem] = MOVES
    approvals.ROUTES[ChecklistItem] = Route(
        article="A6.1c", title=lambda item: item.title, rungs=lambda item: rungs,
        snapshot=lambda item: {"监督项目": item.title, "监督内容": item.content}, template="none.html",
        authors=lambda item: {item.created_by_id}, **{key: _outcome(verb) for key, verb in OUTCOMES.items()},
    )  # fmt: skip
    yield
    for table, value in ((workflow.MOVES, kept[0]), (approvals.ROUTES, kept[1])):
        if value is None:
            del table[ChecklistItem]
        else:
            table[ChecklistItem] = value


def make_paper(cast: County, title: str = "高标准农田监督", **fields: Any) -> ChecklistItem:
    """A draft of the agriculture group's clerk."""
    values = {"organ": cast.agri, "lead_organ": cast.agri, "year": 2026, "form": Form.STATIONED,
              "focus_area": FocusArea.MAJOR_DECISIONS, "title": title, "content": "管护责任是否落实",
              "created_by": cast.nongye, **fields}  # fmt: skip
    return ChecklistItem.objects.create(**values)


def send_up(paper: ChecklistItem, *, by: Any, at: datetime) -> Approval:
    """Submit as an action does: the paper's step first, then the chain."""
    move(paper, "submit", by=by, at=at)
    return approvals.submit(paper, by=by, at=at)
