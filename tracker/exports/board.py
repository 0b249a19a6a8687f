"""The board on one sheet of A3: every group with its four strands, as a PDF to print or keep."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import typst

from tracker.exports.charts.colours import IDLE, OF_HEALTH, SOFT_OF_HEALTH
from tracker.exports.charts.sheets import legible
from tracker.exports.fonts.glyphs import FONTS
from tracker.lib.dates import format_date
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries.board import Cell, Filters, Row
from tracker.queries.portfolio import Bundle, Portfolio, Section
from tracker.words import N_, Language

HERE = Path(__file__).parent
# Millimetres: what is left for rows on lying A3 below its head, and beside the names of groups.
TALL, WIDE, GAP, TALLEST = 251.0, 400.0, 6.0, 14.0
THREE_LINES = 9.0  # rows this high name the milestone, too
# Beyond so many rows they stand in two parts, beside each other.
ONE_PART = 45
# A cell tells its colours in a line of so many letters, each about half as wide as it is high.
LETTERS, BREADTH, LARGEST = 34, 0.47, 11.0
POINT = 25.4 / 72
LINE = 1.15  # of the size of letters, from one line to the next
EDGE, SIDES, BETWEEN = 0.2, 2.0, 0.15  # above and below a row's text, beside a cell's, between rows


@dataclass(frozen=True)
class Sheet:
    """What goes on paper: the rows in their sections, of a day, and what they were asked for by."""

    day: date
    sections: Sequence[Section]
    filters: Filters = field(default_factory=Filters)
    bundles: Portfolio = field(default_factory=Portfolio)

    @property
    def rows(self) -> Sequence[Row]:
        """Every group once, whatever it stands under."""
        return list({row.id: row for section in self.sections for row in section.rows}.values())


def pdf(sheet: Sheet, lang: Language) -> bytes:
    """One page for archives and screen readers; the letters are as large as all rows allow."""
    lines = list(_lines(sheet, lang))
    parts = 1 if len(lines) <= ONE_PART else 2
    each = max(ceil(len(lines) / parts), 1)
    name = 46 if parts == 1 else 36
    data = {
        "title": lang.gettext(N_("Bảng điều hành liên tổ")),
        "language": lang.code,
        "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "lead": " · ".join(_lead(sheet, lang)),
        "counts": list(_counts(sheet, lang)),
        "legend": _legend(lang),
        "heads": [lang.gettext(N_("Tổ công tác")), *(lang.label(strand) for strand in Strand)],
        "name": name,
        "parts": [lines[start : start + each] for start in range(0, len(lines), each)] or [[]],
        "height": _height(each),
        "lines": _letter_lines(_height(each)),
        "size": size_of(each, ((WIDE - GAP * (parts - 1)) / parts - name) / 4),
    }
    return typst.compile(
        str(HERE / "board.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"doc": legible(json.dumps(data, ensure_ascii=False))},
        pdf_standards=["a-2a", "ua-1"],
        format="pdf",
    )


def size_of(rows: int, width: float) -> float:
    """How large letters are, in points, where so many rows stand in a column of cells so wide."""
    height = _height(rows)
    by_height = (height - EDGE) / _letter_lines(height) / POINT / LINE
    by_width = (width - SIDES) / POINT / (LETTERS * BREADTH)
    return min(by_height, by_width, LARGEST)


def _height(rows: int) -> float:
    return min(TALL / rows - BETWEEN, TALLEST)


def _letter_lines(height: float) -> int:
    return 3 if height >= THREE_LINES else 2


def _lead(sheet: Sheet, lang: Language) -> Iterable[str]:
    number = len(sheet.rows)
    yield lang.gettext(N_("Số liệu đến %(day)s"), day=format_date(sheet.day))
    yield lang.ngettext("%(num)s tổ công tác", "%(num)s tổ công tác", number)
    yield from _asked(sheet, lang)


def _asked(sheet: Sheet, lang: Language) -> Iterable[str]:
    """What the rows were asked for by."""
    filters, bundles = sheet.filters, sheet.bundles
    for words, asked, known in (
        (N_("Chương trình"), filters.programme, bundles.programmes),
        (N_("Tổ trưởng"), filters.lead, bundles.leads),
        (N_("Đơn vị"), filters.unit, bundles.units),
    ):
        for bundle in known:
            if bundle.id == asked:
                yield f"{lang.gettext(words)}: {_named(bundle, lang)}"
    for words, member in (
        (N_("Tình trạng"), filters.health),
        (N_("Cấu phần"), filters.strand),
        (N_("Trụ cột"), filters.pillar),
    ):
        if member is not None:
            yield f"{lang.gettext(words)}: {lang.label(member)}"
    if filters.overdue:
        yield lang.gettext(N_("Có nhiệm vụ quá hạn"))


def _counts(sheet: Sheet, lang: Language) -> Iterable[dict[str, str]]:
    for health, number in Section(None, tuple(sheet.rows)).health.items():
        words = f"{health.shape} {number} {lang.label(health).lower()}"
        yield {"colour": OF_HEALTH[health], "text": words}


def _legend(lang: Language) -> str:
    return lang.gettext(
        N_(
            "Mỗi ô: tình trạng theo kế hoạch; “Tổ”: tổ tự đánh giá, “!” là tốt hơn số liệu;"
            " ngày của mốc tiếp theo và số ngày chậm (+) hoặc sớm (−);"
            " vạch đứt: chưa cập nhật, trong ngoặc là số ngày."
        )
    )


def _lines(sheet: Sheet, lang: Language) -> Iterable[dict[str, Any]]:
    for section in sheet.sections:
        if section.bundle or len(sheet.sections) > 1:
            yield {"section": _heading(section, lang), "sums": _sums(section, lang)}
        for row in section.rows:
            yield {
                "name": _named(row, lang),
                "lead": row.lead or lang.gettext(N_("Chưa có tổ trưởng")),
                "cells": [_cell(cell, lang) for cell in row.cells],
            }


def _heading(section: Section, lang: Language) -> str:
    if section.bundle is None:
        return lang.gettext(N_("Các tổ khác"))
    return _named(section.bundle, lang)


def _named(thing: Row | Bundle, lang: Language) -> str:
    english = thing.name_en if lang.code == "en" else None
    return str(english or thing.name)


def _sums(section: Section, lang: Language) -> str:
    counts = [f"{health.shape} {number}" for health, number in section.health.items()]
    groups = lang.ngettext("%(num)s tổ", "%(num)s tổ", len(section.rows))
    return "   ".join([groups, *counts])


def _cell(cell: Cell, lang: Language) -> dict[str, Any]:
    judged, said = cell.judgement, cell.standing.declared
    shown = judged.shown_milestone
    day = (shown.closed_on or shown.expected) if shown else None
    stale = cell.standing.stale_days
    is_grey = bool(stale) and judged.health is not Health.LATE
    return {
        **_state(judged.health, lang, is_grey=is_grey),
        "fill": SOFT_OF_HEALTH[Health.NOT_STARTED if is_grey else judged.health],
        "dimmed": cell.is_dimmed,
        "said": said
        and {
            **_state(said.health, lang),
            "who": lang.gettext(N_("Tổ:")),
            "flag": " !" if cell.standing.is_disputed else "",
        },
        "date": format_date(day) if day else lang.gettext(N_("chưa có mốc")),
        "slip": _slip(judged.slip_days),
        "late": (judged.slip_days or 0) > 0,
        "overdue": _overdue(judged.overdue, lang),
        "stale": f"({stale})" if stale else "",
        "next": shown.title if shown else "",
    }


def _state(health: Health, lang: Language, *, is_grey: bool = False) -> dict[str, str]:
    colour = IDLE if is_grey else OF_HEALTH[health]
    return {"colour": colour, "shape": health.shape, "word": lang.label(health)}


def _slip(days: int | None) -> str:
    return "" if not days else f"{days:+}".replace("-", "−")


def _overdue(number: int, lang: Language) -> str:
    return "" if not number else f" · {lang.gettext(N_('%(count)s quá hạn'), count=number)}"
