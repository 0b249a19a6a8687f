"""Which column is what: headings in any order, in Vietnamese or English, told by their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.imports.plan.texts import line, words_of
from tracker.imports.spreadsheet.book import Cell, Sheet, address
from tracker.lib.plan_file import Column

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "number": ("stt", "so tt", "tt", "so thu tu", "no"),
    "code": ("ma", "ma nhiem vu", "ma so", "ma cong viec", "code", "task code", "id"),
    "title": (
        "nhiem vu", "noi dung", "noi dung cong viec", "noi dung nhiem vu", "noi dung thuc hien",
        "ten nhiem vu", "ten cong viec", "cong viec", "dau viec", "hoat dong",
        "nhiem vu cong viec", "nhiem vu giai phap", "task", "task name", "title",
    ),
    "kind": ("loai", "phan loai", "loai dong", "kind", "type"),
    "strand": ("cau phan", "mang", "mang cong tac", "linh vuc", "strand"),
    "milestone": ("moc", "moc tien do", "thuoc moc", "milestone"),
    "assigning_document": (
        "van ban giao", "van ban giao nhiem vu", "van ban", "van ban chi dao", "so van ban",
        "so ky hieu van ban", "can cu", "nguon giao", "assigning document",
    ),
    "assigning_date": ("ngay van ban", "ngay giao", "ngay ban hanh", "document date"),
    "assigning_item": ("muc", "muc so", "diem", "khoan", "muc giao", "item"),
    "lead_unit": (
        "don vi chu tri", "co quan chu tri", "chu tri", "don vi thuc hien", "don vi dau moi",
        "don vi", "lead unit", "unit",
    ),
    "cooperating_units": (
        "don vi phoi hop", "co quan phoi hop", "phoi hop", "cooperating units",
    ),
    "owner": (
        "nguoi phu trach", "nguoi thuc hien", "nguoi chu tri", "nguoi chiu trach nhiem",
        "phu trach", "can bo phu trach", "can bo thuc hien", "chuyen vien",
        "owner", "assignee", "person in charge",
    ),
    "participants": ("nguoi phoi hop", "nguoi tham gia", "participants"),
    "start": (
        "bat dau", "ngay bat dau", "thoi gian bat dau", "tu ngay", "start", "start date",
    ),
    "due": (
        "thoi han", "thoi han hoan thanh", "han", "han hoan thanh", "han chot", "han xu ly",
        "thoi gian", "thoi gian hoan thanh", "thoi gian thuc hien", "thoi gian ket thuc",
        "moc thoi gian", "ket thuc", "ngay ket thuc", "den ngay",
        "ngay hoan thanh theo ke hoach", "ngay hoan thanh ke hoach",
        "due", "due date", "deadline",
    ),
    "forecast": (
        "du kien", "ngay du kien", "du kien hoan thanh", "ngay du kien hoan thanh",
        "thoi gian du kien", "forecast", "forecast date",
    ),
    "result": (
        "san pham", "ket qua", "san pham ket qua", "san pham du kien", "san pham dau ra",
        "ket qua dau ra", "ket qua du kien", "result", "expected result", "deliverable",
    ),
    "progress": (
        "tien do", "tien do thuc hien", "tien do ket qua", "ty le", "ty le hoan thanh",
        "phan tram", "phan tram hoan thanh", "muc do hoan thanh",
        "progress", "complete", "percent complete",
    ),
    "finished_on": (
        "ngay hoan thanh", "ngay hoan thanh thuc te", "hoan thanh ngay", "ngay thuc te",
        "thoi gian hoan thanh thuc te", "finished", "finished on", "completed on",
        "actual finish",
    ),
    "status": (
        "tinh trang", "trang thai", "tinh hinh", "tinh trang thuc hien", "tinh hinh thuc hien",
        "status", "state",
    ),
    "priority": ("muc do", "uu tien", "muc do uu tien", "muc do khan", "do khan", "priority"),
    "note": (
        "ghi chu", "ket qua thuc hien", "kho khan vuong mac", "vuong mac", "note", "notes",
        "remarks",
    ),
}  # fmt: skip
_FIELD_OF = {words: field for field, synonyms in _SYNONYMS.items() for words in synonyms}
# A heading may say more than its synonym ("Đơn vị chủ trì thực hiện"); one word says too little.
_BEGINNINGS = sorted((words for words in _FIELD_OF if " " in words), key=len, reverse=True)

# Headings stand near the top; below that a row with such words is a row of the plan.
_SEARCHED_ROWS = 60
_FEWEST_FIELDS = 2


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet: where it ends and which columns (from 1) tell which field."""

    first_row: int
    last_row: int
    fields: Mapping[str, tuple[int, ...]]
    columns: tuple[Column, ...]


def field_of(heading: str) -> str | None:
    """The field that a heading names."""
    words = words_of(heading)
    if words in _FIELD_OF:
        return _FIELD_OF[words]
    found = next((each for each in _BEGINNINGS if words.startswith(f"{each} ")), None)
    return _FIELD_OF[found] if found else None


def find(sheet: Sheet) -> Heading | None:
    """The row near the top that names the most fields, the title of a task among them."""
    best: Heading | None = None
    for number in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        found = _heading(sheet, number)
        is_heading = "title" in found.fields and len(found.fields) >= _FEWEST_FIELDS
        if is_heading and (best is None or len(found.fields) > len(best.fields)):
            best = found
    return best


def _heading(sheet: Sheet, number: int) -> Heading:
    last_row = _last_row(sheet, number)
    texts = _texts(sheet, number, last_row)
    fields: dict[str, tuple[int, ...]] = {}
    columns: list[Column] = []
    for column, (row, text) in texts.items():
        field = field_of(text)
        # Remarks may fill several columns; of any other field the first column counts.
        if field is not None and field in fields and field != "note":
            field = None
        if field is not None:
            fields[field] = (*fields.get(field, ()), column)
        columns.append(Column(address(row, column), text, field))
    return Heading(number, last_row, fields, tuple(columns))


def _last_row(sheet: Sheet, number: int) -> int:
    """A heading of two rows has merged cells: some go down, others span those below."""
    goes_down = [m.bottom for m in sheet.merges if m.top == number < m.bottom]
    spans = any(m.top == m.bottom == number and m.left < m.right for m in sheet.merges)
    return min(goes_down) if goes_down and spans else number


def _texts(sheet: Sheet, first: int, last: int) -> dict[int, tuple[int, str]]:
    """Text and row of each column's heading, the lower one where there are two."""
    texts: dict[int, tuple[int, str]] = {}
    for number in range(first, last + 1):
        for column, text in _filled(sheet.rows.get(number, ())).items():
            texts[column] = (number, text)
    return dict(sorted(texts.items()))


def _filled(cells: Sequence[Cell]) -> dict[int, str]:
    texts = {column: line(cell) for column, cell in enumerate(cells, start=1)}
    return {column: text for column, text in texts.items() if text}
