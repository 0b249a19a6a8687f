"""What the plan looked like on a past day, rebuilt from its history alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, tuple_

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc
from tracker.lib.schedule import Link
from tracker.models import Change, Workstream
from tracker.models.dependencies import Key

PLAN = ("milestone", "task")
# Not facts of the item itself: how it is kept and shown, and what `links_at` tells.
BESIDE = frozenset({"deleted_at", "trash_id", "waits_for", "waited_for_by", "awaits", "decided"})


@dataclass
class Item:
    """A milestone or task as it stood: column → value as history keeps it (dates as ISO text)."""

    kind: str
    id: int
    values: dict[str, object] = field(default_factory=dict)
    is_live: bool = True


def state_at(workstream: Workstream, day: date) -> Mapping[tuple[str, int], Item]:
    """The milestones and tasks of the workstream at the end of that day, trash left out."""
    items = replay(_changes(workstream.group_id, day))
    return {
        key: item
        for key, item in items.items()
        if item.is_live and item.values.get("workstream_id") == workstream.id
    }


def replay(changes: Iterable[Change]) -> dict[tuple[str, int], Item]:
    """Play changes from the first to the last."""
    items: dict[tuple[str, int], Item] = {}
    for change in changes:
        key = (change.kind, change.subject_id)
        play(items.setdefault(key, Item(*key)), change.field, change.new)
    return items


def play(item: Item, field_: str, new: object) -> None:
    """Let one change happen to it."""
    match field_:
        case "created" if isinstance(new, dict):
            item.is_live = True
            item.values = {name: value for name, value in new.items() if name not in BESIDE}
        case "trashed" | "purged":
            item.is_live = False
        case "restored":
            item.is_live = True
        case name if name not in BESIDE:
            item.values[name] = new


def links_at(day: date) -> list[Link[Key]]:
    """What waited for what at the end of that day, whether or not an end lay in the trash."""
    links: dict[int, Link[Key]] = {}
    changes = select(Change).where(Change.kind == "dependency", Change.at <= end_of_day_utc(day))
    for change in db.session.scalars(changes.order_by(Change.id)):
        if change.field == "created" and isinstance(change.new, dict):
            before, after = (_end(change.new, side) for side in ("predecessor", "successor"))
            links[change.subject_id] = Link(before, after, change.new["lag"])
        elif change.field == "removed":
            links.pop(change.subject_id, None)
    return list(links.values())


def _end(values: Mapping[str, int], side: str) -> Key:
    return next(
        (kind, values[f"{side}_{kind}_id"]) for kind in PLAN if f"{side}_{kind}_id" in values
    )


def _changes(group_id: int, day: date) -> Iterable[Change]:
    """All changes up to that day of whatever was ever in the group."""
    until = end_of_day_utc(day)
    subjects = (
        select(Change.kind, Change.subject_id)
        .where(Change.group_id == group_id, Change.kind.in_(PLAN), Change.at <= until)
        .distinct()
        .subquery()
    )
    return db.session.scalars(
        select(Change)
        .where(
            tuple_(Change.kind, Change.subject_id).in_(select(subjects)),
            Change.at <= until,
        )
        .order_by(Change.id)  # as stored: two acts of one moment keep their order
    )
