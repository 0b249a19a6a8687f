from datetime import date

import pytest

from tests import factories as make
from tests.html import form, one, texts
from tracker.lib.health import Thresholds
from tracker.queries import settings as read

ADDRESS = "/admin/settings"


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def limits(admin):
    return form(admin.get(ADDRESS), "#thresholds")


def test_the_limits_begin_with_the_products_and_are_changed(admin, set_up):
    data = limits(admin)
    assert (data["late_slip_days"], data["version"]) == ("30", "0")

    answer = admin.post(f"{ADDRESS}/thresholds", data=data | {"late_slip_days": "45"})

    assert (answer.status_code, answer.location) == (303, ADDRESS)
    with set_up():
        assert read.thresholds() == Thresholds(late_slip_days=45)


@pytest.mark.parametrize("days", ["", "x", "5", "9999"])
def test_limits_that_make_no_sense_are_refused(admin, days):
    answer = admin.post(f"{ADDRESS}/thresholds", data=limits(admin) | {"late_slip_days": days})

    assert answer.status_code == 422
    assert one(answer, "#late_slip_days-error")
    assert one(answer, "#late_slip_days")["value"] == days


def test_the_second_of_two_who_set_limits_chooses(admin, set_up):
    data = limits(admin)
    admin.post(f"{ADDRESS}/thresholds", data=data | {"late_slip_days": "45", "blocked_days": "9"})

    answer = admin.post(f"{ADDRESS}/thresholds", data=data | {"late_slip_days": "60"})

    assert answer.status_code == 409
    assert texts(answer, ".conflict__choice span") == ["60", "45"]
    assert (
        admin.post(f"{ADDRESS}/thresholds", data=form(answer, "form.conflict")).status_code == 303
    )
    with set_up():
        assert read.thresholds() == Thresholds(late_slip_days=60, blocked_days=9)


@pytest.mark.parametrize("address", ["thresholds", "header"])
def test_only_administrators_change_settings(client_for, address):
    assert client_for("head").post(f"{ADDRESS}/{address}").status_code == 403


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_would_change_colour_is_shown_before_anything_is_stored(admin, set_up, cast, headers):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        make.milestone(session, stream, baseline=date(2027, 1, 4), forecast=date(2027, 1, 9))
    data = limits(admin) | {"risk_slip_days": "4"}

    answer = admin.post(f"{ADDRESS}/thresholds/preview", data=data, headers=headers)

    assert answer.status_code == 200
    (row,) = texts(answer, "#threshold-preview tbody tr")
    assert "· Đo lường ○ Chưa bắt đầu" in row
    assert "▲ Có nguy cơ chậm" in row
    with set_up():
        assert read.thresholds() == Thresholds()
    if not headers:
        assert form(answer, "#thresholds")["risk_slip_days"] == "4"


def test_limits_that_make_no_sense_are_not_previewed(admin):
    data = limits(admin) | {"late_slip_days": "5"}

    answer = admin.post(f"{ADDRESS}/thresholds/preview", data=data)

    assert answer.status_code == 422
    assert one(answer, "#late_slip_days-error")
    assert texts(answer, "#threshold-preview table") == []
