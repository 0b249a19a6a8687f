"""A workbook of Excel 2007 or later becomes plain cells."""

import posixpath
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from math import isfinite
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import archive, limits
from tracker.imports.spreadsheet.book import Book, Cell, Merge, Sheet
from tracker.imports.spreadsheet.references import Scan, scan

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def read(data: bytes) -> Book:
    """Every worksheet; refuses what is not such a workbook or asks for too much."""
    found = archive.parts(data)
    if _WORKBOOK not in found or _RELATIONS not in found:
        raise ImportRefusedError("import_other_format")
    try:
        scans = _scans(found)
        workbook = CalamineWorkbook.from_filelike(BytesIO(archive.packed(found)))
        return Book(tuple(_sheets(workbook, scans)))
    except (ParseError, DefusedXmlException, CalamineError) as error:
        raise ImportRefusedError("import_damaged") from error


def _scans(found: Mapping[str, bytes]) -> dict[str, Scan]:
    workbook = fromstring(found[_WORKBOOK], forbid_dtd=True)
    has_stale_values = any(
        element.get("fullCalcOnLoad") in {"1", "true"} for element in workbook.iter()
    )
    paths = _sheet_paths(workbook, found)
    if len(paths) > limits.SHEETS:
        raise ImportRefusedError("import_too_many_sheets", limit=limits.SHEETS)
    scans = {
        name: scan(found[path], sheet=name, has_stale_values=has_stale_values)
        for name, path in paths.items()
        if path in found
    }
    if sum(each.rows for each in scans.values()) > limits.ROWS:
        raise ImportRefusedError("import_too_many_rows", sheet=", ".join(scans), limit=limits.ROWS)
    return scans


def _sheet_paths(workbook: Element, found: Mapping[str, bytes]) -> dict[str, str]:
    targets = {
        relation.get("Id", ""): _path(relation.get("Target", ""))
        for relation in fromstring(found[_RELATIONS], forbid_dtd=True)
    }
    return {
        element.get("name", ""): targets.get(_relation_id(element), "")
        for element in workbook.iter()
        if element.tag.endswith("}sheet") or element.tag == "sheet"
    }


def _path(target: str) -> str:
    """Where in the zip a part lies; targets are relative to the workbook, or begin with /."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _relation_id(element: Element) -> str:
    return next((value for key, value in element.items() if key.endswith("}id")), "")


def _sheets(workbook: CalamineWorkbook, scans: Mapping[str, Scan]) -> list[Sheet]:
    # A sheet that was not measured first (a chart, a dialog) is not opened.
    hidden = {
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is not SheetVisibleEnum.Visible
    }
    return [
        _sheet(workbook.get_sheet_by_name(name), scans[name], is_hidden=name in hidden)
        for name in workbook.sheet_names
        if name in scans
    ]


def _sheet(source: CalamineSheet, seen: Scan, *, is_hidden: bool) -> Sheet:
    table = enumerate(source.to_python(skip_empty_area=False), start=1)
    rows = {number: tuple(map(_cell, values)) for number, values in table}
    return Sheet(
        name=source.name,
        rows={number: row for number, row in rows.items() if any(c is not None for c in row)},
        merges=tuple(_merges(source)),
        formulas=seen.formulas,
        is_hidden=is_hidden,
    )


def _merges(source: CalamineSheet) -> list[Merge]:
    return [
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in source.merged_cell_ranges or ()
    ]


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and not isfinite(value):
        return str(value)  # "1e999" is a number to nobody
    if isinstance(value, date | bool | float):
        return value
    return str(value) or None
