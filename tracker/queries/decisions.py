"""Decisions wanted of directors: what waits, for how long, what stalls meanwhile, what was said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.paging import Page, within
from tracker.models import (
    Decision,
    DecisionLink,
    DecisionState,
    Group,
    Milestone,
    Person,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries.shapes import AnyRow, Query

Linked = TypeVar("Linked", Task, Milestone)

SIZE = 20
MOST = 5_000  # rows of a file
SOON = 3  # days before the day by which it is wanted
# Written out, so that both databases see that the index of the open ones will do.
IS_OPEN = Decision.state == literal_column("'open'")


class Order(StrEnum):
    """How the questions are put in order."""

    AGE = "age"
    WANTED = "wanted"
    LATEST = "latest"


@dataclass(frozen=True)
class Filters:
    """Which questions are asked for; `state` None is all of them, `group` a key, `who` a person."""

    state: DecisionState | None = None
    group: str = ""
    who: int | None = None
    is_mine: bool = False
    order: Order = Order.AGE

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a state and an order is asked for."""
        return self == Filters(state=self.state, order=self.order)


@dataclass(frozen=True, slots=True)
class Stall:
    """A task or a milestone that waits for the decision; `day` is when it is due or expected."""

    kind: str
    code: str
    title: str
    strand: Strand
    day: date | None
    is_over: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A question as lists and pages show it, judged for a day.

    `age` counts the days from the question to the answer or to today, `late` those of them after
    the day by which it was wanted, `left` those until it.
    """

    id: int
    code: str
    question: str
    background: str
    group_id: int
    group_key: str
    group_name: str
    group_name_en: str | None
    options: tuple[str, ...]
    recommended: int | None
    wanted_from: str
    wanted_from_id: int
    wanted_by: date
    asked_by: str
    asked_by_id: int | None
    asked_on: date
    state: DecisionState
    answer: str
    chosen: int | None
    decided_by: str
    decided_on: date | None
    document_number: str
    document_date: date | None
    answered_by: str
    withdrawn_because: str
    withdrawn_on: date | None
    version: int
    age: int
    late: int
    left: int
    stalls: tuple[Stall, ...] = ()

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.state is DecisionState.OPEN

    @property
    def option(self) -> str:
        """The words of the option that was chosen."""
        return self.options[self.chosen] if self.chosen is not None else ""

    @property
    def tone(self) -> str:
        """The colour of how it stands: red once it is wanted and not there."""
        if not self.is_open:
            return "done" if self.state is DecisionState.ANSWERED else "idle"
        if self.late:
            return "late"
        return "risk" if self.left <= SOON else "brand"


def find(actor: Actor, code: str, *, to_change: bool = False) -> Decision | None:
    """The question of that code, if the actor may see it; `to_change` waits for who is faster."""
    query = (
        select(Decision)
        .join(Decision.group)
        .options(
            contains_eager(Decision.group),
            joinedload(Decision.wanted_from),
            joinedload(Decision.asked_by),
            joinedload(Decision.decided_by),
        )
        .where(Decision.code == code.upper(), may.visible_to(actor))
        .execution_options(populate_existing=True)
    )
    if to_change:
        db.session.execute(
            select(Decision.id).where(Decision.code == code.upper()).with_for_update()
        )
    found: Decision | None = db.session.scalar(query)
    return found


def line(actor: Actor, decision: Decision, today: date) -> Line:
    """The same as a line, with what stalls."""
    (found,) = _lines(actor, _columns().where(Decision.id == decision.id), today)
    return found


def among(actor: Actor, ids: Collection[int], today: date) -> Sequence[Line]:
    """Those questions, of which the actor may see the groups, the oldest first."""
    query = _columns().where(Decision.id.in_(list(ids)), may.visible_to(actor))
    return _lines(actor, query.order_by(Decision.asked_at, Decision.id), today)


def waiting(actor: Actor, today: date) -> Sequence[Line]:
    """Every question that waits in the groups one may see, the oldest first."""
    query = _columns().where(IS_OPEN, may.visible_to(actor))
    return _lines(actor, query.order_by(Decision.asked_at, Decision.id), today)


def waited(actor: Actor, day: date) -> int:
    """How many questions waited at the end of a past day."""
    end = end_of_day_utc(day)
    query = (
        select(func.count(Decision.id))
        .join(Decision.group)
        .where(
            Decision.asked_at <= end,
            or_(Decision.answered_at.is_(None), Decision.answered_at > end),
            or_(Decision.withdrawn_on.is_(None), Decision.withdrawn_on > day),
            may.visible_to(actor),
        )
    )
    return db.session.scalar(query) or 0


def listing(actor: Actor, filters: Filters, number: int, today: date) -> Page[Line]:
    """One screen of the questions asked for."""
    query = _asked(actor, filters)
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    number = within(number, total, SIZE)
    shown = query.limit(SIZE).offset((number - 1) * SIZE)
    return Page(_lines(actor, shown, today) if total else [], number, total, SIZE)


def rows(actor: Actor, filters: Filters, today: date) -> Sequence[Line]:
    """All of them, for a file."""
    return _lines(actor, _asked(actor, filters).limit(MOST), today)


def counts(actor: Actor, group: str = "") -> Mapping[DecisionState, int]:
    """How many questions there are of each state, in all groups or in one."""
    query = select(Decision.state, func.count()).join(Decision.group).where(may.visible_to(actor))
    if group:
        query = query.where(Group.key == group)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Decision.state))}


def of_item(actor: Actor, item: Task | Milestone, today: date) -> Sequence[Line]:
    """What was or is asked because that item stalls, the open ones first; without their stalls."""
    kind = "task" if isinstance(item, Task) else "milestone"
    found = db.session.execute(_of_item(kind), {"item_id": item.id, **may.sight(actor)}).all()
    return [_line(row, today) for row in found]


def directors_asked(actor: Actor) -> Sequence[tuple[int, str]]:
    """Who was ever asked, in Vietnamese order."""
    asked = select(Decision.wanted_from_id).join(Decision.group).where(may.visible_to(actor))
    query = select(Person.id, Person.full_name).where(Person.id.in_(asked))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Person.sort_key))]


def stalls_of(actor: Actor, decision: Decision) -> tuple[Stall, ...]:
    """What stalls until the decision, as far as the actor may see it."""
    return _stalls(actor, [decision.id]).get(decision.id, ())


def item(actor: Actor, code: str) -> Task | Milestone | None:
    """The task or milestone of that code that is not thrown away, if the actor may see it."""
    return _live(actor, Task, code) or _live(actor, Milestone, code)


def _live(actor: Actor, table: type[Linked], code: str) -> Linked | None:
    return db.session.scalar(
        select(table)
        .join(Group, Group.id == table.group_id)
        .where(table.code == code.upper(), table.deleted_at.is_(None), may.visible_to(actor))
    )


def hidden_items(actor: Actor, decision: Decision) -> Sequence[Task | Milestone]:
    """What is linked and not shown to the actor: thrown away, or gone to another group."""
    shown = {stall.code for stall in stalls_of(actor, decision)}
    links = db.session.scalars(
        select(DecisionLink)
        .options(joinedload(DecisionLink.task), joinedload(DecisionLink.milestone))
        .where(DecisionLink.decision_id == decision.id)
    )
    items = (link.task or link.milestone for link in links)
    return [one for one in items if one is not None and one.code not in shown]


# ---------------------------------------------------------------- reading


def _asked(actor: Actor, filters: Filters) -> Query:
    return _columns().where(*_conditions(actor, filters)).order_by(*_order(filters.order))


def _conditions(actor: Actor, filters: Filters) -> Iterable[ColumnElement[bool]]:
    yield may.visible_to(actor)
    if filters.state is not None:
        yield Decision.state == filters.state
    if filters.group:
        yield Group.key == filters.group
    if filters.who is not None:
        yield Decision.wanted_from_id == filters.who
    if filters.is_mine:
        yield or_(
            Decision.asked_by_id == actor.person_id, Decision.wanted_from_id == actor.person_id
        )


def _order(order: Order) -> tuple[Any, ...]:
    """What waits stands before what is over."""
    over = case((IS_OPEN, 0), else_=1)
    latest = (Decision.asked_at.desc(), Decision.id.desc())
    if order is Order.LATEST:
        return latest
    if order is Order.WANTED:
        return (over, Decision.wanted_by, Decision.id)
    return (over, case((IS_OPEN, Decision.asked_at)), *latest)


def _columns() -> Query:
    wanted, asker, decider, writer = (aliased(Person) for _ in range(4))
    return (
        select(
            Decision,
            Group.key,
            Group.name,
            Group.name_en,
            wanted.full_name.label("wanted_from"),
            func.coalesce(asker.full_name, "").label("asked_by"),
            func.coalesce(decider.full_name, "").label("decided_by"),
            func.coalesce(writer.full_name, "").label("answered_by"),
        )
        .join(Group, Group.id == Decision.group_id)
        .join(wanted, wanted.id == Decision.wanted_from_id)
        .outerjoin(asker, asker.id == Decision.asked_by_id)
        .outerjoin(decider, decider.id == Decision.decided_by_id)
        .outerjoin(writer, writer.id == Decision.answered_by_id)
    )


@cache
def _of_item(kind: str) -> Query:
    about = DecisionLink.task_id if kind == "task" else DecisionLink.milestone_id
    linked = select(DecisionLink.decision_id).where(about == bindparam("item_id"))
    over = case((IS_OPEN, 0), else_=1)
    return (
        _columns()
        .where(Decision.id.in_(linked), Decision.state != DecisionState.WITHDRAWN, may.visible())
        .order_by(over, Decision.id.desc())
    )


def _lines(actor: Actor, query: Query, today: date) -> Sequence[Line]:
    found = db.session.execute(query).all()
    stalls = _stalls(actor, [row.Decision.id for row in found]) if found else {}
    return [_line(row, today, stalls.get(row.Decision.id, ())) for row in found]


def _line(row: AnyRow, today: date, stalls: tuple[Stall, ...] = ()) -> Line:
    decision: Decision = row.Decision
    asked_on = local_day(decision.asked_at)
    until = decision.decided_on or decision.withdrawn_on or today
    return Line(
        id=decision.id,
        code=decision.code,
        question=decision.question,
        background=decision.background,
        group_id=decision.group_id,
        group_key=row.key,
        group_name=row.name,
        group_name_en=row.name_en,
        options=tuple(decision.options),
        recommended=decision.recommended,
        wanted_from=row.wanted_from,
        wanted_from_id=decision.wanted_from_id,
        wanted_by=decision.wanted_by,
        asked_by=row.asked_by,
        asked_by_id=decision.asked_by_id,
        asked_on=asked_on,
        state=decision.state,
        answer=decision.answer,
        chosen=decision.chosen,
        decided_by=row.decided_by,
        decided_on=decision.decided_on,
        document_number=decision.document_number or "",
        document_date=decision.document_date,
        answered_by=row.answered_by,
        withdrawn_because=decision.withdrawn_because or "",
        withdrawn_on=decision.withdrawn_on,
        version=decision.version,
        age=max(0, (until - asked_on).days),
        late=max(0, (until - decision.wanted_by).days),
        left=max(0, (decision.wanted_by - until).days),
        stalls=stalls,
    )


def _stalls(actor: Actor, ids: Sequence[int]) -> Mapping[int, tuple[Stall, ...]]:
    """What stalls until each of them: milestones first, what is thrown away left out."""
    found: dict[int, list[Stall]] = defaultdict(list)
    for decision_id, milestone, strand in db.session.execute(_milestones(actor, ids)):
        found[decision_id].append(
            Stall(
                kind="milestone",
                code=milestone.code,
                title=milestone.title,
                strand=strand,
                day=milestone.expected,
                is_over=milestone.closed_on is not None,
                is_blocked=False,
            )
        )
    for decision_id, task, strand in db.session.execute(_tasks(actor, ids)):
        found[decision_id].append(
            Stall(
                kind="task",
                code=task.code,
                title=task.title,
                strand=strand,
                day=task.due,
                is_over=not task.status.is_open,
                is_blocked=task.status is TaskStatus.BLOCKED,
            )
        )
    return {id_: tuple(stalls) for id_, stalls in found.items()}


def _milestones(actor: Actor, ids: Sequence[int]) -> Select[int, Milestone, Strand]:
    return (
        select(DecisionLink.decision_id, Milestone, Workstream.strand)
        .join(Milestone, Milestone.id == DecisionLink.milestone_id)
        .join(Workstream, Workstream.id == Milestone.workstream_id)
        .join(Group, Group.id == Milestone.group_id)
        .where(
            DecisionLink.decision_id.in_(ids),
            Milestone.deleted_at.is_(None),
            may.visible_to(actor),
        )
        .order_by(Milestone.id)
    )


def _tasks(actor: Actor, ids: Sequence[int]) -> Select[int, Task, Strand]:
    return (
        select(DecisionLink.decision_id, Task, Workstream.strand)
        .join(Task, Task.id == DecisionLink.task_id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(Group, Group.id == Task.group_id)
        .where(DecisionLink.decision_id.in_(ids), Task.deleted_at.is_(None), may.visible_to(actor))
        .order_by(Task.id)
    )
