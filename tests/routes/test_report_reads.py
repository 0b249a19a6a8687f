"""Whoever is given an issued report has read it: by its page or by a file, once, and not before."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.exports.reports import make_facts
from tests.html import one, table, words
from tracker.extensions import db
from tracker.lib.periods import parse as period
from tracker.models import Group, Person, Report, ReportRead
from tracker.queries.reports import records
from tracker.services import report_exports as exports
from tracker.services import reports as do
from tracker.services.act import Act

ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")


@pytest.fixture
def report_id(set_up, cast):
    """A report that was submitted; `issue` takes it further."""
    with set_up() as session:
        report = do.begin(session.get_one(Group, cast.groups["HAL"]), period("2026-11"), by=ACT)
        session.flush()
        do.submit(report, do.freeze(report, make_facts(4)), by=ACT)
        return report.id


@pytest.fixture
def issue(set_up, report_id):
    def done():
        with set_up() as session:
            report = session.get_one(Report, report_id)
            do.approve(report, by=ACT, seen=records.current(report).id)
            do.issue(report, "05/BC-TĐC", date(2026, 11, 16), by=ACT)

    return done


@pytest.fixture
def readers(app):
    def names():
        with app.app_context():
            found = db.session.scalars(
                select(Person.full_name).join(ReportRead, ReportRead.person_id == Person.id)
            )
            return sorted(found)

    return names


def test_the_page_of_an_issued_report_counts_once(client_for, cast, report_id, issue, readers):
    client = client_for("member")
    client.get(f"/reports/{report_id}")
    assert readers() == []

    issue()
    client.head(f"/reports/{report_id}")
    assert readers() == []

    client.get(f"/reports/{report_id}")
    client.get(f"/reports/{report_id}")
    assert readers() == [cast["member"].name]


def test_a_file_of_it_counts_too(client_for, cast, report_id, issue, readers):
    issue()

    client_for("director").get(f"/reports/{report_id}/csv")

    assert readers() == [cast["director"].name]


def test_a_file_that_the_worker_made_counts_too(
    client_for, cast, report_id, issue, readers, set_up
):
    issue()
    with set_up() as session:
        report, by = (
            session.get_one(Report, report_id),
            replace(ACT, person_id=cast["member"].person_id),
        )
        record = records.current(report)
        export = exports.ask(report, "csv", "vi", by=by, record=record)
        made = do.keep(report, do.Made("csv", "vi", "csv", b"x"), "HAL", by=by, record=record)
        session.flush()
        exports.finish(export, made, at=ACT.at)
        address = f"/reports/exports/{export.id}/file"

    assert client_for("member").get(address).data == b"x"
    assert readers() == [cast["member"].name]


@pytest.mark.sqlite
def test_a_part_of_a_file_counts_as_much(client_for, cast, report_id, issue, readers):
    issue()

    part = client_for("director").get(f"/reports/{report_id}/csv", headers={"Range": "bytes=0-"})

    assert part.status_code == 206
    assert readers() == [cast["director"].name]


def test_the_readers_are_listed_and_counted_in_the_register(client_for, cast, report_id, issue):
    issue()
    client_for("member").get(f"/reports/{report_id}")
    client = client_for("secretary")

    rows = table(client.get(f"/reports/{report_id}/readers"), "#readers")
    register = client.get("/reports")

    assert rows[1:] == [[cast["member"].name, rows[1][1], "1.0", "23/11 09:00"]]
    assert words(one(register, f"#report-{report_id} td:nth-of-type(5)")) == "1 người"
    assert words(one(register, f"#report-{report_id} td:nth-of-type(3)")) == (
        "05/BC-TĐC 16/11/2026 · bản 1.0"
    )


def test_a_report_nobody_read_says_so(client_for, report_id):
    page = client_for("member").get(f"/reports/{report_id}/readers")

    assert "Chưa ai đọc báo cáo này" in words(one(page, "main"))
