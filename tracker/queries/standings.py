"""How every workstream stands: now, and at the end of a past day as snapshots keep it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TypeVar

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.freshness import Coverage
from tracker.lib.health import Health, Judgement, MilestoneFact, WorkstreamFacts, judge
from tracker.models import Declaration, Person, Strand, Summary, Workstream
from tracker.queries import declarations, settings
from tracker.queries.declarations import Declared, SideBySide
from tracker.queries.past_rules import Rules
from tracker.queries.shapes import AnyRow, Query

SOON = timedelta(days=30)
AT_ONCE = 20  # so few facts are held at a time: those of four hundred workstreams are long


@dataclass(frozen=True)
class Standing(SideBySide):
    """A workstream on a day: what is computed, and what its lead declared."""

    judgement: Judgement
    milestones: tuple[MilestoneFact, ...] = ()
    declared: Declared | None = None

    @property
    def coverage(self) -> Coverage:
        """How many of its open items were lately confirmed."""
        return self.judgement.freshness.coverage

    @cached_property
    def milestones_soon(self) -> int:
        """Open milestones expected within thirty days of the day; standings are kept for long."""
        first = self.judgement.freshness.day
        last = first + SOON
        return sum(
            m.is_open and m.expected is not None and first <= m.expected <= last
            for m in self.milestones
        )


@dataclass(frozen=True)
class Totals:
    """What is counted over some workstreams."""

    health: Mapping[Health, int] = field(default_factory=dict)
    overdue: int = 0
    blocked: int = 0
    milestones_soon: int = 0
    coverage: Coverage = field(default_factory=Coverage)

    @classmethod
    def of(cls, some: Iterable[Standing]) -> "Totals":
        """Count over these."""
        seen = list(some)
        return cls(
            health=Counter(one.judgement.health for one in seen),
            overdue=sum(one.judgement.overdue for one in seen),
            blocked=sum(one.judgement.blocked for one in seen),
            milestones_soon=sum(one.milestones_soon for one in seen),
            coverage=sum((one.coverage for one in seen), Coverage()),
        )


def worse(one: Health, other: Health) -> Health:
    """The one that asks for more attention; of two alike the later one of the table."""
    return max(one, other, key=lambda health: (health.severity, list(Health).index(health)))


Place = tuple[int, Strand]  # a group, by its id, and a strand
Standings = Mapping[Place, Standing]
T = TypeVar("T")
# What was made of a workstream's standing, kept until its facts, what is declared, the day or the
# rules change.
Judged = MutableMapping[int, tuple[tuple[object, ...], T]]


def of(
    facts: WorkstreamFacts, day: date, rules: Rules, declared: Declared | None = None
) -> Standing:
    """How a workstream with these facts stands on that day by these rules."""
    judgement = judge(facts, day, rules.limits, rules.calendar)
    return Standing(judgement, facts.milestones, declared)


def now(today: date, judged: Judged[Standing]) -> Standings:
    """How all stand."""
    rules = Rules(*settings.judging())
    found = db.session.execute(live()).all()
    kept = judge_changed(found, today, rules, judged, lambda _row, standing: standing)
    return {(row.group_id, row.strand): kept[row.id] for row in found}


def judge_changed(
    rows: Sequence[AnyRow],
    today: date,
    rules: Rules,
    judged: Judged[T],
    make: Callable[[AnyRow, Standing], T],
) -> Mapping[int, T]:
    """What is made of the standings of these rows of `live`, by workstream; only those are read and
    judged that changed since they were last.
    """
    declared = {row.id: declarations.of_row(row.declared) for row in rows}
    marks = {row.id: (row.revision, declared[row.id], today, rules) for row in rows}
    stale = [row for row in rows if judged.get(row.id, ((),))[0] != marks[row.id]]
    for start in range(0, len(stale), AT_ONCE):
        some = stale[start : start + AT_ONCE]
        facts = _facts([row.id for row in some])
        for row in some:
            standing = of(facts[row.id], today, rules, declared[row.id])
            judged[row.id] = (marks[row.id], make(row, standing))
    return {row.id: judged[row.id][1] for row in rows}


@cache
def live() -> Query:
    """Every workstream with the revision of its summary and what was declared last."""
    return (
        select(
            Workstream.id,
            Workstream.group_id,
            Workstream.strand,
            Summary.revision,
            declarations.COLUMNS,
        )
        .outerjoin(Summary, Summary.workstream_id == Workstream.id)
        .outerjoin(Declaration, declarations.is_last_of(Workstream.id))
        .outerjoin(Person, Person.id == Declaration.person_id)
    )


def _facts(workstream_ids: Sequence[int]) -> Mapping[int, WorkstreamFacts]:
    found: dict[int, WorkstreamFacts] = defaultdict(WorkstreamFacts)
    for row in db.session.execute(
        select(Summary.workstream_id, Summary.facts).where(
            Summary.workstream_id.in_(workstream_ids)
        )
    ):
        found[row.workstream_id] = WorkstreamFacts.from_json(row.facts)
    return found
