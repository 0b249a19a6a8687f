from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.lib.stages import StageRole, standing
from tracker.models import Milestone, Relation, SearchEntry, StageMilestone, Strand
from tracker.queries import deliverables as read
from tracker.services import deliverables as do
from tracker.services import trash


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


@pytest.fixture
def stream(db_session):
    made = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    db_session.commit()
    return made


@pytest.fixture
def kind(db_session):
    made = make.kind(db_session)
    for code, values in {
        "B3": {},
        "B4": {"is_repeatable": True},
        "B5": {},
        "B7": {"role": StageRole.GOAL},
        "X": {"role": StageRole.ABANDONED},
    }.items():
        make.stage(db_session, made, code, **values)
    return made


@pytest.fixture
def deliverable(db_session, stream, kind):
    made = do.create(stream, kind, "Thực phẩm Halal", by=BY, reference="TCVN 12944:2020")
    db_session.commit()
    return made


@pytest.fixture
def go(db_session, deliverable, kind):
    """`go("B4", date(…))` brings it to that stage."""

    def to(code, on=TODAY, **values):
        move = do.enter(deliverable, make.stage(db_session, kind, code), on=on, by=BY, **values)
        db_session.commit()
        return move

    return to


def way(deliverable):
    return [(move.stage.code, move.iteration) for move in standing(read.moves(deliverable))]


def test_a_new_deliverable_has_a_code_of_its_own_and_can_be_found(db_session, deliverable):
    assert (deliverable.code, deliverable.stage_id) == ("ZET-D1", None)
    entry = db_session.scalar(select(SearchEntry).where(SearchEntry.code == "ZET-D1"))
    assert (entry.kind, entry.title) == ("deliverable", "TCVN 12944:2020 – Thực phẩm Halal")
    assert entry.folded == deliverable.folded == "zet d1 tcvn 12944 2020 thuc pham halal"


def test_it_is_edited_and_every_field_is_recorded(db_session, deliverable):
    do.edit(deliverable, {"relation": Relation.IDT, "based_on": "ISO 1:2020"}, by=BY)

    assert [(c.field, c.old, c.new) for c in changes_of(deliverable)][1:] == [
        ("relation", None, "idt"),
        ("based_on", None, "ISO 1:2020"),
    ]
    assert "iso 1 2020" in deliverable.folded


def test_moves_are_kept_and_the_deliverable_stands_at_the_last(db_session, deliverable, go):
    go("B3", date(2026, 3, 1), document_number="12/QĐ", note="x")
    go("B4", date(2026, 9, 1))

    first, last = read.moves(deliverable)
    assert (first.stage.code, first.on, first.document_number) == ("B3", date(2026, 3, 1), "12/QĐ")
    assert deliverable.stage_id == last.stage_id
    assert (deliverable.stage_on, deliverable.iteration) == (date(2026, 9, 1), 1)


def test_a_repeatable_stage_counts_its_visits(deliverable, go):
    for code in ("B4", "B4", "B5", "B4", "B5"):
        go(code)

    assert way(deliverable) == [("B4", 1), ("B4", 2), ("B5", 1), ("B4", 3), ("B5", 2)]


@pytest.mark.parametrize("code", ["B3", "B5"])
def test_going_back_or_staying_needs_a_stage_that_repeats(go, code):
    go("B5")

    with refused("stage_not_repeatable"):
        go(code)


def test_what_was_given_up_goes_nowhere(deliverable, go):
    go("B3")
    go("X")

    with refused("stage_over"):
        go("B4")


def test_the_last_move_is_taken_back_by_a_further_row(db_session, deliverable, go):
    go("B3", date(2026, 3, 1))
    go("B4", date(2026, 9, 1))

    back = do.take_back(deliverable, by=BY)
    db_session.commit()

    moves = read.moves(deliverable)
    assert [move.corrects_id for move in moves] == [None, None, moves[1].id]
    assert (back.stage_id, back.on) == (moves[0].stage_id, date(2026, 3, 1))
    assert (deliverable.stage_id, deliverable.stage_on) == (back.stage_id, date(2026, 3, 1))
    assert way(deliverable) == [("B3", 1)]
    do.take_back(deliverable, by=BY)
    db_session.commit()
    assert (deliverable.stage_id, deliverable.stage_on, way(deliverable)) == (None, None, [])
    with refused("stage_nothing_to_undo"):
        do.take_back(deliverable, by=BY)


def test_a_visit_that_was_taken_back_does_not_count(db_session, deliverable, go):
    go("B4")
    go("B4")
    do.take_back(deliverable, by=BY)
    db_session.commit()

    assert go("B4").iteration == 2


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (TODAY + timedelta(days=1), "stage_in_future"),
        (date(2026, 8, 31), "stage_before_last"),
        (date(1999, 12, 31), "outside_years"),
    ],
)
def test_a_day_that_cannot_be_is_refused(go, on, code):
    go("B3", date(2026, 9, 1))

    with refused(code):
        go("B4", on)


def test_where_the_day_is_unknown_none_is_invented(deliverable, go):
    go("B4", None)

    assert deliverable.stage_on is None
    go("B5", date(2020, 1, 1))


def test_a_stage_of_another_kind_or_a_retired_one_is_refused(db_session, deliverable, kind):
    other = make.stage(db_session, make.kind(db_session, "CMC"), "1")
    retired = make.stage(db_session, kind, "B6", is_retired=True)

    with refused("stage_of_other_kind"):
        do.enter(deliverable, other, on=TODAY, by=BY)
    with refused("stage_retired"):
        do.enter(deliverable, retired, on=TODAY, by=BY)


def test_the_second_of_two_who_move_it_is_told(db_session, deliverable, go):
    seen = deliverable.version
    go("B3")

    with refused("stage_moved_meanwhile"):
        go("B4", seen=seen)
    with refused("stage_moved_meanwhile"):
        do.take_back(deliverable, by=BY, seen=seen)


def test_a_kind_stays_once_there_is_a_stage(db_session, deliverable, go):
    other = make.kind(db_session, "QCVN")
    do.edit(deliverable, {"kind_id": deliverable.kind_id}, by=BY)
    go("B3")

    with refused("kind_has_stage"):
        do.edit(deliverable, {"kind_id": other.id}, by=BY)


def test_a_retired_kind_takes_nothing_new(db_session, stream):
    with refused("kind_retired"):
        do.create(stream, make.kind(db_session, "OLD", is_retired=True), "x", by=BY)


def planned(db_session, kind, *codes):
    return [
        do.Planned(make.stage(db_session, kind, code), date(2027, 1, 1), f"{code}: x")
        for code in codes
    ]


def test_milestones_are_made_from_stages_once(db_session, deliverable, kind):
    made = do.plan(deliverable, planned(db_session, kind, "B5", "B7"), by=BY)
    db_session.commit()

    assert [(one.code, one.stage_code, one.baseline) for one in made] == [
        ("ZET-M1", "B5", date(2027, 1, 1)),
        ("ZET-M2", "B7", date(2027, 1, 1)),
    ]
    assert do.plan(deliverable, planned(db_session, kind, "B5"), by=BY) == []
    with refused("milestones_none_chosen"):
        do.plan(deliverable, [], by=BY)


def test_a_milestone_that_is_there_may_stand_for_a_stage(db_session, stream, deliverable, kind):
    milestone = make.milestone(db_session, stream, stage_code="50.20")

    do.tie(deliverable, make.stage(db_session, kind, "B5"), milestone, by=BY)
    db_session.commit()

    assert milestone.stage_code == "B5"
    assert changes_of(deliverable)[-1].new == ["ZET-M1"]


def test_in_the_trash_it_cannot_be_found_and_purging_leaves_its_milestones(
    db_session, deliverable, kind, go
):
    do.plan(deliverable, planned(db_session, kind, "B5"), by=BY)
    go("B3")
    thrown = trash.throw_away(deliverable, by=BY)
    db_session.commit()

    assert (thrown.kind, thrown.code) == ("deliverable", "ZET-D1")
    assert db_session.scalar(select(SearchEntry).where(SearchEntry.code == "ZET-D1")) is None
    trash.restore(thrown, by=BY)
    db_session.commit()
    assert deliverable.deleted_at is None
    again = trash.throw_away(deliverable, by=BY)
    again.at -= timedelta(days=31)
    db_session.commit()
    assert trash.purge(by=BY) == 1
    db_session.commit()
    assert db_session.scalars(select(Milestone.code)).all().count("ZET-M1") == 1
    assert db_session.scalars(select(StageMilestone)).all() == []


def test_purging_a_milestone_lets_go_of_the_stage(db_session, deliverable, kind):
    (milestone,) = do.plan(deliverable, planned(db_session, kind, "B5"), by=BY)
    thrown = trash.throw_away(milestone, by=BY)
    thrown.at -= timedelta(days=31)
    db_session.commit()

    assert read.stages_with_milestones(deliverable) == set()
    trash.purge(by=BY)
    db_session.commit()
    assert db_session.scalars(select(StageMilestone)).all() == []
