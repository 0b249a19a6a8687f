"""What may be done with a reporting regime, and with the reports that are owed by it."""

from sqlalchemy import ColumnElement, or_, select

from tracker.models import Group, ReportRegime
from tracker.policies import groups
from tracker.policies.actor import Actor
from tracker.policies.table import ROLE_COLUMNS, Permission, Reach, allows, reach


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """As a condition on `ReportRegime`: as far as the reports that come of it are seen."""
    seen = select(Group.id).where(groups.visible_to(actor)).scalar_subquery()
    of_all = ReportRegime.group_id.is_(None) & groups.all_visible_to(actor)
    return or_(ReportRegime.group_id.in_(seen), of_all)


def administer(actor: Actor) -> bool:
    """Say which reports are owed."""
    return allows(actor, Permission.ADMINISTER)


def owes(actor: Actor, regime: ReportRegime) -> bool:
    """Whether it is for the actor to see to it: made responsible, or in the lead of the group."""
    return regime.responsible_id == actor.person_id or leads(actor, regime.group_id)


def leads(actor: Actor, group_id: int | None) -> bool:
    """Whether a post of the actor is to write the reports of the group."""
    cells = (
        reach(Permission.WRITE_REPORT, ROLE_COLUMNS[post.role])
        for post in actor.posts.get(group_id or 0, ())
    )
    return Reach.OWN_GROUP in cells


def groups_led(actor: Actor) -> frozenset[int]:
    """The groups whose reports a post of the actor is to write."""
    return frozenset(group_id for group_id in actor.posts if leads(actor, group_id))
