"""Keeping how every workstream stands. What is kept is only ever added to."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Snapshot, SnapshotCell, SnapshotValue
from tracker.queries import nights
from tracker.queries.nights import Night
from tracker.services import bulk
from tracker.services.act import Act

DIGITS = 32
AT_ONCE = 500


def take(*, by: Act, cause: str = "") -> None:
    """Keep how all stand, as the last commit left it."""
    keep([nights.now(by.at, cause or by.cause)])


def keep(found: Sequence[Night]) -> int:
    """Keep these nights; returns how many."""
    rules = _ids([night.rules.to_json() for night in found])
    new = [
        {"day": night.day, "at": night.at, "cause": night.cause, "rules_id": rules_id}
        for night, rules_id in zip(found, rules, strict=True)
    ]
    facts = iter(_ids([cell["facts"] for night in found for cell in night.cells.values()]))
    rows = [
        {
            **{name: value for name, value in cell.items() if name != "facts"},
            "snapshot_id": snapshot_id,
            "workstream_id": workstream_id,
            "facts_id": next(facts),
        }
        for night, snapshot_id in zip(found, bulk.insert_numbered(Snapshot, new), strict=True)
        for workstream_id, cell in night.cells.items()
    ]
    bulk.insert_rows(SnapshotCell, rows)
    return len(found)


def _ids(values: Sequence[Mapping[str, Any]]) -> list[int]:
    """The id of each value, stored where it is new."""
    digests = [_digest(value) for value in values]
    by_digest = dict(zip(digests, values, strict=True))
    wanted = list(by_digest)
    known: dict[str, int] = {}
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        stored = db.session.execute(
            select(SnapshotValue.digest, SnapshotValue.id).where(SnapshotValue.digest.in_(some))
        )
        known |= {row.digest: row.id for row in stored}
    new = [digest for digest in wanted if digest not in known]
    rows = [{"digest": digest, "value": by_digest[digest]} for digest in new]
    known |= zip(new, bulk.insert_numbered(SnapshotValue, rows), strict=True)
    return [known[digest] for digest in digests]


def _digest(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:DIGITS]
