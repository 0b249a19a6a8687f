from werkzeug.datastructures import MultiDict

from tracker.forms.admin_header import HeaderForm
from tracker.queries.settings import ReportHeader


def test_each_field_is_one_of_the_header(app):
    with app.test_request_context(method="POST"):
        form = HeaderForm(MultiDict({"copies": "", "signer_form": ""}), meta={"csrf": False})

        assert form.validate(), form.errors
        assert form.header == ReportHeader(place="", group_signer_form="")
        assert form.stored().keys() == ReportHeader.__dataclass_fields__.keys()


def test_by_which_right_somebody_signs_is_on_a_list(app):
    with app.test_request_context(method="POST"):
        form = HeaderForm(MultiDict({"signer_form": "XX"}), meta={"csrf": False})

        assert not form.validate()
        assert list(form.errors) == ["signer_form"]
