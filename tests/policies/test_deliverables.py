from tracker.models import Deliverable, Role
from tracker.policies import deliverables
from tracker.policies.actor import Actor, Post

DELIVERABLE = Deliverable(id=1, group_id=1, owner_id=7)


def holding(role, group_id=1):
    return Actor(person_id=7, person_name="x", posts={group_id: (Post(role),)})


def test_those_who_shape_the_plan_edit_deliverables_of_their_group():
    for role in (Role.HEAD, Role.DEPUTY, Role.SECRETARY):
        assert deliverables.edit(holding(role), DELIVERABLE)
        assert not deliverables.edit(holding(role, group_id=2), DELIVERABLE)


def test_members_do_not_even_their_own_nor_do_directors():
    for role in (Role.MEMBER, Role.OBSERVER):
        assert not deliverables.edit(holding(role), DELIVERABLE)
    director = Actor(person_id=7, person_name="x", is_director=True)
    assert not deliverables.edit(director, DELIVERABLE)


def test_administrators_do():
    administrator = Actor(person_id=1, person_name="x", is_administrator=True)

    assert deliverables.edit(administrator, DELIVERABLE)
