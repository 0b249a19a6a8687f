from datetime import date

from tests import factories as make
from tracker.models import CalendarDay
from tracker.queries import calendar as read


def put(session, day, *, is_working=False, name="Nghỉ"):
    return make.add(session, CalendarDay(day=day, is_working=is_working, name=name))


def test_a_year_counts_its_working_days(db_session):
    assert read.year(2026).working_days == 261

    put(db_session, date(2026, 9, 2))
    put(db_session, date(2026, 8, 22), is_working=True, name="Làm bù")
    put(db_session, date(2027, 9, 2))
    year = read.year(2026)

    assert (year.working_days, [row.name for row in year.rows]) == (261, ["Làm bù", "Nghỉ"])
    assert (year.months[7].working_days, year.months[8].working_days) == (22, 21)


def test_a_month_begins_on_monday_and_has_six_weeks(db_session):
    february = read.year(2026).months[1]

    days = [[square.day.day if square else None for square in week] for week in february.weeks]
    assert days[0] == [None, None, None, None, None, None, 1]
    assert days[4] == [23, 24, 25, 26, 27, 28, None]
    assert days[5] == [None] * 7


def test_a_square_knows_why_it_differs(db_session):
    row = put(db_session, date(2026, 9, 2), name="Quốc khánh")
    september = read.year(2026).months[8]

    first, second = september.weeks[0][1:3]
    assert (first.is_working, first.row) == (True, None)
    assert (second.is_working, second.row) == (False, row)
    assert read.find(row.id) is row
