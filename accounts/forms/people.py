"""Accounts, assignments and deputations."""

from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.models import Organ, OversightAssignment, User
from accounts.roles import ADMIN_ROLES, LEADER_ROLES, STAFF_ROLES, OrganKind, Role, Rung

DAY = forms.DateInput(attrs={"type": "date"})


class UserForm(forms.ModelForm):
    """One account. The role must fit the organ, because rights follow from both."""

    class Meta:
        model = User
        fields = ("username", "full_name", "post", "organ", "role", "email")
        help_texts = {
            "username": "字母或数字，用于登录，保存后不再更改。",
            "role": "角色决定权限；变更单位或角色后账号停用，待安全管理员确认后启用。",
            "email": "填写后可收到邮件提醒。",
        }

    def __init__(self, *args: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", organs)
        self.fields["username"].disabled = self.instance.pk is not None

    def clean(self) -> dict[str, Any]:
        """Leaders belong to the commission, clerks and heads to one of its organs."""
        data = super().clean() or self.cleaned_data
        organ, role = data.get("organ"), data.get("role")
        if organ is not None and role in STAFF_ROLES and organ.kind == OrganKind.COMMISSION:
            self.add_error("organ", "经办人和负责人须属于一个具体部室、派驻组或乡镇纪委，请重新选择单位。")
        if organ is not None and role in LEADER_ROLES and organ.kind != OrganKind.COMMISSION:
            self.add_error("organ", "领导角色的所在单位应为县纪委监委本级，分管和协管的单位在“分工与代理”中设置。")
        return data


class AssignmentForm(forms.Form):
    """From which day a leader looks after an organ, as AM or as DS."""

    articles = {"leader": "A6.1c"}
    organ = forms.ModelChoiceField(label="单位", queryset=Organ.objects.none())
    rung = forms.ChoiceField(label="职责", choices=OversightAssignment.RUNGS)
    leader = forms.ModelChoiceField(
        label="领导", queryset=User.objects.none(), help_text="项目、方案和报告按此层报审批。"
    )
    valid_from = forms.DateField(label="自哪一天起", widget=DAY, help_text="原来的分工到前一天为止，历史保留。")

    def __init__(self, *args: Any, county: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", Organ.objects.within(county).exclude(kind=OrganKind.COMMISSION))
        leaders = User.objects.filter(organ__path__startswith=county.path, role__in=LEADER_ROLES, is_active=True)
        offer(self, "leader", leaders)

    def clean(self) -> dict[str, Any]:
        """A leader signs on the rung of his own post."""
        data = super().clean() or self.cleaned_data
        leader, rung = data.get("leader"), data.get("rung")
        if (
            leader is not None
            and rung
            and leader.role not in (rung, Role.DEPUTY_SECRETARY if rung == Rung.ASSISTING_MEMBER else rung)
        ):
            self.add_error(
                "leader", f"{leader.full_name}的角色是{leader.get_role_display()}，不能承担{Rung(rung).label}的职责。"
            )
        return data


class DeputationForm(forms.Form):
    """Who signs for whom while he is away."""

    articles = {"deputy": "A6.1c"}
    principal = forms.ModelChoiceField(label="委托人", queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label="代理人", queryset=User.objects.none(), help_text="代签时两人姓名都会记录。")
    valid_from = forms.DateField(label="自", widget=DAY)
    valid_to = forms.DateField(label="至", widget=DAY, help_text="当天也有效。")
    reason = forms.CharField(label="事由", max_length=200)

    def __init__(self, *args: Any, principals: Any, county: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "principal", principals)
        people = User.objects.filter(organ__path__startswith=county.path, is_active=True)
        offer(self, "deputy", people.exclude(role__in=ADMIN_ROLES))

    def clean(self) -> dict[str, Any]:
        """A leader is stood in for by a leader, a head by somebody of his own organ."""
        data = super().clean() or self.cleaned_data
        principal, deputy = data.get("principal"), data.get("deputy")
        if principal is not None and deputy is not None:
            if principal.role in LEADER_ROLES and deputy.role not in LEADER_ROLES:
                self.add_error("deputy", "领导的代理人须是另一位领导。")
            elif principal.role not in LEADER_ROLES and deputy.organ_id != principal.organ_id:
                self.add_error("deputy", f"{principal.full_name}的代理人须是本单位人员。")
        return data
