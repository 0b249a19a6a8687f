"""Decisions wanted as a workbook and as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.exports.sheets import Cell, Column, Sheet, csv, xlsx
from tracker.queries.decisions import Line
from tracker.words import N_, Language

COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Điều xin ý kiến"), 50, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Người xin ý kiến"), 20, "text"),
    (N_("Ngày xin ý kiến"), 12, "date"),
    (N_("Xin ý kiến của"), 20, "text"),
    (N_("Cần trước ngày"), 12, "date"),
    (N_("Trạng thái"), 16, "text"),
    (N_("Số ngày chờ"), 9, "number"),
    (N_("Số ngày quá hạn"), 9, "number"),
    (N_("Việc, mốc phải chờ"), 24, "text"),
    (N_("Các phương án"), 40, "text"),
    (N_("Phương án được chọn"), 30, "text"),
    (N_("Ý kiến"), 50, "text"),
    (N_("Người quyết định"), 20, "text"),
    (N_("Ngày cho ý kiến"), 12, "date"),
    (N_("Số văn bản"), 18, "text"),
    (N_("Ngày văn bản"), 12, "date"),
)


def as_csv(lines: Iterable[Line], lang: Language) -> bytes:
    """Every question, one a row."""
    return csv.render(COLUMNS, _rows(lines, lang), lang)


def as_xlsx(lines: Iterable[Line], lang: Language, made_on: date) -> bytes:
    """The same as a workbook."""
    title = lang.gettext(N_("Kiến nghị, xin ý kiến"))
    return xlsx.render(title, [Sheet(title, COLUMNS, _rows(lines, lang))], lang, made_on)


def _rows(lines: Iterable[Line], lang: Language) -> Iterator[Sequence[Cell]]:
    for line in lines:
        yield (
            line.code,
            line.question,
            (lang.code == "en" and line.group_name_en) or line.group_name,
            line.asked_by,
            line.asked_on,
            line.wanted_from,
            line.wanted_by,
            lang.label(line.state),
            line.age,
            line.late,
            ", ".join(stall.code for stall in line.stalls),
            "; ".join(f"{number}. {option}" for number, option in enumerate(line.options, 1)),
            line.option,
            line.answer or line.withdrawn_because,
            line.decided_by,
            line.decided_on,
            line.document_number,
            line.document_date,
        )
