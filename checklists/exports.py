"""The checklist's lists as workbooks: the same rows and the same filter as on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse

from accounts.xlsx import Sheet, download, list_as_xlsx, workbook
from checklists.models import AnnualChecklist
from checklists.publication import COLUMNS, by_form
from checklists.states import FocusArea, Form, InstructionStep, ItemStep

WIDTHS = {"seq": 6, "title": 26, "content": 40, "basis": 26, "period": 22, "units": 24, "remark": 14}
ITEM_COLUMNS = {
    "year": "年度",
    "form": "监督形式",
    "focus_area": "聚焦方面",
    "title": "监督项目",
    "content": "监督内容",
    "organ__name": "申报单位",
    "lead_organ__name": "牵头单位",
    "period_start": "监督周期起",
    "period_end": "监督周期止",
    "frequency": "频次",
    "due_on": "完成时限",
    "step": "状态",
}
INSTRUCTION_COLUMNS = {
    "seq": "序号",
    "title": "批示内容（摘要）",
    "source_doc": "来源",
    "received_on": "收到日期",
    "responsible_unit__name": "责任单位",
    "organ__name": "跟进单位",
    "measures": "措施",
    "due_on": "办结时限",
    "last_progress": "进展",
    "closed_on": "办结日期",
    "notified_on": "通报日期",
    "last_look_back": "“回头看”",
    "step": "状态",
}
TASK_COLUMNS = {
    "task": "任务",
    "origin": "任务来源",
    "organ__name": "承办单位",
    "due_on": "完成时限",
    "done_on": "完成日期",
    "result": "完成情况",
}
VOCABULARIES: Mapping[str, Any] = {"form": Form, "focus_area": FocusArea}


def items_as_xlsx(rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """监督项目, as filtered."""
    return list_as_xlsx("监督项目", ITEM_COLUMNS, (_worded(row, step=ItemStep) for row in rows))


def instructions_as_xlsx(rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """指示批示台账, as filtered (A5.2)."""
    numbered = ({**_worded(row, step=InstructionStep), "seq": seq} for seq, row in enumerate(rows, 1))
    return list_as_xlsx("指示批示台账", INSTRUCTION_COLUMNS, numbered)


def tasks_as_xlsx(rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """任务分解, as filtered (A10.1b)."""
    named = ({**row, "origin": row["item__title"] or row["source"]} for row in rows)
    return list_as_xlsx("任务分解", TASK_COLUMNS, named)


def _worded(row: Mapping[str, Any], *, step: Any) -> dict[str, Any]:
    words = {name: VOCABULARIES[name](row[name]).label for name in VOCABULARIES if name in row}
    return {**row, **words, "step": step(row["step"]).label}


def checklist_as_xlsx(checklist: AnnualChecklist) -> HttpResponse:
    """年度政治监督重点项目清单: one sheet per form, from the rows as they were frozen (A6.1e)."""
    resolution, issued = checklist.resolution, checklist.published_at
    approved = f"{resolution.meeting_on:%Y-%m-%d}" if resolution else ""
    day = f"{issued:%Y-%m-%d}" if issued else ""
    sheets = [
        Sheet(
            title=f"{checklist.year}年度政治监督重点项目清单（{form}）",
            columns=[(heading, WIDTHS.get(key, 14)) for key, heading in COLUMNS.items()],
            rows=[[row.get(key, "") for key in COLUMNS] for row in rows],
            head=[f"年度：{checklist.year}　版本：第{checklist.version}版　常委会审批日期：{approved}"],
            foot=[f"填报单位：{checklist.organ.name}　日期：{day}"],
            name=form,
        )
        for form, rows in by_form(checklist.content)
    ]
    return download(workbook(sheets), f"{checklist}.xlsx")
