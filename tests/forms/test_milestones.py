from datetime import date

import pytest

from tracker.forms.milestones import CloseForm, MilestoneForecastForm, MilestoneForm


@pytest.fixture
def read(app):
    def sent(kind, **data):
        with app.test_request_context("/", method="POST", data=data):
            form = kind(meta={"csrf": False})
            form.validate()
            return form

    return sent


def test_a_period_means_its_last_day(read):
    form = read(MilestoneForm, title="Mốc", baseline="Quý I/2027")

    assert form.columns_typed() == {
        "title": "Mốc",
        "description": "",
        "stage_code": None,
        "baseline": date(2027, 3, 31),
        "forecast": None,
    }


@pytest.mark.parametrize(
    ("kind", "data", "wrong"),
    [
        (MilestoneForm, {"title": " "}, {"title"}),
        (MilestoneForm, {"title": "x", "baseline": "31/02/2027"}, {"baseline"}),
        (MilestoneForecastForm, {}, {"forecast"}),
        (CloseForm, {"closed_on": "2026-11-23"}, {"evidence"}),
        (CloseForm, {"evidence": "QĐ 1"}, {"closed_on"}),
        (CloseForm, {"evidence": "QĐ 1", "closed_on": "mai kia"}, {"closed_on"}),
    ],
)
def test_what_is_missing_or_unreadable_is_told_at_its_field(read, kind, data, wrong):
    assert set(read(kind, **data).errors) == wrong
