"""Vocabularies of the registers: the four forms and the measures of each."""

from django.db import models


class FourForm(models.IntegerChoices):
    """监督执纪“四种形态” (A3.4). The form is chosen by the handler, never derived."""

    FIRST = 1, "第一种形态"
    SECOND = 2, "第二种形态"
    THIRD = 3, "第三种形态"
    FOURTH = 4, "第四种形态"


MEASURES: dict[int, tuple[str, ...]] = {
    FourForm.FIRST: ("谈话提醒", "批评教育", "责令检查", "诫勉", "通报批评"),
    FourForm.SECOND: ("警告", "严重警告", "政务警告", "政务记过", "政务记大过", "政务降级", "组织调整"),
    FourForm.THIRD: ("撤销党内职务", "留党察看", "开除党籍", "政务撤职", "政务开除", "重大职务调整"),
    FourForm.FOURTH: ("立案审查调查",),
}
