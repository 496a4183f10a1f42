"""Whether a Word file that an office brings along may be opened at all: what it is made of, before anything reads it.

Nothing here trusts what the file says about itself: sizes are counted while unpacking, kinds are known by their bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MB = 1024 * 1024
LARGEST_FILE, LARGEST_UNPACKED, LARGEST_PART = 5 * MB, 30 * MB, MB  # bytes; a part is one XML text
MOST_MEMBERS = 300
XML, PICTURES = {"xml", "rels"}, {"png", "jpg", "jpeg", "gif", "bmp"}
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Elements that bring in another file or run something: embedded objects, controls, mail merge, foreign text.
FOREIGN = {"altChunk": "嵌入的其他文件", "subDoc": "子文档", "object": "嵌入对象", "OLEObject": "嵌入对象", "control": "控件",
           "mailMerge": "邮件合并数据源", "attachedTemplate": "附加模板", "oleObj": "嵌入对象"}  # fmt: skip
FIELDS = {
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "DATE",
    "TIME",
    "TITLE",
    "SEQ",
    "REF",
    "PAGEREF",
    "STYLEREF",
    "TOC",
}
AGAIN = "请用 Word 打开，另存为普通的 .docx 后重新上传"


class Unfit(ValueError):
    """The file cannot even be unpacked; the sentence says why and what to do."""


def unpack(data: bytes) -> dict[str, bytes]:
    """Members by name. Raises `Unfit` for what is no Word file, too large, encrypted or packed to explode."""
    if len(data) > LARGEST_FILE:
        raise Unfit(f"模板超过 {LARGEST_FILE // MB} MB，请压缩其中的图片后重新上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            _check_listing(bundle.infolist())
            return dict(_members(bundle))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise Unfit(f"模板不是有效的 Word 文件，{AGAIN}。") from error


def _check_listing(listing: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in listing]
    if len(names) > MOST_MEMBERS or len({name.lower() for name in names}) != len(names):
        raise Unfit(f"模板内部文件过多或重名，{AGAIN}。")
    if any(entry.flag_bits & 1 for entry in listing):
        raise Unfit("模板设有打开密码，请取消密码后重新上传。")
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") or ":" in name for name in names):
        raise Unfit(f"模板内部路径不正常，{AGAIN}。")


def _members(bundle: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = LARGEST_UNPACKED
    for entry in bundle.infolist():
        if entry.is_dir():
            continue
        with bundle.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Unfit(f"模板解压后超过 {LARGEST_UNPACKED // MB} MB，疑似压缩炸弹，不予打开。")
        yield entry.filename, content


def faults(members: dict[str, bytes]) -> list[str]:
    """What forbids the use of the file, one sentence each; empty when nothing does."""
    found: list[str] = []
    for name, content in members.items():
        found += _kind_faults(name)
        if _suffix(name) in XML:
            found += _xml_faults(name, content)
    return list(dict.fromkeys(found)) or _main_faults(members)


def _suffix(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()


def _kind_faults(name: str) -> list[str]:
    lowered = name.lower()
    if "vba" in lowered or "macro" in lowered:
        return [f"模板包含宏（{name}），请另存为不带宏的 .docx 后重新上传。"]
    if "/embeddings/" in lowered or "/activex/" in lowered or "oleobject" in lowered:
        return [f"模板包含嵌入对象（{name}），请删除嵌入的文件或控件后重新上传。"]
    if _suffix(name) not in XML | PICTURES:
        return [f"模板包含不认识的部件（{name}），{AGAIN}。"]
    return []


def _xml_faults(name: str, content: bytes) -> list[str]:
    if len(content) > LARGEST_PART:
        return [f"模板内容过长（{name} 超过 {LARGEST_PART // MB} MB），请删减后重新上传。"]
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return [f"模板包含文档类型定义或实体（{name}），不予打开，{AGAIN}。"]
    except (ParseError, ValueError, LookupError):
        return [f"模板内部文件损坏（{name}），{AGAIN}。"]
    return _element_faults(root) + _field_faults(root)


def _element_faults(root: Element) -> list[str]:
    found = []
    for element in root.iter():
        kind = _local(element.tag)
        if kind in FOREIGN:
            found.append(f"模板包含{FOREIGN[kind]}，请删除后重新上传。")
        if kind == "Relationship" and element.get("TargetMode", "").lower() == "external":
            found.append(
                f"模板链接到外部文件或网址（{element.get('Target', '')[:80]}），请删除该链接或图片链接后重新上传。"
            )
        if kind in ("Override", "Default") and "macro" in element.get("ContentType", "").lower():
            found.append("模板包含宏，请另存为不带宏的 .docx 后重新上传。")
        found += [
            f"模板引用了外部地址（{value[:80]}），请删除后重新上传。"
            for key, value in element.attrib.items()
            if _local(key).lower() in ("src", "href", "althref") and _is_address(value)
        ]
    return found


def _local(tag: Any) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _is_address(value: str) -> bool:
    return "://" in value or value.startswith(("\\\\", "//")) or value.lower().startswith(("file:", "mailto:"))


def _field_faults(root: Element) -> list[str]:
    """Fields other than page numbers and the like: INCLUDEPICTURE, DDE, LINK and their kin fetch or run something."""
    words = [text.split()[0].upper() for text in _fields(root) if text.strip()]
    return [
        f"模板包含域“{word[:30]}”，只允许页码、日期、目录等域，请删除后重新上传。"
        for word in words
        if word not in FIELDS
    ]


def _fields(root: Element) -> Iterator[str]:
    """Instruction of every field; it may be spread over several runs."""
    open_fields: list[list[str]] = []
    for element in root.iter():
        kind = _local(element.tag)
        values = {_local(key): value for key, value in element.attrib.items()}
        if kind == "fldSimple":
            yield values.get("instr", "")
        elif kind == "fldChar" and values.get("fldCharType") == "begin":
            open_fields.append([])
        elif kind == "instrText":
            (open_fields[-1] if open_fields else open_fields.append([]) or open_fields[-1]).append(element.text or "")  # type: ignore[func-returns-value]
        elif kind == "fldChar" and values.get("fldCharType") == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(parts) for parts in open_fields)


def _main_faults(members: dict[str, bytes]) -> list[str]:
    """Whether it is a Word document and nothing else that comes as a bundle of XML."""
    types = members.get("[Content_Types].xml", b"")
    if MAIN.encode() not in types or "word/document.xml" not in members:
        return [f"文件不是 .docx 格式的 Word 文档，{AGAIN}。"]
    return []
