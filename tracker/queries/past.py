"""How milestones and tasks are rebuilt from their history alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.models import Change

PLAN = ("milestone", "task")
# Not facts of the item itself: how it is kept and shown, and what it waits for.
BESIDE = frozenset({"deleted_at", "trash_id", "waits_for", "waited_for_by", "awaits", "decided"})


@dataclass
class Item:
    """A milestone or task as it stood: column → value as history keeps it (dates as ISO text)."""

    kind: str
    id: int
    values: dict[str, object] = field(default_factory=dict)
    is_live: bool = True


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
