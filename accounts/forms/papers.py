"""What the committee decided, as its secretary registers it."""

from django import forms

from accounts.models import ScResolution


class ResolutionForm(forms.ModelForm):
    """会议日期、意见 and whether the paper passed (A6.1f)."""

    approved = forms.TypedChoiceField(
        label="会议决定",
        choices=[("yes", "通过"), ("no", "未通过，退回修改")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ScResolution
        fields = ("kind", "meeting_on", "meeting_no", "agenda_no", "attendance", "approved", "opinion")
        widgets = {"meeting_on": forms.DateInput(attrs={"type": "date"}), "opinion": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, object]:
        """A paper that goes back needs the committee's words."""
        data = super().clean() or self.cleaned_data
        if data.get("approved") is False and not str(data.get("opinion", "")).strip():
            self.add_error("opinion", "未通过的须写明会议意见，报送单位才知道怎样修改。")
        return data
