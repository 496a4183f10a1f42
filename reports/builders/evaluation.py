"""评估方案, 评估表 and the notice of an organ's result (A10.5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from accounts.calendar import local_day
from accounts.citations import cite
from reports.counting.figure import NONE
from reports.evaluation.composition import (
    method_words,
    points_words,
    raw_words,
    scheme_words,
    uncompared,
    weights_words,
)
from reports.evaluation.indicators import NAMES
from reports.evaluation.states import Group, SchemeStep, TableStep
from reports.models import EvaluationRow, EvaluationScheme, EvaluationTable
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, numeral

HEADINGS = ("序号", "单位", "同类组", *(word for name in NAMES.values() for word in (f"{name}原始值", "得分")), "小计", "加减分", "加减分理由",
            "合计", "组内位次", "等次", "评估意见")  # fmt: skip
SHARES = (2.6, 8.0, 5.4, 7.6, 5.2, 5.2, 5.2, 5.6, 5.2, 4.2, 5.2, 6.4, 5.2, 5.2, 5.2, 6.4, 5.6, 3.2, 3.0, 6.0)
RANK = HEADINGS.index("组内位次")
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
    scores = Table(columns, _led_by_group(rows, uncompared(table.scheme, rows)), foot=() if sized else foot, dense=True)
    return [scores, Table(_size_columns(table), _size_rows(table, rows), "折算值", foot=foot)] if sized else [scores]


def _without_group(texts: Sequence[str]) -> list[str]:
    return [text for place, text in enumerate(texts) if place != GROUP]


def _led_by_group(rows: Sequence[EvaluationRow], silent: Collection[str]) -> list[list[str]]:
    """The organs' rows, each peer group under a row with its name; nobody has a place in a group where nothing was counted."""
    lines: list[list[str]] = []
    for number, row in enumerate(rows, 1):
        if number == 1 or row.group != rows[number - 2].group:
            count = sum(1 for other in rows if other.group == row.group)
            lines.append([f"{row.get_group_display()}（{count}个）"])
        texts = cells(number, row)
        if row.group in silent:
            texts[RANK] = NONE
        lines.append(_without_group(texts))
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


def scheme_paper(scheme: EvaluationScheme) -> Paper:
    """评估方案 for the committee and for reading."""
    blocks: list[Block] = []
    for number, (label, text) in enumerate(scheme_words(scheme).items(), 1):
        blocks += [
            Heading(f"{numeral(number)}、{label}"),
            *(Paragraph(f"{line.rstrip('。')}。") for line in text.splitlines()),
        ]
    mark = "" if scheme.resolution else "作废" if scheme.step == SchemeStep.DROPPED else "草稿"
    return Paper(title=f"{scheme.year}年政治监督质效评估方案", head_lines=[f"第{scheme.version}版"], blocks=blocks, marking=MARKING,
                 signer=scheme.organ.name, signed_on=local_day(scheme.created_at), watermark=mark)  # fmt: skip
