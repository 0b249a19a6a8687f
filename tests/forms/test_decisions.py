from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tracker.errors import StaleError
from tracker.forms.decisions import DecisionForm, ListForm, as_typed
from tracker.models import Decision, DecisionState
from tracker.queries.choices import Choice
from tracker.queries.decisions import Filters, Order

TYPED = {
    "question": " Chọn  nơi nào? ",
    "options": "Viện 1\n\n  Viện 2 \n",
    "recommended": "2",
    "wanted_from_id": "7",
    "wanted_by": "01/12/2026",
}


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ({}, Filters(state=DecisionState.OPEN)),
        ({"state": "all", "sort": "wanted"}, Filters(order=Order.WANTED)),
        ({"state": "answered", "group": "HAL", "who": "7", "mine": "y"}, Filters(
            state=DecisionState.ANSWERED, group="HAL", who=7, is_mine=True
        )),
        ({"state": "flying", "sort": "x", "who": "x"}, Filters(state=DecisionState.OPEN)),
    ],
)  # fmt: skip
def test_those_that_wait_are_shown_unless_others_are_asked_for(app, query, filters):
    with app.test_request_context():
        assert ListForm(MultiDict(query)).filters() == filters


def test_lines_are_options_and_the_number_is_a_place(app):
    with app.test_request_context(method="POST"):
        form = DecisionForm(MultiDict(TYPED), meta={"csrf": False})
        form.offer([Choice(7, "Vinh"), Choice(8, "Đức")])

        assert form.validate(), form.errors
        asked = form.asked([])

    assert (asked.question, asked.options, asked.recommended) == (
        "Chọn nơi nào?",
        ("Viện 1", "Viện 2"),
        1,
    )
    assert (asked.wanted_from_id, asked.wanted_by) == (7, date(2026, 12, 1))


def test_what_is_stored_comes_back_as_it_is_typed(app):
    stored = Decision(
        question="Chọn?", background="", options=["A", "B"], recommended=0, wanted_from_id=7
    )
    with app.test_request_context():
        form = DecisionForm(formdata=None)
        form.fill(stored)

    assert (form.options.data, form.recommended.data) == ("A\nB", 1)
    error = as_typed(StaleError({"options": (["A"], ["B", "C"])}, {"recommended": 1}))
    assert (error.conflicts, error.kept) == ({"options": ("A", "B\nC")}, {"recommended": 2})


def test_the_only_director_needs_no_choice(app):
    with app.test_request_context():
        form = DecisionForm(formdata=None)
        form.offer([Choice(7, "Vinh")])

    assert form.wanted_from_id.data == 7
