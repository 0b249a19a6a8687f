from datetime import UTC, datetime, timedelta

import pytest

from tests import factories as make
from tracker.errors import RuleViolationError, StaleError
from tracker.models import Strand
from tracker.queries import history
from tracker.services import comments as do
from tracker.services.act import Act

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def act(cast):
    return Act(person_id=cast["member"].person_id, at=NOW, cause="web")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]


def test_one_can_talk_about_a_task_and_about_a_milestone(db_session, stream, act):
    task, milestone = make.task(db_session, stream), make.milestone(db_session, stream)

    about_task = do.write(task, " Được ", by=act)
    about_milestone = do.write(milestone, "Chưa", by=act)
    db_session.commit()

    assert (about_task.body, about_task.task_id, about_task.milestone_id) == ("Được", task.id, None)
    assert about_milestone.milestone_id == milestone.id


def test_other_words_leave_the_former_ones_in_the_history(db_session, stream, act):
    comment = do.write(make.task(db_session, stream), "Dự kiến 1/12", by=act)
    db_session.commit()
    later = Act(person_id=act.person_id, at=NOW + timedelta(hours=1), cause="web")

    do.edit(comment, "Dự kiến 2/12", by=later)
    db_session.commit()

    (row,) = history.of("comment", comment.id)
    assert (row.old, row.new) == ("Dự kiến 1/12", "Dự kiến 2/12")
    assert comment.edited_at == later.at


def test_the_same_words_are_no_edit(db_session, stream, act):
    comment = do.write(make.task(db_session, stream), "Thế", by=act)
    db_session.commit()

    do.edit(comment, "Thế", by=act)

    assert comment.edited_at is None


def test_what_is_taken_back_stays_in_the_record(db_session, stream, act):
    comment = do.write(make.task(db_session, stream), "Thế", by=act)
    db_session.commit()

    do.remove(comment, by=act)
    db_session.commit()

    assert (comment.deleted_at, comment.body) == (NOW, "Thế")
    assert [row.field for row in history.of("comment", comment.id)] == ["deleted_at"]


def test_two_windows_of_one_author_are_asked(db_session, stream, act):
    comment = do.write(make.task(db_session, stream), "Một", by=act)
    db_session.commit()
    seen = comment.version
    do.edit(comment, "Hai", by=act)
    db_session.commit()

    with pytest.raises(StaleError):
        do.edit(comment, "Ba", by=act, seen=seen)


@pytest.mark.parametrize(
    ("body", "code"), [(" \n ", "comment_empty"), ("x" * 20_001, "comment_too_long")]
)
def test_nothing_and_too_much_are_refused(db_session, stream, act, body, code):
    with pytest.raises(RuleViolationError, match=code):
        do.write(make.task(db_session, stream), body, by=act)
