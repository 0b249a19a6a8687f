"""What may be done with the tasks of a list: asked once for the group, told for each row."""

from dataclasses import dataclass

from tracker.models.enums import Strand
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


@dataclass(frozen=True)
class Rights:
    """The answers of `policies.tasks` for one group; what depends on whose task it is, twice."""

    person_id: int
    shared_task_ids: frozenset[int]
    update: bool
    update_own: bool
    edit: bool
    edit_own: bool
    move_due: bool
    approve: bool
    arrange: bool

    def may_update(self, task_id: int, owner_id: int | None) -> bool:
        """As `policies.tasks.update`."""
        if self.update or not self.update_own:
            return self.update
        return owner_id == self.person_id or task_id in self.shared_task_ids

    def may_edit(self, owner_id: int | None, created_by_id: int | None) -> bool:
        """As `policies.tasks.edit`."""
        return self.edit or (self.edit_own and self.person_id in {owner_id, created_by_id})


def in_group(actor: Actor, group_id: int) -> Rights:
    """The actor's rights over the tasks of the group."""

    def ask(permission: Permission, *, is_own: bool = False) -> bool:
        return allows(actor, permission, group_id=group_id, is_own=is_own)

    return Rights(
        person_id=actor.person_id,
        shared_task_ids=actor.shared_task_ids,
        update=ask(Permission.UPDATE_TASK),
        update_own=ask(Permission.UPDATE_TASK, is_own=True),
        edit=ask(Permission.EDIT_TASK),
        edit_own=ask(Permission.EDIT_TASK, is_own=True),
        move_due=ask(Permission.MOVE_DATE),
        approve=ask(Permission.APPROVE_TASK),
        arrange=ask(Permission.SHAPE_PLAN),
    )


def create_in(actor: Actor, group_id: int, strand: Strand) -> bool:
    """As `policies.groups.create_task`, without the workstream at hand."""
    return allows(actor, Permission.CREATE_TASK, group_id=group_id, strand=strand)
