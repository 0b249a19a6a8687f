from werkzeug.datastructures import MultiDict

from tracker.forms.report_layout import LayoutForm
from tracker.queries.choices import Choice


def test_a_template_is_asked_for_where_there_are_some(app):
    sent = MultiDict({"orientation": "portrait", "urgency": "none", "template_id": "7"})
    with app.test_request_context(method="POST"):
        without = LayoutForm(sent, meta={"csrf": False}).offer([])
        known = LayoutForm(sent, meta={"csrf": False}).offer([Choice(7, "Mẫu")])
        unknown = LayoutForm(sent, meta={"csrf": False}).offer([Choice(8, "Mẫu")])

        assert without.validate()
        assert "template_id" not in without.values()
        assert known.validate()
        assert known.values()["template_id"] == 7
        assert not unknown.validate()
