"""The slip ledger as a workbook and as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.exports.sheets import Cell, Column, Sheet, csv, xlsx
from tracker.queries.slips import Line, Total, Totals
from tracker.words import N_, Language

COLUMNS: tuple[Column, ...] = (
    (N_("Ngày thay đổi"), 12, "date"),
    (N_("Mã"), 10, "text"),
    (N_("Nhiệm vụ, mốc tiến độ"), 50, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Đơn vị chủ trì"), 16, "text"),
    (N_("Ngày được dời"), 12, "text"),
    (N_("Ngày cũ"), 12, "date"),
    (N_("Ngày mới"), 12, "date"),
    (N_("Số ngày"), 9, "number"),
    (N_("Số ngày làm việc"), 10, "number"),
    (N_("Nguyên nhân"), 20, "text"),
    (N_("Diễn giải"), 50, "text"),
    (N_("Người dời"), 20, "text"),
    (N_("Người đồng ý"), 20, "text"),
    (N_("Do đâu"), 16, "text"),
)
TOTAL_COLUMNS: tuple[Column, ...] = (
    (N_("Theo"), 14, "text"),
    (N_("Nhóm"), 34, "text"),
    (N_("Số lần dời"), 10, "number"),
    (N_("Thời hạn (ngày)"), 12, "number"),
    (N_("Dự kiến (ngày)"), 12, "number"),
    (N_("Kế hoạch (ngày)"), 12, "number"),
)
FIELDS = {"due": N_("Thời hạn"), "forecast": N_("Dự kiến"), "baseline": N_("Kế hoạch")}
CAUSES = {
    "import": N_("nhập từ Excel"),
    "undo": N_("hoàn tác lần nhập"),
    "extension": N_("đề nghị gia hạn"),
    "cascade": N_("mốc, nhiệm vụ khác dời"),
    "cli": N_("dòng lệnh"),
}


def cause(line: Line, lang: Language) -> str:
    """By what way the date came to move, where that was not the page itself."""
    return lang.gettext(CAUSES.get(line.cause, ""))


def as_csv(lines: Iterable[Line], lang: Language) -> bytes:
    """Every move, one a row."""
    return csv.render(COLUMNS, _rows(lines, lang), lang)


def as_xlsx(lines: Iterable[Line], totals: Totals, lang: Language, made_on: date) -> bytes:
    """Every move, and the sums on a sheet of their own."""
    title = lang.gettext(N_("Sổ theo dõi dời ngày"))
    sums = lang.gettext(N_("Tổng hợp"))
    sheets = [
        Sheet(title, COLUMNS, _rows(lines, lang)),
        Sheet(sums, TOTAL_COLUMNS, list(_sums(totals, lang))),
    ]
    return xlsx.render(title, sheets, lang, made_on)


def _rows(lines: Iterable[Line], lang: Language) -> Iterator[Sequence[Cell]]:
    for line in lines:
        yield (
            line.moved_on,
            line.code,
            line.title or "",
            (lang.code == "en" and line.group_name_en) or line.group_name,
            lang.label(line.strand),
            line.unit,
            lang.gettext(FIELDS[line.field]),
            line.from_day,
            line.to_day,
            line.days,
            line.working_days,
            lang.label(line.reason) if line.reason else "",
            line.sentence,
            line.person,
            line.agreed_by,
            cause(line, lang),
        )


def _sums(totals: Totals, lang: Language) -> Iterator[Sequence[Cell]]:
    _ = lang.gettext
    for total in totals.reasons:
        yield _sum(_(N_("Lý do")), lang.label(total.key) if total.key else "", total)
    for total in totals.strands:
        yield _sum(_(N_("Cấu phần")), lang.label(total.key), total)
    for total in totals.units:
        yield _sum(_(N_("Đơn vị")), total.key[1], total)
    for total in totals.periods:
        name = lang.sentence(total.key.title_code, **total.key.title_values)
        yield _sum(_(N_("Kỳ")), name, total)
    yield _sum(_(N_("Tất cả")), "", totals.whole)


def _sum(by: str, name: str, total: Total) -> Sequence[Cell]:
    return (by, name, *total[1:])
