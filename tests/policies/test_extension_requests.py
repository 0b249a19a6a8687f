import pytest

from tracker.models import ExtensionRequest, Group, Milestone, Role, Strand, Task, Workstream
from tracker.models.enums import ExtensionState
from tracker.policies import extension_requests as may
from tracker.policies.actor import Actor, Post

TASK = Task(id=7, group_id=1, owner_id=5)
STREAM = Workstream(id=1, group_id=1, strand=Strand.METROLOGY)
MILESTONE = Milestone(id=3, group_id=1, workstream=STREAM)
LEADING = (Role.HEAD, Role.DEPUTY, Role.SECRETARY)


def actor(role=None, *, person=9, group_id=1, strands=(), **flags):
    posts = {group_id: (Post(role, frozenset(strands)),)} if role else {}
    return Actor(person_id=person, person_name="x", posts=posts, **flags)


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.OBSERVER])
def test_owner_and_participants_ask_whatever_their_post(role):
    assert may.ask(actor(role, person=5), TASK)
    assert may.ask(actor(role, shared_task_ids=frozenset({7})), TASK)
    assert not may.ask(actor(role), TASK)


@pytest.mark.parametrize("role", LEADING)
def test_whoever_may_move_the_date_does_not_ask_but_answers(role):
    for thing in (TASK, MILESTONE):
        assert not may.ask(actor(role, person=5), thing)
        assert may.answer(actor(role), thing)
        assert not may.answer(actor(role, group_id=2), thing)
    assert may.answer_in(actor(role), Group(id=1))


def test_for_a_milestone_the_members_of_its_strand_ask():
    assert may.ask(actor(Role.MEMBER), MILESTONE)
    assert may.ask(actor(Role.MEMBER, strands=[Strand.METROLOGY]), MILESTONE)
    assert not may.ask(actor(Role.MEMBER, strands=[Strand.INSPECTION]), MILESTONE)
    assert not may.ask(actor(Role.OBSERVER), MILESTONE)
    assert not may.ask(actor(is_director=True), MILESTONE)


def test_directors_and_administrators_answer_everywhere():
    for flag in ("is_director", "is_administrator"):
        assert may.answer(actor(**{flag: True}), TASK)


def test_who_asked_takes_it_back_while_it_waits():
    request = ExtensionRequest(asked_by_id=5, state=ExtensionState.OPEN)

    assert may.withdraw(actor(person=5), request)
    assert not may.withdraw(actor(person=6), request)
    request.state = ExtensionState.GRANTED
    assert not may.withdraw(actor(person=5), request)


def test_what_a_statement_is_asked_with():
    assert may.files(actor(Role.HEAD, group_id=4)) == {
        "is_director": False,
        "answering_group_ids": [4],
    }
    assert may.files(actor(is_director=True)) == {"is_director": True, "answering_group_ids": []}
