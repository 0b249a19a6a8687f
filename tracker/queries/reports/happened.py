"""What happened in the period of a report, what it came to, and what falls due next."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from operator import itemgetter

from tracker.lib.lateness import FourCells
from tracker.lib.periods import Period, PeriodBasis, PeriodKind, containing
from tracker.models import Strand
from tracker.queries.report_facts import (
    CellsRow,
    MilestoneFact,
    MonthFact,
    NextFact,
    Statistics,
    TaskFact,
    Yield,
    YieldRow,
    Yields,
)
from tracker.queries.reports.moves import Move
from tracker.queries.reports.plan import NOT_WAITING, Cells, Place, Plan, done_on
from tracker.queries.reports.rewind import Item

MONTHS, WEEKS = 6, 8
Brought = Mapping[Place, Yield]
Event = tuple[Place, date, Yield]


# ---------------------------------------------------------------- the four cells


def statistics(plan: Plan) -> Statistics:
    """Of the whole, the strands and the groups, now and at the end of the period before."""
    now = plan.cells_now
    before = None if plan.before is None else plan.cells[plan.earlier]
    return Statistics(
        whole=sum(now.values(), FourCells()),
        before=None if before is None else sum(before.values(), FourCells()),
        by_strand=tuple(_row(strand.value, now, before) for strand in Strand),
        by_group=tuple(_row(key, now, before) for key in _keys(plan)),
    )


def _row(key: str, now: Cells, before: Cells | None) -> CellsRow:
    """The row of a group or of a strand: both are parts of a place."""

    def of(cells: Cells) -> FourCells:
        return sum((found for place, found in cells.items() if key in place), FourCells())

    return CellsRow(key, of(now), None if before is None else of(before))


def _keys(plan: Plan) -> Iterable[str]:
    return dict.fromkeys(key for key, _strand in plan.places.values())


# ---------------------------------------------------------------- what was done


def finished(plan: Plan) -> Iterable[TaskFact]:
    """Tasks finished in the period; parts of tasks are told with their task."""
    for item in plan.tasks:
        if plan.is_new(item) and plan.is_top(item):
            yield plan.told(item)


def reached(plan: Plan) -> Iterable[MilestoneFact]:
    """Milestones closed in the period."""
    for item in plan.milestones:
        if plan.is_new(item):
            key, strand = plan.place(item)
            yield MilestoneFact(
                code=item.values["code"],
                title=item.values["title"],
                group=key,
                strand=strand,
                baseline=item.values["baseline"],
                closed_on=item.values["closed_on"],
                evidence=item.values["evidence"] or "",
            )


# ---------------------------------------------------------------- what the period came to


def yields(plan: Plan, moves: Sequence[Move]) -> Yields:
    """Of the whole, the strands and the groups, in the period and in the one before."""
    new = [item for item in plan.items.values() if plan.is_new(item)]
    now = _brought(plan, _events(plan, new), plan.period, moves)
    before: Brought | None = None
    if plan.before is not None:
        earlier = plan.period.previous()
        then = _events(plan, plan.before.values())
        known = (event for event in then if earlier.contains(event[1]))
        before = _brought(plan, known, earlier, moves)
    return Yields(
        whole=sum(now.values(), Yield()),
        before=None if before is None else sum(before.values(), Yield()),
        by_strand=tuple(_yield_row(strand.value, now, before) for strand in Strand),
        by_group=tuple(_yield_row(key, now, before) for key in _keys(plan)),
    )


def _yield_row(key: str, now: Brought, before: Brought | None) -> YieldRow:
    def of(brought: Brought) -> Yield:
        return sum((found for place, found in brought.items() if key in place), Yield())

    return YieldRow(key, of(now), None if before is None else of(before))


def _brought(plan: Plan, events: Iterable[Event], period: Period, moves: Iterable[Move]) -> Brought:
    """What these events come to, and the moves of the period."""
    found: dict[Place, Yield] = dict.fromkeys(plan.places.values(), Yield())
    for place, _day, brought in events:
        found[place] += brought
    for place, day, brought in _moved(plan, moves):
        if period.contains(day):
            found[place] += brought
    return found


def _events(plan: Plan, items: Iterable[Item]) -> Iterable[Event]:
    """Whatever was finished or reached, with its day; parts of tasks are not counted."""
    for item in items:
        day = done_on(item)
        if day is not None and (item.kind == "milestone" or item.values["parent_id"] is None):
            yield plan.places[item.values["workstream_id"]], day, _done(item, day)


def _done(item: Item, day: date) -> Yield:
    if item.kind == "milestone":
        baseline = item.values["baseline"]
        return Yield(reached=1, reached_late=int(baseline is not None and day > baseline))
    due = item.values["due"]
    return Yield(finished=1, finished_late=int(due is not None and day > due))


def _moved(plan: Plan, moves: Iterable[Move]) -> Iterable[Event]:
    for move in moves:
        place = plan.places[plan.items[move.key].values["workstream_id"]]
        yield place, move.moved_on, Yield(moves=1, days=move.days if move.counts else 0)


# ---------------------------------------------------------------- month by month


def steps(period: Period, day: date) -> list[Period]:
    """The periods by which the way to the day is told, in order: the twelve months of a year, the
    last six months of anything shorter, the last eight weeks of a week. A custom period has none.
    """
    if period.basis is PeriodBasis.CUSTOM:
        return []
    kind = PeriodKind.WEEK if period.kind is PeriodKind.WEEK else PeriodKind.MONTH
    last = containing(min(period.last, day), kind, basis=period.basis)
    number = WEEKS if kind is PeriodKind.WEEK else MONTHS
    if period.kind is PeriodKind.YEAR:
        number = last.number
    found = [last]
    while len(found) < number:
        found.append(found[-1].previous())
    return found[::-1]


def months(plan: Plan, moves: Sequence[Move]) -> Iterable[MonthFact]:
    """How all stood at the end of each step of which the tracker knew something."""
    told = steps(plan.period, plan.day)
    brought = dict.fromkeys(told, Yield())
    begins = [step.first for step in told]
    for _place, day, one in chain(_events(plan, plan.items.values()), _moved(plan, moves)):
        at = bisect_right(begins, day) - 1
        if at >= 0 and day <= plan.day:
            brought[told[at]] += one
    for step in told:
        is_past = step.last < plan.day
        cells = plan.cells.get(step.last, {}) if is_past else plan.cells_now
        whole = sum(cells.values(), FourCells())
        if whole.total or whole.dropped:
            yield MonthFact(step, whole, brought[step])


# ---------------------------------------------------------------- what comes


def upcoming(plan: Plan) -> Iterable[NextFact]:
    """What falls due after the day, up to the end of the next period; the soonest first."""
    after, until = min(plan.day, plan.period.last), plan.period.next().last
    found = [
        (due, item)
        for due, item in (*_open_milestones(plan), *_open_tasks(plan))
        if due is not None and after < due <= until
    ]
    return [_coming(plan, item, due) for due, item in sorted(found, key=itemgetter(0))]


Coming = Iterable[tuple[date | None, Item]]


def _open_milestones(plan: Plan) -> Coming:
    for item in plan.milestones:
        if not item.values["closed_on"]:
            yield item.values["forecast"] or item.values["baseline"], item


def _open_tasks(plan: Plan) -> Coming:
    for item in plan.tasks:
        if item.values["status"] not in NOT_WAITING and plan.is_top(item):
            yield item.values["due"] or item.values["forecast"], item


def _coming(plan: Plan, item: Item, due: date) -> NextFact:
    values, people = item.values, plan.names
    key, strand = plan.place(item)
    fact = NextFact(item.kind, values["code"], values["title"], key, strand, due)
    if item.kind == "milestone":
        return fact
    owner, unit = people.person(values["owner_id"]), people.unit(values["lead_unit_id"])
    return replace(fact, owner=owner, lead_unit=unit)
