"""What the committee decided, as its secretary registers it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from accounts.models import ScResolution, ScResolutionKind


class ResolutionForm(forms.ModelForm):
    """会议日期、意见 and whether the paper passed (A6.1f).

    `matter` is what the committee decides about where the paper says so: shown, not asked. `fits` answers whether the
    meeting may have been held on a day.
    """

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
        help_texts = {"attendance": "应到、实到人数和请假人员，例如：应到9人，实到8人（某某请假）。"}

    def __init__(
        self, *args: Any, matter: str, fits: Callable[[date], Any], earliest: date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fits = fits
        self.matter = ScResolutionKind(matter).label if matter else ""
        self.fields["attendance"].required = True
        if matter:
            del self.fields["kind"]
        if earliest is not None:
            self.fields["meeting_on"].help_text = f"不早于提请前最后一层的签批日期{earliest:%Y-%m-%d}。"

    def clean_meeting_on(self) -> date:
        """Neither before the paper was signed below, nor to come."""
        day: date = self.cleaned_data["meeting_on"]
        verdict = self.fits(day)
        if not verdict:
            raise forms.ValidationError(verdict.sentence)
        return day

    def clean(self) -> dict[str, object]:
        """A paper that goes back needs the committee's words."""
        data = super().clean() or self.cleaned_data
        if data.get("approved") is False and not str(data.get("opinion", "")).strip():
            self.add_error("opinion", "未通过的须写明会议意见，报送单位才知道怎样修改。")
        return data
