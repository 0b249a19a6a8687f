"""Reports that are owed by the regimes and were not sent yet; and those that were, and when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.paging import SIZE, Page, cut, within
from tracker.lib.periods import Period, parse
from tracker.lib.regimes import STAGES, stage
from tracker.lib.workdays import Calendar
from tracker.models import Group, Report, ReportRecord, ReportRegime, ReportState
from tracker.policies import regimes as may
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.regimes import CAUGHT_UP, WITH_NAMES, closed, makes_due, order

SOON = max(STAGES)  # working days


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
        .options(contains_eager(Report.regime).options(*WITH_NAMES))
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


def missing(today: date) -> Sequence[tuple[ReportRegime, Period]]:
    """The periods that are closed and of which no report was begun."""
    query = select(ReportRegime).options(joinedload(ReportRegime.unit)).order_by(ReportRegime.id)
    regimes = db.session.scalars(query).all()
    reports = _reports(regimes, today) if regimes else {}
    return [
        (regime, period)
        for regime in regimes
        for period in closed(regime, today)
        if period.word not in reports[regime.id]
    ]


def unsent(today: date, *conditions: ColumnElement[bool]) -> Sequence[Owed]:
    """What those regimes make due: every period that is closed, and the one that runs.

    A corrected report was sent before: its revision is not owed.
    """
    query = select(ReportRegime).options(*WITH_NAMES).where(*conditions)
    regimes = db.session.scalars(query).all()
    if not regimes:
        return []
    reports, calendar = _reports(regimes, today), settings.calendar()
    found = [
        one for regime in regimes for one in _unsent(regime, reports[regime.id], today, calendar)
    ]
    return sorted(found, key=lambda one: (one.due_on, order(one.regime), one.period.first))


def _unsent(
    regime: ReportRegime, reports: Mapping[str, Any], today: date, calendar: Calendar
) -> Iterator[Owed]:
    for word, row in reports.items():
        if row.state is not ReportState.ISSUED and not row.revision:
            period = parse(word)
            due_on = row.due_on or regime.rule.deadline(period, calendar)
            yield _owed(regime, period, due_on, today, calendar, row)
    for period in (*closed(regime, today), *_running(regime, today)):
        if period.word not in reports:
            yield _owed(regime, period, regime.rule.deadline(period, calendar), today, calendar)


def _running(regime: ReportRegime, today: date) -> Iterator[Period]:
    period = regime.rule.containing(max(regime.starts_on, today))
    if makes_due(regime, period):
        yield period


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
