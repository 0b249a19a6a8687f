"""What leads declared about their workstreams, now, on a past day and one after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Bundle, InstrumentedAttribute, aliased

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.freshness import Freshness, is_fresh
from tracker.lib.health import Health, Judgement, judge, missing
from tracker.models import Declaration, Person, Workstream
from tracker.queries import facts, settings
from tracker.queries.shapes import Query


@dataclass(frozen=True)
class Declared:
    """A declaration as it is shown. `by_name` is empty where the tracker itself made it.

    `computed` is what the plan said when it was made; how it says today is for the caller to know.
    """

    id: int
    workstream_id: int
    health: Health
    computed: Health
    sentence: str
    recovery: str
    by_name: str
    at: datetime

    @property
    def on(self) -> date:
        """The day of it in Viet Nam."""
        return local_day(self.at)

    def is_better_than(self, computed: Health) -> bool:
        """Whether the lead says it stands better than the plan does."""
        return self.health.better_than(computed)

    def is_stale(self, freshness: Freshness) -> bool:
        """Whether it was made before the cut-off that counts, with something open ever since."""
        return freshness.oldest is not None and not is_fresh(self.on, freshness.reference)

    def still_explains(self, computed: Health) -> bool:
        """Whether its sentence was written for the colour that the plan has now, or needs not
        explain it.
        """
        return computed is self.computed or not self.is_better_than(computed)

    def may_stand(self, computed: Health) -> bool:
        """Whether it may be said again as it is."""
        lacks = missing(self.health, computed, self.sentence, self.recovery)
        return self.still_explains(computed) and not lacks

    @property
    def was_better(self) -> bool:
        """The same of the moment when it was declared."""
        return self.is_better_than(self.computed)


class SideBySide:
    """What is computed and what is declared, in whatever holds the two."""

    judgement: Judgement
    declared: Declared | None

    @property
    def stale_days(self) -> int:
        """For how many days nobody has vouched for all of it; 0 while it is fresh."""
        return self.judgement.freshness.stale_days(self.declared.on if self.declared else None)

    @property
    def is_disputed(self) -> bool:
        """Whether its lead says it stands better than the plan does."""
        return self.declared is not None and self.declared.is_better_than(self.judgement.health)


# The columns of `Declared`, in its order; the person is joined outer.
COLUMNS: Bundle[Any] = Bundle(
    "declared",
    Declaration.id,
    Declaration.workstream_id,
    Declaration.health,
    Declaration.computed,
    Declaration.sentence,
    Declaration.recovery,
    func.coalesce(Person.full_name, "").label("by_name"),
    Declaration.at,
)


def current(
    workstream_ids: Iterable[int] | None = None, day: date | None = None
) -> Mapping[int, Declared]:
    """The last declaration of each workstream (of all, unless some are named) by the end of the
    day, else until now; those never declared are absent. One statement.
    """
    last = select(func.max(Declaration.id)).group_by(Declaration.workstream_id)
    if workstream_ids is not None:
        last = last.where(Declaration.workstream_id.in_(list(workstream_ids)))
    if day is not None:
        last = last.where(Declaration.at <= end_of_day_utc(day))
    rows = db.session.scalars(_declared().where(Declaration.id.in_(last)))
    return {row.workstream_id: Declared(*row) for row in rows}


def history(workstream_id: int) -> Sequence[Declared]:
    """All declarations of a workstream, the first one first."""
    query = _declared().where(Declaration.workstream_id == workstream_id).order_by(Declaration.id)
    return [Declared(*row) for row in db.session.scalars(query)]


def computed(workstream: Workstream, today: date) -> Judgement:
    """How the workstream stands by its plan, with what this transaction has changed of it."""
    limits, calendar = settings.judging()
    return judge(facts.of([workstream.id])[workstream.id], today, limits, calendar)


def is_last_of(workstream_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """By what a statement on workstreams joins the last declaration of each."""
    others = aliased(Declaration)
    last = select(func.max(others.id)).where(others.workstream_id == workstream_id)
    return Declaration.id == last.correlate_except(others).scalar_subquery()


def of_row(columns: Sequence[Any]) -> Declared | None:
    """What a joined `COLUMNS` holds; nothing of a workstream that was never declared."""
    return Declared(*columns) if columns[0] is not None else None


@cache
def _declared() -> Query:
    return select(COLUMNS).outerjoin(Person, Person.id == Declaration.person_id)
