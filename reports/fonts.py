"""The faces of an official paper, found by family or in DOC_FONT_DIR, and what to do with rare characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont

FANGSONG_FILES = ("仿宋_GB2312.ttf", "simfang.ttf", "FandolFang-Regular.otf")
SONG_FILES = ("方正小标宋简体.ttf", "FZXBSJW.TTF")
# Where the packages put the faces that are found by family; used only to see what they lack.
WENKAI_FILE = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
SERIF_FILE = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
WENKAI, SERIF, SANS = '"LXGW WenKai"', '"Noto Serif CJK SC"', '"Noto Sans CJK SC"'


def _found(names: tuple[str, ...]) -> Path | None:
    folder = Path(settings.DOC_FONT_DIR)
    return next((folder / name for name in names if (folder / name).is_file()), None)


def fangsong() -> Path | None:
    """The 仿宋 that is there: the office's own first, else the free one."""
    return _found(FANGSONG_FILES)


def xiaobiaosong() -> Path | None:
    """The office's own 小标宋, if it has one."""
    return _found(SONG_FILES)


@lru_cache(maxsize=4)
def covered(path: str) -> frozenset[int]:
    """Code points that a font file has."""
    font = TTCollection(path).fonts[0] if path.lower().endswith(".ttc") else TTFont(path, lazy=True)
    return frozenset(font.getBestCmap())


def has_all(path: Path | None, text: str) -> bool:
    """Whether the face has every Chinese character of a text; a sign such as ㎡ may come from the next face."""
    return path is not None and {ord(char) for char in text if is_han(char)} <= covered(str(path))


def is_han(char: str) -> bool:
    """Whether a character is an ideograph, of whatever plane."""
    return "CJK" in unicodedata.name(char, "")


def body_faces(text: str) -> str:
    """The chain for body text. A paper with a character that 仿宋 lacks is set whole in 楷体, and in 宋体 if that lacks it
    too, so that no name of a person stands out in another face."""
    if has_all(fangsong(), text):
        return f'"PaperFang", {WENKAI}, {SERIF}'
    kai_lacks_it = WENKAI_FILE.is_file() and not has_all(WENKAI_FILE, text)
    if kai_lacks_it and SERIF_FILE.is_file() and has_all(SERIF_FILE, text):
        return f"{SERIF}, {WENKAI}"
    return f"{WENKAI}, {SERIF}"


def title_faces(text: str) -> str:
    """The chain for red head and titles: the office's 小标宋 only where it has every character of them."""
    return f'"PaperSong", {SERIF}' if has_all(xiaobiaosong(), text) else SERIF


def faces_css() -> str:
    """@font-face rules for the files in DOC_FONT_DIR."""
    rules = [("PaperFang", fangsong()), ("PaperSong", xiaobiaosong())]
    return "\n".join(
        f'@font-face {{ font-family: "{name}"; src: url("{path.resolve().as_uri()}"); }}'
        for name, path in rules
        if path
    )
