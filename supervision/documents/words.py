"""The words of a document and of a bulletin: as drafted, as sent up, as frozen at issue, as printed; and masking of names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.calendar import local_day
from accounts.citations import titled
from accounts.models import Approval, Attachment
from supervision.documents.kinds import POINTS, BulletinScope, DocumentKind
from supervision.models import DocumentPoint, IssuedDocument, TypicalBulletin

MASKED_UNIT, MASKED_PERSON = "某单位", "某同志"
ANNEX, TAKEN_OFF = "annex", "annex_taken_off"  # purposes of a file with a paper


def plain_day(day: date | None) -> str:
    """A day as printed, without padding."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def sentence(text: str) -> str:
    """A text with its end mark."""
    text = text.strip()
    return text if not text or text[-1] in "。！？；" else f"{text}。"


def point_words(point: DocumentPoint) -> str:
    """One point as printed: problem, demand, term, code."""
    parts = [sentence(point.text)]
    if point.demand.strip():
        parts.append(f"整改要求：{sentence(point.demand)}")
    if point.due_on:
        parts.append(f"整改期限：{plain_day(point.due_on)}前。")
    return "".join(parts)


def _paragraphs(text: str) -> list[str]:
    """The lines of a typed text, without the blank ones and the indents that a paste brings."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _points(document: IssuedDocument) -> list[dict[str, Any]]:
    return [
        {"seq": point.seq, "text": point_words(point), "code": point.problem.code if point.problem else ""}
        for point in document.points.select_related("problem")
    ]


def _terms(document: IssuedDocument) -> list[str]:
    letter = document.kind == DocumentKind.SUPERVISION_LETTER
    done = "办结督办事项" if letter else "完成整改"
    words = []
    if document.due_on:
        words.append(f"请于{plain_day(document.due_on)}前{done}。")
    if document.reply_due_on:
        words.append(
            f"请于{plain_day(document.reply_due_on)}前将落实情况书面回复{document.name_organ.name}，并附佐证材料。"
        )
    return words


def document_text(document: IssuedDocument) -> dict[str, Any]:
    """Everything the paper says, as plain values: this is what is frozen and digested at issue (A9.7e)."""
    blocks: list[dict[str, Any]] = []
    letter = document.kind == DocumentKind.SUPERVISION_LETTER
    if letter:
        blocks.append({"heading": "", "paragraphs": [_original(document)]})
    for section in document.sections:
        if section["key"] == POINTS:
            blocks.append({"heading": section["heading"], "points": _points(document)})
        elif section["text"]:
            blocks.append({"heading": section["heading"], "paragraphs": _paragraphs(section["text"])})
    blocks.append({"heading": "办结和反馈期限" if letter else "整改期限和书面回复期限", "paragraphs": _terms(document)})
    return _frame(document) | {"recipients": document.unit.name, "blocks": blocks}


def _original(document: IssuedDocument) -> str:
    first, turn = document.follows, f"本次为第{document.urge_no or 1}次督办。"
    if first is None:
        return turn
    served = f"，{plain_day(first.served_on)}送达" if first.served_on else ""
    return f"原文书：{titled(first.title)}（{first.doc_no or '尚未编号'}{served}）。{turn}"


def bulletin_text(bulletin: TypicalBulletin) -> dict[str, Any]:
    """Everything a bulletin says, as plain values."""
    cases = [{"seq": case.seq, "text": sentence(case.text), "code": ""} for case in bulletin.cases.all()]
    blocks: list[dict[str, Any]] = [
        {"heading": "", "paragraphs": _paragraphs(bulletin.opening)},
        {"heading": "典型问题", "points": cases},
        {"heading": "工作要求", "paragraphs": _paragraphs(bulletin.demands)},
    ]
    scope = BulletinScope(bulletin.scope).label
    return _frame(bulletin) | {"recipients": bulletin.recipients, "blocks": blocks, "scope": scope}


def annexes_of(paper: Any) -> list[Attachment]:
    """附件 of a paper, in the order in which they were added."""
    return list(Attachment.objects.of(paper).filter(purpose=ANNEX))


def annex_words(annexes: list[dict[str, str]]) -> list[str]:
    """附件说明 as printed: one annex without a number, several numbered."""
    names = [one["name"].rpartition(".")[0] or one["name"] for one in annexes]
    if len(names) < 2:
        return [f"附件：{name}" for name in names]
    return [f"{'附件：' if seq == 1 else '　　　'}{seq}.{name}" for seq, name in enumerate(names, 1)]


def _frame(paper: Any) -> dict[str, Any]:
    return {
        "kind": paper.kind_word, "title": paper.title, "issuer": paper.name_organ.name, "doc_no": paper.doc_no,
        "secrecy": paper.get_secrecy_display() if paper.secrecy else "", "copies_to": paper.copies_to,
        "signer": paper.name_organ.name, **_days(paper),
        "signed_by": paper.signed_by.full_name if paper.signed_by else "", "drafted_by": paper.organ.name,
        "annexes": [{"name": row.name, "digest": row.digest} for row in annexes_of(paper)],
    }  # fmt: skip


def _days(paper: Any) -> dict[str, str]:
    """成文日期, on which the leader signed (GB/T 9704), and the day on which the paper went out.

    What was signed in one year and numbered in the next bears the day of issue: 文号 and 成文日期 name the same year.
    """
    if paper.issued_on is None:
        return {"signed_on": "", "issued_on": ""}
    approved = Approval.objects.of(paper).filter(finished_at__isnull=False).last()
    signed = local_day(approved.finished_at) if approved and approved.finished_at else paper.issued_on
    if signed.year != paper.doc_year:
        signed = paper.issued_on
    return {"signed_on": signed.isoformat(), "issued_on": paper.issued_on.isoformat()}


def text_of(paper: Any) -> dict[str, Any]:
    """The frozen text of an issued paper, else its text as it stands now."""
    if paper.content is not None:
        return paper.content
    return bulletin_text(paper) if isinstance(paper, TypicalBulletin) else document_text(paper)


def as_submitted(paper: Any) -> dict[str, str]:
    """The text as it goes up: heading -> words, in the order of the paper."""
    text = text_of(paper)
    head = {"文种": text["kind"], "标题": text["title"], "发文机关": text["issuer"], "主送": text["recipients"]}
    body: dict[str, str] = {}
    for block in text["blocks"]:
        words = block.get("paragraphs") or [f"{point['seq']}. {point['text']}" for point in block.get("points", ())]
        body[block["heading"] or ("通报缘由" if "scope" in text else "督办次数")] = "\n".join(words)
    annexes = "、".join(one["name"] for one in text.get("annexes", ()))
    tail = {"附件": annexes, "通报范围": text.get("scope", ""), "密级": text["secrecy"], "抄送": text["copies_to"]}
    return {label: words for label, words in {**head, **body, **tail}.items() if words}


def masked(text: str, *, units: Iterable[str], persons: Iterable[str]) -> str:
    """The text with units and persons made unrecognisable; longer names first, so that no half of a name is left."""
    for names, word in ((units, MASKED_UNIT), (persons, MASKED_PERSON)):
        for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
            text = text.replace(name, word)
    return text
