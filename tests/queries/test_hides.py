from tracker.policies.actor import Actor
from tracker.queries import hides


def test_who_never_put_anything_off_has_nothing(db_session, cast):
    """The rest is seen in tests/services/test_hides.py."""
    director = Actor(person_id=cast["director"].person_id, person_name="x", is_director=True)

    assert hides.last(director) == 0
