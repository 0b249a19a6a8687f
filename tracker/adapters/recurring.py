"""The days of a rule, reckoned by dateutil's implementation of RFC 5545."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from dateutil import rrule

from tracker.lib.recurrence import Anchor, Frequency, Rule

SHORTEST_MONTH = 28
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of the rule from `first` to `last`, as if no day were off."""
    found = rrule.rrule(
        dtstart=datetime.combine(first, time.min),
        until=datetime.combine(last, time.min),
        **_asked(rule),
    )
    return (moment.date() for moment in found)


def _asked(rule: Rule) -> dict[str, Any]:
    if rule.frequency is Frequency.WEEKLY:
        return {"freq": rrule.WEEKLY, "byweekday": WEEKDAYS[rule.weekday or 0]}
    return {"freq": rrule.MONTHLY, "bymonth": rule.months, **_day_of_month(rule)}


def _day_of_month(rule: Rule) -> dict[str, Any]:
    match rule.anchor:
        case Anchor.WEEKDAY:
            return {"byweekday": WEEKDAYS[rule.weekday or 0](rule.nth or 1)}
        case Anchor.LAST_WORKING_DAY:
            return {"bymonthday": -1}
    day = rule.day or 1
    if day <= SHORTEST_MONTH:
        return {"bymonthday": day}
    # The 31st of a month of 30 days is its 30th: of the days from the 28th on, the last there is.
    return {"bymonthday": range(SHORTEST_MONTH, day + 1), "bysetpos": -1}
