"""What is inside an uploaded file: nothing that runs, nothing that unpacks without end, nothing that fetches from elsewhere.

Each question answers with a sentence for the person who uploads, empty where the file may be kept. Files are read here only
as far as they must be; they are never opened by an office program on the server and leave it only as downloads.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

MOST_MEMBERS = 4_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes
SMALL_UNPACKED, MOST_RATIO = 10 * 1024 * 1024, 100
MOST_PIXELS = 250_000_000  # more than the largest camera of a phone
MOST_INFLATED = 32 * 1024 * 1024

# What makes a package the document that its extension says.
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}
RUNNABLE = frozenset(
    ("bat", "chm", "cmd", "com", "cpl", "dll", "dotm", "docm", "exe", "hta", "htm", "html", "jar", "js", "jse", "lnk", "msi", "pif",
     "ps1", "scf", "scr", "sh", "vbe", "vbs", "wsf", "xlam", "xlsm", "xltm", "zip", "rar", "7z", "gz")
)  # fmt: skip
IMAGE_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
_SYMLINK, _KIND_OF_FILE = 0o120000, 0o170000
_DTD = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be"))
_OLE_PACKAGE = "\x01Ole10Native".encode("utf-16-le")
# Relationships that an office program follows without asking; ordinary links in the text are none of them.
_FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*Type\s*=\s*[\"'][^\"']*/(?:attachedTemplate|oleObject|subDocument|frame)[\"'])"
    rb"(?=[^>]*Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|//|file:/*[^/\"']*[\\/]{2}))",
    re.IGNORECASE,
)
_PDF_ACTIONS = re.compile(rb"/(JavaScript|Launch)(?![A-Za-z0-9_.\-])")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


class _Unfit(Exception):
    """Carries the sentence."""


def fault_of(ending: str, data: bytes) -> str:
    """Why a file of this extension may not be kept: a clause for a Chinese sentence; empty where it may."""
    try:
        if ending in MAIN_PARTS:
            _check_package(ending, data)
        elif ending == "pdf":
            _check_pdf(data)
        elif ending in IMAGE_FORMATS:
            _check_image(ending, data)
    except _Unfit as unfit:
        return str(unfit)
    return ""


# --- packages: Word, Excel, OFD ---


def _check_package(ending: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), len(data))
            _check_kind(ending, archive)
            for member in archive.infolist():
                _check_member(archive, member)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
    ) as broken:
        raise _Unfit("文件已损坏或者设置了密码，请用办公软件重新保存") from broken


def _check_directory(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    too_large = unpacked > MOST_UNPACKED or (unpacked > SMALL_UNPACKED and unpacked > MOST_RATIO * size)
    if len(members) > MOST_MEMBERS or too_large:
        raise _Unfit("文件展开后过大，不像是一份正常的文档，请重新保存")
    if len({member.filename.lower() for member in members}) != len(members):
        raise _Unfit("文件内部有重名的部分，请用办公软件重新保存")


def _check_kind(ending: str, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    wanted = {MAIN_PARTS[ending]} | ({"[Content_Types].xml"} if ending != "ofd" else set())
    if not wanted <= names:
        raise _Unfit(f"文件不是真正的 .{ending} 文档，请用办公软件另存为 .{ending}")
    if ending != "ofd" and b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise _Unfit("文件带有宏，请另存为不带宏的文档")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
        raise _Unfit("文件内部的路径不正常，请用办公软件重新保存")
    if (member.external_attr >> 16) & _KIND_OF_FILE == _SYMLINK:
        raise _Unfit("文件内部带有快捷链接，请用办公软件重新保存")
    if path.name.lower() == "vbaproject.bin":
        raise _Unfit("文件带有宏，请另存为不带宏的文档")
    if path.suffix.lower().removeprefix(".") in RUNNABLE:
        raise _Unfit(f"文件内部带有“{path.name[:40]}”，请去掉后重新保存")
    if path.suffix.lower() in (".xml", ".rels", ".bin", ".vml"):
        _check_part(path, archive.read(member))


def _check_part(path: PurePosixPath, content: bytes) -> None:
    if path.suffix.lower() == ".bin":
        if _OLE_PACKAGE in content:
            raise _Unfit("文件内部嵌有其他程序的对象，请去掉后重新保存")
    elif any(word in content for word in _DTD):
        raise _Unfit("文件内部引用了外部实体，请用办公软件重新保存")
    elif path.suffix.lower() == ".rels" and _FETCHED.search(content):
        raise _Unfit("文件会从其他地址取模板或者对象，请断开链接后重新保存")


# --- PDF ---


def _check_pdf(data: bytes) -> None:
    """Scripts and programs are refused; files attached inside (an electronic invoice has its data there) are kept as they are."""
    if _acts(data) or any(_acts(packed) for packed in _unpacked(data)):
        raise _Unfit("文件带有脚本或者启动程序的动作，请打印成新的 PDF")


def _acts(content: bytes) -> bool:
    plain = _PDF_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)  # names may be written in hexadecimal
    return _PDF_ACTIONS.search(plain) is not None


def _unpacked(data: bytes) -> list[bytes]:
    """Object streams, where the names of a PDF may stand compressed; bounded, whatever the file declares."""
    found, left = [], MOST_INFLATED
    for match in _PDF_PACKED.finditer(data):
        try:
            found.append(zlib.decompressobj().decompress(data[match.end() :], max(left, 1)))
        except zlib.error:
            continue
        left -= len(found[-1])
        if left <= 0:
            raise _Unfit("文件展开后过大，不像是一份正常的文档，请重新保存")
    return found


# --- pictures ---


def _check_image(ending: str, data: bytes) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=[IMAGE_FORMATS[ending]]) as picture:
            width, height = picture.size
            picture.verify()
    except Image.DecompressionBombError as bomb:
        raise _Unfit("图片过大，请缩小后") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, zlib.error) as broken:
        raise _Unfit("图片已损坏，请重新拍照或者另存") from broken
    if width * height > MOST_PIXELS:
        raise _Unfit("图片过大，请缩小后")


Image.MAX_IMAGE_PIXELS = MOST_PIXELS
