"""What a Word file looks like, roughly: enough to see on a page whether a template is right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

# A preview shows the first pages, and how tables begin.
BLOCKS = 60
ROWS = 6
# Word says right; LibreOffice and Google say end, which python-docx does not know.
_ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "justify"}


@dataclass(frozen=True)
class Piece:
    """Some letters of one face."""

    text: str
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph; a rule is one without letters that has a border."""

    pieces: tuple[Piece, ...]
    align: str = "left"
    is_rule: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each of lines and tables."""

    rows: tuple[tuple[tuple["Line | Grid", ...], ...], ...]
    has_borders: bool = True
    is_cut: bool = False


@dataclass(frozen=True)
class Look:
    """The running head, the text and the running foot of a first page."""

    head: tuple[Line | Grid, ...]
    body: tuple[Line | Grid, ...]
    foot: tuple[Line | Grid, ...]
    is_cut: bool = False


def look(content: bytes) -> Look:
    """How the file looks."""
    document = Document(BytesIO(content))
    section = document.sections[0]
    is_first_apart = section.different_first_page_header_footer
    head = section.first_page_header if is_first_apart else section.header
    foot = section.first_page_footer if is_first_apart else section.footer
    blocks = list(document.iter_inner_content())
    return Look(
        head=tuple(_blocks(head.iter_inner_content())),
        body=tuple(_blocks(blocks[:BLOCKS])),
        foot=tuple(_blocks(foot.iter_inner_content())),
        is_cut=len(blocks) > BLOCKS,
    )


def _blocks(found: Iterable[Paragraph | Table]) -> Iterator[Line | Grid]:
    for block in found:
        yield _grid(block) if isinstance(block, Table) else _line(block)


def _line(paragraph: Paragraph) -> Line:
    style = paragraph.style
    bold, italic = (style.font.bold, style.font.italic) if style is not None else (None, None)
    pieces = tuple(
        Piece(
            run.text,
            bool(run.bold if run.bold is not None else bold),
            bool(run.italic if run.italic is not None else italic),
        )
        for run in paragraph.runs
        if run.text
    )
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no call for borders
    has_border = properties is not None and properties.find(qn("w:pBdr")) is not None
    styled = style.element.find(qn("w:pPr")) if style is not None else None
    align = _alignment(properties) or _alignment(styled)
    return Line(pieces, _ALIGNED.get(align, "left"), has_border and not pieces)


def _alignment(properties: BaseOxmlElement | None) -> str:
    """As the file calls it; nothing where it says nothing."""
    found = properties.find(qn("w:jc")) if properties is not None else None
    return found.get(qn("w:val"), "") if found is not None else ""


def _grid(table: Table) -> Grid:
    style = table.style.name if table.style is not None else ""
    own = table._tbl.tblPr.find(qn("w:tblBorders"))  # noqa: SLF001 - nor for those of tables
    return Grid(
        tuple(tuple(_cells(row, table)) for row in table._tbl.tr_lst[:ROWS]),  # noqa: SLF001
        has_borders=own is not None or "Grid" in (style or ""),
        is_cut=len(table._tbl.tr_lst) > ROWS,  # noqa: SLF001
    )


def _cells(row, table: Table) -> Iterator[tuple[Line | Grid, ...]]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - an element of python-docx
    for cell in row.tc_lst:
        yield tuple(_blocks(_Cell(cell, table).iter_inner_content()))
