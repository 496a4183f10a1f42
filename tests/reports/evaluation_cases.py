"""Three groups, a township and the development zone with a year's records: small enough to work the table out by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Attachment, Organ, SupervisedUnit, User
from accounts.roles import OrganKind, Role
from ledgers.models import CaseRecord, InstitutionBuilt, LossRecovered
from reports.actions.evaluation.schemes import draft_scheme, submit_scheme
from reports.actions.evaluation.tables import compute_table
from reports.models import EvaluationScheme, EvaluationTable
from supervision.models import AccountabilityAction, Problem
from tests.factories import County, assign, make_organ, make_user, moment, serial
from tests.samples import PNG, make_problem
from tests.supervision.rounds import signed

FEB, CUTOFF, AFTER = moment(2026, 2, 20), date(2026, 12, 15), moment(2026, 12, 16)
DAY, CHECKED = date(2026, 6, 1), moment(2026, 7, 1)
TWENTY = {f"E-{number}": "20" for number in range(1, 6)}


def widen(cast: County) -> tuple[Organ, Organ]:
    """A third group and a second member of the townships' group."""
    health = make_organ("驻县卫健委纪检监察组", OrganKind.STATIONED_GROUP, cast.root, sort_order=200)
    zone = make_organ("县开发区纪工委", OrganKind.DEV_ZONE_COMMITTEE, cast.root, sort_order=201)
    for organ, name in ((health, "weijian"), (zone, "kaifaqu")):
        make_user(organ, Role.CLERK, name)
        SupervisedUnit.objects.create(name=f"{name}单位", organ=organ)
        assign(organ, cast.xieguan2, cast.fenguan)
    return health, zone


def clerk_of(organ: Organ) -> User:
    """The organ's clerk."""
    return User.objects.get(organ=organ, role=Role.CLERK)


def file_on(subject: Any, organ: Organ, *, at: datetime = CHECKED) -> Attachment:
    """Evidence with a record."""
    made = Attachment(subject=subject, organ=organ, purpose="evidence", name="佐证.png", content_type="image/png", size=len(PNG),
                      digest="0" * 64, uploaded_by=clerk_of(organ), uploaded_at=at)  # fmt: skip
    made.file.save("evidence.png", ContentFile(PNG), save=False)
    made.save()
    return made


def problem(cast: County, organ: Organ, *, solved: bool = False, spot: bool = False, proof: bool = True, day: date = DAY,
            closed: date = date(2026, 9, 1)) -> Problem:  # fmt: skip
    """A problem of the year: open, struck off, or fixed on the spot."""
    made = make_problem(cast, organ, found_on=day, fixed_on_spot=spot, at=moment(day.year, day.month, day.day))
    item, by = made.rectification, clerk_of(organ)
    item.first_due_on = item.due_on = date(day.year, 12, 1)
    item.save()
    if (solved or spot) and proof:
        file_on(item, organ)
    if solved:
        item.step, item.closed_on, item.submitted_by, item.submitted_at = "closed", closed, by, CHECKED
        item.closed_by = cast.dangfeng_head
        item.save()
    return made


def _kept(organ: Organ, verified: datetime | None, cast: County) -> dict[str, Any]:
    by = clerk_of(organ)
    return {"organ": organ, "created_by": by, "created_at": FEB, "updated_by": by, "updated_at": FEB,
            "verified_at": verified, "verified_by": cast.dangfeng if verified else None}  # fmt: skip


def case(
    cast: County, organ: Organ, *, day: date = DAY, verified: datetime | None = CHECKED, **more: Any
) -> CaseRecord:
    """A case."""
    return CaseRecord.objects.create(code=f"案{serial()}", filed_on=day, **_kept(organ, verified, cast), **more)


def institution(
    cast: County, organ: Organ, *, document: bool = True, verified: datetime | None = CHECKED, **more: Any
) -> InstitutionBuilt:
    """A rule that a unit issued."""
    unit = SupervisedUnit.objects.filter(organ=organ)[0]
    made = InstitutionBuilt.objects.create(
        unit=unit, title="采购管理办法", issued_on=DAY, source="supervision", **_kept(organ, verified, cast), **more
    )
    if document:
        file_on(made, organ)
    return made


def loss(cast: County, organ: Organ, amount: str, *, verified: datetime | None = CHECKED, **more: Any) -> LossRecovered:
    """Money paid back."""
    unit = SupervisedUnit.objects.filter(organ=organ)[0]
    return LossRecovered.objects.create(
        unit=unit, amount=Decimal(amount), confirmed_on=DAY, receipt="缴款书1号", **_kept(organ, verified, cast), **more
    )


def accountability(
    cast: County, about: Problem, name: str, kind: str = "person", *, verified: datetime | None = CHECKED
) -> AccountabilityAction:
    """A decided accountability."""
    return AccountabilityAction.objects.create(
        problem=about, organ=about.organ, object_kind=kind, object_name=name, responsibility="main", competent_organ="审理室",
        started_on=DAY, decided_on=DAY, result="诫勉", created_by=clerk_of(about.organ), created_at=FEB,
        verified_at=verified, verified_by=cast.dangfeng if verified else None,
    )  # fmt: skip


def year_of_records(cast: County, health: Organ, zone: Organ) -> None:
    """The raw values of the hand-worked table, and beside them what must not count.

    agri: solved 4 of 5, 1 case, 2 persons and 1 organ, 1000.00; edu: 2 of 2, 2 cases, 333.33; health: 0 of 1, 2 cases, 1 person.
    town and zone: 1 solved, 1 rule each.
    """
    first = [problem(cast, cast.agri, solved=True) for _ in range(3)][0]
    problem(cast, cast.agri, spot=True)
    problem(cast, cast.agri, solved=True, closed=date(2026, 12, 16))  # struck off after the cut-off
    problem(cast, cast.agri, day=date(2025, 12, 31), solved=True)  # of another year
    for _ in range(2):
        problem(cast, cast.edu, solved=True)
    sick = problem(cast, health, spot=True, proof=False)  # fixed on the spot, it is said, without proof
    case(cast, cast.cases, handled_by=cast.agri)
    case(cast, cast.agri, verified=None)
    case(cast, cast.agri, day=date(2026, 12, 16), verified=moment(2026, 12, 16))
    case(cast, cast.agri, verified=moment(2026, 12, 16))  # verified after the cut-off
    for organ in (cast.edu, cast.edu, health, health):
        case(cast, organ)
    for name, kind in (("张某", "person"), ("张某", "person"), ("李某", "person"), ("某局党组", "organisation")):
        accountability(cast, first, name, kind)
    accountability(cast, first, "王某", verified=None)
    accountability(cast, sick, "赵某")
    institution(cast, cast.agri, document=False)
    loss(cast, cast.agri, "1000.00")
    loss(cast, cast.edu, "333.33")
    loss(cast, health, "5000.00", verified=None)
    for organ in (cast.town, zone):
        problem(cast, organ, solved=True)
        institution(cast, organ)


def values_of_scheme(cast: County, health: Organ, zone: Organ, **more: Any) -> dict[str, Any]:
    """The suggested start: 20 each, relative, no size."""
    groups = {"stationed_group": [cast.agri.pk, cast.edu.pk, health.pk], "township_committee": [cast.town.pk, zone.pk]}
    return {
        "weights": TWENTY,
        "groups": groups,
        "cutoff": CUTOFF,
        "adjustment_limit": Decimal(5),
        "objection_days": 7,
        **more,
    }


def in_force(cast: County, values: dict[str, Any], *, reason: str = "", at: datetime = FEB) -> EvaluationScheme:
    """A scheme that the committee approved."""
    made = draft_scheme(cast.cso, 2026, values, by=cast.dangfeng, at=at, reason=reason)
    submit_scheme(made, by=cast.dangfeng, at=at)
    signed(cast, made, at=at, kind="evaluation")
    made.refresh_from_db()
    return made


def computed(cast: County, **more: Any) -> EvaluationTable:
    """A draft of the table under a scheme in force."""
    health, zone = widen(cast)
    year_of_records(cast, health, zone)
    in_force(cast, values_of_scheme(cast, health, zone, **more))
    return compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER)


def lines(table: EvaluationTable) -> dict[str, tuple[Any, ...]]:
    """Clerk of the organ -> (points of E-1 to E-5, subtotal, total, rank)."""
    return {
        clerk_of(row.organ).username: (
            *(row.points[f"E-{n}"] for n in range(1, 6)),
            str(row.subtotal),
            str(row.total),
            row.rank,
        )
        for row in table.rows.select_related("organ")
    }
