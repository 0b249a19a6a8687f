from werkzeug.datastructures import MultiDict

from tracker.forms.records import RecordsForm
from tracker.lib.iso_records import Wanted
from tracker.models import DeliverableKind

KINDS = [
    DeliverableKind(id=1, code="TCVN", name="TCVN"),
    DeliverableKind(id=2, code="ISO", name="ISO/IEC"),
]


def test_several_words_are_parted_by_commas(app):
    with app.test_request_context():
        form = RecordsForm(MultiDict({"ics": " 67.040 , 13.020,", "references": "14064"}))

        assert form.wanted() == Wanted(ics=("67.040", "13.020"), references=("14064",))


def test_the_kind_of_iso_is_offered_first(app):
    with app.test_request_context():
        form = RecordsForm().offer(KINDS)

        assert [choice.value for choice in form.kind_id.choices] == ["2", "1"]
