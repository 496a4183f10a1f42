"""问题档案: one problem from its finding to its last look, in the order of time (A9.8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.calendar import SHANGHAI
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day
from supervision.chain import chain_of
from supervision.models import Problem

COLUMNS = (("时间", 16), ("事项", 24), ("内容", 44), ("人员", 16))


def paper(problem: Problem, *, on: date, reader: Any = None) -> Paper:
    """Problem, plan, closing and the whole chain as `reader` may see it; None is the office's own printing.

    Marks on the key few have a circle of their own and stay out."""
    item: Any = problem.rectification  # type: ignore[attr-defined]
    blocks: list[Block] = [
        Heading("一、发现问题"), *_facts(_found(problem)),
        Heading("二、整改方案和结果"), *_facts(_plan(item)),
        Heading("三、全程记录"), Table(COLUMNS, _chain(problem, reader), landscape=False),
    ]  # fmt: skip
    head = [
        f"问题编号：{problem.code}　　打印日期：{chinese_day(on)}",
        f"监督单位：{problem.organ.name}　　被监督单位：{problem.unit.name}",
    ]
    return Paper(title="问题整改档案", head_lines=head, blocks=blocks, watermark="" if item.closed_on else "未销号")


def _facts(facts: dict[str, str]) -> list[Block]:
    return [Paragraph(f"{label}：{text}") for label, text in facts.items() if text]


def _found(problem: Problem) -> dict[str, str]:
    return {
        "发现问题": problem.description,
        "发现日期": chinese_day(problem.found_on),
        "监督任务": str(problem.item or "日常监督"),
        "来源": problem.get_source_display(),
        "聚焦方面": problem.get_focus_area_display(),
        "意见建议": problem.suggestion,
        "处理情况": problem.handling,
        "屡改屡犯": f"与问题{problem.repeat_of.code}同类" if problem.repeat_of else "",
    }


def _plan(item: Any) -> dict[str, str]:
    extended = (
        f"（首次时限{chinese_day(item.first_due_on)}，延期{item.extension_count}次）" if item.extension_count else ""
    )
    return {
        "整改目标": item.goal,
        "整改措施": item.measures,
        "责任领导": item.responsible_leader,
        "责任部门/责任人": item.responsible_department,
        "整改时限": f"{chinese_day(item.due_on)}{extended}",
        "单位确认整改台账": chinese_day(item.unit_ledger_confirmed_on),
        "整改情况": item.situation,
        "佐证材料": "、".join(
            f"{proof.attachment.name}（{proof.words}）" for proof in item.proofs.select_related("attachment")
        ),
        "整改不力": f"{item.get_failure_kind_display()}：{item.failure_note}" if item.failure_kind else "",
        "核查": f"{item.verified_by}：{item.verify_note}" if item.verified_by else "",
        "销号": f"{chinese_day(item.closed_on)}，{item.closed_by}审核：{item.closure_opinion}"
        if item.closed_on
        else "",
        "重新开启": f"{item.rebound_count}次" if item.rebound_count else "",
        "状态": item.get_step_display(),
    }


def _chain(problem: Problem, reader: Any) -> list[list[str]]:
    return [
        [entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), entry.title, entry.text, entry.by]
        for entry in chain_of(problem, reader)
    ]
