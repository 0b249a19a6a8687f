"""Every report is found by what is known of it; restricted ones by their own people alone."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tracker.extensions import db
from tracker.lib.periods import parse
from tracker.models import Group, ReportKind, ReportRead, ReportState
from tracker.policies.actor import Actor
from tracker.queries.reports import Filters, lines, units
from tracker.services import reports as do
from tracker.services.act import Act

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 16, 3, tzinfo=UTC)
ACT = Act(person_id=None, at=AT, cause="test")
OUTSIDER = Actor(person_id=9, person_name="x")
DIRECTOR = Actor(person_id=8, person_name="y", is_director=True)


@pytest.fixture
def put(db_session, cast):
    """`put("HAL", "2026-11", state=…)` is a report in the register; `None` is all groups."""

    def made(key="HAL", word="2026-11", **given):
        group = db_session.get(Group, cast.groups[key]) if key else None
        report = do.begin(group, parse(word), by=ACT)
        for name, value in given.items():
            setattr(report, name, value)
        db_session.flush()
        return report

    return made


@pytest.fixture
def issued(db_session, put):
    """The same, issued under a number."""

    def made(number, *, revision=0, **given):
        report = put(state=ReportState.ISSUED, **given)
        make.record(db_session, report, number, revision=revision)
        return report

    return made


def found(actor=DIRECTOR, **asked):
    return [line.report for line in lines(actor, Filters(**asked), 1, today=TODAY).lines]


def test_the_latest_periods_come_first_and_all_groups_before_one(put):
    october, november = put(word="2026-10"), put(word="2026-11")
    whole = put(None)

    assert found() == [whole, november, october]


def test_a_restricted_report_is_not_in_the_register_of_others(put):
    report = put("SOL")

    assert (found(OUTSIDER), found(DIRECTOR)) == ([], [report])


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"group": "hal"}, [0, 1]),
        ({"group": "all"}, [2]),
        ({"kind": ReportKind.ANNUAL}, [2]),
        ({"state": ReportState.RETURNED}, [1]),
        ({"period": "2026-11"}, [0]),
        ({"period": "2026-Q4"}, [0, 1]),
        ({"period": "2026"}, [2, 0, 1]),
        ({"period": "2025"}, []),
        ({"text": "PHAN NAN"}, [0]),
        ({"text": "phàn 100%"}, []),
        ({"text": "tổng kết"}, [2]),
    ],
)
def test_reports_are_found_by_what_is_asked(put, asked, numbers):
    reports = [
        put(folded="to cong tac hal doanh nghiep phan nan"),
        put(word="2026-10", state=ReportState.RETURNED),
        put(None, "2026", kind=ReportKind.ANNUAL, folded="tong ket nam 2026"),
    ]

    assert found(**asked) == [reports[number] for number in numbers]


def test_a_report_is_found_by_its_number(put, issued):
    put(word="2026-10")
    report = issued("05/BC-TĐC")

    assert found(text="05/bc") == [report]


def test_a_unit_finds_its_own(db_session, put):
    unit = make.unit(db_session, "Viện Đo lường Việt Nam")
    put()
    report = put(None, unit_id=unit.id)

    assert found(unit_id=unit.id) == [report]
    assert found(group="all") == []
    assert units(DIRECTOR) == [unit]


def test_a_line_names_the_last_revision_and_counts_people_once(db_session, cast, issued):
    report = issued("05/BC-TĐC", revision=0)
    corrected = make.record(db_session, report, "07/BC-TĐC", revision=1)
    make.record(db_session, report, revision=2)  # submitted again, not yet issued
    for role, record_id in (("member", 1), ("member", 2), ("director", 2)):
        read = ReportRead(
            record_id=corrected.id - 2 + record_id, person_id=cast[role].person_id, read_at=AT
        )
        make.add(db_session, read)

    [line] = lines(DIRECTOR, Filters(), 1, today=TODAY).lines

    assert (line.record, line.readers) == (corrected, 2)


@pytest.mark.parametrize(
    ("state", "due", "is_late"),
    [
        (ReportState.APPROVED, date(2026, 11, 22), True),
        (ReportState.APPROVED, date(2026, 11, 23), False),
        (ReportState.ISSUED, date(2026, 11, 22), False),
        (ReportState.DRAFT, None, False),
    ],
)
def test_a_report_is_late_until_it_is_issued(put, state, due, is_late):
    put(state=state, due_on=due)

    assert [line.is_late for line in lines(DIRECTOR, Filters(), 1, today=TODAY).lines] == [is_late]


@pytest.mark.parametrize("number", [1, 3])
def test_a_screen_takes_four_statements(issued, queries, number):
    for month in range(1, number + 1):
        issued(f"{month:02}/BC", word=f"2026-{month:02}")
    db.session.expunge_all()

    with queries() as statements:
        shown = lines(DIRECTOR, Filters(), 1, today=TODAY)
        keys = [line.report.group.key for line in shown.lines]

    assert keys == ["HAL"] * number
    assert len(statements) == 4


def test_a_page_beyond_the_last_is_the_last(put):
    report = put()

    shown = lines(DIRECTOR, Filters(), 99, today=TODAY)

    assert ([line.report for line in shown.lines], shown.page, shown.total) == ([report], 1, 1)
