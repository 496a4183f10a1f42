"""Vocabularies of the registers: the four forms and the measures of each."""

from dataclasses import dataclass

from django.db import models


class FourForm(models.IntegerChoices):
    """监督执纪“四种形态” (A3.4). The form is chosen by the handler, never derived."""

    FIRST = 1, "第一种形态"
    SECOND = 2, "第二种形态"
    THIRD = 3, "第三种形态"
    FOURTH = 4, "第四种形态"


@dataclass(frozen=True)
class Measure:
    """One measure; `is_sanction` tells 党纪处分 and 政务处分 from the other ways of handling a person."""

    name: str
    is_sanction: bool = False


def _sanctions(*names: str) -> tuple[Measure, ...]:
    return tuple(Measure(name, is_sanction=True) for name in names)


_OF_FORM: dict[int, tuple[Measure, ...]] = {
    FourForm.FIRST: tuple(map(Measure, ("谈话提醒", "批评教育", "责令检查", "诫勉", "通报批评"))),
    FourForm.SECOND: (
        *_sanctions("警告", "严重警告", "政务警告", "政务记过", "政务记大过", "政务降级"), Measure("组织调整"),
    ),
    FourForm.THIRD: (
        *_sanctions("撤销党内职务", "留党察看", "开除党籍", "政务撤职", "政务开除"), Measure("重大职务调整"),
    ),
    FourForm.FOURTH: (Measure("立案审查调查"),),
}  # fmt: skip
MEASURES: dict[int, tuple[str, ...]] = {form: tuple(one.name for one in found) for form, found in _OF_FORM.items()}
SANCTIONS = frozenset(one.name for found in _OF_FORM.values() for one in found if one.is_sanction)
