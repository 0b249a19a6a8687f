from datetime import UTC, date, datetime

import pytest

from tracker.models import Directive, Task, TaskStatus

LATE_EVENING = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # after midnight in Viet Nam


def test_its_days_are_those_of_viet_nam():
    directive = Directive(task_id=7, given_at=LATE_EVENING, recalled_at=LATE_EVENING)

    assert (directive.given_on, directive.recalled_on) == (date(2026, 11, 23), date(2026, 11, 23))
    assert Directive(given_at=LATE_EVENING).recalled_on is None
    assert directive.id == 7


@pytest.mark.parametrize(("status", "recalled"), [("dropped", True), ("doing", False)])
def test_work_taken_up_again_is_no_longer_recalled(status, recalled):
    directive = Directive(recalled_at=LATE_EVENING)

    assert directive.is_recalled(Task(status=TaskStatus(status))) is recalled
    assert Directive().is_recalled(Task(status=TaskStatus.DROPPED)) is False
