import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.models import Milestone, Participant, Role, Strand, Task, TaskStatus
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
        (Task(id=4, group_id=2, owner_id=7), True, False),
    ],
    ids=["owned", "shared", "created", "of another", "owned in a group not theirs"],
)
def test_a_member_updates_what_is_owned_or_shared_and_edits_what_is_owned_or_created(
    task, may_update, may_edit
):
    assert tasks.update(MEMBER, task) is may_update
    assert tasks.edit(MEMBER, task) is may_edit


@pytest.mark.parametrize("posts", [{}, {1: (Post(Role.OBSERVER),)}], ids=["none", "observer"])
def test_whose_it_is_updates_it_whatever_their_post(posts):
    who = Actor(person_id=7, person_name="x", posts=posts, shared_task_ids=frozenset({30}))

    assert tasks.update(who, Task(id=1, group_id=1, owner_id=7))
    assert tasks.update(who, Task(id=30, group_id=1, owner_id=5))
    assert not tasks.update(who, Task(id=2, group_id=1, owner_id=5, created_by_id=7))
    assert not tasks.edit(who, Task(id=1, group_id=1, owner_id=7, created_by_id=7))


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
    for task_id in who.shared_task_ids:
        make.add(db_session, Participant(task_id=task_id, person_id=who.person_id))
    make.add(db_session, Participant(task_id=made[0].id, person_id=cast["observer"].person_id))
    everything = db_session.scalars(select(Task)).all()

    desk = tasks.Desk.of(who)
    for function, condition in (
        (tasks.is_mine, tasks.mine(who)),
        (tasks.is_mine, desk.mine),
        (tasks.approve, desk.approvable),
    ):
        chosen = set(db_session.scalars(select(Task).where(condition), tasks.files(who)))
        assert chosen == {task for task in everything if function(who, task)}


def test_the_condition_is_as_short_however_much_was_ever_shared(db_session, cast):
    stream = make.stream_of(db_session, cast, "HAL", Strand.METROLOGY)
    shared = [make.task(db_session, stream, status=status) for status in TaskStatus]
    who = Actor(
        person_id=cast["member"].person_id,
        person_name="x",
        shared_task_ids=frozenset(task.id for task in shared),
    )
    for task in shared:
        make.add(db_session, Participant(task_id=task.id, person_id=who.person_id))

    condition = tasks.mine(who)

    assert sorted(set(condition.compile().params.values())) == [who.person_id]
    assert set(db_session.scalars(select(Task).where(condition))) == set(shared)
