"""Forms of the import: the file, and what the clerk decides about columns and names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from ledgers.sheets import FIELDS, MAX_BYTES, CellError, Directory, Reading

IGNORED = ("", "不导入")
NOT_CHOSEN = ("", "不在其中，由我改正表格")


class UploadForm(forms.Form):
    """A workbook for one year."""

    year = forms.IntegerField(label="台账年度", min_value=2000, max_value=2100)
    file = forms.FileField(
        label="台账文件",
        help_text="接受 .xlsx、.xls 和 .et，不超过20MB。先显示逐行预览，确认以后才写入。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et"}),
        error_messages={
            "required": "请选择台账文件。",
            "empty": "文件是空的，没有任何内容。请重新选择台账文件。",
            "max_length": "文件名过长，请改短后再上传。",
        },
        max_length=200,
    )

    def clean_file(self) -> Any:
        """Size first: nothing larger is read at all."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("文件超过20MB。请删去图片和无关的工作表，或者分成几个文件上传。")
        return file


class DecisionsForm(forms.Form):
    """Which heading holds which column, and which name an unknown wording means. Fields come from the reading."""

    def __init__(self, data: Any, reading: Reading, directory: Directory) -> None:
        super().__init__(data)
        self.labels = [heading.label for heading in reading.headings]
        self.texts = unknown_names(reading.errors)
        known = [IGNORED, *FIELDS.items()]
        for number, heading in enumerate(reading.headings):
            current = heading.field if heading.field in FIELDS else ""
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=f"{heading.letter}列：{heading.label}", choices=known, required=False, initial=current
            )
        for number, ((kind, text), near) in enumerate(self.texts.items()):
            names = directory.units if kind == "unit" else directory.tasks
            ordered = [*near, *(name for name in names if name not in near)]
            self.fields[f"name_{number}"] = forms.ChoiceField(
                label=f"{FIELDS[kind]}“{text}”",
                choices=[NOT_CHOSEN, *((name, name) for name in ordered)],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """One column per field."""
        chosen = [value for value in self._columns().values() if value]
        for name in {value for value in chosen if chosen.count(value) > 1}:
            self.add_error(None, f"“{FIELDS[name]}”选了两列，只能选一列。")
        return self.cleaned_data

    def _columns(self) -> dict[str, str]:
        return {label: self.cleaned_data.get(f"column_{number}", "") for number, label in enumerate(self.labels)}

    def mapping(self, reading: Reading) -> dict[str, str]:
        """Heading -> field when the clerk changed anything, else nothing."""
        columns = self._columns()
        before = {label: name if name in FIELDS else "" for label, name in reading.mapping.items()}
        if columns == before:
            return {}
        layout = {label: name for label, name in reading.mapping.items() if name not in FIELDS}
        return {label: name or layout.get(label, "") for label, name in columns.items()}

    def choices(self) -> dict[str, str]:
        """Wording -> proper name, for those that the clerk explained."""
        picked = {text: self.cleaned_data.get(f"name_{number}") for number, (_kind, text) in enumerate(self.texts)}
        return {text: name for text, name in picked.items() if name}

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The part about columns."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        """The part about names."""
        return [self[name] for name in self.fields if name.startswith("name_")]


def unknown_names(errors: Iterable[CellError]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(kind, wording) -> near names, once for every wording that is no name of the organ."""
    return {
        (error.column, error.text): error.choices
        for error in errors
        if error.column in ("task", "unit") and error.text and not error.text.startswith(("=", "＝"))
    }
