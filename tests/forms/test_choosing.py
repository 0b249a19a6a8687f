import pytest
from flask import g
from werkzeug.datastructures import MultiDict

from tracker import words
from tracker.forms.base import Form
from tracker.forms.choosing import WordsField
from tracker.words import N_


class OneForm(Form):
    state = WordsField("x", [("here", N_("Khác")), ("gone", N_("Thường"))])


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.parametrize(
    ("values", "asked"), [({}, "here"), ({"state": "gone"}, "gone"), ({"state": "odd"}, "here")]
)
def test_a_value_not_offered_is_the_default(app, values, asked):
    with app.test_request_context("/"):
        assert OneForm(MultiDict(values), meta={"csrf": False}).state.asked == asked


@pytest.mark.sqlite
@pytest.mark.blank
def test_the_words_are_the_readers(app):
    with app.test_request_context("/"):
        g.language = words.language("en")
        field = OneForm(meta={"csrf": False}).state
        shown = [label for _value, label in field.choices]

    english = words.language("en")
    assert shown == [english.gettext("Khác"), english.gettext("Thường")]
