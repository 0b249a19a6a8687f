"""The plan of a past day by the slow, obvious way: all of its history, played from the first day.

The product never needs it whole; its own ways (`Rewind`, `past_facts`) are held against this.
"""

from sqlalchemy import select, tuple_

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc
from tracker.lib.schedule import Link
from tracker.models import Change
from tracker.queries.past import PLAN, replay


def state_at(workstream, day):
    """The milestones and tasks of the workstream at the end of that day, trash left out."""
    return {
        key: item
        for key, item in replay(_changes(workstream.group_id, day)).items()
        if item.is_live and item.values.get("workstream_id") == workstream.id
    }


def _changes(group_id, day):
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


def links_at(day):
    """What waited for what at the end of that day, whether or not an end lay in the trash."""
    links = {}
    changes = select(Change).where(Change.kind == "dependency", Change.at <= end_of_day_utc(day))
    for change in db.session.scalars(changes.order_by(Change.id)):
        if change.field == "created":
            before, after = (_end(change.new, side) for side in ("predecessor", "successor"))
            links[change.subject_id] = Link(before, after, change.new["lag"])
        elif change.field == "removed":
            links.pop(change.subject_id, None)
    return list(links.values())


def _end(values, side):
    return next(
        (kind, values[f"{side}_{kind}_id"]) for kind in PLAN if f"{side}_{kind}_id" in values
    )
