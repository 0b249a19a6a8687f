import pytest
from sqlalchemy import select

from tracker.models import Group, Role, Strand, Workstream
from tracker.policies import groups as may
from tracker.policies.actor import Actor, Post

ACTORS = {
    "administrator": {"is_administrator": True},
    "director": {"is_director": True},
    "stranger": {},
    "insider": {"posts": {2: (Post(Role.OBSERVER),)}},
}


def actor(name, secret_id):
    about = dict(ACTORS[name])
    if "posts" in about:
        about["posts"] = {secret_id: about["posts"][2]}
    return Actor(person_id=1, person_name="x", **about)


@pytest.mark.parametrize("name", ACTORS)
def test_the_condition_selects_what_the_function_allows(db_session, cast, name):
    who = actor(name, cast.groups["SOL"])
    everything = db_session.scalars(select(Group)).all()

    selected = set(db_session.scalars(select(Group).where(may.visible_to(who))))

    again = db_session.scalars(select(Group).where(may.visible()), may.sight(who))

    assert set(again) == selected == {group for group in everything if may.see(who, group)}
    assert {group.key for group in selected} == ({"HAL"} if name == "stranger" else {"HAL", "SOL"})


def test_a_comment_needs_sight_only():
    secret = Group(id=2, key="SOL", name="x", is_restricted=True)

    assert may.comment(actor("insider", 2), secret)
    assert not may.comment(actor("stranger", 2), secret)


def test_tasks_are_created_by_strand():
    who = Actor(
        person_id=1,
        person_name="x",
        posts={1: (Post(Role.MEMBER, frozenset({Strand.METROLOGY})),)},
    )

    assert may.create_task(who, Workstream(group_id=1, strand=Strand.METROLOGY))
    assert not may.create_task(who, Workstream(group_id=1, strand=Strand.INSPECTION))


def test_a_secretary_shapes_imports_and_adds_people_but_approves_no_baseline():
    who = Actor(person_id=1, person_name="x", posts={1: (Post(Role.SECRETARY),)})
    group = Group(id=1, key="HAL", name="x", is_restricted=False)

    assert may.shape_plan(who, group)
    assert may.add_people(who, group)
    assert may.import_somewhere(who)
    assert not may.approve_baseline(who, group)
    assert not may.administer(who)
