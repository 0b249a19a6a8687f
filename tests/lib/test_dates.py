import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import dates
from tracker.lib.dates import DateError, Weekday, parse_date

SUNDAY = date(2026, 11, 22)

any_day = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_dates_are_written_day_first_with_zeros():
    assert dates.format_date(date(2026, 1, 5)) == "05/01/2026"
    assert dates.format_short(date(2026, 1, 5)) == "05/01"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "Hà Nội, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "Hà Nội, ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Hà Nội, ngày 09 tháng 3 năm 2026"),
        (date(2019, 6, 29), "Hà Nội, ngày 29 tháng 6 năm 2019"),
        (date(2026, 12, 31), "Hà Nội, ngày 31 tháng 12 năm 2026"),
        (None, "Hà Nội, ngày    tháng    năm"),
    ],
)
def test_decree_date_puts_zeros_where_decree_30_does(day, written):
    assert dates.decree_date(day, "Hà Nội") == written


def test_a_week_begins_on_monday():
    week = [SUNDAY + timedelta(days=n) for n in range(1, 8)]

    assert [dates.weekday(d) for d in week] == list(Weekday)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 0, 0, tzinfo=timezone(timedelta(hours=7))), date(2026, 11, 22)),
    ],
)
def test_the_day_begins_at_midnight_in_vietnam(at, day):
    assert dates.local_day(at) == day


def test_local_day_refuses_a_naive_datetime():
    with pytest.raises(ValueError, match="aware"):
        dates.local_day(datetime(2026, 11, 22))  # noqa: DTZ001 - that is the point


@given(any_day)
def test_a_day_lasts_from_its_first_to_its_last_instant(day):
    first, last = dates.start_of_day_utc(day), dates.end_of_day_utc(day)

    assert (dates.local_day(first), dates.local_day(last)) == (day, day)
    assert last + timedelta(microseconds=1) == dates.start_of_day_utc(day + timedelta(days=1))
    assert first.tzinfo is UTC


def test_ends_of_periods_are_of_the_calendar():
    assert (dates.week_start(SUNDAY), dates.week_end(SUNDAY)) == (date(2026, 11, 16), SUNDAY)
    assert dates.month_end(date(2028, 2, 3)) == date(2028, 2, 29)
    assert dates.quarter_end(SUNDAY) == date(2026, 12, 31)
    assert dates.quarter_end(date(2026, 1, 31)) == date(2026, 3, 31)
    assert dates.year_end(SUNDAY) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_add_months_stays_in_the_month(day, n, expected):
    assert dates.add_months(day, n) == expected


def test_add_months_overflows_as_dates_do():
    with pytest.raises(OverflowError):
        dates.add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # days
        ("15/11/2026", date(2026, 11, 15)),
        ("5/1/2027", date(2027, 1, 5)),
        ("5.1.2027", date(2027, 1, 5)),
        ("05-01-2027", date(2027, 1, 5)),
        ("05–01–2027", date(2027, 1, 5)),
        (" 15 / 11 / 2026 ", date(2026, 11, 15)),
        ("ngày 15/11/2026.", date(2026, 11, 15)),
        ("15/11/26", date(2026, 11, 15)),
        ("15/11/2026 00:00:00", date(2026, 11, 15)),
        ("2026-11-15", date(2026, 11, 15)),
        ("2026/11/15", date(2026, 11, 15)),
        ("2026-11-15T08:30:00+07:00", date(2026, 11, 15)),
        ("15/11", date(2026, 11, 15)),
        ("5-1", date(2026, 1, 5)),
        ("29/2/2028", date(2028, 2, 29)),
        ("ngày 05 tháng 01 năm 2027", date(2027, 1, 5)),
        ("5 tháng 1, 2027", date(2027, 1, 5)),
        ("5 tháng 1/2027", date(2027, 1, 5)),
        ("5 tháng 1", date(2026, 1, 5)),
        ("15 November 2026", date(2026, 11, 15)),
        ("15 nov", date(2026, 11, 15)),
        ("15-Nov-2026", date(2026, 11, 15)),
        ("1st May 2027", date(2027, 5, 1)),
        ("Nov 15, 2026", date(2026, 11, 15)),
        ("November 15th", date(2026, 11, 15)),
        ("Sept 3 2027", date(2027, 9, 3)),
        # periods
        ("tháng 3/2027", date(2027, 3, 31)),
        ("Tháng 3 năm 2027", date(2027, 3, 31)),
        ("tháng 02-2028", date(2028, 2, 29)),
        ("tháng 3.2027", date(2027, 3, 31)),
        ("T3/2027", date(2027, 3, 31)),
        ("tháng 3", date(2026, 3, 31)),
        ("3/2027", date(2027, 3, 31)),
        ("cuối tháng 3/2027", date(2027, 3, 31)),
        ("hết tháng 12 năm 2026", date(2026, 12, 31)),
        ("March 2027", date(2027, 3, 31)),
        ("Mar-2027", date(2027, 3, 31)),
        ("end of March 2027", date(2027, 3, 31)),
        ("end of march", date(2026, 3, 31)),
        ("Quý I/2027", date(2027, 3, 31)),
        ("Quý II năm 2027", date(2027, 6, 30)),
        ("quý III - 2027", date(2027, 9, 30)),
        ("QUÝ IV/2027", date(2027, 12, 31)),
        ("quý 1/2027", date(2027, 3, 31)),
        ("Quý II", date(2026, 6, 30)),
        ("Q1/2027", date(2027, 3, 31)),
        ("q4 2026", date(2026, 12, 31)),
        ("2027-Q1", date(2027, 3, 31)),
        ("quarter 2 2027", date(2027, 6, 30)),
        ("cuối quý I/2027", date(2027, 3, 31)),
        ("6 tháng đầu năm 2027", date(2027, 6, 30)),
        ("6 tháng cuối năm", date(2026, 12, 31)),
        ("9 tháng năm 2027", date(2027, 9, 30)),
        ("năm 2027", date(2027, 12, 31)),
        ("Năm 2027", date(2027, 12, 31)),
        ("2027", date(2027, 12, 31)),
        ("cuối năm 2027", date(2027, 12, 31)),
        ("cuối tuần", date(2026, 11, 22)),
        ("cuối tháng", date(2026, 11, 30)),
        ("cuối quý", date(2026, 12, 31)),
        ("cuối năm", date(2026, 12, 31)),
        ("cuối tháng này", date(2026, 11, 30)),
        ("cuối tháng sau", date(2026, 12, 31)),
        ("tuần tới", date(2026, 11, 29)),
        ("quý sau", date(2027, 3, 31)),
        ("năm sau", date(2027, 12, 31)),
        ("end of month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("next week", date(2026, 11, 29)),
        ("this quarter", date(2026, 12, 31)),
        # counted from today
        ("hôm nay", date(2026, 11, 22)),
        ("hôm qua", date(2026, 11, 21)),
        ("mai", date(2026, 11, 23)),
        ("ngày kia", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 23)),
        ("+2 tuần", date(2026, 12, 6)),
        ("+3 ngày", date(2026, 11, 25)),
        ("+1 tháng", date(2026, 12, 22)),
        ("+1 quý", date(2027, 2, 22)),
        ("+1 năm", date(2027, 11, 22)),
        ("-1 tuần", date(2026, 11, 15)),
        ("+2w", date(2026, 12, 6)),
        ("+ 10 days", date(2026, 12, 2)),
        ("3 ngày nữa", date(2026, 11, 25)),
        ("sau 2 tuần", date(2026, 12, 6)),
        ("in 2 weeks", date(2026, 12, 6)),
        # weekdays
        ("thứ hai", date(2026, 11, 23)),
        ("thứ tư", date(2026, 11, 25)),
        ("thứ sáu", date(2026, 11, 27)),
        ("Thứ 6", date(2026, 11, 27)),
        ("T6", date(2026, 11, 27)),
        ("chủ nhật", date(2026, 11, 22)),
        ("CN", date(2026, 11, 22)),
        ("thứ sáu tuần này", date(2026, 11, 20)),
        ("thứ sáu tuần sau", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("thurs", date(2026, 11, 26)),
        ("next friday", date(2026, 11, 27)),
        ("this friday", date(2026, 11, 20)),
    ],
)
def test_parse_date_reads_what_people_type(text, day):
    assert parse_date(text, today=SUNDAY) == day
    assert parse_date(unicodedata.normalize("NFD", text).upper(), today=SUNDAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_date"),
        ("thường xuyên", "not_a_date"),
        ("15", "not_a_date"),
        ("3.5", "not_a_date"),
        ("tháng", "not_a_date"),
        ("thứ", "not_a_date"),
        ("9 tháng", "not_a_date"),
        ("15/11-2026", "not_a_date"),
        ("15/11/2026" + " " * 80 + "x" * 80, "not_a_date"),
        ("15/11/2026 00:00 và sau đó", "not_a_date"),
        ("+3 ngày làm việc", "not_a_date"),
        ("15/11/2026 và 20/11/2026", "not_a_date"),
        ("١٥/١١/٢٠٢٦", "not_a_date"),
        ("x" * 10_000, "not_a_date"),
        ("31/02/2027", "no_such_day"),
        ("29/02/2027", "no_such_day"),
        ("0/1/2027", "no_such_day"),
        ("11/15/2026", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("tháng 13/2027", "no_such_day"),
        ("Quý V/2027", "no_such_day"),
        ("Q0/2027", "no_such_day"),
        ("31 tháng 4", "no_such_day"),
        ("15/11/1999", "outside_years"),
        ("15/11/2101", "outside_years"),
        ("năm 0000", "outside_years"),
        ("1/1/9999", "outside_years"),
        ("tháng 1/1900", "outside_years"),
        ("+9999 năm", "outside_years"),
        ("+99 năm", "outside_years"),
        ("-9999 tháng", "outside_years"),
    ],
)
def test_parse_date_refuses_with_a_code(text, code):
    with pytest.raises(DateError) as refused:
        parse_date(text, today=SUNDAY)

    assert refused.value.code == code
    assert isinstance(refused.value, ValueError)


def test_what_was_typed_comes_back_shortened_and_visible():
    with pytest.raises(DateError) as refused:
        parse_date("  thường\u202e\n xuyên ", today=SUNDAY)
    with pytest.raises(DateError) as long:
        parse_date("x" * 100, today=SUNDAY)

    assert refused.value.values == {"text": "thường xuyên"}
    assert long.value.values == {"text": "x" * 59 + "…"}


def test_a_weekday_typed_on_that_day_is_today():
    assert parse_date("thứ sáu", today=date(2026, 11, 27)) == date(2026, 11, 27)


@given(any_day, any_day)
def test_parse_date_reads_every_way_we_write(day, today):
    written = [
        dates.format_date(day),
        day.isoformat(),
        dates.decree_date(day, "").removeprefix(", "),
        f"{day.day}.{day.month}.{day.year}",
    ]

    assert {parse_date(text, today=today) for text in written} == {day}


@given(st.text(), any_day)
def test_parse_date_gives_a_date_or_a_date_error(text, today):
    try:
        outcome = 2000 <= parse_date(text, today=today).year <= 2100
    except DateError as error:
        outcome = error.code in {"not_a_date", "no_such_day", "outside_years"}

    assert outcome
