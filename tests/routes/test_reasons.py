from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import texts


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


@pytest.mark.parametrize("address", ["/groups/SOL/metrology/why", "/groups/HAL/nothing/why"])
def test_what_one_may_not_see_is_not_told(client_for, late, address):
    assert client_for("member").get(address).status_code == 404
