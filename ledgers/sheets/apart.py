"""Reads a ledger in a process of its own, behind the wall of `accounts.sheets.apart`."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from accounts.sheets.apart import SECONDS, ask, serve

from .reader import read_ledger
from .shapes import Directory, Reading


def read_apart(
    data: bytes,
    filename: str,
    directory: Directory,
    mapping: Mapping[str, str] | None = None,
    *,
    seconds: float = SECONDS,
) -> Reading:
    """`read_ledger` behind a wall: at most 768 MB and 30 seconds. Raises Unreadable with a sentence."""
    question = {
        "filename": filename,
        "directory": asdict(directory),
        "mapping": dict(mapping) if mapping is not None else None,
    }
    return Reading.from_json(ask("ledgers.sheets.apart", question, data, seconds=seconds)["reading"])


def answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The reading of the workbook."""
    known = question["directory"]
    directory = Directory(**{**known, "tasks": tuple(known["tasks"]), "units": tuple(known["units"])})
    return {"reading": read_ledger(data, question["filename"], directory, question["mapping"]).to_json()}


def main() -> None:
    """The process behind `read_apart`."""
    serve(answer)
