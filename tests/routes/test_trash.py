import pytest

from tests import factories as make
from tests.html import texts
from tracker.models import Strand
from tracker.services import trash
from tracker.services.act import Act

QUERIES_OF_A_PAGE = 5


@pytest.fixture
def thrown(set_up, cast):
    """Things of both groups, thrown away two days before."""

    def throw(number=1, key="HAL"):
        with set_up() as session:
            stream = make.stream_of(session, cast, key, Strand.METROLOGY)
            by = Act(
                person_id=cast["head"].person_id,
                at=make.AGES_AGO.replace(year=2026, month=11, day=21),
                cause="web",
            )
            return [
                trash.throw_away(make.task(session, stream, title=f"Việc {n}"), by=by).id
                for n in range(number)
            ]

    return throw


def test_it_says_what_who_when_and_for_how_long_yet(client_for, thrown):
    thrown()
    thrown(key="SOL")

    page = client_for("head").get("/trash")

    cells = texts(page, "tbody th, tbody td")
    assert cells[0].endswith("Việc 0")
    assert cells[1:5] == ["Tổ công tác Hal", "Nguyễn Thị Đào", "21/11 08:00", "28 ngày"]
    assert len(texts(page, "tbody tr")) == 1


def test_who_may_not_bring_back_sees_an_empty_trash(client_for, thrown):
    (id_,) = thrown()

    for role in ("member", "observer", "director", "outsider"):
        client = client_for(role)
        assert texts(client.get("/trash"), "tbody tr") == []
        assert client.post(f"/trash/{id_}/restore").status_code == 404


def test_the_administrator_sees_all(client_for, thrown):
    thrown()
    thrown(key="SOL")

    assert len(texts(client_for("administrator").get("/trash"), "tbody tr")) == 2


def test_twice_is_refused(client_for, thrown):
    (id_,) = thrown()
    client = client_for("head")

    assert client.post(f"/trash/{id_}/restore").status_code == 303
    assert client.post(f"/trash/{id_}/restore").status_code == 409


def test_an_undo_in_a_list_makes_the_page_anew(client_for, thrown):
    (id_,) = thrown()

    answer = client_for("head").post(
        f"/trash/{id_}/restore",
        headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/groups/HAL"},
    )

    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


@pytest.mark.parametrize("number", [1, 3])
def test_its_queries_do_not_grow(client_for, thrown, queries, number):
    thrown(number)
    client = client_for("head")
    client.get("/trash")

    with queries() as statements:
        assert len(texts(client.get("/trash"), "tbody tr")) == number

    assert len(statements) == QUERIES_OF_A_PAGE
