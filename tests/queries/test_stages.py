import pytest

from tests import factories as make
from tests.services.acts import BY
from tracker.models import Strand
from tracker.queries import stages as read
from tracker.services import deliverables


@pytest.fixture
def kinds(db_session):
    tcvn = make.kind(db_session, "TCVN", position=2)
    cmc = make.kind(db_session, "CMC", position=1)
    old = make.kind(db_session, "OLD", position=3, is_retired=True)
    for kind, codes in ((tcvn, "B1 B2"), (cmc, "1")):
        for code in codes.split():
            make.stage(db_session, kind, code)
    return tcvn, cmc, old


def codes(things):
    return [thing.code for thing in things]


def test_kinds_come_in_their_order_without_the_retired(kinds):
    assert codes(read.kinds()) == ["CMC", "TCVN"]
    assert codes(read.kinds(retired=True)) == ["CMC", "TCVN", "OLD"]
    assert codes(read.kinds(also=kinds[2].id)) == ["CMC", "TCVN", "OLD"]


def test_a_kind_is_found_in_any_case_of_letters(kinds):
    assert read.kind("tcvn") is kinds[0]
    assert read.kind("ISO") is None


def test_stages_of_one_and_of_several_kinds(kinds):
    tcvn, cmc, old = kinds

    assert codes(read.of_kind(tcvn.id)) == ["B1", "B2"]
    found = read.of_kinds([tcvn.id, cmc.id, old.id, tcvn.id])
    assert {kind: codes(stages) for kind, stages in found.items()} == {
        tcvn.id: ["B1", "B2"],
        cmc.id: ["1"],
    }


def test_the_administrator_sees_how_much_there_is_and_what_is_used(db_session, kinds):
    stream = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    deliverable = make.deliverable(db_session, stream)
    first = read.of_kind(kinds[0].id)[0]
    deliverables.enter(deliverable, first, on=None, by=BY)
    deliverables.take_back(deliverable, by=BY)
    db_session.flush()

    found = [(line.kind.code, line.stages, line.deliverables) for line in read.lines()]
    assert found == [("CMC", 1, 0), ("TCVN", 2, 1), ("OLD", 0, 0)]
    assert [(line.stage.code, line.is_used) for line in read.stage_lines(kinds[0])] == [
        ("B1", True),
        ("B2", False),
    ]


def test_a_stage_is_found_with_its_kind(kinds):
    stage = read.of_kind(kinds[1].id)[0]

    assert read.find(stage.id).kind is kinds[1]
    assert read.find(0) is None
