from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.models import Directive, OutboxItem, Person, Priority, Task, TaskStatus
from tracker.services import directives as do
from tracker.services import notifications, people, tasks, trash
from tracker.services.act import Act

DUE = TODAY + timedelta(days=14)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def wanted(stream, cast):
    return do.Wanted(
        workstream=stream,
        title="Báo cáo phương án",
        due=DUE,
        owner_id=cast["member"].person_id,
        lead_unit_id=cast.unit_id,
        result="Báo cáo",
        priority=Priority.URGENT,
        assigning_document="214/TB-TĐC",
        assigning_item="mục 3",
    )


@pytest.fixture
def secretary(cast):
    return Act(person_id=cast["secretary"].person_id, at=NOW, cause="web")


def given(session, task):
    return session.get_one(Directive, task.id)


def promised(session):
    rows = session.scalars(select(OutboxItem).order_by(OutboxItem.id))
    return [(row.kind, row.payload["person_id"]) for row in rows]


def refused(act, *args, **kwargs):
    with pytest.raises(RuleViolationError) as error:
        act(*args, **kwargs)
    return error.value.code


def test_a_directive_is_a_task_with_who_gave_it_and_who_typed_it(
    db_session, cast, wanted, secretary
):
    task = do.give(wanted, given_by=cast["director"].person_id, by=secretary)
    directive = given(db_session, task)

    assert (task.code, task.due, task.priority) == ("HAL-1", DUE, Priority.URGENT)
    assert (task.assigning_document, task.assigning_item) == ("214/TB-TĐC", "mục 3")
    assert task.is_clear
    assert directive.given_by_id == cast["director"].person_id
    (change,) = changes_of(directive)
    assert (change.kind, change.field) == ("directive", "created")
    assert change.person_id == cast["secretary"].person_id
    assert promised(db_session) == [(notifications.ASSIGNED, cast["member"].person_id)]


def test_the_unit_of_the_person_leads_where_none_was_named(db_session, cast, wanted):
    task = do.give(replace(wanted, lead_unit_id=None), given_by=1, by=BY)

    assert task.lead_unit_id == cast.unit_id


def test_a_unit_alone_is_accepted_and_its_group_asked_to_name_somebody(
    db_session, cast, wanted, secretary
):
    task = do.give(replace(wanted, owner_id=None), given_by=1, by=secretary)

    assert not task.is_clear
    leading = {cast[role].person_id for role in ("head", "deputy")}
    assert sorted(promised(db_session)) == sorted(
        (notifications.PERSON_WANTED, person_id) for person_id in leading
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"due": TODAY - timedelta(days=1)}, "directive_due_past"),
        ({"owner_id": None, "lead_unit_id": None}, "directive_to_nobody"),
        ({"due": DUE.replace(year=2300)}, "outside_years"),
    ],
)
def test_what_cannot_be_meant_is_refused(wanted, changed, code):
    assert refused(do.give, replace(wanted, **changed), given_by=1, by=BY) == code


def test_a_recalled_directive_is_dropped_and_can_be_given_again(db_session, wanted):
    task = do.give(wanted, given_by=1, by=BY)
    tasks.set_progress(task, 40, by=BY)
    directive = given(db_session, task)

    assert refused(do.recall, directive, task, "  ", by=BY) == "directive_why_needed"
    do.recall(directive, task, " Lồng vào hội nghị năm. ", by=BY)
    assert (task.status, directive.is_recalled(task)) == (TaskStatus.DROPPED, True)
    assert directive.recalled_why == "Lồng vào hội nghị năm."
    assert refused(do.recall, directive, task, "x", by=BY) == "directive_ended"

    do.give_again(directive, task, by=BY)
    assert (task.status, directive.recalled_at) == (TaskStatus.DOING, None)
    assert refused(do.give_again, directive, task, by=BY) == "directive_not_recalled"
    fields = [change.field for change in changes_of(directive)]
    assert fields == ["created", *(("recalled_at", "recalled_why") * 2)]


def test_it_goes_to_the_trash_and_back_with_its_task_and_is_gone_with_it(db_session, wanted):
    task = do.give(wanted, given_by=1, by=BY)
    thrown = trash.throw_away(task, by=BY)
    trash.restore(thrown, by=BY)
    assert given(db_session, task).given_by_id == 1

    trash.throw_away(task, by=BY)
    trash.purge(by=replace(BY, at=NOW + timedelta(days=40)))
    assert db_session.scalars(select(Directive)).all() == []
    assert db_session.scalars(select(Task).where(Task.id == task.id)).all() == []


def test_directives_of_two_rows_that_are_one_person_become_that_persons(db_session, cast, wanted):
    twice = make.person(db_session, "Vũ Đình Đức")
    task = do.give(wanted, given_by=twice.id, by=BY)
    people.merge(twice, db_session.get_one(Person, cast["director"].person_id), by=BY)

    assert given(db_session, task).given_by_id == cast["director"].person_id
