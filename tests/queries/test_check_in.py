from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.freshness import Coverage
from tracker.models import Participant, Person, Role, Strand, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import check_in as read

pytestmark = pytest.mark.blank
FRESH = datetime(2026, 11, 16, 2, tzinfo=UTC)


def someone(session, name, **values):
    """A person who can be written to, unless `values` of the account say otherwise."""
    email = f"{name.lower()}@nqi.test"
    return make.account(session, name, email=email, **values).person_id


def test_who_has_something_to_confirm_is_asked_by_mail(db_session):
    group, streams = make.whole_group(db_session)
    stream = streams[Strand.METROLOGY]
    owner, sharing, keeper, fresh, idle, demo, gone, former = (
        someone(db_session, name, **values)
        for name, values in {
            "Owner": {},
            "Sharing": {},
            "Keeper": {},
            "Fresh": {},
            "Idle": {},
            "Demo": {"is_demo": True},
            "Gone": {"is_active": False},
            "Former": {},
        }.items()
    )
    task = make.task(db_session, stream, owner_id=owner, status=TaskStatus.PAUSED)
    make.add(db_session, Participant(task_id=task.id, person_id=sharing))
    make.task(db_session, stream, owner_id=fresh, confirmed_at=FRESH)
    make.task(db_session, stream, owner_id=idle, status=TaskStatus.DONE)
    for person_id in (demo, gone):
        make.task(db_session, stream, owner_id=person_id)
    make.milestone(db_session, stream)
    for person_id, role, ends_on in (
        (keeper, Role.SECRETARY, None),
        (idle, Role.MEMBER, None),
        (former, Role.HEAD, date(2026, 11, 1)),
    ):
        make.membership(db_session, group, _person(db_session, person_id), role, ends_on=ends_on)
    db_session.commit()

    assert read.waiting(TODAY) == sorted([owner, sharing, keeper])


def _person(session, person_id):
    return session.get(Person, person_id)


def test_the_numbers_are_of_ones_own_and_follow_the_last_cut_off(db_session):
    group, streams = make.whole_group(db_session)
    stream = streams[Strand.METROLOGY]
    me = make.person(db_session)
    make.task(db_session, stream, owner_id=me.id)
    make.task(db_session, stream, owner_id=me.id, confirmed_at=FRESH)
    make.task(db_session, stream, owner_id=me.id, confirmed_at=FRESH.replace(day=14))
    make.milestone(db_session, stream, confirmed_at=FRESH)
    db_session.commit()
    member = Actor(person_id=me.id, person_name="An")
    keeper = replace(member, posts={group.id: (Post(Role.SECRETARY),)})

    assert read.coverage(member, TODAY) == Coverage(confirmed=1, of=3)
    assert read.coverage(keeper, TODAY) == Coverage(confirmed=2, of=4)
    assert read.coverage(keeper, date(2026, 11, 14)) == Coverage(confirmed=3, of=4)
    assert read.coverage(keeper, date(2026, 12, 15)) == Coverage(confirmed=0, of=4)
