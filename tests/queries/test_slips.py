from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.services.acts import BY
from tracker.lib.periods import parse
from tracker.models import MoveReason, Strand
from tracker.policies.actor import Actor
from tracker.queries import slips as read
from tracker.queries.slips import Filters, Total
from tracker.services import extension_requests, milestones, tasks, trash
from tracker.services.act import Why

DUE, LATER, SOONER = date(2026, 12, 1), date(2026, 12, 15), date(2026, 11, 26)
ADMIN = Actor(person_id=0, person_name="x", is_administrator=True)
NOBODY = Actor(person_id=0, person_name="x")


def why(reason=MoveReason.BUDGET, sentence="", agreed_by=""):
    return Why(reason=reason, sentence=sentence, agreed_by=agreed_by)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def moved(session, stream, to=LATER, *, field="forecast", reason=MoveReason.BUDGET, ago=0, **task):
    item = make.task(session, stream, due=DUE, **task)
    move = tasks.move_forecast if field == "forecast" else tasks.move_due
    move(item, to, why=why(reason), by=replace(BY, at=BY.at - timedelta(days=ago)))
    session.flush()
    return item


def codes(actor=ADMIN, **filters):
    return [line.code for line in read.ledger(actor, Filters(**filters), 1).page.rows]


def test_a_line_says_from_when_to_when_why_who_and_who_agreed(db_session, cast, stream):
    task = make.task(db_session, stream, title="Đo", due=DUE, lead_unit_id=cast.unit_id)
    by = replace(BY, person_id=cast["head"].person_id)
    tasks.move_due(task, LATER, why=why(sentence="Chưa có.", agreed_by="Vũ Đức"), by=by)
    db_session.flush()

    (line,) = read.ledger(ADMIN, Filters(), 1).page.rows

    assert (line.code, line.title, line.field, line.strand) == (
        task.code,
        "Đo",
        "due",
        Strand.METROLOGY,
    )
    assert (line.from_day, line.to_day, line.days, line.working_days) == (DUE, LATER, 14, 10)
    assert (line.reason, line.sentence, line.agreed_by) == (
        MoveReason.BUDGET,
        "Chưa có.",
        "Vũ Đức",
    )
    assert (line.person, line.unit, line.cause) == (
        cast["head"].name,
        "Cục Tiêu chuẩn Đo lường Chất lượng",
        "cli",
    )


def test_filters_narrow_the_ledger(db_session, cast, stream):
    other = make.stream_of(db_session, cast, strand=Strand.INSPECTION)
    a = moved(db_session, stream, lead_unit_id=cast.unit_id).code
    b = moved(db_session, other, reason=MoveReason.OTHER_BODY, ago=40).code
    c = moved(db_session, stream, field="due", ago=1).code

    assert codes() == [a, c, b]
    assert codes(group="HAL") == [a, c, b]
    assert codes(group="SOL") == []
    assert codes(strand=Strand.INSPECTION) == [b]
    assert codes(unit_id=cast.unit_id) == [a]
    assert codes(reason=MoveReason.BUDGET) == [a, c]
    assert codes(kind="task-due") == [c]
    assert codes(kind="milestone-forecast") == []
    assert codes(period=parse("cal:2026-10")) == [b]


def test_sums_are_made_by_reason_strand_unit_and_month(db_session, cast, stream):
    unit = cast.unit_id
    moved(db_session, stream, lead_unit_id=unit)
    moved(db_session, stream, SOONER, reason=MoveReason.OTHER_BODY, ago=40)
    moved(db_session, stream, field="due", ago=40)
    milestone = make.milestone(db_session, stream, baseline=DUE)
    milestones.edit(milestone, {"baseline": LATER}, by=BY, why=why())
    db_session.flush()

    totals = read.ledger(ADMIN, Filters(), 1).totals

    assert totals.whole == Total(None, 4, 14, 9, 14)
    assert totals.reasons == [
        Total(MoveReason.BUDGET, 3, 14, 14, 14),
        Total(MoveReason.OTHER_BODY, 1, 0, -5, 0),
    ]
    assert totals.strands == [Total(Strand.METROLOGY, 4, 14, 9, 14)]
    name = "Cục Tiêu chuẩn Đo lường Chất lượng"
    assert totals.units == [
        Total((None, ""), 3, 14, -5, 14),
        Total((unit, name), 1, 0, 14, 0),
    ]
    assert [(total.key.word, *total[1:]) for total in totals.periods] == [
        ("2026-12", 2, 0, 14, 14),
        ("2026-10", 2, 14, -5, 0),
    ]
    assert read.units(ADMIN) == [(unit, name)]


def test_moves_of_a_hidden_group_are_neither_shown_nor_summed(db_session, cast):
    moved(db_session, make.stream_of(db_session, cast, "SOL"))

    assert read.ledger(NOBODY, Filters(), 1).page.rows == []
    assert read.ledger(NOBODY, Filters(), 1).totals.whole.moves == 0
    assert read.units(NOBODY) == []


def test_an_item_that_is_gone_or_went_elsewhere_leaves_its_moves_without_its_title(
    db_session, cast, stream
):
    thrown = moved(db_session, stream)
    trash.throw_away(thrown, by=BY)
    secret = moved(db_session, stream, title="Kín")
    tasks.place(secret, by=BY, workstream=make.stream_of(db_session, cast, "SOL"))
    db_session.flush()

    lines = read.ledger(NOBODY, Filters(), 1).page.rows

    assert [(line.code, line.title) for line in lines] == [
        (secret.code, None),
        (thrown.code, None),
    ]


def test_a_granted_request_is_the_cause(db_session, stream):
    task = make.task(db_session, stream, due=DUE)
    request = extension_requests.ask(task, LATER, why=why(sentence="Chưa có."), by=BY)
    extension_requests.answer(request, grant=True, sentence="Được.", by=BY)
    db_session.flush()

    (line,) = read.rows(ADMIN, Filters())

    assert (line.cause, line.cause_id) == ("extension", str(request.id))


@pytest.mark.parametrize("number", [1, 3])
def test_a_screen_takes_the_same_statements_for_one_and_for_three(
    db_session, stream, queries, number
):
    for _ in range(number):
        moved(db_session, stream)

    with queries() as statements:
        read.ledger(ADMIN, Filters(), 1)

    assert len(statements) == 8


def test_nothing_moved_takes_one_statement(db_session, queries):
    with queries() as statements:
        ledger = read.ledger(ADMIN, Filters(), 7)

    assert (len(statements), ledger.page.rows, ledger.page.number) == (1, [], 1)
