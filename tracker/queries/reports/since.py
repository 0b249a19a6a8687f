"""Changes since the last report: what a report says now beside what was before (ADR 0031)."""

from collections.abc import Iterable
from datetime import date

from tracker.models import DecisionState
from tracker.queries.report_facts import (
    Basis,
    Changed,
    ChangedFact,
    ChangeSort,
    HealthChange,
    ReportFacts,
    RiskFact,
    SinceFact,
    WorkstreamFact,
)
from tracker.queries.reports.before import Before, Mark
from tracker.queries.reports.plan import Plan

MOST = 100  # rows of a sort: page one names the first few, the annex these


def since(plan: Plan, facts: ReportFacts, before: Before | None) -> SinceFact:
    """What has changed; the facts are those of the report so far."""
    if before is None:
        return SinceFact(Basis.NOTHING)
    found = {
        **_of_items(plan, before),
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


def _of_items(plan: Plan, before: Before) -> Rows:
    rows: Rows = {sort: [] for sort in ChangeSort}
    for was, mark in before.pairs(plan):
        if not mark.is_part:
            for sort, row in _between(was, mark, before.day, plan.day):
                rows[sort].append(row)
    for mark in before.gone(plan):
        if mark.is_open and not mark.is_part:
            rows[ChangeSort.DROPPED].append(_row(mark, mark.planned, None))
    return rows


def _between(
    was: Mark | None, mark: Mark, then: date, day: date
) -> Iterable[tuple[ChangeSort, ChangedFact]]:
    """What became of one; several things may have."""
    if was is None and not mark.is_dropped:
        yield ChangeSort.ADDED, _row(mark, None, mark.planned)
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


def _row(mark: Mark, before: date | None, now: date | None, days: int | None = None) -> ChangedFact:
    """With the days between the two dates, where no others are given."""
    if before and now:
        days = (now - before).days
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
        if one.state == DecisionState.ANSWERED and one.known_on and one.known_on > then:
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
        health, declared = before.health.get((one.group, one.strand), ("", ""))
        if (health, declared) != (one.health, one.declared):
            found.append(
                HealthChange(one.group, one.strand, health, one.health, declared, one.declared)
            )
    return sorted(found, key=lambda one: not one.is_worse)
