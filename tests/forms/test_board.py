from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tests.factories import TODAY
from tracker.forms.board import USUAL, BoardForm
from tracker.lib.health import Health
from tracker.models import Pillar, Strand
from tracker.queries.board import Filters
from tracker.queries.portfolio import Grouping


@pytest.fixture
def asked(app):
    def ask(**query):
        with app.test_request_context():
            form = BoardForm(MultiDict(query))
            return form.filters, form.day

    return ask


def test_what_is_asked_is_typed(asked):
    filters, day = asked(health="late", strand="metrology", lead="3", overdue="y", since="1/11")

    assert filters == Filters(Health.LATE, Strand.METROLOGY, 3, overdue=True)
    assert day == date(2026, 11, 1)


@pytest.mark.parametrize(
    "query", [{}, {"health": "blue", "strand": "x", "lead": "y", "since": "31/02/2026"}]
)
def test_nothing_and_nonsense_are_the_whole_board_and_two_weeks(asked, query):
    filters, day = asked(**query)

    assert filters.is_empty
    assert day == TODAY - USUAL


def test_the_future_is_today(asked):
    assert asked(since="01/01/2027")[1] == TODAY


def form_of(app, **query):
    with app.test_request_context():
        return BoardForm(MultiDict(query))


def test_the_portfolio_is_asked_for_and_stands_in_the_address(app):
    query = {"programme": "2", "unit": "3", "pillar": "culture", "group_by": "lead"}
    form = form_of(app, **query)

    assert form.filters == Filters(programme=2, unit=3, pillar=Pillar.CULTURE)
    assert form.grouping is Grouping.LEAD
    with app.test_request_context():
        assert {name: value for name, value in form.asked.items() if value} == query


def test_a_programme_asked_for_heads_its_rows(app):
    assert form_of(app, programme="2").grouping is Grouping.PROGRAMME
    assert form_of(app, programme="2", group_by="lead").grouping is Grouping.LEAD
    assert form_of(app, group_by="x").grouping is Grouping.NONE
