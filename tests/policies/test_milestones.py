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
