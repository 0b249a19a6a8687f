"""The rows of the sheets of one group become what would be done, one after the other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.lib.plan_file import PlanRow, PlanSheet, Problem, RowKind
from tracker.lib.text import fold
from tracker.models import Strand
from tracker.queries.importing import differences, matching, ordering
from tracker.queries.importing.differences import Difference, Reader
from tracker.queries.importing.earlier import Before
from tracker.queries.importing.matching import Matches, Place
from tracker.queries.importing.names import Names
from tracker.queries.importing.rows import FieldChange, Home, Outcome, RowKey, RowPlan
from tracker.queries.importing.standing import Standing, StandingMilestone, StandingTask

DONE_IN_FUTURE = "plan_finished_in_future"


@dataclass
class Composer:
    """What is known while the rows of one group are gone through."""

    standing: Standing
    before: Mapping[str, Before]
    names: Names
    answers: Mapping[str, str]
    today: date
    may_add_people: bool
    _homes: dict[tuple[int, Strand, str], Home | None] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    _implied: dict[int, int] = field(default_factory=dict)
    _plans: dict[RowKey, RowPlan] = field(default_factory=dict)
    _stored_homes: dict[int, Home] = field(init=False)

    def __post_init__(self) -> None:
        self._stored_homes = {
            thing.id: Home(thing.title, id=thing.id) for thing in self.standing.milestones
        }

    def compose(self, sheets: Sequence[tuple[int, PlanSheet]]) -> list[RowPlan]:
        """All rows of those sheets; those that could not be read at all, too."""
        places = [place for number, sheet in sheets for place in _places(number, sheet)]
        found = matching.match(places, self.standing, self.answers)
        for kind in RowKind:
            for place in places:
                if place.row.kind is kind:
                    self._plans[place.key] = self._plan(place, found)
        self._arrange(places)
        for number, sheet in sheets:
            for plan in _unreadable(number, sheet):
                self._plans.setdefault(plan.key, plan)
        return list(self._plans.values())

    # ------------------------------------------------------------ one row

    def _plan(self, place: Place, found: Matches) -> RowPlan:
        thing = found.things.get(place.key)
        blank = RowPlan(
            key=place.key,
            sheet=place.sheet.name,
            kind=place.row.kind,
            title=place.row.title,
            outcome=Outcome.LEFT_OUT,
            strand=Strand(place.row.strand) if place.row.strand else None,
            thing=thing,
            problems=(*place.noted, *found.problems.get(place.key, ())),
            candidates=found.candidates.get(place.key, ()),
            answer=found.answers.get(place.key),
        )
        if place.row.kind is RowKind.MILESTONE:
            return self._milestone(place, blank)
        return self._task(place, blank)

    def _milestone(self, place: Place, plan: RowPlan) -> RowPlan:
        thing = plan.thing if isinstance(plan.thing, StandingMilestone) else None
        stays_out = any(problem.is_blocking for problem in plan.problems)
        if plan.strand is not None:
            home = self._stored(thing) if thing else Home(plan.title, row=plan.key)
            where = (place.key[0], plan.strand, place.folded)
            self._homes.setdefault(where, None if stays_out and not thing else home)
        if stays_out:
            return plan
        found = differences.of_milestone(place, thing, self._row_before(thing))
        old = differences.old_of_milestone(thing) if thing else {}
        return _told(plan, found, old)

    def _task(self, place: Place, plan: RowPlan) -> RowPlan:
        thing = plan.thing if isinstance(plan.thing, StandingTask) else None
        if any(problem.is_blocking for problem in plan.problems):
            return plan
        if place.row.finished_on and place.row.finished_on > self.today:
            return plan.left_out(place.problem(DONE_IN_FUTURE, "finished_on", is_blocking=True))
        before = self._row_before(thing)
        found = differences.of_task(place, thing, before, self._reader(place.sheet))
        plan = self._housed(place, plan, found, before)
        if plan.outcome is Outcome.LEFT_OUT and any(p.is_blocking for p in plan.problems):
            return plan
        old = differences.old_of_task(thing, self.names, self._stored_homes) if thing else {}
        wrong = _backwards(found.values, old)
        if wrong is not None:
            return plan.left_out(
                place.problem(f"plan_{wrong}_before_start", wrong, is_blocking=True)
            )
        return _told(plan, found, old)

    def _reader(self, sheet: PlanSheet) -> Reader:
        has_status = any(column.field == "status" for column in sheet.columns)
        return Reader(self.names, self.today, self.may_add_people, has_status)

    def _row_before(self, thing: StandingMilestone | StandingTask | None) -> PlanRow | None:
        before = self.before.get(thing.code) if thing else None
        return before.row if before else None

    # ------------------------------------------------------------ where a task belongs

    def _housed(
        self, place: Place, plan: RowPlan, found: Difference, before: PlanRow | None
    ) -> RowPlan:
        """With its milestone, or the task it is part of."""
        thing, row = plan.thing, place.row
        if row.parent_row is not None:
            return self._below(place, plan)
        if isinstance(thing, StandingTask) and thing.parent_id is not None:
            return plan
        home, problem = self._home(place)
        if problem is not None:
            plan = replace(plan, problems=(*plan.problems, problem))
        if thing is None:
            return replace(plan, home=home)
        if problem is None and plan.strand is not None:
            strands = (thing.strand, plan.strand)
            found.values |= differences.moved_home(row, home, before, strands)
        return plan

    def _below(self, place: Place, plan: RowPlan) -> RowPlan:
        if plan.thing is not None:
            return plan
        above = self._plans.get((place.key[0], place.row.parent_row or 0))
        if above is None or (above.outcome is Outcome.LEFT_OUT and above.thing is None):
            other = place.row.parent_row or 0
            return plan.left_out(
                place.problem("plan_part_without_task", is_blocking=True, other=other)
            )
        if isinstance(above.thing, StandingTask):
            return replace(plan, parent_id=above.thing.parent_id or above.thing.id)
        return replace(plan, parent=above.key)

    def _home(self, place: Place) -> tuple[Home | None, Problem | None]:
        """The milestone the row names or stands below; one that is only named is made."""
        title, strand = place.row.milestone, place.row.strand
        if title is None or strand is None:
            return None, None
        where = (place.key[0], Strand(strand), self._fold(title))
        if where not in self._homes:
            self._homes[where] = self._named(place, title, Strand(strand))
        home = self._homes[where]
        problem = place.problem("plan_milestone_left_out") if home is None else None
        return home, problem

    def _fold(self, title: str) -> str:
        """The rows below a milestone name it again and again."""
        if title not in self._folded:
            self._folded[title] = fold(title)
        return self._folded[title]

    def _named(self, place: Place, title: str, strand: Strand) -> Home:
        for thing in self.standing.milestones:
            if thing.strand is strand and (
                thing.code == title.upper() or thing.folded == self._fold(title)
            ):
                return self._stored(thing)
        sheet = place.key[0]
        self._implied[sheet] = self._implied.get(sheet, 0) - 1
        key = (sheet, self._implied[sheet])
        self._plans[key] = RowPlan(
            key=key,
            sheet=place.sheet.name,
            kind=RowKind.MILESTONE,
            title=title,
            outcome=Outcome.NEW,
            strand=strand,
            values={"title": title},
            problems=(place.problem("plan_milestone_implied", "milestone"),),
            named_at=place.row.row,
        )
        return Home(title, row=key)

    def _stored(self, thing: StandingMilestone) -> Home:
        return self._stored_homes[thing.id]

    # ------------------------------------------------------------ order

    def _arrange(self, places: Iterable[Place]) -> None:
        """Things that the file puts in another order than before change places."""
        staying = [
            (plan, thing)
            for place in places
            if (thing := (plan := self._plans[place.key]).thing) is not None
            and plan.outcome is not Outcome.LEFT_OUT
            and not {"milestone_id", "workstream_id"} & {change.field for change in plan.changes}
        ]
        milestones = [thing for _, thing in staying if isinstance(thing, StandingMilestone)]
        tasks = [thing for _, thing in staying if isinstance(thing, StandingTask)]
        positions = {
            **ordering.new_positions(milestones, self.before),
            **ordering.new_positions(tasks, self.before),
        }
        for plan, thing in staying:
            if thing.code in positions:
                move = FieldChange("position", thing.position, positions[thing.code])
                self._plans[plan.key] = replace(
                    plan, outcome=Outcome.CHANGED, changes=(*plan.changes, move)
                )


def _places(number: int, sheet: PlanSheet) -> list[Place]:
    noted: dict[int | None, list[Problem]] = defaultdict(list)
    for problem in sheet.problems:
        noted[problem.row].append(problem)
    return [Place((number, row.row), sheet, row, noted.get(row.row, ())) for row in sheet.rows]


def _unreadable(number: int, sheet: PlanSheet) -> Iterable[RowPlan]:
    """Rows of which nothing came but a problem that stops them."""
    known = {row.row for row in sheet.rows}
    for problem in sheet.problems:
        if problem.is_blocking and problem.row is not None and problem.row not in known:
            yield RowPlan(
                key=(number, problem.row),
                sheet=sheet.name,
                kind=RowKind.TASK,
                title="",
                outcome=Outcome.LEFT_OUT,
                problems=(problem,),
            )


def _told(plan: RowPlan, found: Difference, old: Mapping[str, object]) -> RowPlan:
    """The row with what would be done."""
    problems = (*plan.problems, *found.problems)
    if plan.thing is None:
        outcome = Outcome.ASKED if plan.is_asked else Outcome.NEW
        return replace(plan, outcome=outcome, values=found.values, problems=problems)
    changes, kept = found.changes(dict(old)), found.stays(dict(old))
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return replace(plan, outcome=outcome, changes=changes, kept=kept, problems=problems)


def _backwards(values: Mapping[str, object], old: Mapping[str, object]) -> str | None:
    """An end before the start, where the file brings one of them; old mistakes may stay."""
    start = values.get("start", old.get("start"))
    for name in ("due", "forecast"):
        day = values.get(name, old.get(name))
        changed = values.get(name, old.get(name)) != old.get(name) or start != old.get("start")
        if changed and isinstance(start, date) and isinstance(day, date) and day < start:
            return name
    return None
