"""What can be done with a difficulty or a risk: record it, judge it anew, close it.

None is ever deleted: one that was recorded by mistake is closed and says so.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.risk import SCALE
from tracker.models import Blocking, Group, Milestone, Risk, RiskKind, Task, Workstream
from tracker.queries import risks as read
from tracker.queries.risks import Blocked
from tracker.services import history, notifications, numbering, search
from tracker.services.act import Act

Item = Task | Milestone
MOST_BLOCKED = 50
OF_RISKS = ("likelihood", "impact", "treatment")


def create(
    workstream: Workstream,
    kind: RiskKind,
    title: str,
    *,
    blocks: Sequence[str] = (),
    by: Act,
    **details: object,
) -> Risk:
    """Add one to the register; `blocks` are codes of the group, `details` further columns."""
    if kind is RiskKind.DIFFICULTY:
        details |= dict.fromkeys(OF_RISKS)
    risk = Risk(
        group_id=workstream.group_id,
        workstream_id=workstream.id,
        kind=kind,
        title=title,
        created_by_id=by.person_id,
        created_at=by.at,
        **details,
    )
    _check_judged(risk)
    _check_review(risk, by=by)
    group = db.session.get_one(Group, workstream.group_id)
    items = _items(group, blocks)
    risk.code = numbering.next_code(group, numbering.RISK)
    history.created(risk, by=by)
    search.index(risk)
    _block(risk, (), items, by=by)
    return risk


def edit(
    risk: Risk,
    values: Mapping[str, object],
    *,
    blocks: Sequence[str] | None = None,
    by: Act,
    seen: int | None = None,
) -> None:
    """Change what is typed of it; `blocks`, where given, are the codes of all that it blocks."""
    _check_open(risk)
    wanted = history.merged(risk, values, seen=seen)
    before = read.blocked(risk)
    was = [one.code for one in before]
    codes = history.merged_list(risk, "blocks", was, was if blocks is None else blocks, seen=seen)
    items = _items(db.session.get_one(Group, risk.group_id), codes)
    changes = history.change(risk, wanted, by=by)
    _check_judged(risk)
    if "review_on" in changes:
        _check_review(risk, by=by)
    search.index(risk)
    _block(risk, before, items, by=by)


def happen(risk: Risk, *, by: Act) -> None:
    """The risk came true: it is a difficulty from today, and keeps what it was judged by."""
    _check_open(risk)
    if risk.kind is RiskKind.DIFFICULTY:
        raise RuleViolationError("risk_has_happened", code=risk.code)
    history.change(risk, {"kind": RiskKind.DIFFICULTY, "happened_on": by.today}, by=by)


def close(risk: Risk, outcome: str, *, by: Act) -> None:
    """It is over: how it ended stands beside it."""
    _check_open(risk)
    if not outcome:
        raise RuleViolationError("outcome_needed")
    history.change(risk, {"closed_on": by.today, "outcome": outcome}, by=by)


def reopen(risk: Risk, *, by: Act) -> None:
    """It is not over after all."""
    history.change(risk, {"closed_on": None, "outcome": ""}, by=by)


def remind(*, by: Act) -> int:
    """Tell the owners of what is to be reviewed by today; returns how many entries were new."""
    return sum(notifications.announce_review_due(risk, by=by) for risk in read.to_review(by.today))


def _items(group: Group, codes: Sequence[str]) -> Sequence[Item]:
    """What of the group has these codes; of another group's it is not said whether there is any."""
    if len(codes) > MOST_BLOCKED:
        raise RuleViolationError("blocked_too_many", most=MOST_BLOCKED)
    found = {item.code: item for item in read.items(group.id, codes)}
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise RuleViolationError("blocked_unknown", key=group.key, codes=", ".join(unknown))
    return [found[code] for code in codes]


def _block(risk: Risk, before: Sequence[Blocked], items: Sequence[Item], *, by: Act) -> None:
    """Let it block these; what lies in the trash meanwhile keeps its link."""
    was, now = [one.code for one in before], [item.code for item in items]
    if sorted(was) == sorted(now):
        return
    history.record(risk, "blocks", was or None, now or None, by=by)
    gone = [one for one in before if one.code not in now]
    for kind, link in (("task", Blocking.task_id), ("milestone", Blocking.milestone_id)):
        ids = [one.id for one in gone if one.kind == kind]
        db.session.execute(delete(Blocking).where(Blocking.risk_id == risk.id, link.in_(ids)))
    db.session.add_all(
        Blocking(
            risk_id=risk.id,
            task_id=item.id if isinstance(item, Task) else None,
            milestone_id=item.id if isinstance(item, Milestone) else None,
        )
        for item in items
        if item.code not in was
    )


def _check_open(risk: Risk) -> None:
    if not risk.is_open:
        raise RuleViolationError("risk_closed", code=risk.code)


def _check_judged(risk: Risk) -> None:
    judged = (risk.likelihood, risk.impact)
    if risk.kind is RiskKind.RISK and None in judged:
        raise RuleViolationError("risk_not_judged")
    if any(number is not None and number not in SCALE for number in judged):
        raise RuleViolationError("risk_off_scale")


def _check_review(risk: Risk, *, by: Act) -> None:
    if risk.review_on is not None and risk.review_on < by.today:
        raise RuleViolationError("review_in_past")
