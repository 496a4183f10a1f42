"""Minutes of 调度会 and the monthly list of key tasks (S0-4, S0-5)."""

from __future__ import annotations

from datetime import date

from accounts.calendar import local_day, spoken
from checklists.meetings.sheet import COLUMNS, month_rows
from checklists.meetings.states import MeetingStep, MonthStep
from checklists.models import Meeting, MonthlyList
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, mark

SHARES = (4, 30, 18, 10, 26, 12)


def meeting_paper(meeting: Meeting) -> Paper:
    """The minutes: when and where, what was open from before, what was discussed, who does what by when."""
    place = f"在{meeting.place}" if meeting.place else ""
    blocks: list[Block] = [
        Paragraph(
            f"{spoken(meeting.held_on)}，{meeting.organ.name}{place}召开{meeting.get_kind_display()}。现纪要如下。"
        )
    ]
    parts = [(heading, texts) for heading, texts in _parts(meeting) if texts]
    for number, (heading, texts) in enumerate(parts, 1):
        blocks.append(Heading(f"{mark(1, number)}{heading}"))
        blocks += [Paragraph(f"{position}.{text}") for position, text in enumerate(texts, 1)]
    if present := "，".join(line.strip() for line in meeting.attendees.splitlines() if line.strip()):
        blocks.append(Paragraph(f"出席：{present.rstrip('。')}。"))
    settled = local_day(meeting.settled_at) if meeting.settled_at else None
    marks = {MeetingStep.DRAFT: "草稿", MeetingStep.DROPPED: "作废"}
    return Paper(
        title=f"{meeting}纪要", issuer=f"{meeting.organ.name}会议纪要", minutes=True, blocks=blocks,
        printed_by=meeting.organ.name if settled else "", printed_on=settled,
        watermark=marks.get(MeetingStep(meeting.step), ""),
    )  # fmt: skip


def _parts(meeting: Meeting) -> list[tuple[str, list[str]]]:
    carried = [
        f"{row['text']}（{row['organ']}，{chinese_day(date.fromisoformat(row['due_on']))}前，{row['state']}）"
        for row in meeting.carried
    ]
    topics = [
        f"{row.text.rstrip('。')}（监督项目：{row.item}）。" if row.item else row.text
        for row in meeting.topics.select_related("item")
    ]
    decisions = [
        f"{row.text.rstrip('。')}。责任单位：{row.organ.name}；完成时限：{chinese_day(row.due_on)}。"
        for row in meeting.decisions.select_related("organ")
    ]
    return [("以前议定事项落实情况", carried), ("研究事项", topics), ("议定事项", decisions)]


def month_paper(found: MonthlyList, *, on: date) -> Paper:
    """The list by its columns, lying on its side; a list not yet issued carries 草稿."""
    columns = [(heading, share) for (heading, _), share in zip(COLUMNS, SHARES, strict=True)]
    rows = [
        [value.isoformat() if isinstance(value, date) else str(value) for value in row]
        for row in month_rows(found, on=on)
    ]
    issued = chinese_day(local_day(found.issued_at)) if found.issued_at else "未印发"
    return Paper(
        title=str(found), head_lines=[f"印发单位：{found.organ.name}　　印发日期：{issued}　　进展截至：{chinese_day(on)}"],
        blocks=[Table(columns, rows)], landscape=True, watermark="" if found.step == MonthStep.ISSUED else "草稿",
    )  # fmt: skip
