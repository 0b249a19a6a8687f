"""Changing settings of the installation and days of the calendar."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

import holidays
from sqlalchemy import select

from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.lib.health import Thresholds
from tracker.models import CalendarDay, Setting
from tracker.queries import history as read
from tracker.queries import installation
from tracker.queries import settings as read_settings
from tracker.services import history
from tracker.services.act import Act

YEARS_AHEAD = 2
EMPTY: Mapping[str, object] = {}
AMERICAN_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


def put(key: str, value: object, *, by: Act, seen: int | None = None) -> Setting:
    """Set a setting."""
    row = db.session.scalar(select(Setting).where(Setting.key == key))
    if row is None:
        row = Setting(key=key, value=value)
        history.created(row, by=by)
    else:
        history.change(row, history.merged(row, {"value": value}, seen=seen), by=by)
    return row


def put_fields(
    key: str,
    values: Mapping[str, object],
    *,
    by: Act,
    seen: int | None = None,
    defaults: Mapping[str, object] = EMPTY,
) -> Setting:
    """Set some fields of a setting that is a dictionary; those not named stay as they are.

    `defaults` are what the fields were shown as while nobody had set them.

    A field changed by others since version `seen` (0: when there was none) to another value
    raises `StaleError`, as `history.merged` does for columns.
    """
    row = db.session.scalar(select(Setting).where(Setting.key == key))
    if row is None:
        # What was shown until now is recorded first: the history then tells from what it changed.
        put(key, dict(defaults), by=by)
        return put(key, {**defaults, **values}, by=by)
    now = _dictionary(row.value)
    if seen is not None and seen != row.version:
        before = {**defaults, **_value_at(row, seen)}
        values = _merged({**defaults, **now}, before, values)
    return put(key, {**now, **values}, by=by)


def _merged(
    now: Mapping[str, object], before: Mapping[str, object], values: Mapping[str, object]
) -> dict[str, object]:
    wanted = {name: value for name, value in values.items() if value != before.get(name)}
    conflicts = {
        name: (now.get(name), value)
        for name, value in wanted.items()
        if now.get(name) != before.get(name) and now.get(name) != value
    }
    if conflicts:
        raise StaleError(conflicts, {name: now.get(name) for name in values if name not in wanted})
    return wanted


def _value_at(row: Setting, version: int) -> Mapping[str, object]:
    """What the dictionary was at that version."""
    later = read.since_version("setting", row.id, version)
    return _dictionary(later[0].old if later else row.value)


def _dictionary(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def put_thresholds(values: Mapping[str, int], *, by: Act, seen: int | None = None) -> Setting:
    """Change the limits by which health is judged."""
    limits = replace(read_settings.thresholds(), **values)
    if limits.late_slip_days <= limits.risk_slip_days:
        raise RuleViolationError("thresholds_out_of_order")
    return put_fields(
        read_settings.THRESHOLDS, values, by=by, seen=seen, defaults=asdict(Thresholds())
    )


def put_report_header(values: Mapping[str, object], *, by: Act, seen: int | None = None) -> Setting:
    """Change what stands at the head and the foot of reports."""
    defaults = asdict(read_settings.ReportHeader())
    return put_fields(read_settings.REPORT_HEADER, values, by=by, seen=seen, defaults=defaults)


def put_day(
    day: date, *, is_working: bool, name: str, by: Act, name_en: str | None = None
) -> CalendarDay:
    """Make a day a holiday or a working one; saying it again changes the row."""
    row = db.session.scalar(select(CalendarDay).where(CalendarDay.day == day))
    values = {"is_working": is_working, "name": name, "name_en": name_en}
    if row is None:
        row = CalendarDay(day=day, **values)
        history.created(row, by=by)
    else:
        history.change(row, values, by=by)
    return row


def edit_day(
    row: CalendarDay, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change whether the day is worked, or its name."""
    history.change(row, history.merged(row, values, seen=seen), by=by)


def remove_day(row: CalendarDay, *, by: Act) -> None:
    """Let the weekday decide again."""
    db.session.delete(row)
    db.session.flush()  # the record is of a row that is gone, and must not touch it again
    history.record(row, "removed", row.name, None, by=by)


def start_calendar(first_year: int, last_year: int, *, by: Act) -> int:
    """Fill in Viet Nam's public holidays for those years; days already there stay as they are."""
    known = set(db.session.scalars(select(CalendarDay.day)))
    years = range(first_year, last_year + 1)
    vietnamese = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    new = [day for day in sorted(vietnamese) if day not in known]
    for day in new:
        name = _british(english.get(day, ""))
        put_day(day, is_working=False, name=vietnamese[day], name_en=name or None, by=by)
    swapped = [day for day in vietnamese.weekend_workdays if day.year in years and day not in known]
    for day in swapped:
        put_day(
            day, is_working=True, name="Ngày làm việc bù", name_en="Working day (swapped)", by=by
        )
    return len(new) + len(swapped)


def fill_years_ahead(*, by: Act) -> int:
    """Public holidays of this year and the two after it, where nobody has kept a day of the year;
    returns how many days were added.
    """
    years = range(by.today.year, by.today.year + YEARS_AHEAD + 1)
    empty = installation.years_without_holidays(years)
    return sum(start_calendar(year, year, by=by) for year in empty)


def _british(name: str) -> str:
    """The name of a holiday, whose source knows American English only; days before months."""
    return AMERICAN_DAY.sub(r"\2/\1/\3", name).replace("Labor", "Labour")
