import pytest

from tracker.models import Directive, Role, Task
from tracker.policies import directives as may
from tracker.policies.actor import Actor, Post

TASK = Task(group_id=1, owner_id=9)
ACTORS = {
    "director": Actor(person_id=1, person_name="x", is_director=True),
    "administrator": Actor(person_id=2, person_name="x", is_administrator=True),
    "head": Actor(person_id=3, person_name="x", posts={1: (Post(Role.HEAD),)}),
    "member": Actor(person_id=4, person_name="x", posts={1: (Post(Role.MEMBER),)}),
}


@pytest.mark.parametrize(
    ("who", "give", "edit", "edit_task", "edit_other_task"),
    [
        ("director", True, True, True, False),
        ("administrator", False, False, True, True),
        ("head", False, False, True, True),
        ("member", False, False, False, False),
    ],
)
def test_directors_give_and_edit_directives_and_no_other_tasks(
    who, give, edit, edit_task, edit_other_task
):
    actor = ACTORS[who]

    assert may.give(actor) is give
    assert may.edit(actor, Directive()) is edit
    assert may.edit(actor, None) is False
    assert may.edit_task(actor, TASK, Directive()) is edit_task
    assert may.edit_task(actor, TASK, None) is edit_other_task
