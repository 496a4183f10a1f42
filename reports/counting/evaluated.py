"""What an evaluated organ is asked for: the five families of article 10(5), verified by 党风政风监督室 (A10.5a).

States are judged on `scope.on`; an evaluation sets `scope.cutoff` too. Records of registers and accountability count once
they are verified; a found problem needs no mark of its own, a solved one was struck off, which takes proof and a second
person (A9.8b), or fixed on the spot with evidence. What one organ did and another registered is credited to the one that
did it; a case also to the organ whose clue led to it, so that organs add up to more than the county.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from accounts.models import Attachment
from ledgers.models import CaseRecord, InstitutionBuilt, LossRecovered
from reports.counting.built import credited
from reports.counting.figure import Figure, Rows, Scope, declare, money, persons
from reports.counting.problems import OF_PROBLEM
from supervision.models import AccountabilityAction, ClosureProof, Clue, Problem, RectificationItem
from supervision.rounds.states import AccountabilityObject

CASE = {
    "filed_on": "立案日期",
    "code": "案件编号",
    "handled_by__name": "查办单位",
    "clue__organ__name": "线索移送单位",
    "verified_at": "核实时间",
}
CLUE = {"transferred_on": "移送日期", "code": "线索编号", "receiver__name": "接收单位"}
ACTION = {"decided_on": "决定日期", "object_name": "对象", "result": "问责方式和结果", "verified_at": "核实时间"}
INSTITUTION = {"issued_on": "印发日期", "title": "标题", "unit__name": "出台单位", "verified_at": "核实时间"}
LOSS = {
    "confirmed_on": "确认日期",
    "unit__name": "涉及单位",
    "amount": "金额（元）",
    "receipt": "凭证编号",
    "verified_at": "核实时间",
}


def _days(scope: Scope) -> tuple[date, date]:
    """The days counted: those of the period, none after the day of judging."""
    return scope.first, min(scope.last, scope.on)


def _files(model: Any, scope: Scope, key: str = "pk", **more: Any) -> Exists:
    """Whether a file hangs on the record, by the cut-off where there is one."""
    kind = ContentType.objects.get_for_model(model)
    return Exists(
        Attachment.objects.filter(subject_type=kind, subject_id=OuterRef(key), **_by(scope, "uploaded_at"), **more)
    )


def _by(scope: Scope, moment: str) -> dict[str, Any]:
    """That something has happened, by the cut-off where there is one."""
    return {f"{moment}__date__lte": scope.cutoff} if scope.cutoff else {f"{moment}__isnull": False}


def found(scope: Scope) -> Any:
    """Problems found in the period, not removed."""
    return Problem.objects.live().filter(organ_id__in=scope.organs, found_on__range=_days(scope))


def _is_solved(scope: Scope) -> Q:
    """Struck off by the day of judging, or fixed on the spot with evidence; what struck it off was proved then (A9.8b)."""
    proof = Exists(ClosureProof.objects.filter(rectification=OuterRef("rectification__pk"), **_by(scope, "at")))
    shown = Q(proof) | Q(_files(RectificationItem, scope, "rectification__pk", purpose="evidence"))
    on_the_spot = Q(rectification__isnull=False, fixed_on_spot=True) & shown
    return Q(rectification__closed_on__lte=scope.on) | on_the_spot


def solved(scope: Scope) -> Any:
    """Found in the period and solved by the cut-off."""
    return found(scope).filter(_is_solved(scope))


def expected(scope: Scope) -> Any:
    """What the share of solved ones is taken of: problems whose term has come by the cut-off, and solved ones."""
    return found(scope).filter(Q(rectification__due_on__lte=scope.on) | _is_solved(scope))


def _verified(rows: Rows, day: str) -> Rows:
    """Those of a register's credited records that count for an evaluation, by the same day."""
    return lambda scope: rows(scope).filter(**_by(scope, "verified_at"), **{f"{day}__lte": scope.on})


def _cases(scope: Scope) -> Any:
    """Verified cases: of the organ that handles one, and of the one whose clue led to it; a case of both counts once."""
    kept = CaseRecord.objects.live().filter(**_by(scope, "verified_at"), filed_on__range=_days(scope))
    handled = Q(handled_by__in=scope.organs) | Q(handled_by__isnull=True, organ__in=scope.organs)
    return kept.filter(handled | Q(clue__organ__in=scope.organs))


_institutions = _verified(credited(InstitutionBuilt, "promoted_by", "issued_on"), "issued_on")
_losses = _verified(credited(LossRecovered, "handled_by", "confirmed_on"), "confirmed_on")


def _with_document(scope: Scope) -> Any:
    return _institutions(scope).filter(_files(InstitutionBuilt, scope))


def _proved(scope: Scope) -> Any:
    return _losses(scope).exclude(receipt="")


def _clues(scope: Scope) -> Any:
    return Clue.objects.filter(organ_id__in=scope.organs, transferred_on__range=_days(scope))


def _accountability(**more: Any) -> Rows:
    return lambda scope: AccountabilityAction.objects.filter(
        organ_id__in=scope.organs, decided_on__range=_days(scope), **_by(scope, "verified_at"), **more
    )


# 1人被两次问责 is one person; a party organ is counted beside the persons.
_OBJECTS = Count(Concat("object_kind", Value(":"), "object_name"), distinct=True)
_OF_ACTION: dict[str, Any] = {"columns": ACTION, "page": "supervision:problem", "page_key": "problem_id", "about_persons": True,
                              "topic": "topics"}  # fmt: skip
_BOOK: dict[str, Any] = {"organ": "credited", "topic": "topics"}

declare(
    Figure("evaluated_found", "评估：发现问题", "个", "A10.5a", found, **OF_PROBLEM),
    Figure("evaluated_solved", "评估：发现并解决问题", "个", "A10.5a", solved, **OF_PROBLEM),
    Figure("evaluated_expected", "评估：应解决问题", "个", "A10.5a", expected, **OF_PROBLEM),
    Figure("evaluated_cases", "评估：查办案件", "件", "A10.5a", _cases, columns=CASE, **{**_BOOK, "organ": ""}),
    Figure("evaluated_clues", "评估：移送问题线索", "件", "A10.5a", _clues, columns=CLUE, page="supervision:clue"),
    Figure("evaluated_persons", "评估：问责领导干部", "人", "A10.5a", _accountability(object_kind=AccountabilityObject.PERSON),
           measure=persons("object_name"), **_OF_ACTION),
    Figure("evaluated_party_organs", "评估：问责党组织", "个", "A10.5a",
           _accountability(object_kind=AccountabilityObject.ORGANISATION), measure=persons("object_name"), **_OF_ACTION),
    Figure("evaluated_accountability", "评估：追责问责", "人、个", "A10.5a", _accountability(), measure=_OBJECTS, **_OF_ACTION),
    Figure("evaluated_institutions", "评估：完善制度机制", "项", "A10.5a", _with_document, columns=INSTITUTION, **_BOOK),
    Figure("evaluated_losses", "评估：挽回经济损失", "元", "A10.5a", _proved, measure=money("amount"), columns=LOSS, **_BOOK),
)  # fmt: skip
