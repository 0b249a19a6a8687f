from dataclasses import replace
from datetime import timedelta

import pytest

from tests import factories as make
from tracker.lib.risk import RiskBand
from tracker.models import Blocking, RiskKind, Role, Strand
from tracker.policies.actor import Actor, Post
from tracker.queries import risks as read
from tracker.queries.risks import Filters, Sort, Standing

TODAY = make.TODAY
OUTSIDER = Actor(person_id=9, person_name="x")
EVERYBODY = Actor(person_id=0, person_name="", is_director=True)


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session)[1]


@pytest.fixture
def told(db_session, streams):
    """Entries by a short name, in the ION group and in one that is restricted."""
    stream, other = streams[Strand.METROLOGY], streams[Strand.STANDARDS]
    secret = make.whole_group(db_session, "LUN", is_restricted=True)[1][Strand.METROLOGY]
    an, binh = make.person(db_session, "Trần Văn An"), make.person(db_session, "Lê Thị Bình")
    days = [TODAY + timedelta(days=number) for number in (-1, 0, 9)]
    return {
        "grave": make.risk(db_session, stream, likelihood=4, impact=5, review_on=days[2]),
        "light": make.risk(
            db_session, other, likelihood=1, impact=2, review_on=days[0], owner_id=binh.id
        ),
        "stuck": make.risk(
            db_session, stream, kind=RiskKind.DIFFICULTY, review_on=days[1], owner_id=an.id
        ),
        "true": make.risk(
            db_session,
            stream,
            kind=RiskKind.DIFFICULTY,
            likelihood=5,
            impact=5,
            happened_on=TODAY,
        ),
        "over": make.risk(db_session, stream, closed_on=TODAY, outcome="Xong", review_on=days[0]),
        "secret": make.risk(db_session, secret, likelihood=4, impact=5),
    }


def shown(told, actor=OUTSIDER, **filters):
    rows = read.register(actor, Filters(**filters), TODAY).rows.rows
    names = {entry.code: name for name, entry in told.items()}
    return [names[row.code] for row in rows]


def test_what_has_happened_stands_above_what_may_and_the_gravest_first(told):
    assert shown(told) == ["true", "stuck", "grave", "light"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"group": "ION", "sort": Sort.REVIEW}, ["light", "stuck", "grave", "true"]),
        ({"sort": Sort.OWNER}, ["stuck", "light", "true", "grave"]),
        ({"sort": Sort.NEWEST}, ["true", "stuck", "light", "grave"]),
        ({"standing": Standing.CLOSED}, ["over"]),
        ({"standing": Standing.ALL, "kind": RiskKind.RISK}, ["grave", "light", "over"]),
        ({"strand": Strand.STANDARDS}, ["light"]),
        ({"band": RiskBand.CRITICAL}, ["grave"]),
        ({"likelihood": 1, "impact": 2}, ["light"]),
        ({"likelihood": 5}, []),
        ({"is_due": True}, ["light"]),
        ({"group": "LUN"}, []),
    ],
)
def test_the_register_shows_what_is_asked_for(told, filters, found):
    assert shown(told, **filters) == found


def test_a_restricted_group_is_its_own_people_business(told):
    own = replace(OUTSIDER, posts={told["secret"].group_id: (Post(Role.MEMBER),)})

    assert [shown(told, actor, group="LUN") for actor in (OUTSIDER, own, EVERYBODY)] == [
        [],
        ["secret"],
        ["secret"],
    ]
    assert read.find(OUTSIDER, told["secret"].code) is None
    assert read.find(own, told["secret"].code.lower()) is told["secret"]


def test_the_numbers_keep_to_the_place_but_not_to_the_narrower_filters(told):
    tally = read.register(OUTSIDER, Filters(band=RiskBand.LOW), TODAY).tally

    assert (tally.difficulties, tally.risks, tally.grave, tally.due, tally.blocking) == (
        2, 2, 1, 1, 0,
    )  # fmt: skip
    counted = {
        (cell.likelihood, cell.impact): cell.number
        for line in tally.heat
        for cell in line
        if cell.number
    }
    assert counted == {(4, 5): 1, (1, 2): 1}
    assert [line[0].likelihood for line in tally.heat] == [5, 4, 3, 2, 1]


def test_an_item_shows_the_open_entries_that_block_it(db_session, told, streams):
    task = make.task(db_session, streams[Strand.INSPECTION])
    milestone = make.milestone(db_session, streams[Strand.INSPECTION])
    for name in ("grave", "over"):
        for ends in ({"task_id": task.id}, {"milestone_id": milestone.id}):
            db_session.add(Blocking(risk_id=told[name].id, **ends))
    db_session.flush()

    assert [one.code for one in read.of_item(task)] == [told["grave"].code]
    assert list(read.blocking("milestone", [milestone.id, 999])) == [milestone.id]
    assert [one.code for one in read.blocked(told["grave"])] == [task.code, milestone.code]
    assert shown(told, is_blocking=True) == ["grave"]


def test_an_item_that_left_its_group_says_nothing_of_what_blocked_it_there(db_session, streams):
    secret = make.whole_group(db_session, "LUN", is_restricted=True)[1][Strand.METROLOGY]
    task = make.task(db_session, secret)
    milestone = make.milestone(db_session, secret)
    risk = make.risk(db_session, secret, kind=RiskKind.DIFFICULTY)
    db_session.add_all(
        [
            Blocking(risk_id=risk.id, task_id=task.id),
            Blocking(risk_id=risk.id, milestone_id=milestone.id),
        ]
    )
    db_session.flush()  # the statements below are to find them
    assert [len(read.of_item(item)) for item in (task, milestone)] == [1, 1]

    here = streams[Strand.METROLOGY]
    for item in (task, milestone):
        item.workstream_id, item.group_id = here.id, here.group_id
    db_session.flush()  # as above

    assert [read.of_item(item) for item in (task, milestone)] == [(), ()]


def test_who_looks_after_entries_is_offered_as_far_as_they_are_seen(told):
    assert [name for _, name in read.owners(OUTSIDER)] == ["Trần Văn An", "Lê Thị Bình"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_takes_as_many_statements_however_long_it_is(
    db_session, streams, queries, number
):
    for _ in range(number):
        risk = make.risk(db_session, streams[Strand.METROLOGY])
        task = make.task(db_session, streams[Strand.METROLOGY])
        db_session.add(Blocking(risk_id=risk.id, task_id=task.id))
    db_session.flush()

    with queries() as statements:
        read.register(OUTSIDER, Filters(), TODAY)

    assert len(statements) == 4
