"""评估方案, 评估表 and the notice of an organ's result (A10.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from accounts.calendar import local_day
from accounts.citations import cite
from accounts.xlsx import Sheet, as_number, workbook
from reports.evaluation.composition import (
    amount,
    method_words,
    points_words,
    raw_words,
    scheme_words,
    weights_words,
)
from reports.evaluation.indicators import NAMES
from reports.evaluation.states import Group, TableStep
from reports.models import EvaluationRow, EvaluationScheme, EvaluationTable
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, numeral

HEADINGS = ("序号", "单位", "同类组", *(word for name in NAMES.values() for word in (f"{name}原始值", "得分")), "小计", "加减分", "加减分理由",
            "合计", "组内位次", "等次", "评估意见")  # fmt: skip
SHARES = (2.6, 8.0, 5.4, 7.6, 5.2, 5.2, 5.2, 5.6, 5.2, 4.2, 5.2, 6.4, 5.2, 5.2, 5.2, 6.4, 5.6, 3.2, 3.0, 6.0)
GROUP = HEADINGS.index("同类组")  # in a paper the group leads its rows, in the workbook it is a column to sort by
# Millimetres on the sheet, so that an organ of ordinary name and values takes two lines.
WIDTHS = (6.4, 24.6, 27.0, 10.6, 19.4, 10.6, 20.8, 10.6, 12.4, 10.6, 16.0, 10.6, 10.2, 10.6, 17.3, 10.2, 7.9, 7.9, 12.6)
MARKING = "内部资料"


def ordered(rows: Sequence[EvaluationRow]) -> list[EvaluationRow]:
    """By peer group, within it by rank, then as the office lists its organs."""
    groups = list(Group.values)
    return sorted(rows, key=lambda row: (groups.index(row.group), row.rank, row.organ.sort_order, row.organ_id))


def cells(number: int, row: EvaluationRow) -> list[str]:
    """One organ in the columns of 评估表."""
    scored = [word for key in NAMES for word in (raw_words(key, row.values), points_words(row.points.get(key)))]
    return [str(number), row.organ.name, row.get_group_display(), *scored, f"{row.subtotal:.2f}",
            f"{row.adjustment:+.2f}" if row.adjustment else "0.00", row.adjustment_reason, f"{row.total:.2f}", str(row.rank), row.grade,
            row.comment]  # fmt: skip


def head_of(table: EvaluationTable) -> list[str]:
    """年度, 方案版本与权重, 数据截止."""
    scheme = table.scheme
    found = [f"年度：{table.year}年　　方案：第{scheme.version}版　　数据截止：{chinese_day(scheme.cutoff)}",
             f"权重：{weights_words(scheme)}", method_words(scheme)]  # fmt: skip
    if scheme.adjuster:
        found.append(f"规模折算：{scheme.get_adjuster_display()}，得分按折算值计算，表中列原始值，折算值见附表")
    return found


def foot_of(table: EvaluationTable) -> list[str]:
    """党风政风监督室, 常委会审批."""
    decided = f"{chinese_day(table.resolution.meeting_on)}会议确认" if table.resolution else "（待审批）"
    return [
        f"{table.organ.name}　　　　县纪委常委会审批：{decided}",
        f"依据：{cite('A10.5')}。评估结果只反映单位工作情况，不作为对个人的评价。",
    ]


def table_blocks(table: EvaluationTable) -> list[Block]:
    """The table, what its values were divided by, who confirmed it."""
    rows, foot = ordered(list(table.rows.select_related("organ"))), foot_of(table)
    columns = list(zip(_without_group(HEADINGS), WIDTHS, strict=True))
    sized = bool(table.scheme.adjuster)
    scores = Table(columns, _led_by_group(rows), foot=() if sized else foot, dense=True)
    return [scores, Table(_size_columns(table), _size_rows(table, rows), "折算值", foot=foot)] if sized else [scores]


def _without_group(texts: Sequence[str]) -> list[str]:
    return [text for place, text in enumerate(texts) if place != GROUP]


def _led_by_group(rows: Sequence[EvaluationRow]) -> list[list[str]]:
    """The organs' rows, each peer group under a row with its name."""
    lines: list[list[str]] = []
    for number, row in enumerate(rows, 1):
        if number == 1 or row.group != rows[number - 2].group:
            count = sum(1 for other in rows if other.group == row.group)
            lines.append([f"{row.get_group_display()}（{count}个）"])
        lines.append(_without_group(cells(number, row)))
    return lines


def table_paper(table: EvaluationTable) -> Paper:
    """评估表, 草稿 until the committee confirmed it."""
    return Paper(title=f"{table.year}年政治监督质效评估表", blocks=table_blocks(table), head_lines=head_of(table), landscape=True, marking=MARKING,
                 watermark="" if table.step == TableStep.CONFIRMED else "草稿", digest=table.digest)  # fmt: skip


def _size_columns(table: EvaluationTable) -> list[tuple[str, float]]:
    keys = list(next(iter(table.rows.values_list("adjusted", flat=True)), {}))
    return [("单位", 28.0), ("折算基数", 12.0), *((_measure_word(key), 60.0 / max(len(keys), 1)) for key in keys)]


def _measure_word(key: str) -> str:
    half = {"E-1.found": "发现问题", "E-1.solved": "解决问题"}
    return half.get(key) or NAMES[key]


def _size_rows(table: EvaluationTable, rows: Sequence[EvaluationRow]) -> list[list[str]]:
    return [[row.organ.name, str(row.size or ""), *row.adjusted.values()] for row in rows]


def table_sheet(table: EvaluationTable) -> bytes:
    """评估表 as a workbook."""
    return workbook(table_sheets(table))


def table_sheets(table: EvaluationTable) -> list[Sheet]:
    """评估表 with sums and ranks as numbers, and what its values were divided by."""
    rows = ordered(list(table.rows.select_related("organ")))
    lines: list[list[Any]] = [_numbers(cells(number, row)) for number, row in enumerate(rows, 1)]
    widths = [(word, max(share * 2.2, 7.0)) for word, share in zip(HEADINGS, SHARES, strict=True)]
    sheets = [
        Sheet(
            f"{table.year}年政治监督质效评估表", widths, lines, head=head_of(table), foot=foot_of(table), name="评估表"
        )
    ]
    if table.scheme.adjuster:
        sheets.append(
            Sheet(
                "折算值",
                [(word, max(width, 12.0)) for word, width in _size_columns(table)],
                _size_rows(table, rows),
                name="折算值",
            )
        )
    return sheets


def _numbers(texts: list[str]) -> list[Any]:
    """Points, sums and ranks as numbers, words as they are."""
    wanted = {
        0,
        *(4 + 2 * place for place in range(len(NAMES))),
        *(3 + 2 * len(NAMES) + place for place in (0, 1, 3, 4)),
    }
    return [as_number(text) if place in wanted else text for place, text in enumerate(texts)]


def scheme_paper(scheme: EvaluationScheme) -> Paper:
    """评估方案 for the committee and for reading."""
    blocks: list[Block] = []
    for number, (label, text) in enumerate(scheme_words(scheme).items(), 1):
        blocks += [
            Heading(f"{numeral(number)}、{label}"),
            *(Paragraph(f"{line.rstrip('。')}。") for line in text.splitlines()),
        ]
    approved = scheme.resolution is not None
    return Paper(title=f"{scheme.year}年政治监督质效评估方案", head_lines=[f"第{scheme.version}版"], blocks=blocks, marking=MARKING,
                 signer=scheme.organ.name, signed_on=local_day(scheme.created_at), watermark="" if approved else "草稿")  # fmt: skip


def notice_paper(row: EvaluationRow) -> Paper:
    """评估结果告知书: the organ's own row, nobody else's."""
    table = row.table
    lines = [
        (
            NAMES[key],
            raw_words(key, row.values),
            amount(table.scheme.weights.get(key, 0)),
            points_words(row.points.get(key)),
        )
        for key in NAMES
    ]
    said = [
        f"根据{cite('A10.5')}和《{table.scheme}》，{table.year}年政治监督质效评估结果经县纪委常委会确认，现将你单位结果告知如下："
    ]
    count = table.rows.filter(group=row.group).count()
    after = [f"小计{row.subtotal:.2f}分" + (f"，加减分{row.adjustment:+.2f}分（{row.adjustment_reason}）" if row.adjustment else "")
             + f"，合计{row.total:.2f}分，在{row.get_group_display()}{count}个单位中位列第{row.rank}。"]  # fmt: skip
    after += [f"等次：{row.grade}。"] if row.grade else []
    after += [f"评估意见：{row.comment.rstrip('。')}。"] if row.comment else []
    columns = (("指标", 26.0), ("原始值", 40.0), ("权重", 14.0), ("得分", 20.0))
    blocks: list[Block] = [
        *(Paragraph(line) for line in said),
        Table(columns, lines, landscape=False),
        *(Paragraph(line) for line in after),
    ]
    on = table.resolution.meeting_on if table.resolution else None
    return Paper(title="政治监督质效评估结果告知书", recipients=row.organ.name, blocks=blocks, issuer=settings.OFFICE_NAME, marking=MARKING,
                 signer=table.organ.name, signed_on=on)  # fmt: skip
