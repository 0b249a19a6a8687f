"""Charts on paper: a tagged PDF, or a Word file."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import typst
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from tracker.exports.fonts.glyphs import FONTS, printable
from tracker.lib.archive import with_fixed_times
from tracker.words import Language

HERE = Path(__file__).parent
# Dots an inch: letters this small are sharp on paper.
SHARP = 170.0
# Millimetres: A4 lying, less its margins.
MARGIN = 12
WIDTH = 297 - 2 * MARGIN
FACE = "Times New Roman"
# Not in the face of documents, but in those that come with typst.
SIGNS = frozenset("◇◆●■▲○◌✓┆−…")
_SIGN = re.compile(f"([{''.join(SIGNS)}])")


class Breadth(NamedTuple):
    """How broad a picture is on paper, and how high at the most, in units of its drawing; fourteen
    units are a letter of 8 points.
    """

    mm: int
    units: int
    height: int


# The text of A4 between its margins, standing and lying, below the head of an annex.
UPRIGHT = Breadth(160, 762, 1060)
LYING = Breadth(247, 1176, 640)


@dataclass(frozen=True)
class Sheet:
    """A picture that stands alone, as SVG, and what it shows in words."""

    picture: str
    words: str


@dataclass(frozen=True)
class Sheets:
    """The pictures of a file, under one title."""

    title: str
    day: date
    sheets: Sequence[Sheet]


def pdf(made: Sheets, lang: Language) -> bytes:
    """A PDF/A for archives and screen readers."""
    data = {
        "title": made.title,
        "language": lang.code,
        "day": [made.day.year, made.day.month, made.day.day],
        "sheets": [asdict(sheet) for sheet in made.sheets],
    }
    return typst.compile(
        str(HERE / "sheets.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"doc": legible(json.dumps(data, ensure_ascii=False))},
        pdf_standards=["a-2a", "ua-1"],
        format="pdf",
    )


def docx(made: Sheets, lang: Language) -> bytes:
    """A Word file, its pages lying."""
    document = Document()
    _properties(document, made, lang)
    for number, sheet in enumerate(made.sheets):
        title = document.add_heading(made.title, level=1)
        title.paragraph_format.page_break_before = number > 0
        document.add_paragraph(sheet.words)
        add_picture(document, sheet, WIDTH)
    out = BytesIO()
    document.save(out)
    return with_fixed_times(out.getvalue())


def add_picture(document: WordDocument, sheet: Sheet, width: float) -> None:
    """Put the picture into the document, that wide in mm; its words are for those who hear it."""
    placed = document.add_picture(BytesIO(png(sheet.picture, width)), width=Mm(width))
    inline = placed._inline  # noqa: SLF001 - python-docx has no call for what follows
    inline.docPr.set("descr", sheet.words)
    for side in "TBLR":  # LibreOffice keeps a distance where none is said
        inline.set(f"dist{side}", "0")


def png(picture: str, width: float = WIDTH) -> bytes:
    """The picture in dots, sharp where it is that wide in mm."""
    return typst.compile(
        str(HERE / "picture.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"picture": legible(picture), "width": str(width)},
        ppi=SHARP,
        format="png",
    )


def legible(text: str) -> str:
    """The text with a square for what no face can show; the signs of charts have faces."""
    return "".join(part if part in SIGNS else printable(part) for part in _SIGN.split(text))


def _properties(document: WordDocument, made: Sheets, lang: Language) -> None:
    core = document.core_properties
    core.title, core.author, core.comments = made.title[:255], "", ""
    core.language = "en-GB" if lang.code == "en" else "vi-VN"
    core.created = core.modified = datetime.combine(made.day, time(), UTC).replace(tzinfo=None)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(MARGIN))
    for name, size in (("Normal", 11), ("Heading 1", 14)):
        font = document.styles[name].font
        font.name, font.size = FACE, Pt(size)
