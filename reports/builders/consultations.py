"""会商纪要 (A10.3a): place and time, who came, what was told and proposed, what the units said, what is followed up."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.calendar import local_day, spoken
from ledgers.consulting.rules import party_of
from ledgers.consulting.states import LOCKED_STEPS, ConsultationStep
from ledgers.models import Consultation
from reports.paper import Block, Heading, Paper, Paragraph, mark

NAMED = 3  # units named in the title; more are counted


def consultation_paper(made: Consultation) -> Paper:
    """The minutes; a draft carries 草稿, a record that was replaced 已更正."""
    units = list(made.units.all())
    parties = [party_of(unit) for unit in units]
    blocks: list[Block] = [Paragraph(_opening(made, parties))]
    for number, (heading, texts) in enumerate(_parts(made), 1):
        blocks.append(Heading(f"{mark(1, number)}{heading}"))
        blocks += [Paragraph(text) for text in texts]
    blocks += [Paragraph(f"{label}：{_joined(text)}。") for label, text in _present(made) if text.strip()]
    locked = made.step in LOCKED_STEPS and made.recorded_at is not None
    return Paper(
        title=f"与{_title([unit.name for unit in units])}专题会商纪要", issuer=f"{made.organ.name}会商纪要", minutes=True, blocks=blocks,
        printed_by=made.organ.name if locked else "", printed_on=local_day(made.recorded_at) if locked and made.recorded_at else None,
        watermark=_watermark(made), annotation=f"第{made.version}版，{made.correction_reason}" if made.corrects_id else "",
    )  # fmt: skip


def _title(names: list[str]) -> str:
    return f"{names[0]}等{len(names)}家单位" if len(names) > NAMED else "、".join(names)


def _opening(made: Consultation, parties: list[str]) -> str:
    place = f"在{made.place}" if made.place else ""
    return f"{spoken(made.held_on)}，{made.organ.name}{place}会同{'、'.join(parties)}开展专题会商，通报监督发现的问题，研究整改措施。现纪要如下。"


def _parts(made: Consultation) -> Iterable[tuple[str, list[str]]]:
    problems = [
        f"{row.unit.name}：{row.description}（问题编号{row.code}）"
        for row in made.problems.select_related("unit").order_by("unit_id", "pk")
    ]
    case = _lines(made.case_rectification) if made.political_case else []
    parts = (
        ("通报普遍性问题", _lines(made.common_problems)),
        ("通报突出问题", [*_lines(made.prominent_problems), *_numbered(problems)]),
        ("整改建议", _lines(made.suggestions)),
        ("单位表态", _lines(made.unit_statement)),
        ("以案促改", case),
        ("跟踪问效安排", _follow_up(made)),
    )
    return ((heading, texts) for heading, texts in parts if texts)


def _numbered(texts: list[str]) -> list[str]:
    return [f"{number}.{text}" for number, text in enumerate(texts, 1)]


def _follow_up(made: Consultation) -> list[str]:
    day = [f"跟踪问效时间：{spoken(made.follow_up_on)}。"] if made.follow_up_on else []
    return [*_lines(made.follow_up), *day]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _joined(text: str) -> str:
    return "，".join(_lines(text)).rstrip("。")


def _present(made: Consultation) -> tuple[tuple[str, str], ...]:
    return (("出席", made.attendees_organ), ("被监督单位出席", made.attendees_unit))


def _watermark(made: Consultation) -> str:
    words = {ConsultationStep.DRAFT: "草稿", ConsultationStep.SUPERSEDED: "已更正", ConsultationStep.DROPPED: "作废"}
    return words.get(ConsultationStep(made.step), "")
