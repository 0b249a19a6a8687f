from tracker.models import Declaration, Workstream


def test_it_belongs_to_the_group_of_its_workstream():
    assert Declaration(workstream=Workstream(group_id=7)).group_id == 7
