"""Reads a workbook in a process of its own: a file made to eat memory or time ends that process, not the web server's."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .container import MAX_BYTES, Unreadable
from .grid import grids

SECONDS = 30
MEMORY = 768 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_TOO_MUCH = "这个文件读取时占用过大，已停止读取。请把台账内容复制到新的表格里再上传。"


def ask(module: str, question: dict[str, Any], data: bytes, *, seconds: float = SECONDS) -> dict[str, Any]:
    """Put a question and a workbook to `module.main` behind a wall of 768 MB and `seconds`. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("文件超过20MB。请删去图片和无关的工作表，或者分成几个文件上传。")
    asked = {**question, "seconds": int(seconds) + 1}
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"from {module} import main; main()"],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            cwd=_ROOT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Unreadable(_TOO_MUCH) from slow
    if done.returncode or not done.stdout:
        raise Unreadable(_TOO_MUCH)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    return answer


def serve(answer: Callable[[dict[str, Any], bytes], dict[str, Any]]) -> None:
    """The other side of the wall: one question and one workbook on stdin, one answer on stdout.

    It reads within the limits; whatever breaks them ends this process alone.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    question = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (question["seconds"], question["seconds"]))
    try:
        said = answer(question, sys.stdin.buffer.read())
    except Unreadable as why:
        said = {"unreadable": why.sentence}
    sys.stdout.write(json.dumps(said, ensure_ascii=True))


def grid_texts(data: bytes, *, seconds: float = SECONDS) -> dict[str, dict[str, Any]]:
    """Sheet name -> rows of cleaned texts, and places [row, column] of formulas, counted from 0. Raises Unreadable."""
    sheets: dict[str, dict[str, Any]] = ask("accounts.sheets.apart", {}, data, seconds=seconds)["sheets"]
    return sheets


def _texts(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    found = {}
    for grid in grids(data):
        rows = [[grid.text(row, column) for column in range(len(cells))] for row, cells in enumerate(grid.rows)]
        found[grid.name] = {"rows": rows, "formulas": sorted(grid.hidden.formulas)}
    return {"sheets": found}


def main() -> None:
    """The process behind `grid_texts`."""
    serve(_texts)
