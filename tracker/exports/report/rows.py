"""The whole task table for machines: the columns of the workbook and the CSV file."""

from collections.abc import Iterator
from datetime import date

from tracker.exports.report.wording import clean, label, one_line
from tracker.queries.report_facts import ReportFacts
from tracker.words import N_, Language

Cell = str | int | float | date | None

# Head, width in characters, what kind of value (text, date, number, share).
Column = tuple[str, int, str]

TASK_COLUMNS: tuple[Column, ...] = (
    (N_("STT"), 6, "number"),
    (N_("Mã"), 10, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Mốc tiến độ"), 24, "text"),
    (N_("Nhiệm vụ"), 50, "text"),
    (N_("Thuộc nhiệm vụ"), 12, "text"),
    (N_("Văn bản giao"), 28, "text"),
    (N_("Đơn vị chủ trì"), 24, "text"),
    (N_("Đơn vị phối hợp"), 24, "text"),
    (N_("Người phụ trách"), 20, "text"),
    (N_("Thời hạn"), 12, "date"),
    (N_("Dự kiến"), 12, "date"),
    (N_("Ngày hoàn thành"), 12, "date"),
    (N_("Sản phẩm"), 28, "text"),
    (N_("Tiến độ"), 9, "share"),
    (N_("Trạng thái"), 18, "text"),
    (N_("Tình trạng thời hạn"), 20, "text"),
    (N_("Ghi chú"), 30, "text"),
)

SLIP_COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Nhiệm vụ, mốc tiến độ"), 50, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Ngày cũ"), 12, "date"),
    (N_("Ngày mới"), 12, "date"),
    (N_("Số ngày"), 9, "number"),
    (N_("Nguyên nhân"), 20, "text"),
    (N_("Diễn giải"), 50, "text"),
    (N_("Người đồng ý"), 20, "text"),
    (N_("Ngày thay đổi"), 12, "date"),
)


def task_rows(facts: ReportFacts, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Every task, in the order of the plan."""
    names = _names(facts, lang)
    for position, task in enumerate(facts.tasks, 1):
        yield (
            task.number or position,
            task.code,
            names.get(task.group, task.group),
            label("Strand", task.strand, lang),
            one_line(task.milestone),
            clean(task.title),
            task.parent,
            clean(task.assigned_by),
            one_line(task.lead_unit),
            one_line(task.cooperating),
            one_line(task.owner),
            task.due,
            task.forecast,
            task.finished_on,
            clean(task.result),
            task.progress / 100,
            label("TaskStatus", task.status, lang),
            label("Lateness", task.lateness, lang) if task.lateness else "",
            clean(task.note),
        )


def slip_rows(facts: ReportFacts, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Every date that moved in the period."""
    names = _names(facts, lang)
    for slip in facts.slips:
        yield (
            slip.code,
            clean(slip.title),
            names.get(slip.group, slip.group),
            label("Strand", slip.strand, lang),
            slip.old,
            slip.new,
            slip.days,
            label("MoveReason", slip.reason, lang) if slip.reason else "",
            clean(slip.sentence),
            one_line(slip.agreed_by),
            slip.moved_on,
        )


def _names(facts: ReportFacts, lang: Language) -> dict[str, str]:
    return {group.key: one_line(group.name.in_language(lang.code)) for group in facts.groups}
