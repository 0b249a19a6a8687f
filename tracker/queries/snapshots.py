"""What was kept of past days: how all stood at the end of one, and what is counted over many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.lib.freshness import Coverage
from tracker.lib.health import Health, WorkstreamFacts
from tracker.lib.packing import unpack
from tracker.models import (
    Change,
    Group,
    Snapshot,
    SnapshotCell,
    SnapshotValue,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import declarations, past_facts, past_rules, standings
from tracker.queries.nights import NIGHT
from tracker.queries.past_rules import Rules
from tracker.queries.shapes import AnyRow
from tracker.queries.standings import Standings, worse

# Played again in a request only where that takes well under a second; else the night will do it.
REPLAYED_AT_ONCE = 20_000
KEPT_DAYS = 8
KEPT_COLOURS = 64
WEEK = timedelta(weeks=1)
DOTS = 8

# By snapshot, which never changes once it is there.
Days = MutableMapping[int, Standings]
Colours = MutableMapping[int, Mapping[int, Health]]


# ---------------------------------------------------------------- a past day


def at_end_of(day: date, known: Days) -> Standings | None:
    """How all stood at the end of that day; None when it is not kept and takes too long to find
    out.
    """
    snapshot_id = _nights([day]).get(day)
    if snapshot_id is None:
        return _replayed(day)
    found = known.get(snapshot_id)
    if found is None:
        found = _standings(snapshot_id)
        if len(known) >= KEPT_DAYS:
            known.clear()
        known[snapshot_id] = found
    return found


def _nights(days: Iterable[date]) -> Mapping[date, int]:
    """The snapshots of the ends of those days, as far as they are kept."""
    rows = db.session.execute(
        select(Snapshot.day, Snapshot.id).where(
            Snapshot.day.in_(list(days)), Snapshot.cause == NIGHT
        )
    )
    return {row.day: row.id for row in rows}


def _standings(snapshot_id: int) -> Standings:
    """By the facts and the rules that were kept with it."""
    day, kept_rules = db.session.execute(
        select(Snapshot.day, SnapshotValue.value)
        .join(SnapshotValue, SnapshotValue.id == Snapshot.rules_id)
        .where(Snapshot.id == snapshot_id)
    ).one()
    rules = Rules.from_json(unpack(kept_rules))
    declared = declarations.current(day=day)
    rows = db.session.execute(
        select(Workstream.id, Workstream.group_id, Workstream.strand, SnapshotValue.value)
        .join(SnapshotCell, SnapshotCell.workstream_id == Workstream.id)
        .join(SnapshotValue, SnapshotValue.id == SnapshotCell.facts_id)
        .where(SnapshotCell.snapshot_id == snapshot_id)
    )
    return {
        (row.group_id, row.strand): standings.of(
            WorkstreamFacts.from_json(unpack(row.value)), day, rules, declared.get(row.id)
        )
        for row in rows
    }


def _replayed(day: date) -> Standings | None:
    """From the history, unless that is too long."""
    if (db.session.scalar(select(func.max(Change.id))) or 0) > REPLAYED_AT_ONCE:
        return None
    (rules,) = past_rules.of_days([day])
    declared = declarations.current(day=day)
    rows = db.session.execute(select(Workstream.id, Workstream.group_id, Workstream.strand))
    places = {row.id: (row.group_id, row.strand) for row in rows}
    return {
        places[id_]: standings.of(facts, day, rules, declared.get(id_))
        for id_, facts in past_facts.at_end_of(day).items()
    }


# ---------------------------------------------------------------- one colour a week


def week_ends(day: date, number: int = DOTS) -> Sequence[date]:
    """That day and the Sundays before it, in order."""
    sunday = day - timedelta(days=day.weekday() + 1)
    return [*(sunday - WEEK * ago for ago in range(number - 2, -1, -1)), day]


def worst(day: date, known: Colours) -> Mapping[int, Sequence[Health]]:
    """The worst colour of each group at the ends of the last weeks before that day; weeks in which
    it was not there yet, or that are not kept, are left out.
    """
    nights = _nights(week_ends(day)[:-1])
    ids = [nights[end] for end in sorted(nights)]
    colours = {id_: known[id_] for id_ in ids if id_ in known}
    new = _worst([id_ for id_ in ids if id_ not in colours])
    if len(known) + len(new) > KEPT_COLOURS:
        known.clear()
    known.update(new)
    colours.update(new)
    found: dict[int, list[Health]] = defaultdict(list)
    for id_ in ids:
        for group_id, health in colours[id_].items():
            found[group_id].append(health)
    return found


def _worst(snapshot_ids: Sequence[int]) -> Mapping[int, Mapping[int, Health]]:
    found: dict[int, dict[int, Health]] = {id_: {} for id_ in snapshot_ids}
    if not snapshot_ids:
        return found
    rows = db.session.execute(
        select(SnapshotCell.snapshot_id, Workstream.group_id, SnapshotCell.health)
        .join(Workstream, Workstream.id == SnapshotCell.workstream_id)
        .where(SnapshotCell.snapshot_id.in_(snapshot_ids))
        .distinct()
    )
    for id_, group_id, health in rows:
        found[id_][group_id] = worse(found[id_].get(group_id, health), health)
    return found


# ---------------------------------------------------------------- the trend


@dataclass(frozen=True)
class Week:
    """What was counted over the groups at the end of a week."""

    day: date
    health: Mapping[Health, int]
    overdue: int
    blocked: int
    coverage: Coverage


def weeks(actor: Actor, day: date, number: int) -> Sequence[Week]:
    """The ends of the last weeks, as far as they are kept, over the groups the actor sees."""
    nights = _nights(week_ends(day, number))
    rows = db.session.execute(
        select(
            Snapshot.day,
            SnapshotCell.health,
            *(func.count(), func.sum(SnapshotCell.overdue), func.sum(SnapshotCell.blocked)),
            *(func.sum(SnapshotCell.fresh_items), func.sum(SnapshotCell.open_items)),
        )
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .join(Workstream, Workstream.id == SnapshotCell.workstream_id)
        .join(Group, Group.id == Workstream.group_id)
        .where(Snapshot.id.in_(nights.values()), may.visible_to(actor))
        .group_by(Snapshot.day, SnapshotCell.health)
        .order_by(Snapshot.day)
    ).all()
    return [_week(on, list(some)) for on, some in groupby(rows, key=lambda row: row[0])]


def _week(day: date, rows: Sequence[AnyRow]) -> Week:
    overdue, blocked, fresh, open_ = (sum(row[column] for row in rows) for column in range(3, 7))
    return Week(day, {row[1]: row[2] for row in rows}, overdue, blocked, Coverage(fresh, open_))
