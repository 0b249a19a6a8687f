"""What rows are told is what the policies say of each task."""

import pytest

from tests import factories as make
from tests.cast import NAMES
from tracker.models import Group, Strand, Workstream
from tracker.policies import groups, task_rows, tasks
from tracker.queries import accounts


@pytest.mark.parametrize("role", NAMES)
def test_the_rights_of_rows_are_those_of_the_policies(db_session, cast, role):
    account = accounts.find(cast[role].account_id)
    actor = accounts.actor_for(account, make.TODAY)
    for key in ("HAL", "SOL"):
        group = db_session.get(Group, cast.groups[key])
        stream = db_session.get(Workstream, cast.workstreams[key, Strand.METROLOGY])
        stream.group = group
        rights = task_rows.in_group(actor, group.id)
        owners = [None, actor.person_id, cast["outsider"].person_id]
        for owner_id, creator_id in [(a, b) for a in owners for b in owners]:
            task = make.task(db_session, stream, owner_id=owner_id, created_by_id=creator_id)

            assert rights.may_update(task.id, task.owner_id) == tasks.update(actor, task)
            assert rights.may_edit(task.owner_id, task.created_by_id) == tasks.edit(actor, task)
        assert rights.move_due == tasks.move_due(actor, task)
        assert rights.approve == tasks.approve(actor, task)
        assert rights.arrange == tasks.arrange(actor, task)
        assert task_rows.create_in(actor, group.id, Strand.METROLOGY) == groups.create_task(
            actor, stream
        )


def test_a_shared_task_may_be_updated(db_session, cast):
    actor = accounts.actor_for(accounts.find(cast["member"].account_id), make.TODAY)
    shared = task_rows.in_group(
        type(actor)(**{**vars(actor), "shared_task_ids": frozenset({7})}), cast.groups["HAL"]
    )

    assert shared.may_update(7, None)
    assert not shared.may_update(8, None)
