"""Keeping every move of a date as a row that can be counted, beside its change in the history."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.extensions import db
from tracker.lib.moves import MOVES, last_given
from tracker.models import Change, DateMove, Milestone, Task


def note(change: Change, item: Task | Milestone, old: object, new: object, *, on: date) -> None:
    """Keep the move, if the change is one: the first date of all is none."""
    stands = {name: getattr(item, name, None) for name in ("due", "baseline")}
    row = row_of(change.kind, change.field, stands, old, new)
    if row is None:
        return
    move = DateMove(
        change=change,
        subject_id=change.subject_id,
        code=item.code,
        group_id=item.group_id,
        workstream_id=item.workstream_id,
        unit_id=getattr(item, "lead_unit_id", None),
        moved_on=on,
        reason=change.reason,
        **row,
    )
    db.session.add(move)


def row_of(
    kind: str, field: str, stands: Mapping[str, object], old: object, new: object
) -> dict[str, Any] | None:
    """The columns of a move that follow from the dates alone; None where nothing moved."""
    if field not in MOVES[kind]:
        return None
    before = last_given(field, {**stands, field: old})
    after = last_given(field, {**stands, field: new})
    if not isinstance(before, date) or not isinstance(after, date) or before == after:
        return None
    return {
        "kind": kind,
        "field": field,
        "from_day": before,
        "to_day": after,
        "days": (after - before).days,
    }
