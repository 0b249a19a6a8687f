"""What another process reads of a report is what this one would."""

from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tracker.extensions import db
from tracker.lib.periods import parse
from tracker.models import Group, Report
from tracker.queries import reports as read
from tracker.queries.reports import records
from tracker.services import reports
from tracker.services.act import Act
from tracker.web import report_apart

TODAY = date(2026, 11, 23)


@pytest.fixture
def by(cast):
    return Act(person_id=cast["head"].person_id, at=NOW, cause="web")


@pytest.fixture
def report_id(set_up, cast, by):
    with set_up() as session:
        make.task(session, make.stream_of(session, cast), title="Hiệu chuẩn cân")
        group = session.get_one(Group, cast.groups["HAL"])
        report = reports.begin(group, parse("2026-11"), by=by)
        session.flush()
        return report.id


def test_it_reads_a_draft_freezes_it_and_compares_what_was_frozen(app, cast, by, report_id):
    november = parse("2026-11")
    with app.app_context():
        report = db.session.get_one(Report, report_id)
        scope, groups = read.Scope.of(report), [db.session.get_one(Group, report.group_id)]
        here = read.outline(groups, november, today=TODAY, covers_all=False, scope=scope)
        facts = read.facts_of(report, groups, today=TODAY)
        first = reports.submit(report, reports.freeze(report, facts), by=by)
        reports.return_(report, "Thiếu", by=by, seen=first.id)
        db.session.commit()

        assert report_apart.outline(by.person_id, november, scope, TODAY) == here
        frozen = report_apart.frozen(by.person_id, report, TODAY)
        assert frozen == reports.freeze(report, facts)

        second = reports.submit(report, frozen, by=by)
        db.session.commit()
        assert report_apart.outline_of(second) == read.Outline.of(records.facts_of(second))
        assert report_apart.differences(first, second).is_empty
        db.session.remove()
