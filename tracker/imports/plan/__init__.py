"""A work plan as an office would send it becomes typed rows and a list of problems."""

from tracker.imports.plan.parsing import parse
from tracker.lib.plan_file import (
    Column,
    PlanFile,
    PlanRow,
    PlanSheet,
    Problem,
    RowKind,
    from_json,
    to_json,
)

__all__ = [
    "Column",
    "PlanFile",
    "PlanRow",
    "PlanSheet",
    "Problem",
    "RowKind",
    "from_json",
    "parse",
    "to_json",
]
