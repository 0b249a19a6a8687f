"""Reporting regimes: which there are, what each makes due, and the reports written by them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.lib.periods import Period, parse
from tracker.models import Account, Group, Report, ReportRegime, ReportState
from tracker.policies import groups as may_groups
from tracker.queries import accounts, groups, settings

# What was closed longer ago and never begun is not made up for.
CAUGHT_UP = timedelta(days=366)
SHOWN = 4  # how many of the periods to come a form shows
WITH_NAMES = (
    joinedload(ReportRegime.group),
    joinedload(ReportRegime.unit),
    joinedload(ReportRegime.responsible),
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Coming:
    """A period to come, and the day by which the report on it is to be sent."""

    period: Period
    due_on: date


def find(regime_id: int, *, to_change: bool = False) -> ReportRegime | None:
    """The regime of that id; `to_change` waits for who is faster."""
    query = select(ReportRegime).options(*WITH_NAMES).where(ReportRegime.id == regime_id)
    if to_change:
        query = query.with_for_update(of=ReportRegime).execution_options(populate_existing=True)
    return db.session.scalar(query)


def listing(today: date) -> Sequence[ReportRegime]:
    """All regimes, those that have ended last; those on all groups first, then by group."""
    found = db.session.scalars(select(ReportRegime).options(*WITH_NAMES)).all()
    return sorted(found, key=lambda one: (_has_ended(one, today), order(one)))


def _has_ended(regime: ReportRegime, today: date) -> bool:
    return regime.ended_on is not None and regime.ended_on < today


def order(regime: ReportRegime) -> tuple[int, int, int]:
    """Its place in a list: those on all groups first, then by group, then by unit."""
    if regime.group is not None:
        return 1, regime.group.position, regime.id
    return (0 if regime.unit_id is None else 2), regime.unit_id or 0, regime.id


def coming(regime: ReportRegime, today: date) -> Sequence[Coming]:
    """The next few periods that it makes due, the one that runs first."""
    rule, calendar = regime.rule, settings.calendar()
    if not rule.is_complete:
        return []
    period = rule.containing(max(today, regime.starts_on))
    found: list[Coming] = []
    while len(found) < SHOWN and makes_due(regime, period):
        found.append(Coming(period, rule.deadline(period, calendar)))
        period = rule.containing(period.last + _DAY)
    return found


def begun_at_once(regime: ReportRegime, today: date) -> int:
    """How many periods are closed already for which the worker will make drafts."""
    return sum(1 for _ in closed(regime, today)) if regime.rule.is_complete else 0


def closed(regime: ReportRegime, today: date) -> Iterator[Period]:
    """Its periods of the last year that are over."""
    first = max(regime.starts_on, today - CAUGHT_UP)
    over = regime.rule.closing(first, today - _DAY)
    return takewhile(lambda period: makes_due(regime, period), over)


def makes_due(regime: ReportRegime, period: Period) -> bool:
    """Whether neither the regime ended within the period, nor its unit before it: of its last
    days a unit still reports.
    """
    last = regime.ended_on or date.max
    last_of_unit = (regime.unit and regime.unit.valid_to) or date.max
    return period.last <= last and period.first <= last_of_unit


def owing(period: str, *, group_id: int | None, unit_id: int | None = None) -> ReportRegime | None:
    """The regime by which that report is owed, if one is and it was not begun."""
    wanted = parse(period)
    for regime in db.session.scalars(
        select(ReportRegime)
        .options(joinedload(ReportRegime.unit))
        .where(
            ReportRegime.group_id == group_id,
            ReportRegime.unit_id == unit_id,
            ReportRegime.starts_on <= wanted.last,
        )
        .order_by(ReportRegime.id)
    ):
        is_its_own = regime.rule.containing(wanted.last).word == period
        if is_its_own and makes_due(regime, wanted) and not has_report(regime, period):
            return regime
    return None


def deadline(
    report: Report | None, period: str, *, group_id: int | None, unit_id: int | None
) -> date | None:
    """By when the report is to be sent: the one that was begun, else the one that is owed."""
    if report is not None and report.due_on is not None:
        return report.due_on
    regime = owing(period, group_id=group_id, unit_id=unit_id)
    return regime.rule.deadline(parse(period), settings.calendar()) if regime else None


def has_report(regime: ReportRegime, period: str) -> bool:
    """Whether the report on that period was begun."""
    return db.session.scalar(report_on(regime, period)) is not None


def report_on(regime: ReportRegime, period: str) -> Select[Report]:
    """The one report of the regime on that period, as a query."""
    return select(Report).where(Report.regime_id == regime.id, Report.period == period)


def written_unowed(regime: ReportRegime, period: str) -> Select[Report]:
    """The report on the same that no regime has asked for, as a query: the one that was issued,
    else the first; it waits for who is faster.
    """
    return (
        select(Report)
        .where(
            Report.regime_id.is_(None),
            Report.kind == regime.kind,
            Report.group_id == regime.group_id,
            Report.unit_id == regime.unit_id,
            Report.period == period,
        )
        .order_by(Report.state != ReportState.ISSUED, Report.id)
        .limit(1)
        .with_for_update()
    )


def can_see_to(person_id: int, group_id: int | None, today: date) -> bool:
    """Whether the person signs in and sees what such a report is about."""
    account = db.session.scalar(
        select(Account)
        .options(joinedload(Account.person))
        .where(Account.person_id == person_id, Account.is_active)
    )
    if account is None:
        return False
    actor = accounts.actor_for(account, today)
    if group_id is None:
        return groups.sees_all(actor)
    return may_groups.see(actor, db.session.get_one(Group, group_id))
