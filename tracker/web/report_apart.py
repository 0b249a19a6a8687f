"""What is dear of a report on very many tasks, read by a process of its own while others wait."""

from datetime import date

from tracker.adapters import database
from tracker.extensions import db
from tracker.lib.periods import Period
from tracker.models import Group, Report, ReportRecord
from tracker.queries import accounts
from tracker.queries import groups as read_groups
from tracker.queries import reports as read
from tracker.queries.reports import records
from tracker.queries.reports.differences import Differences, between
from tracker.services import reports as do
from tracker.web import apart
from tracker.web.configuration import config
from tracker.web.turns import Turns

# One at a time in each process of the server: it takes some ten seconds, and 400 MB.
_turns = Turns(1, waiting=1, longest=30)
turn = _turns.turn


def outline(person_id: int, period: Period, scope: read.Scope, today: date) -> read.Outline:
    """That of a report as the person may see it."""
    return apart.run(_outline, person_id, period, scope, today)


def outline_of(record: ReportRecord) -> read.Outline:
    """That of what was frozen."""
    return apart.run(_outline_of, record.id)


def frozen(person_id: int, report: Report, today: date) -> do.Frozen:
    """The report as it is to be submitted by the person."""
    with turn():
        return apart.run(_frozen, person_id, report.id, today)


def differences(before: ReportRecord, now: ReportRecord) -> Differences:
    """What one record says otherwise than the one before it."""
    with turn():
        return apart.run(_differences, before.id, now.id)


# ------------------------------------------------------------------ in that process


def _outline(person_id: int, period: Period, scope: read.Scope, today: date) -> read.Outline:
    with database.reading():
        return read.outline(
            _groups(person_id, scope.group_id, today),
            period,
            today=today,
            covers_all=scope.covers_all,
            organisation=config().organisation,
            scope=scope,
        )


def _outline_of(record_id: int) -> read.Outline:
    with database.reading():
        return read.Outline.of(records.facts_of(db.session.get_one(ReportRecord, record_id)))


def _frozen(person_id: int, report_id: int, today: date) -> do.Frozen:
    with database.reading():
        report = db.session.get_one(Report, report_id)
        groups = _groups(person_id, report.group_id, today)
        facts = read.facts_of(report, groups, today=today, organisation=config().organisation)
        return do.freeze(report, facts)


def _differences(before_id: int, now_id: int) -> Differences:
    with database.reading():
        before, now = (db.session.get_one(ReportRecord, one) for one in (before_id, now_id))
        return between(records.facts_of(before), records.facts_of(now))


def _groups(person_id: int, group_id: int | None, today: date) -> list[Group]:
    """The group of the report, or all that the person sees."""
    actor = accounts.actor_of(person_id, today)
    seen = read_groups.listing(actor) if actor else ()
    return [one for one in seen if group_id in {None, one.id}]
