from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.lib.iso_records import Problem, Record
from tracker.lib.stages import StageRole
from tracker.models import (
    Change,
    Deliverable,
    DeliverableImport,
    SearchEntry,
    Stage,
    StageMove,
    Strand,
)
from tracker.policies.actor import Actor
from tracker.queries import deliverables as read_deliverables
from tracker.queries import records as read
from tracker.services import deliverables
from tracker.services import records as do

OPERATOR = Actor(person_id=0, person_name="", is_administrator=True)


def record(number=1, **values):
    values = {"title": f"Title {number}", "stage": "40.20"} | values
    return Record(line=number, source_id=f"iso:{number}", reference=f"ISO {number}", **values)


@pytest.fixture
def kind(db_session):
    made = make.kind(db_session, "ISO")
    make.stage(db_session, made, "40.20", is_repeatable=True)
    make.stage(db_session, made, "60.60", role=StageRole.GOAL)
    make.stage(db_session, made, "90.93", role=StageRole.LATER, is_repeatable=True)
    return made


@pytest.fixture
def stream(db_session):
    made = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    db_session.commit()
    return made


@pytest.fixture
def take(db_session, stream, kind):
    def taken(*records):
        found = do.take(records, stream, kind, by=BY)
        db_session.commit()
        return dict(found.counts)

    return taken


def everything(session):
    rows = session.scalars(select(Deliverable).order_by(Deliverable.id)).all()
    return [(row.code, row.reference, row.title, row.stage_id, row.stage_on) for row in rows]


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_new_records_get_codes_stages_history_and_can_be_found(db_session, take, kind):
    assert take(record(1), record(2, stage="")) == {"new": 2}

    first, second = db_session.scalars(select(Deliverable).order_by(Deliverable.id))
    assert (first.code, second.code) == ("ZET-D1", "ZET-D2")
    assert (first.stage_on, second.stage_id) == (None, None)
    assert [move.note for move in read_deliverables.moves(first)] == ["ISO Open Data"]
    assert [change.field for change in changes_of(first)] == ["created"]
    entry = db_session.scalar(select(SearchEntry).where(SearchEntry.code == "ZET-D1"))
    assert entry.title == "ISO 1 – Title 1"


def test_twice_changes_nothing(db_session, take):
    records = [record(1), record(2, stage="60.60", published=date(2026, 5, 1)), record(3)]
    take(*records)
    before = everything(db_session), count(db_session, Change), count(db_session, StageMove)

    assert take(*records) == {"unchanged": 3}
    assert before == (
        everything(db_session),
        count(db_session, Change),
        count(db_session, StageMove),
    )


def test_what_changed_is_followed_by_a_move(db_session, take):
    take(record(1))

    assert take(record(1, stage="60.60", published=date(2026, 10, 1))) == {"changed": 1}

    (deliverable,) = db_session.scalars(select(Deliverable))
    assert deliverable.stage_on == date(2026, 10, 1)
    assert [move.iteration for move in read_deliverables.moves(deliverable)] == [1, 1]


def test_a_day_that_is_not_that_of_the_stage_is_not_taken_for_it(db_session, take):
    take(
        record(1, stage="90.93", published=date(2020, 1, 1)),
        record(2, stage="60.60", published=date(2027, 1, 1)),
    )

    assert [row[4] for row in everything(db_session)] == [None, None]


def test_a_publication_before_a_day_that_was_typed_is_taken_without_its_day(db_session, take, kind):
    for position, code in enumerate(("50.00", "60.60", "90.93"), start=2):
        make.stage(db_session, kind, code).position = position
    take(record(1))
    (deliverable,) = db_session.scalars(select(Deliverable))
    typed = db_session.get_one(Stage, deliverable.stage_id)
    deliverables.enter(deliverable, typed, by=BY, on=date(2026, 10, 1))
    take(record(1, stage="50.00"))

    take(record(1, stage="60.60", published=date(2026, 9, 15)))

    last = db_session.scalars(select(StageMove).order_by(StageMove.id.desc())).first()
    assert (last.stage_id, last.on) == (deliverable.stage_id, None)
    assert db_session.get_one(Stage, deliverable.stage_id).code == "60.60"


def test_numbers_go_on_after_those_given(db_session, take, stream, kind):
    make.deliverable(db_session, stream)
    take(record(1))

    assert [row[0] for row in everything(db_session)] == ["ZET-D1", "ZET-D2"]


@pytest.mark.postgresql  # SQLite is given the rows of one statement one by one
@pytest.mark.parametrize("number", [2, 40])
def test_the_number_of_statements_is_that_of_the_tables(db_session, stream, kind, queries, number):
    do.take([record(1)], stream, kind, by=BY)
    db_session.commit()
    new = [record(n) for n in range(2, number + 2)]

    with queries() as statements:
        do.take(new, stream, kind, by=BY)
        db_session.flush()

    assert len(statements) == 7


def draft(stream, kind, *found):
    return do.draft(found, stream, kind, "iso.jsonl", by=BY)


def test_a_draft_is_kept_until_it_is_applied(db_session, stream, kind):
    made = draft(stream, kind, record(1), Problem(2, "record_not_json"), record(3))
    db_session.commit()
    assert (made.state, made.counts, len(made.rows)) == ("draft", {"unreadable": 1}, 2)
    made = read.find(OPERATOR, made.id)

    do.apply(made, by=BY)
    db_session.commit()

    assert (made.state, made.rows) == ("applied", [])
    assert made.counts == {"unreadable": 1, "new": 2}
    assert {change.cause for change in db_session.scalars(select(Change))} >= {f"records:{made.id}"}
    with pytest.raises(RuleViolationError, match="import_not_draft"):
        do.apply(made, by=BY)


def test_a_discarded_draft_is_forgotten(db_session, stream, kind):
    made = draft(stream, kind, record(1))

    do.discard(made)

    assert (made.state, made.rows) == ("discarded", [])
    with pytest.raises(RuleViolationError, match="import_not_draft"):
        do.discard(made)


def test_a_file_without_records_and_one_with_too_many_are_refused(stream, kind, monkeypatch):
    with pytest.raises(RuleViolationError, match="records_none"):
        draft(stream, kind)
    monkeypatch.setattr(do, "MOST_ROWS", 1)
    with pytest.raises(RuleViolationError, match="records_too_many"):
        draft(stream, kind, record(1), record(2))


def test_a_draft_that_nobody_took_is_forgotten_after_thirty_days(db_session, stream, kind):
    _old, taken, young = (
        do.draft([record(number)], stream, kind, "iso.jsonl", by=replace(BY, at=BY.at + later))
        for number, later in ((1, timedelta()), (2, timedelta()), (3, timedelta(days=1)))
    )
    do.apply(taken, by=BY)

    assert do.forget_drafts(at=BY.at + timedelta(days=30, seconds=1)) == 1
    assert set(db_session.scalars(select(DeliverableImport.id))) == {taken.id, young.id}
