"""What is to be kept of the ends of days: how every workstream stood, facts and rules with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.health import Health, WorkstreamFacts
from tracker.lib.packing import Packed, pack
from tracker.models import Change, Declaration, Snapshot
from tracker.queries import past_facts, past_rules, standings
from tracker.queries.past_facts import Facts
from tracker.queries.past_rules import Rules
from tracker.queries.standings import Standing

NIGHT = "night"


class Cell(NamedTuple):
    """What is kept of a workstream: what is counted, and the facts it follows from."""

    columns: Mapping[str, Any]
    facts: Packed


@dataclass(frozen=True)
class Night:
    """All workstreams as the history had them up to a moment; cells by workstream."""

    day: date
    at: datetime
    cause: str
    rules: Rules
    cells: dict[int, Cell] = field(default_factory=dict)

    def add(self, facts: Facts, declared: Mapping[int, Health], packing: "Packing") -> None:
        """Judge some workstreams."""
        for id_, known in facts.items():
            standing = standings.of(known, self.day, self.rules)
            columns = {"declared": declared.get(id_), **_counted(standing)}
            self.cells[id_] = Cell(columns, packing.packed(id_, known))


def _counted(standing: Standing) -> dict[str, Any]:
    judgement = standing.judgement
    return {
        "health": judgement.health,
        "done": judgement.done,
        "total": judgement.total,
        "overdue": judgement.overdue,
        "blocked": judgement.blocked,
        "milestones_soon": standing.milestones_soon,
        "open_items": standing.coverage.of,
        "fresh_items": standing.coverage.confirmed,
    }


class Packing:
    """Packs facts; those of a workstream that stayed as they were are the same object."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[WorkstreamFacts, Packed]] = {}

    def packed(self, workstream_id: int, facts: WorkstreamFacts) -> Packed:
        """As last time, or anew."""
        last = self._last.get(workstream_id)
        if last is None or last[0] is not facts:
            last = self._last[workstream_id] = (facts, pack(facts.to_json()))
        return last[1]


def first_day() -> date | None:
    """The day of the first change of all: nothing is known of the days before."""
    first = db.session.scalar(select(func.min(Change.at)))
    return local_day(first) if first else None


def now(at: datetime, cause: str) -> Night:
    """How all stand, as the last commit left it."""
    night = Night(local_day(at), at, cause, past_rules.now())
    (declared,) = _declared([at])
    night.add(past_facts.now(), declared, Packing())
    return night


def missed(until: date, most: int) -> Sequence[Night]:
    """The ends of days up to that one that are not kept yet, so many at most, the latest ones.

    They are made from the history alone, so that it does not matter when a day is kept.
    """
    days = sorted(_missing(until)[:most])
    if not days:
        return []
    ends = [end_of_day_utc(day) for day in days]
    nights = {
        day: Night(day, end, NIGHT, rules)
        for day, end, rules in zip(days, ends, past_rules.of_days(days), strict=True)
    }
    declared = dict(zip(days, _declared(ends), strict=True))
    packing = Packing()
    for day, facts in past_facts.of_days(days):
        nights[day].add(facts, declared[day], packing)
    return list(nights.values())


def _missing(until: date) -> Sequence[date]:
    """The latest first."""
    first = first_day()
    if first is None:
        return []
    known = set(db.session.scalars(select(Snapshot.day).where(Snapshot.cause == NIGHT)))
    days = (until - timedelta(days=ago) for ago in range((until - first).days + 1))
    return [day for day in days if day not in known]


def _declared(ends: Sequence[datetime]) -> Iterator[Mapping[int, Health]]:
    """What was declared of each workstream by each of these moments."""
    said = db.session.execute(
        select(Declaration.at, Declaration.workstream_id, Declaration.health).order_by(
            Declaration.id
        )
    ).all()
    for end in ends:
        yield {row.workstream_id: row.health for row in said if row.at <= end}
