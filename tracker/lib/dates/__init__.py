"""How dates are written, counted and read, and which day it is in Vietnam."""

from tracker.lib.dates.days import (
    ZONE,
    Weekday,
    add_months,
    decree_date,
    end_of_day_utc,
    format_date,
    format_short,
    local_day,
    month_end,
    quarter_end,
    start_of_day_utc,
    week_end,
    week_start,
    weekday,
    year_end,
)
from tracker.lib.dates.reading import FIRST_YEAR, LAST_YEAR, DateError, parse_date

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "ZONE",
    "DateError",
    "Weekday",
    "add_months",
    "decree_date",
    "end_of_day_utc",
    "format_date",
    "format_short",
    "local_day",
    "month_end",
    "parse_date",
    "quarter_end",
    "start_of_day_utc",
    "week_end",
    "week_start",
    "weekday",
    "year_end",
]
