"""Forms of the evaluation: scheme, adjustment, objection, proposal, delivery."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import Organ
from reports.evaluation import bands
from reports.evaluation.indicators import NAMES, PARTS, UNITS
from reports.evaluation.states import KINDS, Adjuster, Answer, Group, Method

TICKS = forms.CheckboxSelectMultiple
LIMITS = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")


def _said(sentence: str) -> dict[str, Any]:
    """One sentence for whatever is wrong with a number: what it has to be."""
    return {"error_messages": dict.fromkeys(LIMITS, sentence)}


def _points(low: int, high: int) -> dict[str, Any]:
    """Points from `low` to `high`, hundredths at most."""
    return {"min_value": low, "max_value": high, "max_digits": 6, "decimal_places": 2,
            **_said(f"应为{low}至{high}之间的数，最多两位小数，请改正。")}  # fmt: skip


def _name(key: str) -> str:
    return key.replace("-", "").lower()


class SchemeForm(forms.Form):
    """指标权重、同类组、计分方法 of a year; the five weights and the bands are added per indicator."""

    method = forms.ChoiceField(
        label="计分方法", choices=Method.choices, widget=forms.RadioSelect, initial=Method.RELATIVE
    )
    found_weight = forms.DecimalField(label="其中：发现问题子权重", required=False, **_points(0, 100))
    solved_weight = forms.DecimalField(
        label="其中：解决问题子权重", required=False, help_text="两项合计等于“发现解决问题”权重；不拆分的都留空，按解决数计分。", **_points(0, 100),
    )  # fmt: skip
    stationed = forms.ModelMultipleChoiceField(
        Organ.objects.none(), label="同类组：派驻纪检监察组", required=False, widget=TICKS
    )
    township = forms.ModelMultipleChoiceField(
        Organ.objects.none(), label="同类组：乡（镇、办）纪（工）委", required=False, widget=TICKS
    )
    adjuster = forms.ChoiceField(label="规模折算", choices=Adjuster.choices, required=False,
                                 help_text="一般不折算；折算的，原始值和折算值一并列示。")  # fmt: skip
    cutoff = forms.DateField(label="数据截止日", help_text="只计截止日前发生、截止日前核实的记录。")
    adjustment_limit = forms.DecimalField(label="加减分限额（±分）", initial=5, **_points(0, 30))
    objection_days = forms.IntegerField(
        label="异议期（天）", min_value=1, max_value=60, initial=7, **_said("应为1至60之间的整数，请改正。")
    )
    reason = forms.CharField(
        label="修订理由", max_length=300, required=False, help_text="已有批准的方案时必填，原版予以保留。"
    )
    articles = {"cutoff": "A10.5a"}

    def __init__(self, *args: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extra: dict[str, forms.Field] = {}
        for key, name in NAMES.items():
            extra[f"{_name(key)}_weight"] = forms.DecimalField(label=f"{name}权重", initial=20, **_points(0, 100))
        self.fields = {**extra, **self.fields}
        for key, name in NAMES.items():
            self.fields[f"{_name(key)}_bands"] = forms.CharField(
                label=f"{name}分档", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=f"仅分档法填写，每行一档“数值（{UNITS[key]}）=得分”，由低到高。",
            )  # fmt: skip
        offer(self, "stationed", organs.filter(kind__in=KINDS[Group.STATIONED]))
        offer(self, "township", organs.filter(kind__in=KINDS[Group.TOWNSHIP]))

    def clean(self) -> dict[str, Any]:
        """Read the bands; a line that is none is named."""
        found = super().clean() or {}
        for key in NAMES:
            name = f"{_name(key)}_bands"
            try:
                found[name] = bands.read(found.get(name, ""))
            except ValueError as wrong:
                self.add_error(name, str(wrong))
        return found

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        data = self.cleaned_data
        kept = ("found_weight", "solved_weight", "method", "adjuster", "cutoff", "adjustment_limit", "objection_days")
        groups = {Group.STATIONED.value: data["stationed"], Group.TOWNSHIP.value: data["township"]}
        return {
            **{name: data[name] for name in kept},
            "weights": {key: str(data[f"{_name(key)}_weight"]) for key in NAMES},
            "bands": {key: data[f"{_name(key)}_bands"] for key in NAMES if data[f"{_name(key)}_bands"]},
            "groups": {group: [organ.pk for organ in rows] for group, rows in groups.items()},
        }


def initial_of(scheme: Any) -> dict[str, Any]:
    """A scheme as its form shows it."""
    found = {name: getattr(scheme, name) for name in ("found_weight", "solved_weight", "method", "adjuster", "cutoff",
                                                      "adjustment_limit", "objection_days")}  # fmt: skip
    for key in NAMES:
        found[f"{_name(key)}_weight"] = scheme.weights.get(key)
        found[f"{_name(key)}_bands"] = "\n".join(f"{least}={points}" for least, points in scheme.bands.get(key, ()))
    return found | {"stationed": scheme.members(Group.STATIONED), "township": scheme.members(Group.TOWNSHIP)}


class AdjustForm(forms.Form):
    """加减分, 等次 and 评估意见 of one organ; once the organs have seen their rows the points stand, shown but closed."""

    adjustment = forms.DecimalField(label="加减分", initial=0, help_text="可为负数；不调整的填0。", **_points(-30, 30))
    reason = forms.CharField(label="加减分理由", max_length=300, required=False, help_text="加减分不为0的必填。")
    grade = forms.CharField(label="等次", max_length=20, required=False, help_text="由人评定，系统不推算。")
    comment = forms.CharField(
        label="评估意见", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    articles = {"reason": "A10.5a"}

    def __init__(self, *args: Any, points: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if points else ("adjustment", "reason"):
            self.fields[name].disabled = True
            self.fields[name].help_text = "加减分须在公布前登记，现在不能改动。"


class ObjectionForm(forms.Form):
    """An organ's objection to one of its values."""

    indicator = forms.ChoiceField(label="有异议的指标", choices=list(NAMES.items()))
    reason = forms.CharField(label="异议理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
                             help_text="写明应计入或不应计入的记录，可附证明材料。")  # fmt: skip
    articles = {"reason": "A10.5a"}


class ProposalForm(forms.Form):
    """What is proposed about an objection; upheld ones name the corrected numbers."""

    answer = forms.ChoiceField(label="拟办意见", choices=Answer.choices, widget=forms.RadioSelect)
    records = forms.CharField(
        label="更正所据记录", max_length=300, required=False, help_text="异议成立的，写明记录编号或名称。"
    )
    reason = forms.CharField(label="拟办理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    articles = {"reason": "A10.5a"}

    def __init__(self, *args: Any, indicator: str, values: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = [part for part in PARTS[indicator] if part.key in values]
        extra: dict[str, forms.Field] = {}
        for part in self.parts:
            extra[f"part_{part.key}"] = forms.DecimalField(
                label=f"更正后：{part.label}（{part.unit}）", initial=values[part.key]["value"], required=False, max_digits=14, decimal_places=2,
                help_text="原数值已填入，不更正的不用改。",
                **_said("应为不小于0的金额，最多12位整数、2位小数，请改正。" if indicator == "E-5" else "应为不小于0的整数，最多12位，请改正。"),
            )  # fmt: skip
        self.fields = {
            "answer": self.fields["answer"],
            **extra,
            "records": self.fields["records"],
            "reason": self.fields["reason"],
        }

    def values(self) -> dict[str, Decimal]:
        """The corrected numbers that were given."""
        given = {part.key: self.cleaned_data.get(f"part_{part.key}") for part in self.parts}
        return {key: value for key, value in given.items() if value is not None}


class DeliveryForm(forms.Form):
    """To which office the result went, and when."""

    to = forms.CharField(label="送达单位", max_length=120, initial="县委组织部（年度考评）")
    on = forms.DateField(label="送达日期")
    articles = {"to": "A10.5b"}
