"""Forms of the year-end file (A11)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.choices import offer
from accounts.forms.filters import Filter
from accounts.models import Official, Organ
from reports.ecology.states import Completeness, Manner, Receiver

AREA = forms.Textarea
NOT_VACANT = "必填，职务空缺的除外"


class AppraisalFilter(Filter):
    """Units by year, organ, state and words."""

    year = forms.ChoiceField(label="年度", required=False)
    organ = forms.ModelChoiceField(Organ.objects.none(), label="监督单位", required=False, empty_label="全部单位")
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *Completeness.choices])

    def __init__(self, *args: Any, organs: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", organs)
        field: Any = self.fields["year"]
        field.choices = [("", "本年"), *((str(one), f"{one}年") for one in range(year, year - 5, -1))]


class TextForm(forms.Form):
    """One text in the writer's own words; its label is the prompt in force."""

    text = forms.CharField(label="评价", max_length=8000, widget=AREA(attrs={"rows": 14}))
    articles = {"text": "A11"}

    def __init__(self, *args: Any, prompt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = f"{prompt}。由人撰写，不打分、不评等次；不写身份证号和家庭情况。"


class PersonForm(TextForm):
    """A text about a member of the team, chosen from the register."""

    official = forms.ModelChoiceField(Official.objects.none(), label="班子成员", empty_label="（请选择）")
    field_order = ("official", "post", "text", "vacancy")

    def __init__(self, *args: Any, officials: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "official", officials)


class TopLeaderForm(PersonForm):
    """一把手: the post by name; the person and his text, or why the post is vacant."""

    official = forms.ModelChoiceField(
        Official.objects.none(), label="“一把手”", required=False, empty_label="（职务空缺的不选）",
        help_text="从监察对象登记中选择。没有的，请先在“单位名录”的“监察对象”中登记。",
    )  # fmt: skip
    post = forms.CharField(label="职务名称", max_length=80, help_text="例如党委书记、局长。")
    text = forms.CharField(label="评价", max_length=8000, required=False, widget=AREA(attrs={"rows": 14}))
    vacancy = forms.CharField(label="空缺原因", max_length=300, required=False, help_text="写明空缺起止和原因。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, when in {"official": NOT_VACANT, "text": NOT_VACANT, "vacancy": "职务空缺的必填，其他不填"}.items():
            setattr(self.fields[name], "when", when)  # noqa: B010


class PromptsForm(forms.Form):
    """A new wording of the four prompts."""

    valid_from = forms.DateField(label="自哪一天起用", help_text="只用于这一天及以后的撰写页面。")
    team = forms.CharField(label="领导班子", max_length=300, widget=AREA(attrs={"rows": 2}))
    top_leader = forms.CharField(label="“一把手”", max_length=300, widget=AREA(attrs={"rows": 2}))
    member = forms.CharField(label="其他班子成员", max_length=300, widget=AREA(attrs={"rows": 2}))
    conclusion = forms.CharField(label="综合评价", max_length=300, widget=AREA(attrs={"rows": 2}))
    articles = {"team": "A11"}


class ReasonForm(forms.Form):
    """Why something approved is written anew."""

    reason = forms.CharField(label="更正理由", max_length=300)
    articles = {"reason": "A11"}


class OutlineForm(forms.Form):
    """The parts of the year's report, one heading a line."""

    headings = forms.CharField(
        label="各部分标题", max_length=2000, widget=AREA(attrs={"rows": 14}),
        help_text="每行一个，按报告顺序排列。改名的部分按新增处理，原部分须先清空。下一年度沿用本年度的设置。",
    )  # fmt: skip
    articles = {"headings": "A11"}


class SectionForm(forms.Form):
    """One part: its words and the problems it leans on."""

    text = forms.CharField(label="正文", max_length=30000, required=False, widget=AREA(attrs={"rows": 16}))
    codes = forms.CharField(
        label="其他问题编号", max_length=1000, required=False, help_text="如2026-00012，多个用顿号隔开。"
    )
    articles = {"text": "A11"}


class CompileForm(forms.Form):
    """Why the report goes up without some units."""

    missing_reason = forms.CharField(
        label="未纳入说明", max_length=500, required=False, widget=AREA(attrs={"rows": 2}),
        help_text="有单位没有已批准的评价时，写明原因。",
    )  # fmt: skip


class DispatchForm(forms.Form):
    """One copy that left."""

    receiver = forms.ChoiceField(label="报送对象", choices=Receiver.choices, widget=forms.RadioSelect)
    recipient = forms.CharField(
        label="收件人（单位）", max_length=80, help_text="例如县委书记张某某、县委组织部干部科。"
    )
    sent_on = forms.DateField(label="报送日期")
    manner = forms.ChoiceField(label="报送方式", choices=Manner.choices)
    articles = {"receiver": "A11"}


class ReceiptForm(forms.Form):
    """Its receipt."""

    received_on = forms.DateField(label="回执日期")
    received_by = forms.CharField(label="签收人", max_length=40)
    filing_no = forms.CharField(label="备案编号", max_length=60, required=False)
    articles = {"received_on": "A11"}

    def __init__(self, *args: Any, filing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if filing:
            self.fields["filing_no"].required = True
        else:
            del self.fields["filing_no"]
