"""问题整改台账: the problems of an organ or of one unit with plan, progress, proof, closing and look back (A9.8a)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from accounts.models import Attachment, Organ, SupervisedUnit
from accounts.xlsx import Sheet, workbook
from reports.paper import Paper, Table, chinese_day
from supervision.models import IssuedDocument, RectificationItem
from supervision.states import LookBackStep, ProofKind

# Heading, share of the printed width.
COLUMNS = (
    ("序号", 3), ("问题编号", 6), ("反馈问题", 11), ("文书字号", 5), ("整改目标", 8), ("整改措施", 10), ("责任领导", 4),
    ("责任部门/责任人", 5), ("整改时限", 6), ("进展情况", 9), ("完成情况", 9), ("建立制度", 5), ("佐证材料", 6),
    ("核查意见", 7), ("销号日期/审批人", 6), ("“回头看”结果", 6), ("状态", 5),
)  # fmt: skip
NARROW = re.compile(r"\b(20\d\d)-(\d\d-\d\d|\d{5})\b")
Scope = Sequence[RectificationItem]


def items_of(organ: Organ, *, unit: SupervisedUnit | None = None) -> Scope:
    """The organ's rectifications, the order of their finding; of one unit where it is named."""
    rows = RectificationItem.objects.filter(organ=organ, problem__removed_at__isnull=True)
    if unit is not None:
        rows = rows.filter(problem__unit=unit)
    rows = rows.select_related("problem__unit", "verified_by", "closed_by")
    rows = rows.prefetch_related("progress", "proofs__attachment", "look_back_results__look_back")
    return list(rows.order_by("problem__year", "problem_id"))


def values(items: Scope) -> list[list[Any]]:
    """Rows in the order of COLUMNS; days as dates."""
    untold, letters = _files_without_kind(items), _numbers(items)
    return [
        _row(number, item, untold.get(item.pk, 0), letters.get(item.problem_id, []))
        for number, item in enumerate(items, 1)
    ]


def _files_without_kind(items: Scope) -> dict[int, int]:
    """Rectification id -> files of evidence from before kinds were kept."""
    kind = ContentType.objects.get_for_model(RectificationItem)
    files: Any = Attachment.objects.filter(
        subject_type=kind, subject_id__in=[item.pk for item in items], purpose="evidence"
    )
    rows = files.filter(proof__isnull=True).values("subject_id").annotate(count=Count("pk"))
    return {row["subject_id"]: row["count"] for row in rows}


def _numbers(items: Scope) -> dict[int, list[str]]:
    """Problem id -> numbers of the issued documents that hold it (文书字号)."""
    found: dict[int, list[str]] = {}
    rows = IssuedDocument.objects.filter(issued_on__isnull=False).live()
    points: Any = rows.filter(problems__in=[item.problem_id for item in items]).order_by("pk")
    for problem, prefix, year, number in points.values_list("problems", "doc_prefix", "doc_year", "doc_number"):
        found.setdefault(problem, []).append(f"{prefix}〔{year}〕{number}号")
    return found


def _row(number: int, item: Any, untold: int, letters: list[str]) -> list[Any]:
    problem = item.problem
    proofs = list(item.proofs.all())
    shown = [proof.words for proof in proofs] + ([f"文件{untold}份"] if untold else [])
    institutions = [proof.institution for proof in proofs if proof.kind == ProofKind.INSTITUTION]
    closed = f"{item.closed_on:%Y-%m-%d} {item.closed_by}" if item.closed_on else ""
    check = f"{item.verified_by}：{item.verify_note}" if item.verified_by else item.closure_opinion
    return [
        number, problem.code, f"{problem.unit.name}：{problem.description}", "；".join(letters), item.goal, item.measures,
        item.responsible_leader, item.responsible_department, item.due_on, _progress(item), item.situation,
        "；".join(institutions), "；".join(shown), check, closed, _look_backs(item),
        item.get_step_display(),
    ]  # fmt: skip


def _progress(item: Any) -> str:
    return "；".join(f"{entry.reported_on:%Y-%m-%d} {entry.text}" for entry in item.progress.all())


def _look_backs(item: Any) -> str:
    held = [row for row in item.look_back_results.all() if row.look_back.step == LookBackStep.HELD]
    return "；".join(f"{row.look_back.held_on:%Y-%m-%d} {row.get_verdict_display()}" for row in held)


def _title(organ: Organ, unit: SupervisedUnit | None) -> str:
    return f"{unit.name if unit else organ.name}问题整改台账"


def sheet(organ: Organ, *, on: date, unit: SupervisedUnit | None = None) -> bytes:
    """As a workbook."""
    columns = [(heading, max(share * 2.6, 8)) for heading, share in COLUMNS]
    head = [f"监督单位：{organ.name}　　截至{chinese_day(on)}"]
    rows = values(items_of(organ, unit=unit))
    return workbook([Sheet(_title(organ, unit), columns, rows, head=head, name="问题整改台账", centred=frozenset({0}))])


def paper(organ: Organ, *, on: date, unit: SupervisedUnit | None = None) -> Paper:
    """For printing, with the stamp's place for the unit (AMB-8)."""
    rows = [[_printed(cell) for cell in row] for row in values(items_of(organ, unit=unit))]
    head = [f"监督单位：{organ.name}　　截至{chinese_day(on)}　　被监督单位（盖章）："]
    return Paper(title=_title(organ, unit), head_lines=head, blocks=[Table(COLUMNS, rows)], landscape=True)


def _printed(cell: Any) -> str:
    """A narrow column breaks a day and a code where a reader would."""
    text = "" if cell is None else str(cell)
    return NARROW.sub(r"\1-\n\2", text)
