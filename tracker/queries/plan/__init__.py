"""The plan as people work it: tasks under their milestones, sorted flat, or in columns by status.

Only what a row shows is read, and the number of queries does not depend on that of the rows.
"""

from tracker.queries.plan.asked import Due, Filters, Scope, Sort
from tracker.queries.plan.columns import COLUMN, LONGEST_COLUMN, Column, Kanban, kanban
from tracker.queries.plan.duties import Duties, Duty, unclear, waiting_for_approval
from tracker.queries.plan.heading import heading
from tracker.queries.plan.listing import PAGE, Plan, Section, may_create, page
from tracker.queries.plan.places import Target, milestones_of, siblings, targets
from tracker.queries.plan.rows import TaskRow, task_row
from tracker.queries.plan.workers import Worker, workers

__all__ = [
    "COLUMN",
    "LONGEST_COLUMN",
    "PAGE",
    "Column",
    "Due",
    "Duties",
    "Duty",
    "Filters",
    "Kanban",
    "Plan",
    "Scope",
    "Section",
    "Sort",
    "Target",
    "TaskRow",
    "Worker",
    "heading",
    "kanban",
    "may_create",
    "milestones_of",
    "page",
    "siblings",
    "targets",
    "task_row",
    "unclear",
    "waiting_for_approval",
    "workers",
]
