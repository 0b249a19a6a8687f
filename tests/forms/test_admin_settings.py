from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.admin_settings import DayForm, YearForm
from tracker.models import CalendarDay

pytestmark = [pytest.mark.sqlite, pytest.mark.blank]


@pytest.mark.parametrize(
    ("asked", "year"),
    [("", 2026), ("2030", 2030), ("x", 2026), ("1999", 2026), ("2101", 2026)],
)
def test_a_year_nobody_plans_is_the_present_one(app, asked, year):
    with app.test_request_context("/"):
        assert YearForm(MultiDict({"year": asked})).number == year


@pytest.mark.parametrize(("sent", "is_working"), [("", False), ("1", True), ("y", True)])
def test_a_day_is_worked_or_not(app, sent, is_working):
    with app.test_request_context("/", method="POST"):
        form = DayForm(MultiDict({"name": "Tết", "is_working": sent}), meta={"csrf": False})
        assert form.row() == {"is_working": is_working, "name": "Tết", "name_en": None}


def test_a_day_that_is_kept_fills_the_form(app):
    row = CalendarDay(day=date(2026, 8, 22), is_working=True, name="Làm bù")
    with app.test_request_context("/"):
        form = DayForm(obj=row, meta={"csrf": False})
        assert (form.is_working.data, form.name.data) == ("1", "Làm bù")
