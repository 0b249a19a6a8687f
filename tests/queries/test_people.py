from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.paging import SIZE
from tracker.models import TaskStatus
from tracker.queries import people as read
from tracker.queries.people import PersonSearch


def names(words="", **asked):
    page = read.listing(PersonSearch(words=words, **asked), TODAY)
    return [row.name for row in page.rows]


@pytest.fixture
def family(db_session):
    unit = make.unit(db_session, "Viện Nghiên cứu", abbreviation="VNC")
    make.person(db_session, "Khúc Thị Đào", unit=unit, position="Viện trưởng", email="dao@x.test")
    make.person(db_session, "Khúc Văn Dao")
    make.person(db_session, "Khúc Thị Đạo", valid_to=TODAY - timedelta(days=1))
    return unit


def test_persons_stand_by_given_name_in_vietnamese_order(db_session, family):
    assert names("khúc") == ["Khúc Văn Dao", "Khúc Thị Đào"]


@pytest.mark.parametrize("words", ["khuc dao", "DAO Khúc", "khú"])
def test_marks_are_not_needed(db_session, family, words):
    assert set(names(words)) == {"Khúc Văn Dao", "Khúc Thị Đào"}


def test_exact_marks_come_first(db_session, family):
    assert [name for name in names("đào") if "Khúc" in name] == ["Khúc Thị Đào", "Khúc Văn Dao"]


def test_the_address_finds_too(db_session, family):
    assert names("dao@x.test") == ["Khúc Thị Đào"]


def test_people_who_left_are_asked_for(db_session, family):
    assert names("khúc", state="gone") == ["Khúc Thị Đạo"]
    assert len(names("khúc", state="all")) == 3


def test_people_of_a_unit(db_session, family):
    (row,) = read.listing(PersonSearch(unit_id=family.id), TODAY).rows

    assert (row.name, row.position, row.unit, row.email) == (
        "Khúc Thị Đào",
        "Viện trưởng",
        "VNC",
        "dao@x.test",
    )
    assert (row.open_tasks, row.has_account, row.may_sign_in) == (0, False, False)


def test_open_tasks_and_the_account_stand_beside_the_name(db_session):
    _, streams = make.whole_group(db_session)
    stream = next(iter(streams.values()))
    account = make.account(db_session, "Khúc Thị Một", email="mot@x.test", is_active=False)
    make.task(db_session, stream, owner=account.person)
    make.task(db_session, stream, owner=account.person, status=TaskStatus.DONE)

    (row,) = read.listing(PersonSearch(words="Khúc Thị Một"), TODAY).rows

    assert (row.open_tasks, row.has_account, row.may_sign_in) == (1, True, False)
    assert read.open_tasks(account.person_id) == 1


def test_long_lists_come_in_screens(db_session):
    for number in range(SIZE + 1):
        make.person(db_session, f"Khúc Số {number:02}")

    first = read.listing(PersonSearch(), TODAY)
    last = read.listing(PersonSearch(), TODAY, 99)

    assert (len(first.rows), first.pages) == (SIZE, 2)
    assert (last.number, len(last.rows)) == (2, first.total - SIZE)


@pytest.mark.parametrize(("words", "count"), [("", 2), ("khúc", 1)])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_as_many_queries_however_long(db_session, queries, rows, words, count):
    for number in range(rows):
        make.person(db_session, f"Khúc Số {number}")
    db_session.flush()

    with queries() as statements:
        read.listing(PersonSearch(words=words), TODAY)

    assert len(statements) == count


def test_a_persons_posts_stand_with_the_latest_first(db_session):
    group = make.group(db_session)
    person = make.person(db_session)
    old = make.membership(db_session, group, person, ends_on=TODAY)
    new = make.membership(db_session, group, person, starts_on=TODAY)

    assert [post.id for post in read.posts(person.id)] == [new.id, old.id]
    assert read.posts(person.id)[0].group.key == "ION"


def test_namesakes_differ_in_marks_only(db_session, family):
    person = read.find(read.picks(TODAY).labels["Khúc Thị Đào"])

    assert [other.full_name for other in read.namesakes(person)] == ["Khúc Thị Đạo"]


# ------------------------------------------------------------------ who is meant


def test_a_name_means_the_one_person_who_bears_it(db_session, family):
    picks = read.picks(TODAY)

    person_id = picks.of("khúc thị ĐÀO")
    assert picks.label(person_id) == "Khúc Thị Đào"
    assert picks.of("Không Có Ai") is None
    assert picks.label(0) == ""


def test_a_name_that_differs_in_marks_is_near(db_session, family):
    picks = read.picks(TODAY)

    assert picks.near("Khuc Thi Dao") == ["Khúc Thị Đào"]
    assert picks.near("Khúc Thị Đào") == []
    assert picks.near("thi khuc dao") == ["Khúc Thị Đào"]
    assert picks.near("Khúc Thị Đào Nguyên") == []


def test_people_of_one_name_are_told_apart(db_session, family):
    twin = make.person(db_session, "Khúc Thị Đào", position="Thư ký")
    third = make.person(db_session, "Khúc Thị Đào", position="Thư ký")
    bare = make.person(db_session, "Khúc Thị Đào")
    picks = read.picks(TODAY)

    assert picks.of("Khúc Thị Đào") is None
    assert picks.alike("Khúc Thị Đào") == [
        "Khúc Thị Đào (VNC)",
        "Khúc Thị Đào (Thư ký)",
        f"Khúc Thị Đào (Thư ký) #{third.id}",
        f"Khúc Thị Đào (#{bare.id})",
    ]
    assert picks.of("Khúc Thị Đào (Thư ký)") == twin.id
    assert picks.alike("Khúc Văn Dao") == []
