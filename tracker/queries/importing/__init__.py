"""Imports of plans: what one would do, and which there are."""

from tracker.queries.importing.answers import NEW, Answers
from tracker.queries.importing.listing import (
    ImportRow,
    became,
    find,
    groups_of,
    left_out_of,
    listing,
    revision,
    shapeable,
    twin,
)
from tracker.queries.importing.preview import Preview, SheetPlan, of, of_plan
from tracker.queries.importing.rows import Outcome, RowPlan

__all__ = [
    "NEW",
    "Answers",
    "ImportRow",
    "Outcome",
    "Preview",
    "RowPlan",
    "SheetPlan",
    "became",
    "find",
    "groups_of",
    "left_out_of",
    "listing",
    "of",
    "of_plan",
    "revision",
    "shapeable",
    "twin",
]
