"""What may be done with an import of a plan."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select, true

from tracker.models import Import, ImportGroup
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def read(actor: Actor, import_: Import, group_ids: Collection[int]) -> bool:
    """Open it, answer what it asks, confirm it, take it back: who shapes every plan it is for.

    `group_ids` are those groups; one that is for none yet belongs to who brought it.
    """
    concerned = {*group_ids, *([import_.group_id] if import_.group_id else ())}
    if not concerned:
        return actor.is_administrator or import_.person_id == actor.person_id
    return all(allows(actor, Permission.SHAPE_PLAN, group_id=id_) for id_ in concerned)


def listed_for(actor: Actor) -> ColumnElement[bool]:
    """Which ones the list of imports shows: as `read`, as a condition on `Import`."""
    if allows(actor, Permission.SHAPE_PLAN):
        return true()
    own = own_groups(actor)
    foreign = select(ImportGroup.import_id).where(
        ImportGroup.import_id == Import.id, ImportGroup.group_id.not_in(own)
    )
    concerned = select(ImportGroup.import_id).where(ImportGroup.import_id == Import.id)
    return and_(
        or_(Import.group_id.in_(own), Import.group_id.is_(None)),
        ~foreign.exists(),
        or_(
            Import.group_id.is_not(None),
            concerned.exists(),
            Import.person_id == actor.person_id,
        ),
    )


def own_groups(actor: Actor) -> list[int]:
    """The groups by their ids whose plan the actor shapes by a post."""
    return [id_ for id_ in actor.posts if allows(actor, Permission.SHAPE_PLAN, group_id=id_)]
