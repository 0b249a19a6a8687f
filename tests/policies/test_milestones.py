import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.models import Milestone, Role
from tracker.policies import milestones
from tracker.policies.actor import Actor, Post

MILESTONE = Milestone(id=1, group_id=1)


def holding(role, group_id=1):
    return Actor(person_id=1, person_name="x", posts={group_id: (Post(role),)})


def test_those_who_shape_the_plan_edit_and_move_milestones_of_their_group():
    for role in (Role.HEAD, Role.DEPUTY, Role.SECRETARY):
        assert milestones.edit(holding(role), MILESTONE)
        assert milestones.move_forecast(holding(role), MILESTONE)
        assert not milestones.edit(holding(role, group_id=2), MILESTONE)


def test_members_and_observers_do_not():
    for role in (Role.MEMBER, Role.OBSERVER):
        assert not milestones.edit(holding(role), MILESTONE)
        assert not milestones.move_forecast(holding(role), MILESTONE)


@pytest.mark.parametrize(
    ("role", "titles"),
    [(Role.HEAD, {"Của việc tôi", "Khác"}), (Role.MEMBER, {"Của việc tôi"})],
)
def test_mine_are_those_of_a_plan_i_keep_and_those_my_tasks_lead_to(db_session, cast, role, titles):
    stream = make.stream_of(db_session, cast)
    who = cast["member"].person_id
    leads = make.milestone(db_session, stream, title="Của việc tôi")
    make.milestone(db_session, stream, title="Khác")
    make.task(db_session, stream, milestone=leads, owner_id=who)
    actor = Actor(person_id=who, person_name="x", posts={cast.groups["HAL"]: (Post(role),)})

    found = db_session.scalars(select(Milestone.title).where(milestones.mine(actor)))

    assert set(found) == titles


@pytest.mark.parametrize(
    ("actor", "groups"),
    [
        (Actor(person_id=1, person_name="x", is_administrator=True), None),
        (Actor(person_id=1, person_name="x", is_director=True), None),
        (holding(Role.SECRETARY, group_id=3), (3,)),
        (holding(Role.MEMBER, group_id=3), ()),
    ],
)
def test_forecasts_can_be_moved_in_all_groups_or_in_those_one_leads(actor, groups):
    assert milestones.movable_in(actor) == groups
