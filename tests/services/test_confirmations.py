from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests import factories as make
from tracker.models import Confirmation, Strand, Summary, Task
from tracker.services import confirmations as do
from tracker.services.act import Act

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_who_confirmed_what_and_when_is_kept_and_changes_nothing_else(db_session, cast):
    stream = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    task, milestone = make.task(db_session, stream), make.milestone(db_session, stream)
    db_session.commit()
    act = Act(person_id=cast["member"].person_id, at=NOW, cause="web")

    do.confirm(task, by=act)
    do.confirm(milestone, by=act)
    db_session.commit()

    rows = db_session.scalars(select(Confirmation).order_by(Confirmation.id)).all()
    assert [(row.task_id, row.milestone_id, row.person_id, row.at) for row in rows] == [
        (task.id, None, act.person_id, NOW),
        (None, milestone.id, act.person_id, NOW),
    ]
    assert (task.version, milestone.version) == (1, 1)


def test_a_word_on_an_item_is_in_the_facts_of_its_commit_and_an_older_one_changes_nothing(
    db_session, cast
):
    stream = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    task = make.task(db_session, stream)
    by = Act(person_id=cast["member"].person_id, at=NOW, cause="web")

    do.confirm(task, by=by)
    db_session.commit()
    do.confirm(task, by=replace(by, at=NOW - timedelta(days=9)))
    db_session.commit()

    kept = db_session.scalar(select(Summary.facts).where(Summary.workstream_id == stream.id))
    assert kept["confirmed"] == [["2026-11-23", 1]]
    assert db_session.scalar(select(Task.confirmed_at).where(Task.id == task.id)) == NOW
