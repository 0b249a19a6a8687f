"""The facts of a report, gathered from the plan as it stood when the period was closed.

A period that is over is told as it stood on its last day, taken back from today by the history;
one that is not is told as of today. Where the tracker did not know the plan yet on the last day,
though it had begun by its own dates (it was imported later), today's plan is told, and the report
says so by its cut-off day.
The number of queries does not depend on how many groups and tasks there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from operator import itemgetter
from typing import Any

from tracker.lib.dates import end_of_day_utc, local_day, start_of_day_utc
from tracker.lib.freshness import reference, stale_days
from tracker.lib.health import MilestoneFact as MilestoneMark
from tracker.lib.health import TaskFact as TaskMark
from tracker.lib.health import Thresholds, WorkstreamFacts, gather, judge
from tracker.lib.lateness import CountedTask, FourCells, Lateness, count, lateness
from tracker.lib.periods import Period
from tracker.lib.slip import slip
from tracker.lib.workdays import Calendar
from tracker.models import Group, Strand, TaskStatus
from tracker.queries import confirmations, declarations, settings
from tracker.queries.declarations import Declared
from tracker.queries.report_facts import (
    CellsRow,
    DifficultyFact,
    GroupFact,
    MilestoneFact,
    Name,
    NextFact,
    PlanMilestoneFact,
    ReasonFact,
    ReportFacts,
    SlipFact,
    Statistics,
    TaskFact,
    WorkstreamFact,
)
from tracker.queries.reports import heads, names, risks
from tracker.queries.reports.picture import picture
from tracker.queries.reports.rewind import Event, Item, Rewind, State

Place = tuple[str, Strand]
MOVES = {"task": ("due", "forecast"), "milestone": ("forecast", "baseline")}
BEGINNINGS = ("start", "due", "baseline", "finished_on", "closed_on")
DONE, DROPPED, BLOCKED = TaskStatus.DONE, TaskStatus.DROPPED, TaskStatus.BLOCKED
NOT_WAITING = {DONE, DROPPED}


def build(
    groups: Sequence[Group],
    period: Period,
    *,
    today: date,
    covers_all: bool,
    organisation: str = "",
) -> ReportFacts:
    """What a report on these groups says of the period; the narrative is added by who has it.

    `organisation` is the name of the issuing body where no administrator has set one.
    """
    plan = _plan(groups, period, today)
    plan.approved_days = names.approved_days(groups, plan.day)
    told = _facts(plan, groups, today, covers_all=covers_all, organisation=organisation)
    items, by = (plan.tasks, plan.milestones), (plan.calendar, plan.limits)
    return replace(
        told,
        tasks=tuple(plan.told(item) for item in plan.tasks),
        milestones=tuple(plan.milestone_facts()),
        timeline=picture(groups, plan.places, items, plan.day, by),
    )


@dataclass(frozen=True)
class Outline:
    """What a page shows of a report: the facts but for the table of all tasks."""

    facts: ReportFacts
    tasks: int
    overdue: tuple[TaskFact, ...]

    @classmethod
    def of(cls, facts: ReportFacts) -> "Outline":
        """That of facts that were kept."""
        overdue = (task for task in facts.tasks if task.lateness == Lateness.OVERDUE)
        tops = tuple(task for task in overdue if not task.parent)
        return cls(replace(facts, tasks=()), len(facts.tasks), tops)


def outline(
    groups: Sequence[Group],
    period: Period,
    *,
    today: date,
    covers_all: bool,
    organisation: str = "",
) -> Outline:
    """As `build`, for a page: a row of the table costs as much as all else of its task."""
    plan = _plan(groups, period, today)
    told = _facts(plan, groups, today, covers_all=covers_all, organisation=organisation)
    return Outline(told, len(plan.tasks), tuple(plan.overdue()))


def _facts(
    plan: "Plan", groups: Sequence[Group], today: date, *, covers_all: bool, organisation: str
) -> ReportFacts:
    header = heads.header(organisation)
    return ReportFacts(
        organisation=heads.organisation(header, groups, today, covers_all=covers_all),
        sent_to=heads.sent_to(header, covers_all=covers_all),
        addressees=heads.lines(header.addressees),
        recipients=heads.lines(header.recipients),
        groups=tuple(
            GroupFact(
                key=group.key,
                name=heads.group_name(group),
                is_approved=group.id in plan.approved,
                short=Name(group.name, group.name_en or ""),
            )
            for group in groups
        ),
        period=plan.period,
        cut_off=plan.day,
        generated_on=today,
        covers_all_groups=covers_all,
        statistics=plan.statistics(),
        workstreams=tuple(plan.workstreams()),
        finished=tuple(plan.finished()),
        slips=tuple(plan.slips()),
        reached=tuple(plan.reached()),
        upcoming=tuple(plan.upcoming()),
        difficulties=tuple(plan.difficulties()),
        risks=tuple(risks.standing([group.id for group in groups], plan.places, plan.day)),
        english_names=plan.names.english,
    )


def _plan(groups: Sequence[Group], period: Period, today: date) -> "Plan":
    """The plan on the day it is told of, and the cells at the end of the period before."""
    places = names.places(groups)
    earlier = period.previous().last
    day = min(period.last, today)
    ids = [group.id for group in groups]
    rewind = Rewind(ids, min(earlier, day))
    state = _inside(rewind.to(day), places)
    before: State | None = _inside(rewind.to(earlier), places) if earlier < day else None
    if not state and day < today:
        present = _inside(Rewind(ids, today).to(today), places)
        if _has_begun(present, day):
            day, state, before = today, present, None
    return Plan(
        period=period,
        day=day,
        earlier=earlier,
        places=places,
        items=state,
        before=before,
        changes=rewind.changes,
        names=names.of(state.values(), places, day),
        approved=names.approved(groups, day),
        limits=settings.thresholds(),
        calendar=settings.calendar(),
        confirmed=confirmations.as_of(ids, day),
    )


def _has_begun(state: State, day: date) -> bool:
    """Whether anything of the plan was to be done, or was, by that day."""
    known = (item.values.get(name) for item in state.values() for name in BEGINNINGS)
    return any(value <= day for value in known if value is not None)


def _inside(state: State, places: Mapping[int, Place]) -> State:
    return {key: item for key, item in state.items() if item.values["workstream_id"] in places}


@dataclass
class Plan:
    """The items of a plan on a day, in the order of the board, and what is told of them."""

    period: Period
    day: date
    earlier: date
    places: Mapping[int, Place]
    items: State
    before: State | None
    changes: Sequence[Event]
    names: names.Names
    approved: frozenset[int]
    limits: Thresholds
    calendar: Calendar
    confirmed: Mapping[tuple[str, int], date]
    remarks: Mapping[int, str] = field(default_factory=dict)
    approved_days: Mapping[int, date | None] = field(default_factory=dict)
    _told: dict[int, TaskFact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.remarks = names.remarks(
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
        return sorted(
            found, key=lambda item: (*ranks.get(self._top(item, ranks), ()), *_part(item))
        )

    def _rank(self, item: Item, under: Mapping[int, int]) -> tuple[int, int, int, int]:
        values = item.values
        milestone = under.get(values["milestone_id"] or 0, len(under))
        return self.order[values["workstream_id"]], milestone, values["position"], item.id

    @staticmethod
    def _top(item: Item, ranks: Mapping[int, object]) -> int:
        parent: int | None = item.values["parent_id"]
        return parent if parent in ranks and parent is not None else item.id

    def told(self, item: Item) -> TaskFact:
        """A task as a row of the table."""
        found = self._told.get(item.id)
        if found is None:
            found = self._told[item.id] = self._task(item)
        return found

    def _is_top(self, item: Item) -> bool:
        return ("task", item.values["parent_id"] or 0) not in self.items

    def _task(self, item: Item) -> TaskFact:
        values, people = item.values, self.names
        key, strand = self.places[values["workstream_id"]]
        status = TaskStatus(values["status"])
        parent = self.items.get(("task", values["parent_id"] or 0))
        milestone = self.items.get(("milestone", values["milestone_id"] or 0))
        needed = ("owner_id", "title", "due", "result", "lead_unit_id")
        approved = self.approved_days.get(item.id)
        expected = values["finished_on"] or values["forecast"] or values["due"]
        slipped = slip(approved or values["due"], expected, self.calendar)
        return TaskFact(
            code=values["code"],
            title=values["title"],
            group=key,
            strand=strand.value,
            status=status.value,
            lateness=self._lateness(item) if status is not DROPPED else "",
            parent=parent.values["code"] if parent else "",
            milestone=_named(milestone) if milestone else "",
            assigned_by=_assigned(values),
            lead_unit=people.unit(values["lead_unit_id"]),
            cooperating=people.cooperating(item),
            owner=people.person(values["owner_id"]),
            due=values["due"],
            forecast=values["forecast"],
            finished_on=values["finished_on"],
            result=values["result"] or "",
            progress=values["progress"],
            note=self.remarks.get(item.id, ""),
            is_clear=all(values[name] for name in needed),
            approved=approved,
            slip=slipped.days if slipped else None,
            slip_working=slipped.working_days if slipped else None,
            stale_days=self._stale_days(item) if status.is_open else 0,
        )

    def _stale_days(self, item: Item) -> int:
        confirmed_on = self.confirmed.get((item.kind, item.id))
        return stale_days(confirmed_on, self.day, self.since) if confirmed_on else 0

    def milestone_facts(self) -> Iterable[PlanMilestoneFact]:
        """Every milestone with its dates, in the order of the plan."""
        for item in self.milestones:
            values = item.values
            key, strand = self.places[values["workstream_id"]]
            expected = values["closed_on"] or values["forecast"] or values["baseline"]
            slipped = slip(values["baseline"], expected, self.calendar)
            yield PlanMilestoneFact(
                code=values["code"],
                title=values["title"],
                group=key,
                strand=strand.value,
                baseline=values["baseline"],
                forecast=values["forecast"],
                closed_on=values["closed_on"],
                slip=slipped.days if slipped else None,
                slip_working=slipped.working_days if slipped else None,
                stale_days=0 if values["closed_on"] else self._stale_days(item),
            )

    def _lateness(self, item: Item) -> str:
        return lateness(
            status_is_done=item.values["status"] == DONE,
            due=item.values["due"],
            finished_on=item.values["finished_on"],
            today=self.day,
            calendar=self.calendar,
        ).value

    # ------------------------------------------------------------ the four cells

    def statistics(self) -> Statistics:
        """Of the whole, the strands and the groups, now and at the end of the period before."""
        now = _cells(self.items, self.places, self.day)
        before = None if self.before is None else _cells(self.before, self.places, self.earlier)
        keys = dict.fromkeys(key for key, _strand in self.places.values())
        return Statistics(
            whole=sum(now.values(), FourCells()),
            before=None if before is None else sum(before.values(), FourCells()),
            by_strand=tuple(_row(strand.value, now, before) for strand in Strand),
            by_group=tuple(_row(key, now, before) for key in keys),
        )

    # ------------------------------------------------------------ workstreams

    def workstreams(self) -> Iterable[WorkstreamFact]:
        """How each stood on the day."""
        facts = self._gathered()
        declared = declarations.current(self.places, self.day)
        for id_, (key, strand) in self.places.items():
            judged = judge(facts[id_], self.day, self.limits, self.calendar)
            following = judged.next_milestone
            said = declared.get(id_)
            yield WorkstreamFact(
                group=key,
                strand=strand.value,
                health=judged.health.value,
                reasons=tuple(
                    ReasonFact(reason.code, {n: _plain(v) for n, v in reason.values.items()})
                    for reason in judged.reasons
                ),
                **(_said(said) if said else {}),
                done=judged.done,
                total=judged.total,
                overdue=judged.overdue,
                confirmed=judged.freshness.coverage.confirmed,
                to_confirm=judged.freshness.coverage.of,
                stale_days=judged.freshness.stale_days(said.on if said else None),
                next_milestone=following.title if following else "",
                forecast=following.expected if following else None,
                slip=judged.slip_days,
            )

    def _gathered(self) -> dict[int, WorkstreamFacts]:
        tasks: dict[int, list[TaskMark]] = defaultdict(list)
        marks: dict[int, list[MilestoneMark]] = defaultdict(list)
        for item in self.tasks:
            mark = _task_mark(item, self.confirmed.get(("task", item.id)))
            tasks[item.values["workstream_id"]].append(mark)
        for item in self.milestones:
            passed = _milestone_mark(item, self.confirmed.get(("milestone", item.id)))
            marks[item.values["workstream_id"]].append(passed)
        return {id_: gather(tasks[id_], marks[id_]) for id_ in self.places}

    # ------------------------------------------------------------ what happened

    def finished(self) -> Iterable[TaskFact]:
        """Tasks finished in the period; parts of tasks are told with their task."""
        for item in self.tasks:
            values = item.values
            is_done = values["status"] == DONE and self._is_within(values["finished_on"])
            if is_done and self._is_top(item):
                yield self.told(item)

    def overdue(self) -> Iterable[TaskFact]:
        """Tasks overdue on the day; parts of tasks are told with their task."""
        for item in self.tasks:
            due = item.values["due"]
            is_late = due is not None and due < self.day
            if is_late and item.values["status"] not in NOT_WAITING and self._is_top(item):
                yield self.told(item)

    def reached(self) -> Iterable[MilestoneFact]:
        """Milestones closed in the period."""
        for item in self.milestones:
            if self._is_within(item.values["closed_on"]):
                key, strand = self.places[item.values["workstream_id"]]
                yield MilestoneFact(
                    code=item.values["code"],
                    title=item.values["title"],
                    group=key,
                    strand=strand.value,
                    baseline=item.values["baseline"],
                    closed_on=item.values["closed_on"],
                    evidence=item.values["evidence"] or "",
                )

    def _is_within(self, day: date | None) -> bool:
        return day is not None and self.period.contains(day)

    def slips(self) -> Iterable[SlipFact]:
        """Every date that moved in the period, in the order of the plan."""
        begin, end = start_of_day_utc(self.period.first), end_of_day_utc(self.day)
        place = {
            (item.kind, item.id): at for at, item in enumerate([*self.milestones, *self.tasks])
        }
        moved = [
            change
            for change in reversed(self.changes)
            if begin <= change.at <= end
            and (change.kind, change.subject_id) in place
            and change.field in MOVES[change.kind]
            and change.old is not None
        ]
        for change in sorted(moved, key=lambda c: self._slip_rank(c, place)):
            yield self._slip(change)

    def _slip_rank(self, change: Event, place: Mapping[tuple[str, int], int]) -> tuple[int, int]:
        key = change.kind, change.subject_id
        return self.order[self.items[key].values["workstream_id"]], place[key]

    def _slip(self, change: Event) -> SlipFact:
        item = self.items[change.kind, change.subject_id]
        key, strand = self.places[item.values["workstream_id"]]
        old = date.fromisoformat(change.old)
        new = date.fromisoformat(change.new) if change.new else None
        return SlipFact(
            what=item.kind,
            code=item.values["code"],
            title=item.values["title"],
            group=key,
            strand=strand.value,
            old=old,
            new=new,
            days=(new - old).days if new else None,
            reason=change.reason.value if change.reason else "",
            sentence=change.sentence or "",
            agreed_by=change.agreed_by or "",
            moved_on=local_day(change.at),
            which=change.field,
        )

    def difficulties(self) -> Iterable[DifficultyFact]:
        """Tasks that were blocked on the day, with what was said of it first."""
        for item in self.tasks:
            if item.values["status"] == BLOCKED:
                task = self.told(item)
                yield DifficultyFact(
                    code=task.code,
                    title=task.title,
                    group=task.group,
                    strand=task.strand,
                    since=item.values["status_since"],
                    note=task.note,
                    owner=task.owner,
                    lead_unit=task.lead_unit,
                )

    # ------------------------------------------------------------ what comes

    def upcoming(self) -> Iterable[NextFact]:
        """What falls due after the day, up to the end of the next period; the soonest first."""
        after, until = min(self.day, self.period.last), self.period.next().last
        found = [
            (due, fact)
            for due, fact in (*self._coming_milestones(), *self._coming_tasks())
            if due is not None and after < due <= until
        ]
        return [fact(due) for due, fact in sorted(found, key=itemgetter(0))]

    def _coming_milestones(self) -> Iterable[tuple[date | None, Callable[[date], NextFact]]]:
        for item in self.milestones:
            if not item.values["closed_on"]:
                due = item.values["forecast"] or item.values["baseline"]
                yield due, partial(self._coming, item)

    def _coming_tasks(self) -> Iterable[tuple[date | None, Callable[[date], NextFact]]]:
        for item in self.tasks:
            if item.values["status"] not in NOT_WAITING and self._is_top(item):
                yield item.values["due"] or item.values["forecast"], partial(self._coming, item)

    def _coming(self, item: Item, due: date) -> NextFact:
        values, people = item.values, self.names
        key, strand = self.places[values["workstream_id"]]
        fact = NextFact(item.kind, values["code"], values["title"], key, strand.value, due)
        if item.kind == "milestone":
            return fact
        owner, unit = people.person(values["owner_id"]), people.unit(values["lead_unit_id"])
        return replace(fact, owner=owner, lead_unit=unit)


def _part(item: Item) -> tuple[int, int, int]:
    """The task itself stands before its parts."""
    is_part = item.values["parent_id"] is not None
    return int(is_part), item.values["position"], item.id


def _cells(state: State, places: Mapping[int, Place], day: date) -> dict[Place, FourCells]:
    counted: dict[Place, list[CountedTask]] = {place: [] for place in places.values()}
    for (kind, _id), item in state.items():
        if kind == "task":
            values = item.values
            counted[places[values["workstream_id"]]].append(
                CountedTask(
                    values["status"], values["due"], values["finished_on"],
                    values["parent_id"] is None,
                )
            )  # fmt: skip
    return {place: count(tasks, today=day) for place, tasks in counted.items()}


def _row(
    key: str, now: Mapping[Place, FourCells], before: Mapping[Place, FourCells] | None
) -> CellsRow:
    """The row of a group or of a strand: both are parts of a place."""

    def of(cells: Mapping[Place, FourCells]) -> FourCells:
        return sum((found for place, found in cells.items() if key in place), FourCells())

    return CellsRow(key, of(now), None if before is None else of(before))


def _task_mark(item: Item, confirmed_on: date | None) -> TaskMark:
    values = item.values
    is_blocked = values["status"] == BLOCKED
    return TaskMark(
        code=values["code"],
        status=values["status"],
        due=values["due"],
        start=values["start"],
        progress=values["progress"],
        blocked_since=values["status_since"] if is_blocked else None,
        confirmed_on=confirmed_on,
        is_top_level=values["parent_id"] is None,
    )


def _milestone_mark(item: Item, confirmed_on: date | None) -> MilestoneMark:
    names_ = ("code", "title", "baseline", "forecast", "closed_on")
    return MilestoneMark(**{name: item.values[name] for name in names_}, confirmed_on=confirmed_on)


def _named(milestone: Item) -> str:
    return f"{milestone.values['code']} {milestone.values['title']}"


def _assigned(values: Mapping[str, Any]) -> str:
    """The document, its day and the item, as "489/QĐ-BKHCN (14/06/2024), II.3"."""
    day = values["assigning_date"]
    number = values["assigning_document"] or ""
    if day:
        number = f"{number} ({day:%d/%m/%Y})".strip()
    return ", ".join(part for part in (number, values["assigning_item"]) if part)


def _said(said: Declared) -> dict[str, Any]:
    """What the lead declared, as fields of `WorkstreamFact`."""
    return {
        "declared": said.health.value,
        "declared_note": said.sentence,
        "recovery": said.recovery,
        "declared_by": said.by_name,
        "declared_on": said.on,
    }


def _plain(value: object) -> str | int:
    """A value of a reason as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
