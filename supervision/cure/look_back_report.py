"""回头看报告 as text: written once, when the look back is finished, and never again (A9.8e)."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.calendar import spoken
from supervision.models import LookBack, LookBackResult


def report_of(look: LookBack, results: Sequence[LookBackResult]) -> str:
    """Head, three answers, one line for each problem."""
    assert look.held_on is not None
    head = f"{look.organ}于{spoken(look.held_on)}对{look.unit}开展“回头看”。\n工作组：{look.team}。\n安排理由：{look.reason}。"
    answers = (
        ("一、任务完成怎么样", look.tasks_answer),
        ("二、问题整改怎么样", look.rectification_answer),
        ("三、机制建设怎么样", look.mechanism_answer),
    )
    lines = [
        f"{number}. 问题{row.rectification.problem.code}（{row.rectification.problem}）：{row.get_verdict_display()}。{row.finding}"
        for number, row in enumerate(results, 1)
    ]
    parts = [head, *(f"{title}\n{text}" for title, text in answers), "四、逐项核查结果\n" + "\n".join(lines)]
    return "\n\n".join(parts)
