import pytest

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.services import checklists as do
from tracker.services import tasks


@pytest.fixture
def task(db_session, cast):
    text = "Việc:\n\n- [ ] Một\n- [x] Hai"
    made = make.task(db_session, make.stream_of(db_session, cast), description=text)
    db_session.commit()
    return made


def test_a_box_is_ticked_and_the_tick_taken_away(task):
    do.tick(task, 0, on=True, by=BY)
    do.tick(task, 1, on=False, by=BY)

    assert task.description == "Việc:\n\n- [x] Một\n- [ ] Hai"
    assert [change.field for change in changes_of(task)] == ["description", "description"]


def test_ticking_what_is_ticked_changes_nothing(task):
    do.tick(task, 1, on=True, by=BY)

    assert changes_of(task) == []


def test_a_box_that_is_not_there_is_refused(task):
    with pytest.raises(RuleViolationError, match="no_such_box"):
        do.tick(task, 2, on=True, by=BY)


def test_a_box_of_a_text_changed_meanwhile_is_refused(db_session, task):
    seen = task.version
    tasks.edit(task, {"description": "- [ ] Không\n- [ ] Một"}, by=BY)
    db_session.commit()

    with pytest.raises(StaleError):
        do.tick(task, 0, on=True, by=BY, seen=seen)


def test_another_change_meanwhile_does_no_harm(db_session, task):
    seen = task.version
    tasks.set_progress(task, 30, by=BY)
    db_session.commit()

    do.tick(task, 0, on=True, by=BY, seen=seen)

    assert "[x] Một" in task.description
