from tracker.models import Role, Strand
from tracker.policies.actor import Actor, Post


def test_a_post_without_strands_covers_all_four():
    assert all(Post(Role.MEMBER).covers(strand) for strand in Strand)
    assert not Post(Role.MEMBER, frozenset({Strand.METROLOGY})).covers(Strand.STANDARDS)
    assert Post(Role.MEMBER, frozenset({Strand.METROLOGY})).covers(None)


def test_two_letters_stand_for_a_person():
    assert Actor(person_id=1, person_name="Đỗ Mai Lan").initials == "ML"


def test_people_who_see_the_same_share_what_is_kept_for_them():
    def seen_by(**about):
        return Actor(person_id=1, person_name="x", **about).scope_key

    assert seen_by(is_director=True) == seen_by(is_administrator=True)
    assert seen_by(posts={2: (), 1: ()}) == seen_by(posts={1: (), 2: ()})
    assert seen_by(posts={1: ()}) != seen_by()
