"""What differs between two days of the board: colours, milestones and tasks, each to be looked at.

Colours and milestones are told from what stood on the two days, so that what has been deleted
since is still told; why a date moved, and which tasks were finished, is in the history.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.health import Health, MilestoneFact, Reason
from tracker.models import Change, DateMove, Group, Milestone, MoveReason
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import task_changes
from tracker.queries.standings import Place, Standings
from tracker.queries.task_changes import Counts, Window


class What(StrEnum):
    """What became of a milestone."""

    CLOSED = "closed"
    MOVED = "moved"
    REOPENED = "reopened"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True)
class Recoloured:
    """A workstream whose colour changed, computed or declared (None: not declared).

    `why` is the first fact behind its colour now.
    """

    place: Place
    old: Health
    new: Health
    why: Reason
    declared_old: Health | None = None
    declared_new: Health | None = None

    @property
    def is_computed(self) -> bool:
        """Whether the plan says otherwise than before."""
        return self.old is not self.new

    @property
    def is_declared(self) -> bool:
        """Whether its lead says otherwise than before."""
        return self.declared_new is not None and self.declared_old is not self.declared_new

    @property
    def worsened(self) -> int:
        """How much worse it stands; negative when better."""
        return self.new.severity - self.old.severity

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Less is told earlier: what is late now before what may be, what got better last."""
        return self.worsened < 0, -self.new.severity, -self.worsened


@dataclass(frozen=True)
class Told:
    """A milestone of which something is to be told; `old` and `new` are when it is expected."""

    what: What
    place: Place
    code: str
    title: str
    old: date | None = None
    new: date | None = None
    reason: MoveReason | None = None
    sentence: str = ""
    evidence: str = ""

    @property
    def days(self) -> int:
        """By how many days it moved; negative when it comes sooner."""
        return (self.new - self.old).days if self.new and self.old else 0


@dataclass(frozen=True)
class Comparison:
    """What is different, the worst first; groups that were not there are named alone."""

    recoloured: Sequence[Recoloured] = ()
    milestones: Sequence[Told] = ()
    tasks: Sequence[Counts] = ()
    new_groups: Sequence[int] = ()

    @property
    def finished(self) -> int:
        """Tasks finished in all workstreams."""
        return sum(row.finished for row in self.tasks)

    @property
    def added(self) -> int:
        """Tasks added in all workstreams."""
        return sum(row.added for row in self.tasks)

    @property
    def dropped(self) -> int:
        """Tasks dropped or deleted in all workstreams."""
        return sum(row.dropped for row in self.tasks)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.recoloured or self.milestones or self.tasks or self.new_groups)


def compare(
    actor: Actor,
    seen: Container[int],
    earlier: Standings,
    later: Standings,
    window: Window,
    *,
    counts_tasks: bool = True,
) -> Comparison:
    """What changed between two days in the groups (by id) that the actor sees today."""
    before = {place: one for place, one in earlier.items() if place[0] in seen}
    known = {group_id for group_id, _ in before}
    now = {place: one for place, one in later.items() if place[0] in known}
    return Comparison(
        recoloured=sorted(_recoloured(before, now), key=lambda one: one.rank),
        milestones=_explained(actor, sorted(_milestones(before, now), key=_order), window),
        tasks=task_changes.counts(actor, seen, window) if counts_tasks else (),
        new_groups=sorted({id_ for id_, _ in later if id_ in seen} - known),
    )


def _recoloured(before: Standings, now: Standings) -> Iterator[Recoloured]:
    for place, standing in now.items():
        was = before.get(place)
        if was is None:
            continue
        found = Recoloured(
            place,
            was.judgement.health,
            standing.judgement.health,
            standing.judgement.reasons[0],
            was.declared.health if was.declared else None,
            standing.declared.health if standing.declared else None,
        )
        if found.is_computed or found.is_declared:
            yield found


def _milestones(before: Standings, now: Standings) -> Iterator[Told]:
    """By code, so that one that went to another strand is neither gone nor new."""
    differ = [
        place
        for place in {**before, **now}
        if _plan(_milestones_of(before, place)) != _plan(_milestones_of(now, place))
    ]
    was, stands = _by_code(before, differ), _by_code(now, differ)
    for code, (place, milestone) in {**was, **stands}.items():
        old, new = (side[code][1] if code in side else None for side in (was, stands))
        if old is None and new is not None and _has_left_its_plan(new):
            old = MilestoneFact(code, new.title, new.baseline)
        what = _what(old, new)
        if what:
            yield Told(what, place, code, milestone.title, old=_day(old), new=_day(new))


def _what(old: MilestoneFact | None, new: MilestoneFact | None) -> What | None:
    if old is None or new is None:
        return What.ADDED if old is None else What.GONE
    if old.is_open is not new.is_open:
        return What.CLOSED if old.is_open else What.REOPENED
    return What.MOVED if new.is_open and old.expected != new.expected else None


def _has_left_its_plan(milestone: MilestoneFact) -> bool:
    """Whether a new one was already reached or moved: that says more than that it is new."""
    is_as_planned = milestone.is_open and milestone.expected == milestone.baseline
    return milestone.baseline is not None and not is_as_planned


def _day(milestone: MilestoneFact | None) -> date | None:
    return (milestone.closed_on or milestone.expected) if milestone else None


def _milestones_of(standings: Standings, place: Place) -> tuple[MilestoneFact, ...]:
    return standings[place].milestones if place in standings else ()


def _plan(milestones: Iterable[MilestoneFact]) -> list[tuple[object, ...]]:
    """Without when it was confirmed: most are every month, and little else changes."""
    return [milestone[:-1] for milestone in milestones]


def _by_code(
    standings: Standings, places: Iterable[Place]
) -> Mapping[str, tuple[Place, MilestoneFact]]:
    return {m.code: (place, m) for place in places for m in _milestones_of(standings, place)}


def _order(told: Told) -> tuple[bool, int, int, str]:
    """What comes later than was said first, most days first; what was reached follows."""
    slipped = told.what is What.MOVED and told.days > 0
    return not slipped, list(What).index(told.what), -abs(told.days), told.code


def _explained(actor: Actor, told: Sequence[Told], window: Window) -> Sequence[Told]:
    """With the last reason given for a move, and the evidence of what was reached."""
    reasons = _reasons([one.code for one in told if one.what is What.MOVED], window)
    evidence = _evidence(actor, [one.code for one in told if one.what is What.CLOSED])
    return [
        replace(one, reason=reason, sentence=sentence, evidence=evidence.get(one.code, ""))
        for one in told
        for reason, sentence in [reasons.get(one.code, (None, ""))]
    ]


def _reasons(codes: Sequence[str], window: Window) -> Mapping[str, tuple[MoveReason | None, str]]:
    if not codes:
        return {}
    rows = db.session.execute(
        select(DateMove.code, DateMove.reason, Change.sentence)
        .join(Change, Change.id == DateMove.change_id)
        .where(DateMove.kind == "milestone", DateMove.code.in_(codes), window.condition)
        .order_by(DateMove.change_id)
    )
    return {row.code: (row.reason, row.sentence or "") for row in rows}


def _evidence(actor: Actor, codes: Sequence[str]) -> Mapping[str, str]:
    if not codes:
        return {}
    rows = db.session.execute(
        select(Milestone.code, Milestone.evidence)
        .join(Group, Group.id == Milestone.group_id)
        .where(Milestone.code.in_(codes), may.visible_to(actor), Milestone.closed_on.is_not(None))
    )
    return {row.code: row.evidence or "" for row in rows}
