from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import one, parse, texts, words
from tracker.models import Milestone, Strand

HTMX = {"HX-Request": "true"}
DAY = TODAY + timedelta(days=7)


@pytest.fixture
def chain(set_up, cast):
    """Published long ago; measured next week; certified a week later; nothing to inspect it."""
    strands = (Strand.STANDARDS, Strand.METROLOGY, Strand.CONFORMITY_ASSESSMENT)
    with set_up() as session:
        made = [
            make.milestone(
                session,
                make.stream_of(session, cast, strand=strand),
                title=title,
                baseline=DAY + timedelta(days=7 * number),
                forecast=DAY + timedelta(days=7 * number),
            )
            for number, (strand, title) in enumerate(
                zip(strands, ("Công bố", "Công nhận phép thử", "Chứng nhận"), strict=True)
            )
        ]
        made[0].closed_on = TODAY
        make.link(session, made[0], made[1])
        make.link(session, made[1], made[2], lag=5)


def test_what_is_published_but_not_usable_is_said(client_for, chain):
    page = client_for("observer").get("/groups/HAL/readiness")

    (row,) = parse(page).select("#readiness tbody tr")
    assert [words(cell) for cell in row.select("th, td")] == [
        "✓ Công bố đạt 23/11/2026",
        "◆ Công nhận phép thử dự kiến 07/12/2026",
        "◆ Chứng nhận dự kiến 14/12/2026",
        "◌ chưa có mốc nào",
        "▲ Đã công bố nhưng chưa đo, thử được chưa biết khi nào đủ cả bốn cấu phần",
    ]


def test_the_critical_chain_says_what_each_item_pushes(client_for, chain):
    client = client_for("observer")

    page, fragment = client.get("/groups/HAL/chains"), client.get("/chains", headers=HTMX)

    assert texts(page, "#chains li em") == [
        "07/12/2026 · chậm thêm là đẩy «Chứng nhận»",
        "14/12/2026 · còn 0 ngày làm việc dự trữ",
    ]
    assert texts(fragment, "#chains li a") == ["Công nhận phép thử", "Chứng nhận"]


@pytest.mark.parametrize("late", [0, 3])
def test_slack_and_slips_are_told_in_their_own_days(client_for, set_up, chain, late):
    with set_up() as session:
        for code, days in (("HAL-M2", 1), ("HAL-M3", 1 + late)):
            milestone = session.query(Milestone).filter_by(code=code).one()
            milestone.forecast = milestone.baseline + timedelta(days=days)

    told = texts(client_for("observer").get("/groups/HAL/chains"), "#chains li em")

    if late:
        first = "còn 3 ngày làm việc trước khi đẩy «Chứng nhận»"
        assert told == [
            f"08/12/2026 · chậm 1 ngày · {first}",
            "18/12/2026 · chậm 4 ngày · quá kế hoạch 4 ngày làm việc",
        ]
    else:
        assert told == [
            "08/12/2026 · chậm 1 ngày → đẩy «Chứng nhận» +1 ngày",
            "15/12/2026 · chậm 1 ngày · quá kế hoạch 1 ngày làm việc",
        ]


def test_a_group_without_links_says_what_belongs_here(client_for):
    page = client_for("observer").get("/groups/HAL/readiness")

    assert "Chưa có chuỗi sẵn sàng nào" in words(one(page, "#readiness"))
    assert "Chưa có mốc nào chờ mốc khác" in words(one(page, "#chains"))


def test_below_a_timeline_the_chains_come_by_themselves(client_for, chain):
    client = client_for("observer")

    for address, there in (
        ("/timeline", "/chains"),
        ("/groups/HAL/timeline", "/groups/HAL/chains"),
    ):
        panel = one(client.get(address), "#chains")
        assert panel["hx-get"] == there
        assert panel.select_one("a")["href"] == there


@pytest.mark.parametrize("address", ["/groups/SOL/readiness", "/groups/SOL/chains"])
def test_a_restricted_group_is_not_found(client_for, address):
    assert client_for("member").get(address).status_code == 404
