"""The list of directives in the columns of a report's annex of tasks: workbook, text and paper."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.exports.report import docx
from tracker.exports.report.shapes import Appendix, Row, Table
from tracker.exports.report.tables import TASK_ROWS, standing, task_cells, task_columns
from tracker.exports.report.wording import GAP, clean, day, number, one_line, share
from tracker.exports.sheets import Cell, Column, Sheet, csv, xlsx
from tracker.lib.lateness import FourCells
from tracker.queries.directives import Head, Line, UnitName
from tracker.queries.report_facts import TaskFact
from tracker.words import N_, Language

COLUMNS: tuple[Column, ...] = (
    (N_("STT"), 6, "number"),
    (N_("Nhiệm vụ"), 46, "text"),
    (N_("Văn bản giao"), 28, "text"),
    (N_("Đơn vị chủ trì"), 26, "text"),
    (N_("Đơn vị phối hợp"), 24, "text"),
    (N_("Thời hạn"), 12, "date"),
    (N_("Sản phẩm"), 28, "text"),
    (N_("Tiến độ, kết quả"), 16, "text"),
    (N_("Tình trạng"), 18, "text"),
    (N_("Ghi chú"), 36, "text"),
)
CELL_COLUMNS: tuple[Column, ...] = (
    (N_("Tình trạng"), 40, "text"),
    (N_("Số nhiệm vụ"), 14, "number"),
    (N_("Tỷ lệ trên số đến hạn"), 16, "exact"),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = N_("Ý kiến chỉ đạo, nhiệm vụ giao")


def as_csv(lines: Sequence[Line], _head: Head, lang: Language, _made_on: date) -> bytes:
    """Every directive, one a row."""
    return csv.render(COLUMNS, _rows(lines, lang), lang)


def as_xlsx(lines: Sequence[Line], head: Head, lang: Language, made_on: date) -> bytes:
    """The same, and the four cells on a sheet of their own."""
    title, sums = lang.gettext(TITLE), lang.gettext(N_("Tổng hợp"))
    sheets = [
        Sheet(title, COLUMNS, _rows(lines, lang)),
        Sheet(sums, CELL_COLUMNS, list(_cells(head.cells, lang))),
    ]
    return xlsx.render(title, sheets, lang, made_on)


def as_docx(lines: Sequence[Line], head: Head, lang: Language, made_on: date) -> bytes:
    """The annex to a document that the clerk writes and numbers."""
    _ = lang.gettext
    rows = (
        Row(task_cells(_fact(line, lang), str(at), _lead(line, lang), _helping(line, lang), lang))
        for at, line in enumerate(lines[:TASK_ROWS], 1)
    )
    reference = _(
        "(Số liệu đến ngày %(day)s. Kèm theo Văn bản số %(gap)s ngày %(gap)s tháng %(gap)s"
        " năm %(gap)s)",
        day=day(made_on),
        gap=GAP,
    )
    title = _("Danh mục nhiệm vụ lãnh đạo giao và tình hình thực hiện")
    table = Table(title, task_columns(lang), tuple(rows), " ".join(_notes(lines, head.cells, lang)))
    annex = Appendix(_("Phụ lục"), title.upper(), reference, table, is_landscape=True)
    return docx.render_annex(annex, lang, "", made_on)


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    content_type: str
    render: Callable[[Sequence[Line], Head, Language, date], bytes]


KINDS: Mapping[str, Kind] = {
    "xlsx": Kind(xlsx.CONTENT_TYPE, as_xlsx),
    "csv": Kind(csv.CONTENT_TYPE, as_csv),
    "docx": Kind(DOCX, as_docx),
}


def source(line: Line, lang: Language) -> str:
    """By which paper it was given, or by whose word."""
    about = {"name": line.given_by, "day": day(line.given_on)}
    if not line.document:
        return lang.gettext(N_("Ý kiến chỉ đạo của %(name)s ngày %(day)s"), **about)
    dated = f" ({day(line.document_date)})" if line.document_date else ""
    return ", ".join(part for part in (f"{line.document}{dated}", line.item) if part)


def _rows(lines: Iterable[Line], lang: Language) -> Iterator[Sequence[Cell]]:
    for position, line in enumerate(lines, 1):
        fact = _fact(line, lang)
        cells = task_cells(fact, "", _lead(line, lang), _helping(line, lang), lang)
        yield (
            position,
            f"{clean(line.title)} ({line.code})",
            fact.assigned_by,
            cells[3],
            cells[4],
            line.due,
            clean(line.result),
            cells[7],
            standing(fact, lang),
            fact.note,
        )


def _fact(line: Line, lang: Language) -> TaskFact:
    """A directive as the report knows tasks."""
    return TaskFact(
        code=line.code,
        title=line.title,
        group=line.group_key,
        strand=line.strand.value,
        status=line.status.value,
        lateness=line.lateness or "",
        assigned_by=source(line, lang),
        owner=line.owner,
        due=line.due,
        forecast=line.forecast if line.is_open else None,
        finished_on=line.finished_on,
        result=line.result,
        progress=line.progress,
        note=_note(line, lang),
    )


def _note(line: Line, lang: Language) -> str:
    """What a reader of the list has to know first: recalled, or nobody's; else the last word."""
    if line.is_recalled:
        return lang.gettext(N_("Đã thu hồi: %(why)s"), why=one_line(line.recalled_why))
    nobody = lang.gettext(N_("Chưa có người nhận")) if line.is_open and not line.owner else ""
    return ". ".join(part for part in (nobody, one_line(line.note)) if part)


def _lead(line: Line, lang: Language) -> str:
    return _named(line.lead_unit, lang) if line.lead_unit else ""


def _helping(line: Line, lang: Language) -> str:
    return "; ".join(_named(unit, lang) for unit in line.cooperating)


def _named(unit: UnitName, lang: Language) -> str:
    return one_line((lang.code == "en" and unit.name_en) or unit.name)


def _cells(cells: FourCells, lang: Language) -> Iterator[Sequence[Cell]]:
    _ = lang.gettext
    yield _(N_("Tổng số")), cells.total, None
    yield _(N_("Hoàn thành đúng hạn")), cells.done_on_time, None
    yield _(N_("Hoàn thành quá hạn")), cells.done_late, None
    yield _(N_("Chưa hoàn thành, trong hạn")), cells.open_on_time, None
    yield _(N_("Chưa hoàn thành, quá hạn")), cells.open_overdue, cells.overdue_share
    yield _(N_("Đã hoàn thành")), cells.done, cells.completed_share
    yield _(N_("Số đến hạn")), cells.due, None
    yield _(N_("Thu hồi, dừng thực hiện (không tính ở trên)")), cells.dropped, None


def _notes(lines: Sequence[Line], cells: FourCells, lang: Language) -> Iterator[str]:
    _ = lang.gettext
    if len(lines) > TASK_ROWS:
        yield _(
            "Bảng in %(shown)s dòng trong tổng số %(total)s dòng; số liệu đầy đủ ở tệp Excel"
            " kèm theo.",
            shown=number(TASK_ROWS, lang),
            total=number(len(lines), lang),
        )
    yield _(
        "Tổng số %(total)s nhiệm vụ: hoàn thành đúng hạn %(on_time)s, hoàn thành quá hạn %(late)s,"
        " chưa hoàn thành trong hạn %(open)s, chưa hoàn thành quá hạn %(overdue)s.",
        total=number(cells.total, lang),
        on_time=number(cells.done_on_time, lang),
        late=number(cells.done_late, lang),
        open=number(cells.open_on_time, lang),
        overdue=number(cells.open_overdue, lang),
    )
    if cells.due:
        yield _(
            "Tính trên %(due)s nhiệm vụ đến hạn: tỷ lệ hoàn thành %(completion)s, tỷ lệ quá hạn"
            " %(overdue)s.",
            due=number(cells.due, lang),
            completion=share(cells.completed_share, lang),
            overdue=share(cells.overdue_share, lang),
        )
    if cells.dropped:
        yield _(
            "Ngoài ra, số nhiệm vụ dừng thực hiện, không tính vào số liệu trên: %(num)s.",
            num=number(cells.dropped, lang),
        )
