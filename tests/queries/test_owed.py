from datetime import date

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.periods import PeriodBasis, PeriodKind, parse
from tracker.models import ReportState, Role, Unit
from tracker.policies.actor import Actor, Post
from tracker.queries import owed as read
from tracker.queries import regimes
from tracker.services import history
from tracker.services import regimes as do

EVERYBODY = Actor(person_id=0, person_name="", is_director=True)
MONTHLY = {"period_kind": PeriodKind.MONTH, "basis": PeriodBasis.DECREE}
WEEKLY = {"period_kind": PeriodKind.WEEK, "basis": PeriodBasis.CALENDAR, "weekday": 4}


@pytest.fixture
def monthly(db_session, cast):
    return do.create(
        "Tháng", group_id=cast.groups["HAL"], starts_on=date(2026, 10, 1), by=BY, **MONTHLY
    )


def told(owed):
    return [(one.period.word, one.due_on, one.is_late, one.state) for one in owed]


def issue(report):
    history.change(report, {"state": ReportState.ISSUED}, by=BY)


def test_every_period_that_is_closed_is_owed_and_the_one_that_runs(monthly):
    assert told(read.unsent(TODAY)) == [
        ("2026-10", date(2026, 10, 15), True, None),
        ("2026-11", date(2026, 11, 16), True, None),
        ("2026-12", date(2026, 12, 15), False, None),
    ]


def test_what_was_issued_is_owed_no_more_not_even_while_it_is_corrected(db_session, monthly):
    issue(do.begin(monthly, parse("2026-10"), by=BY))
    corrected = do.begin(monthly, parse("2026-11"), by=BY)
    history.change(corrected, {"revision": 1}, by=BY)
    draft = do.begin(monthly, parse("2026-12"), by=BY)
    db_session.flush()

    assert told(read.unsent(TODAY)) == [
        ("2026-12", date(2026, 12, 15), False, ReportState.DRAFT),
    ]
    assert read.unsent(TODAY)[0].report_id == draft.id


def test_an_ended_regime_owes_what_it_had_closed(monthly):
    do.edit(monthly, {"ended_on": date(2026, 11, 20)}, by=BY)

    assert [one.period.word for one in read.unsent(TODAY)] == ["2026-10", "2026-11"]


def test_a_unit_that_has_ended_owes_nothing_that_begins_afterwards(db_session, cast):
    head, unit = cast["head"].person_id, db_session.get_one(Unit, cast.unit_id)
    october = date(2026, 10, 1)
    regime = do.create(
        "Tháng", unit_id=unit.id, responsible_id=head, starts_on=october, by=BY, **MONTHLY
    )
    history.change(unit, {"valid_to": date(2026, 10, 15)}, by=BY)  # a day into November's
    db_session.flush()
    db_session.expire_all()

    assert [one.period.word for one in read.unsent(TODAY)] == ["2026-10", "2026-11"]
    assert [period.word for _regime, period in read.missing(TODAY)] == ["2026-10", "2026-11"]
    assert regimes.owing("2026-11", group_id=None, unit_id=unit.id) is regime
    assert regimes.owing("2026-12", group_id=None, unit_id=unit.id) is None
    assert regimes.coming(regimes.find(regime.id), TODAY) == []


def test_the_worker_is_told_what_is_closed_and_was_not_begun(db_session, monthly):
    do.begin(monthly, parse("2026-10"), by=BY)

    assert [period.word for _regime, period in read.missing(TODAY)] == ["2026-11"]
    assert read.missing(date(2026, 10, 14)) == []  # the last of the days it is about


def test_the_due_list_shows_what_the_reader_sees_and_what_is_theirs(db_session, monthly, cast):
    sol = do.create("Tuần", group_id=cast.groups["SOL"], by=BY, **WEEKLY)
    head = cast["head"].person_id
    of_all = do.create("Quý", responsible_id=head, by=BY, **MONTHLY)
    posts = {cast.groups["HAL"]: (Post(Role.HEAD),)}
    reader = Actor(person_id=head, person_name="", posts=posts)

    def regimes(actor, show=None):
        return {one.regime.id for one in read.due(actor, show, 1, TODAY).owed.rows}

    assert regimes(EVERYBODY) == {monthly.id, sol.id, of_all.id}
    assert regimes(EVERYBODY, read.Show.MINE) == set()
    assert regimes(EVERYBODY, read.Show.LATE) == {monthly.id}
    assert regimes(reader) == {monthly.id}
    assert regimes(reader, read.Show.ALL) == {monthly.id}  # a group is hidden: so is all of them
    assert {one.regime.id for one in read.pressing(reader, TODAY)} == {monthly.id}
    assert read.pressing(EVERYBODY, TODAY) == []
    assert len(read.of_group(monthly.group, TODAY)) == 2


def test_what_was_sent_is_told_with_how_late_it_was(db_session, monthly):
    for period, sent_on in (("2026-10", date(2026, 10, 15)), ("2026-11", date(2026, 11, 20))):
        report = do.begin(monthly, parse(period), by=BY)
        issue(report)
        for revision in (0, 1):  # a correction does not count
            number = f"{revision}/BC"
            make.record(db_session, report, number, revision=revision, document_date=sent_on)

    due = read.due(EVERYBODY, read.Show.SENT, 1, TODAY)

    assert (due.in_time, due.counts[read.Show.SENT]) == (1, 2)
    assert [(one.period.word, one.number, one.working_days) for one in due.sent.rows] == [
        ("2026-11", "0/BC", 4),
        ("2026-10", "0/BC", 0),
    ]


def test_what_is_due_takes_as_many_statements_however_much_there_is(db_session, cast, queries):
    for number in range(3):
        do.create(f"Tuần {number}", group_id=cast.groups["HAL"], by=BY, **WEEKLY)
    db_session.commit()

    with queries() as statements:
        read.due(EVERYBODY, None, 1, TODAY)

    assert len(statements) == 4
