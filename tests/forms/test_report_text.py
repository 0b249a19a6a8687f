from tracker.forms.report_text import NarrativeForm
from tracker.queries.report_facts import SECTIONS, in_english


def test_the_sections_of_the_paper_are_the_boxes_and_each_has_a_twin_in_english(app):
    with app.test_request_context():
        form = NarrativeForm(None)

    boxes = [field.name for field in form if field.type == "BlockField"]
    assert boxes == [*SECTIONS, *map(in_english, SECTIONS)]


def test_a_text_knows_its_own_version_or_takes_that_of_the_form(app):
    typed = {"version": "4", "seen_results": "3", "seen_next": "", "seen_next_en": "x"}
    with app.test_request_context(method="POST", data=typed):
        form = NarrativeForm()

    assert [form.seen(name) for name in ("results", "next", "next_en")] == [3, 4, 4]
