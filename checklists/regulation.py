"""The regulation as data: what ships with the product, and how the office's own document is taken apart. No models here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from accounts.citations import chinese_number
from accounts.contents import fault_of

SHIPPED = Path(__file__).with_name("regulation.toml")
_NUMERAL = "[一二三四五六七八九十百零〇两]+"
_CHAPTER = re.compile(rf"第({_NUMERAL})章\s*(.*)")
_ARTICLE = re.compile(
    rf"第({_NUMERAL})条(?:之({_NUMERAL}))?(?![款项]|规定|所[列称述]|[至、和及中]|的)\s*[:：、]?\s*(.*)"
)
_ITEM = re.compile(rf"[（(]\s*({_NUMERAL})\s*[)）]\s*(.*)")
_NAMED = re.compile(r"[“\"]([^”\"]{2,8})[”\"]")
_HEADING = re.compile(r"[【\[]([^】\]]{1,20})[】\]]\s*(.*)")
_DOC_NO = re.compile(r"[\u4e00-\u9fff]{2,20}[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s*第?\d+号")
_TITLED = re.compile(r"《([^《》]+(?:办法|规定|细则|条例|意见|规则|制度|方案|指引)[^《》]*)》")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
MOST_BYTES = 5 * 1024 * 1024


class NotReadable(ValueError):
    """The document cannot be taken apart; the message is the sentence for the office."""


@dataclass
class Item:
    """（一）… of an article."""

    id: str
    text: str


@dataclass
class ParsedArticle:
    """第…条 with its items."""

    id: str
    chapter: str
    heading: str = ""
    text: str = ""
    items: list[Item] = field(default_factory=list)


@dataclass
class Parsed:
    """A document taken apart. `unplaced` says in words what belongs nowhere, with its line."""

    title: str = ""
    doc_no: str = ""
    articles: list[ParsedArticle] = field(default_factory=list)
    chapters: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The form that `load_regulation --json` prints."""
        return {
            "title": self.title, "doc_no": self.doc_no,
            "articles": [
                {"id": a.id, "chapter": a.chapter, "heading": a.heading, "text": a.text,
                 "items": [{"id": i.id, "text": i.text} for i in a.items]} for a in self.articles
            ],
            "unplaced": self.unplaced,
        }  # fmt: skip


@cache
def shipped() -> dict[str, Any]:
    """The edition that ships: its title, number and day, chapters, and every article and item with our summary."""
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def summary_of(key: str) -> dict[str, str]:
    """Heading, summary and chapter of one article or item of the shipped edition; empty words where there is none."""
    entry = shipped()["articles"].get(key, {})
    parent = shipped()["articles"].get(key.split(".")[0], {})
    chapter = str(entry.get("chapter") or parent.get("chapter") or "")
    return {"heading": entry.get("heading", ""), "summary": entry.get("summary", ""), "chapter": chapter_name(chapter)}


def chapter_name(number: str) -> str:
    """第二章 建立清单确保具体化."""
    words = shipped()["chapters"].get(number, "")
    return f"第{'一二三四五六七八九十'[int(number) - 1]}章 {words}" if words else ""


# --- reading a document ---


def read_document(data: bytes, filename: str) -> list[str]:
    """The lines of a .txt or .docx document, tables included, in order. Raises `NotReadable`."""
    if len(data) > MOST_BYTES:
        raise NotReadable("文件超过5MB，不像是一份制度文本，请核对。")
    ending = filename.lower().rpartition(".")[2]
    if ending == "docx":
        if fault := fault_of("docx", data):
            raise NotReadable(f"{fault}后再载入。")
        return _docx_lines(data)
    if ending != "txt":
        raise NotReadable("只接受 .txt 和 .docx 文件。.doc 或 .pdf 请先另存为 .docx。")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding).splitlines()
        except UnicodeError:
            continue
    raise NotReadable("文本的编码无法识别，请另存为 UTF-8 后再载入。")


def _docx_lines(data: bytes) -> list[str]:
    try:
        document = docx.Document(BytesIO(data))
    except Exception as error:  # noqa: BLE001 - python-docx raises many kinds for a damaged file
        raise NotReadable("打不开这份 Word 文档，请用 Word 或 WPS 另存为 .docx 后再载入。") from error
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines += block.text.splitlines() or [""]
        elif isinstance(block, Table):
            lines += [cell.text for row in block.rows for cell in dict.fromkeys(row.cells)]
    return [line for text in lines for line in text.splitlines()] if lines else []


def number(numeral: str) -> int:
    """一 -> 1, 十三 -> 13, 二十一 -> 21, 一百零二 -> 102."""
    total, current = 0, 0
    for char in numeral:
        if char in "十百":
            total, current = total + (current or 1) * (10 if char == "十" else 100), 0
        else:
            current = _DIGITS[char]
    return total + current


def parse(lines: list[str]) -> Parsed:
    """Chapters, articles and items of a regulation, even where a chapter heading has lost its number.

    A line that begins with a quoted article (第六条规定的…) stays text; a number that skips one is reported.
    Raises `NotReadable` where there is not a single article.
    """
    reader = _Reader([line.strip(" \t\u3000\xa0\ufeff") for line in lines])
    return reader.run()


class _Reader:
    """One pass over the lines, remembering chapter, article and item."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.parsed = Parsed()
        self.chapter = 0
        self.last = 0
        self.preface: list[str] = []

    def run(self) -> Parsed:
        for index, line in enumerate(self.lines):
            if line:
                self._line(index, line)
        if not self.parsed.articles:
            raise NotReadable("没有找到“第…条”，请核对是不是制度文本。")
        self._title()
        for article in self.parsed.articles:
            _named_items(article)
            _clean(article)
        self._headings()
        return self.parsed

    def _line(self, index: int, line: str) -> None:
        if found := _CHAPTER.fullmatch(line):
            self._chapter(number(found[1]), found[2])
        elif (found := _ARTICLE.match(line)) and self._follows(found):
            self._article(found)
        elif not self.parsed.articles:
            self._before(index, line)
        elif (found := _ITEM.match(line)) and number(found[1]) == len(self._article_now.items) + 1:
            self._article_now.items.append(Item(f"{self._article_now.id}.{number(found[1])}", found[2]))
        elif self._is_lost_chapter(index, line):
            self._chapter(self.chapter + 1, line)
        elif self._is_tail(index, line):
            self.parsed.unplaced.append(f"第{index + 1}行：{line[:60]}")
        else:
            self._more(line)

    @property
    def _article_now(self) -> ParsedArticle:
        return self.parsed.articles[-1]

    def _follows(self, found: re.Match[str]) -> bool:
        value = number(found[1])
        return value == self.last if found[2] else self.last < value <= self.last + 5

    def _article(self, found: re.Match[str]) -> None:
        value = number(found[1])
        for missing in range(self.last + 1, value):
            self.parsed.unplaced.append(f"缺第{missing}条：正文从第{self.last}条跳到第{value}条")
        key = f"A{value}-{number(found[2])}" if found[2] else f"A{value}"
        self.last = value
        self.parsed.articles.append(
            ParsedArticle(key, self.parsed.chapters[-1] if self.parsed.chapters else "", text=found[3])
        )

    def _chapter(self, value: int, words: str) -> None:
        self.chapter = value
        words = re.sub(r"\s+", "", words)
        self.parsed.chapters.append(f"第{chinese_number(value)}章 {words}".strip())

    def _before(self, index: int, line: str) -> None:
        self.preface.append(line)

    def _is_lost_chapter(self, index: int, line: str) -> bool:
        """A short line without a full stop, right before an article: a heading whose 第…章 was lost."""
        following = next((text for text in self.lines[index + 1 :] if text), "")
        opens = _ARTICLE.match(following)
        return bool(len(line) <= 25 and not re.search(r"[。；，：:;,、]", line) and opens and number(opens[1]) == self.last + 1
                    and self._said()[-1:] in "。；”）")  # fmt: skip

    def _is_tail(self, index: int, line: str) -> bool:
        """What stands behind the last article: issuer, date, copies."""
        rest = [text for text in self.lines[index:] if text]
        over = not any(_ARTICLE.match(text) or _CHAPTER.match(text) or _ITEM.match(text) for text in rest)
        return over and self._said().endswith("。") and not line.endswith(("。", "；")) and len(line) < 60

    def _said(self) -> str:
        article = self._article_now
        return article.items[-1].text if article.items else article.text

    def _more(self, line: str) -> None:
        if self._article_now.items:
            self._article_now.items[-1].text += f"\n{line}"
        else:
            self._article_now.text += f"\n{line}" if self._article_now.text else line

    def _title(self) -> None:
        before = "\n".join(self.preface)
        found = _DOC_NO.search(before.replace(" ", ""))
        self.parsed.doc_no = found[0] if found else ""
        titled = _TITLED.search(before)
        self.parsed.title = titled[1] if titled else _joined_title(self.preface)

    def _headings(self) -> None:
        known = shipped()["articles"] if self.parsed.doc_no == shipped()["edition"]["doc_no"] else {}
        for article in self.parsed.articles:
            if found := _HEADING.match(article.text):
                article.heading, article.text = found[1], found[2]
            article.heading = article.heading or known.get(article.id, {}).get("heading", "")


def _joined_title(preface: list[str]) -> str:
    """The last lines above the first chapter that are no sentence: a title broken over two lines."""
    words: list[str] = []
    for line in reversed(preface):
        if re.search(r"[。：:；]$", line) or re.fullmatch(r"[（(]?\d{4}年.*", line) or _DOC_NO.search(line):
            break
        words.insert(0, re.sub(r"\s+", "", line))
        if len(words) == 3 or line.startswith(("关于", "印发")):
            break
    return "".join(words)


def _named_items(article: ParsedArticle) -> None:
    """Paragraphs that each open with a quoted name, as article 7's four forms do, are items in their order."""
    parts = article.text.split("\n")
    named = [part for part in parts if _NAMED.match(part)]
    if article.items or len(named) < 2:
        return
    lead = parts[: parts.index(named[0])]
    for part in parts[len(lead) :]:
        if _NAMED.match(part):
            article.items.append(Item(f"{article.id}.{len(article.items) + 1}", part))
        else:
            article.items[-1].text += f"\n{part}"
    article.text = "\n".join(lead)


def _clean(article: ParsedArticle) -> None:
    article.text = article.text.strip()
    for item in article.items:
        item.text = item.text.strip()
