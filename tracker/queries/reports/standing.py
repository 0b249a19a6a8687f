"""How the plan of a report stood on its day: the workstreams, and what was blocked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker.lib.health import MilestoneFact as MilestoneMark
from tracker.lib.health import TaskFact as TaskMark
from tracker.lib.health import WorkstreamFacts, gather, judge
from tracker.queries import declarations
from tracker.queries.declarations import Declared
from tracker.queries.report_facts import (
    DifficultyFact,
    ReasonFact,
    TaskFact,
    WorkstreamFact,
)
from tracker.queries.reports.plan import BLOCKED, NOT_WAITING, Plan
from tracker.queries.reports.rewind import Item, Key, State

Marks = Mapping[int, WorkstreamFacts]


def workstreams(plan: Plan) -> Iterable[WorkstreamFact]:
    """How each stood on the day. A report of a unit tells those in which the unit leads something:
    their health is that of the whole, the numbers are of what the unit leads.
    """
    whole = marks(plan.all_items, plan.places, plan.confirmed)
    led = marks(plan.items, plan.places, plan.confirmed) if plan.is_part else whole
    declared = declarations.current(plan.places, plan.day)
    for id_, (key, strand) in plan.places.items():
        if plan.is_part and not _has_any(led[id_]):
            continue
        judged = judge(whole[id_], plan.day, plan.limits, plan.calendar)
        own = judge(led[id_], plan.day, plan.limits, plan.calendar) if plan.is_part else judged
        following = judged.next_milestone
        said = declared.get(id_)
        yield WorkstreamFact(
            group=key,
            strand=strand.value,
            health=judged.health.value,
            reasons=tuple(
                ReasonFact(reason.code, {n: _plain(v) for n, v in reason.values.items()})
                for reason in judged.reasons
            ),
            **(_said(said) if said else {}),
            done=own.done,
            total=own.total,
            overdue=own.overdue,
            confirmed=own.freshness.coverage.confirmed,
            to_confirm=own.freshness.coverage.of,
            stale_days=own.freshness.stale_days(said.on if said else None),
            next_milestone=following.title if following else "",
            forecast=following.expected if following else None,
            slip=judged.slip_days,
        )


def _has_any(facts: WorkstreamFacts) -> bool:
    return bool(facts.total or facts.dropped or facts.milestones)


def marks(state: State, places: Iterable[int], confirmed: Mapping[Key, date]) -> Marks:
    """What the health of each workstream follows from."""
    tasks: dict[int, list[TaskMark]] = defaultdict(list)
    milestones: dict[int, list[Item]] = defaultdict(list)
    for key, item in state.items():
        if item.kind == "task":
            mark = _task_mark(item, confirmed.get(key))
            tasks[item.values["workstream_id"]].append(mark)
        else:
            milestones[item.values["workstream_id"]].append(item)
    return {id_: gather(tasks[id_], _milestone_marks(milestones[id_], confirmed)) for id_ in places}


def _milestone_marks(items: list[Item], confirmed: Mapping[Key, date]) -> Iterable[MilestoneMark]:
    for item in sorted(items, key=lambda item: (item.values["position"], item.id)):
        values = {name: item.values[name] for name in MilestoneMark._fields[:-1]}
        yield MilestoneMark(**values, confirmed_on=confirmed.get((item.kind, item.id)))


def _task_mark(item: Item, confirmed_on: date | None) -> TaskMark:
    values = item.values
    is_blocked = values["status"] == BLOCKED
    return TaskMark(
        values["code"],
        values["status"],
        values["due"],
        values["start"],
        values["progress"],
        values["status_since"] if is_blocked else None,
        confirmed_on,
        values["parent_id"] is None,
    )


def difficulties(plan: Plan) -> Iterable[DifficultyFact]:
    """Tasks that were blocked on the day, with what was said of it first."""
    for item in plan.tasks:
        if item.values["status"] == BLOCKED:
            task = plan.told(item)
            yield DifficultyFact(
                code=task.code,
                title=task.title,
                group=task.group,
                strand=task.strand,
                since=item.values["status_since"],
                note=task.note,
                owner=task.owner,
                lead_unit=task.lead_unit,
            )


def overdue(plan: Plan) -> Iterable[TaskFact]:
    """Tasks overdue on the day; parts of tasks are told with their task."""
    for item in plan.tasks:
        due = item.values["due"]
        is_late = due is not None and due < plan.day
        if is_late and item.values["status"] not in NOT_WAITING and plan.is_top(item):
            yield plan.told(item)


def _said(said: Declared) -> dict[str, Any]:
    """What the lead declared, as fields of `WorkstreamFact`."""
    return {
        "declared": said.health.value,
        "declared_note": said.sentence,
        "recovery": said.recovery,
        "declared_by": said.by_name,
        "declared_on": said.on,
    }


def _plain(value: object) -> str | int:
    """A value of a reason as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
