"""Keeping how every workstream stands. What is kept is only ever added to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.packing import Packed, pack
from tracker.models import Snapshot, SnapshotCell, SnapshotValue
from tracker.queries import nights
from tracker.queries.nights import Night
from tracker.services import bulk
from tracker.services.act import Act

AT_ONCE = 500


def take(*, by: Act, cause: str = "") -> None:
    """Keep how all stand, as the last commit left it."""
    keep([nights.now(_unused(by.at), cause or by.cause)])


def _unused(at: datetime) -> datetime:
    """That moment, or the next that no snapshot is of: two reports may be issued in the same."""
    while db.session.scalar(select(Snapshot.id).where(Snapshot.at == at)) is not None:
        at += datetime.resolution
    return at


def keep(found: Sequence[Night]) -> int:
    """Keep these nights; returns how many."""
    rules = [pack(night.rules.to_json()) for night in found]
    ids = _ids([*rules, *(cell.facts for night in found for cell in night.cells.values())])
    new = [
        {"day": night.day, "at": night.at, "cause": night.cause, "rules_id": ids[packed.digest]}
        for night, packed in zip(found, rules, strict=True)
    ]
    rows = [
        {
            **cell.columns,
            "snapshot_id": snapshot_id,
            "workstream_id": workstream_id,
            "facts_id": ids[cell.facts.digest],
        }
        for night, snapshot_id in zip(found, bulk.insert_numbered(Snapshot, new), strict=True)
        for workstream_id, cell in night.cells.items()
    ]
    bulk.insert_rows(SnapshotCell, rows)
    return len(found)


def _ids(values: Sequence[Packed]) -> dict[str, int]:
    """The id of each value by its digest, stored where it is new."""
    wanted = dict(values)
    digests = list(wanted)
    known: dict[str, int] = {}
    for first in range(0, len(digests), AT_ONCE):
        some = digests[first : first + AT_ONCE]
        stored = db.session.execute(
            select(SnapshotValue.digest, SnapshotValue.id).where(SnapshotValue.digest.in_(some))
        )
        known |= {row.digest: row.id for row in stored}
    new = [digest for digest in digests if digest not in known]
    rows = [{"digest": digest, "value": wanted[digest]} for digest in new]
    known |= zip(new, bulk.insert_numbered(SnapshotValue, rows), strict=True)
    return known
