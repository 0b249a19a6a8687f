from datetime import UTC, datetime

import pytest

from tracker.models import Comment
from tracker.policies import comments
from tracker.policies.actor import Actor

AUTHOR = Actor(person_id=7, person_name="x")
ADMINISTRATOR = Actor(person_id=8, person_name="x", is_administrator=True)


@pytest.mark.parametrize(("actor", "may"), [(AUTHOR, True), (ADMINISTRATOR, False)])
def test_only_the_author_puts_words_otherwise(actor, may):
    assert comments.edit(actor, Comment(author_id=7)) is may


def test_what_was_taken_back_stays_so():
    gone = Comment(author_id=7, deleted_at=datetime(2026, 11, 23, tzinfo=UTC))

    assert not comments.edit(AUTHOR, gone)
