"""What was read of a work plan, and its way through JSON to the stored draft of an import."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any


class RowKind(StrEnum):
    """What a row of a plan stands for."""

    MILESTONE = "milestone"
    TASK = "task"
    SUBTASK = "subtask"


@dataclass(frozen=True)
class Problem:
    """Something a person should know; a blocking one leaves its row unreadable as it stands."""

    sheet: str
    cell: str | None
    row: int | None
    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    is_blocking: bool = False

    @property
    def words(self) -> dict[str, str | int]:
        """For `lang.sentence(problem.code, **problem.words)`."""
        return {"sheet": self.sheet, "cell": self.cell or "", "row": self.row or 0, **self.values}


@dataclass(frozen=True)
class PlanRow:
    """One milestone, task or subtask; None and empty mean that the file does not say.

    `strand`, `status` and `priority` are values of the enums of the domain. `milestone` is the
    title of the milestone it belongs to, `parent_row` the row of the task it is part of.
    """

    row: int
    kind: RowKind
    title: str
    strand: str | None = None
    code: str | None = None
    milestone: str | None = None
    parent_row: int | None = None
    assigning_document: str | None = None
    assigning_date: date | None = None
    assigning_item: str | None = None
    lead_unit: str | None = None
    cooperating_units: tuple[str, ...] = ()
    owner: str | None = None
    participants: tuple[str, ...] = ()
    start: date | None = None
    due: date | None = None
    forecast: date | None = None
    result: str | None = None
    progress: int | None = None
    status: str | None = None
    finished_on: date | None = None
    priority: str | None = None
    note: str | None = None
    number_text: str | None = None


@dataclass(frozen=True)
class Column:
    """How one heading was understood; `field` is None for a column that is left aside."""

    cell: str
    heading: str
    field: str | None


@dataclass(frozen=True)
class PlanSheet:
    """One sheet, which is the plan of one working group."""

    name: str
    group_name: str | None
    rows: tuple[PlanRow, ...]
    problems: tuple[Problem, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class PlanFile:
    """A whole file; its own problems are those of sheets that were left aside."""

    sheets: tuple[PlanSheet, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Those of the file, then those of its sheets in order."""
        return self.problems + tuple(each for sheet in self.sheets for each in sheet.problems)


_DATES = {"assigning_date", "start", "due", "forecast", "finished_on"}
_TUPLES = {"cooperating_units", "participants"}


def to_json(plan: PlanFile) -> dict[str, Any]:
    """The plan as JSON types."""
    return {
        "sheets": [_plain(asdict(sheet)) for sheet in plan.sheets],
        "problems": [_plain(asdict(problem)) for problem in plan.problems],
    }


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def from_json(stored: Mapping[str, Any]) -> PlanFile:
    """The plan that `to_json` was given; fields that a later version added are left at None."""
    return PlanFile(
        sheets=tuple(_sheet(sheet) for sheet in stored["sheets"]),
        problems=_problems(stored["problems"]),
    )


def _sheet(stored: Mapping[str, Any]) -> PlanSheet:
    return PlanSheet(
        name=stored["name"],
        group_name=stored["group_name"],
        rows=tuple(_row(row) for row in stored["rows"]),
        problems=_problems(stored["problems"]),
        columns=tuple(Column(**column) for column in stored["columns"]),
    )


def _row(stored: Mapping[str, Any]) -> PlanRow:
    known = {each.name for each in fields(PlanRow)} & stored.keys()
    read: dict[str, Any] = {name: stored[name] for name in known}
    read["kind"] = RowKind(stored["kind"])
    read |= {name: tuple(stored[name]) for name in _TUPLES & known}
    read |= {name: date.fromisoformat(read[name]) for name in _DATES & known if read[name]}
    return PlanRow(**read)


def _problems(stored: list[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in stored)
