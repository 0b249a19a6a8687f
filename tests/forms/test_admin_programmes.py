from types import SimpleNamespace

from werkzeug.datastructures import MultiDict

from tracker.forms.admin_programmes import ProgrammeForm


def test_ticked_groups_are_ids(app):
    offered = [SimpleNamespace(id=1, name="Halal"), SimpleNamespace(id=2, name="Pin mặt trời")]
    with app.test_request_context():
        form = ProgrammeForm(MultiDict([("name", "Hội nhập"), ("groups", "2")])).offer(offered)

        assert form.groups.validate(form)
        assert form.groups.data == [2]
