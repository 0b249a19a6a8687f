"""The register of deliverables as a workbook and as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.exports.sheets import Cell, Column, Sheet, csv, xlsx
from tracker.queries.deliverables import Row
from tracker.words import N_, Language

COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Loại"), 16, "text"),
    (N_("Số hiệu"), 24, "text"),
    (N_("Tên"), 50, "text"),
    (N_("Tên tiếng Anh"), 50, "text"),
    (N_("Giai đoạn"), 11, "text"),
    (N_("Tên giai đoạn"), 26, "text"),
    (N_("Từ ngày"), 12, "date"),
    (N_("Lần"), 7, "number"),
    (N_("Hết thời gian tối thiểu"), 13, "date"),
    (N_("Kế tiếp"), 11, "text"),
    (N_("Kế tiếp, sớm nhất"), 13, "date"),
    (N_("Đích, sớm nhất"), 13, "date"),
    (N_("Tài liệu gốc"), 24, "text"),
    (N_("Mức độ tương đương"), 12, "text"),
    (N_("Thay thế"), 22, "text"),
    (N_("Mã ICS"), 12, "text"),
    (N_("Ban kỹ thuật"), 18, "text"),
    (N_("Người phụ trách"), 20, "text"),
    (N_("Đơn vị chủ trì"), 18, "text"),
    (N_("Ghi chú"), 40, "text"),
)


def as_csv(rows: Iterable[Row], lang: Language) -> bytes:
    """Every deliverable, one a row."""
    return csv.render(COLUMNS, _rows(rows, lang), lang)


def as_xlsx(rows: Iterable[Row], lang: Language, made_on: date) -> bytes:
    """The same as a workbook."""
    title = lang.gettext(N_("Danh mục sản phẩm"))
    return xlsx.render(title, [Sheet(title, COLUMNS, _rows(rows, lang))], lang, made_on)


def _rows(rows: Iterable[Row], lang: Language) -> Iterator[Sequence[Cell]]:
    is_english = lang.code == "en"
    for row in rows:
        stage = row.stage
        yield (
            row.code,
            (is_english and row.group_name_en) or row.group_name,
            lang.label(row.strand),
            (is_english and row.kind_name_en) or row.kind_name,
            row.reference,
            row.title,
            row.title_en,
            stage.code if stage else "",
            ((is_english and stage.name_en) or stage.name) if stage else "",
            row.stage_on,
            row.iteration if stage else None,
            row.countdown.ends if row.countdown else None,
            row.next.step.code if row.next else "",
            row.next.earliest if row.next else None,
            row.goal.earliest if row.goal else None,
            row.based_on,
            row.relation.name if row.relation else "",
            row.replaces,
            row.ics,
            row.committee,
            row.owner,
            row.lead_unit,
            row.note,
        )
