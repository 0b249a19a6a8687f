"""How dates are read from people's words, in Vietnamese or English."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from tracker.lib.dates.days import (
    add_months,
    month_end,
    quarter_end,
    week_end,
    week_start,
    year_end,
)
from tracker.lib.text import fold, strip_controls

FIRST_YEAR, LAST_YEAR = 2000, 2100

_LONGEST = 60


class DateError(ValueError):
    """Text that is no date; `code` is not_a_date, no_such_day or outside_years (2000 to 2100).

    `values["text"]` is what was typed; the code finds the sentence in `words.SENTENCES`.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


_Words = re.Match[str]
_Reader = Callable[[_Words, date], date]


def parse_date(text: str, *, today: date) -> date:
    """Read a date as people type it, in Vietnamese or English; a period means its last day.

    Days come before months. What has no year is of this year; a weekday is the next one, today
    included; "+2 tuần" counts from today. Raises DateError.
    """
    words = _plain(text)
    for pattern, read in _FORMS:
        found = pattern.fullmatch(words)
        if found:
            return _within_years(read, found, today, text)
    raise DateError("not_a_date", text=_shortened(text))


def _plain(text: str) -> str:
    """Folded, dashes of any kind as hyphens, no full stop or comma at the end."""
    words = fold(strip_controls(text[: 4 * _LONGEST]))
    if len(words) > _LONGEST:
        return ""
    return re.sub("[\u2010-\u2015\u2212]", "-", words).rstrip(" .,;")


def _within_years(read: _Reader, found: _Words, today: date, text: str) -> date:
    try:
        day = read(found, today)
    except DateError as error:
        raise DateError(error.code, text=_shortened(text)) from None
    except OverflowError:
        raise DateError("outside_years", text=_shortened(text)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateError("outside_years", text=_shortened(text))
    return day


def _shortened(text: str) -> str:
    seen = " ".join(strip_controls(text).split())
    return seen if len(seen) <= _LONGEST else seen[: _LONGEST - 1] + "…"


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("outside_years")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError("no_such_day") from None


def _year(found: _Words, today: date) -> int:
    typed = found.groupdict().get("y")
    if not typed:
        return today.year
    return int(typed) if len(typed) == 4 else 2000 + int(typed)


def _read_day(found: _Words, today: date) -> date:
    return _day(_year(found, today), int(found["m"]), int(found["d"]))


def _read_named_day(found: _Words, today: date) -> date:
    return _day(_year(found, today), _MONTHS[found["name"][:3]], int(found["d"]))


def _read_month(found: _Words, today: date) -> date:
    return month_end(_day(_year(found, today), int(found["m"]), 1))


def _read_named_month(found: _Words, today: date) -> date:
    return month_end(_day(_year(found, today), _MONTHS[found["name"][:3]], 1))


def _read_quarter(found: _Words, today: date) -> date:
    number = _QUARTERS.get(found["q"])
    if number is None:
        raise DateError("no_such_day")
    return month_end(_day(_year(found, today), number * 3, 1))


def _read_part_of_year(found: _Words, today: date) -> date:
    return month_end(_day(_year(found, today), _PARTS_OF_YEAR[found["part"]], 1))


def _read_year(found: _Words, today: date) -> date:
    return _day(_year(found, today), 12, 31)


def _read_relative(found: _Words, today: date) -> date:
    number = int(found["n"]) * (-1 if found.groupdict().get("sign") == "-" else 1)
    return _moved(today, number, found["unit"])


def _moved(day: date, number: int, unit: str) -> date:
    if _UNITS[unit] == "day":
        return day + timedelta(days=number)
    if _UNITS[unit] == "week":
        return day + timedelta(weeks=number)
    return add_months(day, number * _MONTHS_IN[_UNITS[unit]])


def _read_end(found: _Words, today: date) -> date:
    """The end of this or the next week, month, quarter or year."""
    unit = found["unit"]
    later = found.groupdict().get("which") in _NEXT
    inside = _moved(today, 1, unit) if later else today
    return _ENDS[_UNITS[unit]](inside)


def _read_weekday(found: _Words, today: date) -> date:
    wanted, which = _WEEKDAY_WORDS[found["name"]], found["which"] or found["said"]
    if which is None:
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    monday = week_start(today) + timedelta(weeks=which in _NEXT)
    return monday + timedelta(days=wanted)


def _read_near(found: _Words, today: date) -> date:
    return today + timedelta(days=_NEAR[found[0]])


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PARTS_OF_YEAR = {"6 thang dau": 6, "nua dau": 6, "6 thang cuoi": 12, "nua cuoi": 12, "9 thang": 9,
                  "9 thang dau": 9}  # fmt: skip
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
_MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_UNITS = {
    "ngay": "day", "day": "day", "days": "day", "d": "day",
    "tuan": "week", "week": "week", "weeks": "week", "w": "week",
    "thang": "month", "month": "month", "months": "month", "m": "month",
    "quy": "quarter", "quarter": "quarter", "quarters": "quarter",
    "nam": "year", "year": "year", "years": "year", "y": "year",
}  # fmt: skip
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_ENDS = {"week": week_end, "month": month_end, "quarter": quarter_end, "year": year_end}
_NEXT = {"sau", "toi", "next"}
_NEAR = {
    "hom qua": -1, "yesterday": -1, "hom nay": 0, "today": 0, "mai": 1, "ngay mai": 1,
    "tomorrow": 1, "ngay kia": 2,
}  # fmt: skip
_WEEKDAY_WORDS = {
    word: number
    for number, words in enumerate((
        "thu hai|thu 2|t2|monday|mon",
        "thu ba|thu 3|t3|tuesday|tue",
        "thu tu|thu 4|t4|wednesday|wed",
        "thu nam|thu 5|t5|thursday|thurs",
        "thu sau|thu 6|t6|friday|fri",
        "thu bay|thu 7|t7|saturday|sat",
        "chu nhat|cn|sunday|sun",
    ))
    for word in words.split("|")
}  # fmt: skip

_D, _M, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
_TIME = r"(?:[t ]\d{1,2}:\d{2}[\d:.z+\-]*)?"
_OF_YEAR = rf"(?:(?:,? nam | ?[/.,\-] ?| ){_Y})"
_LAST = r"(?:(?:cuoi|het|end of) )?"
_PERIOD = r"(?P<unit>tuan|thang|quy|nam|week|month|quarter|year)"
_WEEKDAY = rf"(?P<name>{'|'.join(_WEEKDAY_WORDS)})"
_PART = rf"(?P<part>{'|'.join(_PARTS_OF_YEAR)})"
_ANY_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"

_FORMS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in [
        # 15/11/2026, 5.1.2026, 5-1-26, with or without a time that Excel added
        (rf"(?:ngay )?{_D} ?(?P<s>[/.\-]) ?{_M} ?(?P=s) ?(?P<y>\d{{4}}|\d{{2}}){_TIME}", _read_day),
        (rf"{_Y}(?P<s>[/.\-]){_M}(?P=s){_D}{_TIME}", _read_day),
        (rf"(?:ngay )?{_D} ?[/\-] ?{_M}", _read_day),
        (rf"(?:ngay )?{_D} thang {_M}{_OF_YEAR}?", _read_day),
        (rf"{_D}(?:st|nd|rd|th)?[ \-](?P<name>{_MONTH_NAMES})(?:,? |-)?{_Y}?", _read_named_day),
        (rf"(?P<name>{_MONTH_NAMES}) {_D}(?:st|nd|rd|th)?(?:,? {_Y})?", _read_named_day),
        # periods, meaning their last day
        (rf"{_LAST}(?:thang ?|t){_M}{_OF_YEAR}", _read_month),
        (rf"{_LAST}thang {_M}", _read_month),
        (rf"{_LAST}{_M} ?[/.\-] ?{_Y}", _read_month),
        (rf"{_LAST}(?P<name>{_MONTH_NAMES}),? ?[/\-]?{_Y}", _read_named_month),
        (rf"end of (?P<name>{_MONTH_NAMES})", _read_named_month),
        (rf"{_LAST}(?:quy ?|quarter |q)(?P<q>[ivx]+|\d){_OF_YEAR}?", _read_quarter),
        (rf"{_Y}[/ \-]?q(?P<q>\d)", _read_quarter),
        (rf"{_PART}(?: nam)? {_Y}", _read_part_of_year),
        (rf"{_PART} nam", _read_part_of_year),
        (rf"{_LAST}(?:nam |year )?{_Y}", _read_year),
        (rf"(?:cuoi|het) {_PERIOD}(?: (?P<which>nay|sau|toi))?", _read_end),
        (rf"{_PERIOD} (?P<which>nay|sau|toi)", _read_end),
        (rf"end of (?:the )?(?:(?P<which>this|next) )?{_PERIOD}", _read_end),
        (rf"(?P<which>this|next) {_PERIOD}", _read_end),
        # counted from today
        (rf"(?P<sign>[+\-]) ?(?P<n>\d{{1,4}}) ?{_ANY_UNIT}", _read_relative),
        (rf"(?P<n>\d{{1,4}}) {_ANY_UNIT} nua", _read_relative),
        (rf"(?:sau|in) (?P<n>\d{{1,4}}) {_ANY_UNIT}", _read_relative),
        ("|".join(_NEAR), _read_near),
        (rf"(?:(?P<said>this|next) )?{_WEEKDAY}(?: tuan (?P<which>nay|sau|toi))?", _read_weekday),
    ]
]
