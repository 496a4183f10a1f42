"""Citing the regulation: pure arithmetic from a readable id (A9.7a) to the words of the office (第九条第（七）项)."""

import re

FORMS = ("“集中式”", "“重点式”", "“驻点式”", "“点题式”")
PATTERN = re.compile(r"A(\d+)(?:\.(\d+))?([a-z]?)")


def chinese_number(value: int) -> str:
    """1-99 as Chinese numerals: 7 -> 七, 13 -> 十三, 21 -> 二十一."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    head = "" if not tens else ("" if tens == 1 else digits[tens]) + "十"
    return head + (digits[ones] if ones or not tens else "")


def quoted(text: str) -> str:
    """A name in quotation marks; those that it has itself become single ones (GB/T 15834)."""
    return f"“{text.translate(_INNER)}”"


def titled(text: str) -> str:
    """A paper's title in 《》; a title within it stands in 〈〉."""
    return f"《{text.translate(_INNER)}》"


_INNER = str.maketrans("“”《》", "‘’〈〉")


def article_of(ref: str) -> str:
    """The article or item a reference points to, without our own sub-row letter: A9.7a -> A9.7."""
    found = PATTERN.fullmatch(ref)
    if not found:
        raise ValueError(f"not a citation: {ref!r}")
    return f"A{found[1]}" + (f".{found[2]}" if found[2] and found[2] != "0" else "")


def cite(ref: str) -> str:
    """A reference in the office's words: A6.1a -> 第六条第（一）项; A7.3 -> 第七条“驻点式”."""
    found = PATTERN.fullmatch(ref)
    if not found:
        raise ValueError(f"not a citation: {ref!r}")
    article, item = int(found[1]), int(found[2] or 0)
    if not article:
        return "印发通知"
    words = f"第{chinese_number(article)}条"
    if not item:
        return words
    return words + (FORMS[item - 1] if article == 7 else f"第（{chinese_number(item)}）项")
