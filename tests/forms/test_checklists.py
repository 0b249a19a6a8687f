import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.checklists import Box, BoxForm


@pytest.mark.parametrize(("sent", "box"), [("0-on", Box(0, True)), ("12-off", Box(12, False))])
def test_a_box_sends_its_number_and_its_state(app, sent, box):
    with app.test_request_context():
        form = BoxForm(MultiDict({"box": sent}), meta={"csrf": False})

        assert form.validate()
        assert form.ticked == box


@pytest.mark.parametrize("sent", ["", "on", "-1-on", "1-maybe", "99999-on", "1-on\n"])
def test_nonsense_is_no_box(app, sent):
    with app.test_request_context():
        assert not BoxForm(MultiDict({"box": sent}), meta={"csrf": False}).validate()
