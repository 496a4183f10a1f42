"""问题全程档案: one problem from its finding to its striking off, with documents, replies and every step (A3.5, A9.8b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from accounts.calendar import SHANGHAI
from accounts.models import Attachment, Event
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day
from supervision.documents.reading import documents_of, events_of_documents
from supervision.models import Problem, RectificationItem, ReplyPoint

STEPS = (("时间", 20), ("事项", 34), ("办理人", 14), ("说明", 32))
REPLIES = (("文号", 22), ("问题", 30), ("答复", 34), ("审阅", 14))


def paper(problem: Problem, *, on: date, among: Any) -> Paper:
    """`among` are the documents that the reader may see. Everything that is on record about one problem, political marks excepted: they are read on the screen alone."""
    item = RectificationItem.objects.select_related("closed_by").get(problem=problem)
    blocks: list[Block] = [Heading("一、发现问题"), *_found(problem), Heading("二、整改情况"), *_rectified(item)]
    blocks += [
        Heading("三、文书和回复"),
        *_documents(problem, among),
        Heading("四、办理过程"),
        _steps(problem, item, among),
    ]
    return Paper(title=f"问题{problem.code}全程档案", blocks=blocks, signer=problem.organ.name, signed_on=on,
                 head_lines=[f"监督单位：{problem.organ.name}", f"被监督单位：{problem.unit.name}　　状态：{item.get_step_display()}"])  # fmt: skip


def _lines(rows: Sequence[tuple[str, str]]) -> list[Block]:
    return [Paragraph(f"{label}：{words}") for label, words in rows if words]


def _found(problem: Problem) -> list[Block]:
    return _lines([
        ("问题", problem.description), ("监督任务", problem.item.title if problem.item else "日常监督"),
        ("发现日期", chinese_day(problem.found_on)), ("来源", problem.get_source_display()),
        ("程度", problem.get_severity_display()), ("问题线索编号", problem.clue_ref), ("意见建议", problem.suggestion),
        ("处理情况", problem.handling),
    ])  # fmt: skip


def _rectified(item: RectificationItem) -> list[Block]:
    first = (
        f"（首次时限{chinese_day(item.first_due_on)}，延期{item.extension_count}次）" if item.extension_count else ""
    )
    closed = (
        f"{chinese_day(item.closed_on)}，{item.closed_by}审核。{item.closure_opinion}" if item.closed_on else "尚未销号"
    )
    files = "、".join(Attachment.objects.of(item).values_list("name", flat=True))
    return _lines([
        ("整改时限", f"{chinese_day(item.due_on) or '未定'}{first}"), ("整改措施", item.measures), ("整改情况", item.situation),
        ("整改不力情形", item.get_failure_kind_display() if item.failure_kind else ""), ("佐证材料", files), ("销号", closed),
    ])  # fmt: skip


def _documents(problem: Problem, among: Any) -> list[Block]:
    rows = documents_of(problem, among=among)
    if not rows:
        return [Paragraph("没有就这个问题发过文书。")]
    said = [f"{row['kind_word']}{row['doc_no'] or '（未编号）'}“{row['title']}”，{row['step_word']}" for row in rows]
    answers = ReplyPoint.objects.filter(point__problem=problem, point__document__in=among).select_related(
        "point__document", "reply"
    )
    cells = [
        [one.point.document.doc_no, one.point.text, one.text, one.get_verdict_display() if one.verdict else "待审阅"]
        for one in answers
    ]
    return [Paragraph("；".join(said) + "。"), *([Table(REPLIES, cells, landscape=False)] if cells else [])]


def _steps(problem: Problem, item: RectificationItem, among: Any) -> Table:
    events = [*Event.objects.of(problem).select_related("by"), *Event.objects.of(item).select_related("by")]
    events = sorted([*events, *events_of_documents(problem, among=among)], key=lambda event: (event.at, event.pk))
    cells = [
        [event.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), event.label, str(event.by), event.note]
        for event in events
    ]
    return Table(STEPS, cells, landscape=False)
