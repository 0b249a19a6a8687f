from datetime import date

import pytest

from tests import factories as make
from tracker.errors import RuleViolationError
from tracker.forms.tasks import DueForm, ForecastForm, StatusForm
from tracker.models import Milestone, Strand
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
        (DueForm, {"due": "2026-12-01"}),
        (ForecastForm, {}),
        (ForecastForm, {"forecast": "bao giờ"}),
    ],
)
def test_only_a_forecast_that_was_typed_has_a_preview(app, kind, data):
    milestone = Milestone(id=1)
    with app.test_request_context("/", method="POST", data=data):
        form = kind(meta={"csrf": False})
        form.validate()

        assert pushes.preview(milestone, form) is NOTHING


def test_a_form_without_a_forecast_only_does_its_change(app, set_up):
    with set_up() as session:
        stream = make.whole_group(session, "ZET")[1][Strand.STANDARDS]
        milestone = make.milestone(session, stream, forecast=date(2026, 12, 1))
    done = []
    with app.test_request_context("/", method="POST", data={"due": "2026-12-08"}):
        pushes.move(milestone, DueForm(meta={"csrf": False}), lambda: done.append("change"))

    assert done == ["change"]
