"""What may be done with a working group and its plan."""

from sqlalchemy import Boolean, ColumnElement, bindparam, exists, not_, or_, select, true

from tracker.models import Group, Workstream
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows, may_anywhere


def see(actor: Actor, group: Group) -> bool:
    """Everybody sees a group, unless it is restricted: then its people and the leadership."""
    if not group.is_restricted or actor.is_administrator or actor.is_director:
        return True
    return group.id in actor.posts


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition on `Group`."""
    if actor.is_administrator or actor.is_director:
        return true()
    return or_(Group.is_restricted.is_(False), Group.id.in_(list(actor.posts)))


def all_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whether no group is hidden from the actor, as a condition."""
    return ~exists(select(Group.id).where(not_(visible_to(actor))))


def visible() -> ColumnElement[bool]:
    """The same for a statement that is made once for all actors; `sight` is asked with it."""
    return or_(
        bindparam("sees_everything", type_=Boolean),
        Group.is_restricted.is_(False),
        Group.id.in_(bindparam("own_group_ids", expanding=True)),
    )


def sight(actor: Actor) -> dict[str, object]:
    """What `visible` has to know of the actor."""
    return {
        "sees_everything": actor.is_administrator or actor.is_director,
        "own_group_ids": list(actor.posts),
    }


def comment(actor: Actor, group: Group) -> bool:
    """Comment on anything in the group."""
    return see(actor, group) and allows(actor, Permission.COMMENT)


def shape_plan(actor: Actor, group: Group) -> bool:
    """Change milestones, order and structure; import; use the trash."""
    return allows(actor, Permission.SHAPE_PLAN, group_id=group.id)


def create_task(actor: Actor, workstream: Workstream) -> bool:
    """Add a task to the workstream."""
    return allows(
        actor,
        Permission.CREATE_TASK,
        group_id=workstream.group_id,
        strand=workstream.strand,
    )


def owner_of_new(actor: Actor, group: Group) -> int | None:
    """Whose a new task is unless said otherwise: a member's own; whoever leads assigns it."""
    return None if shape_plan(actor, group) else actor.person_id


def add_people(actor: Actor, group: Group) -> bool:
    """Add persons and units met in an import."""
    return allows(actor, Permission.ADD_PEOPLE, group_id=group.id)


def approve_baseline(actor: Actor, group: Group) -> bool:
    """Approve the plan with a document."""
    return allows(actor, Permission.APPROVE_BASELINE, group_id=group.id)


def administer(actor: Actor) -> bool:
    """Accounts, roles, groups, settings, holidays."""
    return allows(actor, Permission.ADMINISTER)


def import_somewhere(actor: Actor) -> bool:
    """Whether there is a group the actor may import a plan into."""
    return may_anywhere(actor, Permission.SHAPE_PLAN)
