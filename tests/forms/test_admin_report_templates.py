from werkzeug.datastructures import MultiDict

from tracker.forms.admin_report_templates import UploadForm


def test_a_template_needs_a_name_and_a_file(app):
    with app.test_request_context(method="POST"):
        form = UploadForm(MultiDict({"name": " "}), meta={"csrf": False})

        assert not form.validate()
        assert sorted(form.errors) == ["file", "name"]
