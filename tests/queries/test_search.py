import pytest

from tests import factories as make
from tracker.models import Role, Strand
from tracker.policies.actor import Actor, Post
from tracker.queries.search import CANDIDATES, search

STRANGER = Actor(person_id=0, person_name="Người lạ")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]


@pytest.fixture
def titles(db_session, stream):
    for title in (
        "Đo lường khí nhà kính",
        "Đường sắt và cầu đường",
        "Dương tính với DNA lợn",
        "Soát xét TCVN 12944:2020",
    ):
        make.task(db_session, stream, title=title)
    db_session.commit()


def found(query, actor=STRANGER, **asked):
    return [hit.title for hit in search(actor, query, **asked).hits]


@pytest.mark.parametrize("query", ["do luong", "ĐO LƯỜNG", "đo lường khí", "luong do", "nha ki"])
def test_words_are_found_with_and_without_marks_in_any_order_and_begun(titles, query):
    assert found(query) == ["Đo lường khí nhà kính"]


def test_exact_marks_come_first(titles):
    assert found("duong") == ["Dương tính với DNA lợn", "Đường sắt và cầu đường"]
    assert found("đường")[0] == "Đường sắt và cầu đường"
    assert found("dương")[0] == "Dương tính với DNA lợn"


def test_exact_marks_come_first_of_all_hits_not_of_the_newest(db_session, stream):
    for title in ("ĐƯỜNG cũ", "Đường cũ", *["Dương lịch mới"] * CANDIDATES):
        make.task(db_session, stream, title=title)
    db_session.commit()

    assert found("đường")[:3] == ["Đường cũ", "ĐƯỜNG cũ", "Dương lịch mới"]
    assert set(found("duong")) == {"Dương lịch mới"}


@pytest.mark.parametrize("query", ["12944:2020", "tcvn 12944", "TCVN12944"])
def test_reference_numbers_are_found_as_they_are_written(titles, query):
    expected = [] if query == "TCVN12944" else ["Soát xét TCVN 12944:2020"]

    assert found(query) == expected


def test_its_own_code_comes_first_however_it_is_typed(db_session, stream):
    wanted = make.task(db_session, stream, title="Cũ nhất")
    make.task(db_session, stream, title=f"Nhắc đến {wanted.code}")
    db_session.commit()

    assert found(wanted.code.lower())[0] == "Cũ nhất"


@pytest.mark.parametrize(
    "query", ["", "  ", "d", "'; drop table tasks; --", '"*', "* AND OR NOT", "(", "a\x00b", ":*"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(titles, query):
    assert found(query) == []


def test_a_restricted_group_is_searched_by_its_people_only(db_session, cast):
    insider = Actor(person_id=1, person_name="x", posts={cast.groups["SOL"]: (Post(Role.MEMBER),)})

    assert found("mật sol") == []
    assert sorted(found("mật sol", insider)) == ["Mốc mật của Sol", "Nhiệm vụ mật của Sol"]


def test_one_kind_can_be_asked_for(db_session, stream):
    make.task(db_session, stream, title="Khí chuẩn")
    make.milestone(db_session, stream, title="Mốc khí chuẩn")
    db_session.commit()

    assert found("khi chuan", kind="milestone") == ["Mốc khí chuẩn"]


def test_results_come_in_pages(db_session, stream):
    for number in range(5):
        make.task(db_session, stream, title=f"Khí chuẩn {number}")
    db_session.commit()

    page = search(STRANGER, "khi chuan", first=2, most=2)

    assert [hit.title for hit in page.hits] == ["Khí chuẩn 2", "Khí chuẩn 1"]
    assert page.total == 5
