"""Whatever four people do in whatever order, nobody ever strikes off what he handled, and no record contradicts itself.

MACHINE_EXAMPLES and MACHINE_STEPS choose the depth.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from accounts.models import Event
from accounts.roles import Role
from accounts.workflow import Refused
from supervision.actions.failures import set_failure
from supervision.actions.look_backs import reopen_found
from supervision.actions.plan import accept_plan, set_plan
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import (
    add_progress,
    close,
    decide_extension,
    reopen,
    request_extension,
    return_closure,
    submit_closure,
    verify,
)
from supervision.models import Extension, RectificationItem
from tests.factories import TODAY, county, make_user, moment
from tests.samples import PLAN, PNG, make_problem

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", "20")), int(os.environ.get("MACHINE_STEPS", "40"))
NAMES = ("nongye", "nongye2", "nongye_head", "nongye_head2", "jiaoyu_head", "dangfeng_head", "xieguan1")
WHO = st.sampled_from((*NAMES[:4] * 3, *NAMES[4:]))  # the group's own people are tried more often
LATER = moment(2026, 3, 2)


class Rectification(RuleBasedStateMachine):
    """Every verb by everybody at any time; a refusal is an answer, anything else that goes wrong is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.scope = transaction.atomic()
        self.scope.__enter__()
        cast = county()
        make_user(cast.agri, Role.CLERK, "nongye2", "周强")
        make_user(cast.agri, Role.ORGAN_HEAD, "nongye_head2", "副组长")
        people = {person.username: person for person in type(cast.nongye).objects.select_related("organ")}
        self.people: dict[str, Any] = {name: people[name] for name in NAMES}
        empty = dict.fromkeys(PLAN, "")
        self.pk = RectificationItem.objects.get(problem=make_problem(cast, cast.agri, by=cast.nongye_head, **empty)).pk
        self.first_due: date | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)

    @property
    def item(self) -> RectificationItem:
        return RectificationItem.objects.select_related("problem").get(pk=self.pk)

    def tries(self, act: Any, *args: Any, **words: Any) -> None:
        before = Event.objects.count()
        try:
            with transaction.atomic():
                act(*args, at=LATER, **words)
        except Refused as refused:
            assert refused.sentence.endswith(("。", "？"))
            assert Event.objects.count() == before

    @rule(who=WHO, whole=st.booleans())
    def plan(self, who: str, whole: bool) -> None:
        fields = {**PLAN, "due_on": date(2026, 3, 10)} if whole else {"goal": ""}
        self.tries(set_plan, self.item, fields, by=self.people[who], accept=whole)

    @rule(who=WHO)
    def do_all_up_to_the_request(self, who: str) -> None:
        self.plan(who, whole=True)
        self.prove(who)
        self.submit(who)

    @rule(who=st.sampled_from(NAMES[:4]), closer=st.sampled_from(NAMES[:4]))
    def do_all_and_let_somebody_strike_off(self, who: str, closer: str) -> None:
        self.do_all_up_to_the_request(who)
        self.strike_off(closer)

    @rule(who=st.sampled_from(NAMES[:4]), checker=st.sampled_from(NAMES[:4]))
    def do_all_and_let_somebody_check(self, who: str, checker: str) -> None:
        self.do_all_up_to_the_request(who)
        self.check(checker, passed=True)

    @rule(who=WHO)
    def accept(self, who: str) -> None:
        self.tries(accept_plan, self.item, by=self.people[who])

    @rule(who=WHO)
    def progress(self, who: str) -> None:
        self.tries(add_progress, self.item, by=self.people[who], reported_on=TODAY, text="进展")

    @rule(who=WHO)
    def prove(self, who: str) -> None:
        self.tries(add_proofs, self.item, [SimpleUploadedFile("证.png", PNG)], by=self.people[who])

    @rule(who=WHO)
    def submit(self, who: str) -> None:
        """A group's head may handle a problem himself; then he is its handler."""
        self.tries(submit_closure, self.item, by=self.people[who], claimed_on=date(2026, 3, 1), situation="已整改")

    @rule(who=WHO, passed=st.booleans())
    def check(self, who: str, passed: bool) -> None:
        self.tries(verify, self.item, by=self.people[who], note="看过", passed=passed)

    @rule(who=WHO)
    def strike_off(self, who: str) -> None:
        handlers = {self.item.submitted_by_id, self.item.problem.created_by_id}
        self.tries(close, self.item, by=self.people[who], opinion="到位")
        item = self.item
        assert not (item.closed_by_id == self.people[who].pk and self.people[who].pk in handlers)

    @rule(who=WHO)
    def send_back(self, who: str) -> None:
        self.tries(return_closure, self.item, by=self.people[who], reason="不足")

    @rule(who=WHO)
    def open_again(self, who: str) -> None:
        self.tries(reopen, self.item, by=self.people[who], reason="反弹")

    @rule(who=WHO)
    def rebound(self, who: str) -> None:
        self.tries(reopen_found, self.item, "rebound", by=self.people[who], note="回头看反弹")

    @rule(who=WHO, days=st.integers(1, 60))
    def ask_later(self, who: str, days: int) -> None:
        day = (self.item.due_on or date(2026, 3, 10)) + timedelta(days=days)
        self.tries(request_extension, self.item, by=self.people[who], new_due_on=day, reason="理由")

    @rule(who=WHO, agree=st.booleans())
    def answer_later(self, who: str, agree: bool) -> None:
        asked = Extension.objects.filter(rectification_id=self.pk).order_by("-pk").first()
        if asked is not None:
            self.tries(decide_extension, asked, approve=agree, by=self.people[who], note="意见")

    @rule(who=WHO, kind=st.sampled_from(["late", "inadequate", "refused", ""]))
    def name_failure(self, who: str, kind: str) -> None:
        self.tries(set_failure, self.item, kind, by=self.people[who], reason="事实")

    @invariant()
    def nobody_closed_or_checked_his_own(self) -> None:
        item = self.item
        own = {item.submitted_by_id, item.problem.created_by_id} - {None}
        assert not own & {item.closed_by_id, item.verified_by_id}
        assert {event.by.organ_id for event in Event.objects.of(item).filter(verb="close").select_related("by")} <= {
            item.organ_id
        }

    @invariant()
    def what_is_closed_was_planned_proved_checked_and_asked_for(self) -> None:
        item = self.item
        if item.step == "closed":
            assert all(getattr(item, name) for name in (*PLAN, "due_on", "situation", "closed_on", "closed_by_id"))
            assert item.proofs.exists() and item.verified_by_id and item.submitted_by_id
        else:
            assert item.closed_on is None and item.closed_by_id is None

    @invariant()
    def the_first_day_is_never_lost_and_every_reopening_counts(self) -> None:
        item = self.item
        self.first_due = self.first_due or item.first_due_on
        assert item.first_due_on == self.first_due
        again = Event.objects.of(item).filter(verb__in=("reopen", "rebound", "expose")).count()
        assert item.rebound_count == again


@pytest.mark.django_db
class TestRectification(TestCase, Rectification.TestCase):
    # A sequence that fails is shown as it was found: shrinking it would take minutes on a database.
    settings = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )  # fmt: skip
