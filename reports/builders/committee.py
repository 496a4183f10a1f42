"""会议纪要 and 决定事项通知, from what was recorded per item (A6.1f, A9.7a)."""

from __future__ import annotations

from django.conf import settings

from accounts.calendar import local_day
from reports.committee.states import ItemDecision, ItemKind, MeetingStep
from reports.models import AgendaItem, CommitteeMeeting
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, numeral

TASKS = (("序号", 8), ("承办单位", 26), ("任务", 46), ("完成时限", 20))


def _items(meeting: CommitteeMeeting) -> list[AgendaItem]:
    return [item for item in meeting.items.with_papers() if item.decision and item.decision != ItemDecision.WITHDRAWN]


def _watermark(meeting: CommitteeMeeting) -> str:
    return "" if meeting.step == MeetingStep.CLOSED else "草稿"


def decision_sentence(item: AgendaItem) -> str:
    """会议听取了某单位的汇报。会议决定：同意（同意8票，不同意0票，弃权1票）。"""
    heard, votes = f"会议听取了{item.reporter.name}的汇报。", f"（{item.votes}）" if item.votes else ""
    return heard if item.kind == ItemKind.HEARING else f"{heard}会议决定：{item.decision_word}{votes}。"


def minutes_paper(meeting: CommitteeMeeting) -> Paper:
    """会议纪要: every item that was dealt with, its decision, votes, opinion and tasks; who was there at the end."""
    items = _items(meeting)
    lead = f"{chinese_day(meeting.held_on)}，{meeting.chair}主持召开{meeting}，研究{len(items)}项议题。现纪要如下。"
    blocks: list[Block] = [Paragraph(lead)]
    for number, item in enumerate(items, 1):
        blocks += [Heading(f"{numeral(number)}、{item.title}"), Paragraph(decision_sentence(item))]
        blocks += [Paragraph(line) for line in item.opinion.splitlines() if line.strip()]
        blocks += [
            Paragraph(f"会议交办：{task.organ.name}{task.task.rstrip('。')}，{chinese_day(task.due_on)}前完成。")
            for task in item.tasks.all()
        ]
        blocks += [
            Paragraph(f"（本项登记于{chinese_day(local_day(one.corrected_at))}更正，理由：{one.reason}。）")
            for one in item.earlier.all()
        ]
    there = {"出席": meeting.present, "请假": meeting.absent, "列席": meeting.attending}
    blocks += [
        Paragraph(f"{word}：{'、'.join(meeting.names(lines))}") for word, lines in there.items() if lines.strip()
    ]
    return Paper(title=f"{meeting}纪要", issuer=settings.OFFICE_NAME, blocks=blocks, signer=settings.OFFICE_NAME,
                 signed_on=meeting.held_on, marking="内部资料", watermark=_watermark(meeting))  # fmt: skip


def _decided(item: AgendaItem) -> str:
    """The decision and the opinion; the word is not said twice where the opinion begins with it."""
    opinion = "".join(f"{line.rstrip('。')}。" for line in item.opinion.splitlines() if line.strip())
    return opinion if opinion.startswith(item.decision_word) else f"{item.decision_word}。{opinion}"


def notice_paper(meeting: CommitteeMeeting) -> Paper:
    """决定事项通知: the decisions and the tasks, to the organs that they concern; no votes, no names."""
    items = [item for item in _items(meeting) if item.decision != ItemDecision.DEFER]
    organs = dict.fromkeys(
        organ.name for item in items for organ in (item.reporter, *(task.organ for task in item.tasks.all()))
    )
    lead = f"{chinese_day(meeting.held_on)}，{meeting}研究了有关事项。现将会议决定通知如下，请认真抓好落实。"
    blocks: list[Block] = [Paragraph(lead)]
    for number, item in enumerate(items, 1):
        blocks += [Heading(f"{numeral(number)}、{item.title}"), Paragraph(_decided(item))]
    rows = [
        (item_task.organ.name, item_task.task, chinese_day(item_task.due_on))
        for item in items
        for item_task in item.tasks.all()
    ]
    if rows:
        blocks.append(Table(TASKS, [(str(n), *row) for n, row in enumerate(rows, 1)], "会议交办任务", landscape=False))
    last = max((item.decided_at for item in items if item.decided_at), default=None)
    return Paper(title=f"{meeting}\n决定事项通知", issuer=settings.OFFICE_NAME, recipients="、".join(organs), blocks=blocks,
                 signer=settings.OFFICE_NAME, signed_on=local_day(last) if last else meeting.held_on,
                 watermark=_watermark(meeting))  # fmt: skip
