from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.lib.schedule import Link
from tracker.models import Dependency, Strand
from tracker.models.dependencies import key_of
from tracker.queries import dependencies as read
from tracker.queries.trash import KEPT
from tracker.services import dependencies as do
from tracker.services import trash
from tracker.services.act import Act


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session)[1]


@pytest.fixture
def stream(streams):
    return streams[Strand.STANDARDS]


def told(thing, field):
    return [(change.old, change.new) for change in changes_of(thing) if change.field == field]


def test_a_link_is_kept_in_the_history_of_itself_and_of_both_ends(db_session, streams):
    first = make.milestone(db_session, streams[Strand.STANDARDS])
    second = make.task(db_session, streams[Strand.METROLOGY])

    made = do.link(second, first, 5, by=BY)

    assert read.live_links() == [Link(key_of(first), key_of(second), 5)]
    assert [change.field for change in changes_of(made)] == ["created"]
    assert told(second, "waits_for") == [(None, {"code": "ION-M1", "lag": 5})]
    assert told(first, "waited_for_by") == [(None, {"code": "ION-1", "lag": 5})]


def test_a_link_taken_back_leaves_its_history(db_session, stream):
    first, second = make.milestone(db_session, stream), make.milestone(db_session, stream)
    made = do.link(second, first, by=BY)

    do.unlink(made, by=BY)

    assert read.all_links() == []
    assert [(c.field, c.old) for c in changes_of(made)][-1] == ("removed", "ION-M1 → ION-M2")
    assert told(second, "waits_for")[-1] == ({"code": "ION-M1", "lag": 0}, None)
    assert told(first, "waited_for_by")[-1] == ({"code": "ION-M2", "lag": 0}, None)


def refusal(*args, **kwargs):
    with pytest.raises(RuleViolationError) as refused:
        do.link(*args, by=BY, **kwargs)
    return refused.value.code, refused.value.values


def test_a_ring_is_refused_with_its_way_named(db_session, stream):
    first, second, third = (make.milestone(db_session, stream) for _ in range(3))
    do.link(second, first, by=BY)
    do.link(third, second, by=BY)

    assert refusal(first, third) == (
        "dependency_ring",
        {"way": "ION-M3 → ION-M1 → ION-M2 → ION-M3"},
    )


def test_the_way_of_a_ring_does_not_name_what_is_restricted(db_session, stream):
    _, streams = make.whole_group(db_session, "SEC", "Mật", is_restricted=True)
    first, third = make.milestone(db_session, stream), make.milestone(db_session, stream)
    second = make.milestone(db_session, streams[Strand.STANDARDS])
    do.link(second, first, by=BY)
    do.link(third, second, by=BY)

    assert refusal(first, third)[1] == {"way": "ION-M2 → ION-M1 → … → ION-M2"}
    assert told(first, "waited_for_by") == [(None, {"code": "", "lag": 0})]
    assert told(second, "waits_for") == [(None, {"code": "ION-M1", "lag": 0})]


def test_nothing_waits_for_itself_nor_for_what_it_is_part_of(db_session, stream):
    milestone = make.milestone(db_session, stream)
    task = make.task(db_session, stream, milestone=milestone)
    part = make.task(db_session, stream, parent=task)

    assert refusal(milestone, milestone)[0] == "dependency_on_itself"
    assert refusal(task, milestone)[0] == "dependency_on_whole"
    assert refusal(part, task)[0] == "dependency_on_whole"
    do.link(milestone, task, by=BY)


def test_twice_the_same_an_odd_lag_and_the_trash_are_refused(db_session, stream):
    first, second = make.milestone(db_session, stream), make.milestone(db_session, stream)
    do.link(second, first, 3, by=BY)
    gone = make.milestone(db_session, stream, deleted_at=BY.at)

    assert refusal(second, first)[0] == "dependency_exists"
    assert refusal(first, gone)[0] == "dependency_in_trash"
    assert refusal(gone, first)[0] == "dependency_in_trash"
    for lag in (-1, do.LONGEST_LAG + 1):
        assert refusal(first, second, lag)[0] == "lag_out_of_range"


def test_what_goes_to_the_trash_takes_its_links_along_and_brings_them_back(db_session, stream):
    first, second = make.milestone(db_session, stream), make.milestone(db_session, stream)
    do.link(second, first, by=BY)

    thrown = trash.throw_away(first, by=BY)
    db_session.flush()
    assert read.live_links() == []

    trash.restore(thrown, by=BY)
    db_session.flush()
    assert read.live_links() == [Link(key_of(first), key_of(second), 0)]


def test_a_link_that_meanwhile_closes_a_ring_does_not_come_back(db_session, stream):
    first, second, third = (make.milestone(db_session, stream) for _ in range(3))
    do.link(second, first, by=BY)
    last = do.link(third, second, by=BY)
    thrown = trash.throw_away(second, by=BY)
    db_session.flush()
    do.link(first, third, by=BY)

    trash.restore(thrown, by=BY)

    assert read.live_links() == [
        Link(key_of(second), key_of(third), 0),
        Link(key_of(third), key_of(first), 0),
    ]
    assert told(second, "waits_for")[-1] == ({"code": "ION-M1", "lag": 0}, None)
    assert changes_of(last)[-1].field == "created"


def test_what_is_purged_takes_its_links_along_for_good(db_session, stream):
    first, second = make.milestone(db_session, stream), make.milestone(db_session, stream)
    do.link(second, first, by=BY)
    trash.throw_away(first, by=BY)
    later = Act(person_id=None, at=BY.at + KEPT + timedelta(days=1), cause="night")

    trash.purge(by=later)
    db_session.flush()

    assert db_session.scalars(select(Dependency)).all() == []
    assert told(second, "waits_for")[-1] == ({"code": "ION-M1", "lag": 0}, None)
