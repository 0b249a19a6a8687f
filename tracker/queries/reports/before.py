"""What a report is compared with: what the last one said, or how all stood a period earlier.

The last report is the one on the same group or unit, of the same kind and the same kind of period,
that was issued last for an earlier period; its frozen record is what it said. Where none was
issued, changes are told against how all stood at the end of the period before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import undefer

from tracker.extensions import db
from tracker.lib.health import judge
from tracker.lib.lateness import FourCells
from tracker.lib.periods import Period, PeriodKind, parse
from tracker.models import Report, ReportRecord
from tracker.queries import declarations
from tracker.queries.report_facts import (
    Basis,
    PlanMilestoneFact,
    RiskFact,
    SinceFact,
    Statistics,
)
from tracker.queries.reports import records, risks, standing
from tracker.queries.reports.plan import DONE, DROPPED, Plan
from tracker.queries.reports.rewind import Item
from tracker.queries.reports.scope import Scope

Colours = Mapping[tuple[str, str], tuple[str, str]]


class Mark(NamedTuple):
    """A task or milestone, as far as changes need it.

    `planned` is the due date or the baseline, `expected` the date that makes it late: a task's due
    date, a milestone's forecast.
    """

    what: str
    code: str
    title: str
    group: str
    strand: str
    is_part: bool
    is_dropped: bool
    done_on: date | None
    is_done: bool
    planned: date | None
    expected: date | None
    who: str = ""

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return not (self.is_done or self.is_dropped)

    def is_overdue(self, day: date) -> bool:
        """Whether it was to be done by that day, and was not."""
        return self.is_open and self.expected is not None and self.expected < day


class Before(Protocol):
    """How all stood at the end of `day`.

    `health` has what was computed and declared, by group and strand; `risks` those that were told.
    """

    told: SinceFact
    day: date
    health: Colours
    risks: Mapping[str, RiskFact]

    def pairs(self, plan: Plan) -> Iterable[tuple[Mark | None, Mark]]:
        """Whatever may have changed, in the order of the plan: as it was, and as it is."""

    def gone(self, plan: Plan) -> Iterable[Mark]:
        """What was there, and is in the plan no more."""


def last(scope: Scope, period: Period) -> ReportRecord | None:
    """The record of the last report that was issued before, with its body; one that was altered
    in the database says nothing.
    """
    found = db.session.execute(
        select(ReportRecord.id, Report.period, Report.regime_id)
        .join(Report, Report.id == ReportRecord.report_id)
        .where(
            Report.kind == scope.kind,
            Report.group_id == scope.group_id,
            Report.unit_id == scope.unit_id,
            ReportRecord.issued_at.is_not(None),
            Report.last_day < period.last,
            Report.id != (scope.report_id or 0),
        )
        .order_by(Report.last_day.desc(), ReportRecord.id.desc())
    )
    whole = select(ReportRecord).options(undefer(ReportRecord.body))
    for row in found:
        if _is_of_the_same_row(scope, period, row.regime_id, parse(row.period)):
            record = db.session.scalars(whole.where(ReportRecord.id == row.id)).one()
            if records.is_intact(record):
                return record
    return None


def _is_of_the_same_row(
    scope: Scope, period: Period, regime_id: int | None, before: Period
) -> bool:
    """Whether a report on that period is one of the same row of reports."""
    if scope.regime_id is not None and regime_id == scope.regime_id:
        return True
    if period.kind is PeriodKind.CUSTOM and scope.regime_id != regime_id:
        return False
    return (before.kind, before.basis) == (period.kind, period.basis)


@dataclass(frozen=True, slots=True)
class SaidTask:
    """What a comparison needs of a `TaskFact`."""

    code: str
    title: str
    group: str
    strand: str
    status: str
    parent: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SaidStream:
    """What a comparison needs of a `WorkstreamFact`."""

    group: str
    strand: str
    health: str
    declared: str = ""


@dataclass(frozen=True)
class SaidFacts:
    """What a comparison needs of `ReportFacts`: a hundred thousand tasks are not held twice."""

    period: Period
    cut_off: date
    statistics: Statistics
    workstreams: tuple[SaidStream, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    tasks: tuple[SaidTask, ...] = ()
    milestones: tuple[PlanMilestoneFact, ...] = ()


class Said:
    """What a report said."""

    def __init__(self, record: ReportRecord) -> None:
        facts = records.part_of(record, SaidFacts)
        self.told = SinceFact(
            basis=Basis.REPORT,
            day=facts.cut_off,
            period=facts.period,
            report_id=record.report_id,
            revision=record.name,
            number=record.document_number,
            issued_on=record.document_date,
            cells=facts.statistics.whole,
        )
        self.day = facts.cut_off
        self.health: Colours = {
            (one.group, one.strand): (one.health, one.declared) for one in facts.workstreams
        }
        self.risks: Mapping[str, RiskFact] = {one.code: one for one in facts.risks}
        self._tasks = {task.code: task for task in facts.tasks}
        self._milestones = {one.code: one for one in facts.milestones}

    def pairs(self, plan: Plan) -> Iterable[tuple[Mark | None, Mark]]:
        """Milestones, and tasks whose status or date is another, or which fell overdue."""
        for item in plan.milestones:
            milestone = self._milestones.get(item.values["code"])
            yield _of_milestone(milestone) if milestone else None, mark(item, plan)
        for item in plan.tasks:
            task = self._tasks.get(item.values["code"])
            if task is None:
                yield None, mark(item, plan)
            elif not _is_quiet(task, item) or falls_late(item, self.day, plan.day):
                yield _of_task(task), mark(item, plan)

    def gone(self, plan: Plan) -> Iterable[Mark]:
        """By their codes, which stay the same wherever a thing goes."""
        there = {item.values["code"] for item in chain(plan.milestones, plan.tasks)}
        for code, milestone in self._milestones.items():
            if code not in there:
                yield _of_milestone(milestone)
        for code, task in self._tasks.items():
            if code not in there:
                yield _of_task(task)


def _is_quiet(task: SaidTask, item: Item) -> bool:
    return (task.status, task.due) == (item.values["status"], item.values["due"])


class Stood:
    """How all stood at the end of the period before; an item that is the same has not changed."""

    def __init__(self, plan: Plan, group_ids: Iterable[int]) -> None:
        self.day = plan.earlier
        self._state = plan.before or {}
        self.told = SinceFact(
            basis=Basis.PERIOD,
            day=self.day,
            period=plan.period.previous(),
            cells=sum(plan.cells[self.day].values(), FourCells()),
        )
        known = risks.standing(list(group_ids), plan.places, self.day)
        if plan.is_part:
            known = risks.blocking(known, self._state.values())
        self.health: Colours = self._health(plan)
        self.risks: Mapping[str, RiskFact] = {one.code: one for one in known}

    def pairs(self, plan: Plan) -> Iterable[tuple[Mark | None, Mark]]:
        """Items of which the history tells a change, or which fell overdue."""
        for item in chain(plan.milestones, plan.tasks):
            was = self._state.get((item.kind, item.id))
            if was is not item or falls_late(item, self.day, plan.day):
                yield mark(was, plan) if was else None, mark(item, plan)

    def gone(self, plan: Plan) -> Iterable[Mark]:
        """Thrown away, or gone to another group."""
        return (mark(item, plan) for key, item in self._state.items() if key not in plan.items)

    def _health(self, plan: Plan) -> Colours:
        declared = declarations.current(plan.places, self.day)
        facts = standing.marks(plan.all_before, plan.places, {})
        found = {}
        for id_, spot in plan.spots.items():
            said = declared.get(id_)
            health = judge(facts[id_], self.day, plan.limits, plan.calendar).health
            found[spot] = (health.value, said.health.value if said else "")
        return found


# ---------------------------------------------------------------- marks


def falls_late(item: Item, then: date, day: date) -> bool:
    """Whether the date by which it is late lies between the two days."""
    expected = _expected(item)
    return expected is not None and then <= expected < day


def _expected(item: Item) -> date | None:
    values = item.values
    day: date | None = values["due"] if item.kind == "task" else values["forecast"]
    return day or (None if item.kind == "task" else values["baseline"])


def mark(item: Item, plan: Plan) -> Mark:
    """An item of the plan."""
    values, people = item.values, plan.names
    is_task = item.kind == "task"
    done_on = values["finished_on"] if is_task else values["closed_on"]
    who = ""
    if is_task:
        who = people.person(values["owner_id"]) or people.unit(values["lead_unit_id"])
    return Mark(
        item.kind,
        values["code"],
        values["title"],
        *plan.place(item),
        is_part=is_task and values["parent_id"] is not None,
        is_dropped=is_task and values["status"] == DROPPED,
        done_on=done_on,
        is_done=values["status"] == DONE if is_task else done_on is not None,
        planned=values["due"] if is_task else values["baseline"],
        expected=_expected(item),
        who=who,
    )


def _of_task(task: SaidTask) -> Mark:
    return Mark(
        "task",
        task.code,
        task.title,
        task.group,
        task.strand,
        is_part=bool(task.parent),
        is_dropped=task.status == DROPPED,
        is_done=task.status == DONE,
        done_on=None,
        planned=task.due,
        expected=task.due,
    )


def _of_milestone(one: PlanMilestoneFact) -> Mark:
    return Mark(
        "milestone",
        one.code,
        one.title,
        one.group,
        one.strand,
        is_part=False,
        is_dropped=False,
        done_on=one.closed_on,
        is_done=one.closed_on is not None,
        planned=one.baseline,
        expected=one.forecast or one.baseline,
    )
