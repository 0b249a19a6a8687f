"""How far each subject is from being usable, and which chain of items decides when the rest is.

The four strands depend on each other in their order: what a standard asks for can be measured,
then bodies are accredited for it, then it can be inspected. A subject is a milestone of the
standards strand with whatever of the others waits for it, near or far: of its own group, and of
another one where its own has nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from tracker.extensions import db
from tracker.lib import schedule
from tracker.lib.schedule import Network, Step
from tracker.models import Dependency, Group, Milestone, Strand, Task
from tracker.models.dependencies import Key
from tracker.policies.actor import Actor
from tracker.queries import dependencies, linked, settings
from tracker.queries.linked import Node

FIRST, *LATER = Strand
# So many critical chains are shown: the first ones decide, the rest is noise.
CHAINS = 3


@dataclass(frozen=True)
class Waiting:
    """An item of a subject, and when it is reached if all it waits for keeps its date."""

    node: Node
    expected: date | None


@dataclass(frozen=True)
class Stage:
    """What a strand does for a subject: milestones, else tasks; nothing may be planned there."""

    strand: Strand
    items: Sequence[Waiting]

    @property
    def is_done(self) -> bool:
        """Whether all of it is closed."""
        return bool(self.items) and all(one.node.is_over for one in self.items)

    @property
    def expected(self) -> date | None:
        """When the last of it is reached."""
        days = [one.expected for one in self.items]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


@dataclass(frozen=True)
class Subject:
    """Standard, traceability, accredited bodies, inspection: one line of the readiness chain."""

    standard: Node
    stages: Sequence[Stage]

    @property
    def is_published(self) -> bool:
        """Whether the standard is there."""
        return self.standard.is_over

    @property
    def gap(self) -> Stage | None:
        """The first strand that is not ready; None where all are."""
        return next((stage for stage in self.stages if not stage.is_done), None)

    @property
    def ready_on(self) -> date | None:
        """When all four are ready, where all four are planned."""
        days = [stage.expected for stage in self.stages]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(self.stages) else None


@dataclass(frozen=True)
class Link:
    """An item of a critical chain; `following` is the one it pushes first."""

    node: Node
    slack: int | None
    total: int | None
    following: Node | None

    @property
    def is_late(self) -> bool:
        """Whether it lies after its plan."""
        return self.node.slip > 0


@dataclass(frozen=True)
class Readiness:
    """The subjects of a group, and the critical chains it is part of."""

    subjects: Sequence[Subject]
    chains: Sequence[Sequence[Link]]


def of_group(actor: Actor, group: Group) -> Readiness:
    """Both for a group, with whatever other groups do for it as far as the actor may see it."""
    nodes, network = _network(actor, _ends_in(group))
    own = {key for key, node in nodes.items() if node.group_id == group.id}
    return Readiness(_subjects(own, nodes, network), _chains(nodes, network, own))


def chains(actor: Actor, group: Group | None) -> Sequence[Sequence[Link]]:
    """The critical chains of a group, or of all groups one sees; the tightest first."""
    nodes, network = _network(actor, _ends_in(group) if group else None)
    own = {key for key, node in nodes.items() if group is None or node.group_id == group.id}
    return _chains(nodes, network, own)


def _network(
    actor: Actor, starts: Collection[Key] | None
) -> tuple[Mapping[Key, Node], Network[Key]]:
    """Whatever hangs together with those items and may be seen; with None everything linked."""
    links = dependencies.all_links()
    if starts is not None:
        both_ways = [*links, *(schedule.Link(link.successor, link.predecessor) for link in links)]
        near = set(schedule.reached(schedule.followers(both_ways), starts))
        links = [link for link in links if link.predecessor in near]
    keys = {key for link in links for key in link[:2]}
    nodes = {
        key: node
        for key, node in linked.nodes(actor, keys).items()
        if node.is_visible and not node.is_dropped
    }
    calendar = settings.calendar()
    return nodes, Network(linked.items(nodes.values(), calendar), links, calendar)


def _ends_in(group: Group) -> Collection[Key]:
    """The items of the group that are linked to anything."""
    found: set[Key] = set()
    for kind, table, ends in (
        ("milestone", Milestone, linked.MILESTONE_ENDS),
        ("task", Task, linked.TASK_ENDS),
    ):
        linked_somewhere: Iterable[ColumnElement[bool]] = (
            select(Dependency.id).where(end == table.id).exists() for end in ends
        )
        ids = db.session.scalars(
            select(table.id).where(table.group_id == group.id, or_(*linked_somewhere))
        )
        found |= {(kind, id_) for id_ in ids}
    return found


def _subjects(
    own: Collection[Key], nodes: Mapping[Key, Node], network: Network[Key]
) -> Sequence[Subject]:
    earliest, subjects = network.earliest(), []
    after = schedule.followers(
        link
        for link in network.links
        if link.successor in nodes and not _is_standard(nodes[link.successor])
    )
    for key, node in nodes.items():
        if key not in own or not _is_standard(node):
            continue
        behind = [nodes[one] for one in schedule.reached(after, [key]) if one in nodes]
        near = [one for one in behind if one.key in own]
        stages = [_stage(FIRST, [node], earliest)]
        stages += [
            _stage(strand, _of(strand, near) or _of(strand, behind), earliest) for strand in LATER
        ]
        if any(stage.items for stage in stages[1:]):
            subjects.append(Subject(node, stages))
    return sorted(subjects, key=lambda one: (one.standard.finish or date.max, one.standard.code))


def _is_standard(node: Node) -> bool:
    return node.kind == "milestone" and node.strand is FIRST


def _of(strand: Strand, nodes: Sequence[Node]) -> Sequence[Node]:
    """What the strand does: its milestones, else its tasks."""
    there = [node for node in nodes if node.strand is strand]
    return [node for node in there if node.kind == "milestone"] or there


def _stage(strand: Strand, nodes: Sequence[Node], earliest: Mapping[Key, date]) -> Stage:
    items = [Waiting(node, earliest.get(node.key)) for node in nodes]
    return Stage(strand, sorted(items, key=lambda one: (one.expected or date.max, one.node.code)))


def _chains(
    nodes: Mapping[Key, Node], network: Network[Key], own: Collection[Key]
) -> Sequence[Sequence[Link]]:
    found = (chain for chain in network.chains() if any(step.key in own for step in chain))
    return [_links(chain, nodes) for chain, _ in zip(found, range(CHAINS), strict=False)]


def _links(chain: Sequence[Step[Key]], nodes: Mapping[Key, Node]) -> Sequence[Link]:
    following = [*(nodes[step.key] for step in chain[1:]), None]
    return [
        Link(nodes[step.key], step.slack, step.total, after)
        for step, after in zip(chain, following, strict=True)
    ]
