"""Forms of “回头看” and 反向核查."""

from typing import Any

from django import forms

from supervision.models import LookBack
from supervision.states import LookBackStep, LookBackVerdict, SampleVerdict


class LookBackFilter(forms.Form):
    """State of the look backs."""

    step = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *LookBackStep.choices])


class LookBackPlanForm(forms.Form):
    """When, and why beyond the counted risks."""

    planned_on = forms.DateField(label="计划日期")
    reason = forms.CharField(label="安排理由", required=False, max_length=300, help_text="不填时写入所选问题的风险。")
    articles = {"planned_on": "A9.8e"}


class LookBackForm(forms.ModelForm):
    """Day, team, three answers, and a verdict for each problem."""

    articles = {"tasks_answer": "A9.8e"}

    class Meta:
        model = LookBack
        fields = ("held_on", "team", "tasks_answer", "rectification_answer", "mechanism_answer")
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("tasks_answer", "rectification_answer", "mechanism_answer")
        }

    def __init__(self, *args: Any, results: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results = results
        must = not self.is_bound or bool(self.data.get("finish"))  # what is only saved may have gaps
        for name in self.Meta.fields:
            self.fields[name].required = must
        for row in results:
            self.fields[f"verdict_{row.pk}"] = forms.ChoiceField(
                label=f"{row.rectification.problem.code} {row.rectification.problem}", required=must,
                choices=[("", "未核查"), *LookBackVerdict.choices], initial=row.verdict,
            )  # fmt: skip
            self.fields[f"finding_{row.pk}"] = forms.CharField(
                label=f"{row.rectification.problem.code} 核查情况（反弹、未完成须填写）", required=False, initial=row.finding, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def given(self) -> dict[int, tuple[str, str]]:
        """Id of the result -> verdict and finding."""
        values = self.cleaned_data
        return {row.pk: (values[f"verdict_{row.pk}"], values[f"finding_{row.pk}"]) for row in self.results}


class DrawForm(forms.Form):
    """Quarter, size, seed of a draw."""

    year = forms.IntegerField(label="年度", min_value=2013, max_value=2100)
    quarter = forms.TypedChoiceField(label="季度", coerce=int,
                                     choices=[(n, f"第{'一二三四'[n - 1]}季度") for n in range(1, 5)])  # fmt: skip
    size = forms.IntegerField(label="抽取数", min_value=1, max_value=500)
    seed = forms.CharField(label="随机种子", max_length=64, help_text="随抽取结果留存，任何人可以据此重算。")
    articles = {"size": "A9.8b"}


class SampleForm(forms.Form):
    """What the check found."""

    verdict = forms.ChoiceField(label="核查结果", choices=SampleVerdict.choices, widget=forms.RadioSelect)
    checked_on = forms.DateField(label="核查日期")
    finding = forms.CharField(label="核查情况", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    articles = {"verdict": "A9.8c"}
