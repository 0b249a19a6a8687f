import pytest

from tests import factories as make
from tracker.models import Account, CalendarDay
from tracker.queries import installation as read


def test_demo_addresses_begin_with_those_who_see_most(db_session, cast):
    assert read.demo_addresses() == []
    for role in ("member", "director", "administrator"):
        db_session.get(Account, cast[role].account_id).is_demo = True

    assert read.demo_addresses() == [
        cast[role].email for role in ("administrator", "director", "member")
    ]


@pytest.mark.blank
def test_a_blank_installation_has_neither_holidays_nor_people(db_session):
    assert read.years_without_holidays([2026, 2027]) == [2026, 2027]
    assert not read.has_administrator()


def test_a_working_saturday_is_no_holiday(db_session, cast):
    for year, is_working in ((2026, False), (2027, True)):
        day = make.TODAY.replace(year=year)
        make.add(db_session, CalendarDay(day=day, is_working=is_working, name="Ngày"))

    assert read.years_without_holidays([2026, 2027]) == [2027]
    assert read.has_administrator()
