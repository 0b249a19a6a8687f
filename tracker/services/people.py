"""What can be done with units and persons."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.text import fold, name_sort_key, nfc, sort_key_vi
from tracker.models import (
    Account,
    Decision,
    Deliverable,
    Directive,
    ExtensionRequest,
    Meeting,
    Membership,
    Participant,
    Person,
    Recurrence,
    Report,
    ReportRegime,
    Risk,
    Task,
    Unit,
    UnitName,
)
from tracker.queries.people import Picks
from tracker.services import history, tasks
from tracker.services.act import Act

SINCE_EVER = date(2000, 1, 1)


# ------------------------------------------------------------------ units


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
    parent_id = parent.id if parent else None
    _check_name(name, parent_id)
    unit = Unit(
        name=name, name_en=name_en, abbreviation=abbreviation, parent_id=parent_id, folded=""
    )
    _follow_name(unit)
    history.created(unit, by=by)
    db.session.add(
        UnitName(
            unit_id=unit.id,
            valid_from=valid_from or SINCE_EVER,
            name=name,
            name_en=name_en,
            abbreviation=abbreviation,
        )
    )
    return unit


def rename_unit(
    unit: Unit,
    values: Mapping[str, object],
    *,
    by: Act,
    valid_from: date,
    seen: int | None = None,
) -> None:
    """Give the unit a new name from a day on; the old one stays true for the days before.

    `values` are columns of `UnitName`. A day to come is kept until `take_up_names` finds it.
    """
    shown = {field: value for field, value in values.items() if hasattr(unit, field)}
    history.merged(unit, shown, seen=seen)  # refuses when somebody else renamed it meanwhile
    row = db.session.scalar(
        select(UnitName).where(UnitName.unit_id == unit.id, UnitName.valid_from == valid_from)
    )
    if row is None:
        row = UnitName(unit_id=unit.id, valid_from=valid_from, name=unit.name)
        db.session.add(row)
    old = {"valid_from": row.valid_from, **{field: getattr(row, field) for field in values}}
    for field, value in values.items():
        setattr(row, field, value)
    history.record(unit, "named", old, {"valid_from": valid_from, **values}, by=by)
    db.session.flush()  # the name in force is read back below
    _take_up_name(unit, by=by)


def take_up_names(*, by: Act) -> int:
    """Let names whose day has come be in force (a job of the night); returns how many units."""
    due = db.session.scalars(
        select(Unit)
        .join(UnitName, UnitName.unit_id == Unit.id)
        .where(UnitName.valid_from <= by.today)
        .distinct()
    )
    return sum(_take_up_name(unit, by=by) for unit in due)


def _take_up_name(unit: Unit, *, by: Act) -> bool:
    newest = db.session.scalar(
        select(UnitName)
        .where(UnitName.unit_id == unit.id, UnitName.valid_from <= by.today)
        .order_by(UnitName.valid_from.desc())
        .limit(1)
    )
    if newest is None:
        return False
    names = {"name": newest.name, "name_en": newest.name_en, "abbreviation": newest.abbreviation}
    changed = history.change(unit, names, by=by)
    _follow_name(unit)
    return bool(changed)


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


def _check_name(name: str, parent_id: int | None) -> None:
    """Two units of one name side by side could not be told apart."""
    same = select(Unit.id).where(
        Unit.name == name, Unit.parent_id == parent_id, Unit.valid_to.is_(None)
    )
    if db.session.scalar(same) is not None:
        raise RuleViolationError("unit_name_taken", name=name)


def _follow_name(unit: Unit) -> None:
    unit.folded = fold(f"{unit.name} {unit.abbreviation or ''}")
    unit.sort_key = sort_key_vi(unit.name)


# ------------------------------------------------------------------ persons


def create_person(full_name: str, *, by: Act, **details: object) -> Person:
    """Add a person; `details` are further columns of `Person` (unit_id, email, position, …)."""
    _check_validity(details)
    full_name = " ".join(nfc(full_name).split())
    person = Person(full_name=full_name, sort_key="", folded="", **details)
    _follow_full_name(person)
    history.created(person, by=by)
    return person


def edit_person(
    person: Person, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change a person's name, unit, position, mail address or validity."""
    wanted = history.merged(person, values, seen=seen)
    _check_validity({"valid_from": person.valid_from, "valid_to": person.valid_to, **wanted})
    history.change(person, wanted, by=by)
    _follow_full_name(person)


def pick_or_create(text: str, picks: Picks, *, by: Act) -> Person:
    """The person meant by what was typed, else a new one, known to `picks` from then on."""
    person_id = picks.of(text)
    if person_id is not None:
        return db.session.get_one(Person, person_id)
    person = create_person(text, by=by)
    picks.labels[text] = person.id
    return person


def merge(other: Person, kept: Person, *, by: Act) -> None:
    """Join two rows that are one person: work, posts and the account of `other` go to `kept`.

    The row of `other` stays for the history, and ends.
    """
    if other.id == kept.id:
        raise RuleViolationError("person_merged_with_itself")
    accounts = {
        account.person_id: account
        for account in db.session.scalars(
            select(Account).where(Account.person_id.in_((other.id, kept.id)))
        )
    }
    if len(accounts) > 1 and accounts[other.id].is_active:
        names = {"kept": kept.full_name, "other": other.full_name}
        raise RuleViolationError("persons_both_have_accounts", **names)
    if other.id in accounts and kept.id not in accounts:
        history.change(accounts[other.id], {"person_id": kept.id}, by=by)
    for role in (
        Task.owner_id,
        Deliverable.owner_id,
        Recurrence.owner_id,
        Report.person_id,
        ReportRegime.responsible_id,
        Risk.owner_id,
        ExtensionRequest.asked_by_id,
        Decision.asked_by_id,
        Decision.wanted_from_id,
        Directive.given_by_id,
        Meeting.chair_id,
        Membership.person_id,
    ):
        for thing in db.session.scalars(select(role.class_).where(role == other.id)):
            history.change(thing, {role.key: kept.id}, by=by)
    _move_shares(other, kept, by=by)
    missing = ("position", "email", "unit_id")
    gained = {name: getattr(other, name) for name in missing if not getattr(kept, name)}
    history.change(kept, gained, by=by)
    history.record(other, "merged", other.id, kept.id, by=by)
    history.change(other, {"valid_to": by.today}, by=by)


def _move_shares(other: Person, kept: Person, *, by: Act) -> None:
    shared = select(Participant.task_id).where(Participant.person_id == other.id)
    for task in db.session.scalars(select(Task).where(Task.id.in_(shared))):
        people = db.session.scalars(
            select(Participant.person_id).where(Participant.task_id == task.id)
        )
        tasks.share(task, sorted({kept.id, *people} - {other.id}), by=by)


def _check_validity(values: Mapping[str, object]) -> None:
    first, last = values.get("valid_from"), values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise RuleViolationError("person_valid_backwards")


def _follow_full_name(person: Person) -> None:
    person.folded = fold(person.full_name)
    person.sort_key = name_sort_key(person.sort_name or person.full_name)
