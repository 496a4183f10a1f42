"""What lies on the table for one item: a sheet that says what is asked, and the paper itself by its own builder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db import models

from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Approval
from checklists.publication import rows_of
from reports.builders import annual, checklists, documents, evaluation, inspection, rounds, signatures
from reports.committee import differences
from reports.committee.annexes import Annex, files_of
from reports.committee.states import ASKED, ItemKind
from reports.models import AgendaItem, AnnualReport, CommitteeMeeting, EvaluationScheme, EvaluationTable
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, numeral
from supervision.models import CommitteeReturn, IssuedDocument, Plan, TypicalBulletin

MARKING = "会议材料　会后收回"
READING = "审议稿"
FACTS = (("项目", 22), ("内容", 78))

# How a kind of paper is printed; a kind without a builder is printed from its text as submitted.
BUILDERS: dict[type[models.Model], Callable[[Any], Paper]] = {
    AnnualReport: lambda row: annual.annual_paper(row, row.content),
    EvaluationScheme: evaluation.scheme_paper,
    EvaluationTable: evaluation.table_paper,
    Plan: rounds.plan_paper,
    IssuedDocument: documents.paper,
    TypicalBulletin: documents.paper,
}


class Part(NamedTuple):
    """One piece of an item: its bookmark and the paper."""

    label: str
    paper: Paper


def heading(item: AgendaItem) -> str:
    """一、审批……: the item's bookmark and its line in the contents."""
    return f"{numeral(item.position)}、{item.title}"


def parts(item: AgendaItem, *, on: date, annexes: Sequence[Annex] = ()) -> list[Part]:
    """The item's sheet, then its paper where it has one. Texts about persons are never part of a packet (A9.6c)."""
    found = [Part("议题单", sheet(item, on=on, annexes=annexes))]
    paper = _paper(item, on=on)
    return [*found, Part("材料正文", _for_reading(paper))] if paper is not None else found


def _for_reading(paper: Paper) -> Paper:
    return replace(paper, marking=paper.marking or MARKING, watermark=READING if paper.watermark else "")


def _paper(item: AgendaItem, *, on: date) -> Paper | None:
    if item.checklist is not None:
        return checklists.paper(item.checklist, on=on)
    if item.report is not None:
        return inspection.report_paper(item.report)
    return _submitted(item.approval) if item.approval is not None else None


def _submitted(approval: Approval) -> Paper:
    subject: Any = approval.subject
    builder = BUILDERS.get(type(subject))
    if builder is not None:
        return builder(subject)
    blocks: list[Block] = []
    for number, (label, text) in enumerate(approval.content.items(), 1):
        lines = [Paragraph(line) for line in text.splitlines() if line.strip()]
        blocks += [Heading(f"{numeral(number)}、{label}"), *(lines or [Paragraph("无")])]
    return Paper(title=approval.title, blocks=blocks, signer=approval.organ.name, signed_on=local_day(approval.submitted_at),
                 digest=approval.digest, watermark=READING)  # fmt: skip


def sheet(item: AgendaItem, *, on: date, annexes: Sequence[Annex] = ()) -> Paper:
    """议题单: who reports, what is asked, the way so far with its signatures, what differs from before."""
    blocks: list[Block] = [Table(FACTS, _facts(item, annexes), landscape=False)]
    number = 0
    for title, found in ((_text_word(item), _text(item)), ("层报情况", _route(item)), ("退回补充情况", _returns(item)),
                         ("与此前批准文本的差异", _differences(item, on=on))):  # fmt: skip
        if found:
            number += 1
            blocks += [Heading(f"{numeral(number)}、{title}"), *found]
    return Paper(
        title="议　题　单",
        head_lines=[f"{item.meeting}　　第{numeral(item.position)}项议题"],
        blocks=blocks,
        marking=MARKING,
    )


def _facts(item: AgendaItem, annexes: Sequence[Annex]) -> list[tuple[str, str]]:
    rows = [
        ("议题", item.title),
        ("议题类别", item.get_kind_display()),
        ("汇报单位", item.reporter.name),
        ("提请事项", ASKED[ItemKind(item.kind)]),
    ]
    report = item.report
    if report is not None and report.approved_at is not None:
        rows += [
            ("报告批准日期", chinese_day(local_day(report.approved_at))),
            ("首次提交日期", chinese_day(report.submitted_on)),
        ]
        rows += [("提交期限", chinese_day(report.last_on or report.due_on))]
        rows += [("逾期原因", report.late_reason)] if report.late_reason else []
    if item.checklist is not None and item.checklist.submitted_at is not None:
        rows.append(("提请日期", chinese_day(local_day(item.checklist.submitted_at))))
    if item.carried_from is not None:
        rows.append(("此前情况", f"{item.carried_from.meeting}：{item.carried_from.opinion or '未研究'}"))
    names = "；".join(f"{number}. {one.name}（{one.note}）" for number, one in enumerate(annexes, 1))
    rows += [("附件", names)] if names else []
    return [*rows, ("备注", item.note)] if item.note else rows


def _text_word(item: AgendaItem) -> str:
    return "请示内容" if item.kind == ItemKind.QUESTION else "议题内容"


def _text(item: AgendaItem) -> list[Block]:
    return [Paragraph(line) for line in item.text.splitlines() if line.strip()]


def _route(item: AgendaItem) -> list[Block]:
    if item.approval is not None:
        return signatures.route(signatures.rounds_of(item.approval), level=2)
    if item.report is not None:
        return signatures.route(list(Approval.objects.of(item.report).select_related("submitted_by", "organ")), level=2)
    if item.checklist is not None:
        return [Paragraph(f"由{item.checklist.organ.name}汇总各单位层报审批后报送的项目，提请县纪委常委会研究审批。")]
    return []


def _returns(item: AgendaItem) -> list[Block]:
    if item.report is None:
        return []
    rows = CommitteeReturn.objects.of_report(item.report)
    return [
        Paragraph(f"{chinese_day(row.returned_on)}退回补充：{row.opinion}"
                  f"{f'{chinese_day(row.resubmitted_on)}再次提交。' if row.resubmitted_on else ''}")
        for row in rows
    ]  # fmt: skip


def _differences(item: AgendaItem, *, on: date) -> list[Block]:
    if item.approval is not None:
        return differences.of_approval(item.approval)
    if item.report is not None:
        return differences.of_report(item.report)
    if item.checklist is not None:
        return differences.of_checklist(item.checklist, checklists.rows(item.checklist, on=on))
    return []


# --- whether a packet is still what lies on the table ---


def material(meeting: CommitteeMeeting, *, on: date) -> str:
    """Digest of agenda and papers as they stand: what a packet was made from, and whether it still fits."""
    facts = [
        meeting.number,
        meeting.year,
        meeting.held_on,
        meeting.place,
        meeting.chair,
        meeting.present,
        meeting.absent,
    ]
    items = list(meeting.items.with_papers())
    files = {pk: [row.digest for row in rows] for pk, rows in files_of(items).items()}
    return digest_of([facts, [[*_fingerprint(item, on=on), files.get(item.pk, [])] for item in items]])


def _fingerprint(item: AgendaItem, *, on: date) -> list[Any]:
    known: list[Any] = [item.position, item.kind, item.title, item.reporter_id, item.text, item.note, item.decision]
    if item.approval is not None:
        return [*known, item.approval.digest, item.approval.state, item.approval.round_no]
    if item.report is not None:
        return [
            *known,
            item.report.digest,
            item.report.step,
        ]  # its list is frozen with it; ways are decided after the study
    if item.checklist is not None:
        return [*known, item.checklist.step, rows_of(item.checklist, on=on)]
    return known
