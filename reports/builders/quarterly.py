"""季度报告 of an organ and of the county: paper for PDF and Word, workbook of the annexes (A10.4a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.calendar import SHANGHAI, local_day
from accounts.citations import chinese_number
from accounts.xlsx import Sheet, workbook
from ledgers.columns import COLUMNS
from reports.builders.ledgers import SHARES
from reports.counting.catalogue import FIGURES
from reports.models import CountyQuarter, QuarterlyReport
from reports.paper import Attachment, Block, Heading, Paper, Paragraph, Table, chinese_day
from reports.quarterly.composition import is_live
from reports.quarterly.county import totals
from reports.quarterly.final import content_of, head_lines, is_final
from reports.quarterly.outline import WHOLE, all_keys
from reports.quarterly.tokens import number_of

TABLE_COLUMNS = (("指标", 44), ("本季度", 16), ("上季度", 16), ("变化", 24))
LONG = 200  # rows of the ledger; beyond that printing takes seconds and nobody reads it on paper
# What a page on its side holds beside the organ's name; the workbook has every figure.
PRINTED = ("activities", "problems_found", "problems_on_spot", "rectification_issued", "rectification_closed", "rectification_open",
           "rectification_overdue", "clues", "documents", "dispositions", "institutions", "losses_recovered")  # fmt: skip


def _moment(text: str) -> str:
    """数据截至 in words, to the minute."""
    moment = datetime.fromisoformat(text).astimezone(SHANGHAI)
    return f"{chinese_day(moment.date())}{moment:%H:%M}"


def _body(content: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    for number, part in enumerate(content["sections"], 1):
        blocks.append(Heading(f"{chinese_number(number)}、{part['heading']}"))
        blocks += [Paragraph(line.strip()) for line in (part["text"] or "（未填写）").splitlines() if line.strip()]
    return blocks


def _idle(row: Mapping[str, str]) -> bool:
    """A part of a figure that nobody had in either quarter: the workbook names it, paper is spared."""
    return row["key"] in WHOLE and row["value"] == row["before"] == f"0{row['unit']}"


def _data_table(content: Mapping[str, Any]) -> Table:
    rows = [[row["label"], row["value"], row["before"], row["change"]] for row in content["table"] if not _idle(row)]
    return Table(TABLE_COLUMNS, rows, landscape=False)


def report_paper(report: QuarterlyReport, content: Mapping[str, Any]) -> Paper:
    """The organ's report: red head with 签发人, seven sections, data table and ledger as annexes, the later addenda."""
    draft = is_live(report)
    signer = report.submitted_by.full_name if report.submitted_by and not draft else ""
    title = _set_out(content["title"])
    attachments = [Attachment("数据表", [_data_table(content)]), _ledger(content)]
    attachments += [Attachment(f"补正说明（{one.number}）", _addendum(one)) for one in report.addenda.all()]
    first = (
        f"首次报送时间：{_moment(report.first_submitted_at.isoformat())}" if report.first_submitted_at else "尚未报送"
    )
    return Paper(
        title=title, issuer=report.organ.name, approver=signer,
        recipients=_recipient(report), blocks=[*_body(content), Paragraph(f"数据截至：{_moment(content['data_as_of'])}。{first}。")],
        attachments=attachments, signer=report.organ.name,
        signed_on=None if draft or report.submitted_at is None else local_day(report.submitted_at),
        watermark="草稿" if draft else "", digest="" if draft else report.digest,
    )  # fmt: skip


def _set_out(title: str) -> str:
    """Who, on which quarter, what: lines of a trapezium as GB/T 9704 asks for, no word torn apart."""
    return title.replace("关于", "\n关于", 1).replace("季度政治监督", "季度\n政治监督", 1)


def _recipient(report: QuarterlyReport) -> str:
    cso = report.organ.cso()
    return cso.name if cso is not None else "党风政风监督室"


def _ledger(content: Mapping[str, Any]) -> Attachment:
    """The ledger on pages of its side; a long one travels as the workbook and is only named."""
    if len(content["ledger"]) > LONG:
        return Attachment(f"本季度政治监督工作台账（另附表格，{len(content['ledger'])}行）")
    columns = [(column.title, SHARES[column.key]) for column in COLUMNS]
    rows = content["ledger"] or [["", "", "", "本季度台账没有新登记、销号的问题", *[""] * (len(COLUMNS) - 4)]]
    return Attachment("本季度政治监督工作台账", [Table(columns, rows)])


def _addendum(one: Any) -> list[Block]:
    blocks: list[Block] = [Paragraph(line) for line in one.text.splitlines() if line.strip()]
    if one.figures:
        rows = [[row["label"], row["frozen"], row["now"]] for row in one.figures]
        blocks.append(Table((("指标", 50), ("报告数", 25), ("更正数", 25)), rows, landscape=False))
    signed = f"签发：{one.signed_by.full_name}，{chinese_day(local_day(one.signed_at))}"
    return [*blocks, Paragraph(signed)]


def report_sheets(report: QuarterlyReport, content: Mapping[str, Any]) -> bytes:
    """数据表 and the ledger of the quarter as one workbook."""
    head = [f"单位：{report.organ.name}　　{report.period.label}　　数据截至：{_moment(content['data_as_of'])}"]
    columns = [("指标", 32.0), ("单位", 8.0), ("本季度", 14.0), ("上季度", 14.0), ("变化", 24.0)]
    rows = [[row["label"], row["unit"], row["value"], row["before"], row["change"]] for row in content["table"]]
    ledger = [(column.title, max(column.width / 8, 8)) for column in COLUMNS]
    return workbook([
        Sheet(f"{report.period.label}政治监督数据表", columns, rows, head=head, name="数据表", centred=frozenset({1})),
        Sheet(f"{report.organ.name}{report.period.label}政治监督工作台账", ledger, content["ledger"], head=head, name="工作台账"),
    ])  # fmt: skip


# --- the county ---


def county_paper(county: CountyQuarter) -> Paper:
    """The county's quarter with its data table and one row per organ; 草稿 until it is settled, as frozen afterwards."""
    content, final = content_of(county), is_final(county)
    missing = f"未纳入汇总的单位：{'、'.join(content['missing'])}。" if content["missing"] else "应报单位全部报送。"
    as_of = f"数据截至：{_moment(content['data_as_of'])}，由各单位记录直接计算，联合开展的事项只计一次。"
    signed_at = county.finalised_at or county.data_as_of
    return Paper(
        title=_set_out(content["title"]), issuer=county.organ.name, blocks=[*_body(content), Paragraph(missing), Paragraph(as_of)],
        attachments=[Attachment("全县数据表", [_data_table(content)]), Attachment("各单位数据表", [_organ_table(content)])],
        signer=county.organ.name, signed_on=local_day(signed_at) if signed_at else None, watermark="" if final else "草稿",
        digest=county.digest, head_lines=head_lines(county),
    )  # fmt: skip


def _organ_table(content: Mapping[str, Any]) -> Table:
    keys = [key for key in PRINTED if key in FIGURES]
    columns = [("单位", 14.0), *((f"{FIGURES[key].label}（{FIGURES[key].unit}）", 7.0) for key in keys), ("报送", 5.0)]
    rows = [
        [row["name"], *(_number(row["values"], key) for key in keys), "是" if row["reported"] else "否"]
        for row in content["by_organ"]
    ]
    total = {key: kept["value"] for key, kept in content["figures"].items()}
    return Table(columns, [*rows, ["全县", *(_number(total, key) for key in keys), ""]])


def _number(values: Mapping[str, Any], key: str) -> str:
    value = number_of(values.get(key, 0))
    return f"{value.normalize():f}" if value else "0"


def county_sheets(county: CountyQuarter) -> bytes:
    """Data of the county, and a row per organ with every figure; the sums of the rows stand under them."""
    content = content_of(county)
    head = [f"{county.period.label}　　数据截至：{_moment(content['data_as_of'])}"]
    data = [[row["label"], row["unit"], row["value"], row["before"], row["change"]] for row in content["table"]]
    return workbook([
        Sheet(f"{county}", [("单位", 30.0), *((f"{FIGURES[key].label}（{FIGURES[key].unit}）", 12.0) for key in all_keys()), ("已报送", 8.0)],
              _organ_lines(content), head=head, name="各单位", foot=["全县数由记录直接计算：联合事项只计一次，同一人只计一次，可能小于合计数。"]),
        Sheet(f"{county}数据表", [("指标", 32.0), ("单位", 8.0), ("本季度", 14.0), ("上季度", 14.0), ("变化", 24.0)], data, head=head, name="全县"),
    ])  # fmt: skip


def _organ_lines(content: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    keys = all_keys()
    rows: list[list[Any]] = [
        [row["name"], *(_cell(row["values"].get(key, 0)) for key in keys), "是" if row["reported"] else "否"]
        for row in content["by_organ"]
    ]
    sums = totals(content["by_organ"])
    rows.append(["各单位合计", *(_cell(sums[key]) for key in keys), ""])
    rows.append(["全县", *(_cell(content["figures"].get(key, {}).get("value", 0)) for key in keys), ""])
    return rows


def _cell(value: Any) -> int | float:
    number = number_of(value)
    return int(number) if number == number.to_integral_value() else float(number)
