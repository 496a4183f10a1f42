"""Forms of a rectification's plan, evidence, check and failure, and of the unit's stamped ledger."""

from django import forms

from accounts.uploads import ACCEPT
from supervision.states import FailureKind, ProofKind

FILE = "PDF、Word、Excel、OFD、图片，单个不超过20MB"


class ProofForm(forms.Form):
    """Evidence of one kind. The files themselves are read from the request."""

    kind = forms.ChoiceField(
        label="佐证种类", choices=[("", "图片记为照片，其余记为文件"), *ProofKind.choices], required=False
    )
    amount = forms.DecimalField(label="金额（元）", required=False, max_digits=14, decimal_places=2,
                                help_text="款物退缴填写。")  # fmt: skip
    institution = forms.CharField(label="制度名称", required=False, max_length=120, help_text="制度建立填写。")
    articles = {"kind": "A9.8b"}


class PlanForm(forms.Form):
    """The five fields of the plan (A9.8a)."""

    goal = forms.CharField(label="整改目标", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    measures = forms.CharField(
        label="整改措施", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    responsible_leader = forms.CharField(label="责任领导", required=False, max_length=40)
    responsible_department = forms.CharField(label="责任部门/责任人", required=False, max_length=80)
    due_on = forms.DateField(label="整改时限", required=False)
    articles = {"goal": "A9.8a"}


class FailureForm(forms.Form):
    """整改不力: which kind, and on what facts (A9.8c)."""

    kind = forms.ChoiceField(label="情形", choices=FailureKind.choices)
    reason = forms.CharField(label="事实和依据", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    articles = {"kind": "A9.8c"}


class UnitLedgerForm(forms.Form):
    """The unit's stamped ledger (AMB-8)."""

    confirmed_on = forms.DateField(label="单位盖章确认日期")
    file = forms.FileField(label=f"盖章的整改工作台账（{FILE}）", widget=forms.FileInput(attrs={"accept": ACCEPT}))
    articles = {"confirmed_on": "A9.8a"}
