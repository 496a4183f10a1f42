"""A field for several files at once; what may be kept is decided by the action that takes them."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.uploads import ACCEPT


class FilesInput(forms.ClearableFileInput):
    """Lets the browser choose several files, or take a photograph on a phone."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleans to a list of uploads, empty where none was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput(attrs={"accept": ACCEPT}))
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", "PDF、Word、Excel、OFD 或图片，可一次选多个，单个不超过20MB。")
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file for itself."""
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in chosen if file]
