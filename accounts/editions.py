"""Which edition of the regulation is in force: written on every record when it is made, so that records keep theirs.

The editions themselves are kept by the app of the checklists; it tells this ground floor how to ask.
"""

from collections.abc import Callable

_sources: list[Callable[[], str]] = []


def ask(source: Callable[[], str]) -> None:
    """Name the function that answers with the document number of the edition in force; a later one replaces it."""
    _sources[:] = [source]


def in_force() -> str:
    """The document number (文号) of the edition in force; empty while none is loaded (A13)."""
    return _sources[0]() if _sources else ""
