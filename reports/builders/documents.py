"""Documents to units and typical bulletins as papers: the frozen text where there is one, a draft's with its watermark (A9.7e)."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.paper import Attachment, Block, Heading, Paper, Paragraph
from supervision.documents.kinds import DocumentStep
from supervision.documents.words import text_of
from supervision.models import IssuedDocument, TypicalBulletin

NUMERALS = "一二三四五六七八九十"


def paper(record: IssuedDocument | TypicalBulletin) -> Paper:
    """Any kind of document, and a bulletin, from the words frozen at issue or as they stand now."""
    text = text_of(record)
    day = date.fromisoformat(text["signed_on"]) if text["signed_on"] else None
    sent = text.get("issued_on", "")  # papers frozen earlier bear one day for both
    return Paper(
        title=text["title"], issuer=text["issuer"], doc_no=text["doc_no"], secrecy=text["secrecy"],
        recipients=text["recipients"], blocks=_blocks(text["blocks"]), attachments=_annexes(text), signer=text["signer"], signed_on=day,
        copies_to=text["copies_to"], printed_by=text["issuer"] if day else "",
        printed_on=date.fromisoformat(sent) if sent else None, watermark=_watermark(record),
        digest=record.digest if record.is_intact else "",
    )  # fmt: skip


def _watermark(record: Any) -> str:
    if record.step == DocumentStep.VOIDED:
        return "作废"
    return "" if record.issued_on else "草稿"


def _blocks(parts: list[dict[str, Any]]) -> list[Block]:
    found: list[Block] = []
    number = 0
    for part in parts:
        words = [Paragraph(text) for text in part.get("paragraphs", ())]
        points = [Paragraph(f"{point['seq']}.{point['text']}{_code(point)}") for point in part.get("points", ())]
        if part["heading"] and (words or points):
            numeral = NUMERALS[number] if number < len(NUMERALS) else str(number + 1)
            found.append(Heading(f"{numeral}、{part['heading']}"))
            number += 1
        found += [*words, *points]
    return found


def _annexes(text: dict[str, Any]) -> list[Attachment]:
    """Named below the body; the files travel with the paper."""
    return [Attachment(one["name"].rpartition(".")[0] or one["name"]) for one in text.get("annexes", ())]


def _code(point: dict[str, Any]) -> str:
    return f"（问题编号{point['code']}）" if point["code"] else ""
