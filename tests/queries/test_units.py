from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import UnitName
from tracker.queries import units as read


@pytest.fixture
def tree(db_session):
    top = make.unit(db_session, "Bộ Một", abbreviation="B1")
    middle = make.unit(db_session, "Cục Hai", parent_id=top.id)
    make.unit(db_session, "Phòng Ba", parent_id=middle.id)
    make.unit(db_session, "Ban Bốn", parent_id=top.id, valid_to=TODAY - timedelta(days=1))
    make.person(db_session, unit=middle)
    make.person(db_session, unit=middle, valid_to=TODAY - timedelta(days=1))
    return top


def lines(rows):
    return [
        (row.name, row.depth) for row in rows if row.name != "Cục Tiêu chuẩn Đo lường Chất lượng"
    ]


def test_units_stand_below_the_one_they_belong_to(db_session, tree):
    assert lines(read.tree(TODAY)) == [("Bộ Một", 0), ("Cục Hai", 1), ("Phòng Ba", 2)]


def test_units_that_ended_are_asked_for(db_session, tree):
    assert lines(read.tree(TODAY, ended=True))[1] == ("Ban Bốn", 1)


def test_a_unit_whose_parent_ended_stands_at_the_top(db_session, tree):
    tree.valid_to = TODAY - timedelta(days=1)
    db_session.flush()

    assert lines(read.tree(TODAY)) == [("Cục Hai", 0), ("Phòng Ba", 1)]


@pytest.mark.parametrize("words", ["cuc hai", "Cục Hai", "hai"])
def test_units_are_found_without_marks(db_session, tree, words):
    found = [row for row in read.tree(TODAY, words=words) if row.people]

    assert [(row.name, row.people) for row in found] == [("Cục Hai", 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tree_is_one_query(db_session, queries, rows):
    for number in range(rows):
        make.unit(db_session, f"Đơn vị {number}")

    with queries() as statements:
        read.tree(TODAY)

    assert len(statements) == 1


def test_names_stand_with_the_latest_first(db_session, tree):
    make.add(db_session, UnitName(unit_id=tree.id, valid_from=date(2027, 1, 1), name="Bộ Mới"))

    unit = read.find(tree.id)
    assert [name.name for name in read.names(unit)] == ["Bộ Mới", "Bộ Một"]
    assert unit.parent is None
