from datetime import date

import pytest
from flask import g
from wtforms.validators import InputRequired, Length

from tracker import words
from tracker.forms.base import BlockField, ChoiceField, DayField, Form, IdField, LineField
from tracker.models import Strand


class Sample(Form):
    title = LineField("Tên", [InputRequired(), Length(max=50)])
    text = BlockField("Nội dung")
    day = DayField("Ngày")
    strand = ChoiceField("Cấu phần", members=Strand, optional="Tất cả")
    unit = IdField("Đơn vị", choices=[])


@pytest.fixture
def filled(app):
    """The form with that data, validated; its words are those of the language."""

    def fill(language="vi", **data):
        with app.test_request_context(method="POST", data={"title": "x", **data}):
            g.language = words.language(language)
            form = Sample(meta={"csrf": False})
            form.validate()
            return form

    return fill


def test_text_is_stored_composed_without_controls_and_loose_space(filled):
    form = filled(title="  Đo  lu\u031bo\u031b\u0300ng\u202e ", text="Một \r\n\nHai\x00  ")

    assert form.title.data == "Đo lường"
    assert form.text.data == "Một\n\nHai"


def test_nothing_typed_is_none(filled):
    form = filled(title="   ")

    assert form.title.data is None
    assert form.errors == {"title": ["Bắt buộc nhập."]}


def test_what_is_too_long_is_told_and_never_cut_by_the_browser(filled):
    form = filled(title="x" * 51)

    assert form.errors == {"title": ["Không quá 50 ký tự."]}
    assert form.title.data == "x" * 51
    assert "maxlength" not in form.title()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15/12/2026", date(2026, 12, 15)),
        ("2026-12-15", date(2026, 12, 15)),
        ("+2 tuần", date(2026, 12, 7)),
        ("tháng 3/2027", date(2027, 3, 31)),
        ("", None),
    ],
)
def test_dates_are_read_as_people_type_them(filled, typed, day):
    assert filled(day=typed).day.data == day


@pytest.mark.parametrize("typed", ["31/02/2027", "thường xuyên", "01/01/1900"])
def test_a_date_that_is_none_stays_in_its_field_with_a_sentence(filled, typed):
    form = filled(day=typed)

    assert form.day.data is None
    assert form.day._value() == typed
    (sentence,) = form.errors["day"]
    assert sentence.endswith(".")


def test_choices_are_members_with_words_and_may_be_left_open(filled):
    chosen, left = filled(strand="metrology"), filled(strand="")

    assert chosen.strand.data is Strand.METROLOGY
    assert left.strand.data is None
    assert [option.label.text for option in left.strand][:2] == ["Tất cả", "Tiêu chuẩn"]
    assert filled(strand="pillar").errors == {"strand": ["Hãy chọn một mục trong danh sách."]}


def test_the_version_is_a_number_or_nothing(filled):
    assert filled(version="7").version.data == 7
    assert filled(version="").version.data is None


def test_a_rule_can_be_put_under_a_field(app, filled):
    form = filled()

    with app.test_request_context():
        form.refuse("title", "group_key_taken", key="HAL")

    assert form.title.errors == ["Mã tổ HAL đã được dùng."]
