"""Whom a file means by a name: a person or unit there is, or one still to be added."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select

from tracker.extensions import db
from tracker.lib.text import fold
from tracker.models import Membership, Person, Unit, UnitName

_WORD = re.compile(r"\w+")


class NameKind(StrEnum):
    """Whose name it is."""

    PERSON = "person"
    UNIT = "unit"


class Sureness(StrEnum):
    """How sure it is whom a name means."""

    KNOWN = "known"
    UNCLEAR = "unclear"
    GUESSED = "guessed"
    NEW = "new"
    EMPTY = "empty"


@dataclass(frozen=True)
class Named:
    """A person or unit. Without an id it is still to be added; `key` tells those apart."""

    kind: NameKind
    id: int | None
    name: str = field(compare=False)
    key: str = ""


@dataclass(frozen=True)
class AskedName:
    """A name of the file that somebody should look at: who is meant, and how often it stands."""

    key: str
    kind: NameKind
    said: str
    meant: str
    sureness: Sureness
    candidates: Sequence[str]
    times: int


@dataclass(frozen=True)
class One:
    """A person or unit that there is. `label` is the name, told apart where two share it."""

    id: int
    name: str
    label: str
    is_here: bool = True
    is_member: bool = False


class Register:
    """All persons or all units, to be found by what they are or were called."""

    def __init__(self, kind: NameKind, ones: Mapping[One, Iterable[str]]) -> None:
        self.kind = kind
        self._by_id = {one.id: one for one in ones}
        self._by_label = {one.label.casefold(): one for one in ones if one.is_here}
        self._same: dict[str, list[One]] = defaultdict(list)
        self._alike: dict[str, list[One]] = defaultdict(list)
        for one, names in ones.items():
            for name in {plain(name) for name in names}:
                self._same[name].append(one)
            for name in {bare(name) for name in names}:
                self._alike[name].append(one)

    @property
    def labels(self) -> list[str]:
        """Those who are there, to pick from."""
        return [one.label for one in self._by_id.values() if one.is_here]

    def named(self, id_: int | None) -> Named | None:
        """The one of that id."""
        return Named(self.kind, id_, self._by_id[id_].name) if id_ is not None else None

    def exactly(self, said: str) -> list[One]:
        """Those of that label or name who are there; of several, the members of the group."""
        labelled = self._by_label.get(plain(said))
        same = _likeliest(self._same.get(plain(said), ()))
        return [labelled] if labelled is not None and len(same) != 1 else same

    def alike(self, said: str) -> list[One]:
        """Those of that name but for marks, capitals and punctuation, also who have left."""
        return self._alike.get(bare(said), [])

    def guess(self, said: str) -> One | None:
        """The one probably meant. Written with other marks it is another person, not a slip."""
        likely = _likeliest(self.alike(said))
        may_be = self.kind is NameKind.UNIT or fold(said) == plain(said)
        return likely[0] if may_be and len(likely) == 1 else None


def _likeliest(ones: Iterable[One]) -> list[One]:
    here = [one for one in ones if one.is_here]
    members = [one for one in here if one.is_member]
    return members if len(here) > 1 and members else here


class Names:
    """The names of one file and whom they mean, as far as is known or was chosen."""

    def __init__(
        self,
        group_ids: Sequence[int],
        chosen: Mapping[str, str],
        today: date,
        *,
        spellings: Iterable[str] = (),
    ) -> None:
        self._registers = {
            NameKind.PERSON: _persons(group_ids, today),
            NameKind.UNIT: _units(today),
        }
        self._chosen = chosen
        self._spelled = _spelled(spellings)
        self._marked = _marked(self._spelled)
        self._found: dict[tuple[NameKind, str], tuple[Sureness, Named | None, str]] = {}
        self._times: Counter[tuple[NameKind, str]] = Counter()

    def labels(self, kind: NameKind) -> list[str]:
        """Who can be picked."""
        return self._registers[kind].labels

    def stored(self, kind: NameKind, id_: int | None) -> Named | None:
        """The one with that id."""
        return self._registers[kind].named(id_)

    def meant(self, kind: NameKind, said: str) -> Named | None:
        """Who is meant by a name of the file; None when it is to be left empty."""
        key = (kind, said)
        self._times[key] += 1
        if key not in self._found:
            self._found[key] = self._decide(kind, said)
        return self._found[key][1]

    def _decide(self, kind: NameKind, said: str) -> tuple[Sureness, Named | None, str]:
        register, chosen = self._registers[kind], self._chosen.get(key_of(kind, said))
        if chosen is not None and not chosen.strip():
            return Sureness.EMPTY, None, ""
        exact = register.exactly(chosen or said)
        guessed = register.guess(said) if chosen is None and not exact else None
        if len(exact) > 1:
            return Sureness.UNCLEAR, None, ""
        if exact:
            return Sureness.KNOWN, register.named(exact[0].id), exact[0].label
        if guessed:
            return Sureness.GUESSED, register.named(guessed.id), guessed.label
        new = self._new(kind, chosen or said)
        return Sureness.NEW, new, new.name

    def _new(self, kind: NameKind, name: str) -> Named:
        name = " ".join(name.split())
        if kind is NameKind.UNIT:
            return Named(kind, None, name, bare(name))
        if fold(name) == plain(name):
            name = self._marked.get(bare(name)) or name
        name = self._spelled.get(plain(name)) or name
        return Named(kind, None, name, plain(name))

    @property
    def asked(self) -> list[AskedName]:
        """The names to look at: unclear ones first, then guesses, then new ones."""
        order = list(Sureness)
        listed = [
            AskedName(
                key_of(kind, said),
                kind,
                said,
                meant,
                sureness,
                [one.label for one in self._registers[kind].alike(said)],
                self._times[kind, said],
            )
            for (kind, said), (sureness, _, meant) in self._found.items()
            if sureness is not Sureness.KNOWN or key_of(kind, said) in self._chosen
        ]
        return sorted(listed, key=lambda each: (each.kind, order.index(each.sureness), each.said))


def key_of(kind: NameKind, said: str) -> str:
    """By what a form and the stored answers call a name: safe in markup, the same every time."""
    return f"{kind}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def plain(name: str) -> str:
    """A name without regard to capitals and spaces."""
    return " ".join(name.casefold().split())


def bare(name: str) -> str:
    """A name for comparing: folded words without punctuation."""
    return " ".join(_WORD.findall(fold(name)))


def _spelled(spellings: Iterable[str]) -> dict[str, str]:
    """How the file writes each name, rather not in capitals only."""
    found: dict[str, str] = {}
    for name in spellings:
        if found.get(plain(name), name.upper()).isupper():
            found[plain(name)] = " ".join(name.split())
    return found


def _marked(spelled: Mapping[str, str]) -> dict[str, str]:
    """For names that the file also writes without marks: the one way it writes them with marks."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, spelling in spelled.items():
        if fold(name) != name:
            found[bare(name)].append(spelling)
    return {key: names[0] for key, names in found.items() if len(names) == 1}


def _persons(group_ids: Sequence[int], today: date) -> Register:
    members = set(
        db.session.scalars(
            select(Membership.person_id).where(
                Membership.group_id.in_(group_ids),
                Membership.starts_on <= today,
                or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
            )
        )
    )
    rows = db.session.execute(
        select(
            Person.id, Person.full_name, Person.position, Person.valid_to, Unit.abbreviation,
            Unit.name.label("unit"),
        )
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .order_by(Person.sort_key, Person.id)
    ).all()  # fmt: skip
    shared = Counter(row.full_name for row in rows)
    ones: dict[One, list[str]] = {}
    for row in rows:
        about = row.abbreviation or row.unit or row.position or f"#{row.id}"
        label = f"{row.full_name} ({about})" if shared[row.full_name] > 1 else row.full_name
        is_here = row.valid_to is None or row.valid_to >= today
        ones[One(row.id, row.full_name, label, is_here, row.id in members)] = [row.full_name]
    return Register(NameKind.PERSON, _told_apart(ones))


def _units(today: date) -> Register:
    called: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(select(UnitName.unit_id, UnitName.name, UnitName.abbreviation)):
        called[row.unit_id] += [name for name in (row.name, row.abbreviation) if name]
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.name_en, Unit.abbreviation, Unit.valid_to).order_by(
            Unit.sort_key, Unit.id
        )
    ).all()
    ones: dict[One, list[str]] = {}
    for unit in rows:
        has_short = unit.abbreviation not in (None, "", unit.name)
        label = f"{unit.abbreviation} – {unit.name}" if has_short else unit.name
        names = [unit.name, unit.name_en, unit.abbreviation, label, *called[unit.id]]
        is_here = unit.valid_to is None or unit.valid_to >= today
        ones[One(unit.id, unit.name, label, is_here)] = [name for name in names if name]
    return Register(NameKind.UNIT, _told_apart(ones))


def _told_apart(ones: Mapping[One, list[str]]) -> dict[One, list[str]]:
    """Labels that are still the same get the number of their row."""
    shared = Counter(one.label.casefold() for one in ones)
    return {
        One(one.id, one.name, f"{one.label} #{one.id}", one.is_here, one.is_member)
        if shared[one.label.casefold()] > 1
        else one: names
        for one, names in ones.items()
    }
