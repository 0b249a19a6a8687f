import re

import pytest
from flask import g
from wtforms import Form, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange

from tracker import words
from tracker.forms.messages import MESSAGES, Translations


class Everything(Form):
    class Meta:
        def get_translations(self, _form):
            return Translations()

    required = StringField(validators=[InputRequired()])
    number = IntegerField()
    choice = SelectField(choices=[SelectChoice("a", "A")])
    short = StringField(validators=[Length(min=5)])
    long = StringField(validators=[Length(max=3)])
    between = StringField(validators=[Length(min=2, max=3)])
    range = IntegerField(validators=[NumberRange(min=0, max=100)])
    same = StringField(validators=[EqualTo("short")])


def test_no_sentence_of_wtforms_comes_out_in_english(app):
    data = {
        "number": "x",
        "choice": "z",
        "short": "a",
        "long": "abcd",
        "between": "abcd",
        "range": "150",
        "same": "b",
    }
    with app.test_request_context(method="POST", data=data) as context:
        form = Everything(context.request.form)
        form.validate()

    assert form.errors == {
        "required": ["Bắt buộc nhập."],
        "number": ["Hãy nhập một số nguyên."],
        "choice": ["Hãy chọn một mục trong danh sách."],
        "short": ["Cần ít nhất 5 ký tự."],
        "long": ["Không quá 3 ký tự."],
        "between": ["Cần từ 2 đến 3 ký tự."],
        "range": ["Hãy nhập số từ 0 đến 100."],
        "same": ["Hai lần nhập phải giống nhau."],
    }


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_place_to_fill_in_is_invented(app, language):
    places = re.compile(r"%\((\w+)\)").findall
    with app.test_request_context():
        g.language = words.language(language)
        for english in MESSAGES:
            assert set(places(Translations().gettext(english))) <= set(places(english))
