"""What can be done with a reporting regime: set it up, change it, begin what it makes due."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.adapters import database
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.lib.periods import Period, parse
from tracker.models import Group, Report, ReportKind, ReportRegime, ReportState
from tracker.queries import owed, report_templates, settings
from tracker.queries import regimes as read
from tracker.queries.reports import of_period
from tracker.queries.reports.scope import Scope, kind_of
from tracker.services import history, notifications, reports, tasks
from tracker.services.act import Act

EARLIEST_BEFORE = timedelta(days=366)
MOST_WORKING_DAYS = 60
WEEKDAYS = range(1, 8)
DAYS = ("period_kind", "basis", "weekday", "closing_day", "closing_months")
TEMPLATE = ("template_id", "is_laid_out_as_shipped")  # at most one of them


def create(name: str, *, by: Act, **details: object) -> ReportRegime:
    """Set up who owes which report; `details` are further columns of `ReportRegime`.

    What follows from them is its kind: a year is reviewed, all groups are consolidated.
    """
    starts_on = details.get("starts_on")
    starts_on = starts_on if isinstance(starts_on, date) else by.today
    if starts_on < by.today - EARLIEST_BEFORE:
        raise RuleViolationError("regime_starts_too_early")
    values = {"closing_months": [], "working_days": 1, **details, "starts_on": starts_on}
    regime = ReportRegime(name=name, created_at=by.at, **values)
    _check(regime)
    regime.kind = _kind(regime)
    history.created(regime, by=by)
    return regime


def edit(
    regime: ReportRegime, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change it. Reports that were begun keep their days; those not sent yet take over the rest.

    By other days only what is closed from today on is owed.
    """
    changed = history.change(regime, _merged(regime, values, seen), by=by)
    _check(regime)
    if changed.keys() & {*DAYS}:
        first = max(regime.starts_on, by.today)
        history.change(regime, {"kind": _kind(regime), "starts_on": first}, by=by)
    moved = {"template_id" if name in TEMPLATE else name for name in changed}
    layout = {name: value for name, value in _layout(regime).items() if name in moved}
    if layout or "working_days" in changed:
        _pass_on(regime, layout, by=by)


def begin(regime: ReportRegime, period: Period, *, by: Act) -> Report | None:
    """Begin the report that is owed on that period. None if another was quicker: the database
    has one report of a regime and a period.

    One that somebody wrote before there was the regime is the one that is owed.
    """
    group = db.session.get(Group, regime.group_id) if regime.group_id else None
    due_on = regime.rule.deadline(period, settings.calendar())
    try:
        with db.session.begin_nested():
            known = db.session.scalar(read.written_unowed(regime, period.word))
            if known is not None:
                history.change(known, {"regime_id": regime.id, "due_on": due_on}, by=by)
                return known
            return reports.begin(
                group,
                period,
                by=by,
                regime_id=regime.id,
                person_id=regime.responsible_id or by.person_id,
                kind=regime.kind,
                unit_id=regime.unit_id,
                due_on=due_on,
                **_layout(regime),
            )
    except IntegrityError:
        return None


def begin_wanted(group: Group | None, period: Period, scope: Scope, *, by: Act) -> Report:
    """Begin the report that somebody asks for, the one that a regime owes where one does; who
    asks while it is being written goes on with that, also when two ask in the same moment.
    """
    database.one_at_a_time(db.session(), "begin a report")
    known = of_period(scope, period.word)
    if known is not None and known.state.is_open:
        return known
    regime = read.owing(period.word, group_id=scope.group_id, unit_id=scope.unit_id)
    if regime is None:
        return reports.begin(group, period, by=by, **scope.columns())
    begun = begin(regime, period, by=by)
    return begun or db.session.scalars(read.report_on(regime, period.word)).one()


def remind(*, by: Act) -> int:
    """Tell those who owe a report how little time is left, or that it is late; returns how many
    promises were new.
    """
    return sum(
        notifications.announce_report_due(one.regime, one.period.word, urgency, by=by)
        for one, urgency in owed.to_remind(by.today)
    )


def _merged(
    regime: ReportRegime, values: Mapping[str, object], seen: int | None
) -> dict[str, object]:
    """What to write; of two who chose the one a template, the other the shipped layout, the
    second is asked.
    """
    wanted = history.merged(regime, values, seen=seen)
    if all(wanted.get(name, getattr(regime, name)) for name in TEMPLATE):
        conflicts = {name: (getattr(regime, name), values.get(name)) for name in TEMPLATE}
        raise StaleError(conflicts, {n: getattr(regime, n) for n in values if n not in wanted})
    return wanted


def _layout(regime: ReportRegime) -> dict[str, object]:
    """What of a regime stands on a report, and follows it until the report is sent."""
    return {
        "arranged_by": regime.arranged_by,
        "orientation": regime.orientation,
        "template_id": report_templates.id_of(regime),
    }


def _pass_on(regime: ReportRegime, layout: Mapping[str, object], *, by: Act) -> None:
    """Let the reports that are still written follow the regime."""
    calendar = settings.calendar()
    being_written = (ReportState.DRAFT, ReportState.RETURNED)
    for report in db.session.scalars(
        select(Report).where(Report.regime_id == regime.id, Report.state.in_(being_written))
    ):
        values = dict(layout)
        if not report.revision:  # a correction was sent before, by the deadline of then
            values["due_on"] = regime.rule.deadline(parse(report.period), calendar)
        history.change(report, values, by=by)


def _kind(regime: ReportRegime) -> ReportKind:
    of_all = regime.group_id is None and regime.unit_id is None
    return kind_of(regime.rule.containing(regime.starts_on), of_all=of_all)


def _check(regime: ReportRegime) -> None:
    """Refuse a rule that says nothing, an end before the start, and what nobody would see to."""
    if not regime.rule.is_complete or not _is_possible(regime):
        raise RuleViolationError("regime_incomplete")
    if not 1 <= regime.working_days <= MOST_WORKING_DAYS:
        raise RuleViolationError("regime_working_days", most=MOST_WORKING_DAYS)
    for day in (regime.starts_on, regime.ended_on):
        if day is not None and not tasks.EARLIEST <= day <= tasks.LATEST:
            raise RuleViolationError("outside_years")
    if regime.ended_on is not None and regime.ended_on < regime.starts_on:
        raise RuleViolationError("regime_ends_before_start")
    if regime.group_id is not None and regime.unit_id is not None:
        raise RuleViolationError("regime_of_both")
    if regime.group_id is None and regime.responsible_id is None:
        raise RuleViolationError("regime_needs_person")


def _is_possible(regime: ReportRegime) -> bool:
    weekday, day, months = regime.weekday, regime.closing_day, regime.closing_months
    return (
        (weekday is None or weekday in WEEKDAYS)
        and (day is None or 1 <= day <= 31)
        and all(1 <= month <= 12 for month in months)
    )
