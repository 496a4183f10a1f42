"""The manual: every picture that a chapter shows exists, every picture is shown, and README leads to every chapter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual"
CHAPTERS = sorted(MANUAL.glob("*.md"))
IMAGE = re.compile(r"!\[[^]]*\]\(([^)#]+)\)")
LINK = re.compile(r"(?<!!)\[[^]]+\]\(([^)#]+)\)")
LARGEST = 200_000  # bytes; the manual is read over the county's own network


def named(pattern: re.Pattern[str], chapter: Path) -> set[str]:
    """What a chapter names, as written."""
    return set(pattern.findall(chapter.read_text(encoding="utf-8")))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_every_picture_and_link_of_a_chapter_exists(chapter: Path) -> None:
    named_here = named(IMAGE, chapter) | {target for target in named(LINK, chapter) if "://" not in target}
    assert sorted(target for target in named_here if not (MANUAL / target).exists()) == []


def test_every_picture_is_shown_in_a_chapter() -> None:
    shown = {target for chapter in CHAPTERS for target in named(IMAGE, chapter)}
    kept = {f"{folder}/{picture.name}" for folder in ("pictures", "papers") for picture in (MANUAL / folder).iterdir()}
    assert kept - shown == set()


def test_the_index_leads_to_every_chapter() -> None:
    chapters = {chapter.name for chapter in CHAPTERS} - {"README.md"}
    assert chapters <= named(LINK, MANUAL / "README.md")
    assert len(chapters) == 12


def test_pictures_stay_small() -> None:
    pictures = [*MANUAL.glob("pictures/*.png"), *MANUAL.glob("papers/*.png")]
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST] == []
