"""Requests for an extension: what waits, for how long, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

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
from tracker.lib.dates import local_day
from tracker.lib.moves import last_given
from tracker.lib.paging import Page, within
from tracker.lib.workdays import Calendar
from tracker.models import (
    ExtensionRequest,
    ExtensionState,
    Group,
    Milestone,
    MoveReason,
    Person,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.policies import extension_requests as may
from tracker.policies import groups as may_groups
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.shapes import AnyRow

PAGE = 20
LONG, TOO_LONG = 5, 10  # working days
NOTHING: Mapping[str, object] = {}
MOST = 5  # as many stand on the page of a group
OPEN_TASKS = [status for status in TaskStatus if status.is_open]
# Written out, so that both databases see that the index of the open ones will do.
IS_OPEN = ExtensionRequest.state == literal_column("'open'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A request as lists and pages show it, judged for a day.

    `days` and `working_days` are by how much the date would move (or did), `waited` the working
    days from the question to the answer or to today.
    """

    id: int
    kind: str
    code: str
    title: str
    group_key: str
    group_name: str
    group_name_en: str | None
    strand: Strand
    old_day: date
    new_day: date
    days: int
    working_days: int
    stands: date | None
    reason: MoveReason
    sentence: str
    state: ExtensionState
    asked_by: str
    asked_by_id: int | None
    asked_at: datetime
    waited: int
    answer: str
    answered_by: str
    answered_at: datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.state is ExtensionState.OPEN

    @property
    def tone(self) -> str:
        """The colour of its age: a week of work is long, two are too long."""
        if not self.is_open:
            return {"granted": "done", "refused": "late"}.get(self.state.value, "idle")
        if self.waited >= TOO_LONG:
            return "late"
        return "risk" if self.waited >= LONG else "brand"


def stands(item: Task | Milestone) -> date | None:
    """The date that a request is about: the due date of a task, the forecast of a milestone."""
    if isinstance(item, Task):
        return item.due
    day = last_given("forecast", {"forecast": item.forecast, "baseline": item.baseline})
    return day if isinstance(day, date) else None


def may_be_asked(item: Task | Milestone) -> bool:
    """Whether there is a date to be moved, of something that goes on."""
    ended = item.closed_on is not None if isinstance(item, Milestone) else not item.status.is_open
    return not ended and stands(item) is not None


def find(actor: Actor, id_: int, *, to_change: bool = False) -> ExtensionRequest | None:
    """The request with its item, if the actor may see it; `to_change` waits for who is faster."""
    query = (
        _joined(select(ExtensionRequest))
        .where(ExtensionRequest.id == id_, _is_live(), may_groups.visible_to(actor))
        .options(
            contains_eager(ExtensionRequest.task).joinedload(Task.workstream),
            contains_eager(ExtensionRequest.milestone).joinedload(Milestone.workstream),
            contains_eager(ExtensionRequest.task).joinedload(Task.group),
            contains_eager(ExtensionRequest.milestone).joinedload(Milestone.group),
            joinedload(ExtensionRequest.asked_by),
            joinedload(ExtensionRequest.answered_by),
        )
        .execution_options(populate_existing=True)
    )
    if to_change:
        db.session.execute(
            select(ExtensionRequest.id).where(ExtensionRequest.id == id_).with_for_update()
        )
    found: ExtensionRequest | None = db.session.scalar(query)
    return found


def open_of(item: Task | Milestone) -> ExtensionRequest | None:
    """The one that waits for an answer about that item."""
    about = ExtensionRequest.task_id if isinstance(item, Task) else ExtensionRequest.milestone_id
    return db.session.scalar(select(ExtensionRequest).where(about == item.id, IS_OPEN))


def line(request: ExtensionRequest, today: date) -> Line:
    """The same as a line."""
    (found,) = _lines(_columns().where(ExtensionRequest.id == request.id), today)
    return found


def open_line(item: Task | Milestone, today: date) -> Line | None:
    """What waits for an answer about that item, as a line."""
    query = _open_line("task" if isinstance(item, Task) else "milestone")
    return next(iter(_lines(query, today, {"id": item.id})), None)


@cache
def _open_line(kind: str) -> Any:  # noqa: ANN401 - a select of many columns
    return _columns().where(_about(kind) == bindparam("id"), IS_OPEN)


def _about(kind: str) -> Any:  # noqa: ANN401 - a column
    return ExtensionRequest.task_id if kind == "task" else ExtensionRequest.milestone_id


def queue(actor: Actor, number: int, today: date) -> Page[Line]:
    """What waits for the actor's answer, the oldest first."""
    order = [ExtensionRequest.asked_at, ExtensionRequest.id]
    return _page(_waiting(), order, number, today, files=may.files(actor))


def _waiting() -> ColumnElement[bool]:
    """Which requests wait for an actor; `policies.extension_requests.files` says for whom."""
    return IS_OPEN & _is_live() & _is_under_way() & may.asked_of()


def ids_waiting() -> "Select[tuple[int]]":
    """The ids of those that wait for an actor, to be counted; asked with `files`."""
    query: Select[tuple[int]] = _with_item(select(ExtensionRequest.id)).where(_waiting())
    return query


def of_group(group: Group, today: date) -> Page[Line]:
    """What waits in a group, the oldest first: as many as its page shows, and how many in all."""
    here = {"group_id": group.id}
    total = db.session.scalar(_number_here(), here) or 0
    return Page(_lines(_first_here(), today, here) if total else [], 1, total, MOST)


@cache
def _number_here() -> Select[int]:
    ids = _joined(select(ExtensionRequest.id)).where(_open_here()).subquery()
    return select(func.count()).select_from(ids)


@cache
def _first_here() -> Any:  # noqa: ANN401 - a select of many columns
    order = (ExtensionRequest.asked_at, ExtensionRequest.id)
    return _columns().where(_open_here()).order_by(*order).limit(MOST)


def _open_here() -> ColumnElement[bool]:
    return IS_OPEN & _is_live() & _is_under_way() & (Group.id == bindparam("group_id"))


def listing(group: Group, state: ExtensionState | None, number: int, today: date) -> Page[Line]:
    """Every request of a group: those that wait, the oldest first, then the latest answered."""
    asked = _is_live() & (Group.id == group.id)
    if state is not None:
        asked &= ExtensionRequest.state == state
    waits_since = case((IS_OPEN, ExtensionRequest.asked_at))
    latest = (ExtensionRequest.asked_at.desc(), ExtensionRequest.id.desc())
    order = [waits_since.is_(None), waits_since, *latest]
    return _page(asked, order, number, today)


def of_item(kind: str, id_: int) -> Sequence[ExtensionRequest]:
    """All there ever were about a task or milestone, with who asked and who answered."""
    return db.session.scalars(_all_of(kind), {"id": id_}).all()


@cache
def _all_of(kind: str) -> Select[ExtensionRequest]:
    return (
        select(ExtensionRequest)
        .options(joinedload(ExtensionRequest.asked_by), joinedload(ExtensionRequest.answered_by))
        .where(_about(kind) == bindparam("id"))
        .order_by(ExtensionRequest.id)
    )


def _is_live() -> ColumnElement[bool]:
    """The item is not in the trash."""
    return or_(
        Task.id.is_not(None) & Task.deleted_at.is_(None),
        Milestone.id.is_not(None) & Milestone.deleted_at.is_(None),
    )


def _is_under_way() -> ColumnElement[bool]:
    """The item has not ended meanwhile: then nothing is left to be answered."""
    return or_(
        Task.status.in_(OPEN_TASKS), Milestone.id.is_not(None) & Milestone.closed_on.is_(None)
    )


def _joined(query: Any) -> Any:  # noqa: ANN401 - a select of whatever it selects
    """With the item, its group and its strand."""
    return (
        _with_item(query)
        .join(
            Workstream,
            Workstream.id == func.coalesce(Task.workstream_id, Milestone.workstream_id),
        )
        .join(Group, Group.id == Workstream.group_id)
    )


def _with_item(query: Any) -> Any:  # noqa: ANN401 - a select of whatever it selects
    return (
        query.select_from(ExtensionRequest)
        .outerjoin(Task, ExtensionRequest.task_id == Task.id)
        .outerjoin(Milestone, ExtensionRequest.milestone_id == Milestone.id)
    )


def _page(
    asked: ColumnElement[bool],
    order: Sequence[Any],
    number: int,
    today: date,
    *,
    files: Mapping[str, object] = NOTHING,
) -> Page[Line]:
    ids = _joined(select(ExtensionRequest.id)).where(asked).subquery()
    total = db.session.scalar(select(func.count()).select_from(ids), files) or 0
    number = within(number, total, PAGE)
    query = _columns().where(asked).order_by(*order).limit(PAGE).offset((number - 1) * PAGE)
    return Page(_lines(query, today, files) if total else [], number, total, PAGE)


@cache
def _columns() -> Any:  # noqa: ANN401 - a select of many columns
    asker, answerer = aliased(Person), aliased(Person)
    return (
        _joined(
            select(
                ExtensionRequest,
                func.coalesce(Task.code, Milestone.code).label("code"),
                func.coalesce(Task.title, Milestone.title).label("title"),
                Task.due,
                Milestone.forecast,
                Milestone.baseline,
                Workstream.strand,
                Group.key,
                Group.name,
                Group.name_en,
                func.coalesce(asker.full_name, "").label("asked_by"),
                func.coalesce(answerer.full_name, "").label("answered_by"),
            )
        )
        .outerjoin(asker, asker.id == ExtensionRequest.asked_by_id)
        .outerjoin(answerer, answerer.id == ExtensionRequest.answered_by_id)
    )


def _lines(
    query: Any,  # noqa: ANN401 - as `_columns` makes it
    today: date,
    files: Mapping[str, object] = NOTHING,
) -> Sequence[Line]:
    rows = db.session.execute(query, files).all()
    calendar = settings.calendar() if rows else Calendar()
    return [_line(row, today, calendar) for row in rows]


def _line(row: AnyRow, today: date, calendar: Calendar) -> Line:
    request: ExtensionRequest = row.ExtensionRequest
    until = local_day(request.answered_at) if request.answered_at else today
    return Line(
        id=request.id,
        kind="task" if request.task_id is not None else "milestone",
        code=row.code,
        title=row.title,
        group_key=row.key,
        group_name=row.name,
        group_name_en=row.name_en,
        strand=row.strand,
        old_day=request.old_day,
        new_day=request.new_day,
        days=(request.new_day - request.old_day).days,
        working_days=calendar.between(request.old_day, request.new_day),
        stands=row.due or row.forecast or row.baseline,
        reason=request.reason,
        sentence=request.sentence,
        state=request.state,
        asked_by=row.asked_by,
        asked_by_id=request.asked_by_id,
        asked_at=request.asked_at,
        waited=max(0, calendar.between(local_day(request.asked_at), until)),
        answer=request.answer or "",
        answered_by=row.answered_by,
        answered_at=request.answered_at,
        version=request.version,
    )
