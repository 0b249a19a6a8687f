import pytest

from tracker.forms.declarations import DeclareForm
from tracker.lib.health import Health

pytestmark = pytest.mark.sqlite


@pytest.fixture
def errors(app):
    def found(computed, **data):
        with app.test_request_context(method="POST", data=data):
            form = DeclareForm(computed=computed, meta={"csrf": False})
            form.validate()
            return {name: len(those) for name, those in form.errors.items()}

    return found


@pytest.mark.parametrize(
    ("computed", "data", "expected"),
    [
        (Health.ON_TRACK, {"health": "on_track", "sentence": "Đủ người."}, {}),
        (Health.ON_TRACK, {"sentence": "Đủ người."}, {"health": 1}),
        (Health.ON_TRACK, {"health": "no_plan", "sentence": "x"}, {"health": 1}),
        (Health.ON_TRACK, {"health": "at_risk", "sentence": " "}, {"sentence": 1}),
        (Health.LATE, {"health": "on_track"}, {"sentence": 1, "recovery": 1}),
        (Health.LATE, {"health": "late", "sentence": "x", "recovery": "y" * 1001}, {"recovery": 1}),
    ],
)
def test_all_that_is_lacking_is_said_at_once(errors, computed, data, expected):
    assert errors(computed, **data) == expected
