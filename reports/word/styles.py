"""Faces, paragraph styles and pages of a Word paper; every style can be changed by the office in Word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from reports.fonts import is_han
from reports.measures import UPRIGHT, WIDE
from reports.paper import Paper
from reports.word.oxml import exact, indent, node, properties, run_properties

LINE = 28.95  # points: 22 lines in 225 mm
SIZE = 16  # 三号
TIGHT = -5  # twentieths of a point: 28 characters in 156 mm
RED = "D7000F"
MM = 56.6929  # twips
CELL_AIR = {"top": 68, "left": 57, "bottom": 68, "right": 57}  # twips: 1.2 and 1 mm


@dataclass(frozen=True)
class Faces:
    """Names under which the office's machines know the faces."""

    body: str
    kai: str
    title: str
    hei: str = "黑体"
    song: str = "宋体"


def faces_of(paper: Paper) -> Faces:
    """The GB2312 faces of the standard, or their larger brothers where a name needs a rarer character."""
    rare = _rare(paper.texts())
    titles = "".join([paper.title, paper.issuer, *(one.title for one in paper.attachments)])
    return Faces(
        body="仿宋" if rare else "仿宋_GB2312",
        kai="楷体" if rare else "楷体_GB2312",
        title="方正小标宋_GBK" if _rare(titles) else "方正小标宋简体",
    )


def _rare(text: str) -> bool:
    try:
        "".join(char for char in text if is_han(char)).encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def write_styles(root: Any, faces: Faces) -> None:
    """Replace what the empty file brings along by the styles of an official document."""
    for child in list(root):
        root.remove(child)
    run_defaults = node("rPrDefault", _with_language(run_properties(faces.body, SIZE, spacing=TIGHT)))
    root.append(node("docDefaults", run_defaults, node("pPrDefault", properties())))
    root.append(_style("Normal", "Normal", _body(), run_properties(), default=1))
    root.append(node("style", node("name", val="Default Paragraph Font"), type="character", default=1, styleId="a0"))
    root.append(_table_default())
    for style in _headings(faces) + _own(faces):
        root.append(style)


def _with_language(made: Any) -> Any:
    made.append(node("lang", val="en-US", eastAsia="zh-CN"))
    return made


def _body() -> Any:
    return properties("", [exact(LINE), indent(firstLine=2), node("jc", val="both"), node("overflowPunct", val=0), node("autoSpaceDE", val=0),
                           node("autoSpaceDN", val=0), node("adjustRightInd", val=0), node("widowControl", val=0)])  # fmt: skip


def _style(key: str, name: str, ppr: Any, rpr: Any, *, base: str = "", **attributes: Any) -> Any:
    made = node("style", node("name", val=name), type="paragraph", styleId=key, **attributes)
    if base:
        made.append(node("basedOn", val=base))
    made.extend([node("qFormat"), ppr, rpr])
    return made


def _table_default() -> Any:
    table = node("tblPr", node("tblInd", w=0, type="dxa"), cell_air())
    return node("style", node("name", val="Normal Table"), table, type="table", default=1, styleId="TableNormal")


def cell_air(share: float = 1) -> Any:
    """Space inside the cells of a table, or a share of it."""
    return node("tblCellMar", *(node(side, w=round(width * share), type="dxa") for side, width in CELL_AIR.items()))


def _headings(faces: Faces) -> list[Any]:
    found = []
    for level, face in enumerate((faces.hei, faces.kai, faces.body, faces.body), 1):
        ppr = properties("", [node("keepNext"), node("outlineLvl", val=level - 1)])
        found.append(_style(f"Heading{level}", f"heading {level}", ppr, run_properties(face), base="Normal"))
    return found


def _own(faces: Faces) -> list[Any]:
    flush, centre = indent(firstLine=0), node("jc", val="center")
    rows = (
        ("Flush", "公文顶格", [flush], run_properties()),
        ("PaperTitle", "公文标题", [indent(firstLine=0), centre, node("keepNext"), node("snapToGrid", val=0), exact(LINE, after=LINE), node("outlineLvl", val=0)],
         run_properties(faces.title, 22, spacing=0)),
        ("RedHead", "发文机关标志", [indent(firstLine=0), node("jc", val="center")], run_properties(faces.title, color=RED, spacing=0)),
        ("Mark", "密级和紧急程度", [indent(firstLine=0)], run_properties(faces.hei)),
        ("HeadLine", "表头说明", [indent(firstLine=0), exact(20.4), node("snapToGrid", val=0)], run_properties(size=12, spacing=0)),
        ("Cell", "表格文字", [indent(firstLine=0), exact(15.2), node("jc", val="left"), node("snapToGrid", val=0)],
         run_properties(size=10.5, spacing=0)),
        ("WideCell", "横排表格文字", [indent(firstLine=0), exact(13.05), node("jc", val="left"), node("snapToGrid", val=0)],
         run_properties(size=9, spacing=0)),
        ("Imprint", "版记", [indent(14, firstLine=0, left=1, right=1), exact(23.8), node("snapToGrid", val=0)],
         run_properties(size=14, spacing=0)),
        ("Small", "内容摘要", [indent(firstLine=0), exact(14), node("snapToGrid", val=0)], run_properties(size=9, spacing=0)),
        ("PageNumber", "公文页码", [indent(firstLine=0), exact(18), node("snapToGrid", val=0)], run_properties(faces.song, 14, spacing=0)),
    )  # fmt: skip
    return [
        _style(key, name, properties("", parts), rpr, base="Normal", customStyle=1) for key, name, parts, rpr in rows
    ]


def set_page(sect: Any, *, wide: bool) -> None:
    """Size, margins and grid of a section: upright, or on its side for tables."""
    for name in ("pgSz", "pgMar", "cols", "docGrid"):
        for old in sect.findall(qn(f"w:{name}")):
            sect.remove(old)
    sides = (
        {"w": round(297 * MM), "h": round(210 * MM), "orient": "landscape"}
        if wide
        else {"w": round(210 * MM), "h": round(297 * MM)}
    )
    top, right, bottom, left = WIDE if wide else UPRIGHT
    foot = bottom - 7 - 6.35  # the number stands 7 mm below the area, in a line of 18 points
    margins = {"top": top, "right": right, "bottom": bottom, "left": left, "header": top - 10, "footer": foot}
    sect.append(node("pgSz", **sides))
    sect.append(node("pgMar", **{name: round(value * MM) for name, value in margins.items()}, gutter=0))
    sect.append(node("cols", space=425))
    sect.append(node("docGrid", type="lines", linePitch=579))
