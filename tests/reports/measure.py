"""What a printed page really shows: lines of text with their places, ruled lines by their ink, faces in the file."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader

POINT = 72 / 25.4  # points in a millimetre
SCALE = 4  # pixels to the point
AREA_LEFT, AREA_RIGHT, AREA_BOTTOM = 28 * POINT, (28 + 156) * POINT, (37 + 225) * POINT


@dataclass(frozen=True)
class Line:
    """One line of text; places in points from the top left corner of the paper."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def lines_of(pdf: bytes, folder: Path, page: int) -> list[Line]:
    """Lines of a page (1 is the first) from top to bottom."""
    path = folder / "measured.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), str(path), "-"]
    boxes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = []
    for block in re.findall(r"<line [^>]*>.*?</line>", boxes, re.S):
        places = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', block)
        assert places
        found.append(Line(*map(float, places.groups()), "".join(re.findall(r">([^<]+)</word>", block))))  # type: ignore[arg-type]
    return sorted(found, key=lambda line: (round(line.top), line.left))


def line_with(words: str, pdf: bytes, folder: Path, page: int) -> Line:
    """The one line of a page that has these words."""
    return next(line for line in lines_of(pdf, folder, page) if words in line.text)


def picture(pdf: bytes, folder: Path, page: int) -> Any:
    """The page in colour, SCALE pixels to the point."""
    (folder / "drawn.pdf").write_bytes(pdf)
    number = ["-f", str(page), "-l", str(page), "-singlefile", "-r", str(72 * SCALE), "-png"]
    subprocess.run(["pdftoppm", *number, str(folder / "drawn.pdf"), str(folder / "drawn")], check=True)
    return Image.open(folder / "drawn.png").convert("RGB")


def rules_of(pdf: bytes, folder: Path, page: int, *, red: bool = False) -> list[tuple[float, float]]:
    """(top, bottom) of each line ruled over the whole width of the area, in points, from top to bottom."""
    image = picture(pdf, folder, page)
    pixels = image.load()
    left, right = round(AREA_LEFT * SCALE) + 4, round(AREA_RIGHT * SCALE) - 4
    is_ink = (lambda p: p[0] > 180 and p[1] < 90) if red else (lambda p: p[0] < 140)
    rows = [y for y in range(image.height) if all(is_ink(pixels[x, y]) for x in range(left, right, 3))]
    found: list[list[int]] = []
    for y in rows:
        if found and y == found[-1][1] + 1:
            found[-1][1] = y
        else:
            found.append([y, y])
    return [(top / SCALE, (bottom + 1) / SCALE) for top, bottom in found]


def page_count(pdf: bytes) -> int:
    """Pages of the file."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def text_of(pdf: bytes) -> str:
    """All text without any white space."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def fonts_in(pdf: bytes) -> dict[str, bool]:
    """Family -> whether it is embedded."""
    found = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            name = str(inner["/BaseFont"]).split("+")[-1]
            found[name] = any(key in inner["/FontDescriptor"].get_object() for key in ("/FontFile2", "/FontFile3"))
    return found
