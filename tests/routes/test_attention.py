from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import one, table, texts, words
from tracker.lib.dates import local_day
from tracker.models import Strand, TaskStatus

TODAY = local_day(NOW)


@pytest.fixture
def plan(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.METROLOGY)
        member = cast["member"].person_id
        make.task(session, stream, "Mua khí", due=TODAY - timedelta(days=4), owner_id=member)
        make.task(
            session, stream, "Nộp", status=TaskStatus.REVIEW, submitted_on=TODAY - timedelta(days=2)
        )
        make.milestone(
            session,
            stream,
            "Phê duyệt",
            baseline=TODAY + timedelta(days=3),
            forecast=TODAY + timedelta(days=9),
        )


def test_the_figures_of_the_board_lead_to_what_they_count(client_for, plan):
    client = client_for("observer")
    board = client.get("/")

    led = {
        words(link): link["href"]
        for link in one(board, "#board-facts").select("a[href*=attention]")
    }
    assert led == {
        "1 nhiệm vụ quá hạn": "/attention?show=overdue",
        "0 nhiệm vụ đang vướng mắc": "/attention?show=blocked",
        "1 mốc trong 30 ngày tới": "/attention?show=milestones",
    }
    for counted, address in led.items():
        page = client.get(address)
        assert words(one(page, ".chip[aria-current] .chip__count")) == counted.split()[0]


def test_a_row_says_whose_it_is_and_how_many_days(client_for, plan, cast):
    client = client_for("observer")

    late = table(client.get("/attention"))
    soon = table(client.get("/attention?show=milestones"))

    assert late[1:] == [
        ["Mua khí HAL-1", "Tổ công tác Hal · Đo lường", cast["member"].name, "19/11/2026", "4 ngày"]
    ]
    assert soon[1:] == [["Phê duyệt HAL-M1", "Tổ công tác Hal · Đo lường", "02/12/2026", "+6"]]


def test_nothing_there_and_nonsense_asked(client_for, plan):
    client = client_for("observer")

    assert texts(client.get("/attention?show=blocked"), ".empty h2") == [
        "Không có nhiệm vụ nào vướng mắc"
    ]
    assert texts(client.get("/attention?show=x&page=x"), "h1") == ["Nhiệm vụ quá hạn"]


def test_a_director_sees_on_the_board_what_waits_for_approval(client_for, plan):
    director, observer = client_for("director"), client_for("observer")

    (told,) = texts(director.get("/"), "#board-waiting li")

    assert told == "Nộp Tổ công tác Hal · Đo lường chờ duyệt từ 21/11/2026 (2 ngày)"
    assert texts(observer.get("/"), "#board-waiting li") == []
    assert texts(director.get("/attention?show=review"), "tbody a[data-row-link]") == ["Nộp"]
