"""What work led to, as its registers hold it: rules built, money paid back, cases turned into reform (A10.3, A10.5).

The registers are the one source: what evidence of 销号 proves is entered there by the striking off. Reports count every
record by its own day; the evaluation (`evaluated`) counts those of them that were verified.
"""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Coalesce

from ledgers.models import CaseDrivenRectification, InstitutionBuilt, LossRecovered
from reports.counting.figure import Figure, Rows, Scope, declare, money

INSTITUTION = {
    "issued_on": "印发日期",
    "title": "制度名称",
    "unit__name": "出台单位",
    "problem__description": "对应问题",
    "organ__name": "登记单位",
}
LOSS = {
    "confirmed_on": "确认日期",
    "unit__name": "涉及单位",
    "amount": "金额（元）",
    "receipt": "凭证编号",
    "problem__description": "对应问题",
    "organ__name": "登记单位",
}
DRIVEN = {"held_on": "开展日期", "unit__name": "开展单位", "activities": "活动情况", "organ__name": "登记单位"}


def credited(model: Any, doer: str, day: str) -> Rows:
    """Records of a register by one of their days, credited to whoever did it, else to whoever registered it."""

    def rows(scope: Scope) -> Any:
        kept = model.objects.live().filter(**{f"{day}__range": scope.days})
        return kept.annotate(credited=Coalesce(f"{doer}_id", "organ_id")).filter(credited__in=scope.organs)

    return rows


def _driven(scope: Scope) -> Any:
    return CaseDrivenRectification.objects.live().filter(organ_id__in=scope.organs, held_on__range=scope.days)


def _book(slug: str) -> dict[str, Any]:
    return {"page": "ledgers:register_record", "page_args": (slug,), "topic": "topics"}


_CREDITED: dict[str, Any] = {"organ": "credited", "joint": "problem__round__participants"}

declare(
    Figure("institutions", "建立完善制度", "项", "A10.5a", credited(InstitutionBuilt, "promoted_by", "issued_on"),
           columns=INSTITUTION, **_CREDITED, **_book("institutions")),
    Figure("losses_recovered", "挽回经济损失", "元", "A10.5a", credited(LossRecovered, "handled_by", "confirmed_on"),
           measure=money("amount"), columns=LOSS, **_CREDITED, **_book("losses")),
    Figure("case_rectifications", "以案促改", "次", "A10.3", _driven, columns=DRIVEN, **_book("case-driven")),
)  # fmt: skip
