"""What was kept of past days: how all stood on one, and what is counted over many."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.lib.health import WorkstreamFacts
from tracker.models import Change, Snapshot, SnapshotCell, SnapshotValue, Workstream
from tracker.queries import declarations, past_facts, past_rules, standings
from tracker.queries.past_rules import Rules
from tracker.queries.standings import Standings

# Played again in a request only where that takes well under a second; else the night will do it.
REPLAYED_AT_ONCE = 20_000


def last_of(days: Iterable[date]) -> Mapping[date, int]:
    """The last snapshot of each of these days that has one: how the day ended."""
    rows = db.session.execute(
        select(Snapshot.day, Snapshot.id).where(Snapshot.day.in_(list(days))).order_by(Snapshot.at)
    )
    return {row.day: row.id for row in rows}


def standings_of(snapshot_id: int) -> Standings:
    """How all stood in a snapshot, by the facts and the rules kept with it."""
    day, rules_json = db.session.execute(
        select(Snapshot.day, SnapshotValue.value)
        .join(SnapshotValue, SnapshotValue.id == Snapshot.rules_id)
        .where(Snapshot.id == snapshot_id)
    ).one()
    rules = Rules.from_json(rules_json)
    declared = declarations.current(day=day)
    rows = db.session.execute(
        select(Workstream.id, Workstream.group_id, Workstream.strand, SnapshotValue.value)
        .join(SnapshotCell, SnapshotCell.workstream_id == Workstream.id)
        .join(SnapshotValue, SnapshotValue.id == SnapshotCell.facts_id)
        .where(SnapshotCell.snapshot_id == snapshot_id)
    )
    return {
        (row.group_id, row.strand): standings.of(
            WorkstreamFacts.from_json(row.value), day, rules, declared.get(row.id)
        )
        for row in rows
    }


def replayed(day: date) -> Standings | None:
    """How all stood at the end of a day that was not kept yet; None when that takes too long."""
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
