from datetime import date

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.schedule import Link
from tracker.models import Milestone, Strand, Task
from tracker.models.dependencies import key_of
from tracker.policies.actor import Actor
from tracker.queries import dependencies as read

OUTSIDER = Actor(person_id=1, person_name="x")
DAY = date(2026, 12, 1)


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session)[1][Strand.STANDARDS]


def secret_of(session, **values):
    _, streams = make.whole_group(session, "SEC", "Mật", is_restricted=True)
    return make.milestone(session, streams[Strand.STANDARDS], title="mật", **values)


def told(waits):
    return [(wait.node.code, wait.lag, wait.is_late) for wait in waits]


def test_links_among_items_have_both_ends_among_them(db_session, stream, queries):
    first, second, third = (make.milestone(db_session, stream) for _ in range(3))
    task = make.task(db_session, stream)
    make.link(db_session, first, task, lag=2)
    make.link(db_session, task, second)
    make.link(db_session, second, third)
    db_session.flush()

    with queries() as statements:
        links = read.among([key_of(first), key_of(task), key_of(second)])

    assert links == [
        Link(key_of(first), key_of(task), 2),
        Link(key_of(task), key_of(second), 0),
    ]
    assert len(statements) == 1


def test_an_item_waits_and_is_waited_for(db_session, stream):
    first = make.milestone(db_session, stream, forecast=date(2026, 11, 20))
    undated, item, after = (make.milestone(db_session, stream) for _ in range(3))
    task = make.task(db_session, stream, due=DAY)
    for before, lag in ((undated, 0), (first, 3), (task, 1)):
        make.link(db_session, before, item, lag=lag)
    make.link(db_session, item, after)
    db_session.flush()

    waits = read.waits(OUTSIDER, item, TODAY)

    assert told(waits.before) == [("ION-M1", 3, True), ("ION-1", 1, False), ("ION-M2", 0, False)]
    assert told(waits.after) == [("ION-M4", 0, False)]
    assert (waits.earliest, waits.behind) == (None, "")


def test_a_date_that_cannot_be_kept_says_which_can_and_why(db_session, stream):
    first, item = (make.milestone(db_session, stream, forecast=DAY) for _ in range(2))
    make.link(db_session, first, item, lag=2)
    db_session.flush()

    waits = read.waits(OUTSIDER, item, TODAY)

    assert (waits.earliest, waits.behind) == (date(2026, 12, 3), "ION-M1")


@pytest.mark.parametrize(("number", "statements"), [(0, 1), (1, 3), (3, 3)])
def test_the_statements_do_not_grow_with_the_links(db_session, stream, queries, number, statements):
    item = make.milestone(db_session, stream)
    for _ in range(number):
        make.link(db_session, make.milestone(db_session, stream), item)
    db_session.flush()

    with queries() as sent:
        waits = read.waits(OUTSIDER, item, TODAY)

    assert (len(waits.before), len(sent)) == (number, statements)


def test_what_one_may_not_see_holds_up_without_a_name(db_session, stream):
    item = make.milestone(db_session, stream, forecast=DAY)
    secret = secret_of(db_session, forecast=date(2026, 12, 8))
    make.link(db_session, secret, item)
    db_session.flush()

    waits = read.waits(OUTSIDER, item, TODAY)

    assert (waits.before, waits.earliest, waits.behind) == ([], date(2026, 12, 8), "")
    assert read.waits_of(OUTSIDER, key_of(secret), TODAY) == read.Waits()


def test_what_lies_in_the_trash_is_not_waited_for(db_session, stream):
    item = make.milestone(db_session, stream)
    make.link(db_session, make.milestone(db_session, stream, deleted_at=make.AGES_AGO), item)
    db_session.flush()

    assert read.waits(OUTSIDER, item, TODAY).before == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ION-M1", ["ION-M1"]),
        ("ion-m1 · Công bố", ["ION-M1"]),
        ("công bố", ["ION-M1"]),
        ("DNA", ["ION-1", "ION-2"]),
        ("mật", []),
        ("SEC-M1", []),
        ("", []),
    ],
)
def test_a_text_means_a_code_or_what_is_found_by_its_words(db_session, stream, text, codes):
    make.milestone(db_session, stream, title="Công bố")
    for title in ("Đo DNA", "Mua mẫu DNA"):
        make.task(db_session, stream, title=title)
    secret_of(db_session)
    db_session.flush()

    assert sorted(read.matches(OUTSIDER, text)) == codes


def test_a_deliverable_is_not_offered(db_session, stream):
    make.deliverable(db_session, stream, title="TCVN 12944")
    make.milestone(db_session, stream, title="Công bố TCVN 12944")
    db_session.flush()

    assert [hit.code for hit in read.offered(OUTSIDER, "TCVN 12944")] == ["ION-M1"]


def test_an_end_is_found_in_the_trash_too_but_not_where_one_may_not_look(db_session, stream):
    gone = make.task(db_session, stream, deleted_at=make.AGES_AGO)
    secret = secret_of(db_session)
    link = make.link(db_session, secret, gone)
    db_session.flush()

    assert isinstance(read.end(OUTSIDER, gone.code), Task)
    assert read.end(OUTSIDER, secret.code) is None
    assert read.ends(OUTSIDER, link) == (None, gone)
    director = Actor(person_id=1, person_name="x", is_director=True)
    assert isinstance(read.ends(director, link)[0], Milestone)


def test_codes_of_restricted_groups_are_for_those_groups(db_session, stream):
    secret, item = secret_of(db_session), make.milestone(db_session, stream)
    keys = hidden, open_ = key_of(secret), key_of(item)
    db_session.flush()

    assert read.codes(keys, {item.group_id}) == {hidden: "…", open_: "ION-M1"}
    assert read.codes(keys, {secret.group_id}) == {hidden: "SEC-M1", open_: "ION-M1"}
