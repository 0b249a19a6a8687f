from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.freshness import (
    Coverage,
    Word,
    cut_off,
    deadline,
    is_asking,
    is_fresh,
    judge,
    last_word,
    reference,
    stale_days,
    vouches,
)
from tracker.lib.health import MilestoneFact, TaskFact, gather
from tracker.lib.workdays import Calendar

CALENDAR = Calendar(holidays=frozenset({date(2026, 11, 20)}))
PLAIN = Calendar()
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
CONFIRMED = st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=12)


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2026, 11, 14), date(2026, 10, 14)),  # the month is not over
        (date(2026, 11, 15), date(2026, 10, 14)),  # it is, and five working days are left
        (date(2026, 11, 20), date(2026, 10, 14)),  # the last of them
        (date(2026, 11, 21), date(2026, 11, 14)),
        (date(2026, 12, 14), date(2026, 11, 14)),
        (date(2026, 12, 21), date(2026, 11, 14)),
        (date(2026, 12, 22), date(2026, 12, 14)),
    ],
)
def test_everything_is_to_be_confirmed_after_the_last_cut_off_and_five_working_days(day, since):
    assert reference(day, PLAIN) == since


def test_a_holiday_gives_a_day_more():
    assert deadline(date(2026, 11, 14), CALENDAR) == date(2026, 11, 23)
    assert reference(date(2026, 11, 23), CALENDAR) == date(2026, 10, 14)


def test_people_are_asked_in_the_last_two_working_days_before_it_counts():
    asked = [date(2026, 11, day) for day in range(1, 31) if is_asking(date(2026, 11, day), PLAIN)]

    assert asked == [date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)]
    assert is_asking(date(2026, 11, 23), CALENDAR)  # a holiday lies between


def test_the_cut_off_of_a_month_is_the_14th_before():
    assert cut_off(date(2026, 11, 14)) == date(2026, 10, 14)
    assert cut_off(date(2026, 11, 15)) == date(2026, 11, 14)
    assert cut_off(date(2027, 1, 3)) == date(2026, 12, 14)


@given(DAYS)
def test_what_is_confirmed_today_is_fresh_today(day):
    assert is_fresh(day, reference(day, PLAIN))


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_time_alone_never_freshens(confirmed_on, later, still_later):
    days = (
        confirmed_on + timedelta(days=later),
        confirmed_on + timedelta(days=later + still_later),
    )
    stale = [stale_days(confirmed_on, day, reference(day, PLAIN)) for day in days]

    assert stale[0] <= stale[1]


@given(CONFIRMED, DAYS, st.integers(0, 11))
def test_confirming_an_item_never_makes_its_workstream_staler(confirmed, day, which):
    since = reference(day, PLAIN)
    known = [(on, number) for on, number in confirmed if on <= day]
    again = [(day if n == which else on, number) for n, (on, number) in enumerate(known)]
    before, after = judge(known, day, since), judge(again, day, since)

    assert after.coverage.confirmed >= before.coverage.confirmed
    assert after.coverage.of == before.coverage.of
    assert after.stale_days() <= before.stale_days()


@given(CONFIRMED, DAYS)
def test_a_workstream_is_stale_just_when_an_item_of_it_is_and_its_head_said_nothing(confirmed, day):
    since = reference(day, PLAIN)
    known = [(on, number) for on, number in confirmed if on <= day]
    judged = judge(known, day, since)

    assert bool(judged.stale_days()) is bool(judged.coverage.missing)
    assert bool(judged.stale_days(since)) is bool(judged.stale_days())  # too early
    assert judged.stale_days(since + timedelta(days=1)) == 0
    assert sum(number for _, number in known) == judged.coverage.of


def test_the_days_count_from_when_anybody_last_vouched_for_all_of_it():
    day = date(2026, 11, 23)
    judged = judge([(date(2026, 10, 31), 2), (date(2026, 11, 20), 3)], day, reference(day, PLAIN))

    assert judged.coverage == Coverage(confirmed=3, of=5)
    assert judged.stale_days() == 23
    assert judged.stale_days(date(2026, 11, 3)) == 20
    assert judged.stale_days(date(2026, 11, 16)) == 0


def test_what_is_finished_is_never_stale_and_nothing_open_needs_no_word():
    ages_ago = date(2020, 1, 1)
    day = date(2026, 11, 23)
    facts = gather(
        [TaskFact("A", status, confirmed_on=ages_ago) for status in ("done", "dropped")],
        [MilestoneFact("M", "Mốc", closed_on=ages_ago, confirmed_on=ages_ago)],
    )

    assert facts.freshness(day, PLAIN).coverage == Coverage()
    assert facts.freshness(day, PLAIN).stale_days() == 0
    assert Coverage().percent == 100


def test_open_top_level_tasks_and_open_milestones_are_what_is_confirmed():
    old, new, day = date(2026, 10, 1), date(2026, 11, 16), date(2026, 11, 23)
    facts = gather(
        [
            TaskFact("A", "doing", confirmed_on=new),
            TaskFact("B", "paused", confirmed_on=old),
            TaskFact("C", "doing", confirmed_on=old, is_top_level=False),
        ],
        [MilestoneFact("M", "Mốc", confirmed_on=new)],
    )

    assert facts.freshness(day, PLAIN).coverage == Coverage(confirmed=2, of=3)


def test_coverage_adds_up_and_says_all_only_of_all():
    total = sum([Coverage(41, 48), Coverage(0, 2)], Coverage())

    assert (total, total.missing, total.percent) == (Coverage(41, 50), 9, 82)
    assert Coverage(199, 200).percent == 99


@pytest.mark.parametrize(
    ("field", "cause", "by_person", "is_word"),
    [
        ("status", "web", True, True),
        ("closed_on", "web", True, True),
        ("due", "extension:4", True, True),
        ("forecast", "import:7", False, True),
        ("title", "web", True, False),
        ("forecast", "cascade:HAL-M3", True, False),
        ("status", "undo:7", True, False),
        ("status", "night", False, False),
    ],
)
def test_whose_changes_count_as_a_word_on_the_item(field, cause, by_person, is_word):
    assert vouches(field, cause, by_person=by_person) is is_word


def test_the_last_word_counts_but_not_that_of_an_import_that_was_undone():
    at = datetime(2026, 11, 16, 2, tzinfo=UTC)
    words = [Word(at, "web"), Word(at + timedelta(days=1), "import:7")]

    assert last_word(words) == words[1].at
    assert last_word(words, ["7"]) == at
    assert last_word([]) is None
