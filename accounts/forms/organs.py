"""Organs, the units under their supervision, and the officials of those units."""

from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import Official, Organ, SupervisedUnit
from accounts.roles import OrganKind

DAY = forms.DateInput(attrs={"type": "date"})


class OrganForm(forms.ModelForm):
    """One organ of the county (A0)."""

    articles = {"kind": "A0", "must_report": "A10.4"}

    class Meta:
        model = Organ
        fields = (
            "name",
            "short_name",
            "kind",
            "must_report",
            "collaboration_zone",
            "sort_order",
            "active_from",
            "active_to",
        )
        widgets = {"active_from": DAY, "active_to": DAY}
        help_texts = {
            "must_report": "勾选后每季度自动列出报告期限。",
            "sort_order": "数字小的排在前面。",
        }

    def __init__(self, *args: Any, county: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.county = county
        kinds = [choice for choice in OrganKind.choices if choice[0] != OrganKind.COMMISSION]
        self.fields["kind"] = forms.ChoiceField(
            label="类别", choices=[("", "请选择"), *kinds], help_text="类别决定这个单位的职责。"
        )

    def clean_kind(self) -> str:
        """One county has one 党风政风监督室."""
        kind = self.cleaned_data["kind"]
        others = (
            Organ.objects.within(self.county)
            .filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
            .exclude(pk=self.instance.pk)
        )
        if kind == OrganKind.CONDUCT_SUPERVISION_OFFICE and others.exists():
            raise forms.ValidationError("本县已有党风政风监督室，不能再设一个。")
        return kind

    def clean(self) -> dict[str, Any]:
        """An organ ends after it begins."""
        data = super().clean() or self.cleaned_data
        if data.get("active_from") and data.get("active_to") and data["active_to"] < data["active_from"]:
            self.add_error("active_to", "撤销日期不能早于成立日期。")
        return data


class UnitForm(forms.ModelForm):
    """被监督单位: exactly one organ supervises it (A4)."""

    articles = {"organ": "A4"}

    class Meta:
        model = SupervisedUnit
        fields = ("name", "short_name", "kind", "organ", "party_organ", "active_to")
        widgets = {"active_to": DAY}
        help_texts = {"organ": "每个单位只归一个监督单位。", "active_to": "撤销或划转时填写，历史记录保留。"}

    def __init__(self, *args: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", organs)

    def clean_name(self) -> str:
        """Two active units of one name would be one unit under two organs."""
        name = self.cleaned_data["name"].strip()
        same = (
            SupervisedUnit.objects.filter(name=name, active_to__isnull=True)
            .exclude(pk=self.instance.pk)
            .select_related("organ")
        )
        if found := same.first():
            raise forms.ValidationError(f"“{name}”已由{found.organ.name}监督，一个单位只能有一个监督单位。")
        return name


class OfficialForm(forms.ModelForm):
    """监察对象: name and post; no identity numbers, no family data."""

    articles = {"is_top_leader": "A4"}

    class Meta:
        model = Official
        fields = (
            "unit",
            "full_name",
            "post",
            "rank",
            "post_level",
            "is_top_leader",
            "is_team_member",
            "post_since",
            "is_active",
            "left_on",
        )
        widgets = {"post_since": DAY, "left_on": DAY}
        help_texts = {
            "full_name": "只登记姓名和职务，不登记身份证号和家庭信息。",
            "post_level": "谈话和教育按岗位层级统计。",
            "left_on": "离任时填写；取消“在职”而不填的，按保存当天登记。",
        }

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)
