"""Reporting periods: the windows of Decree 09/2019, calendar periods, weeks, and custom ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.lib.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    add_months,
    format_date,
    month_end,
    week_end,
    week_start,
)
from tracker.lib.workdays import Calendar

# Decree 09/2019 art. 12 (domain.md §1.5): figures of a month are closed on the 14th.
_CUT_OFF = 14
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    WEEK = "week"
    CUSTOM = "custom"


class PeriodBasis(StrEnum):
    """Whose windows: of Decree 09, of the calendar (weeks too), or any two days."""

    DECREE = "decree"
    CALENDAR = "calendar"
    CUSTOM = "custom"


class PeriodError(ValueError):
    """A word that names no period.

    `code` is not_a_period, no_such_period (month 13), period_reversed or period_outside_years;
    `values["text"]` is what was given.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included.

    `word` is the one way to write it. `year` and `number` are those of its name, so that
    2026-01, which begins in December 2025, is 1 of 2026; a year has number 0, a custom period
    has neither (0 and 0).
    """

    word: str
    kind: PeriodKind
    basis: PeriodBasis
    first: date
    last: date
    year: int = 0
    number: int = 0

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.last - self.first).days + 1

    @property
    def title_code(self) -> str:
        """The code of its name in `words.SENTENCES`; fill in `title_values`."""
        if self.kind is PeriodKind.HALF:
            return f"period_half_{self.number}"
        return f"period_{self.kind}"

    @property
    def title_values(self) -> dict[str, object]:
        """What the name of the period is made of; quarters are counted in Roman numerals."""
        return {
            "year": self.year,
            "number": self.number,
            "roman": _ROMAN.get(self.number, ""),
            "first": format_date(self.first),
            "last": format_date(self.last),
        }

    def contains(self, day: date) -> bool:
        """Whether that day is in the period."""
        return self.first <= day <= self.last

    def previous(self) -> "Period":
        """The period of the same kind that ends where this one begins."""
        if self.kind is PeriodKind.CUSTOM:
            return custom(self.first - self.days * _DAY, self.first - _DAY)
        return containing(self.first - _DAY, self.kind, basis=self.basis)

    def next(self) -> "Period":
        """The period of the same kind that begins where this one ends."""
        if self.kind is PeriodKind.CUSTOM:
            return custom(self.last + _DAY, self.last + self.days * _DAY)
        return containing(self.last + _DAY, self.kind, basis=self.basis)


def parse(word: str) -> Period:
    """Read the word of a period, as 2026-11, 2026-Q4, 2026-H1, 2026, cal:2026-11, 2026-W47 or
    2026-10-15..2026-11-14. Raises PeriodError.
    """
    text = word.strip()
    for pattern, read in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            return read(found)
    raise PeriodError("not_a_period", text=text[:40])


def containing(day: date, kind: PeriodKind, *, basis: PeriodBasis = PeriodBasis.DECREE) -> Period:
    """The period of that kind the day falls into; weeks are always of the calendar.

    There is no such custom period: PeriodError.
    """
    if kind is PeriodKind.CUSTOM:
        raise PeriodError("not_a_period", text=day.isoformat())
    if kind is PeriodKind.WEEK:
        return _week(day)
    month = day
    if basis is PeriodBasis.DECREE and day.day > _CUT_OFF:
        month = add_months(day, 1)
    return _of_months(kind, basis, month.year, (month.month - 1) // _MONTHS[kind] + 1)


def custom(first: date, last: date) -> Period:
    """Any two days, both included; of other years than are typed too."""
    word = f"{first.isoformat()}..{last.isoformat()}"
    return Period(word, PeriodKind.CUSTOM, PeriodBasis.CUSTOM, first, last)


def after(day: date, last: date) -> str:
    """The days after one day up to another as a custom period is typed; "" where there is none."""
    return f"{day + timedelta(days=1)}..{last}" if day < last else ""


def sending_day(period: Period, calendar: Calendar, *, working_days: int = 1) -> date:
    """The earliest day to send: at least one working day after the cut-off (domain.md §1.5)."""
    return calendar.add(period.last, max(working_days, 1))


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_SUFFIX = {
    PeriodKind.MONTH: "-{:02}",
    PeriodKind.QUARTER: "-Q{}",
    PeriodKind.HALF: "-H{}",
    PeriodKind.YEAR: "",
}


def _of_months(kind: PeriodKind, basis: PeriodBasis, year: int, number: int) -> Period:
    """The number-th month, quarter or half of a year, or the year (number 1)."""
    last_month = date(year, number * _MONTHS[kind], 1)
    first_month = add_months(last_month, 1 - _MONTHS[kind])
    word = f"{year}{_SUFFIX[kind].format(number)}"
    number = 0 if kind is PeriodKind.YEAR else number
    if basis is PeriodBasis.CALENDAR:
        last = month_end(last_month)
        return Period(f"cal:{word}", kind, basis, first_month, last, year, number)
    first = add_months(first_month, -1).replace(day=_CUT_OFF + 1)
    return Period(word, kind, basis, first, last_month.replace(day=_CUT_OFF), year, number)


def _week(day: date) -> Period:
    year, number, _ = day.isocalendar()
    word = f"{year}-W{number:02}"
    first, last = week_start(day), week_end(day)
    return Period(word, PeriodKind.WEEK, PeriodBasis.CALENDAR, first, last, year, number)


# ---------------------------------------------------------------- reading words


def _read_months(found: re.Match[str]) -> Period:
    basis = PeriodBasis.CALENDAR if found["cal"] else PeriodBasis.DECREE
    letter, number = (found["letter"] or "").upper(), int(found["n"] or 1)
    kind = _KINDS[letter] if found["n"] else PeriodKind.YEAR
    year = _year(found)
    if not 1 <= number <= 12 // _MONTHS[kind]:
        raise PeriodError("no_such_period", text=found[0])
    return _of_months(kind, basis, year, number)


def _read_week(found: re.Match[str]) -> Period:
    year = _year(found)
    try:
        return _week(date.fromisocalendar(year, int(found["n"]), 1))
    except ValueError:
        raise PeriodError("no_such_period", text=found[0]) from None


def _read_custom(found: re.Match[str]) -> Period:
    try:
        first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
    except ValueError:
        raise PeriodError("no_such_period", text=found[0]) from None
    if not (FIRST_YEAR <= first.year <= LAST_YEAR and FIRST_YEAR <= last.year <= LAST_YEAR):
        raise PeriodError("period_outside_years", text=found[0])
    if first > last:
        raise PeriodError("period_reversed", text=found[0])
    return custom(first, last)


def _year(found: re.Match[str]) -> int:
    year = int(found["y"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError("period_outside_years", text=found[0])
    return year


_KINDS = {"": PeriodKind.MONTH, "Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}
_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]]] = [
    (re.compile(pattern, re.ASCII | re.IGNORECASE), read)
    for pattern, read in [
        (r"(?P<cal>cal:)?(?P<y>\d{4})-(?P<letter>[QH])(?P<n>\d)", _read_months),
        (r"(?P<cal>cal:)?(?P<y>\d{4})(?P<letter>)(?:-(?P<n>\d{2}))?", _read_months),
        (r"(?P<y>\d{4})-W(?P<n>\d{2})", _read_week),
        (r"(?P<first>\d{4}-\d{2}-\d{2})\.\.(?P<last>\d{4}-\d{2}-\d{2})", _read_custom),
    ]
]
