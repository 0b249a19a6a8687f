"""The tables of a printed report, each worded in one language; widths in mm."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil

from tracker.exports.report.measure import width
from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.wording import day, label, number, one_line, reason, share, stale
from tracker.lib.lateness import FourCells
from tracker.queries.report_facts import ReportFacts, SlipFact, TaskFact, WorkstreamFact
from tracker.words import Language

# The most rows a printed table carries; the workbook carries all.
TASK_ROWS = 500
OTHER_ROWS = 100

# Points of the type of a table, and the millimetres that a cell keeps free left and right.
TYPE_SIZE = 11
CELL_MARGINS = 2.4

_WORST_FIRST = ("late", "at_risk", "no_plan", "not_started", "on_track", "done")
_STRAND_NUMBERS = ("I", "II", "III", "IV")
# The columns of workstreams in mm: with colours alone, with reasons, and with what leads declared.
_STREAM_WIDTHS = {
    "name": (32, 25, 21),
    "health": (25, 18, 18),
    "declared": (0, 0, 18),
    "done": (17, 13, 13),
    "next": (50, 27, 26),
    "forecast": (22, 22, 22),
    "slip": (14, 13, 0),
    "why": (0, 42, 42),
}
_CENTRED = frozenset({"done", "forecast", "slip"})


def by_strand(facts: ReportFacts, lang: Language) -> Table:
    """The four cells by strand, with the tasks due that shares are reckoned on."""
    _ = lang.gettext
    parts = [(label("Strand", row.key, lang), row.now) for row in facts.statistics.by_strand]
    return _cells_table(
        _("Kết quả thực hiện nhiệm vụ theo cấu phần"), _("Cấu phần"), parts, facts, lang
    )


def by_group(facts: ReportFacts, lang: Language) -> Table:
    """The four cells by working group."""
    _ = lang.gettext
    rows = facts.statistics.by_group
    parts = [(one_line(facts.group_name(row.key, lang.code)), row.now) for row in rows]
    return _cells_table(
        _("Kết quả thực hiện nhiệm vụ theo tổ công tác"), _("Tổ công tác"), parts, facts, lang
    )


def _cells_table(
    title: str, head: str, parts: list[tuple[str, FourCells]], facts: ReportFacts, lang: Language
) -> Table:
    _ = lang.gettext
    columns = (
        Column(head, 37),
        Column(_("Tổng số"), 14, "center"),
        Column(_("Hoàn thành đúng hạn"), 19, "center"),
        Column(_("Hoàn thành quá hạn"), 19, "center"),
        Column(_("Chưa hoàn thành, trong hạn"), 19, "center"),
        Column(_("Chưa hoàn thành, quá hạn"), 19, "center"),
        Column(_("Số đến hạn"), 15, "center"),
        Column(_("Tỷ lệ hoàn thành"), 18, "center"),
    )
    rows = [Row((name, *_cells(cells, lang))) for name, cells in parts]
    total = Row((_("Cộng"), *_cells(facts.statistics.whole, lang)), "total")
    return _limited(title, columns, [*rows, total], OTHER_ROWS, lang)


def _cells(cells: FourCells, lang: Language) -> list[str]:
    counts = (
        cells.total,
        cells.done_on_time,
        cells.done_late,
        cells.open_on_time,
        cells.open_overdue,
        cells.due,
    )
    return [*(number(count, lang) for count in counts), share(cells.completed_share, lang)]


def workstreams(facts: ReportFacts, lang: Language) -> Table:
    """How each workstream stands by its plan and by its lead, and why; the worst first when there
    are several groups.
    """
    columns = _stream_columns(facts, lang)
    streams: Sequence[WorkstreamFact] = facts.workstreams
    if len(facts.groups) > 1:
        streams = sorted(streams, key=lambda stream: _rank(stream.health))
    rows = [Row(_workstream(stream, facts, lang, columns)) for stream in streams]
    title = lang.gettext("Tình trạng các cấu phần")
    return _limited(title, tuple(columns.values()), rows, OTHER_ROWS, lang)


def _stream_columns(facts: ReportFacts, lang: Language) -> dict[str, Column]:
    """The columns by name; those of the leads and of the reasons only where there is any."""
    _ = lang.gettext
    told = 1 if any(stream.reasons for stream in facts.workstreams) else 0
    told = 2 if any(stream.declared for stream in facts.workstreams) else told
    heads = {
        "name": _("Cấu phần"),
        "health": _("Tình trạng"),
        "declared": _("Tổ tự đánh giá"),
        "done": _("Đã xong / tổng số"),
        "next": _("Mốc tiến độ tiếp theo"),
        "forecast": _("Dự kiến"),
        "slip": _("Chậm (ngày)"),
        "why": _("Căn cứ"),
    }
    return {
        name: Column(heads[name], widths[told], "center" if name in _CENTRED else "left")
        for name, widths in _STREAM_WIDTHS.items()
        if widths[told]
    }


def _rank(health: str) -> int:
    return _WORST_FIRST.index(health) if health in _WORST_FIRST else len(_WORST_FIRST)


def _workstream(
    stream: WorkstreamFact, facts: ReportFacts, lang: Language, columns: Collection[str]
) -> tuple[str, ...]:
    name = label("Strand", stream.strand, lang)
    if len(facts.groups) > 1:
        name = f"{one_line(facts.group_name(stream.group, lang.code))}: {name}"
    cells = {
        "name": name,
        "health": "\n".join(
            [label("Health", stream.health, lang), *stale(stream.stale_days, lang)]
        ),
        "declared": _declared(stream, lang),
        "done": f"{number(stream.done, lang)}/{number(stream.total, lang)}",
        "next": one_line(stream.next_milestone),
        "forecast": day(stream.forecast) if "slip" in columns else _expected(stream, lang),
        "slip": "" if stream.slip is None else number(max(stream.slip, 0), lang),
        "why": "\n".join(_grounds(stream, lang)),
    }
    return tuple(cells[column] for column in columns)


def _expected(stream: WorkstreamFact, lang: Language) -> str:
    """The forecast with the slip, where the slip has no column of its own."""
    late = []
    if stream.slip and stream.slip > 0:
        days = number(stream.slip, lang)
        late = [lang.ngettext("(chậm %(num)s ngày)", "(chậm %(num)s ngày)", stream.slip, num=days)]
    return "\n".join([day(stream.forecast), *late])


def _declared(stream: WorkstreamFact, lang: Language) -> str:
    """What the lead said; that it is better than the figures is never left out."""
    if not stream.declared:
        return ""
    flag = [lang.gettext("(tốt hơn số liệu)")] if stream.is_disputed else []
    return "\n".join([label("Health", stream.declared, lang), *flag])


def _grounds(stream: WorkstreamFact, lang: Language) -> Iterator[str]:
    """The facts behind the computed colour, then what the lead says."""
    _ = lang.gettext
    yield from (one_line(reason(fact, lang)) for fact in stream.reasons)
    if stream.declared_note:
        person = ", ".join(filter(None, (stream.declared_by, day(stream.declared_on))))
        note = one_line(stream.declared_note)
        yield _("Tổ tự đánh giá (%(person)s): %(note)s", person=person, note=note)
    if stream.recovery:
        yield _("Biện pháp khắc phục: %(text)s", text=one_line(stream.recovery))


def finished(facts: ReportFacts, lang: Language) -> Table:
    """The tasks finished in the period."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ"), 50),
        Column(_("Đơn vị chủ trì"), 30),
        Column(_("Thời hạn"), 22, "center"),
        Column(_("Hoàn thành"), 22, "center"),
        Column(_("Sản phẩm"), 25),
    )
    rows = [
        Row((
            str(position),
            _named(task.title, task.code),
            one_line(facts.unit_names(task.lead_unit, lang.code) or task.owner),
            day(task.due),
            day(task.finished_on),
            one_line(task.result),
        ))
        for position, task in enumerate(facts.finished, 1)
    ]  # fmt: skip
    return _limited(_("Nhiệm vụ hoàn thành trong kỳ"), columns, rows, OTHER_ROWS, lang)


def reached(facts: ReportFacts, lang: Language) -> Table:
    """The milestones reached in the period."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Mốc tiến độ"), 68),
        Column(_("Kế hoạch"), 22, "center"),
        Column(_("Thực tế"), 22, "center"),
        Column(_("Minh chứng"), 37),
    )
    rows = [
        Row((
            str(position),
            _named(milestone.title, milestone.code),
            day(milestone.baseline),
            day(milestone.closed_on),
            one_line(milestone.evidence),
        ))
        for position, milestone in enumerate(facts.reached, 1)
    ]  # fmt: skip
    return _limited(_("Mốc tiến độ đạt được trong kỳ"), columns, rows, OTHER_ROWS, lang)


def slips(facts: ReportFacts, lang: Language) -> Table:
    """The dates that moved in the period, why, and who agreed."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ, mốc tiến độ"), 44),
        Column(_("Ngày cũ"), 21, "center"),
        Column(_("Ngày mới"), 21, "center"),
        Column(_("Số ngày"), 13, "center"),
        Column(_("Nguyên nhân"), 50),
    )
    rows = [
        Row((
            str(position),
            _moved(slip, lang),
            day(slip.old),
            day(slip.new),
            "" if slip.days is None else f"{slip.days:+d}".replace("-", "−"),
            _why(slip, lang),
        ))
        for position, slip in enumerate(facts.slips, 1)
    ]  # fmt: skip
    return _limited(_("Thay đổi thời hạn trong kỳ"), columns, rows, OTHER_ROWS, lang)


def _moved(slip: SlipFact, lang: Language) -> str:
    """What moved, and below it which of its dates."""
    said = {
        "due": lang.gettext("(dời thời hạn)"),
        "forecast": lang.gettext("(dời ngày dự kiến)"),
        "baseline": lang.gettext("(dời ngày kế hoạch)"),
    }
    which = said.get(slip.which, "")
    return "\n".join(part for part in (_named(slip.title, slip.code), which) if part)


def _why(slip: SlipFact, lang: Language) -> str:
    parts = [label("MoveReason", slip.reason, lang) if slip.reason else "", one_line(slip.sentence)]
    text = ": ".join(part for part in parts if part)
    if not slip.agreed_by:
        return text
    agreed = lang.gettext("Người đồng ý: %(name)s", name=one_line(slip.agreed_by))
    return "\n".join(part for part in (text, agreed) if part)


def overdue(facts: ReportFacts, lang: Language) -> Table:
    """The unfinished tasks beyond their date."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ"), 62),
        Column(_("Đơn vị chủ trì, người phụ trách"), 43),
        Column(_("Thời hạn"), 22, "center"),
        Column(_("Dự kiến"), 22, "center"),
    )
    late = [task for task in facts.tasks if task.lateness == "overdue" and not task.parent]
    rows = [
        Row((
            str(position),
            _named(task.title, task.code),
            _responsible(facts.unit_names(task.lead_unit, lang.code), task.owner),
            day(task.due),
            day(task.forecast),
        ))
        for position, task in enumerate(late, 1)
    ]  # fmt: skip
    return _limited(_("Nhiệm vụ quá hạn chưa hoàn thành"), columns, rows, OTHER_ROWS, lang)


def upcoming(facts: ReportFacts, lang: Language) -> Table:
    """What falls due in the period to come."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ, mốc tiến độ"), 80),
        Column(_("Đơn vị chủ trì, người phụ trách"), 46),
        Column(_("Thời hạn"), 23, "center"),
    )
    rows = [
        Row((
            str(position),
            _named(work.title, work.code),
            _responsible(facts.unit_names(work.lead_unit, lang.code), work.owner),
            day(work.due),
        ))
        for position, work in enumerate(facts.upcoming, 1)
    ]  # fmt: skip
    return _limited(
        _("Nhiệm vụ, mốc tiến độ đến hạn trong kỳ tới"), columns, rows, OTHER_ROWS, lang
    )


def tasks(facts: ReportFacts, lang: Language) -> Table:
    """The annex of all tasks, or of the exceptions when there are too many for paper."""
    _ = lang.gettext
    chosen: Sequence[TaskFact] = facts.tasks
    note = ""
    if len(facts.tasks) > TASK_ROWS:
        chosen = exceptions(facts)
        note = _(
            "Phụ lục in %(shown)s nhiệm vụ cần lưu ý trong tổng số %(total)s nhiệm vụ;"
            " danh mục đầy đủ ở tệp Excel kèm theo.",
            shown=number(len(chosen), lang),
            total=number(len(facts.tasks), lang),
        )
    title = _("Danh mục nhiệm vụ và tình hình thực hiện")
    return Table(title, task_columns(lang), tuple(_task_rows(chosen, facts, lang)), note)


def task_columns(lang: Language) -> tuple[Column, ...]:
    """The columns people expect of such a table (domain.md §1.5)."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 12, "center"),
        Column(_("Nhiệm vụ"), 44),
        Column(_("Văn bản giao"), 26),
        Column(_("Đơn vị chủ trì"), 34),
        Column(_("Đơn vị phối hợp"), 23),
        Column(_("Thời hạn"), 22, "center"),
        Column(_("Sản phẩm"), 21),
        Column(_("Tiến độ, kết quả"), 21, "center"),
        Column(_("Tình trạng"), 19),
        Column(_("Ghi chú"), 25),
    )
    return _fitted(columns)


def exceptions(facts: ReportFacts) -> list[TaskFact]:
    """The tasks a reader of paper must see, at most 500, in the order of the plan."""
    finished_codes = {task.code for task in facts.finished}
    moved = {slip.code for slip in facts.slips}

    def rank(task: TaskFact) -> int | None:
        tests = (
            task.lateness == "overdue",
            task.status == "blocked",
            task.code in moved,
            task.lateness == "due_soon",
            task.code in finished_codes,
        )
        return tests.index(True) if any(tests) else None

    ranked = [(place, at, task) for at, task in enumerate(facts.tasks)
              if (place := rank(task)) is not None]  # fmt: skip
    first = sorted(ranked, key=lambda item: item[:2])[:TASK_ROWS]
    return [task for _place, _at, task in sorted(first, key=lambda item: item[1])]


def _task_rows(chosen: Sequence[TaskFact], facts: ReportFacts, lang: Language) -> Iterator[Row]:
    numbers = _numbers(chosen)
    for key, of_group in groupby(chosen, key=lambda task: task.group):
        if len(facts.groups) > 1:
            yield Row((one_line(facts.group_name(key, lang.code)).upper(),), "group")
        strands = groupby(of_group, key=lambda task: task.strand)
        for roman, (strand, of_strand) in zip(_endless_romans(), strands, strict=False):
            yield Row((f"{roman}. {label('Strand', strand, lang)}".lstrip(". "),), "group")
            for task in of_strand:
                yield Row(_task(task, numbers[task.code], facts, lang))


def _endless_romans() -> Iterator[str]:
    yield from _STRAND_NUMBERS
    while True:
        yield ""


def _numbers(chosen: Iterable[TaskFact]) -> dict[str, str]:
    """1, 2, 3 …, and 2.1, 2.2 … for the parts of the second."""
    numbers: dict[str, str] = {}
    parts: dict[str, int] = {}
    top = 0
    for task in chosen:
        if task.parent in numbers:
            parts[task.parent] = parts.get(task.parent, 0) + 1
            numbers[task.code] = f"{numbers[task.parent]}.{parts[task.parent]}"
        else:
            top += 1
            numbers[task.code] = str(task.number or top)
    return numbers


def _task(task: TaskFact, position: str, facts: ReportFacts, lang: Language) -> tuple[str, ...]:
    lead_unit = facts.unit_names(task.lead_unit, lang.code)
    cooperating = facts.unit_names(task.cooperating, lang.code)
    return task_cells(task, position, lead_unit, cooperating, lang)


def task_cells(
    task: TaskFact, position: str, lead_unit: str, cooperating: str, lang: Language
) -> tuple[str, ...]:
    """A task under those columns; the units are named in the language already."""
    return (
        position,
        _named(task.title, task.code),
        one_line(task.assigned_by),
        _responsible(lead_unit, task.owner),
        one_line(cooperating),
        _due(task, lang),
        one_line(task.result),
        _progress(task, lang),
        "\n".join([standing(task, lang), *stale(task.stale_days, lang)]),
        one_line(task.note),
    )


def standing(task: TaskFact, lang: Language) -> str:
    """Both axes of the official status: completion, and timeliness where it adds something."""
    status = label("TaskStatus", task.status, lang)
    if task.status == "done" and task.lateness:
        return label("Lateness", task.lateness, lang)
    if task.lateness in {"overdue", "due_soon"}:
        return f"{status}, {label('Lateness', task.lateness, lang).lower()}"
    return status


def _due(task: TaskFact, lang: Language) -> str:
    if task.status == "done" or task.forecast in {None, task.due}:
        return day(task.due)
    forecast = lang.gettext("dự kiến %(day)s", day=day(task.forecast))
    return f"{day(task.due)}\n{forecast}".strip()


def _progress(task: TaskFact, lang: Language) -> str:
    if task.finished_on is None:
        return f"{task.progress}%"
    return lang.gettext("Xong ngày %(day)s", day=day(task.finished_on))


def _named(title: str, code: str) -> str:
    return f"{one_line(title)} ({code})" if code else one_line(title)


def _responsible(unit: str, person: str) -> str:
    return "\n".join(part for part in (one_line(unit), one_line(person)) if part)


def _limited(
    title: str, columns: tuple[Column, ...], rows: Sequence[Row], most: int, lang: Language
) -> Table:
    columns = _fitted(columns)
    if len(rows) <= most:
        return Table(title, columns, tuple(rows))
    note = lang.gettext(
        "Bảng in %(shown)s dòng trong tổng số %(total)s dòng; số liệu đầy đủ ở tệp Excel kèm theo.",
        shown=number(most, lang),
        total=number(len(rows), lang),
    )
    # A total line is never the one that is left out.
    last = rows[-1:] if rows[-1].kind == "total" else ()
    return Table(title, columns, (*rows[: most - len(last)], *last), note)


def _fitted(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """No word of a head is wider than its column: the widest column gives the room.

    English words are longer than the Vietnamese syllables that the widths were chosen for.
    """
    widths = [max(column.width, ceil(_longest_word(column.head))) for column in columns]
    widest = max(range(len(columns)), key=lambda at: columns[at].width)
    widths[widest] -= sum(widths) - sum(column.width for column in columns)
    return tuple(replace(column, width=new) for column, new in zip(columns, widths, strict=True))


def _longest_word(head: str) -> float:
    """In mm, with the margins; a stroke is not parted from the word before it."""
    words = re.split(r" (?!/)", head)
    return max(width(word, TYPE_SIZE, is_bold=True) for word in words) + CELL_MARGINS
