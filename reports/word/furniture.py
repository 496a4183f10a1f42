"""What stands at the edges of every page: numbers at the outer side, level above the area, watermark of a draft."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.paper import Paper
from reports.word.oxml import clean, exact, field, indent, node, paragraph, run, run_properties
from reports.word.styles import Faces

DASH = "— "
WATERMARK = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
</v:formulas><v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="draft" type="#_x0000_t136" style="position:absolute;width:260pt;height:120pt;rotation:325;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
 fillcolor="#d9d9d9" stroked="f"><v:textpath style="font-family:黑体;font-size:1pt" string=""/></v:shape></w:pict></w:r>"""


def fill_edges(file: Any, paper: Paper, faces: Faces) -> None:
    """Headers and footers of odd and even pages; later sections inherit them."""
    file.settings.odd_and_even_pages_header_footer = True
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # tables then begin at the margin, not a cell's margin before it
    section = file.sections[0]
    _set(section.footer, _number("right"))
    _set(section.even_page_footer, _number("left"))
    if paper.marking or paper.watermark:
        for header in (section.header, section.even_page_header):
            _set(header, _above(paper, faces))


def _set(part: Any, content: Any) -> None:
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.append(content)


def _number(side: str) -> Any:
    runs = [run(DASH), field("PAGE"), run(DASH[::-1])]
    return paragraph(runs, "PageNumber", indent(14, **{side: 1}, firstLine=0), node("jc", val=side))


def _above(paper: Paper, faces: Faces) -> Any:
    runs = [run(paper.marking, face=faces.hei, size=12, spacing=0)] if paper.marking else []
    if paper.watermark:
        runs.append(_watermark(paper.watermark))
    return paragraph(
        runs, "Flush", exact(16), node("jc", val="right"), node("snapToGrid", val=0), run_properties(size=12)
    )


def _watermark(words: str) -> Any:
    made = parse_xml(WATERMARK)
    for path in made.iter("{urn:schemas-microsoft-com:vml}textpath"):
        if path.get("string") is not None:
            path.set("string", clean(words))
    return made
