from datetime import date

import pytest

from tests import factories as make
from tracker.errors import RuleViolationError
from tracker.forms.tasks import DueForm, ForecastForm, StatusForm
from tracker.models import Milestone, Strand, Task
from tracker.queries.cascades import NOTHING
from tracker.web import pushes


@pytest.mark.parametrize(
    ("code", "status"), [("push_changed", 409), ("push_unseen", 422), ("reason_needed", 422)]
)
def test_what_changed_meanwhile_is_a_conflict(code, status):
    assert pushes.status(RuleViolationError(code)) == status


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (StatusForm, {"status": "done"}),
        (ForecastForm, {}),
        (ForecastForm, {"forecast": "bao giờ"}),
    ],
)
def test_only_a_date_that_was_typed_has_a_preview(app, kind, data):
    milestone = Milestone(id=1)
    with app.test_request_context("/", method="POST", data=data):
        form = kind(meta={"csrf": False})
        form.validate()

        assert pushes.preview(milestone, form) is NOTHING


@pytest.mark.parametrize(
    ("moved", "day"),
    [
        ({}, 1),
        ({"due": date(2026, 12, 8)}, 1),
        ({"forecast": date(2026, 12, 8)}, 8),
        ({"forecast": None}, 2),
        ({"forecast": None, "due": date(2026, 12, 8)}, 8),
    ],
)
def test_a_task_is_reached_on_its_due_date_where_nobody_gave_a_forecast(moved, day):
    task = Task(due=date(2026, 12, 2), forecast=date(2026, 12, 1))

    assert pushes.expected(task, **moved) == date(2026, 12, day)


def test_a_milestone_is_reached_on_its_baseline_where_nobody_gave_a_forecast():
    assert pushes.expected(Milestone(baseline=date(2026, 12, 2))) == date(2026, 12, 2)
    assert pushes.expected(Milestone()) is None


def test_a_due_date_beside_a_forecast_only_does_its_change(app, set_up):
    with set_up() as session:
        stream = make.whole_group(session, "ZET")[1][Strand.STANDARDS]
        milestone = make.milestone(session, stream, forecast=date(2026, 12, 1))
    done = []
    with app.test_request_context("/", method="POST", data={"due": "2026-12-08"}):
        pushes.move(milestone, DueForm(meta={"csrf": False}), lambda: done.append("change"))

    assert done == ["change"]
