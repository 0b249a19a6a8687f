"""Changes since the last report: what a report says now beside what the one before said (ADR 0031).

The last report is the one on the same group or unit, of the same kind and the same kind of period,
that was issued last for an earlier period; its frozen record is what it said. Where none was
issued, changes are told against how all stood at the end of the period before.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, undefer

from tracker.extensions import db
from tracker.lib.health import judge
from tracker.lib.lateness import FourCells
from tracker.lib.periods import Period, PeriodKind, parse
from tracker.models import DecisionState, Report, ReportRecord
from tracker.queries import declarations
from tracker.queries.report_facts import (
    Basis,
    Changed,
    ChangedFact,
    ChangeSort,
    HealthChange,
    PlanMilestoneFact,
    ReportFacts,
    RiskFact,
    SinceFact,
    TaskFact,
    WorkstreamFact,
)
from tracker.queries.reports import records, risks, standing
from tracker.queries.reports.plan import DONE, DROPPED, Plan
from tracker.queries.reports.rewind import Item, State
from tracker.queries.reports.scope import Scope

MOST = 100  # rows of a sort: page one names the first few, the annex these
Code = tuple[str, str]


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


@dataclass(frozen=True)
class Before:
    """How all stood at the end of `day`, as the last report said or as the history has it."""

    told: SinceFact
    day: date
    marks: Mapping[Code, Mark]
    health: Mapping[tuple[str, str], tuple[str, str]]
    risks: Mapping[str, RiskFact]


def last(scope: Scope, period: Period) -> ReportRecord | None:
    """The record of the last report that was issued before, with its body."""
    subject = [
        Report.kind == scope.kind,
        Report.group_id == scope.group_id if scope.group_id else Report.group_id.is_(None),
        Report.unit_id == scope.unit_id if scope.unit_id else Report.unit_id.is_(None),
    ]
    found = db.session.execute(
        select(ReportRecord.id, Report.period, Report.regime_id)
        .join(Report, Report.id == ReportRecord.report_id)
        .where(
            *subject,
            ReportRecord.issued_at.is_not(None),
            Report.last_day < period.last,
            Report.id != (scope.report_id or 0),
        )
        .order_by(Report.last_day.desc(), ReportRecord.id.desc())
    )
    for row in found:
        if _is_of_the_same_row(scope, period, row.regime_id, parse(row.period)):
            return db.session.scalar(
                select(ReportRecord)
                .join(ReportRecord.report)
                .options(undefer(ReportRecord.body), contains_eager(ReportRecord.report))
                .where(ReportRecord.id == row.id)
            )
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


def of_record(record: ReportRecord) -> Before:
    """What a report said."""
    facts = records.facts_of(record)
    told = SinceFact(
        basis=Basis.REPORT,
        day=facts.cut_off,
        period=facts.period,
        report_id=record.report_id,
        revision=record.name,
        number=record.document_number,
        issued_on=record.document_date,
        cells=facts.statistics.whole,
    )
    marks = (*map(_of_task, facts.tasks), *map(_of_milestone, facts.milestones))
    return Before(
        told,
        facts.cut_off,
        {(mark.what, mark.code): mark for mark in marks},
        {_place(one): (one.health, one.declared) for one in facts.workstreams},
        {one.code: one for one in facts.risks},
    )


def of_period(plan: Plan, group_ids: Iterable[int]) -> Before | None:
    """How all stood at the end of the period before; None where nothing was known then."""
    if not plan.before:
        return None
    day, state = plan.earlier, plan.before
    cells = plan.cells[day]
    told = SinceFact(
        basis=Basis.PERIOD,
        day=day,
        period=plan.period.previous(),
        cells=sum(cells.values(), FourCells()),
    )
    known = risks.standing(list(group_ids), plan.places, day)
    marks = (_mark(item, plan) for item in state.values())
    return Before(
        told,
        day,
        {(mark.what, mark.code): mark for mark in marks},
        _health(plan, state, day),
        {one.code: one for one in known},
    )


def _health(plan: Plan, state: State, day: date) -> Mapping[tuple[str, str], tuple[str, str]]:
    declared = declarations.current(plan.places, day)
    facts = standing.marks(state, plan.places, {})
    found = {}
    for id_, (key, strand) in plan.places.items():
        said = declared.get(id_)
        health = judge(facts[id_], day, plan.limits, plan.calendar).health
        found[key, strand.value] = (health.value, said.health.value if said else "")
    return found


def since(plan: Plan, facts: ReportFacts, before: Before | None) -> SinceFact:
    """What has changed; the facts are those of the report so far."""
    if before is None:
        return SinceFact(Basis.NOTHING)
    now = [_mark(item, plan) for item in (*plan.milestones, *plan.tasks)]
    found = {
        **_of_items(now, before, plan.day),
        **_of_talk(facts, before.day),
        **_of_risks(facts.risks, before),
    }
    changes = (_changed(sort, found[sort]) for sort in ChangeSort if found.get(sort))
    return SinceFact(
        **vars(before.told)
        | {
            "health": tuple(_of_health(facts.workstreams, before)),
            "changes": tuple(changes),
        }
    )


def _changed(sort: ChangeSort, rows: list[ChangedFact]) -> Changed:
    """What came later by more days stands first; where that says nothing the order stays."""
    rows.sort(key=lambda row: -(row.days or 0))
    return Changed(sort, len(rows), tuple(rows[:MOST]))


# ---------------------------------------------------------------- sorts of changes

Rows = dict[ChangeSort, list[ChangedFact]]


def _of_items(now: Iterable[Mark], before: Before, day: date) -> Rows:
    rows: Rows = {sort: [] for sort in ChangeSort}
    gone = dict(before.marks)
    for mark in now:
        was = gone.pop((mark.what, mark.code), None)
        if not mark.is_part:
            for sort, row in _between(was, mark, before.day, day):
                rows[sort].append(row)
    rows[ChangeSort.DROPPED] += [
        _row(mark, mark.planned, None)
        for mark in gone.values()
        if mark.is_open and not mark.is_part
    ]
    return rows


def _between(
    was: Mark | None, mark: Mark, then: date, day: date
) -> Iterable[tuple[ChangeSort, ChangedFact]]:
    """What became of one; several things may have."""
    if was is None and not mark.is_dropped:
        yield ChangeSort.ADDED, _row(mark, None, mark.planned, days=None)
    if mark.is_overdue(day) and not (was and was.is_overdue(then)):
        late = (day - mark.expected).days if mark.expected else None
        yield ChangeSort.OVERDUE, _row(mark, mark.expected, None, days=late)
    if mark.is_done and not (was and was.is_done):
        sort = ChangeSort.REACHED if mark.what == "milestone" else ChangeSort.FINISHED
        yield sort, _row(mark, mark.planned, mark.done_on)
    if was is not None and mark.is_dropped and not was.is_dropped:
        yield ChangeSort.DROPPED, _row(mark, mark.planned, None)
    if _is_moved(was, mark) and was is not None:
        yield ChangeSort.MOVED, _row(mark, was.expected, mark.expected)


def _is_moved(was: Mark | None, mark: Mark) -> bool:
    """Whether an open milestone is expected on another day; due dates are in the slip ledger."""
    return (
        was is not None
        and mark.what == "milestone"
        and mark.is_open
        and mark.expected != was.expected
        and None not in {mark.expected, was.expected}
    )


_NOT_SAID = -1


def _row(
    mark: Mark, before: date | None, now: date | None, days: int | None = _NOT_SAID
) -> ChangedFact:
    if days == _NOT_SAID:
        days = (now - before).days if now and before else None
    return ChangedFact(
        mark.what, mark.code, mark.title, mark.group, mark.strand, before, now, days, mark.who
    )


def _of_talk(facts: ReportFacts, then: date) -> Rows:
    """Questions that were asked and answered, and what directors gave to do."""
    asked, answered = [], []
    for one in facts.questions:
        if one.asked_on is not None and one.asked_on > then:
            asked.append(
                ChangedFact(
                    "question", one.code, one.question, one.group,
                    now=one.wanted_by, who=one.wanted_from,
                )
            )  # fmt: skip
        if one.state == DecisionState.ANSWERED and one.decided_on and one.decided_on > then:
            answered.append(
                ChangedFact(
                    "question", one.code, one.question, one.group,
                    now=one.decided_on, who=one.decided_by,
                )
            )  # fmt: skip
    given = [
        ChangedFact(
            "task", one.code, one.title, one.group, one.strand,
            now=one.due, who=one.owner or one.lead_unit,
        )
        for one in facts.directives
        if one.given_on is not None and one.given_on > then
    ]  # fmt: skip
    return {ChangeSort.ASKED: asked, ChangeSort.ANSWERED: answered, ChangeSort.GIVEN: given}


def _of_risks(now: Iterable[RiskFact], before: Before) -> Rows:
    """Difficulties and grave risks that are new, or came true, and those that are settled."""
    known = dict(before.risks)
    risen = []
    for one in now:
        was = known.pop(one.code, None)
        if was is None or was.kind != one.kind:
            risen.append(_of_risk(one))
    return {ChangeSort.RISEN: risen, ChangeSort.SETTLED: [_of_risk(one) for one in known.values()]}


def _of_risk(one: RiskFact) -> ChangedFact:
    return ChangedFact(
        one.kind, one.code, one.title, one.group, one.strand, now=one.since, who=one.owner
    )


def _of_health(now: Iterable[WorkstreamFact], before: Before) -> Iterable[HealthChange]:
    """Workstreams whose colour is another, the worse ones first."""
    found = []
    for one in now:
        health, declared = before.health.get(_place(one), ("", ""))
        if (health, declared) != (one.health, one.declared):
            found.append(
                HealthChange(one.group, one.strand, health, one.health, declared, one.declared)
            )
    return sorted(found, key=lambda one: not one.is_worse)


def _place(one: WorkstreamFact) -> tuple[str, str]:
    return one.group, one.strand


# ---------------------------------------------------------------- marks


def _mark(item: Item, plan: Plan) -> Mark:
    make: Callable[..., Mark] = _of_task_item if item.kind == "task" else _of_milestone_item
    return make(item, plan)


def _of_task_item(item: Item, plan: Plan) -> Mark:
    values, people = item.values, plan.names
    key, strand = plan.place(item)
    return Mark(
        "task",
        values["code"],
        values["title"],
        key,
        strand,
        values["parent_id"] is not None,
        values["status"] == DROPPED,
        values["finished_on"],
        values["status"] == DONE,
        values["due"],
        values["due"],
        people.person(values["owner_id"]) or people.unit(values["lead_unit_id"]),
    )


def _of_milestone_item(item: Item, plan: Plan) -> Mark:
    values = item.values
    key, strand = plan.place(item)
    return Mark(
        "milestone",
        values["code"],
        values["title"],
        key,
        strand,
        is_part=False,
        is_dropped=False,
        done_on=values["closed_on"],
        is_done=values["closed_on"] is not None,
        planned=values["baseline"],
        expected=values["forecast"] or values["baseline"],
    )


def _of_task(task: TaskFact) -> Mark:
    return Mark(
        "task",
        task.code,
        task.title,
        task.group,
        task.strand,
        bool(task.parent),
        task.status == DROPPED,
        task.finished_on,
        task.status == DONE,
        task.due,
        task.due,
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
