"""Changing settings of the installation and days of the calendar."""

from datetime import date

import holidays
from sqlalchemy import select

from tracker.extensions import db
from tracker.models import CalendarDay, Setting
from tracker.services import history
from tracker.services.act import Act


def put(key: str, value: object, *, by: Act, seen: int | None = None) -> Setting:
    """Set a setting."""
    row = db.session.scalar(select(Setting).where(Setting.key == key))
    if row is None:
        row = Setting(key=key, value=value)
        history.created(row, by=by)
    else:
        history.change(row, history.merged(row, {"value": value}, seen=seen), by=by)
    return row


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


def remove_day(row: CalendarDay, *, by: Act) -> None:
    """Let the weekday decide again."""
    history.record(row, "removed", row.name, None, by=by)
    db.session.delete(row)


def start_calendar(first_year: int, last_year: int, *, by: Act) -> int:
    """Fill in Viet Nam's public holidays for those years; days already there stay as they are."""
    known = set(db.session.scalars(select(CalendarDay.day)))
    years = range(first_year, last_year + 1)
    vietnamese = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    new = [day for day in sorted(vietnamese) if day not in known]
    for day in new:
        put_day(day, is_working=False, name=vietnamese[day], name_en=english.get(day), by=by)
    swapped = [day for day in vietnamese.weekend_workdays if day.year in years and day not in known]
    for day in swapped:
        put_day(
            day, is_working=True, name="Ngày làm việc bù", name_en="Working day (swapped)", by=by
        )
    return len(new) + len(swapped)
