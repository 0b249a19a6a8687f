"""The rows of one group become milestones and tasks, or changes of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete

from tracker.extensions import db
from tracker.lib import codes
from tracker.lib.plan_file import RowKind
from tracker.models import CooperatingUnit, Milestone, Participant, Strand, Task
from tracker.queries.importing.names import Named, NameKind
from tracker.queries.importing.rows import FieldChange, Home, Outcome, RowKey, RowPlan
from tracker.queries.importing.standing import Standing, StandingMilestone, StandingTask
from tracker.services import history, notifications, numbering
from tracker.services.act import Act, Why
from tracker.services.bulk import AT_ONCE, insert_rows
from tracker.services.importing import placing, storing

# How a list is called in the comparison and in the record.
LISTS = {"cooperating_unit_ids": "cooperating_units", "participant_ids": "participants"}
INDEXED = frozenset({"title", "description", "result", "assigning_document"})
PLACE = frozenset({"workstream_id", "milestone_id"})
# A workstream and, inside it, a milestone or none.
Where = tuple[int, int | None]


@dataclass
class Edit:
    """What changes of one thing: columns, and whole lists of ids."""

    values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()


@dataclass
class Writing:
    """What is at hand while the rows of one group are written, milestones first."""

    standing: Standing
    rows: Sequence[RowPlan]
    added: Mapping[tuple[NameKind, str], int]
    why: Why | None
    by: Act
    _made: dict[RowKey, Milestone | Task] = field(default_factory=dict)

    def write(self) -> dict[RowKey, str]:
        """Write all rows; returns the codes of the new things."""
        self._create_milestones()
        self._edit_milestones()
        homes = self._homes()
        places = self._task_places(homes)
        new: list[Task] = []
        for kind in (RowKind.TASK, RowKind.SUBTASK):
            new += self._create_tasks(kind, homes, places)
        given = self._edit_tasks(homes, places)
        notifications.announce_assignments([*new, *given], by=self.by)
        return {key: thing.code for key, thing in self._made.items()}

    def _of(self, outcome: Outcome, *kinds: RowKind) -> list[RowPlan]:
        return [row for row in self.rows if row.outcome is outcome and row.kind in kinds]

    def _workstream(self, strand: Strand | None) -> int:
        return self.standing.workstreams[strand or Strand.STANDARDS]

    # ------------------------------------------------------------ milestones

    def _create_milestones(self) -> None:
        new = self._of(Outcome.NEW, RowKind.MILESTONE)
        if not new:
            return
        places = self._milestone_places()
        group = self.standing.group
        first = numbering.reserve(group, numbering.MILESTONE, len(new))
        rows = [
            {
                **self._common(number=codes.milestone_code(group.key, number)),
                "workstream_id": self._workstream(row.strand),
                "position": places[row.key],
                **row.values,
            }
            for number, row in enumerate(new, start=first)
        ]
        self._keep(new, storing.create(Milestone, rows, by=self.by))

    def _common(self, number: str) -> dict[str, Any]:
        return {
            "group_id": self.standing.group.id,
            "code": number,
            "created_by_id": self.by.person_id,
            "created_at": self.by.at,
        }

    def _keep(self, rows: Sequence[RowPlan], things: Sequence[Milestone | Task]) -> None:
        self._made |= {row.key: thing for row, thing in zip(rows, things, strict=True)}

    def _milestone_places(self) -> dict[RowKey, int]:
        lists: dict[Strand | None, list[RowPlan]] = defaultdict(list)
        taken: dict[Strand | None, list[int]] = defaultdict(list)
        for row in self.rows:
            if row.kind is RowKind.MILESTONE and row.outcome is not Outcome.LEFT_OUT:
                lists[row.thing.strand if row.thing else row.strand].append(row)
        for each in self.standing.milestones:
            taken[each.strand].append(each.position)
        found: dict[RowKey, int] = {}
        for strand, listed in lists.items():
            found |= _placed(listed, taken[strand], [_position(row) for row in listed])
        return found

    def _edit_milestones(self) -> None:
        edits = {
            row.thing.id: self._edit(row.changes)
            for row in self._of(Outcome.CHANGED, RowKind.MILESTONE)
            if row.thing
        }
        things = storing.fetched(Milestone, sorted(edits))
        for thing in things:
            self._change(thing, edits[thing.id])
        _index(things, edits)

    # ------------------------------------------------------------ where tasks belong

    def _homes(self) -> dict[RowKey, Where]:
        """For each row of a task the place it will have: its own, or that of its task."""
        stored = {each.id: self._stored_home(each) for each in self.standing.tasks}
        homes: dict[RowKey, Where] = {}
        staying = [row for row in self.rows if row.outcome is not Outcome.LEFT_OUT]
        for row in staying:
            if row.kind is RowKind.TASK:
                homes[row.key] = self._own_home(row, stored)
                if row.thing:
                    stored[row.thing.id] = homes[row.key]
        for row in staying:
            if row.kind is RowKind.SUBTASK:
                homes[row.key] = _home_of_part(row, stored, homes)
        return homes

    def _stored_home(self, task: StandingTask) -> Where:
        return self._workstream(task.strand), task.milestone_id

    def _own_home(self, row: RowPlan, stored: Mapping[int, Where]) -> Where:
        if row.thing is None:
            return self._workstream(row.strand), self._milestone_id(row.home)
        workstream_id, milestone_id = stored[row.thing.id]
        for change in row.changes:
            if change.field == "workstream_id" and isinstance(change.new, Strand):
                workstream_id = self._workstream(change.new)
            elif change.field == "milestone_id":
                milestone_id = self._milestone_id(change.new)
        return workstream_id, milestone_id

    def _milestone_id(self, home: object) -> int | None:
        if not isinstance(home, Home):
            return None
        return home.id if home.row is None else self._made[home.row].id

    def _task_places(self, homes: Mapping[RowKey, Where]) -> dict[RowKey, int]:
        """Positions of new tasks, and of those that come from elsewhere."""
        lists: dict[Where, list[RowPlan]] = defaultdict(list)
        taken: dict[Where, list[int]] = defaultdict(list)
        for row in self.rows:
            if row.key in homes:
                lists[homes[row.key]].append(row)
        for each in self.standing.tasks:
            taken[self._stored_home(each)].append(each.position)
        found: dict[RowKey, int] = {}
        for where, listed in lists.items():
            stays = [
                _position(row)
                if isinstance(row.thing, StandingTask) and self._stored_home(row.thing) == where
                else None
                for row in listed
            ]
            found |= _placed(listed, taken[where], stays)
        return found

    # ------------------------------------------------------------ tasks

    def _create_tasks(
        self, kind: RowKind, homes: Mapping[RowKey, Where], places: Mapping[RowKey, int]
    ) -> list[Task]:
        new = self._of(Outcome.NEW, kind)
        if not new:
            return []
        first = numbering.reserve(self.standing.group, numbering.TASK, len(new))
        rows = [
            self._task(row, number, homes[row.key], places[row.key])
            for number, row in enumerate(new, start=first)
        ]
        made = storing.create(Task, rows, by=self.by)
        self._keep(new, made)
        self._create_lists(new, made)
        return made

    def _task(self, row: RowPlan, number: int, where: Where, position: int) -> dict[str, Any]:
        values = {
            name: self._resolved(value) for name, value in row.values.items() if name not in LISTS
        }
        above = self._made[row.parent].id if row.parent else row.parent_id
        return {
            **self._common(number=codes.task_code(self.standing.group.key, number)),
            **_place(where),
            "parent_id": above,
            "position": position,
            "status_since": self.by.today,
            **values,
        }

    def _create_lists(self, rows: Sequence[RowPlan], tasks: Sequence[Task]) -> None:
        units: list[dict[str, Any]] = []
        persons: list[dict[str, Any]] = []
        changes: list[tuple[Milestone | Task, str, object, object]] = []
        for row, task in zip(rows, tasks, strict=True):
            for name, recorded in LISTS.items():
                ids = self._ids(row.values.get(name))
                if ids:
                    changes.append((task, recorded, [], ids))
                    if name == "participant_ids":
                        persons += _participants(task, ids)
                    else:
                        units += _cooperating(task, ids)
        insert_rows(CooperatingUnit, units)
        insert_rows(Participant, persons)
        storing.record(changes, by=self.by)

    def _edit_tasks(
        self, homes: Mapping[RowKey, Where], places: Mapping[RowKey, int]
    ) -> list[Task]:
        """Change what differs; returns the tasks that were given to another owner."""
        edits: dict[int, Edit] = defaultdict(Edit)
        for row in self._of(Outcome.CHANGED, RowKind.TASK, RowKind.SUBTASK):
            if row.thing:
                edits[row.thing.id] = self._edit(row.changes)
        self._add_moves(edits, homes, places)
        things = storing.fetched(Task, sorted(edits))
        for thing in things:
            self._change(thing, edits[thing.id])
        self._replace_lists(things, edits)
        _index(things, edits)
        return [thing for thing in things if "owner_id" in edits[thing.id].values]

    def _add_moves(
        self,
        edits: dict[int, Edit],
        homes: Mapping[RowKey, Where],
        places: Mapping[RowKey, int],
    ) -> None:
        """A task that moves takes its subtasks along, also those the file does not mention."""
        gone: dict[int, Where] = {}
        for row in self.rows:
            if isinstance(row.thing, StandingTask) and row.key in places and row.key in homes:
                where = homes[row.key]
                gone[row.thing.id] = where
                edits[row.thing.id].values |= _place(where) | {"position": places[row.key]}
        mentioned = {row.thing.id for row in self.rows if isinstance(row.thing, StandingTask)}
        for each in self.standing.tasks:
            if each.parent_id in gone and each.id not in mentioned:
                edits[each.id].values |= _place(gone[each.parent_id])

    # ------------------------------------------------------------ one thing

    def _edit(self, changes: Iterable[FieldChange]) -> Edit:
        edit = Edit(moved=frozenset(change.field for change in changes if change.is_move))
        for change in changes:
            if change.field in LISTS:
                edit.lists[change.field] = (self._ids(change.old), self._ids(change.new))
            elif change.field not in PLACE:
                edit.values[change.field] = self._resolved(change.new)
        if "status" in edit.values:
            edit.values["status_since"] = self.by.today
        return edit

    def _change(self, thing: Milestone | Task, edit: Edit) -> None:
        """Write and record the columns: moved dates with their reason, the rest without."""
        moves = {name: value for name, value in edit.values.items() if name in edit.moved}
        rest = {name: value for name, value in edit.values.items() if name not in edit.moved}
        history.change(thing, moves, by=self.by, why=self.why)
        history.change(thing, rest, by=self.by)

    def _replace_lists(self, tasks: Sequence[Task], edits: Mapping[int, Edit]) -> None:
        for name, table in (
            ("cooperating_unit_ids", CooperatingUnit),
            ("participant_ids", Participant),
        ):
            some = [task for task in tasks if name in edits[task.id].lists]
            rows: list[dict[str, Any]] = []
            for task in some:
                old, new = edits[task.id].lists[name]
                history.record(task, LISTS[name], old, new, by=self.by)
                rows += (_cooperating if table is CooperatingUnit else _participants)(task, new)
            for first in range(0, len(some), AT_ONCE):
                ids = [task.id for task in some[first : first + AT_ONCE]]
                db.session.execute(delete(table).where(table.task_id.in_(ids)))
            insert_rows(table, rows)

    def _resolved(self, value: object) -> object:
        return self._id(value) if isinstance(value, Named) else value

    def _ids(self, value: object) -> list[int]:
        named = value if isinstance(value, tuple) else ()
        return list(dict.fromkeys(self._id(each) for each in named))

    def _id(self, named: Named) -> int:
        return named.id if named.id is not None else self.added[named.kind, named.key]


def _home_of_part(
    row: RowPlan, stored: Mapping[int, Where], homes: Mapping[RowKey, Where]
) -> Where:
    """Where the task stands that the row is part of."""
    if isinstance(row.thing, StandingTask):
        return stored[row.thing.parent_id or row.thing.id]
    return homes[row.parent] if row.parent is not None else stored[row.parent_id or 0]


def _place(where: Where) -> dict[str, object]:
    return {"workstream_id": where[0], "milestone_id": where[1]}


def _position(row: RowPlan) -> int | None:
    """Where a known thing stands, perhaps after the rows were put in another order."""
    if not isinstance(row.thing, StandingMilestone | StandingTask):
        return None
    moved = [change.new for change in row.changes if change.field == "position"]
    return moved[0] if moved and isinstance(moved[0], int) else row.thing.position


def _placed(
    rows: Sequence[RowPlan], taken: Sequence[int], listed: Sequence[int | None]
) -> dict[RowKey, int]:
    new = [row.key for row, position in zip(rows, listed, strict=True) if position is None]
    return dict(zip(new, placing.positions(taken, listed), strict=True))


def _cooperating(task: Task, ids: Sequence[int]) -> list[dict[str, Any]]:
    return [{"task_id": task.id, "unit_id": id_, "position": at} for at, id_ in enumerate(ids)]


def _participants(task: Task, ids: Sequence[int]) -> list[dict[str, Any]]:
    return [{"task_id": task.id, "person_id": id_} for id_ in sorted(ids)]


def _index(things: Sequence[Any], edits: Mapping[int, Edit]) -> None:
    """Those whose words changed are found by the new ones."""
    db.session.flush()  # the versions and words as they will be stored
    storing.index([thing for thing in things if INDEXED & edits[thing.id].values.keys()])
