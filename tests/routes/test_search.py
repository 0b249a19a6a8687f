import pytest

from tests import factories as make
from tests.html import parse
from tracker.models import Group, Strand, Workstream

HTMX = {"HX-Request": "true"}


@pytest.fixture
def khi_chuan(set_up, cast):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["HAL"])
        made = [make.task(session, stream, title=f"Khí chuẩn CO2 số {n}").code for n in range(25)]
        made.append(make.milestone(session, stream, title="Khí chuẩn được công nhận").code)
    return made


def test_results_are_links_with_the_words_marked(client_for, khi_chuan):
    page = parse(client_for("observer").get("/search?q=khi+chuan+cong+nhan"))

    link = page.select_one("#search-results a")
    assert link["href"] == f"/milestones/{khi_chuan[-1]}"
    assert [mark.get_text() for mark in link.select("mark")] == ["Khí", "chuẩn", "công", "nhận"]


def test_an_excerpt_is_read_without_its_markup(client_for, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        text = "Cần **hai mô-đun** và [biên bản](https://example.test/x)"
        make.task(session, stream, "Đo pin", description=text)

    page = parse(client_for("observer").get("/search?q=mo+dun"))

    assert page.select_one("#search-results em").get_text() == "Cần hai mô-đun và biên bản"


def test_a_code_leads_straight_to_its_page(client_for, khi_chuan):
    answer = client_for("observer").get(f"/search?q={khi_chuan[0].lower()}")

    assert (answer.status_code, answer.location) == (303, f"/tasks/{khi_chuan[0]}")


def test_there_are_pages_and_the_fragment_is_the_pages_own(client_for, khi_chuan):
    client = client_for("observer")

    page = parse(client.get("/search?q=khi&page=2"))
    fragment = parse(client.get("/search?q=khi&page=2", headers=HTMX))

    assert len(page.select("#search-results > ul > li")) == 6
    assert page.select_one("#search-results") == fragment.select_one("#search-results")


def test_a_restricted_group_is_not_found(client_for):
    assert "mật của Sol" not in client_for("observer").get("/search?q=mat+cua+sol").text
    assert "mật của Sol" in parse(client_for("sol_head").get("/search?q=mat+cua+sol")).get_text()


@pytest.mark.parametrize(
    "query", ["q=", "q=%00", "q=<script>alert(1)</script>", "q=a&page=-1", "q=x&kind=y&page=z"]
)
def test_nonsense_gets_a_kind_word(client_for, query):
    answer = client_for("observer").get(f"/search?{query}")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert parse(answer).select_one("#search-results .empty h2").get_text()


def test_searching_takes_the_same_queries_for_few_and_many(client_for, khi_chuan, queries):
    client = client_for("observer")

    with queries() as few:
        client.get("/search?q=cong+nhan", headers=HTMX)
    with queries() as many:
        client.get("/search?q=khi+chuan", headers=HTMX)

    assert len(few) == len(many) == 5
