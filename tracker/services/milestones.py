"""What can be done with a milestone."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.moves import is_move
from tracker.models import Group, Milestone, Workstream
from tracker.queries import milestones as read
from tracker.services import history, numbering, search
from tracker.services.act import Act, Why
from tracker.services.tasks import EARLIEST, GAP, LATEST


def create(workstream: Workstream, title: str, *, by: Act, **details: object) -> Milestone:
    """Add a milestone. A date given as `baseline` is the forecast too, unless one is given."""
    details.setdefault("forecast", details.get("baseline"))
    _check_years(details)
    group = db.session.get_one(Group, workstream.group_id)
    last = db.session.scalar(
        select(func.max(Milestone.position)).where(Milestone.workstream_id == workstream.id)
    )
    milestone = Milestone(
        group_id=group.id,
        workstream_id=workstream.id,
        code=numbering.next_code(group, numbering.MILESTONE),
        title=title,
        position=(last or 0) + GAP,
        created_by_id=by.person_id,
        created_at=by.at,
        **details,
    )
    history.created(milestone, by=by)
    search.index(milestone)
    return milestone


def edit(
    milestone: Milestone,
    values: Mapping[str, object],
    *,
    by: Act,
    why: Why | None = None,
    seen: int | None = None,
) -> dict[str, tuple[object, object]]:
    """Change title, description, stage, evidence or dates; a moved date needs `why`.

    An approved baseline moves by a new approval only, the forecast of a closed one not at all.
    """
    wanted = history.merged(milestone, values, seen=seen)
    _check_years(wanted)
    _check_settled(milestone, wanted)
    dates = {"baseline": milestone.baseline, "forecast": milestone.forecast}
    moved = (field for field in dates if field in wanted and is_move(field, dates, wanted[field]))
    if why is None and any(moved):
        raise RuleViolationError("reason_needed")
    changes = history.change(milestone, wanted, by=by, why=why)
    search.index(milestone)
    return changes


def move_forecast(
    milestone: Milestone, day: date | None, *, why: Why | None, by: Act, seen: int | None = None
) -> None:
    """Say when it will be reached, and why that changed."""
    edit(milestone, {"forecast": day}, by=by, why=why, seen=seen)


def close(
    milestone: Milestone,
    evidence: str,
    *,
    by: Act,
    on: date | None = None,
    evidence_date: date | None = None,
    seen: int | None = None,
) -> None:
    """Close with the number (and date) of the document that proves it."""
    if milestone.closed_on is not None:
        raise RuleViolationError("milestone_closed", code=milestone.code)
    if not evidence.strip():
        raise RuleViolationError("evidence_needed", code=milestone.code)
    day = on or by.today
    if day > by.today:
        raise RuleViolationError("closed_in_future")
    values = {"closed_on": day, "evidence": evidence.strip(), "evidence_date": evidence_date}
    _check_years(values)
    history.change(milestone, history.merged(milestone, values, seen=seen), by=by)
    search.index(milestone)


def reopen(milestone: Milestone, *, by: Act) -> None:
    """Take the closing back; the evidence stays in the history."""
    if milestone.closed_on is None:
        raise RuleViolationError("milestone_not_closed", code=milestone.code)
    values = {"closed_on": None, "evidence": None, "evidence_date": None}
    history.change(milestone, values, by=by)
    search.index(milestone)


def place(milestone: Milestone, *, by: Act, before: Milestone | None = None) -> None:
    """Put the milestone before another one of its workstream, or last."""
    others = list(
        db.session.scalars(
            select(Milestone)
            .where(
                Milestone.workstream_id == milestone.workstream_id,
                Milestone.deleted_at.is_(None),
                Milestone.id != milestone.id,
            )
            .order_by(Milestone.position, Milestone.id)
        )
    )
    index = next((i for i, other in enumerate(others) if before and other.id == before.id), None)
    others.insert(len(others) if index is None else index, milestone)
    for place_at, other in enumerate(others, start=1):
        history.change(other, {"position": place_at * GAP}, by=by)


def _check_settled(milestone: Milestone, values: Mapping[str, object]) -> None:
    """Refuse to move a date that no longer moves."""
    differing = {name for name, value in values.items() if getattr(milestone, name) != value}
    if "forecast" in differing and milestone.closed_on is not None:
        raise RuleViolationError("milestone_closed", code=milestone.code)
    if "baseline" in differing and read.approval(milestone) is not None:
        raise RuleViolationError("baseline_approved", code=milestone.code)


def _check_years(values: Mapping[str, object]) -> None:
    for field in ("baseline", "forecast", "closed_on", "evidence_date"):
        day = values.get(field)
        if isinstance(day, date) and not EARLIEST <= day <= LATEST:
            raise RuleViolationError("outside_years")
