from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import one, table, texts, words
from tracker.lib.dates import local_day
from tracker.models import Milestone, MoveReason, Strand, TaskStatus
from tracker.services import milestones
from tracker.services.act import Act, Why

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
        f"{words(link.b)} {words(link.span)}": link["href"]
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

    assert seen(director)["Nộp"] == "chờ duyệt 2 ngày Ẩn"
    assert "Nộp" not in seen(observer)
    assert texts(director.get("/attention?show=review"), "tbody a[data-row-link]") == ["Nộp"]


# ---------------------------------------------------------------- ranked, and put off

SUBJECT = "milestone:HAL-M1"
HIDE = {"subject": SUBJECT, "until": "2026-11-30", "note": "Chờ đàm phán."}


def seen(client, address="/"):
    """What asks for a look, with the reason for its rank."""
    page = one(client.get(address), "#board-attention" if address == "/" else "main")
    return {words(line.a): words(line.em) for line in page.select("ol.list > li")}


@pytest.fixture
def late(set_up, cast):
    """A milestone far behind its plan, for which another strand waits."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        other = make.stream_of(session, cast, strand=Strand.INSPECTION)
        first = make.milestone(
            session, stream, "Công bố", baseline=TODAY, forecast=TODAY + timedelta(days=41)
        )
        make.link(session, first, make.milestone(session, other, baseline=date(2027, 6, 1)))
        for one_ in (stream, other):
            make.touch(session, one_)
        return first.id


def test_the_reason_for_a_rank_is_written_out(client_for, late):
    said = "chậm 41 ngày so với kế hoạch, chặn 1 mục (Thanh tra, kiểm tra)"

    assert seen(client_for("observer"))["Công bố"] == said
    assert seen(client_for("director"), "/attention/all")["Công bố"] == f"{said} Ẩn"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Current-URL": "http://x/"}])
def test_what_a_director_puts_off_is_out_of_sight_for_that_one_alone(
    client_for, set_up, cast, late, headers
):
    director, administrator = client_for("director"), client_for("administrator")
    assert "Công bố" in seen(director)

    answer = director.post("/attention/hide", data=HIDE, headers=headers)

    assert answer.status_code == (204 if headers else 303)
    assert "Công bố" not in seen(director)
    assert "Công bố" in seen(administrator)
    assert "1 mục đang ẩn" in words(one(director.get("/"), "#board-attention"))
    (hidden,) = texts(director.get("/attention/all"), "#hidden-title ~ ul li em")
    assert hidden.startswith("ẩn đến 30/11/2026: Chờ đàm phán. · chậm 41 ngày")
    assert "Chờ đàm phán" not in administrator.get("/attention/all").get_data(as_text=True)


def test_it_comes_back_on_its_day_when_it_is_worse_and_when_asked_for(
    client_for, set_up, late, clock
):
    director = client_for("director")
    director.post("/attention/hide", data=HIDE)
    with set_up() as session:
        milestone = session.get(Milestone, late)
        why = Why(reason=MoveReason.BUDGET)
        by = Act(person_id=None, at=NOW, cause="web")
        milestones.move_forecast(milestone, TODAY + timedelta(days=42), why=why, by=by)
    assert "Công bố" in seen(director)

    director.post("/attention/hide", data=HIDE)
    assert "Công bố" not in seen(director)
    director.post("/attention/show", data={"subject": SUBJECT})
    assert "Công bố" in seen(director)

    director.post("/attention/hide", data=HIDE)
    clock.move_to(NOW + timedelta(days=7))
    assert "Công bố" in seen(director)


def test_a_day_too_far_and_what_is_not_there_are_refused(client_for, late):
    director = client_for("director")

    far = director.post("/attention/hide", data=HIDE | {"until": "2027-12-31"})

    assert far.status_code == 422
    assert texts(far, "#until-error") == ["Ngày hiện lại phải sau hôm nay, trong vòng 92 ngày."]
    assert one(far, "[name=note]")["value"] == "Chờ đàm phán."
    assert director.post("/attention/hide", data={"subject": "milestone:X-M1"}).status_code == 404
    assert director.get(f"/attention/hide?subject={SUBJECT}").status_code == 200
