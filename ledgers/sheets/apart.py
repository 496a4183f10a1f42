"""Reads a workbook in a process of its own: a file made to eat memory or time ends that process, not the web server's."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from .container import MAX_BYTES, Unreadable
from .reader import read_ledger
from .shapes import Directory, Reading

SECONDS = 30
MEMORY = 768 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_TOO_MUCH = "这个文件读取时占用过大，已停止读取。请把台账内容复制到新的表格里再上传。"


def read_apart(
    data: bytes,
    filename: str,
    directory: Directory,
    mapping: Mapping[str, str] | None = None,
    *,
    seconds: float = SECONDS,
) -> Reading:
    """`read_ledger` behind a wall: at most 768 MB and 30 seconds. Raises Unreadable with a sentence."""
    if len(data) > MAX_BYTES:
        raise Unreadable("文件超过20MB。请删去图片和无关的工作表，或者分成几个文件上传。")
    question = {
        "filename": filename,
        "directory": asdict(directory),
        "mapping": dict(mapping) if mapping is not None else None,
        "seconds": int(seconds) + 1,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from ledgers.sheets.apart import main; main()"],
            input=json.dumps(question).encode() + b"\n" + data,
            capture_output=True,
            cwd=_ROOT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Unreadable(_TOO_MUCH) from slow
    if done.returncode or not done.stdout:
        raise Unreadable(_TOO_MUCH)
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    return Reading.from_json(answer["reading"])


def answer(question: dict, data: bytes) -> dict:
    """The reading, or the sentence why there is none."""
    known = question["directory"]
    directory = Directory(**{**known, "tasks": tuple(known["tasks"]), "units": tuple(known["units"])})
    try:
        reading = read_ledger(data, question["filename"], directory, question["mapping"])
    except Unreadable as why:
        return {"unreadable": why.sentence}
    return {"reading": reading.to_json()}


def main() -> None:
    """The process behind `read_apart`: one question and one workbook on stdin, one answer on stdout.

    It reads within the limits; whatever breaks them ends this process alone.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    question = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (question["seconds"], question["seconds"]))
    sys.stdout.write(json.dumps(answer(question, sys.stdin.buffer.read()), ensure_ascii=True))
