from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY
from tracker.errors import RuleViolationError
from tracker.models import BaselineItem, MoveReason, Strand
from tracker.queries import history
from tracker.services import baselines as do
from tracker.services import milestones
from tracker.services.act import Why

PLANNED, EXPECTED, DAY = date(2026, 12, 2), date(2026, 12, 20), date(2026, 11, 20)
WHY = Why(reason=MoveReason.BUDGET)


@pytest.fixture
def plan(db_session):
    group, streams = make.whole_group(db_session)
    stream = streams[Strand.METROLOGY]
    milestone = make.milestone(db_session, stream, baseline=PLANNED, forecast=EXPECTED)
    task = make.task(db_session, stream, start=DAY, due=PLANNED)
    make.task(db_session, stream, title="Đã bỏ", deleted_at=BY.at)
    return group, milestone, task


def approve(group, number="45/QĐ", day=DAY):
    return do.approve(group, document_number=number, document_date=day, by=BY)


def items(session, baseline):
    query = select(BaselineItem).where(BaselineItem.baseline_id == baseline.id)
    return [
        (item.kind, item.code, item.strand, item.start, item.due)
        for item in session.scalars(query.order_by(BaselineItem.id))
    ]


def test_the_first_approval_makes_the_draft_the_baseline(db_session, plan):
    group, milestone, task = plan

    baseline = approve(group, " 45/QĐ ")
    db_session.flush()

    assert (baseline.number, baseline.document_number) == (1, "45/QĐ")
    assert milestone.baseline == PLANNED
    assert items(db_session, baseline) == [
        ("milestone", milestone.code, "metrology", None, PLANNED),
        ("task", task.code, "metrology", DAY, PLANNED),
    ]


def test_a_milestone_without_a_planned_day_takes_its_forecast(db_session, plan):
    group, milestone, _ = plan
    milestone.baseline = None

    approve(group)

    assert milestone.baseline == EXPECTED


def test_a_later_approval_takes_the_forecasts_of_open_milestones(db_session, plan):
    group, milestone, _ = plan
    closed = make.milestone(
        db_session, milestone.workstream, baseline=PLANNED, forecast=EXPECTED, closed_on=DAY
    )
    approve(group)
    db_session.flush()

    second = approve(group, "46/QĐ")
    db_session.flush()

    assert (milestone.baseline, closed.baseline) == (EXPECTED, PLANNED)
    assert second.number == 2
    moved = [one for one in history.of("milestone", milestone.id) if one.field == "baseline"]
    assert [(one.reason, one.sentence) for one in moved] == [(MoveReason.OTHER, "46/QĐ")]


def test_an_approved_baseline_moves_by_an_approval_only(db_session, plan):
    group, milestone, _ = plan
    approve(group)
    later = milestones.create(milestone.workstream, "Thêm sau", by=BY, baseline=PLANNED)
    db_session.flush()

    with pytest.raises(RuleViolationError, match="baseline_approved"):
        milestones.edit(milestone, {"baseline": EXPECTED}, by=BY, why=WHY)
    milestones.edit(later, {"baseline": EXPECTED}, by=BY, why=WHY)

    assert (milestone.baseline, later.baseline) == (PLANNED, EXPECTED)


def test_what_was_approved_stays_as_it_was(db_session, plan):
    group, milestone, _ = plan
    first = approve(group)
    db_session.flush()
    before = items(db_session, first)

    milestone.title = "Khác"
    approve(group, "46/QĐ")
    db_session.flush()

    assert items(db_session, first) == before


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        (" ", DAY, "baseline_needs_document"),
        ("1/QĐ", BY.today + timedelta(days=1), "document_in_future"),
    ],
)
def test_an_approval_needs_a_document_of_today_or_before(db_session, plan, number, day, code):
    with pytest.raises(RuleViolationError, match=code):
        approve(plan[0], number, day)


def test_a_document_approves_a_plan_once(db_session, plan):
    approve(plan[0])
    db_session.flush()

    with pytest.raises(RuleViolationError, match="baseline_twice"):
        approve(plan[0])


def test_an_empty_plan_is_not_approved(db_session):
    with pytest.raises(RuleViolationError, match="baseline_nothing_to_approve"):
        approve(make.group(db_session))
