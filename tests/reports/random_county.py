"""A county filled by chance, the same for the same seed: organs, persons, projects, rounds, problems and what became of them.

Days lie thick on the edges of the periods that are asked for, and moments on the edges of the local day.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.calendar import SHANGHAI
from accounts.models import Attachment, Official, Organ, ScResolution, SupervisedUnit, User
from checklists.models import AnnualChecklist, ChecklistItem, Method, Topic
from checklists.states import FocusArea, Form, ItemStep
from supervision.models import (
    AccountabilityAction,
    BulletinCase,
    ClosureProof,
    DisposalRoute,
    DocumentReply,
    InspectionActivity,
    InspectionReport,
    IssuedDocument,
    LookBack,
    LookBackResult,
    Problem,
    RectificationItem,
    Round,
    TypicalBulletin,
)
from tests.factories import NOW, County, county, make_organ, methods, serial

TOPICS = ("五难", "疫情防控", "四个不摘", "乡村振兴", "环保督察", "违规用地", "扫黑除恶", "“五难”专项整治", "粮食安全")
EDGES = tuple(
    date(*ymd)
    for ymd in (
        (2024, 12, 31), (2025, 1, 1), (2025, 6, 30), (2025, 7, 1), (2025, 12, 14), (2025, 12, 15), (2025, 12, 31),
        (2026, 1, 1), (2026, 2, 3), (2026, 2, 4), (2026, 3, 31), (2026, 4, 1), (2026, 6, 30), (2026, 7, 1),
    )
)  # fmt: skip
RANKS = ("正处级", "副处级", "正科级", "副科级", "科员", "")
LEVELS = ("top_leader", "team_member", "middle", "middle", "key_post", "other", "")


@dataclass
class Filled:
    """The county, its chance, and the rows that later records point to."""

    cast: County
    chance: random.Random
    organs: list[Organ]
    user: dict[int, User] = field(default_factory=dict)
    units: list[SupervisedUnit] = field(default_factory=list)
    officials: list[Official] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    items: list[ChecklistItem] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def day(self, first: date = date(2025, 3, 1), span: int = 540) -> date:
        """A day, half of the time on an edge."""
        if self.chance.random() < 0.5:
            return self.chance.choice(EDGES)
        return first + timedelta(days=self.chance.randrange(span))

    def later(self, day: date, span: int = 60) -> date:
        """The same day or one after it."""
        return day + timedelta(days=self.chance.choice((0, 1, 9, 10, 11, self.chance.randrange(span))))

    def moment(self, day: date) -> datetime:
        """A moment of that local day, most often its first or last second."""
        hour, minute, second = self.chance.choice(
            ((0, 0, 0), (0, 0, 1), (7, 59, 59), (8, 0, 0), (12, 30, 0), (23, 59, 59))
        )
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=SHANGHAI)

    def one(self, rows: Sequence[Any]) -> Any:
        """One of them."""
        return self.chance.choice(rows)

    def may(self, share: float = 0.5) -> bool:
        """Whether it happens."""
        return self.chance.random() < share

    def some(self, rows: Sequence[Any], most: int = 3) -> list[Any]:
        """None, one or several different ones."""
        return self.chance.sample(list(rows), min(self.chance.randint(0, most), len(rows)))

    def author(self, organ: Organ) -> User:
        """Somebody who writes for the organ."""
        return self.user[organ.pk]

    def other(self) -> User:
        """Somebody who checks."""
        return self.cast.dangfeng_head


def keep(model: type[Any], rows: Iterable[Any]) -> list[Any]:
    """Rows in the database."""
    return model.objects.bulk_create(list(rows))


def join(relation: Any, chosen: dict[int, Iterable[int]]) -> None:
    """Many-to-many rows: owner id -> ids of the others."""
    field_ = relation.field
    through = relation.through
    own, other = field_.m2m_column_name(), field_.m2m_reverse_name()
    through.objects.bulk_create(
        through(**{own: owner, other: one}) for owner, others in chosen.items() for one in others
    )


def tag(f: Filled, rows: Sequence[Any]) -> None:
    """Topics on records: none, one or several."""
    join(type(rows[0]).topics, {row.pk: [topic.pk for topic in f.some(f.topics)] for row in rows})


def fill(seed: int) -> Filled:
    """A county with everything but the registers and the yearly papers."""
    cast = county()
    town = make_organ("青石镇纪委", "township_committee", cast.root, active_from=date(2025, 9, 1))
    strangers = make_organ("邻县纪委监委", "commission")
    strange_cso = make_organ("邻县党风政风监督室", "conduct_supervision_office", strangers)
    strange = make_organ("驻邻县水利局纪检监察组", "stationed_group", strangers)
    f = Filled(cast, random.Random(seed), [cast.cso, cast.agri, cast.edu, cast.town, town, cast.cases, strange])
    writers = (cast.dangfeng, cast.nongye, cast.jiaoyu, cast.liuhe, cast.liuhe, cast.anguan, cast.nongye)
    f.user = {organ.pk: user for organ, user in zip(f.organs, writers, strict=True)}
    f.user[strange_cso.pk] = cast.dangfeng
    _people(f, town, strange)
    f.topics = [Topic.objects.get_or_create(name=name)[0] for name in TOPICS]
    _projects(f)
    _rounds(f)
    _problems(f)
    _disposal(f)
    _documents(f)
    _reports(f)
    return f


def _people(f: Filled, town: Organ, strange: Organ) -> None:
    more = ((f.cast.cso, 1), (town, 3), (strange, 2), (f.cast.agri, 2), (f.cast.edu, 1))
    for organ, count in more:
        for n in range(count):
            gone = f.one((None, None, date(2025, 12, 31), date(2026, 2, 2), date(2026, 2, 3), date(2026, 3, 31)))
            kind = f.one(("township", "department", "institution"))
            SupervisedUnit.objects.create(name=f"{organ.name}所属单位{n}", organ=organ, active_to=gone, kind=kind)
    f.units = list(SupervisedUnit.objects.order_by("pk"))
    for n in range(3):
        User.objects.create(
            username=f"guest{n}", full_name=f"新人{n}", organ=f.one(f.organs), role="clerk", is_active=n > 0
        )
    _staff(f)
    rows = []
    for n in range(90):
        left = f.one(
            (None, None, None, date(2026, 2, 3), date(2026, 2, 4), date(2026, 3, 31), date(2025, 12, 31), f.day())
        )
        rows.append(
            Official(
                unit=f.one(f.units), full_name=f"干部{n % 60}", post="职务", rank=f.one(RANKS), post_level=f.one(LEVELS),
                is_top_leader=f.may(0.3), is_team_member=f.may(0.3), updated_on=f.day() if f.may(0.7) else None,
                left_on=left, is_active=left is None and f.may(0.9),
            )
        )  # fmt: skip
    f.officials = keep(Official, rows)


def _staff(f: Filled) -> None:
    """What the accounts were on earlier days: elsewhere, or not in use."""
    for user in User.objects.all():
        for day in f.some(EDGES, 2):
            User.history.create(
                id=user.pk, username=user.username, full_name=user.full_name, organ=f.one(f.organs), role=user.role, is_active=f.may(0.7),
                created_at=NOW, history_date=f.moment(day), history_type="~",
            )  # fmt: skip


def _projects(f: Filled) -> None:
    rows = []
    for n in range(70):
        organ = f.one(f.organs)
        lead = organ if f.may(0.8) else f.one(f.organs)
        rows.append(
            ChecklistItem(
                organ=organ, lead_organ=lead, year=f.one((2024, 2025, 2026, 2026, 2027)), form=f.one(Form.values),
                focus_area=f.one(FocusArea.values), title=f"项目{n}", is_special=f.may(0.4),
                step=ItemStep.LISTED if f.may(0.6) else f.one(ItemStep.values), created_by=f.author(organ),
            )
        )  # fmt: skip
    f.items = keep(ChecklistItem, rows)
    tag(f, f.items)
    resolution = resolved(f, "list_approval", date(2026, 1, 20))
    for number, step in enumerate(("superseded", "published", "submitted"), start=1):
        made = step != "submitted"
        AnnualChecklist.objects.create(
            organ=f.cast.cso, year=2026, version=number, step=step, resolution=resolution if made else None,
            published_at=NOW if made else None, published_by=f.cast.dangfeng if made else None, created_by=f.cast.dangfeng,
        )  # fmt: skip


def resolved(f: Filled, kind: str, day: date, organ: Organ | None = None) -> ScResolution:
    """A decision of the standing committee."""
    return ScResolution.objects.create(
        organ=organ or f.cast.cso, kind=kind, meeting_on=day, title="议题", approved=True,
        recorded_by=f.cast.changweihui, recorded_at=f.moment(day),
    )  # fmt: skip


def _rounds(f: Filled) -> None:
    for n in range(16):
        organ, first = f.one(f.organs), f.day()
        f.rounds.append(
            Round(
                organ=organ, item=f.one(f.items), seq=n + 1, title=f"轮次{n}", start_planned_on=first,
                end_planned_on=f.later(first), step=f.one(("inspecting", "rectifying", "closed", "cancelled")),
                created_by=f.author(organ), created_at=NOW,
            )
        )  # fmt: skip
    keep(Round, f.rounds)
    join(Round.participants, {row.pk: [o.pk for o in f.some(f.organs) if o.pk != row.organ_id] for row in f.rounds})
    ways = list(
        {**methods(), "other": Method.objects.get_or_create(code="other", defaults={"name": "其他方式"})[0]}.values()
    )
    rows = []
    for _ in range(140):
        round_ = f.one(f.rounds)
        joined = [*round_.participants.all(), round_.organ]
        organ = round_.organ if f.may(0.7) else f.one(joined)
        rows.append(
            InspectionActivity(
                round=round_, organ=organ, held_on=f.day(), method=f.one(ways), kind=f.one(("routine", "special", "led_inspection")),
                created_by=f.author(organ), created_at=NOW,
            )
        )  # fmt: skip
    keep(InspectionActivity, rows)


def _problems(f: Filled) -> None:
    natures = ("corruption", "conduct", "formalism_bureaucratism", "formalism_bureaucratism", "political", "")
    rows = []
    for n in range(320):
        round_ = f.one(f.rounds) if f.may(0.5) else None
        organ = round_.organ if round_ and f.may(0.8) else f.one(f.organs)
        found = f.day() if f.may(0.97) else None
        done = f.day() if f.may(0.6) else None
        rows.append(
            Problem(
                organ=organ, round=round_, item=round_.item if round_ else None, unit=f.one(f.units), description=f"问题{n}",
                year=found.year if found and f.may(0.9) else 2026, found_on=found,
                source=f.one(("round", "daily", "talk", "talk", "talk", "petition")), severity=f.one(("general", "prominent", "major")),
                nature=f.one(natures), focus_area=f.one(FocusArea.values),
                responsible_kind=f.one(("functional_department", "township", "")),
                substantiated=done is not None and f.may(0.8), concluded_on=done, fixed_on_spot=f.may(0.2),
                removed_at=f.moment(f.day()) if f.may(0.1) else None, created_by=f.author(organ),
            )
        )  # fmt: skip
    f.problems = keep(Problem, rows)
    tag(f, f.problems)
    items = keep(RectificationItem, (_item(f, row) for row in f.problems if f.may(0.6)))
    kind = ContentType.objects.get_for_model(RectificationItem)
    files = [
        Attachment(
            subject_type=kind, subject_id=item.pk, organ=item.organ, name="证明.pdf", file="a.pdf", content_type="application/pdf", size=1,
            digest="x", uploaded_by=f.author(item.organ), uploaded_at=f.moment(f.day()), purpose=f.one(("evidence", "evidence", "other")),
        )
        for item in items
        if f.may()
    ]  # fmt: skip
    made = keep(Attachment, files)
    proofs = [
        ClosureProof(rectification_id=file.subject_id, attachment=file, by=file.uploaded_by, at=f.moment(f.day()))
        for file in made
        if f.may(0.4)
    ]
    keep(ClosureProof, proofs)


def _item(f: Filled, problem: Problem) -> RectificationItem:
    """One rectification at any of its steps, with or without a day, verified or not."""
    due = f.day() if f.may(0.85) else None
    step = f.one(("issued", "in_progress", "submitted", "returned", "closed", "closed", "closed"))
    closed = step == "closed"
    sent = step in ("submitted", "closed", "returned")
    checked = sent and f.may(0.6)
    return RectificationItem(
        problem=problem, organ=problem.organ, first_due_on=due, due_on=due, step=step, closed_on=f.day() if closed else None,
        closed_by=f.cast.nongye_head if closed else None, submitted_by=f.author(problem.organ) if sent else None,
        submitted_at=f.moment(f.day()) if sent else None, verified_by=f.other() if checked else None,
        verified_at=f.moment(f.day()) if checked else None, rebound_count=f.one((0, 0, 1)),
    )  # fmt: skip


def _disposal(f: Filled) -> None:
    routes = []
    for problem in f.problems:
        if not f.may(0.55):
            continue
        ways = (
            ["no_action"] if f.may(0.2) else f.some(("on_spot", "rectify", "accountability", "review_investigation"), 3)
        )
        for way in ways:
            routes.append(DisposalRoute(problem=problem, route=way, reason="轻微" if way == "no_action" else "",
                                        decided_by=f.other(), decided_at=f.moment(f.day())))  # fmt: skip
    keep(DisposalRoute, routes)
    rows = []
    for _ in range(160):
        problem = f.one(f.problems)
        decided = f.day() if f.may(0.85) else None
        checked = f.may(0.5)
        rows.append(
            AccountabilityAction(
                problem=problem, organ=problem.organ if f.may(0.8) else f.one(f.organs), object_kind=f.one(("person", "person", "organisation")),
                object_name=f"某局{f.chance.randrange(30)}号干部", responsibility="main", competent_organ="县纪委", started_on=date(2025, 1, 1),
                decided_on=decided, result="警告" if decided else "", in_cooperation=f.may(),
                verified_by=f.other() if checked else None, verified_at=f.moment(f.day()) if checked else None,
                created_by=f.author(problem.organ), created_at=NOW,
            )
        )  # fmt: skip
    tag(f, keep(AccountabilityAction, rows))


def _documents(f: Filled) -> None:
    rows = []
    for n in range(110):
        organ = f.one(f.organs)
        step = f.one(
            ("draft", "submitted", "approved", "numbered", "issued", "served", "replied", "replied", "closed", "voided")
        )
        out = step in ("issued", "served", "replied", "closed") or (step == "voided" and f.may())
        day = f.day()
        rows.append(
            IssuedDocument(
                organ=organ, title=f"文书{n}", kind=f.one(("recommendation", "recommendation", "integrity_notice", "integrity_notice", "rectification_notice")),
                unit=f.one(f.units), step=step, issued_on=day if out else None, digest="x" if out else "",
                reply_due_on=f.later(day) if f.may(0.8) else None, created_by=f.author(organ), created_at=NOW,
            )
        )  # fmt: skip
    made = keep(IssuedDocument, rows)
    answers = []
    for document in made:
        if document.issued_on and document.step in ("replied", "closed"):
            for _ in range(f.one((1, 1, 2))):
                got = f.later(document.issued_on)
                answers.append(DocumentReply(document=document, received_on=got, sender="单位", recorded_by=f.author(document.organ),
                                             recorded_at=f.moment(got)))  # fmt: skip
    keep(DocumentReply, answers)
    bulletins = []
    for n in range(24):
        step = f.one(("draft", "approved", "issued", "issued", "issued", "voided"))
        out = step in ("issued", "voided")
        bulletins.append(TypicalBulletin(organ=f.one((f.cast.cso, f.cast.cso, f.one(f.organs))), title=f"通报{n}", step=step, issued_on=f.day() if out else None,
                                         digest="x" if out else "", created_by=f.cast.dangfeng, created_at=NOW))  # fmt: skip
    keep(TypicalBulletin, bulletins)
    cases = []
    for bulletin in bulletins:
        for seq, problem in enumerate(f.chance.sample(f.problems, 5), start=1):
            cases.append(BulletinCase(bulletin=bulletin, seq=seq, problem=problem, text="案例"))
    keep(BulletinCase, cases)


def _reports(f: Filled) -> None:
    rows = []
    for n in range(60):
        round_ = f.one(f.rounds)
        signed = f.day() if f.may(0.85) else None
        sent = f.later(signed, 25) if signed and f.may(0.7) else None
        rows.append(
            InspectionReport(
                round=round_, organ=round_.organ, kind=f.one(("interim", "final")), title=f"报告{n}",
                step="sc_submitted" if sent else "approved" if signed else "draft", approved_at=f.moment(signed) if signed else None,
                due_on=signed + timedelta(days=10) if signed else None, submitted_on=sent,
                last_on=signed + timedelta(days=f.one((10, 10, 12))) if sent and signed else None,
                submitted_by=f.cast.dangfeng if sent else None, late_reason="材料补正", created_by=f.author(round_.organ), created_at=NOW,
            )
        )  # fmt: skip
    keep(InspectionReport, rows)
    looks = []
    for n in range(40):
        step, day, organ = f.one(("planned", "held", "held", "held", "cancelled")), f.day(), f.one(f.organs)
        held = step == "held"
        looks.append(LookBack(organ=organ, unit=f.one(f.units), planned_on=day, reason=f"理由{n}", step=step, held_on=day if held or f.may() else None,
                              finished_at=f.moment(day) if held else None, report_text="报告" if held else "", created_by=f.author(organ), created_at=NOW))  # fmt: skip
    keep(LookBack, looks)
    items = list(RectificationItem.objects.order_by("pk"))
    results = []
    for look in looks:
        for item in f.some(items, 5):
            results.append(
                LookBackResult(
                    look_back=look,
                    rectification=item,
                    verdict=f.one(("ok", "rebound", "unfinished")) if look.held_on else "",
                )
            )
    keep(LookBackResult, results)


def unique() -> int:
    """A number for codes that must differ."""
    return serial()
