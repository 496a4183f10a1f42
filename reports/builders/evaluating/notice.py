"""结果告知书: an organ's own result with all that its points come from, so that it can be worked out again by hand (A10.5b)."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from accounts.citations import cite
from checklists.models import Edition
from reports.builders.evaluation import MARKING
from reports.evaluation.composition import (
    ScoredValue,
    amount,
    exact,
    points_words,
    raw_words,
    scored_values,
    uncompared,
)
from reports.evaluation.indicators import NAMES
from reports.evaluation.states import Adjuster, Method
from reports.models import EvaluationRow, EvaluationScheme
from reports.paper import Block, Paper, Paragraph, Table, chinese_day

SIZES = {Adjuster.UNITS.value: ("被监督单位数", "个"), Adjuster.STAFF.value: ("在岗人数", "人")}


def notice_paper(row: EvaluationRow) -> Paper:
    """评估结果告知书 on one page: the organ's own row, of the others the highest value of its peer group alone."""
    table = row.table
    rows = list(table.rows.all())
    blocks: list[Block] = [
        Paragraph(_opening(row)),
        _values(row, rows),
        *(Paragraph(line) for line in (_result(row, rows), *_words(row), *_how(row))),
    ]
    on = table.resolution.meeting_on if table.resolution else None
    return Paper(title=f"{table.year}年政治监督质效评估结果告知书", recipients=row.organ.name, blocks=blocks, marking=MARKING,
                 signer=f"{settings.OFFICE_NAME}{table.organ.name}", signed_on=on, sealed=False)  # fmt: skip


def _opening(row: EvaluationRow) -> str:
    table = row.table
    edition = Edition.objects.filter(doc_no=table.scheme.edition).first()
    return (f"根据{edition or table.scheme.edition}{cite('A10.5')}和《{table.scheme}》，经县纪委常委会确认，"
            f"现将你单位{table.year}年评估结果（数据截至{chinese_day(table.scheme.cutoff)}）告知如下：")  # fmt: skip


def _values(row: EvaluationRow, rows: Sequence[EvaluationRow]) -> Table:
    scheme, values = row.table.scheme, scored_values(row.table.scheme, row, rows)
    lines = [
        (name, raw_words(key, row.values), _joined([exact(one.own) for one in values[key]]),
         _joined([exact(one.highest) for one in values[key]]), _weight(values[key]), points_words(row.points.get(key)))
        for key, name in NAMES.items()
    ]  # fmt: skip
    word = "折算值" if scheme.adjuster else "计分值"
    columns = (("指标", 17.0), ("原始值", 33.0), (word, 13.0), ("同类组最高值", 13.0), ("权重", 11.0), ("得分", 13.0))
    return Table(columns, lines, landscape=False)


def _joined(words: Sequence[str]) -> str:
    return "／".join(words)


def _weight(values: Sequence[ScoredValue]) -> str:
    return "＋".join(amount(one.weight) for one in values)


def _result(row: EvaluationRow, rows: Sequence[EvaluationRow]) -> str:
    extra = f"，加减分{row.adjustment:+.2f}分（{row.adjustment_reason}）" if row.adjustment else ""
    return f"小计{row.subtotal:.2f}分{extra}，合计{row.total:.2f}分，{_place(row, rows)}。"


def _place(row: EvaluationRow, rows: Sequence[EvaluationRow]) -> str:
    if row.group in uncompared(row.table.scheme, rows):
        return "位次—，同类组内没有可比数值"
    count = sum(1 for one in rows if one.group == row.group)
    return f"在{row.get_group_display()}{count}个单位中位列第{row.rank}"


def _words(row: EvaluationRow) -> list[str]:
    told = [
        f"{label}：{text.rstrip('。')}。" for label, text in (("等次", row.grade), ("评估意见", row.comment)) if text
    ]
    return [line for line in "".join(told).splitlines() if line.strip()]


def _how(row: EvaluationRow) -> list[str]:
    """The method, what E-1 is split into, what values are divided by, the bands."""
    scheme = row.table.scheme
    word = "折算值" if scheme.adjuster else "计分值"
    said = [
        f"计分方法为分档法：{word}达到某一档起点即得该档分数，未达最低档的得0分。" if scheme.method == Method.BANDED else
        f"计分方法为相对法：得分＝权重×{word}÷同类组最高值，保留两位小数，四舍五入；最高值为0的指标不参与，该项得0分。"
    ]  # fmt: skip
    if scheme.is_split:
        said.append("发现解决问题按发现、解决两项分别计分后相加。")
    if scheme.adjuster:
        what, unit = SIZES[scheme.adjuster]
        said.append(f"折算值＝计分的原始值÷{what}（你单位{row.size}{unit}）。")
    return ["".join(said), *_bands(scheme)]


def _bands(scheme: EvaluationScheme) -> list[str]:
    if scheme.method != Method.BANDED:
        return []
    told = (f"{name}{'、'.join(f'达到{least}得{points}分' for least, points in scheme.bands.get(key, ()))}"
            for key, name in NAMES.items() if scheme.bands.get(key))  # fmt: skip
    return [f"分档：{'；'.join(told)}。"]
