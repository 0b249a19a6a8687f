"""What may be done with a report."""

from sqlalchemy import ColumnElement, or_, select

from tracker.models import Group, Report, ReportRegime
from tracker.policies import groups
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows, may_anywhere


def write(actor: Actor, group: Group | None, regime: ReportRegime | None = None) -> bool:
    """Write the report of a group, or the consolidated one: who writes any, and sees all groups.

    Whether they see all is asked where the groups are found. A director approves, and does not
    write. What is owed by a regime is written also by the person it makes responsible.
    """
    is_own = regime is not None and regime.responsible_id == actor.person_id
    if allows(actor, Permission.WRITE_OWED_REPORT, is_own=is_own):
        return True
    if group is None:
        return may_anywhere(actor, Permission.WRITE_REPORT)
    return allows(actor, Permission.WRITE_REPORT, group_id=group.id)


def write_somewhere(actor: Actor) -> bool:
    """Whether there is a report the actor may write."""
    return may_anywhere(actor, Permission.WRITE_REPORT)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """As a condition on `Report`: a group's report is for those who see the group, the one on
    all groups for those who see every group.
    """
    seen = select(Group.id).where(groups.visible_to(actor)).scalar_subquery()
    return or_(Report.group_id.in_(seen), Report.group_id.is_(None) & groups.all_visible_to(actor))


def approve(actor: Actor, group: Group | None) -> bool:
    """Approve or return a submitted report."""
    return allows(actor, Permission.APPROVE_REPORT, group_id=group.id if group else None)


def issue(actor: Actor, group: Group | None) -> bool:
    """Enter the number and date that the clerk gave it; open what was issued for a correction."""
    if group is None:
        return may_anywhere(actor, Permission.ISSUE_REPORT)
    return allows(actor, Permission.ISSUE_REPORT, group_id=group.id)
