"""Which row of a file is which thing of the plan: by code, else by strand and folded title."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tracker.lib.plan_file import PlanRow, PlanSheet, Problem, RowKind
from tracker.lib.similar import Titles
from tracker.lib.text import fold
from tracker.models import Strand
from tracker.queries.importing.answers import NEW
from tracker.queries.importing.rows import RowKey
from tracker.queries.importing.standing import Standing, StandingMilestone, StandingTask

Thing = StandingMilestone | StandingTask


@dataclass(frozen=True)
class Place:
    """A row of a sheet with what the sheet says about it."""

    key: RowKey
    sheet: PlanSheet
    row: PlanRow
    noted: Sequence[Problem] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether the row cannot be imported as it stands."""
        return any(problem.is_blocking for problem in self.noted)

    @cached_property
    def folded(self) -> str:
        """What titles are compared by."""
        return fold(self.row.title)

    def problem(
        self, code: str, at: str | None = None, /, *, is_blocking: bool = False, **values: str | int
    ) -> Problem:
        """Something to know about the row; `at` is the field it is about."""
        cell = self._cell(at) if at else None
        return Problem(self.sheet.name, cell, self.row.row, code, values, is_blocking=is_blocking)

    def _cell(self, at: str) -> str:
        """Its address; that of the title where the sheet has no such column."""
        cells = {column.field: column.cell for column in self.sheet.columns}
        found = cells.get(at) or cells.get("title") or ""
        return f"{found.rstrip('0123456789')}{self.row.row}"


@dataclass
class Matches:
    """The thing of each row, the things that may be meant, and what was noticed on the way."""

    things: dict[RowKey, Thing] = field(default_factory=dict)
    candidates: dict[RowKey, Sequence[Thing]] = field(default_factory=dict)
    answers: dict[RowKey, str] = field(default_factory=dict)
    problems: dict[RowKey, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    _taken: dict[tuple[str, int], RowKey] = field(default_factory=dict)

    def take(self, key: RowKey, thing: Thing) -> None:
        """This row is that thing; no other row is."""
        self.things[key] = thing
        self._taken[type(thing).__name__, thing.id] = key

    def is_free(self, thing: Thing) -> bool:
        """Whether no row was found to be it."""
        return (type(thing).__name__, thing.id) not in self._taken

    def row_of(self, thing: Thing) -> RowKey:
        """The row that is the thing."""
        return self._taken[type(thing).__name__, thing.id]


def match(places: Sequence[Place], standing: Standing, answers: Mapping[str, str]) -> Matches:
    """Find for each row the thing it is: milestones, tasks, then subtasks below their tasks."""
    found = Matches()
    for kind in (RowKind.MILESTONE, RowKind.TASK, RowKind.SUBTASK):
        some = [place for place in places if place.row.kind is kind]
        things: Sequence[Thing] = (
            standing.milestones if kind is RowKind.MILESTONE else standing.tasks
        )
        _by_code(some, things, standing, found)
        _by_answer(some, things, answers, found)
        _by_title(some, things, found)
        _ask(some, things, found)
    return found


def _by_code(
    places: Iterable[Place], things: Sequence[Thing], standing: Standing, found: Matches
) -> None:
    by_code = {thing.code: thing for thing in things}
    for place in places:
        code = place.row.code
        thing = by_code.get(code) if code else None
        if isinstance(thing, StandingMilestone) and thing.strand != place.row.strand:
            found.problems[place.key].append(
                place.problem(
                    "plan_milestone_of_other_strand", "code", is_blocking=True, value=thing.code
                )
            )
        elif thing is not None and found.is_free(thing):
            found.take(place.key, thing)
        elif thing is not None:
            other = found.row_of(thing)[1]
            found.problems[place.key].append(
                place.problem("plan_row_twice", "code", is_blocking=True, other=other)
            )
        elif code:
            what = "plan_code_in_trash" if code in standing.trashed else "plan_code_unknown"
            found.problems[place.key].append(place.problem(what, "code", value=code))


def _by_answer(
    places: Iterable[Place], things: Sequence[Thing], answers: Mapping[str, str], found: Matches
) -> None:
    by_code = {thing.code: thing for thing in things}
    for place in places:
        answer = answers.get(f"same-{place.key[0]}-{place.key[1]}")
        if answer is None or place.key in found.things:
            continue
        thing = by_code.get(answer)
        if answer == NEW:
            found.answers[place.key] = NEW
        elif thing is not None and found.is_free(thing):
            found.answers[place.key] = answer
            found.candidates[place.key] = [thing]
            found.take(place.key, thing)


def _by_title(places: Sequence[Place], things: Sequence[Thing], found: Matches) -> None:
    """First where everything agrees, then where the title alone does."""
    by_title: dict[tuple[Strand, str], list[Thing]] = defaultdict(list)
    for thing in things:
        by_title[thing.strand, thing.folded].append(thing)
    for agrees in (_is_there, _is_level, _is_anywhere):
        for place in places:
            if place.key in found.things or place.row.strand is None:
                continue
            same = by_title.get((Strand(place.row.strand), place.folded), ())
            fitting = [one for one in same if found.is_free(one) and agrees(place, one, found)]
            if fitting:
                found.take(place.key, fitting[0])


def _is_there(place: Place, thing: Thing, found: Matches) -> bool:
    """Below the same task; of several, the caller takes the first in the plan's order."""
    if isinstance(thing, StandingMilestone):
        return True
    parent = _parent(place, found)
    return thing.parent_id == (parent.id if parent else None) and _is_level(place, thing, found)


def _is_level(place: Place, thing: Thing, _found: Matches) -> bool:
    """A subtask as the row is one, or neither."""
    is_part = isinstance(thing, StandingTask) and thing.parent_id is not None
    return is_part is (place.row.kind is RowKind.SUBTASK)


def _is_anywhere(_place: Place, _thing: Thing, _found: Matches) -> bool:
    return True


def _parent(place: Place, found: Matches) -> Thing | None:
    if place.row.parent_row is None:
        return None
    return found.things.get((place.key[0], place.row.parent_row))


def _ask(places: Sequence[Place], things: Sequence[Thing], found: Matches) -> None:
    """For rows that would be new: things of nearly that title that no row was found to be."""
    free: dict[Strand, dict[int, Thing]] = defaultdict(dict)
    for thing in things:
        if found.is_free(thing):
            free[thing.strand][thing.id] = thing
    titles = {
        strand: Titles({id_: thing.folded for id_, thing in some.items()})
        for strand, some in free.items()
    }
    for place in places:
        strand = Strand(place.row.strand) if place.row.strand else None
        if strand not in titles or place.key in found.things or place.is_blocked:
            continue
        near = titles[strand].near(place.folded)
        if near:
            found.candidates[place.key] = [free[strand][id_] for id_ in near]
