from tracker.models import ReportRegime, Role
from tracker.policies import regimes
from tracker.policies.actor import Actor, Post

HAL, SOL = 1, 2


def holding(role, person_id=1):
    return Actor(person_id=person_id, person_name="x", posts={HAL: (Post(role),)})


def test_a_report_is_for_those_to_see_to_who_write_those_of_the_group():
    of_hal, of_sol = ReportRegime(group_id=HAL), ReportRegime(group_id=SOL)

    for role in (Role.HEAD, Role.DEPUTY, Role.SECRETARY):
        assert regimes.owes(holding(role), of_hal)
        assert not regimes.owes(holding(role), of_sol)
    assert not regimes.owes(holding(Role.MEMBER), of_hal)
    assert regimes.groups_led(holding(Role.SECRETARY)) == {HAL}


def test_who_is_responsible_sees_to_it_whatever_post_they_hold():
    assert regimes.owes(holding(Role.OBSERVER), ReportRegime(responsible_id=1))


def test_an_administrator_says_what_is_owed_and_owes_nothing():
    administrator = Actor(person_id=1, person_name="x", is_administrator=True)

    assert regimes.administer(administrator)
    assert not regimes.administer(holding(Role.HEAD))
    assert not regimes.owes(administrator, ReportRegime(group_id=HAL))
