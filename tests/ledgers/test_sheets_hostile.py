"""Files that are no ledger, broken, locked or made to do harm: each is refused with a sentence."""

import io
import time
import zipfile

import openpyxl
import pytest
import xlwt

from ledgers.sheets import Unreadable, read_apart
from tests.ledgers.workbooks import DIRECTORY, USUAL, line, read, saved, xls, xlsx

pytestmark = pytest.mark.once

GOOD = xlsx([USUAL, line()])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repacked(data, **members):
    """The workbook with members replaced or added; dots in names are written as __ and slashes as ___."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        changed = {name.replace("___", "/").replace("__", "."): content for name, content in members.items()}
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return buffer.getvalue()


def sheet_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def zipped(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "sentence"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"hello", "a.xlsx", "这不是电子表格文件"),
        (b"%PDF-1.7 ...", "a.xls", "这不是电子表格文件"),
        (b"\xef\xbb\xbf<html><table></table></html>", "a.xls", "实际上是网页格式"),
        (b'<?xml version="1.0"?><Workbook/>', "a.xls", "实际上是网页格式"),
        (GOOD, "a.csv", "台账只接受 .xlsx、.xls 和 .et 文件"),
        (GOOD, "a.xlsm", "台账只接受 .xlsx、.xls 和 .et 文件"),
        (GOOD, "a.xlsx.exe", "台账只接受 .xlsx、.xls 和 .et 文件"),
        (GOOD[: len(GOOD) // 2], "a.xlsx", "文件已损坏"),
        (b"PK\x03\x04" + b"\0" * 100, "a.xlsx", "文件已损坏"),
        (zipped("word/document.xml", "<x/>"), "a.xlsx", "这不是 .xlsx 电子表格"),
        (zipped("xl/workbook.bin", "x"), "a.xlsx", "这不是 .xlsx 电子表格"),
        (OLE + b"\0" * 1000, "a.xls", "文件已损坏"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "设置了打开密码"),
        (OLE + b"\0" * 600 + "_VBA_PROJECT_CUR".encode("utf-16-le"), "a.xls", "带有宏"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.xls", "这不是电子表格文件"),
        (repacked(GOOD, xl___vbaProject__bin=b"x"), "a.xlsx", "带有宏"),
        (b"\0" * (20 * 1024 * 1024 + 1), "a.xlsx", "超过20MB"),
    ],
)
def test_files_that_are_no_ledger_are_refused(data, filename, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(data, filename)


def test_a_bomb_is_refused_by_its_directory():
    bomb = repacked(GOOD, xl___media___image1__png=b"\0" * (30 * 1024 * 1024))

    with pytest.raises(Unreadable, match="压缩比异常"):
        read(bomb)


def test_too_much_inside_is_refused():
    with pytest.raises(Unreadable, match="展开后过大"):
        read(repacked(GOOD, xl___media___image1__png=b"\0" * (101 * 1024 * 1024)))


def test_too_many_members_are_refused():
    members = {f"m{number}": b"x" for number in range(2001)}

    with pytest.raises(Unreadable, match="展开后过大"):
        read(repacked(GOOD, **members))


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused(head, member):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        old = archive.read(member)
    body = old[old.index(b"?>") + 2 :] if old.startswith(b"<?xml") else old

    with pytest.raises(Unreadable, match="不允许的外部引用"):
        read(repacked(GOOD, **{member.replace("/", "___").replace(".", "__"): head + body}))


def test_a_dimension_that_lies_changes_nothing():
    lie = sheet_of(GOOD).replace(b'ref="A1:K2"', b'ref="A1:XFD1048576"')
    assert lie != sheet_of(GOOD)

    began = time.perf_counter()
    reading = read(repacked(GOOD, xl___worksheets___sheet1__xml=lie))

    assert len(reading.rows) == 1
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("place", ["A1048576", "XFD2", "XFD1048576", "ZZ30000"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(place):
    far = sheet_of(GOOD).replace(
        b"</sheetData>", f'<row r="1048576"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    )

    with pytest.raises(Unreadable, match="超出一本台账的范围"):
        read(repacked(GOOD, xl___worksheets___sheet1__xml=far))


def test_blank_formatted_rows_far_below_are_harmless():
    blank = b"".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>'.encode() for row in (9000, 65536, 1048576))
    far = sheet_of(GOOD).replace(b"</sheetData>", blank + b"</sheetData>")

    assert len(read(repacked(GOOD, xl___worksheets___sheet1__xml=far)).rows) == 1


def test_a_cell_far_away_in_a_legacy_workbook_is_refused():
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(65535, 255, "x")

    with pytest.raises(Unreadable, match="第65536行、第256列还有内容"):
        read(saved(book), "a.xls")


def test_an_empty_workbook_and_a_bare_header_are_refused():
    with pytest.raises(Unreadable, match="工作簿是空的"):
        read(saved(openpyxl.Workbook()))
    with pytest.raises(Unreadable, match="表头下面没有可以登记的问题"):
        read(xlsx([USUAL]))
    with pytest.raises(Unreadable, match="没有找到台账的表头"):
        read(xlsx([["姓名", "电话"], ["张三", "1"]]))
    with pytest.raises(Unreadable, match="表头下面没有可以登记的问题"):
        read(xls([USUAL, [1], [2]]), "a.xls")


def test_truncated_legacy_files_are_read_whole_or_refused():
    data = xls([USUAL, line()])
    refused = 0

    for size in range(600, len(data) - 1, 700):
        try:
            assert len(read(data[:size], "a.xls").rows) == 1
        except Unreadable:
            refused += 1

    assert refused > 0


def test_ten_thousand_rows_are_read_in_seconds():
    rows = [USUAL] + [line(number, problem=f"问题第{number}号") for number in range(10_000)]
    data = xlsx(rows)

    began = time.perf_counter()
    reading = read(data)

    assert len(reading.rows) == 10_000
    assert time.perf_counter() - began < 15


def test_reading_apart_answers_the_same():
    data = xlsx([USUAL, line(1, due="6月30日前"), line(2, unit="农业农村局", problem="乙")])

    assert read_apart(data, "台账.xlsx", DIRECTORY) == read(data)


def test_reading_apart_hands_the_sentence_through():
    with pytest.raises(Unreadable, match="这不是电子表格文件"):
        read_apart(b"hello", "台账.xlsx", DIRECTORY)


def test_reading_apart_stops_at_its_time():
    with pytest.raises(Unreadable, match="已停止读取"):
        read_apart(GOOD, "台账.xlsx", DIRECTORY, seconds=0.001)


def test_reading_apart_stops_at_its_memory():
    cells = b"".join(f"<row r='{row}'><c r='A{row}'><v>1</v></c></row>".encode() for row in range(3, 4))
    far = b"<row r='&#49;048576'><c r='XFD&#49;048576'><v>1</v></c></row>"
    sheet = sheet_of(GOOD).replace(b"</sheetData>", cells + far + b"</sheetData>")

    try:
        reading = read_apart(repacked(GOOD, xl___worksheets___sheet1__xml=sheet), "台账.xlsx", DIRECTORY)
    except Unreadable:
        return
    assert len(reading.rows) == 1
