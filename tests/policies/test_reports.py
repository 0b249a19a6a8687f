from tracker.models import Group, ReportRegime, Role
from tracker.policies import reports
from tracker.policies.actor import Actor, Post

HAL = Group(id=1, key="HAL", name="x")
DIRECTOR = Actor(person_id=1, person_name="x", is_director=True)
ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)


def holding(role):
    return Actor(person_id=1, person_name="x", posts={1: (Post(role),)})


def test_lead_and_secretary_write_and_the_lead_approves():
    assert reports.write(holding(Role.HEAD), HAL)
    assert reports.write(holding(Role.SECRETARY), HAL)
    assert not reports.write(holding(Role.MEMBER), HAL)
    assert reports.approve(holding(Role.DEPUTY), HAL)
    assert not reports.approve(holding(Role.SECRETARY), HAL)


def test_a_director_approves_a_groups_report_and_does_not_write_it():
    assert reports.approve(DIRECTOR, HAL)
    assert not reports.write(DIRECTOR, HAL)


def test_the_consolidated_report_is_for_who_writes_reports_and_approved_by_the_leadership():
    for role in (Role.HEAD, Role.DEPUTY, Role.SECRETARY):
        assert reports.write(holding(role), None)
        assert not reports.approve(holding(role), None)
    assert reports.write(ADMINISTRATOR, None)
    assert not reports.write(holding(Role.MEMBER), None)
    assert not reports.write(DIRECTOR, None)
    assert reports.approve(DIRECTOR, None)


def test_who_is_made_responsible_writes_what_is_owed_and_does_not_approve_it():
    mine, anothers = ReportRegime(responsible_id=1), ReportRegime(responsible_id=2)

    assert reports.write(holding(Role.MEMBER), HAL, mine)
    assert reports.write(holding(Role.MEMBER), None, mine)
    assert not reports.write(holding(Role.MEMBER), HAL, anothers)
    assert not reports.approve(holding(Role.MEMBER), HAL)
