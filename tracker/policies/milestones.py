"""What may be done with a milestone."""

from sqlalchemy import ColumnElement, or_, select

from tracker.models import Milestone, Task
from tracker.policies import tasks
from tracker.policies.actor import Actor
from tracker.policies.table import ROLE_COLUMNS, Permission, Reach, allows, reach

_GROUP = Reach.OWN_GROUP


def edit(actor: Actor, milestone: Milestone) -> bool:
    """Change, close with evidence, reopen, delete."""
    return allows(actor, Permission.SHAPE_PLAN, group_id=milestone.group_id)


def move_forecast(actor: Actor, milestone: Milestone) -> bool:
    """Move the forecast, with a reason."""
    return allows(actor, Permission.MOVE_DATE, group_id=milestone.group_id)


# Who keeps the plan of a group by the post they hold in it.
KEEPERS = tuple(
    role for role, column in ROLE_COLUMNS.items() if reach(Permission.SHAPE_PLAN, column) is _GROUP
)


def kept_by_post(actor: Actor) -> list[int]:
    """The groups whose milestones somebody answers for by a post, by id."""
    kept = (id_ for id_, posts in actor.posts.items() if any(p.role in KEEPERS for p in posts))
    return sorted(kept)


def mine(actor: Actor) -> ColumnElement[bool]:
    """Those a person answers for, as a condition: they keep the plan of the group by their post,
    or a task of theirs leads there.
    """
    kept = [id_ for id_ in actor.posts if allows(actor, Permission.SHAPE_PLAN, group_id=id_)]
    leads_there = select(Task.milestone_id).where(
        Task.milestone_id.is_not(None), Task.deleted_at.is_(None), tasks.mine(actor)
    )
    return or_(Milestone.group_id.in_(sorted(kept)), Milestone.id.in_(leads_there))


def movable_in(actor: Actor) -> tuple[int, ...] | None:
    """The groups in which the actor may move forecasts, by id; None for all."""
    if allows(actor, Permission.MOVE_DATE):
        return None
    posts = sorted(actor.posts)
    return tuple(id_ for id_ in posts if allows(actor, Permission.MOVE_DATE, group_id=id_))
