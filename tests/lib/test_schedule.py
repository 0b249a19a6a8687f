"""The schedule against a reference that walks day by day and way by way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.schedule import Item, Link, Network, Push, Step, order, ring
from tracker.lib.workdays import Calendar

MONDAY = date(2026, 11, 23)
days = st.dates(MONDAY, MONDAY + timedelta(days=60))
some_days = st.frozensets(days, max_size=12)
calendars = st.builds(Calendar, some_days, some_days)


maybe_days = st.none() | days


@st.composite
def networks(draw, finish=maybe_days):
    """Up to seven items, each waiting for some of those before it."""
    keys = range(draw(st.integers(1, 7)))
    items = {
        key: Item(
            key,
            draw(finish),
            draw(st.integers(0, 3)),
            draw(maybe_days),
            is_over=draw(st.sampled_from([False, False, False, True])),
        )
        for key in keys
    }
    pairs = [(a, b) for b in keys for a in range(b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    links = [Link(a, b, draw(st.integers(0, 4))) for a, b in draw(st.permutations(chosen))]
    return Network(items, links, draw(calendars))


links_of_few = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1]),
    unique=True,
).map(lambda pairs: [Link(a, b) for a, b in pairs])


def needed(network, link, finish):
    """The first day on which the successor can be reached, found day by day."""
    calendar = network.calendar
    takes = link.lag + network.items[link.successor].duration
    return calendar.add(calendar.next_working(finish), takes)


def pushed_by_hand(network, moved, to, held):
    """Push until nothing moves any more."""
    items, calendar = network.items, network.calendar
    if items[moved].finish is not None and to <= items[moved].finish:
        return {}
    finishes = {key: item.finish for key, item in items.items()} | {moved: to}
    late, stays = {moved}, {}
    changed = True
    while changed:
        changed = False
        for link in network.links:
            if link.predecessor not in late or items[link.successor].is_over:
                continue
            need = needed(network, link, finishes[link.predecessor])
            now = stays.get(link.successor, finishes[link.successor])
            if now is None and link.successor in held:
                continue
            if now is not None and calendar.next_working(now) >= need:
                continue
            changed = True
            if link.successor in held:
                stays[link.successor] = need
            else:
                finishes[link.successor] = need
                late.add(link.successor)
    return {
        key: stays.get(key, finishes[key])
        for key in {*late, *stays} - {moved}
        if items[key].finish is not None
    }


@given(networks(), days, st.data())
def test_a_move_pushes_what_a_walk_day_by_day_pushes(network, to, data):
    keys = sorted(network.items)
    moved = data.draw(st.sampled_from(keys))
    held = data.draw(st.frozensets(st.sampled_from(keys))) - {moved}

    pushes = network.pushed(moved, to, held=held)

    by_hand = pushed_by_hand(network, moved, to, held)
    assert {push.key: push.new for push in pushes} == by_hand
    assert len(pushes) == len(by_hand)
    for push in pushes:
        assert push.old == network.items[push.key].finish
        assert push.working_days == network.calendar.between(
            network.calendar.next_working(push.old), push.new
        )


@given(networks(), days, st.data())
def test_a_move_pushes_later_only_and_nothing_twice(network, to, data):
    moved = data.draw(st.sampled_from(sorted(network.items)))

    pushes = network.pushed(moved, to)

    assert all(push.new > push.old and network.calendar.is_working(push.new) for push in pushes)
    finishes = {push.key: push.new for push in pushes}
    items = {
        key: item._replace(finish=finishes.get(key, item.finish))
        for key, item in network.items.items()
    }
    assert Network(items, network.links, network.calendar).pushed(moved, to) == []


def ways_to(network, key):
    """Every way along the links that ends at the item, whatever is over on it breaking it off."""
    yield [key]
    if network.items[key].is_over:
        return
    for link in network.links:
        if link.successor == key:
            for way in ways_to(network, link.predecessor):
                yield [*way, key]


def lag_between(network, before, after):
    return next(link.lag for link in network.links if link[:2] == (before, after))


def along(network, way):
    """When the last of the way is reached if the first keeps its date, found day by day."""
    finish = network.calendar.next_working(network.items[way[0]].finish)
    for before, after in pairwise(way):
        takes = lag_between(network, before, after) + network.items[after].duration
        finish = network.calendar.add(finish, takes)
    return finish


@given(networks())
def test_the_earliest_date_is_that_of_the_longest_way(network):
    expected = {}
    for key in network.items:
        ways = [way for way in ways_to(network, key) if network.items[way[0]].finish]
        if ways:
            last, own = max(along(network, way) for way in ways), network.items[key].finish
            stays = own and network.calendar.next_working(own) == last
            expected[key] = own if stays else last

    assert network.earliest() == expected


def open_ways_from(network, key):
    """Every way from the item to an end, over what is not over."""
    after = [
        link.successor
        for link in network.links
        if link.predecessor == key and not network.items[link.successor].is_over
    ]
    if not after:
        yield [key]
    for successor in after:
        for way in open_ways_from(network, successor):
            yield [key, *way]


@given(networks(finish=days))
def test_the_float_is_what_is_left_on_the_tightest_way_to_a_target(network):
    calendar, early = network.calendar, network.earliest()
    expected = {}
    for key, item in network.items.items():
        left = []
        for way in () if item.is_over else open_ways_from(network, key):
            target = network.items[way[-1]].target
            if target is not None:
                takes = sum(
                    lag_between(network, a, b) + network.items[b].duration for a, b in pairwise(way)
                )
                left.append(calendar.number(target) - takes - calendar.number(early[key]))
        if left:
            expected[key] = min(left)

    assert network.floats() == expected


@given(networks(finish=days))
def test_a_chain_takes_the_tightest_link_back_from_each_end(network):
    early, number = network.earliest(), network.calendar.number
    chains = network.chains()

    for chain in chains:
        assert next(open_ways_from(network, chain[-1].key)) == [chain[-1].key]
        assert chain[-1].slack is None
        for step, following in pairwise(chain):
            links = [
                link
                for link in network.links
                if link.successor == following.key and not network.items[link.predecessor].is_over
            ]
            slacks = {
                link.predecessor: number(early[following.key])
                - number(early[link.predecessor])
                - link.lag
                - network.items[following.key].duration
                for link in links
            }
            assert step.slack == slacks[step.key] == min(slacks.values()) >= 0
            assert step.total == network.floats().get(step.key)
    totals = [chain[-1].total for chain in chains]
    assert totals == sorted(totals, key=lambda total: (total is None, total))


@given(links_of_few, st.integers(0, 5), st.integers(0, 5))
def test_a_ring_is_the_shortest_way_back(links, a, b):
    reached, steps, front = {b}, 0, {b}
    while front and a not in reached:
        front = {link.successor for link in links if link.predecessor in front} - reached
        reached |= front
        steps += 1

    way = ring(links, Link(a, b))

    if a not in reached:
        assert way == []
    else:
        assert (way[0], way[1], way[-1]) == (a, b, a)
        assert all(Link(*pair) in links for pair in pairwise(way[1:]))
        assert len(way) == steps + 2


@given(links_of_few)
def test_the_order_puts_each_behind_what_it_waits_for_and_leaves_rings_out(links):
    ordered = order(range(6), links)

    places = {key: place for place, key in enumerate(ordered)}
    assert len(places) == len(ordered)
    for key in range(6):
        waits = [link.predecessor for link in links if link.successor == key]
        if key in places:
            assert all(places[before] < places[key] for before in waits)
        else:
            assert any(before not in places for before in waits)


def network_of(*items, links=()):
    return Network({item.key: item for item in items}, list(links), Calendar())


def test_a_push_names_what_it_waits_for_and_counts_working_days():
    network = network_of(
        Item("M1", MONDAY),
        Item("M2", date(2026, 11, 27)),
        links=[Link("M1", "M2", 3)],
    )

    assert network.pushed("M1", date(2026, 11, 26)) == [
        Push("M2", date(2026, 11, 27), date(2026, 12, 1), 2, "M1")
    ]


def test_a_task_not_begun_needs_its_days():
    network = network_of(Item("M1", MONDAY), Item("T", MONDAY, duration=4), links=[Link("M1", "T")])

    assert network.pushed("M1", date(2026, 11, 24))[0].new == date(2026, 11, 30)


def test_a_date_earlier_or_the_same_pushes_nothing():
    network = network_of(Item("M1", MONDAY), Item("M2", date(2020, 1, 1)), links=[Link("M1", "M2")])

    assert network.pushed("M1", MONDAY) == []
    assert network.pushed("M1", date(2026, 11, 20)) == []
    assert [push.key for push in network.pushed("M1", date(2026, 11, 24))] == ["M2"]


def test_what_may_not_be_moved_is_told_of_and_stops_the_wave():
    items = [Item(key, MONDAY) for key in "ABC"]
    network = network_of(*items, links=[Link("A", "B"), Link("B", "C")])

    pushes = network.pushed("A", date(2026, 11, 30), held={"B"})

    assert [push.key for push in pushes] == ["B"]


@pytest.mark.parametrize(
    ("finish", "new"),
    [(MONDAY, date(2026, 11, 27)), (date(2026, 11, 27), None), (None, None)],
)
def test_what_an_item_may_be_follows_from_its_own_links(finish, new):
    network = network_of(
        Item("A", date(2026, 11, 25)),
        Item("B", date(2026, 11, 26)),
        Item("nobody knows"),
        Item("C", finish),
        links=[Link("A", "C", 2), Link("B", "C"), Link("nobody knows", "C")],
    )

    allowed = network.allowed("C")

    assert (allowed and (allowed.new, allowed.behind)) == (new and (new, "A"))


def test_who_waits_for_nothing_may_be_any_day():
    assert network_of(Item("A", MONDAY)).allowed("A") is None


def test_the_chain_with_the_least_float_comes_first():
    network = network_of(
        Item("A", date(2026, 11, 24)),
        Item("B", date(2026, 11, 27), target=date(2026, 12, 4)),
        Item("C", date(2026, 11, 30), target=date(2026, 11, 26)),
        Item("over", MONDAY, is_over=True),
        Item("D", MONDAY),
        links=[Link("A", "B", 1), Link("A", "C", 4), Link("over", "D")],
    )

    assert network.chains() == [
        [Step("A", 0, -2), Step("C", None, -2)],
        [Step("A", 2, -2), Step("B", None, 5)],
    ]


def test_long_chains_do_not_run_out_of_stack():
    keys = range(20_000)
    network = Network(
        {key: Item(key, MONDAY) for key in keys},
        [Link(a, b) for a, b in pairwise(keys)],
        Calendar(),
    )

    assert len(network.pushed(0, date(2026, 11, 24))) == len(keys) - 1
    assert len(network.chains()[0]) == len(keys)
    assert len(ring(network.links, Link(len(keys) - 1, 0))) == len(keys) + 1
