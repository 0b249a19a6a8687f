"""A report as a tagged PDF/A, for archives and screen readers; the same page as the Word file."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path

import typst

from tracker.exports.charts.sheets import legible
from tracker.exports.fonts.glyphs import FONTS, printable
from tracker.exports.report.head import stamp_width
from tracker.exports.report.headings import rule_length
from tracker.exports.report.paper import HEAD_WIDTH, TEXT_WIDTH, paper
from tracker.exports.report.shapes import Appendix, Block, Figure, Paper, Table, listed
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

HERE = Path(__file__).parent
# A longer word is given places to break: typst would let it run over the next column.
_LONG_WORD = re.compile(r"[^\s\\\"]{25,}")
_BREAK = "\u200b"


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    return drawn(inputs(facts, lang))


def inputs(facts: ReportFacts, lang: Language) -> dict[str, str]:
    """What is to be drawn, as texts of JSON: little, whatever the facts took."""
    page = paper(facts, lang)
    return {
        "paper": _json(page),
        "rules": _legible_json(_rules(page)),
        "pictures": _pictures(page),
    }


def drawn(told: dict[str, str]) -> bytes:
    """The file; all its pages are in memory until the last is drawn, two megabytes each."""
    return typst.compile(
        str(HERE / "report.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs=told,
        pdf_standards=["a-2a", "ua-1"],
        format="pdf",
    )


def _json(page: Paper) -> str:
    data = {name: value for name, value in vars(page).items() if name not in {"blocks", "day"}}
    data["day"] = page.day.isoformat()
    data["appendices"] = [_annex(annex) for annex in page.appendices]
    figures = count()
    data["blocks"] = [_tagged(block, figures) for block in page.blocks]
    return _legible_json(data)


def _legible_json(data: object) -> str:
    """What the face lacks is a square, and long words have places to break."""
    return _LONG_WORD.sub(_breakable, printable(json.dumps(data, ensure_ascii=False)))


def _annex(annex: Appendix) -> dict[str, object]:
    table = None if annex.table is None else _table(annex.table)
    return {**vars(annex), "pictures": [], "table": table}


def _tagged(block: Block, figures: Iterator[int]) -> dict[str, object]:
    if isinstance(block, Table):
        return {"block": "table", **_table(block)}
    if isinstance(block, Figure):
        return {"block": "figure", "title": block.title, "number": next(figures)}
    return {"block": type(block).__name__.lower(), **vars(block)}


def _table(table: Table) -> dict[str, object]:
    rows = [{**vars(row), "tall": table.is_tall(row)} for row in table.rows]
    return {**vars(table), "columns": [vars(column) for column in table.columns], "rows": rows}


def _pictures(page: Paper) -> str:
    """Those of the text and of each annex, apart from the words: nothing is put into them to break
    at.
    """
    figures = [asdict(block.picture) for block in page.blocks if isinstance(block, Figure)]
    annexes = [[asdict(one) for one in annex.pictures] for annex in page.appendices]
    return legible(json.dumps({"text": figures, "annexes": annexes}, ensure_ascii=False))


def _breakable(word: re.Match[str]) -> str:
    text = word[0]
    return _BREAK.join(text[at : at + 8] for at in range(0, len(text), 8))


def _rules(page: Paper) -> dict[str, object]:
    return {
        "head": HEAD_WIDTH,
        "foot": 76,
        "issuing": rule_length(page.issuing, HEAD_WIDTH, 12),
        "subject": rule_length(page.subject, TEXT_WIDTH, 14),
        "addressees": listed(page.addressees),
        "stamp": stamp_width(page.urgency),
    }
