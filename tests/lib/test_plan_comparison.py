from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.plan_comparison import PlanItem, StrandTotal, compare
from tracker.lib.slip import Slip
from tracker.lib.workdays import Calendar

STRANDS = ("standards", "metrology")
DAY = date(2026, 12, 1)
ITEM = PlanItem("task", 1, "HAL-1", "Đo", "metrology", DAY)
CALENDAR = Calendar()


def held(before, after):
    return compare(before, after, STRANDS, CALENDAR)


def test_alike_states_differ_in_nothing():
    found = held([ITEM], [ITEM])

    assert found.is_empty
    assert found.totals == [StrandTotal("standards"), StrandTotal("metrology", 1, 1)]


def test_what_is_new_gone_moved_renamed_and_in_another_strand_is_told_apart():
    gone = replace(ITEM, id=2)
    after = replace(ITEM, day=DAY + timedelta(days=7), title="Đo lại", strand="standards")
    new = replace(ITEM, kind="milestone")

    found = held([ITEM, gone], [after, new])

    assert (found.added, found.removed) == ([new], [gone])
    (pair,) = found.moved
    assert (pair.before, pair.after, pair.slip) == (ITEM, after, Slip(7, 5))
    assert (found.renamed, found.restranded) == ([pair], [pair])
    assert found.totals == [
        StrandTotal("standards", after=1, later=1, days_later=7, renamed=1, restranded=1),
        StrandTotal("metrology", before=2, after=1, added=1, removed=1),
    ]
    assert found.whole == StrandTotal("", 2, 2, 1, 1, 1, 7, 0, 0, 1, 1)


def test_the_latest_stand_first_and_a_day_lost_or_found_moves_by_no_days():
    days = [DAY + timedelta(days=n) for n in (-3, 20, 5)]
    before = [replace(ITEM, id=n) for n in range(4)]
    after = [replace(ITEM, id=n, day=day) for n, day in enumerate([*days, None])]

    found = held(before, after)

    assert [pair.slip.days if pair.slip else None for pair in found.moved] == [20, 5, None, -3]
    assert found.whole.days_later == 25
    assert found.whole.days_sooner == 3


items = st.dictionaries(
    st.integers(1, 6),
    st.tuples(st.sampled_from("ab"), st.sampled_from(STRANDS), st.none() | st.dates()),
).map(lambda told: [PlanItem("task", id_, f"HAL-{id_}", *values) for id_, values in told.items()])


@given(items, items)
def test_the_other_way_round_new_is_gone_and_later_is_sooner(before, after):
    there, back = held(before, after), held(after, before)

    assert (there.added, there.removed) == (back.removed, back.added)
    assert len(there.moved) == len(back.moved)
    assert (there.whole.later, there.whole.days_later) == (
        back.whole.sooner,
        back.whole.days_sooner,
    )
    assert there.whole.before + there.whole.added - there.whole.removed == there.whole.after
