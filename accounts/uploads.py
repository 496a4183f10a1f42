"""Files from people: an allow-list by name and by content, a size, a random stored name, a digest."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import uuid4

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from accounts.contents import fault_of
from accounts.digest import sm3
from accounts.models import Attachment
from accounts.workflow import Refused

MOST_BYTES = 20 * 1024 * 1024
ZIP, PDF = "application/zip", "application/pdf"
# Extension -> what the first bytes must say, and what the file is served as.
KINDS = {
    "pdf": ({PDF}, PDF),
    "docx": ({"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP},
             "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP},
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ofd": ({ZIP}, "application/ofd"),
    "jpg": ({"image/jpeg"}, "image/jpeg"),
    "jpeg": ({"image/jpeg"}, "image/jpeg"),
    "png": ({"image/png"}, "image/png"),
}  # fmt: skip
ACCEPT = ",".join(f".{kind}" for kind in KINDS)


# What Windows forbids in a name, and what makes a name a formula in the next person's spreadsheet.
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_FORMULA_SIGNS = "=+-@ ＝＋－＠"


def clean_name(name: str) -> str:
    """The name to show: no folders, no control or direction characters, no formula, at most 120 characters."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(char for char in base if char.isprintable()).translate(_FORBIDDEN).lstrip(_FORMULA_SIGNS)
    stem, dot, ending = kept.rpartition(".")
    return f"{stem.strip()[:110] or '文件'}{dot}{ending[:8]}" if dot else kept[:120] or "文件"


def checked(upload: UploadedFile | None) -> tuple[str, bytes, str]:
    """Name, bytes and type of an upload that may be kept. Raises `Refused` with what to do instead."""
    if upload is None:
        raise Refused("请选择要上传的文件。")
    name = clean_name(upload.name or "")
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise Refused(f"“{name}”的格式不能上传，请用 PDF、Word（.docx）、Excel（.xlsx）、OFD 或 JPG、PNG 图片。")
    if not upload.size or upload.size > MOST_BYTES:
        raise Refused(f"“{name}”是空文件。" if not upload.size else f"“{name}”超过20MB，请压缩或拆分后再上传。")
    data = upload.read()
    found = filetype.guess(data[:8192])
    allowed, served = KINDS[ending]
    if found is None or found.mime not in allowed:
        raise Refused(f"“{name}”的内容与扩展名不符，请核对文件后重新上传。")
    if fault := fault_of(ending, data):
        raise Refused(f"“{name}”不能上传：{fault}后再上传。")
    return name, data, served


def attach(
    subject: models.Model,
    upload: UploadedFile | None,
    *,
    organ_id: int,
    by: Any,
    at: datetime,
    purpose: str = "evidence",
) -> Attachment:
    """Keep one file with a record. Raises `Refused`."""
    name, data, served = checked(upload)
    assert upload is not None
    upload.seek(0)
    attachment = Attachment(subject=subject, organ_id=organ_id, purpose=purpose, name=name, content_type=served,
                            size=len(data), digest=sm3(data), uploaded_by=by, uploaded_at=at)  # fmt: skip
    attachment.file.save(f"{uuid4().hex}.{name.rpartition('.')[2].lower()}", upload, save=False)
    attachment.save()
    return attachment
