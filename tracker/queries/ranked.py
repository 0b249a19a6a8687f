"""What a director should look at first: late milestones, decisions wanted, colours in dispute.

Made from the board's cells, so that a fact counts here as it is shown there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.lib.attention import Hide, Item, Kind, is_hidden, ranked
from tracker.lib.health import Health, Reason
from tracker.models import Dependency, Group, Milestone, Strand, Task, TaskStatus, Workstream
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import attention
from tracker.queries.board import Cell, Row
from tracker.queries.decisions import Line
from tracker.queries.standings import Standing


@dataclass(frozen=True)
class Waiting:
    """What waits beside the plan: questions for a director, tasks for approval."""

    decisions: Sequence[Line] = ()
    approvals: Sequence[attention.Item] = ()


@dataclass(frozen=True, kw_only=True)
class Point:
    """An item with what is shown of it. `strands` are those of what it blocks.

    `code` is that of a task, milestone or question; a point on a workstream has none.
    """

    item: Item
    title: str
    code: str
    key: str
    name: str
    name_en: str | None
    strand: Strand | None
    strands: tuple[Strand, ...] = ()
    health: Health | None = None
    declared: Health | None = None
    who: str = ""


@dataclass(frozen=True)
class Points:
    """What is shown, the heaviest first, and what the reader put off with their notes."""

    shown: Sequence[Point] = ()
    hidden: Sequence[tuple[Point, Hide]] = ()

    def find(self, subject: str) -> Point | None:
        """The point of that name, whether it is shown or put off."""
        everything = (*self.shown, *(point for point, _ in self.hidden))
        return next((point for point in everything if point.item.subject == subject), None)


def points(
    actor: Actor,
    rows: Iterable[Row],
    today: date,
    waiting: Waiting | None = None,
    hides: Mapping[str, Hide] | None = None,
) -> Points:
    """All that the rows of a board ask for, and what waits beside it."""
    found: dict[str, Point] = {}
    for row in rows:
        for cell in row.cells:
            if not cell.is_dimmed:
                found |= {point.item.subject: point for point in _of_cell(row, cell)}
    if waiting is not None:
        beside = [*map(_of_decision, waiting.decisions), *_of_approvals(waiting.approvals, today)]
        found |= {point.item.subject: point for point in beside}
    _name_tasks(actor, found)
    _count_blocked(actor, found)
    return _parted(found, hides or {}, today)


def _parted(found: Mapping[str, Point], hides: Mapping[str, Hide], today: date) -> Points:
    shown, hidden = [], []
    for item in ranked(point.item for point in found.values()):
        hide = hides.get(item.subject)
        if hide is not None and is_hidden(item, hide, today):
            hidden.append((found[item.subject], hide))
        else:
            shown.append(found[item.subject])
    return Points(shown, hidden)


# ---------------------------------------------------------------- the cells of the board


@dataclass
class _Sum:
    """What a cell says of one subject; a milestone may be both past its day and after the plan."""

    title: str = ""
    code: str = ""
    values: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def _of_cell(row: Row, cell: Cell) -> Iterable[Point]:
    health = cell.judgement.health
    if health in {Health.LATE, Health.AT_RISK}:
        yield from _of_reasons(row, cell)
    standing: Standing = cell.standing
    if standing.is_disputed and standing.declared is not None:
        item = Item(kind=Kind.DISPUTED, subject=f"disputed:{cell.code}", is_red=_is_red(cell))
        yield replace(_point(row, cell, item), declared=standing.declared.health)
    if standing.stale_days:
        item = Item(
            kind=Kind.STALE,
            subject=f"stale:{cell.code}",
            age=standing.stale_days,
            tasks=standing.coverage.missing,
        )
        yield _point(row, cell, item)


def _of_reasons(row: Row, cell: Cell) -> Iterable[Point]:
    found: dict[tuple[Kind, str], _Sum] = defaultdict(_Sum)
    for reason in cell.judgement.reasons:
        kind, name, values = _told(reason, cell)
        one = found[kind, name]
        one.title = str(reason.values.get("title", "")) or one.title
        one.code = "" if kind is Kind.OVERDUE else name
        for measure, number in values.items():
            one.values[measure] = max(one.values[measure], number)
    for (kind, name), one in found.items():
        subject = f"{kind}:{name}"
        item = Item(kind=kind, subject=subject, is_red=_is_red(cell), **one.values)
        yield _point(row, cell, item, one.title, one.code)


def _told(reason: Reason, cell: Cell) -> tuple[Kind, str, dict[str, int]]:
    """What a reason of the judgement is about, and what it counts."""
    days, values = _number(reason, "days"), reason.values
    match reason.code:
        case "milestone_past":
            return Kind.MILESTONE, str(values["milestone"]), {"late": days}
        case "milestone_slip":
            return Kind.MILESTONE, str(values["milestone"]), {"slip": days}
        case "blocked_long":
            return Kind.BLOCKED, str(values["task"]), {"age": days}
    return Kind.OVERDUE, cell.code, {"tasks": _number(reason, "overdue"), "late": days}


def _number(reason: Reason, name: str) -> int:
    value = reason.values.get(name, 0)
    return value if isinstance(value, int) else 0


def _is_red(cell: Cell) -> bool:
    return cell.judgement.health is Health.LATE


def _point(row: Row, cell: Cell, item: Item, title: str = "", code: str = "") -> Point:
    return Point(
        item=item,
        title=title,
        code=code,
        key=row.key,
        name=row.name,
        name_en=row.name_en,
        strand=cell.strand,
        health=cell.judgement.health,
    )


# ---------------------------------------------------------------- what waits


def _of_decision(line: Line) -> Point:
    item = Item(
        kind=Kind.DECISION,
        subject=f"{Kind.DECISION}:{line.code}",
        is_red=line.late > 0,
        late=line.late,
        age=line.age,
        blocks=len(line.stalls),
    )
    return Point(
        item=item,
        title=line.question,
        code=line.code,
        key=line.group_key,
        name=line.group_name,
        name_en=line.group_name_en,
        strand=None,
        strands=_in_order(stall.strand for stall in line.stalls),
        who=line.wanted_from,
    )


def _of_approvals(tasks: Iterable[attention.Item], today: date) -> Iterable[Point]:
    for task in tasks:
        age = (today - task.day).days if task.day else 0
        yield Point(
            item=Item(kind=Kind.APPROVAL, subject=f"{Kind.APPROVAL}:{task.code}", age=age),
            title=task.title,
            code=task.code,
            key=task.key,
            name=task.name,
            name_en=task.name_en,
            strand=task.strand,
            who=task.owner or "",
        )


# ---------------------------------------------------------------- what the cells do not say


def _name_tasks(actor: Actor, found: dict[str, Point]) -> None:
    """Titles of the blocked tasks; those that are gone since, or out of sight, are left out."""
    codes = [point.code for point in found.values() if point.item.kind is Kind.BLOCKED]
    if not codes:
        return
    rows = db.session.execute(
        select(Task.code, Task.title)
        .join(Group, Group.id == Task.group_id)
        .where(Task.code.in_(codes), Task.deleted_at.is_(None), may.visible_to(actor))
    )
    titles = {row.code: row.title for row in rows}
    for code in codes:
        subject = f"{Kind.BLOCKED}:{code}"
        point = found.pop(subject)
        if code in titles:
            found[subject] = replace(point, title=titles[code])


def _count_blocked(actor: Actor, found: dict[str, Point]) -> None:
    """How many open milestones and tasks wait for each late milestone, of those one may see."""
    codes = [point.code for point in found.values() if point.item.kind is Kind.MILESTONE]
    if not codes:
        return
    waits: dict[str, set[tuple[str, int]]] = defaultdict(set)
    strands: dict[str, set[Strand]] = defaultdict(set)
    for kind, query in (("milestone", _milestones_after()), ("task", _tasks_after())):
        before = aliased(Milestone)
        joined = query.join(before, before.id == Dependency.predecessor_milestone_id)
        rows = db.session.execute(
            joined.add_columns(before.code).where(before.code.in_(codes), may.visible_to(actor))
        )
        for id_, strand, code in rows:
            waits[code].add((kind, id_))
            strands[code].add(strand)
    for code, keys in waits.items():
        subject = f"{Kind.MILESTONE}:{code}"
        point = found[subject]
        item = replace(point.item, blocks=len(keys))
        found[subject] = replace(point, item=item, strands=_in_order(strands[code]))


def _milestones_after() -> Select[int, Strand]:
    return (
        select(Milestone.id, Workstream.strand)
        .select_from(Dependency)
        .join(Milestone, Milestone.id == Dependency.successor_milestone_id)
        .join(Workstream, Workstream.id == Milestone.workstream_id)
        .join(Group, Group.id == Milestone.group_id)
        .where(Milestone.deleted_at.is_(None), Milestone.closed_on.is_(None))
    )


def _tasks_after() -> Select[int, Strand]:
    return (
        select(Task.id, Workstream.strand)
        .select_from(Dependency)
        .join(Task, Task.id == Dependency.successor_task_id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(Group, Group.id == Task.group_id)
        .where(Task.deleted_at.is_(None), Task.status.not_in((TaskStatus.DONE, TaskStatus.DROPPED)))
    )


def _in_order(strands: Iterable[Strand]) -> tuple[Strand, ...]:
    some = set(strands)
    return tuple(strand for strand in Strand if strand in some)
