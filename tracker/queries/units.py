"""Units: the tree of organisations and what they were called."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.lib.text import fold
from tracker.models import Person, Unit, UnitName


@dataclass(frozen=True)
class UnitRow:
    """A unit in the tree; `depth` is 0 for those at the top."""

    id: int
    name: str
    name_en: str | None
    abbreviation: str
    parent_id: int | None
    valid_to: date | None
    people: int
    depth: int = 0


def find(unit_id: int) -> Unit | None:
    """The unit with the one above it."""
    return db.session.scalar(
        select(Unit).options(joinedload(Unit.parent)).where(Unit.id == unit_id)
    )


def names(unit: Unit) -> Sequence[UnitName]:
    """What the unit was, is and will be called, the latest first."""
    return db.session.scalars(
        select(UnitName).where(UnitName.unit_id == unit.id).order_by(UnitName.valid_from.desc())
    ).all()


def tree(today: date, *, words: str = "", ended: bool = False) -> list[UnitRow]:
    """All units, each below the one it belongs to; with words, those found as a plain list."""
    rows = [UnitRow(*row) for row in db.session.execute(_rows(today, ended=ended))]
    if words:
        wanted = fold(words).split()
        return [row for row in rows if _is_meant(row, wanted)]
    return list(_in_order(rows))


def _rows(today: date, *, ended: bool) -> Select[Any]:
    people = (
        select(func.count())
        .where(Person.unit_id == Unit.id, or_(Person.valid_to.is_(None), Person.valid_to >= today))
        .scalar_subquery()
    )
    query = select(
        Unit.id,
        Unit.name,
        Unit.name_en,
        func.coalesce(Unit.abbreviation, ""),
        Unit.parent_id,
        Unit.valid_to,
        people,
    ).order_by(Unit.sort_key, Unit.id)
    if not ended:
        query = query.where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
    return query


def _is_meant(row: UnitRow, wanted: Sequence[str]) -> bool:
    text = fold(f"{row.name} {row.abbreviation} {row.name_en or ''}")
    return all(word in text for word in wanted)


def _in_order(rows: Sequence[UnitRow]) -> Iterable[UnitRow]:
    """Parents before their children; a unit whose parent is not shown stands at the top."""
    shown = {row.id for row in rows}
    below: dict[int | None, list[UnitRow]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in shown else None].append(row)

    def walk(parent_id: int | None, depth: int) -> Iterable[UnitRow]:
        for row in below[parent_id]:
            yield replace(row, depth=depth)
            yield from walk(row.id, depth + 1)

    return walk(None, 0)
