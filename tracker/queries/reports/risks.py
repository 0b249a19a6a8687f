"""The difficulties and grave risks of some groups as they stood on a past day, by the history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.risk import band, level
from tracker.models import Change, Person, RiskKind, Strand
from tracker.queries.report_facts import RiskFact
from tracker.queries.reports.rewind import Item
from tracker.queries.risks import GRAVE


def standing(
    group_ids: Sequence[int], places: Mapping[int, tuple[str, Strand]], day: date
) -> Iterable[RiskFact]:
    """What was open at the end of that day: every difficulty, and risks that were grave."""
    known = [one for one in _at(group_ids, day) if _is_told(one)]
    names = _names(known)
    order = {id_: at for at, id_ in enumerate(places)}
    known.sort(key=lambda one: (order[one["workstream_id"]], one["kind"], -_level(one)))
    for one in known:
        key, strand = places[one["workstream_id"]]
        graded = _level(one) if one["kind"] == RiskKind.RISK else 0
        review = one.get("review_on")
        yield RiskFact(
            code=one["code"],
            kind=one["kind"],
            title=one["title"],
            group=key,
            strand=strand.value,
            level=graded or None,
            band=band(graded).value if graded else "",
            owner=names.get(one.get("owner_id") or 0, ""),
            treatment=one.get("treatment") or "",
            response=one.get("response") or "",
            review_on=date.fromisoformat(review) if review else None,
            since=one["since"],
            blocks=tuple(one.get("blocks") or ()),
        )


def blocking(known: Iterable[RiskFact], items: Iterable[Item]) -> Iterable[RiskFact]:
    """Those that hold up one of the items."""
    codes = {item.values["code"] for item in items}
    return (one for one in known if codes.intersection(one.blocks))


def _is_told(one: Mapping[str, Any]) -> bool:
    if one.get("closed_on"):
        return False
    return one["kind"] == RiskKind.DIFFICULTY or band(_level(one)) in GRAVE


def _level(one: Mapping[str, Any]) -> int:
    """Of one that was ever judged, else nothing."""
    likelihood, impact = one.get("likelihood"), one.get("impact")
    return level(likelihood, impact) if likelihood and impact else 0


def _at(group_ids: Sequence[int], day: date) -> list[dict[str, Any]]:
    """Every entry there was, column → value as the history keeps it; `since` when it began."""
    changes = db.session.scalars(
        select(Change)
        .where(
            Change.kind == "risk",
            Change.group_id.in_(group_ids),
            Change.at <= end_of_day_utc(day),
        )
        .order_by(Change.id)
    )
    known: dict[int, dict[str, Any]] = {}
    for change in changes:
        if change.field == "created" and isinstance(change.new, dict):
            known[change.subject_id] = {**change.new, "since": local_day(change.at)}
        elif change.subject_id in known:
            known[change.subject_id][change.field] = change.new
            if change.field == "happened_on" and isinstance(change.new, str):
                known[change.subject_id]["since"] = date.fromisoformat(change.new)
    return list(known.values())


def _names(known: Iterable[Mapping[str, Any]]) -> Mapping[int, str]:
    ids = {one.get("owner_id") for one in known} - {None}
    if not ids:
        return {}
    rows = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(ids)))
    return {row.id: row.full_name for row in rows}
