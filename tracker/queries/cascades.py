"""What the move of a forecast pushes, as far as it is anybody's business."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib import schedule
from tracker.models import Dependency, Milestone, Task, TaskStatus
from tracker.models.dependencies import Key, key_of
from tracker.policies import dependencies as may
from tracker.policies.actor import Actor
from tracker.queries import dependencies, linked, settings
from tracker.queries.linked import Node


@dataclass(frozen=True)
class Pushed:
    """An item that cannot keep its date; `behind` is the code of what it waits for."""

    node: Node
    old: date
    new: date
    working_days: int
    behind: str

    @property
    def days(self) -> int:
        """By how many days of the calendar."""
        return (self.new - self.old).days


@dataclass(frozen=True)
class Cascade:
    """What a move pushes: what the mover may move along, and what others have to move.

    `unseen` is what the mover may not even see; those who lead it are told all the same.
    """

    pushed: Sequence[Pushed] = ()
    held: Sequence[Pushed] = ()
    unseen: Sequence[Pushed] = ()

    @cached_property
    def mark(self) -> str:
        """Changes with whatever is to be seen of it; empty when there is nothing to see."""
        told = [
            f"{kind} {push.node.code} {push.old} {push.new}"
            for kind, pushes in (("pushed", self.pushed), ("held", self.held))
            for push in pushes
        ]
        return sha256("\n".join(told).encode()).hexdigest()[:16] if told else ""

    @property
    def latest(self) -> date | None:
        """The last of the new dates."""
        return max((push.new for push in self.pushed), default=None)


NOTHING = Cascade()


def of(actor: Actor, thing: Task | Milestone, day: date | None) -> Cascade:
    """What is pushed when the forecast of the thing moves to that day; before it does so.

    One statement where nothing waits for it; none where it was given up, for nobody waits for that.
    """
    key = key_of(thing)
    if _is_given_up(thing) or not _is_waited_for(key):
        return NOTHING
    links = dependencies.all_links()
    nodes = linked.nodes(actor, schedule.reached(schedule.followers(links), [key]))
    day = day or nodes[key].target
    if day is None:
        return NOTHING
    calendar = settings.calendar()
    network = schedule.Network(linked.items(nodes.values(), calendar), links, calendar)
    held = {node.key for node in nodes.values() if node.key != key and not _may_push(actor, node)}
    pushes = [_pushed(push, nodes) for push in network.pushed(key, day, held=held)]
    return Cascade(
        [push for push in pushes if push.node.key not in held],
        [push for push in pushes if push.node.key in held and push.node.is_visible],
        [push for push in pushes if not push.node.is_visible],
    )


def _is_given_up(thing: Task | Milestone) -> bool:
    return isinstance(thing, Task) and thing.status is TaskStatus.DROPPED


def _is_waited_for(key: Key) -> bool:
    kind, id_ = key
    end = Dependency.predecessor_task_id if kind == "task" else Dependency.predecessor_milestone_id
    return db.session.scalar(select(Dependency.id).where(end == id_).limit(1)) is not None


def _may_push(actor: Actor, node: Node) -> bool:
    return node.is_visible and may.push(
        actor,
        kind=node.kind,
        group_id=node.group_id,
        owner_id=node.owner_id,
        item_id=node.key[1],
    )


def _pushed(push: schedule.Push[Key], nodes: dict[Key, Node]) -> Pushed:
    behind = nodes[push.behind]
    return Pushed(
        nodes[push.key],
        push.old,
        push.new,
        push.working_days,
        behind.code if behind.is_visible else "",
    )
