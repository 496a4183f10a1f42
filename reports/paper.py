"""What a paper says, apart from how it looks: one content for PDF and for Word, by the elements of GB/T 9704-2012."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.safestring import SafeString

NUMERALS = "一二三四五六七八九十"
# What Word leaves at the ends of a pasted line; the paper has indents of its own.
EDGES = " \t\u3000\xa0\ufeff\u200b"
ISO_DAY = re.compile(r"(?<![\d-])(\d{4})-(0\d|1[0-2])-([0-2]\d|3[01])(?![\d-])")
FIRST = re.compile(rf"[{NUMERALS}]{{1,3}}、[^。；：！？]{{1,28}}")
SECOND = re.compile(rf"（[{NUMERALS}]{{1,3}}）[^。；：！？]{{1,28}}。?")


@dataclass(frozen=True)
class Heading:
    """一、 (level 1), （一） (level 2), 1. (level 3), （1） (level 4); the mark is part of the text, see `mark`."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Body text; `flush` leaves out the indent of two characters."""

    text: str
    flush: bool = False

    @property
    def lead(self) -> str:
        """（一） with its sentence where more follows on the line: the second level is set in 楷体."""
        found = SECOND.match(self.text)
        return found[0] if found and found[0].endswith("。") else ""

    @property
    def rest(self) -> str:
        """What follows the lead."""
        return self.text[len(self.lead) :]


@dataclass(frozen=True)
class Table:
    """Columns as (heading, share of the width), rows of texts; a landscape table gets pages of its own.

    A row of one text among rows of several leads the rows below it. `foot` stands under the last rows, on their page.
    A `dense` table is set in 8 point where the others have 9, for more columns than those can hold.
    """

    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    landscape: bool = True
    foot: Sequence[str] = ()
    dense: bool = False

    def leads(self, row: Sequence[str]) -> bool:
        """Whether a row is the heading of those below it."""
        return len(row) == 1 < len(self.columns)

    @property
    def lines(self) -> list[tuple[bool, Sequence[str]]]:
        """The rows, each with whether it leads those below."""
        return [(self.leads(row), row) for row in self.rows]


@dataclass(frozen=True)
class Drawing:
    """A chart that the product drew itself, upright and as wide as the lines. `svg` must be markup that was built escaped."""

    svg: SafeString
    alt: str

    def __post_init__(self) -> None:
        """Raises TypeError for plain text: a drawing is made by this product, never typed or uploaded."""
        if not isinstance(self.svg, SafeString):
            raise TypeError("a drawing is markup that the product built")

    @property
    def text(self) -> str:
        """What stands in its place where drawings cannot stand."""
        return f"（图：{self.alt}数字见下表。）"


Block = Heading | Paragraph | Table | Drawing


@dataclass(frozen=True)
class Attachment:
    """附件: named in the 附件说明, printed on a page of its own; without blocks it travels apart and is only named."""

    title: str
    blocks: Sequence[Block] = ()

    def __post_init__(self) -> None:
        """The typed texts as they are set."""
        object.__setattr__(self, "blocks", typeset(self.blocks))


@dataclass(frozen=True)
class Paper:
    """One document: red head, number, title, addressees, body, signature, attachments, and what stands at the end."""

    title: str  # "\n" where the office wants the line to end, else see reports/titles.py
    issuer: str = ""  # the red head as printed, name or name + 文件; empty for papers without one
    doc_no: str = ""  # 发文字号, 〔2026〕3号
    copy_no: str = ""  # 份号, six digits
    secrecy: str = ""  # 密级 and term: 机密★1年
    urgency: str = ""  # 紧急程度: 特急, 加急
    approver: str = ""  # 签发人 of an upward document; moves the number to the left
    recipients: str = ""
    blocks: Sequence[Block] = ()
    attachments: Sequence[Attachment] = ()
    signer: str = ""  # a joint paper has its names in lines of their own
    signed_on: date | None = None
    sealed: bool = True  # room for the seal over name and date; without, the closer form
    annotation: str = ""  # 附注, without its parentheses
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None  # as signed when left out
    marking: str = ""  # level for office use on every page: 内部资料, 工作秘密
    watermark: str = ""
    digest: str = ""
    landscape: bool = False  # the whole paper lies on its side: ledgers
    minutes: bool = False  # 纪要: `issuer` is its red mark, 35 mm below the top; no addressee, and it is not sealed
    head_lines: Sequence[str] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        """The typed texts as they are set; the colon behind 主送 is the paper's own."""
        object.__setattr__(self, "blocks", typeset(self.blocks))
        object.__setattr__(self, "recipients", self.recipients.strip(EDGES).rstrip("：:，,；;。"))

    @property
    def formal(self) -> bool:
        """Whether the head keeps the distances of a numbered document; lists and ledgers begin at the top."""
        return bool(self.issuer and (self.doc_no or self.marks or self.approver or self.minutes))

    @property
    def marks(self) -> list[str]:
        """Top left, one line each, in the order of the standard."""
        return [mark for mark in (self.copy_no, self.secrecy, self.urgency) if mark]

    @property
    def has_imprint(self) -> bool:
        """Whether the last page carries a 版记."""
        return bool(self.copies_to or self.printed_by)

    @property
    def closes_sideways(self) -> bool:
        """Whether signature and notes stand under a wide table, on its page, while the paper itself stands upright."""
        return not self.landscape and bool(self.blocks) and _is_wide(self.blocks[-1])

    @property
    def ends_sideways(self) -> bool:
        """Whether the last page lies on its side while the paper stands: its 版记 then needs an upright page."""
        annexes = self.annexes()
        return not self.landscape and _is_wide(annexes[-1][1].blocks[-1]) if annexes else self.closes_sideways

    @property
    def length(self) -> int:
        """Rows of tables and paragraphs, annexes included: what decides whether somebody can wait for its pages."""
        return sum(len(block.rows) if isinstance(block, Table) else 1 for block in self.all_blocks())

    def enclosures(self) -> list[tuple[str, str]]:
        """附件说明 as (what leads the line, name): numbered only when there are several."""
        if len(self.attachments) == 1:
            return [("附件：", self.attachments[0].title)]
        return [(f"{'附件：' if n == 1 else ''}{n}.", one.title) for n, one in enumerate(self.attachments, 1)]

    def annexes(self) -> list[tuple[str, Attachment]]:
        """What is printed behind the body, as (附件1, attachment)."""
        several = len(self.attachments) > 1
        return [(f"附件{n if several else ''}", one) for n, one in enumerate(self.attachments, 1) if one.blocks]

    def imprint(self) -> tuple[str, str, str]:
        """版记 as (抄送 line, 印发机关, 日期印发); empty texts where there is nothing to say."""
        names = self.copies_to.strip(EDGES).rstrip("，、；。,;. ")
        copies = f"抄送：{names}。" if names else ""
        printed = f"{chinese_day(self.printed_on or self.signed_on)}印发" if self.printed_by else ""
        return copies, self.printed_by, printed if printed != "印发" else ""

    def texts(self) -> str:
        """Every character that is set in the face of the body, for choosing one that has them all."""
        parts = [self.title, self.issuer, self.doc_no, self.copy_no, self.approver, self.recipients, self.signer]
        parts += [self.annotation, *self.imprint(), *self.head_lines]
        for block in self.all_blocks():
            parts += _texts(block)
        return "".join([*parts, *(one.title for one in self.attachments)])

    def all_blocks(self) -> Iterator[Block]:
        """Blocks of the body, then those of the attachments."""
        yield from self.blocks
        for one in self.attachments:
            yield from one.blocks


def typeset(blocks: Sequence[Block]) -> list[Block]:
    """Each typed line a paragraph of its own, empty lines and blanks at the ends left out; a line that is only 一、… or
    （一）… is a heading of its level, so that it has the level's face and never ends a page."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += [_line(line, flush=block.flush) for line in _lines(block.text)]
        elif isinstance(block, Table):
            found.append(replace(block, rows=[[_tidy(cell) for cell in row] for row in block.rows]))
        else:
            found.append(block)
    return found


def _line(text: str, *, flush: bool) -> Block:
    if not flush and SECOND.fullmatch(text):
        return Heading(text, 2)
    return Heading(text) if not flush and FIRST.fullmatch(text) else Paragraph(text, flush)


def _lines(text: str) -> list[str]:
    return [kept for line in re.split(r"[\r\n]+", text) if (kept := line.strip(EDGES))]


def _tidy(cell: str) -> str:
    return "\n".join(_lines(cell)) if isinstance(cell, str) else cell


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _texts(block: Block) -> list[str]:
    if not isinstance(block, Table):
        return [block.text]
    cells = [cell for row in block.rows for cell in row]
    return [*(heading for heading, _ in block.columns), *cells, block.caption, *block.foot]


def mark(level: int, number: int) -> str:
    """What leads a heading: 一、 （一） 1. （1）."""
    return {1: f"{numeral(number)}、", 2: f"（{numeral(number)}）", 3: f"{number}.", 4: f"（{number}）"}[level]


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return lead + (NUMERALS[ones - 1] if ones else "")


def with_chinese_days(text: str) -> str:
    """A text whose days stand as the screen writes them (2026-03-05), as a paper writes them (2026年3月5日)."""
    return ISO_DAY.sub(lambda found: f"{int(found[1])}年{int(found[2])}月{int(found[3])}日", text)


def chinese_day(day: date | None) -> str:
    """成文日期: 2026年3月5日, Arabic digits, no padding."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
