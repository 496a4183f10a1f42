"""What forms say to a wrong answer: what to do next, never the framework's own phrases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import county
from tests.ledgers.registers import sent
from tests.ledgers.test_register_tables import enter

pytestmark = pytest.mark.django_db


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (forms.CharField(), "", "请填写这一项。"),
        (forms.CharField(max_length=3), "一二三四", "最多3个字，现有4个字，请删减。"),
        (forms.CharField(min_length=3), "一", "至少3个字，现有1个字，请补充。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "", "请从列表中选择。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "请从列表中选择。"),
        (forms.MultipleChoiceField(choices=[("a", "甲")]), ["b"], "请从列表中选择。"),
        (forms.IntegerField(), "十", "请填写整数，例如12，不带单位。"),
        (forms.IntegerField(min_value=0), "-1", "不能小于0，请核对。"),
        (forms.IntegerField(max_value=9), "10", "不能大于9，请核对。"),
        (forms.DecimalField(), "1万", "请填写数字，例如12000，不带单位。"),
        (forms.DecimalField(max_digits=5, decimal_places=2), Decimal("1.234"), "最多2位小数，请核对。"),
        (forms.DateField(), "2月30日", "请填写日期，例如2026-03-05。"),
        (forms.DateField(), "9999-12-31", "年份应在1900至2999之间，请核对。"),
        (forms.DateTimeField(), "0206-03-05 09:30", "年份应在1900至2999之间，请核对。"),
        (forms.FileField(), None, "请选择文件。"),
    ],
)
def test_each_refusal_says_what_to_do(field: forms.Field, value: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(value)

    assert refused.value.messages == [sentence]


def test_a_register_asks_for_its_fields_by_name() -> None:
    cast = county()
    data = sent("losses", cast.agri, cast.nongye) | {"amount": "12.345", "receipt": "", "unit": "x", "confirmed_on": ""}

    page = enter(cast.nongye).post(reverse("ledgers:register_new", args=["losses"]), data).content.decode()

    assert "请填写票据或凭证" in page
    assert "最多2位小数" in page
    assert "请从列表中选择" in page
    assert [phrase for phrase in ("必填项", "有效的", "确保该", "输入一个") if phrase in page] == []
