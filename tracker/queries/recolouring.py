"""Which workstreams would change colour if they were judged by other limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, select

from tracker.extensions import db
from tracker.lib.health import Judgement, Thresholds, WorkstreamFacts, judge
from tracker.models import Group, Strand, Summary, Workstream
from tracker.queries import settings

AT_ONCE = 50  # so few facts are held at a time: those of four hundred workstreams are long


@dataclass(frozen=True)
class Recoloured:
    """A workstream whose colour changes, with what is judged by the new limits."""

    key: str
    name: str
    name_en: str | None
    strand: Strand
    old: Judgement
    new: Judgement

    @property
    def is_worse(self) -> bool:
        """Whether it asks for more attention than before."""
        return self.old.health.better_than(self.new.health)


@dataclass(frozen=True)
class Recolouring:
    """All that change, the worst new colour first, and of how many."""

    rows: Sequence[Recoloured]
    total: int

    @property
    def worse(self) -> int:
        """How many ask for more attention."""
        return sum(row.is_worse for row in self.rows)


def preview(limits: Thresholds, today: date) -> Recolouring:
    """Judge every workstream by the limits as they are and as they would be."""
    now, calendar = settings.judging()
    rows, total = [], 0
    for group, strand, facts in _workstreams():
        total += 1
        old = judge(facts, today, now, calendar)
        new = judge(facts, today, limits, calendar)
        if old.health is not new.health:
            rows.append(Recoloured(group.key, group.name, group.name_en, strand, old, new))
    order = list(Strand)
    rows.sort(key=lambda row: (-row.new.health.severity, row.key, order.index(row.strand)))
    return Recolouring(rows, total)


def _workstreams() -> Iterator[tuple[Group, Strand, WorkstreamFacts]]:
    found = db.session.execute(_facts(), execution_options={"yield_per": AT_ONCE})
    for group, strand, facts in found:
        yield group, strand, WorkstreamFacts.from_json(facts or {})


@cache
def _facts() -> Select[Group, Strand, dict[str, object] | None]:
    return (
        select(Group, Workstream.strand, Summary.facts)
        .join(Workstream, Workstream.group_id == Group.id)
        .outerjoin(Summary, Summary.workstream_id == Workstream.id)
    )
