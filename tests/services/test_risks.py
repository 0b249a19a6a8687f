from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.models import RiskKind, Strand, Treatment
from tracker.policies.actor import Actor
from tracker.queries import risks as read
from tracker.queries import search
from tracker.services import risks as do
from tracker.services import trash
from tracker.services.act import Act

TODAY = make.TODAY
EVERYBODY = Actor(person_id=0, person_name="", is_administrator=True)


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session)[1][Strand.METROLOGY]


def a_risk(stream, **values):
    values = {"likelihood": 3, "impact": 4, "by": BY} | values
    return do.create(stream, RiskKind.RISK, "Có thể thiếu chuẩn đo", **values)


def codes(risk):
    return [one.code for one in read.blocked(risk)]


def told(risk):
    return {change.field: (change.old, change.new) for change in changes_of(risk)}


def test_an_entry_has_a_code_of_its_group_and_can_be_found(db_session, stream):
    task, milestone = make.task(db_session, stream), make.milestone(db_session, stream)

    first = a_risk(stream, blocks=[task.code, milestone.code], treatment=Treatment.REDUCE)
    second = do.create(stream, RiskKind.DIFFICULTY, "Thiếu chuẩn đo", by=BY)

    assert (first.code, second.code) == ("ION-R1", "ION-R2")
    assert codes(first) == [task.code, milestone.code]
    assert told(first)["blocks"] == (None, [task.code, milestone.code])
    assert {hit.code for hit in search.search(EVERYBODY, "thieu chuan do").hits} == {
        first.code,
        second.code,
    }


def test_a_difficulty_is_not_judged_by_what_belongs_to_risks(stream):
    made = do.create(
        stream,
        RiskKind.DIFFICULTY,
        "Thiếu chuẩn đo",
        likelihood=5,
        impact=5,
        treatment=Treatment.AVOID,
        by=BY,
    )

    assert (made.likelihood, made.impact, made.treatment) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"likelihood": 6}, "risk_off_scale"),
        ({"impact": 0}, "risk_off_scale"),
        ({"likelihood": None}, "risk_not_judged"),
        ({"review_on": TODAY - timedelta(days=1)}, "review_in_past"),
        ({"blocks": ["ION-99"]}, "blocked_unknown"),
        ({"blocks": ["LUN-1"]}, "blocked_unknown"),
        ({"blocks": ["ION-R1"]}, "blocked_unknown"),
        ({"blocks": [f"ION-{n}" for n in range(1, 52)]}, "blocked_too_many"),
    ],
)
def test_nonsense_is_refused(db_session, stream, values, code):
    other = make.whole_group(db_session, "LUN", is_restricted=True)[1][Strand.METROLOGY]
    make.task(db_session, other)

    with pytest.raises(RuleViolationError) as refused:
        a_risk(stream, **values)

    assert refused.value.code == code


def test_what_lies_in_the_trash_or_is_purged_is_not_blocked(db_session, stream):
    task, other = make.task(db_session, stream), make.task(db_session, stream)
    risk = a_risk(stream, blocks=[task.code, other.code])

    thrown = trash.throw_away(task, by=BY)

    assert codes(risk) == [other.code]
    do.edit(risk, {}, blocks=[], by=BY)
    assert (codes(risk), read.of_item(task)) == ([], ())

    trash.restore(thrown, by=BY)

    assert codes(risk) == [task.code]

    trash.throw_away(task, by=BY)
    trash.purge(by=Act(person_id=None, at=NOW + timedelta(days=400), cause="night"))

    assert read.of_item(task) == ()


def test_two_editors_of_different_fields_both_keep_theirs(db_session, stream):
    task, other = make.task(db_session, stream), make.task(db_session, stream)
    risk = a_risk(stream, blocks=[task.code])
    db_session.commit()
    seen = risk.version
    do.edit(risk, {"impact": 5}, blocks=[task.code, other.code], by=BY, seen=seen)
    db_session.commit()

    do.edit(risk, {"title": "Khác", "impact": 4}, blocks=[], by=BY, seen=seen)

    assert (risk.title, risk.impact) == ("Khác", 5)
    assert codes(risk) == [other.code]
    with pytest.raises(StaleError):
        do.edit(risk, {"impact": 2}, by=BY, seen=seen)


def test_a_review_that_is_overdue_stays_while_something_else_is_edited(db_session, stream):
    risk = make.risk(db_session, stream, review_on=TODAY - timedelta(days=10))

    do.edit(risk, {"title": "Khác", "review_on": risk.review_on}, by=BY)

    assert risk.title == "Khác"
    with pytest.raises(RuleViolationError):
        do.edit(risk, {"review_on": TODAY - timedelta(days=1)}, by=BY)


def test_a_risk_that_came_true_is_a_difficulty_and_keeps_what_it_was_judged_by(stream):
    risk = a_risk(stream)

    do.happen(risk, by=BY)

    assert (risk.kind, risk.happened_on, risk.level) == (RiskKind.DIFFICULTY, TODAY, 12)
    assert told(risk)["kind"] == ("risk", "difficulty")
    with pytest.raises(RuleViolationError, match="risk_has_happened"):
        do.happen(risk, by=BY)


def test_what_is_over_says_how_it_ended_and_can_be_opened_again(stream):
    risk = a_risk(stream)
    with pytest.raises(RuleViolationError, match="outcome_needed"):
        do.close(risk, "", by=BY)

    do.close(risk, "Đã mượn được chuẩn.", by=BY)

    assert (risk.is_open, risk.closed_on) == (False, TODAY)
    for again in (
        lambda: do.close(risk, "Lần nữa", by=BY),
        lambda: do.edit(risk, {"title": "Khác"}, by=BY),
        lambda: do.happen(risk, by=BY),
    ):
        with pytest.raises(RuleViolationError, match="risk_closed"):
            again()

    do.reopen(risk, by=BY)

    assert (risk.is_open, risk.outcome) == (True, "")
    assert ("Đã mượn được chuẩn.", "") in [
        (change.old, change.new) for change in changes_of(risk) if change.field == "outcome"
    ]
