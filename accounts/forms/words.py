"""What a form says to a wrong answer, in the office's words and with the next step: set once, for every form, when the product starts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import BaseFormSet

from accounts.citations import cite
from accounts.sheets.identity import BASIS, REFUSAL, id_numbers

FILL, CHOOSE = "请填写这一项。", "请从列表中选择。"
DAY, MOMENT = "请填写日期，例如2026-03-05。", "请填写日期和时间，例如2026-03-05 09:30。"
WHOLE, NUMBER = "请填写整数，例如12，不带单位。", "请填写数字，例如12000，不带单位。"
FIRST_YEAR, LAST_YEAR = 1900, 2999

FIELDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": FILL},
    forms.IntegerField: {"invalid": WHOLE},
    forms.FloatField: {"invalid": NUMBER},
    forms.DecimalField: {"invalid": NUMBER},
    forms.DateField: {"invalid": DAY},
    forms.DateTimeField: {"invalid": MOMENT},
    forms.TimeField: {"invalid": "请填写时间，例如09:30。"},
    forms.BooleanField: {"required": "请勾选这一项。"},
    forms.ChoiceField: {"required": CHOOSE, "invalid_choice": CHOOSE},
    forms.MultipleChoiceField: {"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    forms.ModelChoiceField: {"required": CHOOSE, "invalid_choice": CHOOSE},
    forms.ModelMultipleChoiceField: {"invalid_list": CHOOSE, "invalid_choice": CHOOSE, "invalid_pk_value": CHOOSE},
    forms.FileField: {
        "required": "请选择文件。",
        "invalid": "没有收到文件，请重新选择后再上传。",
        "missing": "没有收到文件，请重新选择后再上传。",
        "empty": "文件是空的，没有内容，请核对后重新选择。",
        "max_length": "文件名有%(length)d个字，最多%(max)d个字，请改短后再上传。",
        "contradiction": "请选择新文件，或者勾选清除，不要同时选。",
    },
}
LIMITS: dict[Any, str] = {
    validators.MaxLengthValidator: "最多%(limit_value)d个字，现有%(show_value)d个字，请删减。",
    validators.MinLengthValidator: "至少%(limit_value)d个字，现有%(show_value)d个字，请补充。",
    validators.MinValueValidator: "不能小于%(limit_value)s，请核对。",
    validators.MaxValueValidator: "不能大于%(limit_value)s，请核对。",
    validators.ProhibitNullCharactersValidator: "内容中有不能保存的字符，请删去或者重新输入。",
}
DIGITS = {
    "invalid": NUMBER,
    "max_digits": "数字最多%(max)s位，请核对。",
    "max_decimal_places": "最多%(max)s位小数，请核对。",
    "max_whole_digits": "小数点前最多%(max)s位，请核对单位。",
}
KEPT = {
    "blank": FILL,
    "null": FILL,
    "invalid_choice": CHOOSE,
    "unique": "%(field_label)s已存在，请核对是否重复，或者换一个。",
}
LINES = {
    "missing_management_form": "页面内容没有全部收到，请刷新后重新填写。",
    "too_many_forms": "最多填写%(num)d行，请删减，或者分几次登记。",
    "too_few_forms": "至少填写%(num)d行。",
}


def of_this_age(day: Any) -> None:
    """A day of the year 0206 or 9999 is a slip of the hand; kept, it lies beyond what a calendar can reckon with."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"年份应在{FIRST_YEAR}至{LAST_YEAR}之间，请核对。", code="year")


def without_identity(field: forms.CharField, value: Any) -> None:
    """No text of any form is kept with an identity number in it (A4); what is only searched for, or hidden, is not asked."""
    forms.Field.validate(field, value)
    kept = (
        getattr(field, "is_kept", True)
        and not isinstance(field.widget, forms.PasswordInput)
        and not field.widget.is_hidden
    )
    if kept and isinstance(value, str) and any(id_numbers(value)):
        raise ValidationError(f"{REFUSAL}（依据{cite(BASIS)}）", code="identity")


def speak() -> None:
    """Put the words in the place of the framework's, which say what is wrong and not what to do."""
    for kind, said in FIELDS.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **said}
    for kind in (forms.DateField, forms.DateTimeField):
        kind.default_validators = [of_this_age]
    for limit, sentence in LIMITS.items():
        limit.message = sentence
    validators.DecimalValidator.messages = {**validators.DecimalValidator.messages, **DIGITS}
    forms.CharField.validate = without_identity  # type: ignore[method-assign, assignment]
    models.Field.default_error_messages = {**models.Field.default_error_messages, **KEPT}
    BaseFormSet.default_error_messages = {**BaseFormSet.default_error_messages, **LINES}


def name_fields(form: forms.BaseForm) -> None:
    """An empty field is asked for by its own name; fields with words of their own keep them."""
    for name, field in form.fields.items():
        said = field.error_messages.get("required")
        label = field.label or name
        if said == FILL:
            field.error_messages["required"] = f"请填写{label}。"
        elif said == CHOOSE:
            field.error_messages["required"] = f"请选择{label}。"


speak()
