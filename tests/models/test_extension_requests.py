from tracker.models import ExtensionRequest, ExtensionState, Milestone, Task


def test_it_is_about_its_task_or_its_milestone():
    task, milestone = Task(id=7), Milestone(id=3)

    assert ExtensionRequest(task_id=7, task=task).item is task
    assert ExtensionRequest(milestone_id=3, milestone=milestone).item is milestone


def test_it_is_open_until_it_is_answered():
    assert ExtensionRequest(state=ExtensionState.OPEN).is_open
    assert not ExtensionRequest(state=ExtensionState.WITHDRAWN).is_open
