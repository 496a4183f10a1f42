"""Text as it stands in cells: cleaned for keeping, squashed for comparing."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EDGES = " \t\r\n\u3000\xa0"
_NOTHING = {"", "无", "暂无", "没有", "无线索", "none", "null", "nil", "na", "n/a"}
_DITTO = {"同上", "〃", "″", '"', "''", '""', "”", "“", "同前", "上同", "々", "同上行", "（同上）", "(同上)"}
_LIST_MARK = re.compile(
    r"^(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)][、.．]?"
    r"|\d{1,2}\s*[）)]"
    r"|\d{1,2}\s*[.．、](?!\s*\d)"
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]+[月、])"
    r"|[①-⑳]|[⑴-⒇]|[⒈-⒛]|[●•·■◆▲★*]+)\s*"
)


def clean(value: object) -> str:
    """The text of a cell as a person reads it: outer blanks and invisible characters gone, inner line breaks kept."""
    if value is None or value == "":
        return ""
    text = _as_text(value) if not isinstance(value, str) else value
    if "\r" in text or "_x000D_" in text:
        text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\n\r", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", text).strip(_EDGES)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else ""


@lru_cache(maxsize=8192)
def halfwidth(text: str) -> str:
    """Full-width digits and marks as half-width ones, all blanks removed: for dates and comparing, never for keeping."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Two wordings that differ only in blanks, width, quotes, brackets, dashes or list numbers squash to one text."""
    text = _LIST_MARK.sub("", text.strip(_EDGES))
    text = halfwidth(text).casefold()
    return re.sub(r"[\"'“”‘’「」『』《》〈〉()\[\]【】〔〕{}_\-—–~·•,，。.;；:：、!！?？*]", "", text)


def is_nothing(text: str) -> bool:
    """Whether a cell says in words or strokes that it holds nothing: 无, /, —, 无。"""
    return halfwidth(text).strip("/\\-—–―_.。、,，;；~*").casefold() in _NOTHING


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above"."""
    return text.strip(_EDGES) in _DITTO


def looks_like_formula(text: str) -> bool:
    """Whether text would be taken for a formula by a spreadsheet that opens it again."""
    return text.startswith(("=", "＝", "﹦"))
