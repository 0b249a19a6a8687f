import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.models import Milestone, Role, Strand, Task
from tracker.policies import milestones, tasks
from tracker.policies.actor import Actor, Post

MEMBER = Actor(
    person_id=7,
    person_name="x",
    posts={1: (Post(Role.MEMBER),)},
    shared_task_ids=frozenset({30}),
)
LEAD = Actor(person_id=8, person_name="x", posts={1: (Post(Role.HEAD),)})
DIRECTOR = Actor(person_id=9, person_name="x", is_director=True)


@pytest.mark.parametrize(
    ("task", "may_update", "may_edit"),
    [
        (Task(id=1, group_id=1, owner_id=7), True, True),
        (Task(id=30, group_id=1, owner_id=5), True, False),
        (Task(id=2, group_id=1, owner_id=5, created_by_id=7), False, True),
        (Task(id=3, group_id=1, owner_id=5), False, False),
        (Task(id=4, group_id=2, owner_id=7), False, False),
    ],
    ids=["owned", "shared", "created", "of another", "owned in a group not theirs"],
)
def test_a_member_updates_what_is_owned_or_shared_and_edits_what_is_owned_or_created(
    task, may_update, may_edit
):
    assert tasks.update(MEMBER, task) is may_update
    assert tasks.edit(MEMBER, task) is may_edit


def test_dates_and_order_are_the_leads():
    task = Task(id=1, group_id=1, owner_id=7)

    for verb in (tasks.move_due, tasks.arrange, tasks.approve, tasks.update, tasks.edit):
        assert verb(LEAD, task)
    for verb in (tasks.move_due, tasks.arrange, tasks.approve):
        assert not verb(MEMBER, task)


def test_a_director_approves_and_moves_dates_but_does_not_edit():
    task, milestone = Task(id=1, group_id=1), Milestone(id=1, group_id=1)

    assert tasks.approve(DIRECTOR, task)
    assert tasks.move_due(DIRECTOR, task)
    assert milestones.move_forecast(DIRECTOR, milestone)
    assert not tasks.edit(DIRECTOR, task)
    assert not tasks.update(DIRECTOR, task)
    assert not milestones.edit(DIRECTOR, milestone)


@pytest.mark.parametrize("role", ["member", "head", "director", "administrator", "outsider"])
def test_the_conditions_choose_just_the_tasks_for_which_the_functions_say_yes(
    db_session, cast, role
):
    for key in ("HAL", "SOL"):
        stream = make.stream_of(db_session, cast, key, Strand.METROLOGY)
        made = [
            make.task(db_session, stream, owner_id=owner)
            for owner in (None, cast["member"].person_id, cast["head"].person_id)
        ]
    who = Actor(
        person_id=cast[role].person_id,
        person_name="x",
        is_director=role == "director",
        is_administrator=role == "administrator",
        posts={
            "member": {cast.groups["HAL"]: (Post(Role.MEMBER),)},
            "head": {cast.groups["HAL"]: (Post(Role.HEAD),)},
        }.get(role, {}),
        shared_task_ids=frozenset({made[0].id} if role == "member" else ()),
    )
    everything = db_session.scalars(select(Task)).all()

    for function, condition in (
        (tasks.is_mine, tasks.mine(who)),
        (tasks.approve, tasks.approvable_by(who)),
    ):
        chosen = set(db_session.scalars(select(Task).where(condition)))
        assert chosen == {task for task in everything if function(who, task)}
