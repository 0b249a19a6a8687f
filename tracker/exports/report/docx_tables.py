"""Tables of the Word file; rows are copied as XML, which is twenty times as fast as adding them."""

from collections.abc import Sequence
from copy import deepcopy

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm
from docx.table import Table as WordTable

from tracker.exports.report.docx_styles import CELL, TITLE
from tracker.exports.report.docx_xml import element, text_run
from tracker.exports.report.shapes import Column, Row, Table

# Points of the style of cells.
CELL_SIZE = 11.0


def invisible(document: WordDocument, widths: Sequence[float], rows: int) -> WordTable:
    """A table without borders that only places things; its rows never break."""
    table: WordTable = document.add_table(rows, len(widths))
    _fix_widths(table, widths, cell_margin=0)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001
        for cell in row.cells:
            cell.paragraphs[0].style = TITLE
    return table


def add(document: WordDocument, table: Table) -> None:
    """A table with borders whose head is repeated on each page."""
    columns = table.columns
    word = document.add_table(1, len(columns), style="Table Grid")
    _fix_widths(word, [column.width for column in columns], cell_margin=1.2)
    body = word._tbl  # noqa: SLF001 - rows are copied as XML
    model = word.rows[0]._tr  # noqa: SLF001
    for cell in word.rows[0].cells:
        cell.paragraphs[0].style = CELL
    aligned = _aligned(model, columns)
    body.remove(model)
    # The style has the usual size; only another one is written into every run.
    size = "" if table.size == CELL_SIZE else str(round(table.size * 2))
    body.append(_head(model, columns, size))
    group = _spanning(model, columns)
    for row in table.rows:
        made = _row(group if row.kind == "group" else aligned, row, size)
        if table.is_tall(row):
            _let_break(made)
        body.append(made)


def _fix_widths(table: WordTable, widths: Sequence[float], *, cell_margin: float) -> None:
    # LibreOffice goes by the grid, Word by the cells: both are told.
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=_twips(cell_margin), type="dxa"))
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no call for cell margins
    properties.append(element("tblW", w=_twips(sum(widths)), type="dxa"))
    for old in properties.findall(qn("w:tblW"))[:-1]:
        properties.replace(old, properties[-1])
    layout = properties.find(qn("w:tblLayout"))
    layout.addnext(margins)


def _twips(mm: float) -> str:
    return str(round(Emu(Mm(mm)).pt * 20))


def _aligned(model: BaseOxmlElement, columns: Sequence[Column]) -> BaseOxmlElement:
    """The row that plain rows are copied from."""
    row = deepcopy(model)
    _keep_whole(row)
    for cell, column in zip(row.findall(qn("w:tc")), columns, strict=True):
        _align(cell, column.align)
    return row


def _head(model: BaseOxmlElement, columns: Sequence[Column], size: str) -> BaseOxmlElement:
    heads = Row(tuple(column.head for column in columns), "total")
    row = _row(_aligned(model, columns), heads, size)
    row.find(qn("w:trPr")).append(element("tblHeader"))
    for cell in row.findall(qn("w:tc")):
        _align(cell, "center")
        cell.find(qn("w:tcPr")).append(element("vAlign", val="center"))
    return row


def _spanning(model: BaseOxmlElement, columns: Sequence[Column]) -> BaseOxmlElement:
    """The row that group rows are copied from: one cell over all columns."""
    row = deepcopy(model)
    _keep_whole(row)
    first, *others = row.findall(qn("w:tc"))
    for cell in others:
        row.remove(cell)
    properties = first.find(qn("w:tcPr"))
    properties.find(qn("w:tcW")).set(qn("w:w"), _twips(sum(c.width for c in columns)))
    properties.append(element("gridSpan", val=str(len(columns))))
    first.find(qn("w:p")).get_or_add_pPr().insert_element_before(
        element("keepNext"), "w:keepLines", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return row


def _keep_whole(row: BaseOxmlElement) -> None:
    properties = element("trPr")
    properties.append(element("cantSplit"))
    row.insert(0, properties)


def _align(cell: BaseOxmlElement, align: str) -> None:
    properties = cell.find(qn("w:p")).get_or_add_pPr()
    for old in properties.findall(qn("w:jc")):
        properties.remove(old)
    properties.append(element("jc", val=align))


def _let_break(row: BaseOxmlElement) -> None:
    properties = row.find(qn("w:trPr"))
    properties.remove(properties.find(qn("w:cantSplit")))


def _row(model: BaseOxmlElement, row: Row, size: str) -> BaseOxmlElement:
    made = deepcopy(model)
    is_bold = row.kind != "plain"
    for cell, text in zip(made.iterchildren(qn("w:tc")), row.cells, strict=True):
        cell.find(qn("w:p")).append(text_run(text, size, is_bold=is_bold))
    return made
