"""A round with everybody around it, and the next right step of each of its papers: what the machine of rounds drives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts import approvals
from accounts.actions import resolve
from accounts.calendar import local_day
from accounts.models import Approval
from accounts.workflow import Refused, move
from checklists.models import Method
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.documents import drafting, numbering, replies
from supervision.actions.plan import set_plan
from supervision.actions.problems import create_problem
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import close, submit_closure
from supervision.actions.reporting import disposal, reports
from supervision.actions.reporting.assessments import write_assessment
from supervision.documents.kinds import SECTIONS, DocumentStep
from supervision.models import (
    DocumentReply,
    InspectionReport,
    IssuedDocument,
    Problem,
    RectificationItem,
    Round,
    RoundTraining,
    Team,
    TeamMember,
    WorkingPaper,
)
from supervision.rounds.states import RoundStep
from tests.factories import County
from tests.samples import PLAN, PNG
from tests.supervision.rounds import SIX

TRAINING = {
    "topic": "高标准农田政策",
    "lecturer": "韩冬",
    "lecturer_kind": "expert",
    "attendee_count": 6,
    "attendees": "",
}
TABLES = sorted(
    model._meta.db_table for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in {"accounts", "checklists", "supervision", "ledgers"} and not model._meta.proxy
)  # fmt: skip


def everything() -> tuple[Any, ...]:
    """How many rows each table has: what a refusal leaves as it was."""
    quoted = (connection.ops.quote_name(table) for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in quoted))
        return tuple(cursor.fetchone())


class Office:
    """One round in preparation, its people, a clock that only goes forward, and every verb as a method of one person."""

    def __init__(self, cast: County, round: Round, people: dict[str, Any], now: datetime) -> None:
        self.cast, self.pk, self.people = cast, round.pk, people
        self.now = now.astimezone(UTC)  # as the views have it
        self.refusals = 0

    @property
    def day(self) -> date:
        """Today in the office."""
        return local_day(self.now)

    @property
    def round(self) -> Round:
        """As the database has it."""
        return Round.objects.select_related("organ", "item").get(pk=self.pk)

    def person(self, who: str) -> Any:
        """One of the cast."""
        return self.people[who]

    def does(self, who: str, act: Any, *args: Any, **words: Any) -> bool:
        """Let somebody do something; a refusal says why in Chinese and leaves everything as it was."""
        before, step = everything(), self.round.step
        try:
            act(*args, by=self.people[who], at=self.now, **words)
        except Refused as refused:
            assert refused.sentence.endswith(("。", "？")), refused.sentence
            assert everything() == before, (act, refused.sentence)
            assert self.round.step == step
            self.refusals += 1
            return False
        return True

    # --- what there is ---

    def problems(self) -> list[Problem]:
        """The problems on the books of the round."""
        return list(Problem.objects.live().filter(round=self.pk).order_by("pk"))

    def items(self) -> list[RectificationItem]:
        """Their rectifications."""
        rows = RectificationItem.objects.filter(problem__round=self.pk, problem__removed_at__isnull=True)
        return list(rows.select_related("problem").order_by("pk"))

    def report(self) -> InspectionReport | None:
        """The report begun last."""
        return InspectionReport.objects.select_related("round__organ", "organ").filter(round=self.pk).first()

    def documents(self) -> list[IssuedDocument]:
        """Documents of the group, the newest first."""
        return list(IssuedDocument.objects.live().select_related("organ", "unit__organ").order_by("-pk"))

    # --- verbs with their usual words ---

    def train(self, who: str, on: date | None = None) -> bool:
        """Training held today."""
        return self.does(who, fieldwork.add_training, self.round, {**TRAINING, "held_on": on or self.day})

    def put_team(self, who: str, *, guest: bool = False, team: Team | None = None) -> bool:
        """A team with its leader, perhaps with a guest who has declared nothing."""
        names = ["李青", "丁一"] + (["来客"] if guest else [])
        members = [{"name": name, "from_where": "", "user": None, "is_leader": name == "李青"} for name in names]
        name = team.name if team else f"第{Team.objects.count() + 1}检查组"
        return self.does(who, fieldwork.save_team, self.round, name=name, members=members, team=team)

    def declare(self, who: str, member: TeamMember, *, away: bool = False) -> bool:
        """A declaration; `away` keeps the member from the first unit of the round."""
        units = list(self.round.units.all()[:1]) if away else []
        kind = "recused" if away else "clear"
        return self.does(who, fieldwork.declare_recusal, member, recusal=kind, units=units)

    def write_plan(self, who: str, *, major: bool = False) -> bool:
        """A whole plan."""
        values = {**SIX, "start_on": self.day, "end_on": self.day + timedelta(days=20), "is_major": major, "change_reason": "延长检查"}  # fmt: skip
        return self.does(who, plans.save_plan, self.round, values)

    def sign(self, who: str, approval: Approval, *, agree: bool = True) -> bool:
        """One signature; the committee's by its secretary's resolution. Nobody signs what he wrote or sent up."""
        subject = approvals.subject_of(approval)
        own = {approval.submitted_by_id} | approvals.route_of(subject).authors(subject)
        step = approvals.current_step(approval)
        if agree and step is not None and step.rung == "standing_committee":
            words = {
                "kind": "plan_approval",
                "meeting_on": self.day,
                "approved": True,
                "attendance": "应到9人，实到9人",
                "opinion": "同意",
            }
            done = self.does(who, lambda **at: resolve(approval, words, **at))
        else:
            done = self.does(who, approvals.decide, approval, "approve" if agree else "return", note="意见")
        assert not (done and self.people[who].pk in own), "an author signed his own paper"
        return done

    def sign_all(self, subject: Any) -> None:
        """Everybody whose turn it is agrees."""
        while (approval := Approval.objects.of(subject).running().first()) is not None:
            step = approvals.current_step(approval)
            assert step is not None
            ids = [person.pk for person in approvals.signers(approval.organ_id, step.rung, on=self.day)]
            names = [name for name, person in self.people.items() if person.pk in ids]
            if not any(self.sign(name, approval) for name in names):
                return

    def visit(self, who: str) -> bool:
        """One entry of the log. A visit rests on declarations that let everybody go where he goes."""
        method, _ = Method.objects.get_or_create(code="site_visit", defaults={"name": "实地走访", "basis": "A8"})
        values = {"held_on": self.day, "method": method, "unit": self.round.units.first(), "findings": "三处机井没有管护人", "participants": "李青",
                  "kind": "routine", "place": "柳河镇", "team": None}  # fmt: skip
        done = self.does(who, fieldwork.log_activity, self.round, values)
        silent = TeamMember.objects.filter(team__round=self.pk, recusal="undeclared")
        assert not (done and self.round.step == RoundStep.INSPECTING and silent.exists()), "a visit without declaration"
        return done

    def find(self, who: str, *, unit: int = 0, term: bool = True, plan: bool = True) -> bool:
        """A problem of the round."""
        place = list(self.round.units.order_by("pk"))[unit % self.round.units.count()]
        fields = {**(PLAN if plan else {}), **({"due_on": self.day + timedelta(days=20)} if term else {})}
        person = self.people[who]
        return self.does(who, create_problem, organ=person.organ, unit=place, description="资料归档滞后", year=2026,
                         found_on=self.day, suggestion="补齐资料", round=self.round, item=None, **fields)  # fmt: skip

    def assess(self, who: str) -> None:
        """The text about each team that has none."""
        report = self.report()
        for unit in self.round.units.all() if report else ():
            self.does(who, write_assessment, report, unit=unit, about="team", conclusion="班子总体担当。")

    def route_and_tell(self, who: str, ways: list[str]) -> None:
        """Ways for the problems that have none, and word to the units that were not told."""
        for problem in self.problems():
            if not problem.routes.exists():
                self.does(who, disposal.set_routes, self.round, [problem], ways, reason="说明")
            if not problem.feedbacks.exists():
                self.does(who, disposal.feed_back, self.round, problem.unit, [problem], fed_back_on=self.day, manner="meeting", receiver="张主任")  # fmt: skip

    def draft_paper(self, who: str, kind: str = "rectification_notice") -> bool:
        """A document about the problems of the first unit."""
        unit = self.cast.units["县农业农村局"]
        problems = [problem for problem in self.problems() if problem.unit_id == unit.pk]
        points = drafting.points_from(problems, on=self.day) or [{"text": "资料归档滞后"}]
        sections = {section.key: f"{section.heading}内容" for section in SECTIONS[kind]}
        extra = {"recommendation_kind": "both"} if kind == "recommendation" else {}
        later = self.day + timedelta(days=30)
        return self.does(who, drafting.draft_document, self.cast.agri, kind, unit=unit, title="关于整改的通知", sections=sections,
                         points=points, due_on=later, reply_due_on=later, **extra)  # fmt: skip

    # --- the next right step ---

    def forward(self) -> None:
        """Whatever the round waits for, by whoever should do it; where others have made a muddle it may be refused."""
        step = self.round.step
        getattr(self, f"_from_{step}", lambda: None)()

    def _from_planned(self) -> None:
        if not RoundTraining.objects.filter(round=self.pk).exists():
            self.train("nongye")
        if not Team.objects.filter(round=self.pk).exists():
            self.put_team("nongye")
        self._clear_all()
        if plans.plan_approved(self.round) is None:
            self._plan()
        if self.round.step == RoundStep.READY:
            self._from_ready()

    def _clear_all(self) -> None:
        for member in TeamMember.objects.filter(team__round=self.pk).exclude(recusal="clear"):
            self.declare("nongye", member)

    def _plan(self) -> None:
        work = plans.plan_in_work(self.round)
        if work is None or work.step != "submitted":
            self.write_plan("nongye")
            self.does("nongye", plans.submit_plan, plans.plan_in_work(self.round))
        work = plans.plan_in_work(self.round)
        if work is not None:
            self.sign_all(work)

    def _from_ready(self) -> None:
        self._clear_all()
        self.does("nongye", rounds.start_round, self.round, on=self.day)

    def _from_inspecting(self) -> None:
        self._clear_all()
        self.visit("nongye")
        if not self.problems():
            self.find("nongye")
        for paper in WorkingPaper.objects.filter(round=self.pk, step__in=("draft", "returned", "submitted")):
            self.settle(paper)
        self.does("nongye", rounds.end_inspection, self.round, on=self.day)

    def settle(self, paper: WorkingPaper) -> None:
        """A working paper is sent for review and confirmed by the head of its organ, or by his clerk."""
        other = {"nongye": "nongye_head", "nongye_head": "nongye", "jiaoyu": "jiaoyu_head", "jiaoyu_head": "jiaoyu"}
        author = next(name for name, person in self.people.items() if person.pk == paper.created_by_id)
        if paper.step != "submitted":
            self.does(author, lambda **who: move(paper, "submit", **who))
        self.does(other.get(author, "nongye_head"), fieldwork.review_paper, paper, "confirm")

    def _from_reporting(self) -> None:
        if self.report() is None:
            self.does("nongye", reports.draft_report, self.round)
        report = self.report()
        assert report is not None
        if report.kind == "final" and report.step in ("draft", "returned"):
            self.assess("nongye")
            self.does("nongye", reports.redraft_section, report, "findings_text")
            self.does("nongye", reports.edit_report, report, {"advice_text": "限期整改。"})
            self.does("nongye", reports.submit_report, self.report())
        for row in InspectionReport.objects.filter(round=self.pk, step="submitted"):
            self.sign_all(row)

    def _from_report_approved(self) -> None:
        for report in InspectionReport.objects.select_related("round").filter(round=self.pk):
            if report.step == "approved":
                self.does("dangfeng", reports.table_report, report, submitted_on=self.day, late_reason="逾期说明")
            if report.step == "sc_submitted":
                self.does("changweihui", reports.study_report, report, meeting_on=self.day, opinion="责成限期整改。")

    def _from_sc_analysed(self) -> None:
        for problem in self.problems():
            self.does("nongye", disposal.set_routes, self.round, [problem], ["rectify"])
        self.route_and_tell("nongye", ["rectify"])
        self.does("nongye", lambda **who: rounds.advance(self.round, "dispose", **who))

    def _from_disposed(self) -> None:
        self.does("nongye", lambda **who: rounds.advance(self.round, "rectify", **who))

    def _from_rectifying(self) -> None:
        for item in self.items():
            if item.step != "closed":
                self.cure(item)
        self.does("nongye_head", lambda **who: rounds.advance(self.round, "close", **who))

    def cure(self, item: RectificationItem) -> None:
        """From plan to 销号, by the organ of the problem."""
        clerk, head = ("nongye", "nongye_head") if item.organ_id == self.cast.agri.pk else ("jiaoyu", "jiaoyu_head")
        if item.step != "submitted":
            self.does(clerk, set_plan, item, {**PLAN}, accept=True)
            self.does(clerk, add_proofs, item, [SimpleUploadedFile("证.png", PNG)])
            self.does(clerk, submit_closure, item, claimed_on=self.day, situation="已整改")
        self.does(head, close, item, opinion="到位")

    def push(self, document: IssuedDocument) -> None:
        """The next right step of a document."""
        getattr(self, f"_paper_{document.step}", lambda paper: None)(document)

    def _paper_draft(self, paper: IssuedDocument) -> None:
        self.does("nongye", drafting.submit_document, paper)

    _paper_returned = _paper_draft

    def _paper_submitted(self, paper: IssuedDocument) -> None:
        self.sign_all(paper)

    def _paper_approved(self, paper: IssuedDocument) -> None:
        self.does("wenshu", numbering.number_paper, paper, prefix=f"示纪农{paper.kind[:4]}")

    def _paper_numbered(self, paper: IssuedDocument) -> None:
        self.does("wenshu", numbering.issue_paper, paper, issued_on=self.day)

    def _paper_issued(self, paper: IssuedDocument) -> None:
        self.does("nongye", drafting.serve_document, paper, served_on=self.day, served_to="张主任", served_manner="in_person")  # fmt: skip

    def _paper_served(self, paper: IssuedDocument) -> None:
        answers = {point.seq: "已整改" for point in paper.points.all()}
        self.does("nongye", replies.record_reply, paper, received_on=self.day, sender="县农业农村局", answers=answers)

    def _paper_replied(self, paper: IssuedDocument) -> None:
        for reply in DocumentReply.objects.filter(document=paper):
            verdicts = {point.seq: "answered" for point in paper.points.all()}
            self.does("nongye", replies.read_reply, reply, verdicts)
        if paper.step == DocumentStep.REPLIED:
            self.does("nongye", drafting.close_document, paper, effect="制度已建立")
