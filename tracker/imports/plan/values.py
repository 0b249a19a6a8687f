"""What the cells of a plan say: dates, shares, states, numbers; and what is wrong with them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from tracker.imports.plan.texts import line, words_of
from tracker.imports.spreadsheet.book import Cell
from tracker.lib.dates import FIRST_YEAR, LAST_YEAR, DateError, parse_date
from tracker.lib.text import fold

Value = TypeVar("Value")


@dataclass(frozen=True)
class Reading(Generic[Value]):
    """What was understood, and the code of a problem where it was not or only in part."""

    value: Value | None = None
    problem: str | None = None
    is_blocking: bool = False


# What was written is not lost: it goes to the note of the row.
KEPT_AS_NOTE = {"plan_progress_kept_as_note", "plan_status_kept_as_note"}

# ---------------------------------------------------------------- dates

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: no year, day or share is as large
_NO_FIXED_DATE = re.compile(
    r"thuong xuyen|hang (?:ngay|tuan|thang|quy|nam)|dinh ky|lien tuc|khi co yeu cau|theo yeu cau|"
    r"theo tien do|theo ke hoach|dai han|ongoing|continuous|as needed"
)
_BEFORE_DATE = re.compile(
    r"^(?:(?:hoan thanh|cham nhat|muon nhat|truoc|den|trong|vao|du kien|het han|by|before|until)"
    r"\s+)+(?=\S)"
)
_HAS_YEAR = re.compile(r"\d{4}|\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}|q\d")
_RANGE = re.compile(
    r"\s+(?:-|–|—|đến|tới|to)\s+|(?<=\d{4})\s*[-–—]\s*(?=\d{1,2}[/.])", re.IGNORECASE
)


def day_of(cell: Cell, today: date) -> Reading[date]:
    """A date however it was written; a period means its last day."""
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, float) and int(cell) in _SERIALS:
        return _plausible(_EXCEL_EPOCH + timedelta(days=int(cell)))
    said = line(cell)
    if not said:
        return Reading()
    words = _BEFORE_DATE.sub("", fold(said))
    try:
        day = parse_date(words, today=today)
    except DateError as error:
        return _not_a_day(words, error.code)
    problem = None if _HAS_YEAR.search(words) else "plan_date_without_year"
    return Reading(day, problem)


def _plausible(day: date) -> Reading[date]:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(day)
    return Reading(None, "plan_date_outside_years", is_blocking=True)


def _not_a_day(words: str, code: str) -> Reading[date]:
    if _NO_FIXED_DATE.search(words):
        return Reading(None, "plan_date_open")
    return Reading(None, _DATE_PROBLEMS.get(code, "plan_date_unreadable"), is_blocking=True)


_DATE_PROBLEMS = {
    "no_such_day": "plan_date_not_in_calendar",
    "outside_years": "plan_date_outside_years",
}


def span_of(cell: Cell, today: date) -> tuple[date, date] | None:
    """First and last day of a text such as "01/03/2026 – 30/06/2026"; None when it is none."""
    ends = _RANGE.split(line(cell)) if isinstance(cell, str) else []
    days = [day_of(end, today).value for end in ends]
    if len(days) != 2 or days[0] is None or days[1] is None:
        return None
    return days[0], days[1]


# ---------------------------------------------------------------- shares

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(%?)")


def share_of(cell: Cell, *, as_fraction: bool) -> Reading[int]:
    """A percentage; `as_fraction` in a column of fractions, where 0.45 means 45 %."""
    if isinstance(cell, float):
        return _whole_share(cell * 100 if as_fraction and cell <= 1 else cell)
    said = line(cell)
    if not said:
        return Reading()
    found = _SHARE.fullmatch(said)
    if found is None:
        return Reading(None, "plan_progress_kept_as_note")
    number = float(found[1].replace(",", "."))
    is_fraction = not found[2] and 0 < number < 1
    return _whole_share(number * 100 if is_fraction else number)


def _whole_share(number: float) -> Reading[int]:
    if 0 <= number <= 100:
        return Reading(int(number + 0.5))
    return Reading(None, "plan_share_out_of_range", is_blocking=True)


def are_fractions(cells: list[Cell]) -> bool:
    """Whether a column writes 45 % as 0.45: then no number in it is larger than one."""
    numbers = [cell for cell in cells if isinstance(cell, float)]
    return any(numbers) and max(numbers) <= 1


# ---------------------------------------------------------------- states

_STATUSES = {
    "todo": (
        "chua thuc hien", "chua trien khai", "chua bat dau", "todo", "to do", "not started",
    ),
    "doing": (
        "dang thuc hien", "dang trien khai", "dang lam", "chua hoan thanh", "doing", "in progress",
    ),
    "blocked": (
        "dang vuong mac", "vuong mac", "gap vuong mac", "kho khan vuong mac", "blocked",
    ),
    "review": (
        "cho duyet", "cho phe duyet", "dang trinh", "da trinh", "trinh duyet", "review",
        "in review",
    ),
    "done": (
        "hoan thanh", "da hoan thanh", "da xong", "xong", "hoan thanh dung han",
        "hoan thanh qua han", "hoan thanh truoc han", "done", "completed", "finished",
    ),
    "paused": ("tam dung", "tam hoan", "paused", "on hold"),
    "dropped": ("dung thuc hien", "dung", "huy", "huy bo", "dropped", "cancelled", "canceled"),
}  # fmt: skip
_STATUS_OF = {words: status for status, known in _STATUSES.items() for words in known}
# Lateness is computed from dates, so that these say nothing about what has been done.
_LATENESS = {
    "trong han", "chua den han", "sap den han", "qua han", "cham", "cham tien do", "dung tien do",
    "dung han", "chua hoan thanh trong han", "chua hoan thanh qua han", "on track", "late",
    "overdue",
}  # fmt: skip
_PRIORITIES = {
    "normal": ("thuong", "binh thuong", "trung binh", "thap", "normal", "medium", "low"),
    "urgent": ("khan", "cao", "uu tien", "thuong khan", "quan trong", "urgent", "high"),
    "express": ("hoa toc", "rat khan", "rat cao", "express", "critical"),
}
_PRIORITY_OF = {words: priority for priority, known in _PRIORITIES.items() for words in known}


def status_of(cell: Cell) -> Reading[str]:
    """A status of the domain; lateness written as a state is passed over."""
    words = words_of(line(cell))
    if not words or words in _LATENESS:
        return Reading()
    status = _STATUS_OF.get(words)
    return Reading(status, None if status else "plan_status_kept_as_note")


def status_from(progress: int | None, finished_on: date | None) -> str | None:
    """What the share and the day of finishing say where no status is written."""
    if finished_on is not None or progress == 100:
        return "done"
    if progress is None:
        return None
    return "doing" if progress else "todo"


def priority_of(cell: Cell) -> Reading[str]:
    """A priority of the domain."""
    words = words_of(line(cell))
    priority = _PRIORITY_OF.get(words)
    return Reading(priority, None if priority or not words else "plan_priority_unknown")


# ---------------------------------------------------------------- documents

# What follows tries every place in the text, so that a page of brackets would take seconds.
_LONGEST_DOCUMENT = 300
_DOCUMENT = re.compile(
    r"(?P<document>.*?)"
    r"(?:[\s,(]+ngày\s+(?P<date>\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})\)?)?"
    r"(?:[\s,;]+(?:mục|điểm|khoản)\s+(?P<item>[^,;]{1,60}))?",
    re.IGNORECASE | re.DOTALL,
)


def document_of(said: str, today: date) -> tuple[str | None, date | None, str | None]:
    """Number, date and item of "185/QĐ-TĐC ngày 12/03/2026, mục 3"."""
    found = _DOCUMENT.fullmatch(said) if len(said) <= _LONGEST_DOCUMENT else None
    if found is None:
        return said or None, None, None
    signed = day_of(found["date"], today).value if found["date"] else None
    if found["date"] and signed is None:
        return said or None, None, None
    return found["document"].strip(" ,;(") or None, signed, found["item"]
