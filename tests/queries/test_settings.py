from datetime import date

from tests import factories as make
from tracker.lib.health import Thresholds
from tracker.models import CalendarDay, Setting
from tracker.queries import settings as read


def test_a_setting_nobody_made_is_the_default(db_session):
    assert read.get("x", 3) == 3
    assert (read.find("x"), read.version("x")) == (None, 0)


def test_a_setting_is_read_with_its_version(db_session):
    row = make.add(db_session, Setting(key="x", value={"a": 1}))

    assert (read.get("x"), read.find("x"), read.version("x")) == ({"a": 1}, row, 1)


def test_the_head_of_reports_takes_what_is_set(db_session):
    assert read.report_header() == read.ReportHeader(place="Hà Nội")

    kept = {"issuing_body": "ỦY BAN", "of_another_release": 1}
    make.add(db_session, Setting(key=read.REPORT_HEADER, value=kept))

    assert read.report_header() == read.ReportHeader(issuing_body="ỦY BAN")


def test_thresholds_take_what_is_set(db_session):
    make.add(db_session, Setting(key=read.THRESHOLDS, value={"blocked_days": 9, "gone": 1}))

    assert read.thresholds() == Thresholds(blocked_days=9)


def test_the_calendar_knows_holidays_and_swapped_saturdays(db_session):
    holiday, saturday = date(2026, 9, 2), date(2026, 8, 22)
    make.add(db_session, CalendarDay(day=holiday, is_working=False, name="Quốc khánh"))
    make.add(db_session, CalendarDay(day=saturday, is_working=True, name="Làm bù"))

    calendar = read.calendar()

    assert (calendar.is_working(holiday), calendar.is_working(saturday)) == (False, True)


def test_what_judges_is_read_in_one_query(db_session, queries):
    make.add(db_session, Setting(key=read.THRESHOLDS, value={"blocked_days": 9}))
    make.add(db_session, CalendarDay(day=date(2026, 9, 2), is_working=False, name="Quốc khánh"))

    with queries() as statements:
        limits, calendar = read.judging()

    assert len(statements) == 1
    assert (limits, calendar) == (Thresholds(blocked_days=9), read.calendar())
