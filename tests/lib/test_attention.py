from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.attention import Hide, Item, Kind, Measure, is_hidden, ranked

TODAY = date(2026, 11, 23)
numbers = st.integers(0, 400)
items = st.builds(
    Item,
    kind=st.sampled_from(Kind),
    subject=st.from_regex(r"[a-z]{1,6}:[A-Z]{2}-[0-9]", fullmatch=True),
    is_red=st.booleans(),
    late=numbers,
    slip=numbers,
    age=numbers,
    blocks=numbers,
    tasks=numbers,
)


@given(items, st.sampled_from(Measure), st.integers(1, 400))
def test_more_of_anything_is_never_ranked_lower(item, measure, more):
    worse = replace(item, subject="zzz", **{measure.value: getattr(item, measure) + more})

    assert worse.weight >= item.weight
    assert ranked([replace(item, is_red=True), replace(item, is_red=False)])[0].is_red


@given(st.lists(items, unique_by=lambda item: item.subject), st.randoms())
def test_the_rank_is_the_same_whatever_the_order_they_come_in(some, random):
    shuffled = random.sample(some, len(some))

    assert ranked(shuffled) == ranked(some)
    weights = [item.weight for item in ranked(some)]
    assert weights == sorted(weights, reverse=True)


@given(items)
def test_the_reasons_are_all_there_is_to_the_rank_the_heaviest_first(item):
    points = [fact.points for fact in item.facts]
    bare = replace(item, late=0, slip=0, age=0, blocks=0, tasks=0)

    assert points == sorted(points, reverse=True)
    assert item.weight == bare.weight + sum(points)
    assert all(fact.number == getattr(item, fact.measure) > 0 for fact in item.facts)


def test_what_blocks_others_stands_before_what_is_a_little_later():
    alone = Item(kind=Kind.MILESTONE, subject="milestone:HAL-M1", is_red=True, late=45)
    blocks = Item(kind=Kind.MILESTONE, subject="milestone:HAL-M2", is_red=True, late=41, blocks=2)

    assert ranked([alone, blocks]) == [blocks, alone]
    assert [(fact.measure, fact.number) for fact in blocks.facts] == [("late", 41), ("blocks", 2)]


@pytest.mark.parametrize(
    ("days", "changed", "hidden"),
    [
        (1, {}, True),
        (1, {"late": 40, "age": 90}, True),
        (0, {}, False),
        (1, {"slip": 31}, False),
        (1, {"blocks": 1}, False),
        (1, {"is_red": True}, False),
        (1, {"slip": 10}, True),
    ],
)
def test_what_is_hidden_comes_back_on_its_day_or_when_it_is_worse(days, changed, hidden):
    item = Item(kind=Kind.MILESTONE, subject="milestone:HAL-M1", late=3, slip=30)
    hide = Hide(item.subject, TODAY + timedelta(days=days), "", item.gravity)

    assert is_hidden(replace(item, **changed), hide, TODAY) is hidden


def test_nothing_is_hidden_unless_somebody_hid_it():
    assert not is_hidden(Item(kind=Kind.STALE, subject="stale:HAL-metrology"), None, TODAY)
