from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests import past
from tracker.errors import RuleViolationError
from tracker.models import Comment, DecisionLink, Milestone, SearchEntry, Strand, Task, Trash
from tracker.queries import history
from tracker.services import comments, decisions, milestones, tasks
from tracker.services import trash as do
from tracker.services.act import Act

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ACT = Act(person_id=None, at=NOW, cause="web")


def days_on(days):
    return Act(person_id=None, at=NOW + timedelta(days=days), cause="night")


@pytest.fixture
def stream(db_session):
    made = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    db_session.commit()
    return made


@pytest.fixture
def milestone(db_session, cast, stream):
    """A milestone with two tasks, one of them with a subtask, comments and sharing."""
    made = milestones.create(stream, "Mốc", by=ACT)
    first = tasks.create(stream, "Một", by=ACT, milestone=made)
    tasks.create(stream, "Con", by=ACT, parent=first)
    tasks.create(stream, "Hai", by=ACT, milestone=made, participant_ids=[cast["member"].person_id])
    comments.write(first, "Lời", by=Act(person_id=cast["member"].person_id, at=NOW, cause="web"))
    db_session.commit()
    return made


def live(session):
    rows = select(Task.title).where(Task.code.startswith("ZET"), Task.deleted_at.is_(None))
    return sorted(session.scalars(rows))


def findable(session):
    codes = select(SearchEntry.code).where(SearchEntry.code.startswith("ZET"))
    return sorted(session.scalars(codes))


def task(session, title):
    return session.scalars(select(Task).where(Task.title == title)).one()


def test_a_milestone_goes_with_everything_in_it_and_comes_back_whole(db_session, milestone):
    before = findable(db_session)

    thrown = do.throw_away(milestone, by=ACT)
    db_session.commit()
    assert (live(db_session), findable(db_session)) == ([], [])

    do.restore(thrown, by=days_on(29))
    db_session.commit()
    assert live(db_session) == ["Con", "Hai", "Một"]
    assert findable(db_session) == before
    assert milestone.deleted_at is None
    assert task(db_session, "Con").parent_id == task(db_session, "Một").id
    assert task(db_session, "Một").milestone_id == milestone.id
    fields = [row.field for row in history.of("milestone", milestone.id)]
    assert fields == ["created", "trashed", "restored"]


def test_what_was_thrown_away_before_does_not_come_back_with_the_rest(db_session, milestone):
    do.throw_away(task(db_session, "Hai"), by=ACT)
    thrown = do.throw_away(milestone, by=ACT)

    do.restore(thrown, by=ACT)

    assert live(db_session) == ["Con", "Một"]


def test_a_task_whose_milestone_is_gone_comes_back_outside_any(db_session, milestone):
    one = task(db_session, "Một")
    thrown = do.throw_away(one, by=ACT)
    do.throw_away(milestone, by=ACT)

    do.restore(thrown, by=ACT)
    db_session.commit()

    assert live(db_session) == ["Con", "Một"]
    assert (one.milestone_id, task(db_session, "Con").milestone_id) == (None, None)
    assert task(db_session, "Con").parent_id == one.id


def test_a_subtask_whose_parent_is_gone_comes_back_as_a_task(db_session, milestone):
    child = task(db_session, "Con")
    thrown = do.throw_away(child, by=ACT)
    do.throw_away(task(db_session, "Một"), by=ACT)

    do.restore(thrown, by=ACT)

    assert (child.parent_id, child.milestone_id) == (None, milestone.id)


def test_a_subtask_follows_its_parent_that_moved_meanwhile(db_session, stream, milestone):
    child, parent = task(db_session, "Con"), task(db_session, "Một")
    thrown = do.throw_away(child, by=ACT)
    db_session.commit()
    tasks.place(parent, by=ACT, workstream=stream)

    do.restore(thrown, by=ACT)

    assert (child.parent_id, child.milestone_id) == (parent.id, None)


def test_once_is_enough(db_session, milestone):
    thrown = do.throw_away(milestone, by=ACT)
    with pytest.raises(RuleViolationError, match="already_in_trash"):
        do.throw_away(milestone, by=ACT)

    do.restore(thrown, by=ACT)
    with pytest.raises(RuleViolationError, match="not_in_trash"):
        do.restore(thrown, by=ACT)


def test_after_thirty_days_it_is_gone_for_good_but_not_from_the_history(
    db_session, stream, milestone
):
    asked = make.person(db_session, "Vũ Đình Đức").id
    question = decisions.Question(
        question="Có?", wanted_from_id=asked, wanted_by=ACT.today, stalls=(milestone,)
    )
    decisions.ask(stream.group, question, by=ACT)
    thrown = do.throw_away(milestone, by=ACT)
    code, id_ = milestone.code, milestone.id
    db_session.commit()
    assert do.purge(by=days_on(30)) == 0

    assert do.purge(by=days_on(31)) == 1
    db_session.commit()

    for table in (Task, Milestone):
        assert db_session.scalar(select(func.count()).where(table.code.startswith("ZET"))) == 0
    for said in (Comment, DecisionLink):
        assert db_session.scalar(select(func.count()).select_from(said)) == 0
    assert history.of("milestone", id_)[-1].field == "purged"
    assert db_session.get(Trash, thrown.id).code == code
    with pytest.raises(RuleViolationError, match="not_in_trash"):
        do.restore(thrown, by=days_on(31))


def test_what_stays_when_its_milestone_or_parent_is_purged_lets_go_in_the_history(
    db_session, stream, milestone
):
    """A task trashed on its own, later than what it was in, is restored after that is gone."""
    one, child, two = (task(db_session, title) for title in ("Một", "Con", "Hai"))
    milestone_id, parent_id = milestone.id, one.id
    later = [do.throw_away(thing, by=ACT) for thing in (child, two)]
    do.throw_away(milestone, by=ACT)
    for thrown in later:
        thrown.at = days_on(10).at
    db_session.commit()

    assert do.purge(by=days_on(31)) == 1
    db_session.commit()

    assert (child.parent_id, child.milestone_id, two.milestone_id) == (None, None, None)
    let_go = {
        (row.field, row.old, row.new, row.cause)
        for thing in (child, two)
        for row in history.of("task", thing.id)
        if row.field.endswith("_id")
    }
    assert let_go == {
        ("parent_id", parent_id, None, "night"),
        ("milestone_id", milestone_id, None, "night"),
    }
    for thrown in later:
        do.restore(thrown, by=days_on(31))
    db_session.commit()
    state = past.state_at(stream, date(2026, 12, 24))
    assert sorted(item.values["title"] for item in state.values()) == ["Con", "Hai"]
    assert {
        item.values.get(name) for item in state.values() for name in ("parent_id", "milestone_id")
    } == {None}
