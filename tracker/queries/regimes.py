"""Reporting regimes, and what they make due: of whom, of which period, until when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.paging import SIZE, Page, cut, within
from tracker.lib.periods import Period, parse
from tracker.lib.regimes import STAGES, stage
from tracker.lib.workdays import Calendar
from tracker.models import (
    Account,
    Group,
    Report,
    ReportRecord,
    ReportRegime,
    ReportState,
)
from tracker.policies import groups as may_groups
from tracker.policies import regimes as may
from tracker.policies.actor import Actor
from tracker.queries import accounts, groups, settings

SOON = max(STAGES)  # working days
# What was closed longer ago and never begun is not made up for.
CAUGHT_UP = timedelta(days=366)
SHOWN = 4  # how many of the periods to come a form shows
_DAY = timedelta(days=1)
_WITH_NAMES = (
    joinedload(ReportRegime.group),
    joinedload(ReportRegime.unit),
    joinedload(ReportRegime.responsible),
)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A report that was not sent yet. `report_id` and `state` are None before it is begun."""

    regime: ReportRegime
    period: Period
    due_on: date
    working_days: int  # until it is due; negative when it is late
    is_late: bool
    is_closed: bool  # the days it is about are over
    report_id: int | None = None
    state: ReportState | None = None

    @property
    def tone(self) -> str:
        """The colour of the line: late, due within three working days, or none."""
        if self.is_late:
            return "late"
        return "risk" if self.is_urgent else ""

    @property
    def is_urgent(self) -> bool:
        """Whether people are reminded of it by now."""
        return self.working_days <= SOON


@dataclass(frozen=True)
class Sent:
    """A report that was sent: by when it was to be, and when it was, as the clerk dated it.

    `working_days` is how late it was, 0 also for one sent on a day off after the deadline.
    """

    report: Report
    period: Period
    sent_on: date
    number: str
    is_late: bool
    working_days: int


class Show(StrEnum):
    """Part of what is owed: the reader's, what is late, what can be finished, or all; and what
    was sent in the last year.
    """

    MINE = "mine"
    LATE = "late"
    CLOSED = "closed"
    ALL = "all"
    SENT = "sent"


@dataclass(frozen=True)
class Due:
    """One screen of a part of what is owed, and how much there is in each.

    `in_time` is how many of those sent were sent in time.
    """

    show: Show
    counts: Mapping[Show, int]
    in_time: int
    owed: Page[Owed]
    sent: Page[Sent]


@dataclass(frozen=True)
class Coming:
    """A period to come, and the day by which the report on it is to be sent."""

    period: Period
    due_on: date


def find(regime_id: int, *, to_change: bool = False) -> ReportRegime | None:
    """The regime of that id; `to_change` waits for who is faster."""
    query = select(ReportRegime).options(*_WITH_NAMES).where(ReportRegime.id == regime_id)
    if to_change:
        query = query.with_for_update(of=ReportRegime).execution_options(populate_existing=True)
    return db.session.scalar(query)


def listing(today: date) -> Sequence[ReportRegime]:
    """All regimes, those that have ended last; those on all groups first, then by group."""
    found = db.session.scalars(select(ReportRegime).options(*_WITH_NAMES)).all()
    return sorted(found, key=lambda one: (_has_ended(one, today), _order(one)))


def _has_ended(regime: ReportRegime, today: date) -> bool:
    return regime.ended_on is not None and regime.ended_on < today


def _order(regime: ReportRegime) -> tuple[int, int, int]:
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
    while len(found) < SHOWN and period.last <= (regime.ended_on or date.max):
        found.append(Coming(period, rule.deadline(period, calendar)))
        period = rule.containing(period.last + _DAY)
    return found


def begun_at_once(regime: ReportRegime, today: date) -> int:
    """How many periods are closed already for which the worker will make drafts."""
    return sum(1 for _ in _closed(regime, today)) if regime.rule.is_complete else 0


# ---------------------------------------------------------------- what is due


def due(actor: Actor, show: Show | None, number: int, today: date) -> Due:
    """A screen of what is owed as far as the actor sees it, the earliest deadline first.

    Without `show` their own, where they owe any.
    """
    heaps = _heaps(actor, unsent(today, may.visible_to(actor)))
    if show is None:
        show = Show.MINE if heaps[Show.MINE] else Show.ALL
    total, in_time = _punctuality(actor, today)
    counts = {heap: len(owed) for heap, owed in heaps.items()} | {Show.SENT: total}
    sent: Page[Sent] = Page([])
    if show is Show.SENT:
        sent = _sent(actor, today, within(number, total), total)
    return Due(show, counts, in_time, cut(heaps.get(show, []), number), sent)


def _heaps(actor: Actor, owed: Sequence[Owed]) -> Mapping[Show, Sequence[Owed]]:
    return {
        Show.MINE: [one for one in owed if may.owes(actor, one.regime)],
        Show.LATE: [one for one in owed if one.is_late],
        Show.CLOSED: [one for one in owed if one.is_closed],
        Show.ALL: owed,
    }


def _punctuality(actor: Actor, today: date) -> tuple[int, int]:
    """How many reports were sent in the last year, and how many of them in time."""
    in_time = case((ReportRecord.document_date <= Report.due_on, 1), else_=0)
    query = _of_sent(actor, today).with_only_columns(
        func.count(), func.coalesce(func.sum(in_time), 0)
    )
    total, punctual = db.session.execute(query).one()
    return total, punctual


def _sent(actor: Actor, today: date, number: int, total: int) -> Page[Sent]:
    calendar = settings.calendar()
    rows = db.session.execute(
        _of_sent(actor, today)
        .options(contains_eager(Report.regime).options(*_WITH_NAMES))
        .order_by(ReportRecord.document_date.desc(), Report.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    )
    sent = []
    for report, day, written in rows:
        assert day is not None  # noqa: S101 - it is asked for by its day
        due_on = report.due_on or day
        late = max(0, calendar.between(due_on, day))
        sent.append(Sent(report, parse(report.period), day, written, day > due_on, late))
    return Page(sent, number, total)


def _of_sent(actor: Actor, today: date) -> Select[Report, date | None, str]:
    """Those that were owed and sent; a correction was sent once more, and does not count."""
    return (
        select(Report, ReportRecord.document_date, ReportRecord.document_number)
        .join(Report.regime)
        .join(ReportRecord, ReportRecord.report_id == Report.id)
        .where(
            may.visible_to(actor),
            ReportRecord.issued_at.is_not(None),
            ReportRecord.revision == 0,
            ReportRecord.document_date >= today - CAUGHT_UP,
        )
    )


def pressing(actor: Actor, today: date) -> Sequence[Owed]:
    """What the actor is to see to and should not wait: late, or due within three working days."""
    led = ReportRegime.group_id.in_(may.groups_led(actor))
    mine = or_(ReportRegime.responsible_id == actor.person_id, led)
    return [one for one in unsent(today, may.visible_to(actor), mine) if one.is_urgent]


def of_group(group: Group, today: date) -> Sequence[Owed]:
    """What the group owes and should not wait, whoever writes it."""
    return [one for one in unsent(today, ReportRegime.group_id == group.id) if one.is_urgent]


def unsent(today: date, *conditions: ColumnElement[bool]) -> Sequence[Owed]:
    """What those regimes make due: every period that is closed, and the one that runs.

    A corrected report was sent before: its revision is not owed.
    """
    query = select(ReportRegime).options(*_WITH_NAMES).where(*conditions)
    regimes = db.session.scalars(query).all()
    if not regimes:
        return []
    reports, calendar = _reports(regimes, today), settings.calendar()
    found = [
        one for regime in regimes for one in _unsent(regime, reports[regime.id], today, calendar)
    ]
    return sorted(found, key=lambda one: (one.due_on, _order(one.regime), one.period.first))


def missing(today: date) -> Sequence[tuple[ReportRegime, Period]]:
    """The periods that are closed and of which no report was begun."""
    regimes = db.session.scalars(select(ReportRegime).order_by(ReportRegime.id)).all()
    reports = _reports(regimes, today) if regimes else {}
    return [
        (regime, period)
        for regime in regimes
        for period in _closed(regime, today)
        if period.word not in reports[regime.id]
    ]


def among(actor: Actor, wanted: Collection[tuple[int, str]], today: date) -> Sequence[Owed]:
    """Those of the wanted regimes and periods that are still owed, for who is reminded."""
    ids = {regime_id for regime_id, _word in wanted}
    found = unsent(today, may.visible_to(actor), ReportRegime.id.in_(ids))
    return [one for one in found if (one.regime.id, one.period.word) in wanted]


def to_remind(today: date) -> Iterable[tuple[Owed, str]]:
    """What is owed of which people are to be reminded by now, and how urgently."""
    calendar = settings.calendar()
    for one in unsent(today):
        if urgency := stage(one.due_on, today, calendar):
            yield one, urgency


def owing(period: str, *, group_id: int | None, unit_id: int | None = None) -> ReportRegime | None:
    """The regime by which that report is owed, if one is and it was not begun."""
    last = parse(period).last
    for regime in db.session.scalars(
        select(ReportRegime)
        .where(
            ReportRegime.group_id == group_id,
            ReportRegime.unit_id == unit_id,
            ReportRegime.starts_on <= last,
            or_(ReportRegime.ended_on.is_(None), ReportRegime.ended_on >= last),
        )
        .order_by(ReportRegime.id)
    ):
        if regime.rule.containing(last).word == period and not has_report(regime, period):
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


def _unsent(
    regime: ReportRegime, reports: Mapping[str, Any], today: date, calendar: Calendar
) -> Iterator[Owed]:
    for word, row in reports.items():
        if row.state is not ReportState.ISSUED and not row.revision:
            period = parse(word)
            due_on = row.due_on or regime.rule.deadline(period, calendar)
            yield _owed(regime, period, due_on, today, calendar, row)
    for period in (*_closed(regime, today), *_running(regime, today)):
        if period.word not in reports:
            yield _owed(regime, period, regime.rule.deadline(period, calendar), today, calendar)


def _owed(
    regime: ReportRegime,
    period: Period,
    due_on: date,
    today: date,
    calendar: Calendar,
    row: Any = None,  # noqa: ANN401 - a row of `_reports`
) -> Owed:
    return Owed(
        regime=regime,
        period=period,
        due_on=due_on,
        working_days=calendar.between(today, due_on),
        is_late=due_on < today,
        is_closed=period.last < today,
        report_id=row.id if row else None,
        state=row.state if row else None,
    )


def _closed(regime: ReportRegime, today: date) -> Iterator[Period]:
    first = max(regime.starts_on, today - CAUGHT_UP)
    last = min(today - _DAY, regime.ended_on or date.max)
    return regime.rule.closing(first, last)


def _running(regime: ReportRegime, today: date) -> Iterator[Period]:
    period = regime.rule.containing(max(regime.starts_on, today))
    if period.last <= (regime.ended_on or date.max):
        yield period


def _reports(regimes: Iterable[ReportRegime], today: date) -> Mapping[int, Mapping[str, Any]]:
    """By regime and period: what was begun of late, and all that was not sent."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in db.session.execute(
        select(
            Report.id,
            Report.regime_id,
            Report.period,
            Report.state,
            Report.revision,
            Report.due_on,
        ).where(
            Report.regime_id.in_([regime.id for regime in regimes]),
            or_(Report.last_day >= today - CAUGHT_UP, Report.state != ReportState.ISSUED),
        )
    ):
        found[row.regime_id][row.period] = row
    return found


# ---------------------------------------------------------------- choosing


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
