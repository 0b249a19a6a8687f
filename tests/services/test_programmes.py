import pytest

from tests import factories as make
from tests.services.acts import BY
from tracker.models import Change
from tracker.queries import programmes as read
from tracker.services import programmes

pytestmark = pytest.mark.blank


@pytest.fixture
def groups(db_session):
    return [
        make.group(db_session, key, key, position=place)
        for place, key in enumerate(("HAL", "SOL", "GHG"))
    ]


def changes(session, programme):
    rows = session.query(Change).filter_by(kind="programme", subject_id=programme.id)
    return [(row.field, row.old, row.new) for row in rows.order_by(Change.id)]


def keys():
    return {line.programme.name: [group.key for group in line.groups] for line in read.lines()}


def test_a_group_stands_in_several_programmes_in_the_order_of_the_board(db_session, groups):
    hal, sol, ghg = (group.id for group in groups)

    programmes.create(name="Hội nhập", groups=[sol, hal], by=BY)
    green = programmes.create(name="Chuyển đổi xanh", groups=[ghg, sol], by=BY)

    assert keys() == {"Hội nhập": ["HAL", "SOL"], "Chuyển đổi xanh": ["SOL", "GHG"]}
    assert changes(db_session, green)[1:] == [("groups", [], [sol, ghg])]


def test_what_two_people_tick_counts_for_both(db_session, groups):
    hal, sol, ghg = (group.id for group in groups)
    programme = programmes.create(name="Hội nhập", groups=[hal], by=BY)
    db_session.flush()
    seen = programme.version

    programmes.choose_groups(programme, [hal, sol], by=BY, seen=seen)
    db_session.flush()
    programmes.choose_groups(programme, [ghg], by=BY, seen=seen)

    assert keys() == {"Hội nhập": ["SOL", "GHG"]}


def test_choosing_the_same_groups_records_nothing(db_session, groups):
    programme = programmes.create(name="Hội nhập", groups=[groups[0].id], by=BY)
    before = changes(db_session, programme)

    programmes.choose_groups(programme, [groups[0].id], by=BY)

    assert changes(db_session, programme) == before


def test_programmes_are_put_in_order_and_retired(db_session, groups):
    first, second = (
        programmes.create(name=name, groups=[groups[0].id], by=BY) for name in ("Một", "Hai")
    )

    programmes.move(second, steps=-1, by=BY)
    programmes.edit(first, {"is_retired": True}, by=BY)

    assert list(keys()) == ["Hai", "Một"]
    assert [programme.name for programme, _ in read.in_use()] == ["Hai"]
