"""Several heads strike off the same problem in the same instant: one does, the others are told."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Event
from accounts.roles import Role
from accounts.uploads import attach
from accounts.workflow import Refused
from supervision.actions.rectification import close, submit_closure, verify
from supervision.actions.sampling import check_sample, draw_samples
from supervision.models import RectificationItem
from tests.accounts.test_races import together
from tests.factories import TODAY, county, make_user, moment
from tests.samples import PNG, make_problem
from tests.supervision.second_looks import struck_off

LATER = moment(2026, 3, 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_heads_strike_off_once() -> None:
    assert connection.vendor == "postgresql"
    cast = county()
    heads = [make_user(cast.agri, Role.ORGAN_HEAD, f"head{n}", f"组长{n}") for n in range(8)]
    item = RectificationItem.objects.get(problem=make_problem(cast, cast.agri, due_on=TODAY))
    attach(item, SimpleUploadedFile("佐证.png", PNG), organ_id=cast.agri.pk, by=cast.nongye, at=LATER)
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=TODAY, situation="已整改")

    def strike(head: Any) -> str:
        try:
            close(item, by=head, at=LATER, opinion="到位")
        except Refused as refused:
            return "told" if "已销号" in refused.sentence else refused.sentence
        return "closed"

    assert Counter(together(strike, heads)) == {"closed": 1, "told": 7}
    assert Event.objects.of(item).filter(verb="close").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_check_and_return_at_once_leave_one_answer() -> None:
    cast = county()
    heads = [make_user(cast.agri, Role.ORGAN_HEAD, f"head{n}", f"组长{n}") for n in range(6)]
    item = RectificationItem.objects.get(problem=make_problem(cast, cast.agri, due_on=TODAY))
    attach(item, SimpleUploadedFile("佐证.png", PNG), organ_id=cast.agri.pk, by=cast.nongye, at=LATER)
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=TODAY, situation="已整改")

    def decide(head: Any) -> str:
        try:
            verify(item, by=head, at=LATER, note="看过", passed=head.pk % 2 == 0)
        except Refused:
            return "told"
        return "decided"

    assert Counter(together(decide, heads)) == {"decided": 1, "told": 5}
    assert Event.objects.of(item).filter(verb__in=("verify", "fail_check")).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_checkers_of_one_sample_leave_one_verdict() -> None:
    cast = county()
    item = struck_off(cast)
    drawn = draw_samples(year=2026, quarter=1, size=1, seed="s", by=cast.dangfeng_head, at=moment(2026, 4, 2))
    sampled, people = drawn.items.get(), [cast.dangfeng, cast.dangfeng_head]

    def check(person: Any) -> str:
        try:
            check_sample(
                sampled,
                "false_rectification",
                by=person,
                at=moment(2026, 4, 2),
                checked_on=date(2026, 4, 2),
                finding="虚假",
            )
        except Refused:
            return "told"
        return "decided"

    assert Counter(together(check, people)) == {"decided": 1, "told": 1}
    item.refresh_from_db()
    assert item.rebound_count == 1
