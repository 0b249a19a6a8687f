"""The tables of a printed report, each worded in one language; widths in mm."""

from tracker.exports.report.tables.balance import balanced
from tracker.exports.report.tables.changes import SORTS, changes, states
from tracker.exports.report.tables.events import (
    deliverables,
    directives,
    finished,
    overdue,
    questions,
    reached,
    slips,
    upcoming,
)
from tracker.exports.report.tables.figures import (
    by_group,
    by_strand,
    months,
    slip_reasons,
    stages,
    yields,
)
from tracker.exports.report.tables.milestones import kept, milestones
from tracker.exports.report.tables.shared import OTHER_ROWS, TASK_ROWS, signed
from tracker.exports.report.tables.streams import workstreams
from tracker.exports.report.tables.tasks import (
    exceptions,
    standing,
    task_cells,
    task_columns,
    tasks,
)

__all__ = [
    "OTHER_ROWS",
    "SORTS",
    "TASK_ROWS",
    "balanced",
    "by_group",
    "by_strand",
    "changes",
    "deliverables",
    "directives",
    "exceptions",
    "finished",
    "kept",
    "milestones",
    "months",
    "overdue",
    "questions",
    "reached",
    "signed",
    "slip_reasons",
    "slips",
    "stages",
    "standing",
    "states",
    "task_cells",
    "task_columns",
    "tasks",
    "upcoming",
    "workstreams",
    "yields",
]
