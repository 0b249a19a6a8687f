from datetime import date, timedelta

from werkzeug.datastructures import MultiDict

from tests.factories import TODAY
from tracker.forms.changes import ChangesForm
from tracker.models import Strand


def form_of(app, **query):
    with app.test_request_context():
        form = ChangesForm(MultiDict(query))
        return form.day, form.until, form.place


def test_two_days_and_a_place_are_typed(app):
    found = form_of(app, since="1/11", as_of="10/11/2026", group="HAL", strand="metrology")

    assert found == (date(2026, 11, 1), date(2026, 11, 10), ("HAL", Strand.METROLOGY))


def test_nonsense_is_two_weeks_until_now_everywhere(app):
    found = form_of(app, since="32/13", as_of="31/12/2026", strand="x")

    assert found == (TODAY - timedelta(days=14), None, ("", None))


def test_the_first_day_is_never_after_the_second(app):
    assert form_of(app, since="20/11/2026", as_of="10/11/2026")[0] == date(2026, 11, 10)
