"""Whatever the people of a round do, in whatever order, the round never stands where its papers do not carry it.

Depth is for the reader to choose: MACHINE_EXAMPLES and MACHINE_STEPS (500 and 30 are a long look, 40 and 25 the usual one).
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts import approvals
from accounts.models import Approval, ApprovalStep
from accounts.roles import Role
from accounts.workflow import move
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.documents import drafting, numbering, replies
from supervision.actions.look_backs import reopen_found
from supervision.actions.plan import accept_plan
from supervision.actions.problems import change_problem, remove_problem, restore_problem
from supervision.actions.rectification import close, reopen, return_closure, submit_closure, verify
from supervision.actions.reporting import disposal, reports
from supervision.models import (
    InspectionReport,
    IssuedDocument,
    NumberSeries,
    Plan,
    Problem,
    RectificationItem,
    RoundTraining,
    Team,
    TeamMember,
    WorkingPaper,
)
from supervision.reporting.rules import SECTIONS, SIGNED
from supervision.rounds.endings import needing_cure
from supervision.rounds.states import UNDER_WAY, RoundStep
from tests.factories import NOW, County, county, make_user
from tests.supervision.round_office import Office
from tests.supervision.rounds import listed, opened

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", "40")), int(os.environ.get("MACHINE_STEPS", "25"))
NEAR = ("nongye", "nongye2", "nongye_head", "jiaoyu", "jiaoyu_head")
FAR = ("dangfeng", "dangfeng_head", "xieguan1", "fenguan", "shuji", "changweihui", "wenshu", "liuhe", "xieguan2")
WHO = st.sampled_from((*NEAR * 3, *FAR))  # those who work in the round are tried more often
OWN = st.sampled_from(("nongye", "nongye2", "nongye_head"))
PLACE = st.integers(0, 3)
AFTER_DISPOSAL = {RoundStep.DISPOSED, RoundStep.RECTIFYING, RoundStep.CLOSED}
WAYS = st.sampled_from((["rectify"], ["no_action"], ["accountability"], ["rectify", "accountability"], ["on_spot"]))


def chosen(rows: list[Any], place: int) -> Any:
    """One of the rows, or none."""
    return rows[place % len(rows)] if rows else None


class RoundOfOffice(RuleBasedStateMachine):
    """Every verb by everybody at any time; a refusal is an answer, anything else that goes wrong is a fault."""

    cast: ClassVar[County]

    def __init__(self) -> None:
        super().__init__()
        self.scope = transaction.atomic()
        self.scope.__enter__()
        found = opened(self.cast, listed(self.cast), participants=[self.cast.edu], linkage_mode="group_group")
        rows = type(self.cast.nongye).objects.select_related("organ")
        people = {person.username: person for person in rows if person.username in {*NEAR, *FAR}}
        self.office = Office(self.cast, found, people, NOW)
        self.due: dict[int, date] = {}

    def teardown(self) -> None:
        event(f"ends as {self.office.round.step}")  # for --hypothesis-show-statistics
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)

    def tries(self, who: str, act: Any, *args: Any, **words: Any) -> bool:
        return self.office.does(who, act, *args, **words)

    @initialize(steps=st.integers(0, 8))
    def some_way_along(self, steps: int) -> None:
        for _ in range(steps):
            self.office.forward()

    # --- time, and the right next step ---

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.office.now += timedelta(hours=hours)

    @rule()
    def the_next_step_is_taken(self) -> None:
        self.office.forward()

    @rule(place=PLACE)
    def a_document_goes_on(self, place: int) -> None:
        document = chosen(self.office.documents(), place)
        if document is not None:
            self.office.push(document)

    # --- preparing ---

    @rule(who=WHO, days=st.integers(-3, 2))
    def train(self, who: str, days: int) -> None:
        self.office.train(who, self.office.day + timedelta(days=days))

    @rule(who=WHO)
    def waive(self, who: str) -> None:
        self.tries(who, rounds.waive_training, self.office.round, reason="急需")

    @rule(who=WHO, guest=st.booleans(), place=st.integers(-1, 2))
    def team(self, who: str, guest: bool, place: int) -> None:
        team = chosen(list(Team.objects.filter(round=self.office.pk)), place) if place >= 0 else None
        self.office.put_team(who, guest=guest, team=team)

    @rule(who=WHO, place=PLACE, away=st.booleans())
    def declare(self, who: str, place: int, away: bool) -> None:
        member = chosen(list(TeamMember.objects.filter(team__round=self.office.pk)), place)
        if member is not None:
            self.office.declare(who, member, away=away)

    @rule(who=WHO, values=st.sampled_from(({"scale": "county_wide"}, {"scale": "single"}, {"participants": []}, {"units": []},
                                           {"linkage_mode": "none"}, {"linkage_mode": "group_group"})))  # fmt: skip
    def change(self, who: str, values: dict[str, Any]) -> None:
        self.tries(who, rounds.change_round, self.office.round, values)

    @rule(who=WHO, major=st.booleans())
    def plan(self, who: str, major: bool) -> None:
        self.office.write_plan(who, major=major)

    @rule(who=WHO)
    def send_plan(self, who: str) -> None:
        plan = Plan.objects.filter(round=self.office.pk).last()
        if plan is not None:
            self.tries(who, plans.submit_plan, plan)

    @rule(who=WHO)
    def cancel(self, who: str) -> None:
        if self.office.refusals % 3 == 0:  # seldom: a cancelled round has little more to show
            self.tries(who, rounds.cancel_round, self.office.round, reason="合并开展")

    @rule(who=WHO, place=PLACE, agree=st.booleans())
    def sign(self, who: str, place: int, agree: bool) -> None:
        approval = chosen(list(Approval.objects.order_by("-pk")), place)
        if approval is not None:
            self.office.sign(who, approval, agree=agree)

    @rule(who=WHO, place=PLACE)
    def take_back(self, who: str, place: int) -> None:
        approval = chosen(list(Approval.objects.order_by("-pk")), place)
        if approval is not None:
            self.tries(who, approvals.withdraw, approval)

    # --- carrying out ---

    @rule(who=WHO, days=st.integers(-2, 1))
    def start(self, who: str, days: int) -> None:
        self.tries(who, rounds.start_round, self.office.round, on=self.office.day + timedelta(days=days))

    @rule(who=WHO)
    def visit(self, who: str) -> None:
        self.office.visit(who)

    @rule(who=WHO, unit=st.integers(0, 1), term=st.booleans(), plan=st.booleans())
    def find(self, who: str, unit: int, term: bool, plan: bool) -> None:
        self.office.find(who, unit=unit, term=term, plan=plan)

    @rule(who=WHO, place=PLACE, away=st.booleans())
    def move_problem(self, who: str, place: int, away: bool) -> None:
        problem = chosen(list(Problem.objects.all()), place)
        if problem is not None:
            self.tries(who, change_problem, problem, {"round": None if away else self.office.round})

    @rule(who=WHO, place=PLACE)
    def take_off_term(self, who: str, place: int) -> None:
        problem = chosen(self.office.problems(), place)
        if problem is not None:
            self.tries(who, change_problem, problem, {"due_on": None})

    @rule(who=WHO, place=PLACE, back=st.booleans())
    def remove(self, who: str, place: int, back: bool) -> None:
        rows = Problem.objects.filter(round=self.office.pk, removed_at__isnull=not back)
        problem = chosen(list(rows), place)
        if problem is not None:
            self.tries(who, restore_problem if back else remove_problem, problem)

    @rule(who=WHO, place=PLACE)
    def paper(self, who: str, place: int) -> None:
        unit = chosen(list(self.office.round.units.all()), place)
        values = {"unit": unit, "title": "台账不全", "facts": "抽查三本，缺两本", "sample_count": 3, "failed_count": 2}
        self.tries(who, fieldwork.save_paper, self.office.round, values)

    @rule(who=WHO, place=PLACE, verb=st.sampled_from(("submit", "confirm", "confirm", "return", "reject")))
    def go_on_with_paper(self, who: str, place: int, verb: str) -> None:
        paper = chosen(list(WorkingPaper.objects.filter(round=self.office.pk)), place)
        if paper is None:
            return
        if verb == "submit":
            self.tries(who, lambda **by: move(paper, "submit", **by))
        else:
            self.tries(who, fieldwork.review_paper, paper, verb, note="意见")

    @rule(who=WHO)
    def end(self, who: str) -> None:
        self.tries(who, rounds.end_inspection, self.office.round, on=self.office.day)

    # --- reporting ---

    @rule(who=WHO, kind=st.sampled_from(("final", "final", "interim")), unit=st.integers(-1, 1))
    def draft_report(self, who: str, kind: str, unit: int) -> None:
        place = chosen(list(self.office.round.units.all()), unit) if unit >= 0 else None
        self.tries(who, reports.draft_report, self.office.round, kind=kind, unit=place)

    @rule(who=OWN, place=PLACE)
    def write_and_send_report(self, who: str, place: int) -> None:
        report = chosen(list(InspectionReport.objects.filter(round=self.office.pk)), place)
        if report is None:
            return
        self.office.assess(who)
        self.tries(who, reports.redraft_section, report, "findings_text")
        self.tries(who, reports.edit_report, report, {"advice_text": "限期整改。"})
        self.tries(who, reports.submit_report, report)

    @rule(who=WHO, place=PLACE, text=st.sampled_from(("改写", "=1+1", "")))
    def edit_report(self, who: str, place: int, text: str) -> None:
        report = chosen(list(InspectionReport.objects.filter(round=self.office.pk)), place)
        if report is not None:
            self.tries(who, reports.edit_report, report, {"advice_text": text})

    @rule(
        who=st.sampled_from(("dangfeng", "dangfeng_head", "changweihui", *NEAR)),
        place=PLACE,
        study=st.booleans(),
        reason=st.sampled_from(("", "节前集中报送")),
    )
    def table_or_study(self, who: str, place: int, study: bool, reason: str) -> None:
        report = chosen(list(InspectionReport.objects.select_related("round").filter(round=self.office.pk)), place)
        if report is None:
            return
        if study:
            self.tries(who, reports.study_report, report, meeting_on=self.office.day, opinion="责成整改。")
        else:
            self.tries(who, reports.table_report, report, submitted_on=self.office.day, late_reason=reason)

    # --- disposing ---

    @rule(who=WHO, place=PLACE, ways=WAYS)
    def route(self, who: str, place: int, ways: list[str]) -> None:
        problem = chosen(self.office.problems(), place)
        if problem is not None:
            self.tries(who, disposal.set_routes, self.office.round, [problem], ways, reason="说明")

    @rule(who=WHO, ways=WAYS)
    def route_and_tell_all(self, who: str, ways: list[str]) -> None:
        self.office.route_and_tell(who, ways)

    @rule(who=WHO, place=PLACE)
    def hold_to_account(self, who: str, place: int) -> None:
        problem = chosen(self.office.problems(), place)
        if problem is not None:
            self.tries(who, disposal.start_accountability, problem, object_kind="organisation", object_name="县农业农村局党组",
                       responsibility="main", competent_organ="县纪委监委", started_on=self.office.day)  # fmt: skip

    @rule(who=WHO, verb=st.sampled_from(("dispose", "rectify", "close")))
    def advance(self, who: str, verb: str) -> None:
        self.tries(who, lambda **by: rounds.advance(self.office.round, verb, **by))

    # --- curing ---

    @rule(place=PLACE)
    def cure(self, place: int) -> None:
        item = chosen(self.office.items(), place)
        if item is not None and item.step != "closed":
            self.office.cure(item)

    @rule(
        who=WHO, place=PLACE, verb=st.sampled_from(("plan", "submit", "verify", "close", "return", "reopen", "rebound"))
    )
    def rectification(self, who: str, place: int, verb: str) -> None:
        item = chosen(self.office.items(), place)
        if item is None:
            return
        day = self.office.day
        acts: dict[str, Any] = {
            "plan": lambda **by: accept_plan(item, **by),
            "submit": lambda **by: submit_closure(item, claimed_on=day, situation="已整改", **by),
            "verify": lambda **by: verify(item, note="看过", passed=True, **by),
            "close": lambda **by: close(item, opinion="到位", **by),
            "return": lambda **by: return_closure(item, reason="不足", **by),
            "reopen": lambda **by: reopen(item, reason="反弹", **by),
            "rebound": lambda **by: reopen_found(item, "rebound", note="反弹", **by),
        }
        self.tries(who, acts[verb])

    # --- documents ---

    @rule(who=WHO, kind=st.sampled_from(("rectification_notice", "recommendation", "supervision_letter")))
    def draft_document(self, who: str, kind: str) -> None:
        self.office.draft_paper(who, kind)

    @rule(who=WHO, place=PLACE, verb=st.sampled_from(("submit", "edit", "number", "issue", "send_back", "void", "serve", "reply", "close")))  # fmt: skip
    def document(self, who: str, place: int, verb: str) -> None:
        paper = chosen(self.office.documents(), place)
        if paper is None:
            return
        day = self.office.day
        acts: dict[str, Any] = {
            "submit": lambda **by: drafting.submit_document(paper, **by),
            "edit": lambda **by: drafting.edit_document(paper, title="改过的通知", **by),
            "number": lambda **by: numbering.number_paper(paper, prefix=f"示纪农{paper.kind[:4]}", **by),
            "issue": lambda **by: numbering.issue_paper(paper, issued_on=day, **by),
            "send_back": lambda **by: numbering.send_back(paper, reason="错字", **by),
            "void": lambda **by: numbering.void_paper(paper, reason="重发", **by),
            "serve": lambda **by: drafting.serve_document(paper, served_on=day, served_to="张主任", served_manner="mail", **by),
            "reply": lambda **by: replies.record_reply(paper, received_on=day, sender="单位", answers={1: "已整改"}, **by),
            "close": lambda **by: drafting.close_document(paper, effect="已落实", **by),
        }  # fmt: skip
        self.tries(who, acts[verb])

    # --- what never happens ---

    @invariant()
    def nobody_closed_or_checked_his_own(self) -> None:
        rows = RectificationItem.objects.filter(problem__round=self.office.pk)
        for closed, checked, asked, found in rows.values_list(
            "closed_by", "verified_by", "submitted_by", "problem__created_by"
        ):
            assert not ({asked, found} - {None}) & {closed, checked}

    @invariant()
    def every_chain_is_signed_in_order_by_different_people(self) -> None:
        signed: dict[int, list[tuple[int, int, Any]]] = {}
        rows = ApprovalStep.objects.exclude(decision="").order_by("approval", "seq")
        for approval, seq, person, at in rows.values_list("approval", "seq", "acted_by", "acted_at"):
            signed.setdefault(approval, []).append((seq, person, at))
        for steps in signed.values():
            assert [seq for seq, _, _ in steps] == list(range(1, len(steps) + 1))
            assert len({person for _, person, _ in steps}) == len(steps)
            assert [at for _, _, at in steps] == sorted(at for _, _, at in steps)

    @invariant()
    def nothing_is_disposed_of_without_way_word_and_record(self) -> None:
        if self.office.round.step not in AFTER_DISPOSAL:
            return
        live = Problem.objects.live().filter(round=self.office.pk)
        assert not live.filter(routes__isnull=True).exists(), "a problem without a way"
        assert not live.filter(feedbacks__isnull=True).exists(), "a unit that was not told"
        assert not live.filter(routes__route="rectify", rectification__due_on__isnull=True).exists(), (
            "a way without term"
        )

    @invariant()
    def nobody_is_at_a_unit_before_everything_stands(self) -> None:
        found = self.office.round
        if found.step not in UNDER_WAY | {RoundStep.CLOSED}:
            assert not Problem.objects.live().filter(round=found).exists(), "a finding before the inspection"
            return
        assert found.started_on is not None
        trained = RoundTraining.objects.filter(round=found, held_on__lte=found.started_on)
        assert found.waived_by_id or trained.exists()
        teams = Team.objects.filter(round=found)
        assert teams.exists() and not teams.exclude(members__is_leader=True).exists()
        assert Plan.objects.filter(round=found, step="approved").count() == 1

    @invariant()
    def the_ten_days_never_move_and_what_was_signed_stands(self) -> None:
        for report in InspectionReport.objects.filter(round=self.office.pk):
            if report.due_on is not None:
                assert self.due.setdefault(report.pk, report.due_on) == report.due_on
            if report.step in SIGNED | {"submitted"}:
                rows = Problem.objects.live().filter(round=self.office.pk)
                rows = rows.filter(unit_id=report.unit_id) if report.unit_id else rows
                unlisted = rows.exclude(reports=report)
                assert report.kind == "interim" or not unlisted.exists(), "a finding that nobody signed"
                assert report.content["sections"] == {name: getattr(report, name) for name in SECTIONS}

    @invariant()
    def a_closed_round_has_nothing_left_to_cure(self) -> None:
        found = self.office.round
        if found.step == RoundStep.CLOSED:
            assert not needing_cure(found).exclude(step="closed").exists()

    @invariant()
    def numbers_run_without_gap(self) -> None:
        for series in NumberSeries.objects.all():
            rows = IssuedDocument.objects.filter(doc_prefix=series.prefix, doc_year=series.year)
            assert sorted(rows.values_list("doc_number", flat=True)) == list(range(1, series.last + 1))


@pytest.mark.django_db
class TestRoundOfOffice(TestCase, RoundOfOffice.TestCase):
    # A sequence that fails is shown as it was found: shrinking it would take minutes on a database.
    settings = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )  # fmt: skip

    @classmethod
    def setUpTestData(cls) -> None:
        """The cast is made once; what a sequence does is taken back at its end."""
        RoundOfOffice.cast = county()
        make_user(RoundOfOffice.cast.agri, Role.CLERK, "nongye2", "周强")
