from datetime import timedelta

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tracker.models import Group, Invitation, Participant, Person, Role, Strand
from tracker.policies.actor import Post
from tracker.queries import accounts
from tracker.services.accounts import hashed


def test_an_account_is_found_by_its_address_however_it_is_typed(db_session, cast):
    found = accounts.by_email("  HEAD@Example.Test ")

    assert found.id == cast["head"].account_id
    assert found.person.full_name == "Nguyễn Thị Đào"
    assert accounts.by_email("nobody@example.test") is None


def test_an_actor_has_the_posts_of_today_and_the_tasks_shared_with_them(db_session, cast):
    group = db_session.get(Group, cast.groups["HAL"])
    person = db_session.get(Person, cast["member"].person_id)
    make.membership(
        db_session,
        group,
        person,
        Role.SECRETARY,
        strands=[Strand.METROLOGY.value],
        starts_on=TODAY + timedelta(days=1),
    )
    db_session.add(Participant(task_id=cast.secret_task_id, person_id=person.id))
    db_session.flush()
    account = accounts.find(cast["member"].account_id)

    today = accounts.actor_for(account, TODAY)
    tomorrow = accounts.actor_for(account, TODAY + timedelta(days=1))

    assert today.posts == {group.id: (Post(Role.MEMBER),)}
    assert set(tomorrow.posts[group.id]) == {
        Post(Role.MEMBER),
        Post(Role.SECRETARY, frozenset({Strand.METROLOGY})),
    }
    assert today.shared_task_ids == {cast.secret_task_id}


def test_an_invitation_is_found_until_it_is_over(db_session, cast):
    now = NOW
    for secret, expires, used in (("good", 1, None), ("old", -1, None), ("used", 1, now)):
        db_session.add(
            Invitation(
                account_id=cast["member"].account_id,
                token_hash=hashed(secret),
                purpose="invite",
                created_at=now,
                expires_at=now + timedelta(hours=expires),
                used_at=used,
            )
        )
    db_session.flush()

    secrets = ("good", "old", "used", "x")
    found = {secret: accounts.invitation(hashed(secret), now) for secret in secrets}

    assert [secret for secret, row in found.items() if row] == ["good"]
    assert found["good"].account.person.full_name == cast["member"].name
