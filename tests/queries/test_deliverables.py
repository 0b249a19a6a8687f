from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import deliverables as read
from tracker.queries.deliverables import Filters
from tracker.services import deliverables as do
from tracker.services import milestones

STRANGER = Actor(person_id=0, person_name="Người lạ")
BEGUN = date(2026, 11, 2)
S, M = Strand.STANDARDS, Strand.METROLOGY


@pytest.fixture
def kind(db_session):
    made = make.kind(db_session, position=1)
    window = {"window": 60, "window_unit": WindowUnit.DAYS, "is_repeatable": True}
    for code, values in {
        "B3": {},
        "B4": window,
        "B5": {},
        "B7": {"role": StageRole.GOAL},
        "X": {"role": StageRole.ABANDONED},
    }.items():
        make.stage(db_session, made, code, **values)
    make.stage(db_session, make.kind(db_session, "CMC", position=2), "1")
    return made


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session, "ZET")[1]


@pytest.fixture
def deliverable(db_session, streams, kind):
    made = make.deliverable(db_session, streams[S], "Thực phẩm Halal", reference="TCVN 12944:2020")
    go(db_session, made, "B3", BEGUN - timedelta(days=30))
    go(db_session, made, "B4", BEGUN)
    db_session.commit()
    return made


def go(session, deliverable, code, on=TODAY):
    do.enter(deliverable, make.stage(session, deliverable.kind, code), on=on, by=BY)
    session.flush()


def listed(**filters):
    return read.register(STRANGER, Filters(**filters), TODAY)


def titles(register):
    return [row.title for row in register.rows.rows]


# ------------------------------------------------------------------ one of them


def test_it_is_found_by_its_code_by_those_who_see_the_group(db_session, deliverable):
    assert read.find(STRANGER, "zet-d1") is deliverable
    deliverable.group.is_restricted = True
    db_session.flush()
    assert read.find(STRANGER, "ZET-D1") is None


def test_what_lies_in_the_trash_is_not_found(db_session, deliverable):
    deliverable.deleted_at = deliverable.created_at
    db_session.flush()

    assert read.find(STRANGER, "ZET-D1") is None
    assert listed().rows.rows == []


def test_the_page_says_what_is_left_and_what_follows_when(deliverable):
    details = read.details(deliverable, TODAY)

    assert (details.countdown.ends, details.countdown.left) == (date(2027, 1, 1), 39)
    assert [(one.step.code, one.earliest) for one in details.ahead] == [
        ("B5", date(2027, 1, 1)),
        ("B7", date(2027, 1, 1)),
    ]
    assert details.last.on == BEGUN
    assert [stage.code for stage in details.offered] == ["B4", "B5", "B7", "X"]


def test_the_way_is_drawn_with_what_was_passed_and_what_lies_ahead(deliverable):
    (phase,) = read.details(deliverable, TODAY).phases

    assert [(cell.stage.code, cell.state, cell.on) for cell in phase.cells] == [
        ("B3", "passed", BEGUN - timedelta(days=30)),
        ("B4", "current", BEGUN),
        ("B5", "ahead", None),
        ("B7", "ahead", None),
    ]
    assert not phase.is_skipped


def test_a_stage_nobody_recorded_is_skipped_and_a_detour_shows_once_it_was_taken(
    db_session, streams, kind
):
    made = make.deliverable(db_session, streams[S])
    go(db_session, made, "B5")
    go(db_session, made, "X")

    (phase,) = read.details(made, TODAY).phases
    assert [(cell.stage.code, cell.state) for cell in phase.cells] == [
        ("B3", "skipped"),
        ("B4", "skipped"),
        ("B5", "passed"),
        ("B7", "skipped"),
        ("X", "current"),
    ]
    assert read.details(made, TODAY).offered == ()


def test_a_move_that_was_taken_back_is_told_as_such(db_session, deliverable):
    do.take_back(deliverable, by=BY)
    db_session.flush()

    details = read.details(deliverable, TODAY)
    assert details.taken_back == {details.moves[1].id}
    assert details.current.code == "B3"


def test_no_milestone_is_suggested_before_one_of_an_earlier_stage(db_session, deliverable, kind):
    later = TODAY + timedelta(days=400)
    do.plan(deliverable, [do.Planned(make.stage(db_session, kind, "B5"), later, "B5")], by=BY)
    db_session.flush()

    details = read.details(deliverable, TODAY)
    earliest = {one.step.code: one.earliest for one in details.ahead}
    assert earliest["B7"] < later
    assert [(one.step.code, one.earliest) for one in details.without_milestone] == [("B7", later)]


def test_a_milestone_may_be_closed_once_the_stage_is_reached(db_session, deliverable, kind):
    planned = [do.Planned(make.stage(db_session, kind, code), TODAY, code) for code in ("B4", "B5")]
    reached, _ = do.plan(deliverable, planned, by=BY)
    db_session.flush()

    def told():
        found = read.details(deliverable, TODAY).milestones
        return [(made.code, made.stage_code, made.may_be_closed) for made in found]

    assert told() == [("ZET-M1", "B4", True), ("ZET-M2", "B5", False)]
    assert [one.step.code for one in read.details(deliverable, TODAY).without_milestone] == ["B7"]
    milestones.close(reached, "12/QĐ", by=BY)
    db_session.flush()
    assert told()[0] == ("ZET-M1", "B4", False)


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_takes_the_same_number_of_queries(db_session, deliverable, kind, queries, more):
    for _ in range(more):
        go(db_session, deliverable, "B4")
    db_session.commit()

    with queries() as statements:
        read.details(deliverable, TODAY)

    assert len(statements) == 4


# ------------------------------------------------------------------ the register


@pytest.fixture
def register(db_session, streams, kind, deliverable):
    other = make.whole_group(db_session, "YAK", "Yak", position=1)[1]
    make.deliverable(db_session, streams[M], "CMC khí", "CMC", committee="TCVN/TC 207")
    made = make.deliverable(db_session, streams[S], "Khí nhà kính", title_en="Greenhouse gases")
    go(db_session, made, "B5")
    make.deliverable(db_session, other[S], "Của tổ khác")
    db_session.commit()


def test_all_are_listed_in_the_order_of_groups_and_codes(register):
    assert titles(listed()) == ["Thực phẩm Halal", "CMC khí", "Khí nhà kính", "Của tổ khác"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"group": "ZET"}, ["Thực phẩm Halal", "CMC khí", "Khí nhà kính"]),
        ({"strand": M}, ["CMC khí"]),
        ({"kind": "CMC"}, ["CMC khí"]),
        ({"kind": "TCVN", "stage": "B4"}, ["Thực phẩm Halal"]),
        ({"kind": "TCVN", "stage": "none"}, ["Của tổ khác"]),
        ({"kind": "TCVN", "stage": "B9"}, []),
        ({"kind": "NONE"}, ["Thực phẩm Halal", "CMC khí", "Khí nhà kính", "Của tổ khác"]),
        ({"text": "halal thuc"}, ["Thực phẩm Halal"]),
        ({"text": "12944"}, ["Thực phẩm Halal"]),
        ({"text": "greenhouse"}, ["Khí nhà kính"]),
        ({"text": "tc 207"}, ["CMC khí"]),
        ({"text": "zet-d3"}, ["Khí nhà kính"]),
        ({"text": "khí", "group": "YAK"}, []),
    ],
)
def test_what_is_asked_for_is_listed(register, filters, found):
    assert titles(listed(**filters)) == found


def test_it_is_counted_by_kind_and_by_stage(register):
    everything = listed()
    assert [(one.kind.code, one.number) for one in everything.kinds] == [("TCVN", 3), ("CMC", 1)]
    assert everything.stages == ()

    of_kind = listed(kind="TCVN", stage="B4")
    assert [(one.kind.code, one.number) for one in of_kind.kinds] == [("TCVN", 3), ("CMC", 1)]
    assert [(one.stage and one.stage.code, one.number) for one in of_kind.stages] == [
        (None, 1),
        ("B4", 1),
        ("B5", 1),
    ]
    assert of_kind.rows.total == 1


def test_a_row_says_stage_countdown_and_dates(register):
    row = listed().rows.rows[0]

    assert (row.stage.code, row.stage_on, row.tone) == ("B4", BEGUN, "ok")
    assert row.countdown.left == 39
    assert (row.next.step.code, row.goal.step.code) == ("B5", "B7")


def test_a_restricted_group_is_neither_listed_nor_counted(db_session, register, streams):
    streams[S].group.is_restricted = True
    db_session.flush()

    assert titles(listed()) == ["Của tổ khác"]
    assert [one.number for one in listed().kinds] == [1]


def test_a_screen_has_fifty_and_one_beyond_the_last_is_the_last(db_session, register, streams):
    for number in range(60):
        make.deliverable(db_session, streams[S], f"Số {number}")

    first, last = listed(), listed(page=99)
    assert (len(first.rows.rows), first.rows.total, first.rows.pages) == (50, 64, 2)
    assert (len(last.rows.rows), last.rows.number) == (14, 2)
    assert len(read.everything(STRANGER, Filters(), TODAY)) == 64


@pytest.mark.parametrize("more", [0, 40])
def test_the_register_takes_the_same_number_of_queries(
    db_session, register, streams, queries, more
):
    for number in range(more):
        make.deliverable(db_session, streams[S], f"Số {number}")
    db_session.commit()

    with queries() as statements:
        listed(kind="TCVN")

    assert len(statements) == 6


@pytest.mark.parametrize(
    ("role", "tone"),
    [
        (StageRole.ROUTE, "ok"),
        (StageRole.GOAL, "done"),
        (StageRole.LATER, "done"),
        (StageRole.DETOUR, "risk"),
        (StageRole.ABANDONED, "idle"),
    ],
)
def test_a_stage_is_coloured_by_its_place_on_the_way(db_session, role, tone):
    stage = make.stage(db_session, make.kind(db_session), role=role)

    assert read.tone(stage) == tone
    assert read.tone(None) == "idle"
