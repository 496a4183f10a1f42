"""One PDF of many papers: each set by its own builder, joined with running page numbers, contents and bookmarks.

Each paper is laid out alone and only its finished pages are kept, so that the memory follows the longest paper, not the packet.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from pypdf import PdfReader, PdfWriter

from accounts.calendar import spoken
from reports.committee.annexes import Annex, annexes_of, files_of
from reports.committee.materials import MARKING, heading, parts
from reports.models import AgendaItem, CommitteeMeeting
from reports.paper import Paper, Paragraph, Table
from reports.pdf import to_pdf

CONTENTS = (("序号", 8), ("议题", 56), ("汇报单位", 24), ("页码", 12))


@dataclass(frozen=True)
class Sheaf:
    """Finished pages of one paper: under which item (None for the front), with which bookmark, from which page on."""

    item: int | None
    label: str
    data: bytes
    pages: int
    first: int


@dataclass(frozen=True)
class Bound:
    """The packet: its bytes, number of pages, and the page on which each item begins."""

    data: bytes
    pages: int
    starts: list[int]


def bind(meeting: CommitteeMeeting, *, on: date, progress: Callable[[int, int], None]) -> Bound:
    """Lay out every item after the other; contents last, when the pages are known. `on` is the day of the packet."""
    items = list(meeting.items.filter(decision="").with_papers())  # put off and withdrawn ones are not on the table
    total = len(items) + 2
    progress(0, total)
    title = _sheaf(title_paper(meeting, len(items), on=on), None, "封面", 1)
    empty = _sheaf(contents_paper(items, [0] * len(items)), None, "目录", title.pages + 1)
    sheaves, files = list[Sheaf](), files_of(items)
    page = title.pages + empty.pages + 1
    for number, item in enumerate(items):
        for sheaf in _of_item(item, number, page, annexes_of(files.get(item.pk, ())), on=on):
            sheaves.append(sheaf)
            page += sheaf.pages
        progress(number + 1, total)
    starts = [next(one.first for one in sheaves if one.item == number) for number in range(len(items))]
    contents = _sheaf(contents_paper(items, starts), None, "目录", title.pages + 1)
    return Bound(_joined(meeting, items, [title, contents, *sheaves]), page - 1, starts)


def _of_item(item: AgendaItem, number: int, page: int, annexes: Sequence[Annex], *, on: date) -> Iterator[Sheaf]:
    """The item's sheet, its paper, then the annexes that are pages."""
    for label, paper in parts(item, on=on, annexes=annexes):
        sheaf = _sheaf(paper, number, label, page)
        page += sheaf.pages
        yield sheaf
    for order, annex in enumerate(annexes, 1):
        if annex.pages:
            yield Sheaf(number, f"附件{order}　{annex.name}", annex.data, annex.pages, page)
            page += annex.pages


def _sheaf(paper: Paper, item: int | None, label: str, first: int) -> Sheaf:
    data = to_pdf(paper, first_page=first, tagged=False)
    return Sheaf(item, label, data, len(PdfReader(io.BytesIO(data)).pages), first)


def _joined(meeting: CommitteeMeeting, items: Sequence[AgendaItem], sheaves: Sequence[Sheaf]) -> bytes:
    writer, parents = PdfWriter(), {}
    writer.add_metadata({"/Title": f"{meeting}议题材料", "/Author": settings.OFFICE_NAME})
    for one in sheaves:
        writer.append(io.BytesIO(one.data), import_outline=False)
        at = one.first - 1
        if one.item is None:
            writer.add_outline_item(one.label, at)
            continue
        if one.item not in parents:
            parents[one.item] = writer.add_outline_item(heading(items[one.item]), at)
        writer.add_outline_item(one.label, at, parent=parents[one.item])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def title_paper(meeting: CommitteeMeeting, count: int, *, on: date) -> Paper:
    """The first page: which meeting, when, where, under whom."""
    facts = {"时间": spoken(meeting.held_on), "地点": meeting.place, "主持": meeting.chair,
             "出席": "、".join(meeting.names(meeting.present)), "请假": "、".join(meeting.names(meeting.absent)),
             "列席": "、".join(meeting.names(meeting.attending)), "议题": f"共{count}项"}  # fmt: skip
    return Paper(
        title=f"{meeting}\n议题材料", issuer=settings.OFFICE_NAME, marking=MARKING, signer=f"{settings.OFFICE_NAME}办公室",
        blocks=[Paragraph(f"{label}：{words}") for label, words in facts.items() if words], signed_on=on,
    )  # fmt: skip


def contents_paper(items: Sequence[AgendaItem], starts: Sequence[int]) -> Paper:
    """The agenda with the page of each item."""
    rows = [
        (str(item.position), item.title, item.reporter.name, str(start) if start else "000")
        for item, start in zip(items, starts, strict=True)
    ]
    return Paper(title="会议议程", blocks=[Table(CONTENTS, rows, landscape=False)], marking=MARKING)
