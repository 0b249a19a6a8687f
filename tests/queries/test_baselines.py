from datetime import date

import pytest

from tests import factories as make
from tests.services.acts import BY
from tracker.lib.slip import Slip
from tracker.lib.workdays import Calendar
from tracker.models import BaselineItem, Strand
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


@pytest.fixture
def stream(db_session):
    _, streams = make.whole_group(db_session)
    return streams[Strand.METROLOGY]


def test_an_approval_is_found_by_its_number(db_session, stream):
    make.task(db_session, stream)
    approve(stream.group, "1/QĐ")
    db_session.flush()

    assert read.find(stream.group, 1).document_number == "1/QĐ"
    assert read.find(stream.group, 2) is None


def test_what_was_approved_stands_beside_what_became_of_it(db_session, stream):
    day = date(2026, 12, 1)
    late = make.task(db_session, stream, due=day, title="Đo")
    done = make.task(db_session, stream, due=day)
    gone = make.task(db_session, stream, due=day)
    milestone = make.milestone(db_session, stream, baseline=day)
    approve(stream.group, "1/QĐ")
    late.title, late.forecast = "Đo lại", date(2026, 12, 8)
    done.finished_on = date(2026, 11, 30)
    gone.deleted_at = BY.at
    db_session.flush()
    approval = read.find(stream.group, 1)

    lines = read.lines(approval, Calendar())

    assert [(line.code, line.title, line.forecast, line.slip) for line in lines.rows] == [
        (milestone.code, "Trình dự thảo", None, Slip(0, 0)),
        (late.code, "Đo", date(2026, 12, 8), Slip(7, 5)),
        (done.code, "Soạn dự thảo", None, Slip(-1, -1)),
        (gone.code, "Soạn dự thảo", None, None),
    ]
    assert [line.is_live for line in lines.rows] == [True, True, True, False]
    assert read.counts(approval) == [read.Count("metrology", 1, 3)]
    assert read.lines(approval, Calendar(), "inspection").rows == []


@pytest.mark.parametrize("kind", [make.task, make.milestone])
def test_what_went_to_another_group_tells_nothing_of_it(db_session, stream, kind):
    gone = kind(db_session, stream, forecast=DAY)
    approve(stream.group, "1/QĐ")
    _, streams = make.whole_group(db_session, "SEC", "Mật", is_restricted=True)
    elsewhere = streams[Strand.METROLOGY]
    gone.group_id, gone.workstream_id = elsewhere.group_id, elsewhere.id
    db_session.flush()

    (line,) = read.lines(read.find(stream.group, 1), Calendar()).rows

    assert (line.code, line.forecast, line.actual, line.is_live) == (gone.code, None, None, False)


def test_the_plan_of_today_counts_actual_dates_then_forecasts_then_due_dates(db_session, stream):
    day, later = date(2026, 12, 1), date(2026, 12, 8)
    make.task(db_session, stream, due=day)
    make.task(db_session, stream, due=day, forecast=later)
    make.milestone(db_session, stream, baseline=day, forecast=later, closed_on=day)
    make.task(db_session, stream, due=day, deleted_at=BY.at)
    approve(stream.group, "1/QĐ")
    db_session.flush()

    today = read.items_today(stream.group)

    assert [(item.kind, item.day, item.basis) for item in today] == [
        ("milestone", day, "actual"),
        ("task", day, "due"),
        ("task", later, "forecast"),
    ]
    approved = read.items(read.find(stream.group, 1))
    assert [(item.kind, item.day, item.is_live) for item in approved] == [
        ("milestone", day, True),
        ("task", day, True),
        ("task", day, True),
    ]


@pytest.mark.parametrize("rows", [1, 1000])
def test_a_thousand_items_take_as_few_statements_as_one(db_session, stream, queries, rows):
    approve_many(db_session, stream, rows)
    approval = read.find(stream.group, 1)

    with queries() as statements:
        read.lines(approval, Calendar())
        read.counts(approval)
        read.items(approval)
        read.items_today(stream.group)

    assert len(statements) == 6


def approve_many(session, stream, rows):
    make.task(session, stream)
    approve(stream.group, "1/QĐ")
    session.flush()
    approval = read.find(stream.group, 1)
    session.add_all(
        BaselineItem(
            baseline_id=approval.id,
            kind="task",
            subject_id=10_000 + number,
            code=f"ION-{number}",
            title="x",
            strand="metrology",
        )
        for number in range(rows - 1)
    )
    session.flush()
