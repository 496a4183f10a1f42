"""附件 of an item's paper: PDF and pictures become pages of the packet, everything else is named and travels apart.

The files come from people. Whatever is wrong with one is said in the packet; it never breaks the packet.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter

from accounts.digest import sm3
from accounts.models import Attachment
from accounts.models.files import RESTRICTED
from reports.models import AgendaItem
from supervision.documents.words import TAKEN_OFF
from supervision.models import InspectionReport

MOST_PAGES = 200  # of one annex: a longer one lies beside the packet
DOTS = 150  # per inch: a photographed page reads well, and the packet stays small
LONG, SHORT, MARGIN = 1754, 1240, 90  # A4 at these dots, and the white around a picture


@dataclass(frozen=True)
class Annex:
    """One file: its name, its pages as a PDF where it is bound in, and what the packet says of it."""

    name: str
    data: bytes = b""
    pages: int = 0
    note: str = ""


def files_of(items: Iterable[AgendaItem]) -> dict[int, list[Attachment]]:
    """Item id -> files of its paper, oldest first, in one query. Files about persons are never among them (A9.6c)."""
    papers = {pair: item.pk for item in items if (pair := _paper(item)) is not None}
    if not papers:
        return {}
    wanted = Q(*(Q(subject_type_id=kind, subject_id=pk) for kind, pk in papers), _connector=Q.OR)
    found: dict[int, list[Attachment]] = {}
    for row in Attachment.objects.filter(wanted).exclude(purpose__in=(RESTRICTED, TAKEN_OFF)).order_by("pk"):
        found.setdefault(papers[row.subject_type_id, row.subject_id], []).append(row)
    return found


def _paper(item: AgendaItem) -> tuple[int, int] | None:
    if item.report_id is not None:
        return ContentType.objects.get_for_model(InspectionReport).pk, item.report_id
    return (item.approval.subject_type_id, item.approval.subject_id) if item.approval is not None else None


def annexes_of(files: Sequence[Attachment]) -> list[Annex]:
    """The files as they come into the packet, in their order."""
    return [_annex(row) for row in files]


def _annex(row: Attachment) -> Annex:
    turn = {"application/pdf": from_pdf, "image/jpeg": from_picture, "image/png": from_picture}.get(row.content_type)
    if turn is None:
        return Annex(row.name, note="另附")
    try:
        with row.file.open("rb") as stored:
            data = stored.read()
    except (OSError, ValueError):
        return Annex(row.name, note="文件已找不到，未装订")
    if sm3(data) != row.digest:
        return Annex(row.name, note="文件与上传时不一致，未装订")
    return turn(row.name, data)


def from_pdf(name: str, data: bytes) -> Annex:
    """A PDF with its own pages; encrypted, damaged and over-long ones are named with the reason."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return Annex(name, note="文件设有密码，未装订，请提请单位提供不带密码的文件")
        count = len(reader.pages)
        if count > MOST_PAGES:
            return Annex(name, note=f"共{count}页，另附")
        return Annex(name, _still(reader), count, "附后") if count else _damaged(name)
    except Exception:  # a stranger's file fails in ways that no library lists; the packet must be made all the same
        return _damaged(name)


def _damaged(name: str) -> Annex:
    return Annex(name, note="文件损坏，不能打开，未装订")


def _still(reader: PdfReader) -> bytes:
    """The pages as they look, without anything that does something when a leader opens the packet."""
    writer = PdfWriter()
    for page in reader.pages:
        page.pop("/AA", None)
        for mark in page.get("/Annots", ()):
            for action in ("/A", "/AA"):
                mark.get_object().pop(action, None)
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def from_picture(name: str, data: bytes) -> Annex:
    """A picture on a page of its own, upright or on its side as it is."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (LONG, LONG))  # a camera's picture is read small, not whole
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
        wide = picture.width > picture.height
        sheet = Image.new("RGB", (LONG, SHORT) if wide else (SHORT, LONG), "white")
        fitted = ImageOps.contain(picture, (sheet.width - 2 * MARGIN, sheet.height - 2 * MARGIN))
        sheet.paste(fitted, ((sheet.width - fitted.width) // 2, (sheet.height - fitted.height) // 2), fitted)
        out = io.BytesIO()
        sheet.save(out, "PDF", resolution=DOTS, quality=85)
    except Exception:  # as above: any fault of the picture is said in the packet
        return _damaged(name)
    return Annex(name, out.getvalue(), 1, "附后")
