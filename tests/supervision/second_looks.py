"""Struck-off problems for the tests of “回头看” and 反向核查."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organ
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import close, submit_closure
from supervision.models import RectificationItem
from tests.factories import County, moment
from tests.samples import PNG, make_problem

CLOSED = moment(2026, 3, 2)


def struck_off(cast: County, organ: Organ | None = None, **fields: Any) -> RectificationItem:
    """A problem of the organ whose rectification the clerk did and the head struck off on 2 March."""
    organ = organ or cast.agri
    clerk, head = (cast.nongye, cast.nongye_head) if organ == cast.agri else (cast.jiaoyu, cast.jiaoyu_head)
    problem = make_problem(cast, organ, **{"due_on": date(2026, 3, 10), **fields})
    item = fresh_item(problem.pk)
    add_proofs(item, [SimpleUploadedFile("佐证.png", PNG)], by=clerk, at=CLOSED)
    submit_closure(item, by=clerk, at=CLOSED, claimed_on=date(2026, 3, 1), situation="已整改")
    close(item, by=head, at=CLOSED, opinion="到位")
    return fresh_item(problem.pk)


def fresh_item(problem_id: int) -> RectificationItem:
    """The rectification as the database has it."""
    return RectificationItem.objects.select_related("problem__unit").get(problem_id=problem_id)
