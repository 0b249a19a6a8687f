import pytest

from tracker.models import Milestone, Role, Task
from tracker.policies import dependencies, milestones, tasks
from tracker.policies.actor import Actor, Post

MILESTONE = Milestone(id=1, group_id=1)
TASK = Task(id=1, group_id=1, owner_id=7, created_by_id=8)


def holding(role=None, person_id=1, **values):
    posts = {1: (Post(role),)} if role else {}
    return Actor(person_id=person_id, person_name="x", posts=posts, **values)


ACTORS = [
    *(holding(role) for role in Role),
    holding(Role.MEMBER, person_id=7),
    holding(Role.MEMBER, person_id=8),
    holding(Role.MEMBER, shared_task_ids=frozenset({1})),
    holding(),
    holding(is_director=True),
    holding(is_administrator=True),
]


@pytest.mark.parametrize("actor", ACTORS)
def test_whoever_edits_what_waits_says_what_it_waits_for(actor):
    assert dependencies.link(actor, TASK) == tasks.edit(actor, TASK)
    assert dependencies.link(actor, MILESTONE) == milestones.edit(actor, MILESTONE)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_forecast_is_pushed_by_whoever_could_move_it_alone(actor):
    def push(thing, kind, owner_id=None):
        return dependencies.push(
            actor, kind=kind, group_id=thing.group_id, owner_id=owner_id, item_id=thing.id
        )

    assert push(TASK, "task", TASK.owner_id) == tasks.update(actor, TASK)
    assert push(MILESTONE, "milestone") == milestones.move_forecast(actor, MILESTONE)
    assert dependencies.move_forecast(actor, TASK) == tasks.update(actor, TASK)
    assert dependencies.move_forecast(actor, MILESTONE) == milestones.move_forecast(
        actor, MILESTONE
    )


@pytest.mark.parametrize("actor", ACTORS)
def test_whoever_moves_a_date_asks_what_it_would_push(actor):
    may_move = tasks.update(actor, TASK) or tasks.move_due(actor, TASK)
    assert dependencies.move(actor, TASK) == may_move
    assert dependencies.move(actor, MILESTONE) == milestones.move_forecast(actor, MILESTONE)
