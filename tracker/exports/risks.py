"""The register of difficulties and risks as a workbook and as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum

from tracker.exports.sheets import Cell, Column, Sheet, csv, xlsx
from tracker.lib.risk import Impact, Likelihood
from tracker.queries.risks import Row
from tracker.words import N_, Language

COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Loại"), 18, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Tên"), 50, "text"),
    (N_("Nguyên nhân, hậu quả"), 50, "text"),
    (N_("Khả năng xảy ra"), 20, "text"),
    (N_("Mức độ ảnh hưởng"), 20, "text"),
    (N_("Mức rủi ro"), 9, "number"),
    (N_("Hạng"), 12, "text"),
    (N_("Cách xử lý rủi ro"), 14, "text"),
    (N_("Biện pháp"), 50, "text"),
    (N_("Người phụ trách"), 20, "text"),
    (N_("Ngày rà soát"), 12, "date"),
    (N_("Quá hạn rà soát"), 10, "text"),
    (N_("Đang chặn"), 24, "text"),
    (N_("Ngày xảy ra"), 12, "date"),
    (N_("Ngày kết thúc"), 12, "date"),
    (N_("Kết quả xử lý"), 50, "text"),
)


def as_csv(rows: Iterable[Row], lang: Language) -> bytes:
    """Every entry, one a row."""
    return csv.render(COLUMNS, _rows(rows, lang), lang)


def as_xlsx(rows: Iterable[Row], lang: Language, made_on: date) -> bytes:
    """The same as a workbook."""
    title = lang.gettext(N_("Khó khăn, rủi ro"))
    return xlsx.render(title, [Sheet(title, COLUMNS, _rows(rows, lang))], lang, made_on)


def _rows(rows: Iterable[Row], lang: Language) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield (
            row.code,
            lang.label(row.kind),
            (lang.code == "en" and row.group.name_en) or row.group.name,
            lang.label(row.strand),
            row.title,
            row.description,
            _step(row.likelihood, Likelihood, lang),
            _step(row.impact, Impact, lang),
            row.level,
            lang.label(row.band) if row.band else "",
            lang.label(row.treatment) if row.treatment else "",
            row.response,
            row.owner,
            row.review_on,
            lang.gettext(N_("có")) if row.is_due else "",
            ", ".join(one.code for one in row.blocks),
            row.happened_on,
            row.closed_on,
            row.outcome,
        )


def _step(number: int | None, scale: type[IntEnum], lang: Language) -> str:
    """A step of a scale: its number and its words."""
    return f"{number} – {lang.label(scale(number))}" if number else ""
