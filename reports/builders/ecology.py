"""年度政治表现综合评价, 年度政治生态分析报告 and the table of units (A11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings

from accounts.calendar import local_day
from reports.builders.signatures import signed
from reports.ecology.content import numbered
from reports.ecology.states import AppraisalStep, EcologyStep, Receiver
from reports.models import EcologyDispatch, EcologyReport, PerformanceAppraisal
from reports.paper import Attachment, Block, Heading, Paper, Paragraph, Table, chinese_day, mark

MARKING = "内部资料　限阅"
FACT_COLUMNS = (("序号", 10), ("事项", 60), ("数量", 30))
LEFT_COLUMNS = (("监督单位", 30), ("个数", 10), ("未纳入单位", 60))
SENT_COLUMNS = (
    ("报送对象", 20),
    ("收件人（单位）", 22),
    ("报送日期", 15),
    ("报送方式", 12),
    ("回执", 17),
    ("备案编号", 14),
)


def _restricted(printed_by: str, *, passed: bool, dropped: bool = False) -> str:
    """The watermark of a paper that few may read: who took it away, and whether it is still a draft or none any more."""
    return f"{'' if passed else '作废 ' if dropped else '草稿 '}限阅 {printed_by}"


def _lines(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _who(one: Mapping[str, Any]) -> str:
    """领导班子; “一把手”：党委书记、局长 张某; a vacant post says so."""
    if not one["post"]:
        return one["heading"]
    return (
        f"{one['heading']}：{one['post']} {one['name']}" if one["name"] else f"{one['heading']}：{one['post']}（空缺）"
    )


def _said(one: Mapping[str, Any]) -> list[Block]:
    return [Paragraph(f"职务空缺：{one['vacancy']}")] if one["vacancy"] else _lines(one["text"])


# --- one unit ---


def appraisal_paper(row: PerformanceAppraisal, content: Mapping[str, Any], *, printed_by: str) -> Paper:
    """The texts with the records that they name, the judgement, the signatures; the reader's name on every page."""
    blocks: list[Block] = []
    for number, one in enumerate(content["texts"], 1):
        blocks += [Heading(f"{mark(1, number)}{_who(one)}"), *_said(one)]
        if one["evidence"]:
            blocks.append(Paragraph(f"依据的记录：{'；'.join(entry['label'] for entry in one['evidence'])}"))
    blocks += [
        Heading(f"{mark(1, len(content['texts']) + 1)}综合评价"),
        *(_lines(content["conclusion"]) or [Paragraph("未填")]),
    ]
    blocks += signed(row, "层报审批")
    facts = [[str(n), one["label"], f"{one['value']}{one['unit']}"] for n, one in enumerate(content["facts"], 1)]
    annex = (
        [Attachment(f"{content['year']}年有关工作记录数", [Table(FACT_COLUMNS, facts, landscape=False)])]
        if facts
        else []
    )
    return Paper(
        title=f"{content['unit']}\n{content['year']}年度政治表现综合评价", blocks=blocks, attachments=annex, head_lines=_head(row, content),
        signer=row.organ.name, signed_on=local_day(row.approved_at) if row.approved_at else None, marking=MARKING,
        digest=row.digest if row.content else "", watermark=_restricted(printed_by, passed=row.approved_at is not None),
    )  # fmt: skip


def _head(row: PerformanceAppraisal, content: Mapping[str, Any]) -> list[str]:
    lines = [f"评价单位：{content['organ']}　　撰写人：{content['author']}", f"数据截至：{_as_of(content)}"]
    if row.version > 1:
        lines.append(f"第{row.version}版，更正理由：{row.reason}")
    return [*lines, "本评价已由更正版替代"] if row.step == AppraisalStep.SUPERSEDED else lines


def _as_of(content: Mapping[str, Any]) -> str:
    """The day of the figures as a paper writes it; the content keeps the minute as well."""
    return chinese_day(date.fromisoformat(content["as_of"][:10]))


# --- the county ---


def ecology_paper(
    report: EcologyReport, content: Mapping[str, Any], sent: Sequence[EcologyDispatch] | None = None, *, printed_by: str
) -> Paper:
    """The parts and the units' appraisals word for word, as they leave the house.

    With `sent` it is the office's own copy: the register of what was sent stands behind it and travels to nobody. That
    copy and every draft carry the reader's name; what goes to 县委 does not.
    """
    blocks: list[Block] = []
    for part in numbered(dict(content)):
        blocks += [Heading(f"{part['numeral']}、{part['heading']}"), *_lines(part["text"])]
        if part["problems"]:
            blocks.append(Paragraph(f"涉及问题：{'；'.join(_problem(one) for one in part['problems'])}。"))
        if part["key"] == "units":
            blocks += _units(content)
    passed = report.approved_at is not None
    rows = [_copy(one) for one in sent or ()] or [[word, "", "", "", "", ""] for word in Receiver.labels]
    own = passed and sent is not None
    annex = [Attachment("报送栏（本室留存）", [Table(SENT_COLUMNS, rows, landscape=False)])] if own else []
    dropped = report.step == EcologyStep.DROPPED
    return Paper(
        title=f"{report.year}年度政治生态分析报告", issuer=settings.OFFICE_NAME, recipients="县委、县政府主要领导，县委组织部",
        blocks=blocks, attachments=annex, signer=settings.OFFICE_NAME, signed_on=report.resolution.meeting_on if report.resolution else None,
        marking=MARKING, watermark="" if passed and not own else _restricted(printed_by, passed=passed, dropped=dropped),
        digest=report.digest if report.content else "",
        head_lines=_report_head(report, content),
    )  # fmt: skip


def _report_head(report: EcologyReport, content: Mapping[str, Any]) -> list[str]:
    told = [f"{chinese_day(report.resolution.meeting_on)}县纪委常委会通过"] if report.resolution else []
    lines = [f"（{'，'.join([*told, f'数据截至{_as_of(content)}'])}）"]
    if report.version > 1:
        lines.append(f"第{report.version}版，更正理由：{report.reason}")
    return [*lines, "本报告已由更正版替代"] if report.step == EcologyStep.SUPERSEDED else lines


def _problem(one: Mapping[str, Any]) -> str:
    words = one["words"].rstrip("。；")
    return f"{one['code']} {one['unit']}：{words[:40]}{'……' if len(words) > 40 else ''}"


def _units(content: Mapping[str, Any]) -> list[Block]:
    """（一）organ, 1. unit, then its texts and judgement; units without an approved appraisal by name."""
    blocks: list[Block] = []
    for number, (organ, rows) in enumerate(groupby(content["units"], key=lambda entry: entry["organ"]), 1):
        blocks.append(Heading(f"{mark(2, number)}{organ}", 2))
        for place, entry in enumerate(rows, 1):
            blocks += [Heading(f"{mark(3, place)}{entry['unit']}", 3), *_unit(entry)]
    if content["missing"]:
        count, reason = len(content["missing"]), content["missing_reason"].rstrip("。") or "未填"
        blocks += [Paragraph(f"未纳入单位{count}个，名单如下。说明：{reason}。"), _left_out(content["missing"])]
    return blocks


def _left_out(missing: Sequence[Mapping[str, Any]]) -> Table:
    """The units without an approved appraisal: a row for each organ that left out several, one row for all the others."""
    groups: dict[str, list[str]] = {}
    for entry in missing:
        groups.setdefault(entry["organ"], []).append(entry["unit"])
    rows = [[organ, str(len(names)), "、".join(names)] for organ, names in groups.items() if len(names) > 1]
    single = [names[0] for names in groups.values() if len(names) == 1]
    if single:
        rows.append(["其他监督单位（各1个）" if rows else "监督单位各1个", str(len(single)), "、".join(single)])
    return Table(LEFT_COLUMNS, rows, landscape=False)


def _unit(entry: Mapping[str, Any]) -> Iterable[Block]:
    for one in entry["texts"]:
        said = one["text"] if not one["vacancy"] else f"职务空缺，{one['vacancy']}"
        first, *rest = [line for line in said.splitlines() if line.strip()] or [""]
        yield Paragraph(f"{_who(one)}。{first}" if one["name"] or one["vacancy"] else f"{one['heading']}。{first}")
        yield from (Paragraph(line) for line in rest)
    yield Paragraph(f"综合评价。{' '.join(entry['conclusion'].splitlines())}")


def _copy(one: EcologyDispatch) -> list[str]:
    receipt = f"{chinese_day(one.received_on)} {one.received_by}" if one.received_on else "未回执"
    return [
        one.get_receiver_display(),
        one.recipient,
        chinese_day(one.sent_on),
        one.get_manner_display(),
        receipt,
        one.filing_no,
    ]
