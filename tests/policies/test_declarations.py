import pytest

from tracker.models import Group, Role
from tracker.policies import declarations as may
from tracker.policies.actor import Actor, Post

GROUP = Group(id=1)


def actor(role=None, *, group_id=1, **flags):
    posts = {group_id: (Post(role, frozenset()),)} if role else {}
    return Actor(person_id=9, person_name="x", posts=posts, **flags)


@pytest.mark.parametrize("role", Role)
def test_head_and_deputy_declare_in_their_own_group(role):
    leads = role in {Role.HEAD, Role.DEPUTY}

    assert may.declare(actor(role), GROUP) is leads
    assert not may.declare(actor(role, group_id=2), GROUP)


def test_an_administrator_declares_everywhere_and_a_director_nowhere():
    assert may.declare(actor(is_administrator=True), GROUP)
    assert not may.declare(actor(is_director=True), GROUP)
