from datetime import date

import pytest

from tests import factories as make
from tests.services.acts import BY
from tracker.queries import baselines as read
from tracker.services import baselines as do

DAY = date(2026, 11, 20)


def approve(group, number):
    do.approve(group, document_number=number, document_date=DAY, by=BY)


def test_approvals_stand_with_the_latest_first(db_session):
    group, streams = make.whole_group(db_session)
    stream = next(iter(streams.values()))
    make.milestone(db_session, stream)
    approve(group, "1/QĐ")
    make.task(db_session, stream)
    approve(group, "2/QĐ")
    db_session.flush()

    rows = [(a.number, a.document_number, a.milestones, a.tasks) for a in read.listing(group)]

    assert rows == [(2, "2/QĐ", 1, 1), (1, "1/QĐ", 1, 0)]
    assert read.listing(group)[0].approved_by == ""


def test_what_an_approval_would_cover_is_counted(db_session):
    group, streams = make.whole_group(db_session)
    stream = next(iter(streams.values()))
    assert read.pending(group).is_empty

    make.milestone(db_session, stream, baseline=DAY, forecast=DAY)
    make.milestone(db_session, stream, baseline=DAY, forecast=date(2026, 12, 1))
    make.milestone(db_session, stream, forecast=DAY)
    make.milestone(db_session, stream, baseline=DAY, forecast=DAY, deleted_at=BY.at)
    make.task(db_session, stream)

    assert read.pending(group) == read.Plan(milestones=3, tasks=1, moved=2)


@pytest.mark.parametrize("rows", [1, 3])
def test_approvals_are_one_query(db_session, queries, rows):
    group, streams = make.whole_group(db_session)
    make.task(db_session, next(iter(streams.values())))
    for number in range(rows):
        approve(group, f"{number}/QĐ")
        db_session.flush()

    with queries() as statements:
        read.listing(group)

    assert len(statements) == 1
