from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from tests import factories as make
from tests.conftest import NOW
from tracker.jobs import night
from tracker.lib.dates import ZONE
from tracker.lib.recurrence import Frequency
from tracker.models import Occurrence, OutboxItem, SignInAttempt, Strand, Summary, Task
from tracker.services import recurrences, trash
from tracker.services.act import Act


@pytest.mark.parametrize(
    ("clock", "key"),
    [
        ((2026, 11, 23, 1, 59), "night:2026-11-22"),
        ((2026, 11, 23, 2, 0), "night:2026-11-23"),
        ((2026, 11, 23, 23, 0), "night:2026-11-23"),
        ((2027, 1, 1, 0, 30), "night:2026-12-31"),
    ],
)
def test_the_night_begins_at_two_in_viet_nam(db_session, clock, key):
    assert night.plan(at=datetime(*clock, tzinfo=ZONE)).key == key


def test_a_night_is_planned_once(db_session):
    night.plan(at=NOW)

    assert night.plan(at=NOW + timedelta(hours=5)) is None
    assert db_session.scalar(select(func.count()).select_from(OutboxItem)) == 1


def test_the_work_of_a_night(db_session, cast):
    stream = make.stream_of(db_session, cast)
    old, young = make.task(db_session, stream), make.task(db_session, stream)
    month = timedelta(days=31)
    for task, at in ((old, NOW - month), (young, NOW)):
        trash.throw_away(task, by=Act(person_id=None, at=at, cause="web"))
    for at in (NOW - 3 * month, NOW):
        db_session.add(SignInAttempt(email="a", address="b", at=at, succeeded=False))
    db_session.commit()
    other = cast.workstreams["HAL", Strand.STANDARDS]
    db_session.get(Summary, other).facts = {"wrong": True}
    db_session.commit()

    counts = night.work(at=NOW)

    assert counts.pop("holidays_filled") > 30
    assert counts.pop("days_kept") == night.DAYS_AT_ONCE
    assert counts == {
        "purged": 1,
        "summaries_mended": 1,
        "attempts_forgotten": 1,
        "outbox_forgotten": 0,
        "names_taken_up": 0,
        "drafts_forgotten": 0,
        "exports_forgotten": 0,
        "tasks_recurring": 0,
        "reviews_reminded": 0,
        "reports_reminded": 0,
        "check_ins_asked": 0,
    }
    left = select(Task.code).where(Task.deleted_at.is_not(None))
    assert db_session.scalars(left).all() == [young.code]
    assert night.work(at=NOW) == dict.fromkeys(counts, 0) | {"holidays_filled": 0, "days_kept": 1}


def test_a_part_that_fails_holds_no_other_up(db_session, cast):
    stream = make.stream_of(db_session, cast)
    by = Act(person_id=None, at=NOW, cause="web")
    recurrences.create(
        stream, "Họp tuần", frequency=Frequency.WEEKLY, weekday=0, lead_days=14, by=by
    )
    db_session.commit()
    db_session.execute(text("DROP TABLE sign_in_attempts"))
    db_session.commit()

    with pytest.raises(ExceptionGroup) as raised:
        night.work(at=NOW)

    assert [type(error) for error in raised.value.exceptions] in (
        [OperationalError],
        [ProgrammingError],
    )
    assert db_session.scalar(select(func.count()).select_from(Occurrence)) == 3
