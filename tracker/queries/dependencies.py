"""What waits for what: the links of an item, those among a set of items, and what may be linked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from sqlalchemy import ColumnElement, Row, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.schedule import Link, Network
from tracker.models import Dependency, Group, Milestone, Task
from tracker.models.dependencies import Key, key_of
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import linked, search, settings
from tracker.queries.linked import Node

LinkRow = Row[int | None, int | None, int | None, int | None, int]
LINKS: Select[int | None, int | None, int | None, int | None, int] = select(
    Dependency.predecessor_task_id,
    Dependency.predecessor_milestone_id,
    Dependency.successor_task_id,
    Dependency.successor_milestone_id,
    Dependency.lag,
)
Ended = TypeVar("Ended", Task, Milestone)
LINKED = ("task", "milestone")
OFFERED = 8
NAMED = 5  # so many are named where a text fits several


@dataclass(frozen=True)
class Wait:
    """One link as the page of an item shows it: what is at its other end."""

    id: int
    node: Node
    lag: int
    is_late: bool


@dataclass(frozen=True)
class Waits:
    """What an item waits for, and what waits for it.

    `earliest` is the first day it can keep, where its own date is before what it waits for allows;
    `behind` is what holds it up. `node` is the item itself, where anything is linked to it.
    """

    node: Node | None = None
    before: Sequence[Wait] = ()
    after: Sequence[Wait] = ()
    earliest: date | None = None
    behind: str = ""


def among(keys: Collection[Key]) -> Sequence[Link[Key]]:
    """The links whose ends are both among those items, each given by kind and id; one query."""
    before, after = (_has_end(side, keys) for side in ("predecessor", "successor"))
    return as_links(db.session.execute(LINKS.where(before, after).order_by(Dependency.id)))


def all_links() -> list[Link[Key]]:
    """Every link, those of what lies in the trash too."""
    return as_links(db.session.execute(LINKS))


def live_links() -> list[Link[Key]]:
    """Every link of which neither end lies in the trash."""
    gone = (
        select(table.id).where(table.id == end, table.trash_id.is_not(None)).exists()
        for table, end in (
            (Task, Dependency.predecessor_task_id),
            (Task, Dependency.successor_task_id),
            (Milestone, Dependency.predecessor_milestone_id),
            (Milestone, Dependency.successor_milestone_id),
        )
    )
    return as_links(db.session.execute(LINKS.where(*(~one for one in gone))))


def of_any(keys: Collection[Key]) -> Sequence[Dependency]:
    """The links with at least one end among those items."""
    ends = (_has_end(side, keys) for side in ("predecessor", "successor"))
    return db.session.scalars(select(Dependency).where(or_(*ends)).order_by(Dependency.id)).all()


def find(dependency_id: int) -> Dependency | None:
    """The link of that id."""
    return db.session.get(Dependency, dependency_id)


def codes(keys: Collection[Key], group_ids: Collection[int]) -> dict[Key, str]:
    """The codes of those items; an ellipsis for one of a restricted group not among the given."""
    found: dict[Key, str] = {}
    for kind, table in (("task", Task), ("milestone", Milestone)):
        rows = db.session.execute(
            select(table.id, table.code, Group.id, Group.is_restricted)
            .join(Group, Group.id == table.group_id)
            .where(table.id.in_([id_ for of_kind, id_ in keys if of_kind == kind]))
        )
        for id_, code, group_id, is_restricted in rows:
            is_told = not is_restricted or group_id in group_ids
            found[kind, id_] = code if is_told else "…"
    return found


def waits(actor: Actor, thing: Task | Milestone, today: date) -> Waits:
    """What the item waits for and what waits for it, as far as the actor may see it.

    One statement where there is nothing.
    """
    return waits_of(actor, key_of(thing), today)


def waits_of(actor: Actor, key: Key, today: date) -> Waits:
    """The same for an item by kind and id; nothing where the actor may not see it."""
    kind, id_ = key
    links = db.session.scalars(_of_one(kind), {"id": id_}).all()
    if not links:
        return Waits()
    nodes = linked.nodes(actor, {key, *(end for link in links for end in _ends(link))})
    if key not in nodes or not nodes[key].is_visible:
        return Waits()
    before = [_wait(link, nodes.get(link.predecessor), today) for link in links]
    after = [_wait(link, nodes.get(link.successor), today) for link in links]
    allowed = _network(links, nodes).allowed(key) if not nodes[key].is_dropped else None
    behind = nodes[allowed.behind] if allowed else None
    return Waits(
        nodes[key],
        _in_order(wait for wait in before if wait and wait.node.key != key),
        _in_order(wait for wait in after if wait and wait.node.key != key),
        allowed.new if allowed else None,
        behind.code if behind and behind.is_visible else "",
    )


@cache
def _of_one(kind: str) -> Select[Dependency]:
    """The links with one end at the item of that kind."""
    ends = (_column(side, kind) == bindparam("id") for side in ("predecessor", "successor"))
    return select(Dependency).where(or_(*ends)).order_by(Dependency.id)


def matches(actor: Actor, text: str) -> list[str]:
    """The codes of what a text typed may mean: the item of that code, else all with those words.

    A suggestion that was taken begins with the code.
    """
    code = text.split(maxsplit=1)[0].upper() if text.strip() else ""
    if end(actor, code) is not None:
        return [code]
    return [hit.code for hit in offered(actor, text)][:NAMED]


def offered(actor: Actor, text: str) -> list[search.Hit]:
    """The tasks and milestones that a text may mean, the likeliest first."""
    hits = search.search(actor, text, most=search.CANDIDATES).hits
    return [hit for hit in hits if hit.kind in LINKED][:OFFERED]


def end(actor: Actor, code: str) -> Task | Milestone | None:
    """The task or milestone of that code, if the actor may see it; from the trash too."""
    task = db.session.scalar(_ends_seen(actor, Task).where(Task.code == code))
    return task or db.session.scalar(_ends_seen(actor, Milestone).where(Milestone.code == code))


def ends(actor: Actor, link: Dependency) -> tuple[Task | Milestone | None, Task | Milestone | None]:
    """What is waited for and what waits, each if the actor may see it."""
    return _end_seen(actor, *link.predecessor), _end_seen(actor, *link.successor)


def _end_seen(actor: Actor, kind: str, id_: int) -> Task | Milestone | None:
    if kind == "task":
        return db.session.scalar(_ends_seen(actor, Task).where(Task.id == id_))
    return db.session.scalar(_ends_seen(actor, Milestone).where(Milestone.id == id_))


def _ends_seen(actor: Actor, table: type[Ended]) -> Select[Ended]:
    return (
        select(table)
        .join(table.group)
        .options(contains_eager(table.group), joinedload(table.workstream))
        .where(may.visible_to(actor))
    )


def as_links(rows: Iterable[LinkRow]) -> list[Link[Key]]:
    """Rows of `LINKS` as the schedule takes them."""
    return [
        Link(
            ("task", task) if task is not None else ("milestone", milestone or 0),
            ("task", later_task) if later_task is not None else ("milestone", later or 0),
            lag,
        )
        for task, milestone, later_task, later, lag in rows
    ]


def _network(links: Iterable[Dependency], nodes: dict[Key, Node]) -> Network[Key]:
    calendar = settings.calendar()
    return Network(
        linked.items(nodes.values(), calendar),
        [Link(link.predecessor, link.successor, link.lag) for link in links],
        calendar,
    )


def _wait(link: Dependency, node: Node | None, today: date) -> Wait | None:
    if node is None or not node.is_visible:
        return None
    is_open = not node.is_over and not node.is_dropped
    is_late = is_open and node.finish is not None and node.finish < today
    return Wait(link.id, node, link.lag, is_late)


def _in_order(waits_: Iterable[Wait]) -> Sequence[Wait]:
    """By date, the undated last."""
    return sorted(waits_, key=lambda wait: (wait.node.finish or date.max, wait.node.code))


def _ends(link: Dependency) -> tuple[Key, Key]:
    return link.predecessor, link.successor


def _has_end(side: str, keys: Collection[Key]) -> ColumnElement[bool]:
    """Whether that side of a link is one of the items."""
    columns = ((kind, _column(side, kind)) for kind in ("task", "milestone"))
    return or_(*(column.in_([i for k, i in keys if k == kind]) for kind, column in columns))


def _column(side: str, kind: str) -> InstrumentedAttribute[int | None]:
    column: InstrumentedAttribute[int | None] = getattr(Dependency, f"{side}_{kind}_id")
    return column
