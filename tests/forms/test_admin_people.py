from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.admin_people import PersonForm, PersonSearchForm, RenameForm
from tracker.queries.people import PersonSearch

pytestmark = [pytest.mark.sqlite, pytest.mark.blank]


@pytest.mark.parametrize(
    ("asked", "search"),
    [
        ({}, PersonSearch()),
        (
            {"q": "  đào  ", "unit": "3", "state": "gone"},
            PersonSearch(words="đào", unit_id=3, state="gone"),
        ),
        ({"unit": "x", "state": "odd"}, PersonSearch()),
    ],
)
def test_what_nobody_can_have_asked_for_is_as_if_not_asked(app, asked, search):
    with app.test_request_context("/"):
        assert PersonSearchForm(MultiDict(asked)).search == search


def test_a_new_name_is_passed_on_with_its_first_day(app):
    with app.test_request_context("/", method="POST"):
        typed = MultiDict({"name": "Ủy ban", "valid_from": "1/3/2026"})
        form = RenameForm(typed, meta={"csrf": False})

    assert form.renamed() == {
        "values": {
            "name": "Ủy ban",
            "name_en": None,
            "abbreviation": None,
            "head_title": None,
            "head_title_en": None,
        },
        "valid_from": date(2026, 3, 1),
    }


def test_an_address_is_optional_but_must_be_one(app):
    with app.test_request_context("/", method="POST"):
        form = PersonForm(MultiDict({"full_name": "A", "email": "x"}), meta={"csrf": False})
        form.unit_id.choices = [("", "—")]
        assert not form.validate()
        assert list(form.errors) == ["email"]
