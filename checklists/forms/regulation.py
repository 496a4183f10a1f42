"""The form for the office's own wording of the regulation."""

from django import forms


class WordingForm(forms.Form):
    """One document, and for a new edition the day from which it is in force."""

    file = forms.FileField(label="制度原文（.txt 或 .docx）", error_messages={"required": "请选择制度原文文件。"})
    in_force_from = forms.DateField(
        label="施行日期", required=False, help_text="文号与现行制度不同时填写，作为新版与旧版并存。"
    )
    articles = {"file": "A12", "in_force_from": "A13"}
