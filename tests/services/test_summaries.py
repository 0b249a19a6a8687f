import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.extensions import db
from tracker.models import Milestone, Strand, Summary, Task, TaskStatus
from tracker.queries import facts
from tracker.services import milestones, summaries, tasks
from tracker.services.act import Act

ACT = Act(person_id=None, at=datetime(2026, 11, 23, 2, tzinfo=UTC), cause="web")


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session, "ZET")[1]


def kept(session, stream):
    return session.scalar(select(Summary).where(Summary.workstream_id == stream.id))


def test_a_change_is_in_the_summary_of_its_own_commit(db_session, streams):
    stream = streams[Strand.METROLOGY]
    task = tasks.create(stream, "Đo", by=ACT, due=date(2026, 12, 1))
    db_session.commit()
    assert kept(db_session, stream).facts["open_dues"] == [["2026-12-01", 1]]

    tasks.change_status(task, TaskStatus.DONE, by=ACT)
    db_session.commit()
    assert kept(db_session, stream).facts["done"] == 1


def test_a_rollback_leaves_no_trace(db_session, streams):
    stream = streams[Strand.METROLOGY]
    db_session.commit()
    before = kept(db_session, stream).revision

    tasks.create(stream, "Đo", by=ACT)
    db_session.rollback()
    db_session.commit()

    assert kept(db_session, stream).facts["undated"] == 0
    assert kept(db_session, stream).revision == before


def test_a_move_touches_both_workstreams_and_no_other(db_session, streams):
    old, new, other = (streams[s] for s in (Strand.METROLOGY, Strand.INSPECTION, Strand.STANDARDS))
    task = tasks.create(old, "Đo", by=ACT)
    db_session.commit()
    untouched = kept(db_session, other).revision

    tasks.place(task, workstream=new, by=ACT)
    db_session.commit()

    assert [kept(db_session, s).facts["undated"] for s in (old, new)] == [0, 1]
    assert kept(db_session, other).revision == untouched


def test_the_revision_rises_with_every_refresh(db_session, streams):
    stream = streams[Strand.METROLOGY]
    seen = []
    for title in ("Một", "Hai"):
        milestones.create(stream, title, by=ACT)
        db_session.commit()
        seen.append(kept(db_session, stream).revision)

    assert seen[0] < seen[1]


def test_the_night_finds_and_mends_what_differs(db_session, streams):
    stream = streams[Strand.METROLOGY]
    milestones.create(stream, "Mốc", by=ACT)
    db_session.commit()
    kept(db_session, stream).facts = {}
    db_session.commit()

    assert summaries.rebuild() == 1
    db_session.commit()
    assert summaries.rebuild() == 0
    assert facts.of([stream.id])[stream.id].to_json() == kept(db_session, stream).facts
    assert db_session.scalars(
        select(Milestone.title).where(Milestone.group_id == stream.group_id)
    ).all() == ["Mốc"]


def test_two_who_change_one_workstream_at_once_are_both_in_its_summary(app, cast, set_up):
    """The second waits in its commit until the first is stored, and gathers only then."""
    with set_up() as session:
        stream = make.whole_group(session, "ZET")[1][Strand.METROLOGY]
        kept_before = [tasks.create(stream, title, by=ACT) for title in ("Một", "Hai")]
        first, second = (task.id for task in kept_before)
    is_serial = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    is_at_commit, revisions = threading.Event(), []

    def finish(task_id):
        tasks.change_status(db.session.get(Task, task_id), TaskStatus.DONE, by=ACT)

    def do_second():
        with app.app_context():
            if is_serial:  # it could not even begin to write
                is_at_commit.set()
            finish(second)
            db.session.flush()
            is_at_commit.set()
            db.session.commit()
            revisions.append(kept(db.session, stream).revision)

    with app.app_context():
        finish(first)
        summaries.refresh_touched(db.session())
        db.session.flush()
        revisions.append(kept(db.session, stream).revision)
        other = threading.Thread(target=do_second)
        other.start()
        assert is_at_commit.wait(20)
        other.join(0.3)
        assert other.is_alive()
        db.session.commit()
        other.join(20)
        assert not other.is_alive()

    assert revisions[0] < revisions[1]
    with app.app_context():
        assert kept(db.session, stream).facts == facts.of([stream.id])[stream.id].to_json()
        assert kept(db.session, stream).facts["done"] == 2
