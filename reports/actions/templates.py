"""The office puts its own Word template in, or takes it out again; papers are written by the template in use."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.digest import sm3
from accounts.permissions import Permission, anywhere
from accounts.workflow import Refused
from reports.kinds import KINDS
from reports.models import PaperTemplate
from reports.paper import Paper
from reports.word.document import to_docx
from reports.word.template import check_template, context_of, docx_from_template

MOST_BYTES = 5 * 1024 * 1024


@transaction.atomic
def put_template(kind: str, upload: Any, *, by: Any, at: datetime) -> PaperTemplate:
    """Take a Word template into use; the one before it is kept. Raises `Refused` with what is wrong and what to do."""
    if not anywhere(by, Permission.DIRECT):
        raise Refused("文稿模板由党风政风监督室负责人更换。", "A9.7e")
    if kind not in KINDS:
        raise Refused("请选择文种。")
    name = (upload.name if upload is not None else "") or ""
    if upload is None or not name.lower().endswith(".docx"):
        raise Refused("请上传 Word 模板（.docx）。")
    if upload.size > MOST_BYTES:
        raise Refused("模板超过5MB，请删去其中的大图片后重新上传。")
    data = upload.read()
    if faults := check_template(data):
        raise Refused("；".join(faults[:5]))
    for older in PaperTemplate.objects.select_for_update().filter(kind=kind, replaced_at__isnull=True):
        older.replaced_at = at
        older.save()
    made = PaperTemplate(organ=by.organ, kind=kind, name=name[-200:], digest=sm3(data), uploaded_by=by, uploaded_at=at)
    made.file.save(f"{sm3(data)[:24]}.docx", ContentFile(data), save=False)
    made.save()
    return made


@transaction.atomic
def drop_template(template: PaperTemplate, *, by: Any, at: datetime) -> None:
    """Go back to the layout of the standard. Raises `Refused`."""
    if not anywhere(by, Permission.DIRECT):
        raise Refused("文稿模板由党风政风监督室负责人更换。", "A9.7e")
    if template.replaced_at is not None:
        raise Refused("这个模板已停用，无须再停用。")
    template.replaced_at = at
    template.save()


def as_word(kind: str, paper: Paper) -> bytes:
    """The Word file of a paper: by the office's template for its kind, else by the standard.

    Raises `reports.word.template.TemplateRefused` where the kept template no longer fits.
    """
    template = PaperTemplate.objects.in_use(kind)
    if template is None:
        return to_docx(paper)
    with template.file.open("rb") as file:
        return docx_from_template(file.read(), context_of(paper))


def example(template: PaperTemplate, paper: Paper) -> io.BytesIO:
    """A template filled with an example, for the preview."""
    with template.file.open("rb") as file:
        return io.BytesIO(docx_from_template(file.read(), context_of(paper)))
