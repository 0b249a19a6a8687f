from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import Strand, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import milestones as read
from tracker.services import baselines
from tracker.services.act import Act

STRANGER = Actor(person_id=0, person_name="Người lạ")
ACT = Act(person_id=None, at=datetime(2026, 11, 23, 2, tzinfo=UTC), cause="web")


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session, "ZET")[1]


@pytest.fixture
def milestone(db_session, streams):
    made = make.milestone(db_session, streams[Strand.METROLOGY], baseline=TODAY)
    for status in (TaskStatus.DONE, TaskStatus.TODO, TaskStatus.DROPPED):
        task = make.task(db_session, streams[Strand.METROLOGY], milestone=made, status=status)
    make.task(db_session, streams[Strand.METROLOGY], milestone=made, parent=task)
    return made


def test_its_tasks_are_counted_without_subtasks_and_dropped_ones(milestone):
    details = read.details(milestone, TODAY)

    assert (len(details.tasks), details.done, details.counted) == (3, 1, 2)


def test_it_is_late_when_its_day_has_passed_and_it_is_open(milestone):
    assert not read.details(milestone, TODAY).is_late
    assert read.details(milestone, TODAY + timedelta(days=1)).is_late

    milestone.closed_on = TODAY
    assert not read.details(milestone, TODAY + timedelta(days=1)).is_late


def test_the_last_approval_counts(db_session, milestone):
    assert read.approval(milestone) is None

    for number in (1, 2):
        baselines.approve(
            milestone.group,
            document_number=f"QĐ {number}",
            document_date=date(2026, 11, number),
            by=ACT,
        )

    approval = read.approval(milestone)
    assert (approval.number, approval.document_number) == (2, "QĐ 2")
    later = make.milestone(db_session, milestone.workstream)
    assert read.approval(later) is None


def test_secret_ones_and_those_in_the_trash_are_not_found(db_session, milestone):
    assert read.find(STRANGER, "zet-m1") is milestone
    assert read.find(STRANGER, "SOL-M1") is None

    milestone.deleted_at = ACT.at
    assert read.find(STRANGER, "ZET-M1") is None


def test_a_milestone_of_another_workstream_is_not_inside(streams, milestone):
    assert read.inside(streams[Strand.METROLOGY], milestone.id) is milestone
    assert read.inside(streams[Strand.STANDARDS], milestone.id) is None
    assert read.inside(streams[Strand.METROLOGY], None) is None
