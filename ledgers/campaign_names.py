"""What a campaign's topic is called: as the campaign, numbered where another campaign was called so before (S0-16)."""

from collections.abc import Container

LONGEST = 40  # characters of a topic's name
MOST = 1000  # campaigns of one name


def numbered(name: str, number: int) -> str:
    """The name of the campaign as a topic; the second of that name bears （2）."""
    mark = f"（{number}）" if number > 1 else ""
    return f"{name[: LONGEST - len(mark)]}{mark}"


def is_named_after(topic: str, name: str) -> bool:
    """Whether a topic is called as a campaign of this name, numbered or not."""
    return any(topic == numbered(name, number) for number in range(1, MOST))


def free_name(name: str, taken: Container[str]) -> str:
    """The first of these names that no other campaign's topic has."""
    return next(found for number in range(1, MOST) if (found := numbered(name, number)) not in taken)
