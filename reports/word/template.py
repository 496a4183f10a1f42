"""The office's own Word template, filled with plain texts. A template is checked before it is kept and before every use."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from lxml.etree import LxmlError

from reports.paper import Drawing, Heading, Paper, Paragraph, Table, chinese_day
from reports.word.inspection import AGAIN, Unfit, faults, unpack
from reports.word.language import Known, PlainEnvironment, complaints
from reports.word.oxml import clean

Row = Mapping[str, str]
Context = Mapping[str, str | Sequence[Row]]
NOT_PLAIN = "a template is filled with texts and rows of texts only"
MOST_TAGS = 200  # of {{ and {% in one part: the search for their ends must stay short
COLUMNS = tuple(f"列{number}" for number in range(1, 13))
# Names that a template may use for a paper; those with fields are lists, to be written row by row.
PAPER_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("标题", "发文机关", "文号", "份号", "密级", "紧急程度", "签发人", "主送", "正文", "落款", "成文日期", "附注", "抄送",
                     "印发机关", "印发日期"), ()),
    "段落": ("文字", "级别"),
    "附件": ("序号", "名称"),
    "表格行": COLUMNS,
}  # fmt: skip
BROKEN = (
    TemplateError,
    OpcError,
    LxmlError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
)


class TemplateRefused(ValueError):
    """The template cannot be used; `sentences` say why and what to do next."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def check_template(data: bytes, known: Known = PAPER_FIELDS) -> list[str]:
    """What forbids the use of a template: macros, links outside, bombs, entities, unknown names. Empty when it is fit."""
    try:
        members = unpack(data)
    except Unfit as error:
        return [str(error)]
    if found := faults(members) or _crowded(members):
        return found
    try:
        return _wording(data, known)
    except TemplateSyntaxError as error:
        return [f"模板中的标记写法有误（{error.message}），请检查花括号和百分号是否成对后重新上传。"]
    except BROKEN:
        return [f"模板无法读取，{AGAIN}。"]


def _crowded(members: dict[str, bytes]) -> list[str]:
    tags = max((content.count(b"{") for name, content in members.items() if name.endswith(".xml")), default=0)
    return [f"模板中的标记超过 {MOST_TAGS} 处，请删减后重新上传。"] if tags > 2 * MOST_TAGS else []


def _footnotes(template: Any) -> list[str]:
    """Footnotes are read raw, so a mark in them is refused rather than checked."""
    notes = [part for part in template.get_docx()._part.package.parts if part.content_type.endswith("footnotes+xml")]
    return ["脚注中不能使用标记，请移到正文后重新上传。"] if any(b"{" in part.blob for part in notes) else []


def _wording(data: bytes, known: Known) -> list[str]:
    template, environment = DocxTemplate(io.BytesIO(data)), PlainEnvironment()
    template.init_docx()
    if found := _footnotes(template):
        return found
    for text in _texts(template):
        found += complaints(environment.parse(text), known)
    return list(dict.fromkeys(found))


def _texts(template: Any) -> Iterator[str]:
    """Every part in which the filling looks for marks: body, headers, footers, properties (footnotes have none, see below)."""
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    properties = template.get_docx().core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title", "category", "keywords"):
        yield getattr(properties, name) or ""


def docx_from_template(template_bytes: bytes, context: Context) -> bytes:
    """The template with its names replaced; texts go in as text, whatever marks they contain.

    Raises `TemplateRefused` for an unfit template, `TypeError` for a context of anything but plain texts.
    """
    texts = {name: _plain(value) for name, value in context.items()}
    if found := check_template(template_bytes, _known(context)):
        raise TemplateRefused(found)
    template, out = DocxTemplate(io.BytesIO(template_bytes)), io.BytesIO()
    try:
        template.render(texts, PlainEnvironment(), autoescape=True)
        template.save(out)
    except BROKEN as error:
        raise TemplateRefused([f"模板无法填写，{AGAIN}。"]) from error
    return out.getvalue()


def _known(context: Context) -> dict[str, tuple[str, ...]]:
    """Names as the context has them; an empty list keeps the fields of its kind."""
    return {
        name: () if isinstance(value, str) else tuple(value[0]) if value else PAPER_FIELDS.get(name, ("名称",))
        for name, value in context.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise TypeError(NOT_PLAIN)
    return [{key: _cell(cell) for key, cell in row.items()} for row in value]


def _cell(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(NOT_PLAIN)
    return clean(value)


def context_of(paper: Paper) -> Context:
    """The names of `PAPER_FIELDS` with what a paper says."""
    copies, office, printed = paper.imprint()
    return {
        "标题": paper.title.replace("\n", ""), "发文机关": paper.issuer, "文号": paper.doc_no, "份号": paper.copy_no, "密级": paper.secrecy,
        "紧急程度": paper.urgency, "签发人": paper.approver, "主送": paper.recipients, "落款": paper.signer,
        "成文日期": chinese_day(paper.signed_on), "附注": paper.annotation, "抄送": copies.removeprefix("抄送：").removesuffix("。"),
        "印发机关": office, "印发日期": printed.removesuffix("印发"),
        "正文": "\n".join(block.text for block in paper.blocks if not isinstance(block, Table | Drawing)),
        "段落": [{"文字": block.text, "级别": _level(block)} for block in paper.blocks if not isinstance(block, Table | Drawing)],
        "附件": [{"序号": str(number), "名称": one.title} for number, one in enumerate(paper.attachments, 1)],
        "表格行": [_cells(row) for block in paper.blocks if isinstance(block, Table) for row in block.rows],
    }  # fmt: skip


def _cells(row: Sequence[str]) -> Row:
    """A row of a table by columns; those that it lacks are empty, so that one template serves tables of any width."""
    return {name: row[place] if place < len(row) else "" for place, name in enumerate(COLUMNS)}


def _level(block: Heading | Paragraph) -> str:
    return str(block.level) if isinstance(block, Heading) else "0"
