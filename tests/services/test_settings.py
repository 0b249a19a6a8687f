from datetime import date

import pytest

from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.lib.health import Thresholds
from tracker.queries import calendar
from tracker.queries import settings as read
from tracker.services import settings as do

NATIONAL_DAY = date(2026, 9, 2)
SATURDAY = date(2026, 8, 22)


def kept():
    """What is kept of the days of the year."""
    return {row.day: row for row in calendar.year(2026).rows}


def test_a_setting_is_kept_with_its_history(db_session):
    do.put("x", 1, by=BY)
    row = do.put("x", 2, by=BY)

    assert read.get("x") == 2
    recorded = [(change.field, change.old, change.new) for change in changes_of(row)]
    assert recorded == [("created", None, {"key": "x", "value": 1}), ("value", 1, 2)]


def test_a_field_not_named_stays_as_it_is(db_session):
    do.put_fields("x", {"a": 1, "b": 2}, by=BY)
    do.put_fields("x", {"a": 3}, by=BY)

    assert read.get("x") == {"a": 3, "b": 2}


def test_two_who_change_different_fields_both_succeed(db_session):
    row = do.put_fields("x", {"a": 1, "b": 2}, by=BY)
    db_session.flush()
    seen = row.version
    do.put_fields("x", {"a": 5, "b": 2}, by=BY, seen=seen)
    db_session.flush()

    do.put_fields("x", {"a": 1, "b": 6}, by=BY, seen=seen)

    assert read.get("x") == {"a": 5, "b": 6}


def test_two_who_change_one_field_are_told(db_session):
    row = do.put_fields("x", {"a": 1, "b": 2}, by=BY)
    db_session.flush()
    seen = row.version
    do.put_fields("x", {"a": 5, "b": 7}, by=BY, seen=seen)
    db_session.flush()

    with pytest.raises(StaleError) as caught:
        do.put_fields("x", {"a": 6, "b": 2}, by=BY, seen=seen)

    assert (caught.value.conflicts, caught.value.kept) == ({"a": (5, 6)}, {"b": 7})


def test_two_who_both_set_it_first_are_told(db_session):
    do.put_fields("x", {"a": 5}, by=BY, seen=0)
    db_session.flush()

    with pytest.raises(StaleError) as caught:
        do.put_fields("x", {"a": 6}, by=BY, seen=0)

    assert caught.value.conflicts == {"a": (5, 6)}


def test_thresholds_are_the_products_until_somebody_sets_them(db_session):
    assert read.thresholds() == Thresholds()

    do.put_thresholds({"late_slip_days": 60}, by=BY)

    assert read.thresholds() == Thresholds(late_slip_days=60)


def test_late_is_later_than_at_risk(db_session):
    with pytest.raises(RuleViolationError, match="thresholds_out_of_order"):
        do.put_thresholds({"late_slip_days": 7}, by=BY)


# ------------------------------------------------------------------ calendar


def test_a_day_said_again_is_changed(db_session):
    row = do.put_day(NATIONAL_DAY, is_working=False, name="Quốc khánh", by=BY)
    again = do.put_day(NATIONAL_DAY, is_working=False, name="Quốc khánh 2/9", by=BY)

    assert again is row
    assert [change.field for change in changes_of(row)] == ["created", "name"]


def test_a_day_is_edited_and_removed(db_session):
    row = do.put_day(NATIONAL_DAY, is_working=False, name="Quốc khánh", by=BY)
    do.edit_day(row, {"name": "Nghỉ lễ"}, by=BY)
    do.remove_day(row, by=BY)
    history = changes_of(row)
    db_session.flush()

    assert [(change.field, change.old) for change in history[1:]] == [
        ("name", "Quốc khánh"),
        ("removed", "Nghỉ lễ"),
    ]
    assert NATIONAL_DAY not in kept()


def test_public_holidays_are_filled_in_once_with_swapped_saturdays(db_session):
    do.put_day(NATIONAL_DAY, is_working=False, name="Tên riêng", by=BY)

    assert do.start_calendar(2026, 2026, by=BY) > 10
    db_session.flush()

    assert do.start_calendar(2026, 2026, by=BY) == 0
    assert kept()[NATIONAL_DAY].name == "Tên riêng"
    assert (kept()[SATURDAY].is_working, kept()[date(2026, 1, 1)].name) == (True, "Tết Dương lịch")


def test_english_names_of_holidays_are_british(db_session):
    do.start_calendar(2026, 2026, by=BY)

    assert [kept()[day].name_en for day in (date(2026, 5, 1), date(2026, 8, 31))] == [
        "International Labour Day",
        "Day off (substituted from 22/08/2026)",
    ]


def test_years_ahead_are_filled_where_nobody_kept_a_day(db_session):
    do.put_day(date(2027, 1, 4), is_working=False, name="Nghỉ riêng", by=BY)

    added = do.fill_years_ahead(by=BY)

    assert [year for year in range(2024, 2032) if calendar.year(year).rows] == [2026, 2027, 2028]
    assert [row.name for row in calendar.year(2027).rows] == ["Nghỉ riêng"]
    assert added == len(calendar.year(2026).rows) + len(calendar.year(2028).rows)
    assert do.fill_years_ahead(by=BY) == 0
