import pytest

from tracker.models import Group, Risk, Role, Strand, Workstream
from tracker.policies import risks as may
from tracker.policies.actor import Actor, Post

HAL, SOL = 1, 2
ME, OTHER = 7, 8
MEMBER = Actor(
    person_id=ME,
    person_name="x",
    posts={HAL: (Post(Role.MEMBER, frozenset({Strand.METROLOGY})),)},
)


def test_a_member_records_in_own_strands_only():
    own = Workstream(group_id=HAL, strand=Strand.METROLOGY)
    other = Workstream(group_id=HAL, strand=Strand.STANDARDS)
    elsewhere = Workstream(group_id=SOL, strand=Strand.METROLOGY)

    assert [may.record(MEMBER, stream) for stream in (own, other, elsewhere)] == [
        True,
        False,
        False,
    ]
    assert may.record_in(MEMBER, Group(id=HAL))
    assert not may.record_in(MEMBER, Group(id=SOL))


@pytest.mark.parametrize(
    ("role", "owner", "creator", "allowed"),
    [
        (Role.MEMBER, ME, OTHER, True),
        (Role.MEMBER, OTHER, ME, True),
        (Role.MEMBER, OTHER, OTHER, False),
        (Role.SECRETARY, OTHER, OTHER, True),
        (Role.OBSERVER, ME, ME, False),
    ],
)
def test_a_member_edits_what_they_own_or_recorded(role, owner, creator, allowed):
    actor = Actor(person_id=ME, person_name="x", posts={HAL: (Post(role),)})

    assert may.edit(actor, Risk(group_id=HAL, owner_id=owner, created_by_id=creator)) is allowed


def test_a_director_reads_and_speaks_but_does_not_edit():
    director = Actor(person_id=ME, person_name="x", is_director=True)

    assert not may.edit(director, Risk(group_id=HAL))
    assert not may.record_in(director, Group(id=HAL))
