"""By which way problems went on: documents, clues, accountability, the four forms (A3.4, A9.7)."""

from __future__ import annotations

from typing import Any

from ledgers.models import Disposition
from reports.counting.figure import Figure, Rows, Scope, declare, persons
from supervision.documents.kinds import BulletinStep, DocumentKind, DocumentStep
from supervision.models import AccountabilityAction, Clue, IssuedDocument, TypicalBulletin
from supervision.rounds.states import AccountabilityObject

DOCUMENT = {"issued_on": "印发日期", "title": "标题", "unit__name": "主送单位", "organ__name": "起草单位"}
ACTION = {"decided_on": "决定日期", "object_name": "对象", "result": "问责方式和结果", "organ__name": "提出单位"}
DISPOSITION = {"decided_on": "处置日期", "official__full_name": "人员", "measure": "措施", "organ__name": "处置单位"}
WORDS = ("第一种形态", "第二种形态", "第三种形态", "第四种形态")


def documents(*kinds: str) -> Rows:
    """Documents issued in the period, voided ones left out."""

    def rows(scope: Scope) -> Any:
        found = IssuedDocument.objects.filter(organ_id__in=scope.organs, issued_on__range=scope.days)
        found = found.exclude(step=DocumentStep.VOIDED)
        return found.filter(kind__in=kinds) if kinds else found

    return rows


def _bulletins(scope: Scope) -> Any:
    return TypicalBulletin.objects.filter(organ_id__in=scope.organs, issued_on__range=scope.days).exclude(
        step=BulletinStep.VOIDED
    )


def _clues(scope: Scope) -> Any:
    return Clue.objects.filter(organ_id__in=scope.organs, transferred_on__range=scope.days)


def accountability(kind: str, **more: Any) -> Rows:
    """Accountability of persons or of Party organisations by the day of the decision."""
    return lambda scope: AccountabilityAction.objects.filter(
        organ_id__in=scope.organs, decided_on__range=scope.days, object_kind=kind, **more
    )


def dispositions(**more: Any) -> Rows:
    """Ways in which persons were dealt with, by the day of the decision."""
    return lambda scope: Disposition.objects.filter(organ_id__in=scope.organs, decided_on__range=scope.days, **more)


OF_DOCUMENT: dict[str, Any] = {"columns": DOCUMENT, "page": "supervision:document"}
_OF_ACTION: dict[str, Any] = {
    "columns": ACTION,
    "page": "supervision:problem",
    "page_key": "problem_id",
    "about_persons": True,
    "topic": "topics",
}
OF_ACCOUNTABLE: dict[str, Any] = {**_OF_ACTION, "measure": persons("object_name")}
OF_DISPOSITION: dict[str, Any] = {
    "columns": DISPOSITION, "measure": persons("official_id"), "about_persons": True, "topic": "topics"
}  # fmt: skip

declare(
    Figure("documents", "制发文书", "份", "A9.7e", documents(), **OF_DOCUMENT),
    *(
        Figure(f"documents_{kind.value}", kind.label, "份", "A9.7e", documents(kind), **OF_DOCUMENT)
        for kind in DocumentKind
    ),
    Figure("bulletins", "典型问题通报", "期", "A9.8d", _bulletins,
           columns={"issued_on": "印发日期", "title": "标题", "organ__name": "起草单位"}, page="supervision:bulletin"),
    Figure("clues", "移送问题线索", "件", "A9.7g", _clues,
           columns={"transferred_on": "移送日期", "code": "线索编号", "organ__name": "移送单位", "receiver__name": "接收单位"},
           page="supervision:clue"),
    Figure("accountable_organs", "问责党组织", "个", "A9.7f", accountability(AccountabilityObject.ORGANISATION), **_OF_ACTION),
    Figure("accountable_persons", "问责领导干部", "人", "A9.7f", accountability(AccountabilityObject.PERSON),
           **OF_ACCOUNTABLE),
    Figure("dispositions", "运用“四种形态”处置", "人", "A3.4", dispositions(), **OF_DISPOSITION),
    *(
        Figure(f"dispositions_{form}", f"运用{WORDS[form - 1]}", "人", "A3.4", dispositions(form=form), **OF_DISPOSITION)
        for form in (1, 2, 3, 4)
    ),
)  # fmt: skip
