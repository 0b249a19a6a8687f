"""Persons: who they are, what they hold, and who is meant by a name somebody typed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    and_,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.paging import SIZE, Page, cut, within
from tracker.lib.text import exact_mark_rank, fold
from tracker.models import Account, Group, Membership, Person, Task, TaskStatus, Unit
from tracker.queries.shapes import Query

OPEN = [status for status in TaskStatus if status.is_open]


@dataclass(frozen=True)
class PersonRow:
    """A person in a list. `has_account` and `may_sign_in` tell the account's state."""

    id: int
    name: str
    position: str
    unit: str
    email: str
    valid_to: date | None
    open_tasks: int
    has_account: bool
    may_sign_in: bool


@dataclass(frozen=True, kw_only=True)
class PersonSearch:
    """What of the persons is asked for. `state`: here, gone or all."""

    words: str = ""
    unit_id: int | None = None
    state: str = "here"


def find(person_id: int) -> Person | None:
    """The person with their unit."""
    return db.session.scalar(
        select(Person).options(joinedload(Person.unit)).where(Person.id == person_id)
    )


def listing(search: PersonSearch, today: date, number: int = 1) -> Page[PersonRow]:
    """Persons by given name; of those found by words, exact marks come first."""
    conditions = _conditions(search, today)
    if search.words:
        found = _rows(_query(conditions))
        return cut(sorted(found, key=lambda row: exact_mark_rank(row.name, search.words)), number)
    total = db.session.scalar(select(func.count(Person.id)).where(*conditions)) or 0
    number = within(number, total)
    rows = _rows(_query(conditions).limit(SIZE).offset((number - 1) * SIZE))
    return Page(rows, number, total)


def _query(conditions: Sequence[ColumnElement[bool]]) -> Query:
    return (
        select(
            Person.id,
            Person.full_name,
            func.coalesce(Person.position, ""),
            func.coalesce(Unit.abbreviation, Unit.name, ""),
            func.coalesce(Person.email, ""),
            Person.valid_to,
            open_tasks_of(Person.id),
            Account.id.is_not(None),
            func.coalesce(Account.is_active, false()),
        )
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(*conditions)
        .order_by(Person.sort_key, Person.id)
    )


def _rows(query: Query) -> list[PersonRow]:
    return [PersonRow(*row) for row in db.session.execute(query)]


def open_tasks_of(person_id: SQLColumnExpression[int]) -> ScalarSelect[int]:
    """A column: how many unfinished tasks the person of the row owns."""
    return (
        select(func.count())
        .where(Task.owner_id == person_id, Task.deleted_at.is_(None), Task.status.in_(OPEN))
        .scalar_subquery()
    )


def _conditions(search: PersonSearch, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        or_(Person.folded.contains(word, autoescape=True), _in_mail(word))
        for word in fold(search.words).split()
    ]
    if search.unit_id is not None:
        found.append(Person.unit_id == search.unit_id)
    if search.state == "here":
        found.append(_here(today))
    elif search.state == "gone":
        found.append(Person.valid_to < today)
    return found


def _in_mail(word: str) -> ColumnElement[bool]:
    return and_(Person.email.is_not(None), func.lower(Person.email).contains(word, autoescape=True))


def _here(today: date) -> ColumnElement[bool]:
    return or_(Person.valid_to.is_(None), Person.valid_to >= today)


def open_tasks(person_id: int) -> int:
    """How many unfinished tasks the person owns."""
    return db.session.scalar(select(open_tasks_of(literal(person_id)))) or 0


def posts(person_id: int) -> Sequence[Membership]:
    """Every post the person holds or held, the latest first, with the group."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.group)
        .options(contains_eager(Membership.group), joinedload(Membership.unit))
        .where(Membership.person_id == person_id)
        .order_by(Membership.starts_on.desc(), Group.position)
    ).all()


def namesakes(person: Person) -> Sequence[Person]:
    """Other persons whose name is the same but for marks: perhaps the same human."""
    return db.session.scalars(
        select(Person)
        .options(joinedload(Person.unit))
        .where(Person.folded == person.folded, Person.id != person.id)
        .order_by(Person.id)
    ).all()


# ------------------------------------------------------------------ who is meant


@dataclass(frozen=True)
class Picks:
    """The persons a name can mean. A label is the name, told apart where two share it."""

    labels: dict[str, int] = field(default_factory=dict)
    _by_name: Mapping[str, list[str]] = field(default_factory=dict)
    _by_fold: Mapping[str, list[str]] = field(default_factory=dict)

    def of(self, text: str) -> int | None:
        """The one person of that label or name, if there is exactly one."""
        if text in self.labels:
            return self.labels[text]
        named = self._by_name.get(text.casefold(), [])
        return self.labels[named[0]] if len(named) == 1 else None

    def label(self, person_id: int) -> str:
        """The label of that person; empty when they are not there."""
        return next((label for label, id_ in self.labels.items() if id_ == person_id), "")

    def alike(self, text: str) -> list[str]:
        """The labels of several persons of exactly that name."""
        named = self._by_name.get(text.casefold(), [])
        return named if len(named) > 1 else []

    def near(self, text: str) -> list[str]:
        """The labels of persons who may be meant: their name differs in marks or capitals only,
        or has all the words that were typed."""
        if self.of(text):
            return []
        typed = fold(text)
        words = set(typed.split())
        return self._by_fold.get(typed) or [
            label
            for name, labels in self._by_fold.items()
            if words <= set(name.split())
            for label in labels
        ]


def picks(today: date) -> Picks:
    """Everybody who is there, in Vietnamese order, to pick from by typing."""
    rows = db.session.execute(
        select(
            *(Person.id, Person.full_name, Person.folded, Person.position),
            *(Unit.abbreviation, Unit.name.label("unit")),
        )
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(_here(today))
        .order_by(Person.sort_key, Person.id)
    ).all()
    shared = Counter(row.full_name for row in rows)
    labels: dict[str, int] = {}
    by_name: dict[str, list[str]] = defaultdict(list)
    by_fold: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        label = row.full_name
        if shared[label] > 1:
            label = f"{label} ({row.abbreviation or row.unit or row.position or f'#{row.id}'})"
        if label in labels:
            label = f"{label} #{row.id}"
        labels[label] = row.id
        by_name[row.full_name.casefold()].append(label)
        by_fold[row.folded].append(label)
    return Picks(labels, by_name, by_fold)
