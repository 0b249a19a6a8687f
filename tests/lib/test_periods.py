from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import periods
from tracker.lib.periods import PeriodBasis, PeriodError, PeriodKind, parse
from tracker.lib.workdays import Calendar
from tracker.words import language

MONDAY_TO_FRIDAY = Calendar()

any_day = st.dates(date(2001, 1, 1), date(2099, 12, 31))
lengths = st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.CUSTOM])
bases = st.sampled_from([PeriodBasis.DECREE, PeriodBasis.CALENDAR])
some_periods = st.one_of(
    st.builds(
        lambda day, kind, basis: periods.containing(day, kind, basis=basis), any_day, lengths, bases
    ),
    st.builds(lambda d, n: parse(f"{d}..{d + timedelta(days=n)}"), any_day, st.integers(0, 300)),
)


# domain.md §1.5, the table of art. 12.
@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("2026-11", date(2026, 10, 15), date(2026, 11, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-03", date(2026, 2, 15), date(2026, 3, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        ("cal:2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("cal:2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("cal:2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("cal:2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("cal:2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-10-15..2026-11-14", date(2026, 10, 15), date(2026, 11, 14)),
        ("2026-11-14..2026-11-14", date(2026, 11, 14), date(2026, 11, 14)),
    ],
)
def test_parse_gives_the_window(word, first, last):
    period = parse(word)

    assert (period.word, period.first, period.last) == (word, first, last)


@pytest.mark.parametrize(
    ("word", "kind", "basis", "year", "number"),
    [
        ("2026-01", PeriodKind.MONTH, PeriodBasis.DECREE, 2026, 1),
        ("cal:2026-Q4", PeriodKind.QUARTER, PeriodBasis.CALENDAR, 2026, 4),
        ("2026-H1", PeriodKind.HALF, PeriodBasis.DECREE, 2026, 1),
        ("2026", PeriodKind.YEAR, PeriodBasis.DECREE, 2026, 0),
        ("2026-W01", PeriodKind.WEEK, PeriodBasis.CALENDAR, 2026, 1),
        ("2026-10-15..2026-11-14", PeriodKind.CUSTOM, PeriodBasis.CUSTOM, 0, 0),
    ],
)
def test_a_period_knows_the_parts_of_its_name(word, kind, basis, year, number):
    period = parse(word)

    assert (period.kind, period.basis, period.year, period.number) == (kind, basis, year, number)


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("2026-01", "Tháng 1 năm 2026"),
        ("2026-Q4", "Quý IV năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("cal:2026-H2", "6 tháng cuối năm 2026"),
        ("2026", "Năm 2026"),
        ("2026-W47", "Tuần 47 năm 2026"),
        ("2026-10-15..2026-11-14", "Từ ngày 15/10/2026 đến ngày 14/11/2026"),
    ],
)
def test_a_period_names_the_sentence_of_its_title(word, title):
    period = parse(word)

    assert language("vi").sentence(period.title_code, **period.title_values) == title


def test_title_values_are_ready_to_be_filled_in():
    assert parse("2026-Q4").title_values == {
        "year": 2026,
        "number": 4,
        "roman": "IV",
        "first": "15/09/2026",
        "last": "14/12/2026",
    }


@pytest.mark.parametrize(
    ("typed", "word"),
    [(" 2026-q4 ", "2026-Q4"), ("CAL:2026-11", "cal:2026-11"), ("2026-w47", "2026-W47")],
)
def test_parse_takes_any_case_and_gives_the_one_word(typed, word):
    assert parse(typed).word == word


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("", "not_a_period"),
        ("tháng 11", "not_a_period"),
        ("2026-1", "not_a_period"),
        ("2026-", "not_a_period"),
        ("26-11", "not_a_period"),
        ("cal:2026-W47", "not_a_period"),
        ("2026-Q", "not_a_period"),
        ("20261015..20261114", "not_a_period"),
        ("2026-11\n2026-12", "not_a_period"),
        ("x" * 1000, "not_a_period"),
        ("2026-00", "no_such_period"),
        ("2026-13", "no_such_period"),
        ("2026-Q0", "no_such_period"),
        ("2026-Q5", "no_such_period"),
        ("2026-H3", "no_such_period"),
        ("2025-W53", "no_such_period"),
        ("2026-W00", "no_such_period"),
        ("2026-02-30..2026-03-01", "no_such_period"),
        ("2026-11-15..2026-11-14", "period_reversed"),
        ("1999-11", "period_outside_years"),
        ("0000", "period_outside_years"),
        ("2101-W01", "period_outside_years"),
        ("2026-01-01..2101-01-01", "period_outside_years"),
    ],
)
def test_parse_refuses_with_a_code(word, code):
    with pytest.raises(PeriodError) as refused:
        parse(word)

    assert refused.value.code == code
    assert len(refused.value.values["text"]) <= 40


@pytest.mark.parametrize(
    ("day", "kind", "basis", "word"),
    [
        (date(2026, 11, 14), PeriodKind.MONTH, PeriodBasis.DECREE, "2026-11"),
        (date(2026, 11, 15), PeriodKind.MONTH, PeriodBasis.DECREE, "2026-12"),
        (date(2026, 12, 31), PeriodKind.MONTH, PeriodBasis.DECREE, "2027-01"),
        (date(2026, 12, 31), PeriodKind.YEAR, PeriodBasis.DECREE, "2027"),
        (date(2026, 3, 15), PeriodKind.QUARTER, PeriodBasis.DECREE, "2026-Q2"),
        (date(2026, 6, 14), PeriodKind.HALF, PeriodBasis.DECREE, "2026-H1"),
        (date(2026, 11, 22), PeriodKind.MONTH, PeriodBasis.CALENDAR, "cal:2026-11"),
        (date(2026, 11, 22), PeriodKind.WEEK, PeriodBasis.DECREE, "2026-W47"),
    ],
)
def test_containing_finds_the_window_of_a_day(day, kind, basis, word):
    assert periods.containing(day, kind, basis=basis).word == word


def test_no_custom_period_contains_a_day():
    with pytest.raises(PeriodError):
        periods.containing(date(2026, 11, 22), PeriodKind.CUSTOM)


@pytest.mark.parametrize(
    ("word", "previous", "following"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026-Q4", "2026-Q3", "2027-Q1"),
        ("cal:2026-H1", "cal:2025-H2", "cal:2026-H2"),
        ("2026", "2025", "2027"),
        ("2026-W53", "2026-W52", "2027-W01"),
        ("2026-11-01..2026-11-10", "2026-10-22..2026-10-31", "2026-11-11..2026-11-20"),
    ],
)
def test_neighbours_are_of_the_same_kind(word, previous, following):
    assert (parse(word).previous().word, parse(word).next().word) == (previous, following)


@given(some_periods)
def test_neighbours_leave_no_gap(period):
    assert period.previous().last + timedelta(days=1) == period.first
    assert period.next().first == period.last + timedelta(days=1)


@given(some_periods)
def test_the_word_of_a_period_gives_the_period(period):
    assert parse(period.word) == period


@given(any_day, lengths, bases)
def test_containing_contains_the_day(day, kind, basis):
    period = periods.containing(day, kind, basis=basis)

    assert period.contains(day)
    assert not period.contains(period.last + timedelta(days=1))
    assert period.days == (period.last - period.first).days + 1


def test_sending_leaves_a_working_day_after_the_cut_off():
    november = parse("2026-11")  # 14/11/2026 is a Saturday

    assert periods.sending_day(november, MONDAY_TO_FRIDAY) == date(2026, 11, 16)
    assert periods.sending_day(november, MONDAY_TO_FRIDAY, working_days=3) == date(2026, 11, 18)
    assert periods.sending_day(november, MONDAY_TO_FRIDAY, working_days=0) == date(2026, 11, 16)


def test_sending_skips_holidays():
    monday_off = Calendar(holidays=frozenset({date(2026, 11, 16)}))

    assert periods.sending_day(parse("2026-11"), monday_off) == date(2026, 11, 17)


@given(any_day, st.integers(-3, 300))
def test_the_days_after_a_day_are_a_period_that_can_be_asked_for(day, number):
    last = day + timedelta(days=number)
    word = periods.after(day, last)

    if number < 1:
        assert word == ""
    else:
        assert (parse(word).first, parse(word).last) == (day + timedelta(days=1), last)
