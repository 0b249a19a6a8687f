from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tests.html import texts
from tracker.services import tasks
from tracker.services.act import Act


@pytest.fixture
def late(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, "SOL")
        make.milestone(session, stream, title="Chuẩn đầu", baseline=TODAY - timedelta(days=2))


def test_the_facts_behind_a_colour_are_told_alone(client_for, late):
    answer = client_for("director").get("/groups/SOL/metrology/why")

    assert texts(answer, ".health__why") == [
        "Mốc SOL-M2 «Chuẩn đầu» chưa đóng, đã quá ngày 21/11/2026 (2 ngày)."
    ]


def test_those_of_a_past_day_are_of_that_day(client_for, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, "HAL")
        at = NOW - timedelta(days=30)
        by = Act(person_id=None, at=at, cause="web")
        tasks.create(stream, "Đo", by=by, due=TODAY - timedelta(days=12))
        session.commit()
    day = TODAY - timedelta(days=2)

    answer = client_for("director").get(f"/groups/HAL/metrology/why?as_of={day}")

    assert texts(answer, ".health__why") == ["1 nhiệm vụ quá hạn, lâu nhất 10 ngày."]


@pytest.mark.parametrize("address", ["/groups/SOL/metrology/why", "/groups/HAL/nothing/why"])
def test_what_one_may_not_see_is_not_told(client_for, late, address):
    assert client_for("member").get(address).status_code == 404
