"""The office's own Word template: what it may contain, what is refused and in which words, and what comes out."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from reports.word.template import TemplateRefused, check_template, context_of, docx_from_template
from tests.reports.letters import full_letter, letter

pytestmark = pytest.mark.once

CONTEXT: dict[str, Any] = {
    "标题": "关于整改的通知",
    "文号": "示纪发〔2026〕3号",
    "密级": "",
    "附件": [{"序号": "1", "名称": "问题清单"}],
}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" {mode}/>'

PICTURE = """<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://127.0.0.1:9/x.png"/>
</v:shape></w:pict></w:r></w:p>"""
SPLIT_FIELD = """<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>
<w:r><w:instrText>AUTO c:\\cmd.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""


def template(*lines: str, header: str = "") -> bytes:
    """A Word file with these paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(data: bytes, changes: dict[str, bytes | Callable[[str], str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.pop(name, None)
            content = old.read(name)
            new.writestr(name, change(content.decode()) if callable(change) else content if change is None else change)
        for name, change in changes.items():
            assert not callable(change), name
            new.writestr(name, change)
    return out.getvalue()


def body(xml: str) -> Callable[[str], str]:
    """Adds to the end of the body."""
    return lambda text: text.replace("</w:body>", f"{xml}</w:body>")


def relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> Callable[[str], str]:
    """Adds a relationship."""
    return lambda text: text.replace(
        "</Relationships>", RELATION.format(kind=kind, target=target, mode=mode) + "</Relationships>"
    )


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


# --- what comes out ------------------------------------------------------------------------------------------------------


def test_names_rows_and_conditions_are_filled_in_body_and_header() -> None:
    data = template("{{ 标题 }}", "{% if 密级 %}密级：{{ 密级 }}{% else %}公开{% endif %}", "{%p for 件 in 附件 %}",
                    "{{ loop.index }}、{{ 件.名称 }}", "{%p endfor %}", header="{{ 文号 }}")  # fmt: skip

    made = docx_from_template(data, CONTEXT)

    assert texts(made) == ["关于整改的通知", "公开", "1、问题清单"]
    assert Document(io.BytesIO(made)).sections[0].header.paragraphs[0].text == "示纪发〔2026〕3号"


def test_a_text_goes_in_as_text_whatever_it_contains() -> None:
    hostile = "<w:p>&lt;甲&amp;'\"{{ 密级 }}{% for x in y %}\x00\x0b\ud800]]>"

    (made,) = texts(docx_from_template(template("{{ 标题 }}"), {**CONTEXT, "标题": hostile}))

    assert made == "<w:p>&lt;甲&amp;'\"{{ 密级 }}{% for x in y %}]]>"


def test_a_new_line_in_a_text_is_a_new_line_in_word() -> None:
    (made,) = texts(docx_from_template(template("{{ 标题 }}"), {**CONTEXT, "标题": "第一行\n第二行"}))

    assert made == "第一行\n第二行"


def test_every_name_of_a_paper_can_be_filled() -> None:
    context = context_of(full_letter())
    plain = [f"{name}＝{{{{ {name} }}}}" for name, value in context.items() if isinstance(value, str)]
    loops = [
        "{%p for 行 in 段落 %}",
        "{{ 行.级别 }}{{ 行.文字 }}",
        "{%p endfor %}",
        "{%p for 件 in 附件 %}",
        "{{ 件.序号 }}.{{ 件.名称 }}",
        "{%p endfor %}",
    ]

    assert check_template(template(*plain, *loops)) == []
    made = texts(docx_from_template(template(*plain, *loops), context))
    assert (
        "文号＝示纪发〔2026〕3号" in made
        and "抄送＝县委办公室，县政府办公室" in made
        and "成文日期＝2026年3月5日" in made
    )
    assert "1一、总体情况" in made and "3.另行寄送的图册" in made


def test_a_paper_without_attachments_fills_the_same_template() -> None:
    data = template("{%p for 件 in 附件 %}", "{{ 件.名称 }}", "{%p endfor %}", "完")

    assert texts(docx_from_template(data, context_of(letter(1)))) == ["完"]


def test_a_table_of_the_office_grows_by_a_row_for_each_row() -> None:
    document = Document()
    table = document.add_table(rows=4, cols=2)
    lines = [
        ("序号", "问题"),
        ("{%tr for 行 in 表格行 %}", ""),
        ("{{ 行.列1 }}", "{{ 行.列2 }}"),
        ("{%tr endfor %}", ""),
    ]
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)

    made = Document(io.BytesIO(docx_from_template(out.getvalue(), context_of(full_letter())))).tables[0]

    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["序号", "问题"],
        ["1", "公示栏更新不及时"],
        ["2", "合同未清理"],
    ]


@pytest.mark.parametrize("value", [3, None, ["甲"], [{"名称": 3}], {"a": "b"}, object()])
def test_only_plain_texts_go_in(value: Any) -> None:
    with pytest.raises(TypeError, match="texts"):
        docx_from_template(template("{{ 标题 }}"), {**CONTEXT, "标题": value})


# --- what is refused -------------------------------------------------------------------------------------------------------


def test_an_unknown_name_is_named_with_the_names_that_exist() -> None:
    (sentence,) = check_template(template("{{ 发文日期 }}"))

    assert "“发文日期”不是可用的名称" in sentence and "成文日期" in sentence


def test_an_unknown_field_of_a_row_is_named() -> None:
    (sentence,) = check_template(template("{%p for 件 in 附件 %}", "{{ 件.页数 }}", "{%p endfor %}"))

    assert "“件.页数”" in sentence and "序号、名称" in sentence


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 标题.__class__ }}",
        "{{ 标题.format }}",
        "{{ 标题['__class__'] }}",
        "{{ 标题|attr('__class__') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ config }}",
        "{{ request }}",
        "{{ range(10) }}",
        "{% for x in range(10**9) %}x{% endfor %}",
        "{% for x in 附件 recursive %}{{ loop(附件) }}{% endfor %}",
        "{% for x in 附件 %}{% for y in 附件 %}z{% endfor %}{% endfor %}",
        "{% for x in 标题 %}{{ x }}{% endfor %}",
        "{{ 标题 * 10**9 }}",
        "{{ 10**10**10 }}",
        "{{ 标题|upper }}",
        "{% set x = 标题 %}{{ x }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% call m() %}{% endcall %}",
        "{% with a = 标题 %}{{ a }}{% endwith %}",
        "{% autoescape false %}{{ 标题 }}{% endautoescape %}",
        "{{ loop.index }}",
        "{% for 件 in 附件 %}{{ loop.__class__ }}{% endfor %}",
        "{% for 件 in 附件 %}{{ 件.items() }}{% endfor %}",
        "{% for 件 in 附件 %}{{ 件 }}{% endfor %}",
        "{{ 附件 }}",
        "{{ 标题 or 附件 }}",
        "{{ 标题 == 文号 }}",
        "{{ not 标题 }}",
        "{{ 标题",
        "{% if 标题 %}",
        "{% endfor %}",
    ],
)
def test_whatever_is_more_than_a_name_is_refused(attack: str) -> None:
    found = check_template(template(attack))

    assert found and all("请" in sentence for sentence in found)
    with pytest.raises(TemplateRefused) as refused:
        docx_from_template(template(attack), CONTEXT)
    assert refused.value.sentences


@pytest.mark.parametrize(
    "attack", ["{{ ''.__class__ }}", "{% for x in range(10**9) %}x{% endfor %}", "{{ 没有 }}", "{{ 标题"]
)
def test_headers_and_properties_are_read_as_well(attack: str) -> None:
    document = Document(io.BytesIO(template("正文")))
    document.core_properties.title = attack
    out = io.BytesIO()
    document.save(out)

    assert check_template(template("正文", header=attack))
    assert check_template(out.getvalue())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"word/vbaProject.bin": b"x"}, "包含宏"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "嵌入对象"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "嵌入对象"),
        ({"word/media/x.exe": b"MZ"}, "不认识的部件"),
        ({"word/media/x.svg": b"<svg/>"}, "不认识的部件"),
        ({"word/evil.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "实体"),
        ({"word/evil.xml": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'}, "实体"),
        ({"word/evil.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode("utf-16")}, "实体"),
        ({"word/evil.xml": b"<a>"}, "损坏"),
        ({"word/evil.xml": b"<a>" + b" " * 1_100_000 + b"</a>"}, "内容过长"),
        ({"word/_rels/document.xml.rels": relation("image", "http://127.0.0.1:9/x.png")}, "外部文件或网址"),
        ({"word/_rels/document.xml.rels": relation("image", "file:///etc/passwd")}, "外部文件或网址"),
        ({"word/_rels/document.xml.rels": relation("oleObject", "\\\\server\\share\\x.doc")}, "外部文件或网址"),
        ({"word/_rels/document.xml.rels": relation("attachedTemplate", "http://127.0.0.1:9/x.dotm", 'TargetMode="external"')}, "外部文件或网址"),
        ({"word/_rels/document.xml.rels": relation("hyperlink", "https://example.org")}, "外部文件或网址"),
        ({"word/_rels/settings.xml.rels": RELATION.format(kind="attachedTemplate", target="http://x/", mode='TargetMode="External"').encode()}, "外部文件或网址"),
        ({"word/document.xml": body('<w:altChunk w:id="1"/>')}, "嵌入的其他文件"),
        ({"word/document.xml": body("<w:p><w:r><w:object/></w:r></w:p>")}, "嵌入对象"),
        ({"word/document.xml": body(PICTURE)}, "外部地址"),
        ({"word/document.xml": body('<w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://127.0.0.1:9/x.png "/></w:p>')}, "INCLUDEPICTURE"),
        ({"word/document.xml": body(SPLIT_FIELD)}, "DDEAUTO"),
        ({"word/document.xml": body("<w:p><w:r><w:instrText>INCLUDETEXT /etc/passwd</w:instrText></w:r></w:p>")}, "INCLUDETEXT"),
        ({"word/settings.xml": lambda text: text.replace("<w:zoom", "<w:mailMerge/><w:zoom")}, "邮件合并"),
        ({"[Content_Types].xml": lambda text: text.replace("document.main+xml", "document.macroEnabled.main+xml")}, "宏"),
        ({"[Content_Types].xml": lambda text: text.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main")}, "不是 .docx"),
        ({"../../etc/cron.d/x.xml": b"<a/>"}, "路径"),
        ({"/etc/x.xml": b"<a/>"}, "路径"),
        ({"word/footnotes.xml": f"<w:footnotes {W}/>".encode(), "WORD/footnotes.xml": b"<a/>"}, "重名"),
        ({f"word/p{n}.xml": b"<a/>" for n in range(400)}, "过多"),
    ],
)  # fmt: skip
def test_a_file_that_brings_more_than_a_letter_is_refused(change: dict[str, Any], words: str) -> None:
    data = rewritten(template("{{ 标题 }}"), dict(change))

    found = check_template(data)

    assert any(words in sentence for sentence in found), found
    with pytest.raises(TemplateRefused):
        docx_from_template(data, CONTEXT)


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + b"\0" * 600, template("x")[:-40], b"x" * 6_000_000]
)
def test_what_is_no_word_file_is_refused_in_words(data: bytes) -> None:
    (sentence,) = check_template(data)

    assert sentence.startswith("模板") and sentence.endswith("。")


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)

    began = time.perf_counter()
    (sentence,) = check_template(out.getvalue())

    assert "压缩炸弹" in sentence and time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "attack",
    [
        "{{" * 150,
        "{%" * 150,
        "{{ " + "</w:t></w:r><w:r><w:t>" * 9000,
        "{" * 380 + "甲" * 300_000,
        "{%tr" * 90 + "<w:br/>" * 30000,
    ],
)
def test_marks_without_an_end_do_not_keep_the_machine_busy(attack: str) -> None:
    xml = (
        f"<w:p><w:r><w:t>{attack}</w:t></w:r></w:p>"
        if "<w:br" not in attack
        else f"<w:p><w:r><w:t>{attack.split('<')[0]}</w:t>{'<w:br/>' * 30000}</w:r></w:p>"
    )
    data = rewritten(template("正文"), {"word/document.xml": body(xml)})

    began = time.perf_counter()
    assert check_template(data)
    assert time.perf_counter() - began < 15


def test_a_mark_in_a_footnote_is_refused() -> None:
    types = '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    data = rewritten(
        template("正文"),
        {
            "[Content_Types].xml": lambda text: text.replace("</Types>", f"{types}</Types>"),
            "word/_rels/document.xml.rels": relation("footnotes", "footnotes.xml", ""),
            "word/footnotes.xml": f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>{{{{ 标题 }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>".encode(),
        },
    )

    assert check_template(data) == ["脚注中不能使用标记，请移到正文后重新上传。"]


def test_page_numbers_and_our_own_files_are_fit() -> None:
    data = rewritten(
        template("{{ 标题 }}"),
        {"word/document.xml": body('<w:p><w:fldSimple w:instr=" PAGE  \\* MERGEFORMAT "/></w:p>')},
    )

    assert check_template(data) == []
