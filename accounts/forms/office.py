"""Working days and dated limits."""

from typing import Any

from django import forms

from accounts.limits import Limit, month_day

DAY = forms.DateInput(attrs={"type": "date"})


class DaysForm(forms.Form):
    """Rest days or working days by the State Council's notice."""

    first = forms.DateField(label="自", widget=DAY)
    last = forms.DateField(label="至", widget=DAY, required=False, help_text="只有一天时不填。")
    is_workday = forms.TypedChoiceField(
        label="安排", choices=[("no", "放假"), ("yes", "上班（调休）")], coerce=lambda value: value == "yes"
    )
    name = forms.CharField(label="名称", max_length=40, help_text="如：国庆节、国庆节调休。")

    def clean(self) -> dict[str, Any]:
        """Not backwards, and not longer than a holiday can be."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last") or data.get("first")
        if first and last:
            data["last"] = last
            if last < first:
                self.add_error("last", "截止日不能早于起始日。")
            elif (last - first).days > 30:
                self.add_error("last", "一次最多录入31天，请核对日期。")
        return data


class LimitForm(forms.Form):
    """A new value of a number of the regulation, from a day on."""

    value = forms.IntegerField(label="新的取值", min_value=0, max_value=9999)
    valid_from = forms.DateField(
        label="自哪一天起", widget=DAY, help_text="只影响这一天及以后起算的期限，已经起算的不变。"
    )
    reason = forms.CharField(label="说明", max_length=200, help_text="写明依据的文件或会议。")

    def __init__(self, *args: Any, limit: Limit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit
        self.articles = {"value": limit.article, "valid_from": "A13"}
        self.fields["value"].help_text = f"{limit.label}。单位：{limit.unit or '月日'}。"

    def clean_value(self) -> int:
        """A limit that counts nothing is a day of the year, written like 331."""
        value: int = self.cleaned_data["value"]
        if not self.limit.unit:
            try:
                month_day(value, 2025)
            except ValueError as error:
                raise forms.ValidationError("请按“月日”填写，如331表示3月31日。") from error
        return value
