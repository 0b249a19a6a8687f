"""The plan that a report is on: its items on the day of the cut-off, in the order of the board.

A period that is over is told as it stood on its last day, taken back from today by the history;
one that is not is told as of today. Where the tracker did not know the plan yet on the last day,
though it had begun by its own dates (it was imported later), today's plan is told, and the report
says so by its cut-off day.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain

from tracker.lib.freshness import reference, stale_days
from tracker.lib.health import Thresholds
from tracker.lib.lateness import FourCells, cell, lateness
from tracker.lib.periods import Period
from tracker.lib.slip import slip
from tracker.lib.workdays import Calendar
from tracker.models import Group, Strand, TaskStatus
from tracker.queries import confirmations, settings
from tracker.queries.report_facts import PlanMilestoneFact, TaskFact
from tracker.queries.reports import names
from tracker.queries.reports.rewind import Item, Key, Rewind, State

Place = tuple[str, Strand]
Cells = Mapping[Place, FourCells]
BEGINNINGS = ("start", "due", "baseline", "finished_on", "closed_on")
DONE, DROPPED, BLOCKED = TaskStatus.DONE, TaskStatus.DROPPED, TaskStatus.BLOCKED
NOT_WAITING = {DONE, DROPPED}
NEEDED = ("owner_id", "title", "due", "result", "lead_unit_id")


def of(
    groups: Sequence[Group],
    period: Period,
    today: date,
    *,
    unit_id: int | None = None,
    back_to: Sequence[date] = (),
) -> "Plan":
    """The plan on the day it is told of, and at the end of the period before; of a unit, what it
    leads. The cells of the days `back_to` are counted too.
    """
    places = names.places(groups)
    earlier = period.previous().last
    day = min(period.last, today)
    ids = [group.id for group in groups]
    past = {on for on in back_to if on < day} | ({earlier} if earlier < day else set())
    rewind = Rewind(ids, min(past, default=day))
    state = rewind.to(day, places)
    before: State | None = None
    all_before: State = {}
    cells = {}
    for on in sorted(past, reverse=True):
        whole = rewind.to(on, places)
        then = _of_unit(whole, unit_id)
        cells[on] = cells_of(then, places, on)
        if on == earlier:
            before, all_before = then or None, whole
    if not state and day < today:
        present = Rewind(ids, today).to(today, places)
        if _has_begun(present, day):
            day, state, before, cells = today, present, None, {}
    told = _of_unit(state, unit_id)
    return Plan(
        period=period,
        day=day,
        earlier=earlier,
        places=places,
        items=told,
        all_items=state,
        before=before,
        all_before=all_before,
        cells=cells,
        moved=rewind.moved,
        names=names.of(told.values(), places, day),
        approved=names.approved(groups, day),
        limits=settings.thresholds(),
        calendar=settings.calendar(),
        confirmed=confirmations.as_of(ids, day),
    )


def _has_begun(state: State, day: date) -> bool:
    """Whether anything of the plan was to be done, or was, by that day."""
    known = (item.values.get(name) for item in state.values() for name in BEGINNINGS)
    return any(value <= day for value in known if value is not None)


def _of_unit(state: State, unit_id: int | None) -> State:
    """The tasks that the unit leads, and the milestones they lead to. A part of a task that
    another unit leads is a task of this one.
    """
    if unit_id is None:
        return state
    led = {
        key: item
        for key, item in state.items()
        if key[0] == "task" and item.values["lead_unit_id"] == unit_id
    }
    tasks = {
        key: item if ("task", item.values["parent_id"]) in led else item.having("parent_id", None)
        for key, item in led.items()
    }
    leading = {("milestone", item.values["milestone_id"]) for item in led.values()}
    return {key: item for key, item in state.items() if key in leading} | tasks


def cells_of(state: State, places: Mapping[int, Place], day: date) -> Cells:
    """The four cells of each workstream on that day."""
    counted: dict[int, Counter[str]] = {id_: Counter() for id_ in places}
    for item in state.values():
        values = item.values
        if item.kind == "task" and values["parent_id"] is None:
            one = cell(values["status"], values["due"], values["finished_on"], day)
            counted[values["workstream_id"]][one] += 1
    return {place: FourCells(**counted[id_]) for id_, place in places.items()}


@dataclass
class Plan:
    """The items of a plan on a day, in the order of the board, and how each is told.

    `items` are those the report is on, `all_items` what else is in their workstreams too; `before`
    and `all_before` are the same at the end of the period before.
    """

    period: Period
    day: date
    earlier: date
    places: Mapping[int, Place]
    items: State
    all_items: State
    before: State | None
    all_before: State
    cells: Mapping[date, Cells]
    moved: set[Key]
    names: names.Names
    approved: frozenset[int]
    limits: Thresholds
    calendar: Calendar
    confirmed: Mapping[Key, date]
    approved_days: Mapping[int, date | None] = field(default_factory=dict)
    _told: dict[int, TaskFact] = field(default_factory=dict)

    @cached_property
    def remarks(self) -> Mapping[int, str]:
        """What was said first of tasks that are blocked."""
        return names.remarks(
            {
                item.id: item.values["status_since"]
                for item in self.tasks
                if item.values["status"] == BLOCKED
            },
            self.day,
        )

    @cached_property
    def since(self) -> date:
        """The cut-off after which everything should be confirmed by the day."""
        return reference(self.day, self.calendar)

    @cached_property
    def cells_now(self) -> Cells:
        """The four cells of each workstream on the day."""
        return cells_of(self.items, self.places, self.day)

    @cached_property
    def order(self) -> dict[int, int]:
        """The workstreams in the order of the board."""
        return {id_: at for at, id_ in enumerate(self.places)}

    @cached_property
    def milestones(self) -> list[Item]:
        """In the order of the plan."""
        found = [item for item in self.items.values() if item.kind == "milestone"]
        return sorted(
            found,
            key=lambda item: (
                self.order[item.values["workstream_id"]],
                item.values["position"],
                item.id,
            ),
        )

    @cached_property
    def tasks(self) -> list[Item]:
        """In the order of the plan: under their milestones, parts behind the task they are of."""
        under = {item.id: at for at, item in enumerate(self.milestones)}
        found = [item for item in self.items.values() if item.kind == "task"]
        ranks = {item.id: self._rank(item, under) for item in found}
        return sorted(found, key=lambda item: (*ranks.get(_top(item, ranks), ()), *_part(item)))

    @cached_property
    def spots(self) -> dict[int, tuple[str, str]]:
        """By workstream the key of its group, and the code of its strand."""
        return {id_: (key, strand.value) for id_, (key, strand) in self.places.items()}

    def in_order(self, keys: Collection[Key]) -> dict[Key, tuple[int, int]]:
        """Those of the items that the plan has, by their place in it: workstream by workstream,
        its milestones first.
        """
        found = enumerate(chain(self.milestones, self.tasks))
        return {
            key: (self.order[item.values["workstream_id"]], at)
            for at, item in found
            if (key := (item.kind, item.id)) in keys
        }

    def _rank(self, item: Item, under: Mapping[int, int]) -> tuple[int, int, int, int]:
        values = item.values
        milestone = under.get(values["milestone_id"] or 0, len(under))
        return self.order[values["workstream_id"]], milestone, values["position"], item.id

    def place(self, item: Item) -> tuple[str, str]:
        """The key of its group, and the code of its strand."""
        return self.spots[item.values["workstream_id"]]

    @property
    def is_part(self) -> bool:
        """Whether it is not on all that is in its workstreams: what a unit leads."""
        return self.items is not self.all_items

    def is_top(self, item: Item) -> bool:
        """Whether it is no part of a task that is told itself."""
        return ("task", item.values["parent_id"] or 0) not in self.items

    def is_within(self, day: date) -> bool:
        """Whether that is a day of the period."""
        return self.period.contains(day)

    def is_new(self, item: Item) -> bool:
        """Whether it was finished, or reached, in the period; or before it, and nobody knew: it
        was approved, or written down, after the cut-off.
        """
        day = done_on(item)
        if day is None or self.is_within(day):
            return day is not None
        was = (self.before or {}).get((item.kind, item.id))
        return day < self.period.first and was is not None and done_on(was) is None

    # ------------------------------------------------------------ rows

    def told(self, item: Item) -> TaskFact:
        """A task as a row of the table."""
        found = self._told.get(item.id)
        if found is None:
            found = self._told[item.id] = self._task(item)
        return found

    def _task(self, item: Item) -> TaskFact:
        values, people = item.values, self.names
        key, strand = self.place(item)
        status = TaskStatus(values["status"])
        parent = self.items.get(("task", values["parent_id"] or 0))
        milestone = self.items.get(("milestone", values["milestone_id"] or 0))
        approved = self.approved_days.get(item.id)
        expected = values["finished_on"] or values["forecast"] or values["due"]
        slipped = slip(approved or values["due"], expected, self.calendar)
        return TaskFact(
            code=values["code"],
            title=values["title"],
            group=key,
            strand=strand,
            status=status.value,
            lateness=self._lateness(item) if status is not DROPPED else "",
            parent=parent.values["code"] if parent else "",
            milestone=_named(milestone) if milestone else "",
            assigned_by=assigned(
                values["assigning_document"], values["assigning_date"], values["assigning_item"]
            ),
            lead_unit=people.unit(values["lead_unit_id"]),
            cooperating=people.cooperating(item),
            owner=people.person(values["owner_id"]),
            due=values["due"],
            forecast=values["forecast"],
            finished_on=values["finished_on"],
            result=values["result"] or "",
            progress=values["progress"],
            note=self.remarks.get(item.id, ""),
            is_clear=all(values[name] for name in NEEDED),
            approved=approved,
            slip=slipped.days if slipped else None,
            slip_working=slipped.working_days if slipped else None,
            stale_days=self._stale_days(item) if status.is_open else 0,
        )

    def milestone_facts(self) -> Iterable[PlanMilestoneFact]:
        """Every milestone with its dates, in the order of the plan."""
        for item in self.milestones:
            values = item.values
            key, strand = self.place(item)
            expected = values["closed_on"] or values["forecast"] or values["baseline"]
            slipped = slip(values["baseline"], expected, self.calendar)
            yield PlanMilestoneFact(
                code=values["code"],
                title=values["title"],
                group=key,
                strand=strand,
                baseline=values["baseline"],
                forecast=values["forecast"],
                closed_on=values["closed_on"],
                slip=slipped.days if slipped else None,
                slip_working=slipped.working_days if slipped else None,
                stale_days=0 if values["closed_on"] else self._stale_days(item),
            )

    def _stale_days(self, item: Item) -> int:
        confirmed_on = self.confirmed.get((item.kind, item.id))
        return stale_days(confirmed_on, self.day, self.since) if confirmed_on else 0

    def _lateness(self, item: Item) -> str:
        return lateness(
            status_is_done=item.values["status"] == DONE,
            due=item.values["due"],
            finished_on=item.values["finished_on"],
            today=self.day,
            calendar=self.calendar,
        ).value


def done_on(item: Item) -> date | None:
    """The day on which a task was finished or a milestone reached, if it was."""
    values = item.values
    day: date | None = values["closed_on"] if item.kind == "milestone" else values["finished_on"]
    return day if item.kind == "milestone" or values["status"] == DONE else None


def _top(item: Item, ranks: Mapping[int, object]) -> int:
    parent: int | None = item.values["parent_id"]
    return parent if parent in ranks and parent is not None else item.id


def _part(item: Item) -> tuple[int, int, int]:
    """The task itself stands before its parts."""
    is_part = item.values["parent_id"] is not None
    return int(is_part), item.values["position"], item.id


def _named(milestone: Item) -> str:
    return f"{milestone.values['code']} {milestone.values['title']}"


@lru_cache(maxsize=1024)  # one document gives many tasks
def assigned(document: str | None, day: date | None, item: str | None) -> str:
    """The document, its day and the item, as "489/QĐ-BKHCN (14/06/2024), II.3"."""
    number = document or ""
    if day:
        number = f"{number} ({day:%d/%m/%Y})".strip()
    return ", ".join(part for part in (number, item) if part)
