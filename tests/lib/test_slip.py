from datetime import date

from tracker.lib.slip import Slip, slip
from tracker.lib.workdays import Calendar

HOLIDAY = Calendar(holidays=frozenset({date(2026, 12, 2)}))


def test_both_kinds_of_days_are_counted():
    assert slip(date(2026, 12, 1), date(2026, 12, 8), HOLIDAY) == Slip(7, 4)
    assert slip(date(2026, 12, 8), date(2026, 12, 1), HOLIDAY) == Slip(-7, -4)
    assert slip(date(2026, 12, 1), date(2026, 12, 1), HOLIDAY) == Slip(0, 0)


def test_an_unknown_date_has_no_slip():
    assert slip(None, date(2026, 12, 1), HOLIDAY) is None
    assert slip(date(2026, 12, 1), None, HOLIDAY) is None
