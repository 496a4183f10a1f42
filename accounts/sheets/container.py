"""The file as a container: is it a workbook at all, is it safe to open, and what the cell values hide.

Nothing is unpacked to disk and nothing is opened before its directory has been read.
"""

import io
import re
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .hidden import Hidden
from .legacy import examine_legacy

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2_000
MAX_ROWS = 20_000
MAX_COLUMNS = 256
_SMALL = 2 * 1024 * 1024  # below this an extreme ratio only means blank formatted rows

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>(\s*<(?:\w+:)?f[\s/>])?")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7})["']""")
_FAULT = re.compile(rb"""(?:^|\s)t\s*=\s*["']e["']""")
_FAR = re.compile(rb'r="(?:[A-Za-z]{3}\d|[A-Za-z]{0,2}(?:[2-9]\d{4}|\d{6}))')
_SIGNS = (
    b"<f>",
    b"<f ",
    b"<f/",
    b":f>",
    b":f ",
    b":f/",
    b't="e"',
    b"t='e'",
    b"r='",
    b"r =",
    b"t =",
    b"r= ",
    b"t= ",
    b"<f\n",
    b"<f\t",
)


class Unreadable(Exception):
    """The file as a whole cannot be read; the text is the sentence for the clerk."""

    @property
    def sentence(self) -> str:
        return str(self)


def examine(data: bytes) -> dict[str, Hidden]:
    """Sheet name -> what its values hide; Raises Unreadable."""
    if not data:
        raise Unreadable("文件是空的，没有任何内容。请重新选择台账文件。")
    if len(data) > MAX_BYTES:
        raise Unreadable("文件超过20MB。请删去图片和无关的工作表，或者分成几个文件上传。")
    if data.startswith(_OLE):
        return _examine_ole(data)
    if data.startswith(_ZIP):
        return _examine_zip(data)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta)", data[:200], re.IGNORECASE):
        raise Unreadable(f"这个文件实际上是网页格式，只是改了扩展名。{_SAVE_AS}")
    raise Unreadable("这不是电子表格文件。台账只接受 .xlsx、.xls 和 .et 文件。")


def _examine_ole(data: bytes) -> dict[str, Hidden]:
    if _utf16("EncryptedPackage") in data:
        raise Unreadable("文件设置了打开密码，无法读取。请去掉密码后再上传。")
    if _utf16("_VBA_PROJECT") in data:
        raise Unreadable(f"文件里带有宏，不能导入。{_SAVE_AS}")
    if _utf16("WordDocument") in data or _utf16("PowerPoint Document") in data:
        raise Unreadable("这不是电子表格文件。台账只接受 .xlsx、.xls 和 .et 文件。")
    hidden = examine_legacy(data)
    for sheet in hidden.values():
        _check_place(sheet.last_row, sheet.last_column)
    return hidden


def _check_place(row: int, column: int) -> None:
    if row >= MAX_ROWS or column >= MAX_COLUMNS:
        raise Unreadable(
            f"表格在第{row + 1}行、第{column + 1}列还有内容，超出一本台账的范围（{MAX_ROWS}行、{MAX_COLUMNS}列）。"
            "请删去台账以外的内容后再上传。"
        )


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _examine_zip(data: bytes) -> dict[str, Hidden]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, len(data))
            return {name: _examine_sheet(_member(archive, part)) for name, part in _sheet_parts(archive)}
    except (zipfile.BadZipFile, ParseError, KeyError, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise Unreadable(f"文件已损坏，打不开。{_SAVE_AS}") from broken
    except DefusedXmlException as hostile:
        raise Unreadable("文件里含有不允许的外部引用，已拒绝读取。") from hostile
    except (ValueError, OverflowError, zlib.error) as broken:
        raise Unreadable(f"文件已损坏，打不开。{_SAVE_AS}") from broken


def _check_directory(archive: zipfile.ZipFile, size: int) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("文件设置了打开密码，无法读取。请去掉密码后再上传。")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable(f"文件里带有宏，不能导入。{_SAVE_AS}")
    if "xl/workbook.xml" not in names:
        raise Unreadable(f"这不是 .xlsx 电子表格。台账只接受 .xlsx、.xls 和 .et 文件。{_SAVE_AS}")
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise Unreadable("文件展开后过大，已拒绝读取。请删去图片和无关的工作表后再上传。")
    if unpacked > _SMALL and unpacked > MAX_RATIO * size:
        raise Unreadable("文件的压缩比异常，已拒绝读取。请把台账内容复制到新的表格里再上传。")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED:
        raise Unreadable("文件展开后过大，已拒绝读取。请删去图片和无关的工作表后再上传。")
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise Unreadable("文件里含有不允许的外部引用，已拒绝读取。")
    return content


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    targets = {
        link.get("Id", ""): link.get("Target", "")
        for link in fromstring(_member(archive, "xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    }
    names = set(archive.namelist())
    if "xl/sharedStrings.xml" in names:
        _member(archive, "xl/sharedStrings.xml")
    found = []
    for element in fromstring(_member(archive, "xl/workbook.xml"), forbid_dtd=True).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((value for key, value in element.items() if key.rpartition("}")[2] == "id"), "")
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            found.append((element.get("name", ""), part))
    return found


def _examine_sheet(xml: bytes) -> Hidden:
    hidden = Hidden()
    if not any(sign in xml for sign in _SIGNS) and not _FAR.search(xml):
        return hidden  # no formula, no fault, no far cell: so are most, and they need no second look
    for cell in _CELL.finditer(xml):
        attributes, empty, formula = cell.groups()
        place = _PLACE.search(attributes)
        if not place or empty:
            continue
        row, column = int(place[2]) - 1, _column_number(place[1])
        _check_place(row, column)
        if formula:
            hidden.formulas.add((row, column))
        elif _FAULT.search(attributes):
            hidden.faults.add((row, column))
    return hidden


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
