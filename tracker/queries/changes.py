"""What changed since a day: milestones moved and closed, tasks finished and added."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from tracker.extensions import db
from tracker.lib.dates import start_of_day_utc
from tracker.models import Change, Group, Milestone, MoveReason, Strand, Task, Workstream
from tracker.policies import groups as may
from tracker.policies.actor import Actor


@dataclass(frozen=True)
class Moved:
    """A milestone whose forecast is another one than on that day."""

    code: str
    title: str
    key: str
    strand: Strand
    old: date
    new: date
    reason: MoveReason | None
    sentence: str | None
    times: int

    @property
    def days(self) -> int:
        """By how many days it moved; negative when it comes sooner."""
        return (self.new - self.old).days


@dataclass(frozen=True)
class Closed:
    """A milestone that was reached."""

    code: str
    title: str
    key: str
    strand: Strand
    closed_on: date | None
    evidence: str | None


@dataclass(frozen=True)
class Counts:
    """How many tasks of a workstream were finished and added."""

    key: str
    strand: Strand
    finished: int
    added: int


@dataclass(frozen=True)
class Changes:
    """All of it, the largest moves first."""

    moved: Sequence[Moved]
    closed: Sequence[Closed]
    counts: Sequence[Counts]

    @property
    def finished(self) -> int:
        """Tasks finished in all workstreams."""
        return sum(row.finished for row in self.counts)

    @property
    def added(self) -> int:
        """Tasks added in all workstreams."""
        return sum(row.added for row in self.counts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.moved or self.closed or self.counts)


def since(actor: Actor, day: date) -> Changes:
    """What changed since the beginning of that day, of what the actor may see."""
    return Changes(moved=_moved(actor, day), closed=_closed(actor, day), counts=_counts(actor, day))


def _moved(actor: Actor, day: date) -> list[Moved]:
    moves: dict[int, list[Change]] = defaultdict(list)
    about: dict[int, tuple[str, str, str, Strand]] = {}
    for change, code, title, key, strand in db.session.execute(
        select(Change, Milestone.code, Milestone.title, Group.key, Workstream.strand)
        .join(Milestone, Milestone.id == Change.subject_id)
        .join(Workstream, Workstream.id == Milestone.workstream_id)
        .join(Group, Group.id == Milestone.group_id)
        .where(
            Change.kind == "milestone",
            Change.field == "forecast",
            Change.at >= start_of_day_utc(day),
            Milestone.deleted_at.is_(None),
            may.visible_to(actor),
        )
        .order_by(Change.at, Change.id)
    ):
        moves[change.subject_id].append(change)
        about[change.subject_id] = (code, title, key, strand)
    found = [_net(about[id_], changes) for id_, changes in moves.items()]
    return sorted((move for move in found if move), key=lambda move: -abs(move.days))


def _net(about: tuple[str, str, str, Strand], changes: Sequence[Change]) -> Moved | None:
    """Several moves as one, from the first old date to the last new one."""
    old, new = changes[0].old, changes[-1].new
    if not isinstance(old, str) or not isinstance(new, str) or old == new:
        return None
    code, title, key, strand = about
    return Moved(
        code=code,
        title=title,
        key=key,
        strand=strand,
        old=date.fromisoformat(old),
        new=date.fromisoformat(new),
        reason=changes[-1].reason,
        sentence=changes[-1].sentence,
        times=len(changes),
    )


def _closed(actor: Actor, day: date) -> list[Closed]:
    rows = db.session.execute(
        select(
            Milestone.code,
            Milestone.title,
            Group.key,
            Workstream.strand,
            Milestone.closed_on,
            Milestone.evidence,
        )
        .join(Workstream, Workstream.id == Milestone.workstream_id)
        .join(Group, Group.id == Milestone.group_id)
        .where(
            Milestone.id.in_(
                select(Change.subject_id).where(
                    Change.kind == "milestone",
                    Change.field == "closed_on",
                    Change.at >= start_of_day_utc(day),
                )
            ),
            Milestone.closed_on.is_not(None),
            Milestone.deleted_at.is_(None),
            may.visible_to(actor),
        )
        .order_by(Milestone.closed_on.desc(), Milestone.id)
    )
    return [Closed(*row) for row in rows]


def _counts(actor: Actor, day: date) -> list[Counts]:
    """Per workstream, from the history: finished (and still so) and newly added."""
    finished = and_(Change.field == "finished_on", Task.finished_on.is_not(None))
    added = Change.field == "created"
    rows = db.session.execute(
        select(
            Group.key,
            Workstream.strand,
            func.count(Task.id.distinct()).filter(finished),
            func.count(Task.id.distinct()).filter(added),
        )
        .select_from(Change)
        .join(Task, Task.id == Change.subject_id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(Group, Group.id == Task.group_id)
        .where(
            Change.kind == "task",
            or_(finished, added),
            Change.at >= start_of_day_utc(day),
            Task.deleted_at.is_(None),
            Task.parent_id.is_(None),
            may.visible_to(actor),
        )
        .group_by(Group.position, Group.key, Workstream.strand)
        .order_by(Group.position)
    )
    return [Counts(*row) for row in rows]
