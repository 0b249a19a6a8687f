"""How a plan looks in a workbook: the layout that state offices use and the import reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.exports.plan_workbook.content import (
    EXAMPLE,
    EXAMPLE_NOTE,
    GROUP,
    NOTES,
    SECTIONS,
    TITLE,
    Milestone,
    Section,
    Task,
)

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# The same bytes whenever they are made.
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
_A4 = 9
_HEADING_ROW = 3
_FIRST_ROW = _HEADING_ROW + 1
_BLANK_TASKS = 5
_LINE_POINTS = 16.5

Value = str | int | date | None


@dataclass(frozen=True)
class _Column:
    heading: str
    width: int
    kind: str = "text"


_NUMBER = _Column("STT", 6, "centre")
_TITLE = _Column("Nhiệm vụ", 52)
_DUE = _Column("Thời hạn", 13, "day")
_RESULT = _Column("Sản phẩm", 24)
_PROGRESS = _Column("Tiến độ (%)", 11, "share")
_FINISHED = _Column("Ngày hoàn thành", 13, "day")
_NOTE = _Column("Ghi chú", 26)
_WHO = (
    _Column("Văn bản giao", 15),
    _Column("Đơn vị chủ trì", 20),
    _Column("Đơn vị phối hợp", 24),
    _Column("Người phụ trách", 18),
)
_EXAMPLE_COLUMNS = (_NUMBER, _TITLE, *_WHO, _DUE, _RESULT, _PROGRESS, _FINISHED, _NOTE)
_TEMPLATE_COLUMNS = (
    _NUMBER,
    _Column("Mã", 10),
    _TITLE,
    *_WHO,
    _Column("Bắt đầu", 13, "day"),
    _DUE,
    _Column("Dự kiến", 13, "day"),
    _RESULT,
    _PROGRESS,
    _Column("Tình trạng", 18, "status"),
    _FINISHED,
    _Column("Mức độ", 10, "priority"),
    _NOTE,
)
_STATUSES = [
    "Chưa thực hiện", "Đang thực hiện", "Đang vướng mắc", "Chờ duyệt", "Hoàn thành", "Tạm dừng",
    "Dừng thực hiện",
]  # fmt: skip
_PRIORITIES = ["Thường", "Khẩn", "Hỏa tốc"]


def example() -> bytes:
    """A believable plan of one group that is not among those of the demo."""
    rows = [_example_row(entry) for entry in EXAMPLE]
    return _written(lambda page: page.plan(GROUP, _EXAMPLE_COLUMNS, rows, EXAMPLE_NOTE))


def template() -> bytes:
    """An empty plan with its four strands, choices for its columns, and how to fill it in."""
    rows: list[Sequence[Value]] = []
    for section in SECTIONS:
        rows += [(section.number, None, section.name), ("◆",)]
        rows += [(str(number),) for number in range(1, _BLANK_TASKS + 1)]
    return _written(lambda page: page.template(rows))


def _example_row(entry: Section | Milestone | Task) -> Sequence[Value]:
    if isinstance(entry, Section):
        return tuple(entry)
    if isinstance(entry, Milestone):
        return ("◆", entry.title, *[None] * len(_WHO), entry.due, "Mốc")
    return tuple(entry)


def _written(fill: Callable[["_Page"], None]) -> bytes:
    stream = BytesIO()
    with Workbook(stream, _OPTIONS) as book:
        book.set_properties({"created": _CREATED, "title": TITLE})
        fill(_Page(book))
    return stream.getvalue()


def _height(row: Sequence[Value], columns: Sequence[_Column]) -> float:
    """Room for wrapped text: not every program makes it on opening."""
    lengths = [
        (len(str(value or "")), column.width) for value, column in zip(row, columns, strict=False)
    ]
    return _LINE_POINTS * max(1, *(ceil(length / width / 1.15) for length, width in lengths))


class _Page:
    """A workbook being written, with its formats."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        cell = font | {"border": 1, "text_wrap": True}
        centre = cell | {"align": "center"}
        self._formats: dict[str, Format] = {
            name: book.add_format(look)
            for name, look in {
                "title": font | {"bold": True, "font_size": 14, "align": "center"},
                "group": font | {"bold": True, "align": "center"},
                "remark": font | {"italic": True},
                "heading": centre | {"bold": True, "valign": "vcenter", "bg_color": "#E8EDF3"},
                "section": cell | {"bold": True, "bg_color": "#F4F6F9"},
                "text": cell,
                "centre": centre,
                "day": centre | {"num_format": "dd/mm/yyyy"},
                "share": centre | {"num_format": "0"},
                "wrapped": font | {"text_wrap": True},
            }.items()
        }

    def plan(
        self,
        group: str,
        columns: Sequence[_Column],
        rows: Sequence[Sequence[Value]],
        remark: str = "",
    ) -> Worksheet:
        """A sheet with title rows, heading and rows."""
        sheet = self._book.add_worksheet(group or "Kế hoạch")
        last = len(columns) - 1
        sheet.merge_range(0, 0, 0, last, TITLE, self._formats["title"])
        sheet.merge_range(1, 0, 1, last, f"Tổ công tác: {group}".strip(), self._formats["group"])
        sheet.write_string(2, 0, remark, self._formats["remark"])
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(_HEADING_ROW, index, column.heading, self._formats["heading"])
        for number, row in enumerate(rows, start=_FIRST_ROW):
            self._row(sheet, number, row, columns)
        _set_up_page(sheet)
        return sheet

    def _row(
        self, sheet: Worksheet, number: int, row: Sequence[Value], columns: Sequence[_Column]
    ) -> None:
        sheet.set_row(number, _height(row, columns))
        names_strand = str(row[0]) in {section.number for section in SECTIONS}
        for index, column in enumerate(columns):
            value = row[index] if index < len(row) else None
            known = column.kind if column.kind in self._formats else "text"
            look = self._formats["section" if names_strand else known]
            if isinstance(value, date):
                sheet.write_datetime(number, index, value, look)
            elif isinstance(value, str) and value.isdecimal():
                sheet.write_number(number, index, int(value), look)
            else:
                sheet.write(number, index, value, look)

    def template(self, rows: Sequence[Sequence[Value]]) -> None:
        """The blank plan and its notes."""
        sheet = self.plan("", _TEMPLATE_COLUMNS, rows)
        for index, column in enumerate(_TEMPLATE_COLUMNS):
            if column.kind in _CHOICES:
                # Rows that people add below keep the choices.
                sheet.data_validation(_FIRST_ROW, index, 500, index, _CHOICES[column.kind])
        self._notes()

    def _notes(self) -> None:
        sheet = self._book.add_worksheet("Hướng dẫn")
        sheet.set_column(0, 1, 70)
        for number, (vietnamese, english) in enumerate(NOTES):
            look = self._formats["wrapped" if number else "heading"]
            sheet.write_string(number, 0, vietnamese, look)
            sheet.write_string(number, 1, english, look)


def _set_up_page(sheet: Worksheet) -> None:
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)


# Warnings, not refusals: the import understands "Quý I/2027" and says what it does not.
_CHOICES: dict[str, dict[str, object]] = {
    "status": {"validate": "list", "source": _STATUSES, "error_type": "warning"},
    "priority": {"validate": "list", "source": _PRIORITIES, "error_type": "warning"},
    "share": {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100,
        "error_title": "Tiến độ", "error_message": "Tiến độ là số từ 0 đến 100.",
    },
    "day": {
        "validate": "date", "criteria": "between",
        "minimum": date(2000, 1, 1), "maximum": date(2100, 12, 31), "error_type": "warning",
        "error_title": "Ngày", "error_message": "Nên ghi ngày dạng 31/12/2026.",
    },
}  # fmt: skip
