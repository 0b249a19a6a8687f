"""Tables of numbers: the four cells, the months, slips by reason, deliverables by stage."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import SMALL_TYPE, TYPE_SIZE, limited, signed
from tracker.exports.report.wording import label, number, one_line, period_short, share
from tracker.models import Arrangement
from tracker.queries.report_facts import CellsRow, Name, ReportFacts, StagesFact, YieldRow
from tracker.words import Language


def by_strand(facts: ReportFacts, lang: Language) -> Table:
    """The four cells by strand, with the tasks due that shares are reckoned on."""
    _ = lang.gettext
    parts = [(label("Strand", row.key, lang), row) for row in facts.statistics.by_strand]
    return _cells_table(
        _("Kết quả thực hiện nhiệm vụ theo cấu phần"), _("Cấu phần"), parts, facts, lang
    )


def by_group(facts: ReportFacts, lang: Language) -> Table:
    """The four cells by working group."""
    _ = lang.gettext
    rows = facts.statistics.by_group
    parts = [(one_line(facts.group_name(row.key, lang.code)), row) for row in rows]
    return _cells_table(
        _("Kết quả thực hiện nhiệm vụ theo tổ công tác"), _("Tổ công tác"), parts, facts, lang
    )


def _cells_table(
    title: str,
    head: str,
    parts: Sequence[tuple[str, CellsRow]],
    facts: ReportFacts,
    lang: Language,
) -> Table:
    """With the share at the end of the period before, where that is known."""
    _ = lang.gettext
    whole = CellsRow("", facts.statistics.whole, facts.statistics.before)
    columns = [
        Column(head, 37),
        Column(_("Tổng số"), 14, "center"),
        Column(_("Hoàn thành đúng hạn"), 19, "center"),
        Column(_("Hoàn thành quá hạn"), 19, "center"),
        Column(_("Chưa hoàn thành, trong hạn"), 19, "center"),
        Column(_("Chưa hoàn thành, quá hạn"), 19, "center"),
        Column(_("Số đến hạn"), 15, "center"),
        Column(_("Tỷ lệ hoàn thành"), 18, "center"),
    ]
    is_compared = whole.before is not None and bool(whole.before.total)
    if is_compared:
        columns[0] = Column(head, 31)
        columns[2:6] = [Column(one.head, 17, "center") for one in columns[2:6]]
        columns[6:] = [
            Column(columns[6].head, 13, "center"),
            Column(columns[7].head, 17, "center"),
            Column(_("Tỷ lệ kỳ trước"), 17, "center"),
        ]
    rows = [Row((name, *_cells(row, lang, is_compared=is_compared))) for name, row in parts]
    total = Row((_("Cộng"), *_cells(whole, lang, is_compared=is_compared)), "total")
    size = SMALL_TYPE if is_compared else TYPE_SIZE
    return limited(title, tuple(columns), [*rows, total], lang, size=size)


def _cells(row: CellsRow, lang: Language, *, is_compared: bool) -> list[str]:
    cells = row.now
    counts = (
        cells.total,
        cells.done_on_time,
        cells.done_late,
        cells.open_on_time,
        cells.open_overdue,
        cells.due,
    )
    before = [share(row.before.completed_share if row.before else None, lang)]
    told = [*(number(count, lang) for count in counts), share(cells.completed_share, lang)]
    return [*told, *(before if is_compared else [])]


def months(facts: ReportFacts, lang: Language) -> Table:
    """How all stood at the end of each month or week, and what that brought."""
    _ = lang.gettext
    columns = (
        Column(_("Kỳ"), 20),
        Column(_("Tổng số"), 15, "center"),
        Column(_("Đã hoàn thành"), 18, "center"),
        Column(_("Quá hạn"), 15, "center"),
        Column(_("Tỷ lệ hoàn thành"), 20, "center"),
        Column(_("Hoàn thành trong kỳ"), 20, "center"),
        Column(_("Mốc đạt được"), 17, "center"),
        Column(_("Số lần dời ngày"), 17, "center"),
        Column(_("Số ngày dời"), 18, "center"),
    )
    rows = [
        Row((
            period_short(month.period, lang),
            number(month.cells.total, lang),
            number(month.cells.done, lang),
            number(month.cells.open_overdue, lang),
            share(month.cells.completed_share, lang),
            number(month.brought.finished, lang),
            number(month.brought.reached, lang),
            number(month.brought.moves, lang),
            signed(month.brought.days) if month.brought.moves else "",
        ))
        for month in facts.months
    ]  # fmt: skip
    table = limited(_("Diễn biến qua các kỳ"), columns, rows, lang, size=SMALL_TYPE)
    counted = _("Số ngày dời tính theo thời hạn của nhiệm vụ và ngày dự kiến của mốc tiến độ.")
    return replace(table, note=" ".join(filter(None, (table.note, counted))))


def slip_reasons(facts: ReportFacts, lang: Language) -> Table:
    """Why dates moved in the period: how often, and how far in days."""
    _ = lang.gettext
    columns = (
        Column(_("Nguyên nhân"), 46),
        Column(_("Số lần dời ngày"), 22, "center"),
        Column(_("Số nhiệm vụ, mốc"), 23, "center"),
        Column(_("Thời hạn (ngày)"), 23, "center"),
        Column(_("Dự kiến (ngày)"), 23, "center"),
        Column(_("Kế hoạch (ngày)"), 23, "center"),
    )
    rows = [
        Row((
            label("MoveReason", one.reason, lang) if one.reason else _("không ghi nguyên nhân"),
            number(one.moves, lang),
            number(one.items, lang),
            *(signed(days) if days else "–" for days in (one.due, one.forecast, one.baseline)),
        ))
        for one in facts.slip_reasons
    ]  # fmt: skip
    return limited(_("Nguyên nhân dời ngày"), columns, rows, lang)


def stages(facts: ReportFacts, lang: Language) -> Table:
    """The deliverables by stage, kind by kind, now and at the end of the period before; what is
    empty in both is not printed.
    """
    _ = lang.gettext
    columns = (
        Column(_("Giai đoạn"), 85),
        Column(_("Cuối kỳ trước"), 25, "center"),
        Column(_("Cuối kỳ này"), 25, "center"),
        Column(_("Tăng, giảm"), 25, "center"),
    )
    rows = [row for kind in facts.stages for row in _kind(kind, lang)]
    table = limited(_("Sản phẩm theo giai đoạn"), columns, rows, lang)
    if all(stage.now or stage.before for kind in facts.stages for stage in kind.stages):
        return table
    empty = _("Không in các giai đoạn không có sản phẩm nào ở cả hai kỳ.")
    return replace(table, note=" ".join(filter(None, (table.note, empty))))


def _kind(kind: StagesFact, lang: Language) -> list[Row]:
    name = one_line(kind.name.in_language(lang.code))
    strand = label("Strand", kind.strand, lang)
    counted = lang.ngettext(
        "%(num)s sản phẩm", "%(num)s sản phẩm", kind.total, num=number(kind.total, lang)
    )
    rows = [Row((f"{name} ({strand}): {counted}",), "group")]
    told: list[tuple[Name, int, int | None]] = [
        (stage.name, stage.now, stage.before) for stage in kind.stages if stage.now or stage.before
    ]
    if kind.unplaced:
        told.insert(0, (Name(lang.gettext("Chưa vào giai đoạn nào")), kind.unplaced, None))
    for stage, now, before in told:
        change = "–" if before is None else signed(now - before)
        was = "–" if before is None else number(before, lang)
        rows.append(Row((one_line(stage.in_language(lang.code)), was, number(now, lang), change)))
    return rows


def yields(facts: ReportFacts, lang: Language) -> Table:
    """What the period brought beside the one before: by group, or by strand where there is one
    group or the strands are the chapters.
    """
    _ = lang.gettext
    is_by_group = len(facts.groups) > 1 and facts.arranged_by is not Arrangement.STRAND
    parts = facts.yields.by_group if is_by_group else facts.yields.by_strand
    columns = (
        Column(_("Tổ công tác") if is_by_group else _("Cấu phần"), 46),
        Column(_("Nhiệm vụ hoàn thành"), 19, "center"),
        Column(_("Kỳ trước"), 19, "center"),
        Column(_("Mốc đạt được"), 19, "center"),
        Column(_("Kỳ trước"), 19, "center"),
        Column(_("Số lần dời ngày"), 19, "center"),
        Column(_("Kỳ trước"), 19, "center"),
    )
    names = [
        one_line(facts.group_name(row.key, lang.code))
        if is_by_group
        else label("Strand", row.key, lang)
        for row in parts
    ]
    rows = [Row((name, *_yield(row, lang))) for name, row in zip(names, parts, strict=True)]
    whole = YieldRow("", facts.yields.whole, facts.yields.before)
    total = Row((_("Cộng"), *_yield(whole, lang)), "total")
    return limited(_("Kết quả trong kỳ so với kỳ trước"), columns, [*rows, total], lang)


def _yield(row: YieldRow, lang: Language) -> list[str]:
    now, before = row.now, row.before
    told: list[str] = []
    for name in ("finished", "reached", "moves"):
        was = "–" if before is None else number(getattr(before, name), lang)
        told += [number(getattr(now, name), lang), was]
    return told
