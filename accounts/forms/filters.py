"""Filters of the office's lists: GET forms in which nothing is required, and what cannot be read is named, not left out."""

from typing import Any

from django import forms
from django_filters import FilterSet

from accounts.duties import kinds
from accounts.forms.asking import asked
from accounts.forms.choices import offer
from accounts.forms.periods import PeriodField
from accounts.models import DutyState, Organ
from accounts.roles import OrganKind, PostLevel, Role


class Filter(forms.Form):
    """A GET form; an address that it cannot read lists nothing until it is mended."""

    q = forms.CharField(label="关键词", required=False, max_length=60)

    def chosen(self) -> dict[str, Any]:
        """What the reader asked for; empty fields are absent. Raises as `asked` does."""
        return asked(self)


class ListFilter(FilterSet):
    """The same for filters that are made from a model."""

    @property
    def qs(self) -> Any:
        """The rows that were asked for. Raises as `asked` does."""
        asked(self.form)
        return super().qs


class DutyFilter(Filter):
    """Duties by organ, state and words."""

    organ = forms.ModelChoiceField(
        label="责任单位", queryset=Organ.objects.none(), required=False, empty_label="全部单位"
    )
    state = forms.ChoiceField(label="状态", choices=[("", "全部状态"), *DutyState.choices], required=False)
    kind = forms.ChoiceField(label="职责", required=False)
    period = PeriodField(max_length=10, widget=forms.HiddenInput)  # in which a duty falls due

    def __init__(self, *args: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", organs)
        named = sorted((kind.label, key) for key, kind in kinds.KINDS.items())
        chosen: Any = self.fields["kind"]
        chosen.choices = [("", "全部职责"), *((key, label) for label, key in named)]


class UnitFilter(Filter):
    """Units and officials by organ and words."""

    organ = forms.ModelChoiceField(
        label="监督单位", queryset=Organ.objects.none(), required=False, empty_label="全部单位"
    )

    def __init__(self, *args: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", organs)


class OfficialFilter(UnitFilter):
    """Officials by organ, level of the post, whether they are in office, and words."""

    level = forms.ChoiceField(label="岗位层级", choices=[("", "全部"), *PostLevel.choices], required=False)
    active = forms.ChoiceField(label="在职", choices=[("", "全部"), ("yes", "在职"), ("no", "已离任")], required=False)
    year = forms.IntegerField(label="更新年度", required=False, min_value=2013, max_value=2100)


class OrganFilter(Filter):
    """Organs by kind and words."""

    kind = forms.ChoiceField(label="类别", choices=[("", "全部类别"), *OrganKind.choices], required=False)


class UserFilter(Filter):
    """Accounts by role, state and words."""

    role = forms.ChoiceField(label="角色", choices=[("", "全部角色"), *Role.choices], required=False)
    active = forms.ChoiceField(
        label="状态", choices=[("", "全部"), ("yes", "已启用"), ("no", "未启用")], required=False
    )


class AuditFilter(Filter):
    """The access log by what was done and when."""

    action = forms.CharField(label="动作", required=False, max_length=40)
    first = forms.DateField(label="自", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="至", required=False, widget=forms.DateInput(attrs={"type": "date"}))
