"""The dates that moved in the period of a report, as the slip ledger has them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc
from tracker.models import Change, DateMove, MoveReason
from tracker.queries.report_facts import SlipFact, SlipTotal
from tracker.queries.reports.plan import Plan
from tracker.queries.reports.rewind import Key


class Move(NamedTuple):
    """A move of a date of what is in the plan of the report."""

    key: Key
    field: str
    from_day: date
    to_day: date
    days: int
    moved_on: date
    reason: MoveReason | None
    sentence: str
    agreed_by: str

    @property
    def counts(self) -> bool:
        """Whether its days are summed up: a forecast and the due date that follows it are one slip
        told twice, and so are the two dates of a milestone.
        """
        return (self.key[0], self.field) in {("task", "due"), ("milestone", "forecast")}


def since(plan: Plan, first: date) -> Sequence[Move]:
    """All from that day to the cut-off, in the order of the plan, each item's the oldest first."""
    rows = db.session.execute(
        select(
            DateMove.kind,
            DateMove.subject_id,
            DateMove.field,
            DateMove.from_day,
            DateMove.to_day,
            DateMove.days,
            DateMove.moved_on,
            DateMove.reason,
            func.coalesce(Change.sentence, ""),
            func.coalesce(Change.agreed_by, ""),
        )
        .join(Change, Change.id == DateMove.change_id)
        .where(
            DateMove.moved_on >= first,
            Change.at <= end_of_day_utc(plan.day),
            _concerns(plan),
        )
        .order_by(Change.at, Change.id)
    )
    moves = [Move._make(((row[0], row[1]), *row[2:])) for row in rows]
    order = plan.in_order({move.key for move in moves})
    return sorted((one for one in moves if one.key in order), key=lambda one: order[one.key])


def _concerns(plan: Plan) -> ColumnElement[bool]:
    """Of the groups, or of what has been in another one since."""
    subject = tuple_(DateMove.kind, DateMove.subject_id)
    return or_(DateMove.workstream_id.in_(list(plan.places)), subject.in_(list(plan.moved)))


def facts(plan: Plan, moves: Iterable[Move]) -> Iterable[SlipFact]:
    """How the report tells each."""
    for move in moves:
        item = plan.items[move.key]
        key, strand = plan.place(item)
        yield SlipFact(
            what=item.kind,
            code=item.values["code"],
            title=item.values["title"],
            group=key,
            strand=strand,
            old=move.from_day,
            new=move.to_day,
            days=move.days,
            reason=move.reason.value if move.reason else "",
            sentence=move.sentence,
            agreed_by=move.agreed_by,
            moved_on=move.moved_on,
            which=move.field,
        )


def totals(moves: Iterable[Move]) -> Iterable[SlipTotal]:
    """The sums by reason, what cost most days first."""
    found: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        found[move.reason.value if move.reason else ""].append(move)
    sums = [_total(reason, some) for reason, some in found.items()]
    return sorted(sums, key=lambda one: (-(one.due + one.forecast), -one.moves, one.reason))


def _total(reason: str, moves: Sequence[Move]) -> SlipTotal:
    def days(field: str) -> int:
        return sum(move.days for move in moves if move.field == field)

    return SlipTotal(
        reason=reason,
        moves=len(moves),
        items=len({move.key for move in moves}),
        due=days("due"),
        forecast=days("forecast"),
        baseline=days("baseline"),
    )
