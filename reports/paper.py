"""What a paper says, apart from how it looks: one content for PDF today and for Word tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Heading:
    """一、 (level 1), （一） (level 2), 1. (level 3)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Body text; `flush` leaves out the indent of two characters."""

    text: str
    flush: bool = False


@dataclass(frozen=True)
class Table:
    """Columns as (heading, share of the width), rows of texts; a landscape table gets pages of its own."""

    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    landscape: bool = True


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """One document: red head, number, title, addressees, body, signature, and what stands at the end."""

    title: str
    issuer: str = ""  # the red head, empty for papers without one
    doc_no: str = ""
    secrecy: str = ""
    recipients: str = ""
    blocks: Sequence[Block] = ()
    signer: str = ""
    signed_on: date | None = None
    copies_to: str = ""
    printed_by: str = ""
    watermark: str = ""
    digest: str = ""
    landscape: bool = False  # the whole paper lies on its side: ledgers
    head_lines: Sequence[str] = field(default_factory=tuple)

    def texts(self) -> str:
        """Every character of the paper, for choosing faces that have them all."""
        parts = [self.title, self.issuer, self.doc_no, self.recipients, self.signer, self.copies_to, *self.head_lines]
        for block in self.blocks:
            if isinstance(block, Table):
                parts += (
                    [heading for heading, _ in block.columns]
                    + [cell for row in block.rows for cell in row]
                    + [block.caption]
                )
            else:
                parts.append(block.text)
        return "".join(parts)


def chinese_day(day: date | None) -> str:
    """成文日期: 2026年3月5日, Arabic digits, no padding."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
