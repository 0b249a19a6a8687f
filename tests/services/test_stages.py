import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.lib.stage_catalogue import CATALOGUE
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import Change, Stage, Strand
from tracker.queries import stages as read
from tracker.services import stages as do

pytestmark = pytest.mark.blank


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


def codes(kind):
    return [stage.code for stage in read.of_kind(kind.id)]


@pytest.fixture
def kind(db_session):
    made = do.add_kind(code="audit", by=BY, name="Đánh giá nội bộ", strand=Strand.INSPECTION)
    for code in ("1", "2", "3"):
        do.add_stage(made, code=code, by=BY, name=f"Bước {code}")
    db_session.commit()
    return made


def test_the_shipped_kinds_are_added_once_with_one_record_each(db_session):
    assert do.missing() == len(CATALOGUE)
    assert do.start(by=BY) == len(CATALOGUE)
    db_session.commit()

    assert db_session.scalar(select(func.count()).select_from(Stage)) == sum(
        len(kind.stages) for kind in CATALOGUE
    )
    records = db_session.scalars(select(Change).where(Change.kind == "deliverable_kind")).all()
    assert {change.field for change in records} == {"created", "stages"}
    assert len(records) == 2 * len(CATALOGUE)
    assert (do.missing(), do.start(by=BY)) == (0, 0)


def test_a_kind_that_was_corrected_stays_as_it_is(db_session):
    do.start(by=BY)
    tcvn = read.kind("tcvn")
    do.edit_kind(tcvn, {"name": "TCVN của ta", "is_verified": False}, by=BY)
    do.start(by=BY)

    assert (read.kind("TCVN").name, read.kind("TCVN").is_verified) == ("TCVN của ta", False)


def test_stages_are_wanted_once_there_is_a_group(db_session):
    assert not do.are_wanted()
    make.group(db_session)
    assert do.are_wanted()


def test_a_kind_has_a_code_of_its_own(db_session, kind):
    assert kind.code == "AUDIT"
    with refused("kind_code_taken"):
        do.add_kind(code="Audit", by=BY, name="x", strand=Strand.INSPECTION)


def test_stages_are_put_in_order_and_the_order_is_recorded(db_session, kind):
    last = read.of_kind(kind.id)[2]

    do.place_stage(last, steps=-1, by=BY)
    db_session.flush()

    assert codes(kind) == ["1", "3", "2"]
    assert [(c.field, c.old, c.new) for c in changes_of(last)][1:] == [("position", 3, 2)]
    do.place_stage(last, steps=-99, by=BY)
    db_session.flush()
    assert codes(kind) == ["3", "1", "2"]


def test_a_stage_is_renamed_given_a_window_and_retired_but_never_deleted(db_session, kind):
    stage = read.of_kind(kind.id)[1]
    values = {"name": "Lấy ý kiến", "window": 30, "window_unit": WindowUnit.WORKING_DAYS}

    do.edit_stage(stage, {**values, "role": StageRole.ROUTE}, by=BY)
    do.edit_stage(stage, {"is_retired": True}, by=BY)
    db_session.commit()

    assert [(change.field, change.new) for change in changes_of(stage)][1:] == [
        ("name", "Lấy ý kiến"),
        ("window", 30),
        ("window_unit", "working_days"),
        ("is_retired", True),
    ]
    assert codes(kind) == ["1", "2", "3"]


def test_two_stages_of_a_kind_cannot_have_one_code(db_session, kind):
    with refused("stage_code_taken"):
        do.add_stage(kind, code="2", by=BY, name="x")
    with refused("stage_code_taken"):
        do.edit_stage(read.of_kind(kind.id)[0], {"code": "2"}, by=BY)


def test_a_window_needs_its_unit(db_session, kind):
    with refused("window_without_unit"):
        do.add_stage(kind, code="4", by=BY, name="x", window=60)
    with refused("window_without_unit"):
        do.edit_stage(read.of_kind(kind.id)[0], {"window": 60}, by=BY)


def test_the_second_of_two_editors_chooses(db_session, kind):
    seen = kind.version
    do.edit_kind(kind, {"name": "A"}, by=BY)
    db_session.commit()

    with pytest.raises(StaleError):
        do.edit_kind(kind, {"name": "B"}, by=BY, seen=seen)
