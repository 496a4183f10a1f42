"""The process behind `read_apart`: one question and one workbook on stdin, one answer on stdout."""

import json
import resource
import sys

from .apart import MEMORY
from .container import Unreadable
from .reader import read_ledger
from .shapes import Directory


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
    """Read within the limits; whatever breaks them ends this process alone."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    question = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (question["seconds"], question["seconds"]))
    sys.stdout.write(json.dumps(answer(question, sys.stdin.buffer.read()), ensure_ascii=True))


if __name__ == "__main__":
    main()
