"""The evaluation of the demo year: a scheme that the committee approved, a table open to the organs, two objections."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.approvals import decide, signers
from accounts.calendar import SHANGHAI, local_day
from accounts.models import Approval, Organ, ScResolution, SupervisedUnit
from accounts.notifications import members
from accounts.roles import CHAIN, OrganKind, Role
from ledgers.actions.books import enter, keep_file, verify
from ledgers.books.register import REGISTERS
from ledgers.models import InstitutionBuilt
from reports.actions.evaluation.objections import decide as decide_objection
from reports.actions.evaluation.objections import file_objection, propose
from reports.actions.evaluation.schemes import draft_scheme, submit_scheme
from reports.actions.evaluation.tables import adjust_row, compute_table, open_table
from reports.demo.county import person
from reports.demo.files import paper_file
from reports.evaluation.states import KINDS, Group
from reports.models import EvaluationRow, EvaluationScheme
from supervision.actions.reporting.accountability import verify_accountability
from supervision.models import AccountabilityAction

YEAR = 2026
CUTOFF = date(YEAR, 11, 10)
WEIGHTS = {f"E-{number}": "20" for number in range(1, 6)}
# group, day of filing, unit's place in its list
CASES = ((0, (4, 9), 0), (0, (7, 22), 1), (1, (6, 3), 0), (2, (8, 17), 0))


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of the demo year."""
    return datetime(YEAR, month, day, hour, tzinfo=SHANGHAI)


def build_evaluation() -> None:
    """From the scheme in February to the objections of November."""
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    groups = {group.value: list(_organs(group).values_list("pk", flat=True)) for group in Group}
    _scheme(cso, groups)
    _cases(list(_organs(Group.STATIONED)[:3]))
    _verified()
    clerk = person("dangfeng")
    table = compute_table(cso, YEAR, by=clerk, at=at(11, 11))
    first = table.rows.filter(group=Group.STATIONED).order_by("rank", "pk")[0]
    adjust_row(
        first,
        adjustment=Decimal("1.5"),
        reason="监督经验在全市会议上交流",
        comment="问题整改抓得实",
        grade="",
        by=clerk,
        at=at(11, 12),
    )
    open_table(table, by=clerk, at=at(11, 13))
    _objections()


def _organs(group: Group) -> Any:
    return Organ.objects.filter(kind__in=KINDS[group]).active(on=CUTOFF).order_by("sort_order", "pk")


def _scheme(cso: Organ, groups: dict[str, list[int]]) -> EvaluationScheme:
    values = {
        "weights": WEIGHTS,
        "groups": groups,
        "cutoff": CUTOFF,
        "adjustment_limit": Decimal(5),
        "objection_days": 14,
    }
    scheme = draft_scheme(cso, YEAR, values, by=person("dangfeng"), at=at(2, 10))
    submit_scheme(scheme, by=person("dangfeng"), at=at(2, 10, 11))
    approval = Approval.objects.of(scheme).get()
    for hour, rung in enumerate(CHAIN, 9):
        moment = at(2, 12, hour)
        signer = person(signers(cso.pk, rung, on=local_day(moment))[0].username)
        decide(approval, "approve", by=signer, at=moment, note="同意")
    resolution = ScResolution.objects.create(
        organ=cso, kind="evaluation", meeting_on=date(YEAR, 2, 13), meeting_no="第2次", agenda_no=5, title=approval.title, approved=True,
        attendance="应到9人，实到9人", opinion="同意。各指标权重相同，先试行一年。", recorded_by=person("changweihui"), recorded_at=at(2, 13),
    )  # fmt: skip
    decide(
        approval, "approve", by=person("changweihui"), at=at(2, 13, 17), note=resolution.opinion, resolution=resolution
    )
    return scheme


def _cases(organs: list[Organ]) -> None:
    """案管室 registers what the groups filed."""
    clerk = person("anguan")
    for number, (place, day, unit) in enumerate(CASES, 1):
        units = list(SupervisedUnit.objects.filter(organ=organs[place]).order_by("pk")[:2])
        values = {
            "code": f"立〔{YEAR}〕{80 + number}号",
            "filed_on": date(YEAR, *day),
            "unit": units[unit],
            "handled_by": organs[place],
        }
        made = enter(REGISTERS["cases"], organ=clerk.organ, values=values, by=clerk, at=at(*day, 16))
        verify(made, by=person("dangfeng"), at=at(9, 2))


def _verified() -> None:
    """What was decided is checked before the cut-off; the rules carry their text."""
    head = person("dangfeng_head")
    decided = AccountabilityAction.objects.filter(decided_on__lte=date(YEAR, 11, 5), verified_at__isnull=True)
    for action in decided.exclude(organ=head.organ).exclude(created_by=head):
        verify_accountability(action, by=head, at=at(11, 9))
    for built in InstitutionBuilt.objects.filter(organ__kind__in=KINDS[Group.STATIONED])[:3]:
        keep_file(built, paper_file("制度文本.pdf"), by=built.created_by, at=at(9, 1, 9))


def _objections() -> None:
    """One decided for the organ, one that waits for a proposal."""
    rows = list(
        EvaluationRow.objects.filter(group=Group.STATIONED)
        .select_related("organ", "table")
        .order_by("organ__sort_order", "pk")[:2]
    )
    heads = [person(members(row.organ_id, Role.ORGAN_HEAD)[0].username) for row in rows]
    one = file_objection(
        rows[0],
        "E-2",
        reason="少计1件：8月立案的农机购置补贴案由我组查办，登记时未填查办单位。",
        by=heads[0],
        at=at(11, 16),
    )
    count = Decimal(rows[0].values["E-2"]["cases"]["value"]) + 1
    values = {"cases": count, "clues": Decimal(rows[0].values["E-2"]["clues"]["value"])}
    propose(
        one,
        "uphold",
        reason="经核对案件登记，情况属实，予以更正。",
        values=values,
        records=f"立〔{YEAR}〕86号",
        by=person("dangfeng"),
        at=at(11, 17),
    )
    decide_objection(one, agreed=True, by=person("dangfeng_head"), at=at(11, 18))
    file_objection(rows[1], "E-1", reason="3个问题已在11月初整改完毕，销号手续正在办理。", by=heads[1], at=at(11, 19))
