"""The whole task table for machines: the columns of the workbook and the CSV file."""

from collections.abc import Iterator

from tracker.exports.report.wording import clean, label, one_line, which_date
from tracker.exports.sheets import Cell, Column
from tracker.queries.report_facts import ReportFacts
from tracker.words import N_, Language

TASK_COLUMNS: tuple[Column, ...] = (
    (N_("STT"), 6, "number"),
    (N_("Mã"), 10, "text"),
    (N_("Tổ công tác"), 15, "text"),
    (N_("Cấu phần"), 14, "text"),
    (N_("Mốc tiến độ"), 32, "text"),
    (N_("Nhiệm vụ"), 42, "text"),
    (N_("Thuộc nhiệm vụ"), 10, "text"),
    (N_("Văn bản giao"), 20, "text"),
    (N_("Đơn vị chủ trì"), 19, "text"),
    (N_("Đơn vị phối hợp"), 19, "text"),
    (N_("Người phụ trách"), 17, "text"),
    (N_("Thời hạn"), 12, "date"),
    (N_("Dự kiến"), 12, "date"),
    (N_("Ngày hoàn thành"), 12, "date"),
    (N_("Kế hoạch được duyệt"), 12, "date"),
    (N_("Chậm (ngày)"), 9, "number"),
    (N_("Chậm (ngày làm việc)"), 10, "number"),
    (N_("Sản phẩm"), 20, "text"),
    (N_("Tiến độ"), 9, "share"),
    (N_("Trạng thái"), 14, "text"),
    (N_("Tình trạng thời hạn"), 14, "text"),
    (N_("Chưa cập nhật (ngày)"), 10, "number"),
    (N_("Ghi chú"), 22, "text"),
)

MILESTONE_COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Mốc tiến độ"), 52, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Kế hoạch"), 12, "date"),
    (N_("Dự kiến"), 12, "date"),
    (N_("Ngày đạt"), 12, "date"),
    (N_("Chậm (ngày)"), 10, "number"),
    (N_("Chậm (ngày làm việc)"), 12, "number"),
    (N_("Chưa cập nhật (ngày)"), 10, "number"),
)

SLIP_COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Nhiệm vụ, mốc tiến độ"), 50, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Ngày được dời"), 12, "text"),
    (N_("Ngày cũ"), 12, "date"),
    (N_("Ngày mới"), 12, "date"),
    (N_("Số ngày"), 9, "number"),
    (N_("Nguyên nhân"), 20, "text"),
    (N_("Diễn giải"), 50, "text"),
    (N_("Người đồng ý"), 20, "text"),
    (N_("Ngày thay đổi"), 12, "date"),
)


RISK_COLUMNS: tuple[Column, ...] = (
    (N_("Mã"), 10, "text"),
    (N_("Loại"), 20, "text"),
    (N_("Khó khăn, rủi ro"), 50, "text"),
    (N_("Tổ công tác"), 18, "text"),
    (N_("Cấu phần"), 18, "text"),
    (N_("Mức rủi ro"), 9, "number"),
    (N_("Hạng"), 12, "text"),
    (N_("Người phụ trách"), 20, "text"),
    (N_("Cách xử lý rủi ro"), 14, "text"),
    (N_("Biện pháp"), 50, "text"),
    (N_("Đang chặn"), 20, "text"),
    (N_("Từ ngày"), 12, "date"),
    (N_("Ngày rà soát"), 12, "date"),
)

STREAM_COLUMNS: tuple[Column, ...] = (
    (N_("Cấu phần"), 34, "text"),
    (N_("Tổ công tác"), 15, "text"),
    (N_("Tình trạng"), 15, "text"),
    (N_("Tổ tự đánh giá"), 15, "text"),
    (N_("Đã xong"), 15, "number"),
    (N_("Tổng số"), 15, "number"),
    (N_("Quá hạn"), 15, "number"),
    (N_("Mốc tiến độ tiếp theo"), 30, "text"),
    (N_("Dự kiến"), 13, "date"),
    (N_("Chậm (ngày)"), 10, "number"),
    (N_("Tốt hơn số liệu"), 10, "text"),
    (N_("Ý kiến của tổ"), 50, "text"),
    (N_("Biện pháp khắc phục"), 50, "text"),
    (N_("Người đánh giá"), 20, "text"),
    (N_("Ngày đánh giá"), 13, "date"),
    (N_("Đã xác nhận"), 10, "number"),
    (N_("Cần xác nhận"), 10, "number"),
    (N_("Chưa cập nhật (ngày)"), 10, "number"),
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
            one_line(facts.unit_names(task.lead_unit, lang.code)),
            one_line(facts.unit_names(task.cooperating, lang.code)),
            one_line(task.owner),
            task.due,
            task.forecast,
            task.finished_on,
            task.approved,
            task.slip,
            task.slip_working,
            clean(task.result),
            task.progress / 100,
            label("TaskStatus", task.status, lang),
            label("Lateness", task.lateness, lang) if task.lateness else "",
            task.stale_days or None,
            clean(task.note),
        )


def milestone_rows(facts: ReportFacts, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Every milestone, in the order of the plan."""
    names = _names(facts, lang)
    for milestone in facts.milestones:
        yield (
            milestone.code,
            clean(milestone.title),
            names.get(milestone.group, milestone.group),
            label("Strand", milestone.strand, lang),
            milestone.baseline,
            milestone.forecast,
            milestone.closed_on,
            milestone.slip,
            milestone.slip_working,
            milestone.stale_days or None,
        )


def risk_rows(facts: ReportFacts, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Every difficulty and grave risk, in the order of the board."""
    for fact in facts.risks:
        yield (
            fact.code,
            label("RiskKind", fact.kind, lang),
            clean(fact.title),
            one_line(facts.group_name(fact.group, lang.code)),
            label("Strand", fact.strand, lang),
            fact.level,
            label("RiskBand", fact.band, lang) if fact.band else "",
            clean(fact.owner),
            label("Treatment", fact.treatment, lang) if fact.treatment else "",
            clean(fact.response),
            ", ".join(fact.blocks),
            fact.since,
            fact.review_on,
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
            which_date(slip.which, lang),
            slip.old,
            slip.new,
            slip.days,
            label("MoveReason", slip.reason, lang) if slip.reason else "",
            clean(slip.sentence),
            one_line(slip.agreed_by),
            slip.moved_on,
        )


def stream_rows(facts: ReportFacts, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """How every workstream stands."""
    names = _names(facts, lang)
    for stream in facts.workstreams:
        yield (
            label("Strand", stream.strand, lang),
            names.get(stream.group, stream.group),
            label("Health", stream.health, lang),
            label("Health", stream.declared, lang) if stream.declared else "",
            stream.done,
            stream.total,
            stream.overdue,
            one_line(stream.next_milestone),
            stream.forecast,
            stream.slip,
            lang.gettext(N_("Có")) if stream.is_disputed else "",
            clean(stream.declared_note),
            clean(stream.recovery),
            one_line(stream.declared_by),
            stream.declared_on,
            stream.confirmed,
            stream.to_confirm,
            stream.stale_days or None,
        )


def _names(facts: ReportFacts, lang: Language) -> dict[str, str]:
    return {g.key: one_line(facts.group_name(g.key, lang.code)) for g in facts.groups}
