import pytest

from tracker.models import Decision, DecisionState, Group, Role
from tracker.policies import decisions as may
from tracker.policies.actor import Actor, Post

HAL = Group(id=1)
PLAYERS = {
    "administrator": Actor(person_id=1, person_name="x", is_administrator=True),
    "director": Actor(person_id=2, person_name="x", is_director=True),
    **{
        role.value: Actor(person_id=3, person_name="x", posts={1: (Post(role),)})
        for role in (Role.DEPUTY, Role.SECRETARY, Role.MEMBER)
    },
    "elsewhere": Actor(person_id=4, person_name="x", posts={2: (Post(Role.HEAD),)}),
}
ASKS, DECIDES = {"administrator", "deputy", "secretary"}, {"director"}


def who(may_it):
    return {name for name, actor in PLAYERS.items() if may_it(actor)}


def test_those_who_lead_ask_and_a_director_decides():
    assert who(lambda actor: may.ask(actor, HAL)) == ASKS
    assert who(may.ask_somewhere) == ASKS | {"elsewhere"}
    assert who(may.answer) == who(may.hide) == DECIDES


@pytest.mark.parametrize(
    ("state", "number", "edits", "adds"),
    [
        (DecisionState.OPEN, None, ASKS, set()),
        (DecisionState.ANSWERED, None, set(), ASKS | DECIDES),
        (DecisionState.ANSWERED, "45/TB-TĐC", set(), set()),
        (DecisionState.WITHDRAWN, None, set(), set()),
    ],
)
def test_what_is_over_stays_but_a_document_may_follow(state, number, edits, adds):
    decided_on = "2026-11-20" if state is DecisionState.ANSWERED else None
    decision = Decision(group_id=1, state=state, document_number=number, decided_on=decided_on)

    assert who(lambda actor: may.edit(actor, decision)) == edits
    assert who(lambda actor: may.add_document(actor, decision)) == adds
