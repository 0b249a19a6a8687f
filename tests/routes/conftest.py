"""A plan with a task that was finished in November, and reports on it."""

from datetime import UTC, datetime

import pytest

from tests import factories as make
from tracker.lib.periods import parse as period
from tracker.models import Group, Report, TaskStatus
from tracker.services import reports as do
from tracker.services import tasks
from tracker.services.act import Act

ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
EARLIER = Act(person_id=None, at=datetime(2026, 10, 1, 3, tzinfo=UTC), cause="test")


@pytest.fixture
def plan(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        task = tasks.create(stream, "Hiệu chuẩn cân", by=EARLIER)
        done = Act(person_id=None, at=datetime(2026, 11, 2, 3, tzinfo=UTC), cause="test")
        tasks.change_status(task, TaskStatus.DONE, by=done)


@pytest.fixture
def report_on(set_up, cast):
    """`report_on("HAL")` is the id of a new draft for November; `None` is all groups."""

    def made(key="HAL", word="2026-11"):
        with set_up() as session:
            group = session.get_one(Group, cast.groups[key]) if key else None
            report = do.begin(group, period(word), by=ACT)
            session.flush()
            return report.id

    return made


@pytest.fixture
def kept(app, set_up):
    def of(report_id):
        with set_up() as session:
            report = session.get_one(Report, report_id)
            return report.state, dict(report.narrative), report.version

    return of
