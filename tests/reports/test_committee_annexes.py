"""附件 in the packet: bound in behind the item's own paper, or named with the reason; never in the way of the packet (A6.1f)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter

from accounts import jobs
from accounts.models.files import RESTRICTED
from accounts.uploads import attach
from reports.committee.annexes import from_pdf, from_picture
from reports.models import AgendaItem, MeetingPacket
from tests.factories import County, county, enter
from tests.hostile import HOSTILE, word
from tests.reports.committee_cases import CALLED, ask, called, fixed, put, tabled_report

pytestmark = pytest.mark.django_db


def pages(*widths: int, password: str = "") -> bytes:
    """A PDF of blank pages of these widths, locked where a password is given."""
    writer, out = PdfWriter(), io.BytesIO()
    for width in widths:
        writer.add_blank_page(width, 800)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, form)
    return out.getvalue()


@pytest.fixture
def cast() -> County:
    return county()


def tabled(cast: County, *files: tuple[str, bytes]) -> AgendaItem:
    """A report with these files and a question, on a draft agenda."""
    report, meeting = tabled_report(cast), called(cast)
    for name, data in files:
        keep(report, name, data, cast)
    item = put(cast, meeting, f"report:{report.pk}")
    ask(cast, meeting)
    return item


def keep(report: Any, name: str, data: bytes, cast: County, **more: Any) -> Any:
    return attach(report, SimpleUploadedFile(name, data), organ_id=report.organ_id, by=cast.nongye, at=CALLED, **more)


def bound(cast: County, item: AgendaItem) -> PdfReader:
    fixed(cast, item.meeting)
    jobs.run_waiting(at=CALLED)
    return PdfReader(MeetingPacket.objects.get(meeting=item.meeting).file.open("rb"))


def children(reader: PdfReader, number: int) -> list[tuple[str, int]]:
    """Bookmarks below the item of that number, with their pages from 1."""
    below: Any = [entry for entry in reader.outline if isinstance(entry, list)][number - 1]
    return [(str(one.title), (reader.get_destination_page_number(one) or 0) + 1) for one in below]


def test_annexes_stand_behind_the_paper_and_the_contents_count_them(cast: County) -> None:
    item = tabled(cast, ("现场.png", picture(300, 200)), ("测绘图.pdf", pages(500, 510, 520)), ("说明.docx", word()))
    reader = bound(cast, item)

    marks = children(reader, 1)
    assert [mark[0] for mark in marks] == ["议题单", "材料正文", "附件1　现场.png", "附件2　测绘图.pdf"]
    photo, drawing = marks[2][1], marks[3][1]
    assert drawing == photo + 1
    assert [float(reader.pages[drawing - 1 + n].mediabox.width) for n in range(3)] == [500, 510, 520]
    assert float(reader.pages[photo - 1].mediabox.width) > float(reader.pages[photo - 1].mediabox.height)
    second = children(reader, 2)[0][1]
    assert second == drawing + 3
    contents = reader.pages[1].extract_text().replace("\n", " ")
    assert f"{cast.cso.name} {second}" in contents
    assert f"— {second} —" in reader.pages[second - 1].extract_text()
    sheet = "".join(page.extract_text() for page in reader.pages[2 : marks[1][1] - 1]).replace("\n", "")
    assert "1. 现场.png（附后）" in sheet and "3. 说明.docx（另附）" in sheet


def test_a_damaged_or_locked_file_is_named_and_breaks_nothing(cast: County) -> None:
    half = pages(500)[:-120]
    item = tabled(
        cast, ("锁住.pdf", pages(500, password="x")), ("残缺.pdf", b"%PDF-1.7\n" + b"0" * 40), ("好.pdf", pages(500))
    )
    gone = keep(item.report, "丢失.pdf", pages(400), cast)
    gone.file.storage.delete(gone.file.name)
    changed = keep(item.report, "换过.pdf", pages(400), cast)
    with changed.file.storage.open(changed.file.name, "wb") as stored:
        stored.write(half)

    reader = bound(cast, item)

    assert [mark[0] for mark in children(reader, 1)] == ["议题单", "材料正文", "附件3　好.pdf"]
    words = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    for said in (
        "锁住.pdf（文件设有密码，未装订",
        "残缺.pdf（文件损坏，不能打开，未装订）",
        "丢失.pdf（文件已找不到",
        "换过.pdf（文件与上传时不一致",
    ):
        assert said in words, said


def test_files_about_persons_are_not_even_named(cast: County) -> None:
    item = tabled(cast)
    keep(item.report, "谈话记录.pdf", pages(500), cast, purpose=RESTRICTED)

    reader = bound(cast, item)

    assert [mark[0] for mark in children(reader, 1)] == ["议题单", "材料正文"]
    assert "谈话记录" not in "".join(page.extract_text() for page in reader.pages)


def test_a_new_annex_makes_the_packet_stale(cast: County) -> None:
    item = tabled(cast)
    bound(cast, item)
    client, address = enter(cast.changweihui), reverse("reports:committee_meeting", args=[item.meeting_id])
    assert "议题材料已变动" not in client.get(address).content.decode()

    keep(item.report, "补充.pdf", pages(500), cast)

    assert "议题材料已变动" in client.get(address).content.decode()


def test_nothing_in_an_annex_acts_when_the_packet_is_opened() -> None:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(500, 800)
    writer.add_uri(0, "https://example.invalid/", (0, 0, 100, 100))
    writer.write(out)

    annex = from_pdf("带链接.pdf", out.getvalue())

    assert annex.pages == 1
    assert b"/URI" not in annex.data


@pytest.mark.once
def test_no_hostile_file_breaks_a_packet() -> None:
    for what, name, data, _ in HOSTILE:
        for turned in (from_pdf(name, data), from_picture(name, data)):
            assert turned.note, what
            assert bool(turned.pages) == bool(turned.data) == (turned.note == "附后"), what
