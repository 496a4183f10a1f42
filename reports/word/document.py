"""From a paper to Word by the facts of GB/T 9704-2012; the same content as the PDF, open to the office's own hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from accounts.calendar import SHANGHAI
from reports.measures import (
    AREA_MM,
    LINE_CHARACTERS,
    WIDE_MM,
    em_width,
    enclosure_lead,
    head_size,
    plain_rights,
    seal_right,
)
from reports.paper import Block, Drawing, Heading, Paper, Paragraph, Table, chinese_day
from reports.titles import title_lines
from reports.word.furniture import fill_edges
from reports.word.oxml import clean, exact, indent, node, paragraph, run, spacer
from reports.word.styles import LINE, MM, Faces, faces_of, set_page, write_styles
from reports.word.tables import imprint, table

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD_TOP_MM = 35
LONGEST_KEPT = 280  # characters, ten lines: a longer paragraph would go over whole and leave its own page empty
LONGEST_PROPERTY = 255  # characters of a title or author in the file's properties
RULE_MM = 1.7  # from the line of the number, whose own air makes it 4 mm from the characters


class Sheets:
    """The file while it is being written; turns the page when a wide table comes and back after it."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.faces = paper, faces_of(paper)
        self.file: Any = Document()
        write_styles(self.file.styles.element, self.faces)
        self.wide = paper.landscape
        set_page(self.file.sections[0]._sectPr, wide=self.wide)
        fill_edges(self.file, paper, self.faces)

    def add(self, *elements: Any) -> None:
        """At the end, before the properties of the last section."""
        for element in elements:
            self.file.element.body.sectPr.addprevious(element)

    def turn(self, *, wide: bool) -> bool:
        """From the next paragraph on: a new page of the other orientation, if it is another."""
        if wide == self.wide:
            return False
        self.wide = wide
        if self.last is None:
            set_page(self.file.sections[-1]._sectPr, wide=wide)
            return True
        self.file.add_section()
        _shrink(self.last)
        set_page(self.file.sections[-1]._sectPr, wide=wide)
        return True

    @property
    def characters(self) -> float:
        """Characters of the body in a line of the page that is being written."""
        return LINE_CHARACTERS * (WIDE_MM / AREA_MM if self.wide else 1)

    @property
    def last(self) -> Any:
        """The element written last, none at the beginning."""
        body = list(self.file.element.body)
        return body[-2] if len(body) > 1 else None

    def bytes(self) -> bytes:
        """The finished file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def to_docx(paper: Paper) -> bytes:
    """The paper as a Word file."""
    sheets = Sheets(paper)
    _properties(sheets.file.core_properties, paper)
    _head(sheets)
    _blocks(sheets, paper.blocks)
    _closing(sheets)
    _annexes(sheets)
    _imprint(sheets)
    return sheets.bytes()


def _properties(core: Any, paper: Paper) -> None:
    core.title = clean(paper.title).replace("\n", "")[:LONGEST_PROPERTY]
    core.author = core.last_modified_by = clean(paper.signer or paper.issuer).replace("\n", "、")[:LONGEST_PROPERTY]
    core.comments = core.keywords = ""
    if paper.signed_on:  # the clock stays out of it: the same paper is the same file
        core.created = core.modified = datetime.combine(paper.signed_on, time(), SHANGHAI)


def _shrink(element: Any) -> None:
    """The paragraph that carries a section's end takes no room, so that a full table brings no empty page."""
    ppr = element.get_or_add_pPr()
    ppr.insert(0, exact(1))
    ppr.insert(0, node("snapToGrid", val=0))


def _head(sheets: Sheets) -> None:
    paper = sheets.paper
    if paper.formal:
        _marks(sheets)
    if paper.issuer:
        _red_head(sheets)
        sheets.add(*_number(paper, sheets.faces), _red_rule())
    before = [exact(LINE, before=2 * LINE, after=LINE)] if paper.issuer else []
    sheets.add(paragraph("\n".join(title_lines(paper.title, wide=sheets.wide)), "PaperTitle", *before))
    sheets.add(*(paragraph(line, "HeadLine") for line in paper.head_lines))
    if paper.recipients:
        sheets.add(paragraph(f"{paper.recipients}：", "Flush"))


def _marks(sheets: Sheets) -> None:
    paper = sheets.paper
    styles = [("Flush", paper.copy_no), ("Mark", paper.secrecy), ("Mark", paper.urgency)]
    sheets.add(*(paragraph(text, style) for style, text in styles if text))
    sheets.add(spacer(HEAD_TOP_MM * MM / 20 - len(paper.marks) * LINE))


def _red_head(sheets: Sheets) -> None:
    size = head_size(sheets.paper.issuer)
    after = LINE * (2 if sheets.paper.formal else 1)
    sheets.add(
        paragraph(
            [run(sheets.paper.issuer, size=size)], "RedHead", exact(size * 1.1, after=after), node("snapToGrid", val=0)
        )
    )


def _number(paper: Paper, faces: Faces) -> list[Any]:
    if not paper.approver:
        return [paragraph(paper.doc_no, "Flush", node("jc", val="center"))] if paper.doc_no else []
    runs = [run(f"{paper.doc_no}\t签发人："), run(paper.approver, face=faces.kai)]
    stop = node("tabs", node("tab", val="right", pos=round((WIDE_MM if paper.landscape else AREA_MM) * MM - 320)))
    return [paragraph(runs, "Flush", stop, indent(left=1, right=1, firstLine=0), node("jc", val="left"))]


def _red_rule() -> Any:
    return spacer(RULE_MM * MM / 20, node("pBdr", node("bottom", val="single", sz=16, space=0, color="D7000F")))


def _blocks(sheets: Sheets, blocks: Sequence[Block]) -> None:
    for block in blocks:
        sheets.turn(wide=sheets.paper.landscape or (isinstance(block, Table) and block.landscape))
        if isinstance(block, Heading):
            sheets.add(paragraph(block.text, f"Heading{block.level}"))
        elif isinstance(block, Paragraph):
            lead = [run(block.lead, face=sheets.faces.kai)] if block.lead else []
            sheets.add(paragraph([*lead, run(block.rest)], "Flush" if block.flush else ""))
        elif isinstance(block, Drawing):  # a drawing stays in the PDF; its numbers are in the table below
            sheets.add(paragraph(block.text, "Flush"))
        else:
            _table(sheets, block)


def _table(sheets: Sheets, block: Table) -> None:
    if block.caption:
        sheets.add(paragraph(block.caption, "Heading1", *([indent(firstLine=0)] if sheets.wide else [])))
    sheets.add(table(block, wide=sheets.wide, hei=sheets.faces.hei))
    if block.foot:
        _keep(sheets)
        sheets.add(*(paragraph(line, "HeadLine", *_kept(line is not block.foot[-1])) for line in block.foot))


def _kept(followed: bool) -> list[Any]:
    return [node("keepNext")] if followed else []


def _closing(sheets: Sheets) -> None:
    paper = sheets.paper
    lead = enclosure_lead(paper)
    if paper.enclosures() or paper.signer or paper.annotation or paper.digest:
        sheets.turn(wide=paper.landscape or paper.closes_sideways)
    if paper.enclosures() and paper.signer and sheets.last is not None:
        _keep(sheets)
    for number, (mark, name) in enumerate(paper.enclosures()):
        text = f"{'　　　' if number else ''}{mark}{name}"
        parts = [indent(left=2 + lead, hanging=lead), node("keepNext")]
        sheets.add(paragraph(text, "", *parts, *([exact(LINE, before=LINE)] if not number else [])))
    if paper.signer:
        _signature(sheets)
    if paper.annotation:
        sheets.add(paragraph(f"（{paper.annotation}）"))
    if paper.digest:
        sheets.add(paragraph(f"内容锁定摘要（SM3）：{paper.digest}", "Small", exact(14, before=11)))


def _signature(sheets: Sheets) -> None:
    """Name and date; with a seal both are centred on one axis, so that no reader's widths can part them."""
    paper = sheets.paper
    _keep(sheets)
    places = _centred(paper, sheets.characters) if paper.sealed else _stepped(paper)
    above = exact(LINE, before=LINE * (2 if paper.sealed else 1))
    followed = [node("keepNext")] if paper.annotation else []
    sheets.add(paragraph(paper.signer, "Flush", *places[0], above, node("keepNext")))
    sheets.add(paragraph(chinese_day(paper.signed_on), "Flush", *places[1], *followed))


def _centred(paper: Paper, characters: float) -> list[list[Any]]:
    axis = seal_right(paper) + em_width(chinese_day(paper.signed_on)) / 2
    return [[indent(left=max(characters - 2 * axis, 0), firstLine=0), node("jc", val="center")] for _ in range(2)]


def _stepped(paper: Paper) -> list[list[Any]]:
    return [[indent(right=right, firstLine=0), node("jc", val="right")] for right in plain_rights(paper)]


def _keep(sheets: Sheets) -> None:
    """The end of the body goes over with the signature, so that no page has the signature alone."""
    last = sheets.last
    ends = [last] if last.tag == qn("w:p") else list(list(last.iter(qn("w:tr")))[-1].iter(qn("w:p")))
    for end in ends:
        if len("".join(end.itertext())) <= LONGEST_KEPT:
            end.get_or_add_pPr().keepNext_val = True


def _annexes(sheets: Sheets) -> None:
    for label, one in sheets.paper.annexes():
        sideways = all(isinstance(block, Table) and block.landscape for block in one.blocks)
        turned = sheets.turn(wide=sideways or sheets.paper.landscape)
        sheets.add(paragraph(label, "Mark", node("keepNext"), *([] if turned else [node("pageBreakBefore")])))
        sheets.add(
            paragraph(
                "\n".join(title_lines(one.title, wide=sheets.wide)), "PaperTitle", exact(LINE, before=LINE, after=LINE)
            )
        )
        _blocks(sheets, one.blocks)


def _imprint(sheets: Sheets) -> None:
    if sheets.paper.has_imprint:
        if sheets.turn(wide=sheets.paper.landscape):
            sheets.add(spacer())  # a page that begins with the hanging table would not be begun at all
        sheets.add(imprint(sheets.paper))
    if sheets.last.tag == qn("w:tbl"):  # Word wants a paragraph after a table; the 版记 hangs on it
        sheets.add(spacer())
