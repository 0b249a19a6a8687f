"""When a date moves: one rule for every door that sets one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.lib.dates import month_end

# The dates whose moves are told, by the kind of item.
MOVES = {"task": ("due", "forecast"), "milestone": ("forecast", "baseline")}
# A forecast that nobody has given is the date of the plan.
PLANNED = {"forecast": ("due", "baseline")}


def last_given(field: str, dates: Mapping[str, object]) -> object:
    """The date as it was last given: its own, else (for a forecast) that of the plan."""
    given = (dates.get(name) for name in (field, *PLANNED.get(field, ())))
    return next((day for day in given if day is not None), None)


def is_move(field: str, dates: Mapping[str, object], new: object) -> bool:
    """Whether `new` leaves the date last given, so that a reason is needed.

    `dates` are the dates as they stand. The first date of all is no move.
    """
    last = last_given(field, dates)
    return last is not None and new not in (dates.get(field), last)


def usual_days(day: date | None, today: date) -> Sequence[tuple[date, str]]:
    """The usual new dates (week, fortnight, month: its end), counted from the last one given, not
    from the past.
    """
    start = max(day or today, today)
    end = month_end(start)
    if end == start:
        end = month_end(start + timedelta(days=1))
    days = {start + timedelta(weeks=1): "week", start + timedelta(weeks=2): "fortnight"}
    return [*days.items(), *([] if end in days else [(end, "month")])]
