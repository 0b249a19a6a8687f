import pytest

from tests import factories
from tests import meetings as make
from tests.html import one, parse, texts
from tracker.models import Strand

HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting(set_up, cast):
    with set_up() as session:
        stream = factories.stream_of(session, cast)
        factories.task(session, stream, "Việc trễ", due=make.TODAY.replace(day=1))
        make.asked(cast, stream, "Chọn phòng nào?")
        return make.running(cast)


def test_one_thing_is_on_the_screen_and_leads_to_the_next(client_for, meeting):
    client = client_for("secretary")
    first = client.get(f"/meetings/{meeting.id}/review")
    following = one(first, "#review-j")

    assert texts(first, ".review__place") == ["Mục 1/6 · Chờ quyết định"]
    assert texts(first, "#review-title") == ["Chọn phòng nào?"]
    assert not parse(first).select("#review-k")
    second = client.get(following["href"], headers=HTMX)
    assert texts(second, ".review__place") == ["Mục 2/6 · Các cấu phần còn lại"]
    assert texts(second, "#review-title") == ["Đo lường"]
    assert texts(second, "#review-work + ul a") == ["Việc trễ"]
    assert one(second, "#review")["data-item"].startswith("workstream:")


def test_who_does_not_record_looks_on_and_who_sees_no_group_sees_nothing_of_it(
    client_for, set_up, cast, meeting
):
    with set_up() as session:
        secret = factories.stream_of(session, cast, "SOL", Strand.STANDARDS)
        make.note(meeting, cast, secret, "s", "Mật của Sol")
    page = client_for("member").get(f"/meetings/{meeting.id}/review")

    assert not parse(page).select("form[data-entry]")
    assert "Mật của Sol" not in page.text
    assert "SOL" not in page.text


def test_a_screen_that_knows_all_gets_nothing_and_others_hear_what_is_new(
    client_for, set_up, cast, meeting
):
    client = client_for("director")
    address = one(client.get(f"/meetings/{meeting.id}/review"), "#entries")["hx-get"]

    assert client.get(address, headers=HTMX).status_code == 204
    with set_up() as session:
        stream = factories.stream_of(session, cast)
        make.note(meeting, cast, stream, "a", "Đã nghe báo cáo")
    new = client.get(address, headers=HTMX)
    assert texts(new, "#entries-elsewhere .entry__words") == ["Đã nghe báo cáo"]
    assert "L\\u00ea Th\\u1ecb \\u00c1nh" in new.headers["HX-Trigger"]
    own = client_for("secretary").get(address, headers=HTMX)
    assert "HX-Trigger" not in own.headers


def test_an_item_that_is_none_shows_the_first(client_for, meeting):
    for item in ("workstream:0", "task:999999999", "x"):
        page = client_for("secretary").get(f"/meetings/{meeting.id}/review?item={item}")
        assert texts(page, ".review__place")[0].startswith("Mục 1/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_takes_as_many_statements_however_much_was_recorded(
    client_for, set_up, cast, meeting, queries, number
):
    with set_up() as session:
        stream = factories.stream_of(session, cast)
        for position in range(number):
            make.directed(meeting, cast, stream, f"u{position}", f"Việc {position}")
    client, address = client_for("secretary"), f"/meetings/{meeting.id}/review?item="
    client.get(address)

    with queries() as statements:
        client.get(address)

    assert len(statements) == 22
