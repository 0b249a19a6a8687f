"""What can be done with units and persons."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.text import fold, name_sort_key, nfc, sort_key_vi
from tracker.models import Person, Unit, UnitName
from tracker.services import history
from tracker.services.act import Act


def create_unit(
    name: str,
    *,
    by: Act,
    name_en: str | None = None,
    abbreviation: str | None = None,
    parent: Unit | None = None,
    valid_from: date | None = None,
) -> Unit:
    """Add a unit under its present name."""
    name = nfc(name).strip()
    unit = Unit(
        name=name,
        name_en=name_en,
        abbreviation=abbreviation,
        parent_id=parent.id if parent else None,
        folded=fold(f"{name} {abbreviation or ''}"),
        sort_key=sort_key_vi(name),
    )
    history.created(unit, by=by)
    db.session.add(
        UnitName(
            unit_id=unit.id,
            valid_from=valid_from or date(2000, 1, 1),
            name=name,
            name_en=name_en,
            abbreviation=abbreviation,
        )
    )
    return unit


def rename_unit(unit: Unit, values: Mapping[str, object], *, by: Act, valid_from: date) -> None:
    """Give the unit a new name from a day on; the old one stays true for the days before."""
    row = db.session.scalar(
        select(UnitName).where(UnitName.unit_id == unit.id, UnitName.valid_from == valid_from)
    )
    if row is None:
        row = UnitName(unit_id=unit.id, valid_from=valid_from, name=unit.name)
        db.session.add(row)
    for field, value in values.items():
        setattr(row, field, value)
    db.session.flush()  # the newest name is read back below
    newest = db.session.scalars(
        select(UnitName)
        .where(UnitName.unit_id == unit.id, UnitName.valid_from <= by.today)
        .order_by(UnitName.valid_from.desc())
        .limit(1)
    ).one()
    names = {"name": newest.name, "name_en": newest.name_en, "abbreviation": newest.abbreviation}
    history.change(unit, names, by=by)
    unit.folded = fold(f"{newest.name} {newest.abbreviation or ''}")
    unit.sort_key = sort_key_vi(newest.name)


def edit_unit(
    unit: Unit, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change the unit's place in the tree or the day it ended."""
    wanted = history.merged(unit, values, seen=seen)
    parent_id = wanted.get("parent_id")
    while isinstance(parent_id, int):
        if parent_id == unit.id:
            raise RuleViolationError("unit_in_itself", name=unit.name)
        parent = db.session.get(Unit, parent_id)
        parent_id = parent.parent_id if parent else None
    history.change(unit, wanted, by=by)


def create_person(full_name: str, *, by: Act, **details: object) -> Person:
    """Add a person; `details` are further columns of `Person` (unit_id, email, position, …)."""
    full_name = " ".join(nfc(full_name).split())
    person = Person(full_name=full_name, sort_key="", folded=fold(full_name), **details)
    person.sort_key = name_sort_key(person.sort_name or full_name)
    history.created(person, by=by)
    return person


def edit_person(
    person: Person, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change a person's name, unit, position, mail address or validity."""
    wanted = history.merged(person, values, seen=seen)
    history.change(person, wanted, by=by)
    person.folded = fold(person.full_name)
    person.sort_key = name_sort_key(person.sort_name or person.full_name)
