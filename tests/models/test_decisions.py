from tracker.models import Decision, DecisionState


def test_it_is_open_until_it_is_answered_or_taken_back():
    assert Decision(state=DecisionState.OPEN).is_open
    assert not Decision(state=DecisionState.ANSWERED).is_open
    assert not Decision(state=DecisionState.WITHDRAWN).is_open
