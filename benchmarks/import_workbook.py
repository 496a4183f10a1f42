"""How long it takes to read a clerk's workbook of 2,000 rows, as a ratio to openpyxl's own reading of it."""

from __future__ import annotations

import io
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl

from ledgers.sheets import Directory, read_ledger

ROWS, ROUNDS = 2000, 5
HEAD = (
    "序号",
    "被监督单位",
    "监督任务",
    "发现问题",
    "发现日期",
    "问题线索",
    "提出意见建议",
    "整改时限",
    "整改情况",
    "销号日期",
    "处理情况",
)


def workbook() -> bytes:
    """A plain ledger."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某组2026年政治监督工作台账"])
    sheet.append(HEAD)
    for n in range(ROWS):
        sheet.append([n, "县农业农村局", "高标准农田建设管护情况专项监督", f"工程变更未履行审批手续，涉及{n}个标段", date(2026, 3, 5), None,
                      "限期整改", date(2026, 4, 5), "正在整改", None, "批评教育1人"])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> dict[str, Any]:
    """Interleaved rounds; medians."""
    data = workbook()
    directory = Directory(organ="某组", year=2026, tasks=["高标准农田建设管护情况专项监督"], units=["县农业农村局"])
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: read_ledger(data, "台账.xlsx", directory)))
        floor.append(timed(lambda: list(openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows())))
    seconds, base = statistics.median(ours), statistics.median(floor)
    return {"rows": ROWS, "read_s": round(seconds, 3), "openpyxl_s": round(base, 3), "ratio": round(seconds / base, 2)}


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
