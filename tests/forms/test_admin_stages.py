from werkzeug.datastructures import MultiDict

from tracker.forms.admin_stages import NewKindForm, StageEntryForm
from tracker.lib.stages import StageRole, WindowUnit


def entry(app, **values):
    with app.test_request_context():
        form = StageEntryForm(MultiDict({"code": "B4", "name": "x", "role": "goal"} | values))
        form.validate()
        return form


def test_a_stage_is_read_with_its_window(app):
    columns = entry(app, window="60", window_unit="working_days").entered()

    assert (columns["role"], columns["window"], columns["window_unit"]) == (
        StageRole.GOAL,
        60,
        WindowUnit.WORKING_DAYS,
    )


def test_a_unit_without_a_number_says_nothing(app):
    assert entry(app, window_unit="days").entered()["window_unit"] is None


def test_a_code_of_a_kind_begins_with_a_letter(app):
    with app.test_request_context():
        form = NewKindForm(MultiDict({"code": "9A", "name": "x", "strand": "standards"}))
        form.validate()

        assert "code" in form.errors
