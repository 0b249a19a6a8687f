"""An approved plan beside what became of it, and two states of a plan compared, as files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.exports.sheets import Cell, Column, Sheet, csv, xlsx
from tracker.lib.plan_comparison import Comparison, Pair, PlanItem, StrandTotal
from tracker.models import Strand
from tracker.queries.baselines import Line
from tracker.words import N_, Language

LINE_COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Loại"), 14, "text"),
    (N_("Nhiệm vụ, mốc tiến độ"), 50, "text"),
    (N_("Cấu phần"), 20, "text"),
    (N_("Bắt đầu"), 12, "date"),
    (N_("Kế hoạch được duyệt"), 12, "date"),
    (N_("Thời hạn hiện nay"), 12, "date"),
    (N_("Dự kiến"), 12, "date"),
    (N_("Thực tế"), 12, "date"),
    (N_("Chậm (ngày)"), 10, "number"),
    (N_("Chậm (ngày làm việc)"), 12, "number"),
)
CHANGE_COLUMNS: tuple[Column, ...] = (
    (N_("Loại thay đổi"), 18, "text"),
    (N_("Mã"), 10, "text"),
    (N_("Loại"), 14, "text"),
    (N_("Tên trước"), 44, "text"),
    (N_("Tên sau"), 44, "text"),
    (N_("Cấu phần trước"), 20, "text"),
    (N_("Cấu phần sau"), 20, "text"),
    (N_("Ngày trước"), 12, "date"),
    (N_("Ngày sau"), 12, "date"),
    (N_("Ngày sau là"), 12, "text"),
    (N_("Số ngày"), 9, "number"),
    (N_("Số ngày làm việc"), 10, "number"),
)
TOTAL_COLUMNS: tuple[Column, ...] = (
    (N_("Cấu phần"), 24, "text"),
    (N_("Trước"), 9, "number"),
    (N_("Sau"), 9, "number"),
    (N_("Đã thêm"), 9, "number"),
    (N_("Đã bỏ"), 9, "number"),
    (N_("Lùi"), 9, "number"),
    (N_("Số ngày lùi"), 11, "number"),
    (N_("Sớm hơn"), 9, "number"),
    (N_("Số ngày sớm"), 11, "number"),
    (N_("Đã đổi tên"), 9, "number"),
    (N_("Đổi cấu phần"), 11, "number"),
)
KINDS = {"milestone": N_("Mốc tiến độ"), "task": N_("Nhiệm vụ")}
BASES = {"due": N_("kế hoạch"), "forecast": N_("dự kiến"), "actual": N_("thực tế")}


def lines_csv(lines: Iterable[Line], lang: Language) -> bytes:
    """What was approved, one item a row."""
    return csv.render(LINE_COLUMNS, _lines(lines, lang), lang)


def lines_xlsx(lines: Iterable[Line], title: str, lang: Language, made_on: date) -> bytes:
    """The same as a workbook."""
    sheet = Sheet(lang.gettext(N_("Kế hoạch được duyệt")), LINE_COLUMNS, _lines(lines, lang))
    return xlsx.render(title, [sheet], lang, made_on)


def comparison_csv(found: Comparison, lang: Language) -> bytes:
    """Every difference, one a row."""
    return csv.render(CHANGE_COLUMNS, _changes(found, lang), lang)


def comparison_xlsx(found: Comparison, title: str, lang: Language, made_on: date) -> bytes:
    """Every difference, and the totals on a sheet of their own."""
    sheets = [
        Sheet(lang.gettext(N_("So sánh kế hoạch")), CHANGE_COLUMNS, _changes(found, lang)),
        Sheet(lang.gettext(N_("Tổng hợp")), TOTAL_COLUMNS, list(_totals(found, lang))),
    ]
    return xlsx.render(title, sheets, lang, made_on)


def _lines(lines: Iterable[Line], lang: Language) -> Iterator[Sequence[Cell]]:
    for line in lines:
        yield (
            line.code,
            lang.gettext(KINDS[line.kind]),
            line.title,
            lang.label(Strand(line.strand)),
            line.start,
            line.approved,
            line.due,
            line.forecast,
            line.actual,
            line.slip.days if line.slip else None,
            line.slip.working_days if line.slip else None,
        )


def _changes(found: Comparison, lang: Language) -> Iterator[Sequence[Cell]]:
    """Grouped by what changed; an item that changed twice stands twice."""
    _ = lang.gettext
    for item in found.added:
        yield _change(_(N_("Đã thêm")), lang, after=item)
    for item in found.removed:
        yield _change(_(N_("Đã bỏ")), lang, before=item)
    for words, pairs in (
        (N_("Dời ngày"), found.moved),
        (N_("Đã đổi tên"), found.renamed),
        (N_("Đổi cấu phần"), found.restranded),
    ):
        for pair in pairs:
            yield _change(_(words), lang, pair.before, pair.after, pair)


def _change(
    words: str,
    lang: Language,
    before: PlanItem | None = None,
    after: PlanItem | None = None,
    pair: Pair | None = None,
) -> Sequence[Cell]:
    item = after or before
    assert item is not None  # noqa: S101 - one of the two is given
    moved = pair.slip if pair and pair.is_moved else None
    return (
        words,
        item.code,
        lang.gettext(KINDS[item.kind]),
        before.title if before else "",
        after.title if after else "",
        lang.label(Strand(before.strand)) if before else "",
        lang.label(Strand(after.strand)) if after else "",
        before.day if before else None,
        after.day if after else None,
        lang.gettext(BASES[after.basis]) if after and after.day else "",
        moved.days if moved else None,
        moved.working_days if moved else None,
    )


def _totals(found: Comparison, lang: Language) -> Iterator[Sequence[Cell]]:
    for total in found.totals:
        yield _total(lang.label(Strand(total.strand)), total)
    yield _total(lang.gettext(N_("Tất cả")), found.whole)


def _total(name: str, total: StrandTotal) -> Sequence[Cell]:
    return (
        name,
        total.before,
        total.after,
        total.added,
        total.removed,
        total.later,
        total.days_later,
        total.sooner,
        total.days_sooner,
        total.renamed,
        total.restranded,
    )
