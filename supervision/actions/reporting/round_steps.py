"""What a report or a study causes in its round."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.workflow import MOVES, may, move
from supervision.models import Round


def advance(round: Round, verb: str, *, by: Any, at: datetime) -> bool:
    """Let the round take the step that something else has completed; a step that does not fit yet is left for later.

    Returns whether the round moved. The instance handed in carries the new step afterwards.
    """
    if verb not in MOVES.get(Round, {}):
        return False
    fresh = Round.objects.get(pk=round.pk)
    if not may(fresh, verb, by=by, by_chain=True):
        return False
    move(round, verb, by=by, at=at, by_chain=True)
    return True
