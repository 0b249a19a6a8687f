from datetime import date

import pytest

from tests import factories as make
from tracker.lib.iso_records import Record
from tracker.lib.stages import StageRole
from tracker.models import DeliverableImport, Strand
from tracker.policies.actor import Actor
from tracker.queries import records as read
from tracker.queries.records import Outcome

STRANGER = Actor(person_id=0, person_name="Người lạ")


def record(number=1, reference="ISO/DIS 14064-5", **values):
    return Record(line=number, source_id=f"iso:{number}", reference=reference, **values)


@pytest.fixture
def kind(db_session):
    made = make.kind(db_session, "ISO")
    for code, values in {
        "40.00": {},
        "40.20": {"is_repeatable": True},
        "40.60": {"is_repeatable": True},
        "60.60": {"role": StageRole.GOAL},
    }.items():
        make.stage(db_session, made, code, **values)
    return made


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]


@pytest.fixture
def there(db_session, stream, kind):
    made = make.deliverable(
        db_session,
        stream,
        "Greenhouse gases",
        "ISO",
        title_en="Greenhouse gases",
        reference="ISO/DIS 14064-5",
        source_id="iso:1",
        stage=make.stage(db_session, kind, "40.20"),
    )
    db_session.commit()
    return made


def compared(kind, stream, *records):
    return read.compare(records, stream.group_id, kind)


def only(kind, stream, one):
    (found,) = compared(kind, stream, one)
    return found


def test_an_unknown_record_is_new_with_all_its_values(kind, stream):
    found = only(kind, stream, record(title="Gases", stage="40.20", ics="13.020"))

    assert (found.outcome, found.stage.code) == (Outcome.NEW, "40.20")
    assert found.values["title"] == found.values["title_en"] == "Gases"
    assert found.values["source_id"] == "iso:1"


def test_without_a_title_it_goes_by_its_reference(kind, stream):
    assert only(kind, stream, record()).values["title"] == "ISO/DIS 14064-5"


def test_what_says_the_same_changes_nothing(kind, stream, there):
    same = record(title="Greenhouse gases", stage="40.20")

    assert only(kind, stream, same).outcome is Outcome.UNCHANGED
    assert only(kind, stream, record()).outcome is Outcome.UNCHANGED


def test_a_new_reference_and_stage_are_followed(kind, stream, there):
    found = only(
        kind, stream, record(reference="ISO 14064-5:2027", title="Greenhouse gases", stage="60.60")
    )

    assert (found.outcome, dict(found.values), found.stage.code) == (
        Outcome.CHANGED,
        {"reference": "ISO 14064-5:2027"},
        "60.60",
    )


def test_a_title_somebody_put_into_vietnamese_stays(db_session, kind, stream, there):
    there.title = "Khí nhà kính"
    db_session.flush()

    found = only(kind, stream, record(title="Greenhouse gases – new"))

    assert dict(found.values) == {"title_en": "Greenhouse gases – new"}


def test_what_was_typed_by_hand_is_found_by_its_reference(db_session, kind, stream, there):
    there.source_id = None
    db_session.flush()

    assert dict(only(kind, stream, record(number=9)).values) == {"source_id": "iso:9"}


def test_another_group_or_kind_is_not_touched(db_session, kind, stream, there):
    other = make.whole_group(db_session, "YAK", "Yak")[1][Strand.STANDARDS]

    assert only(kind, other, record()).outcome is Outcome.NEW
    assert only(make.kind(db_session, "SMIIC"), stream, record()).outcome is Outcome.NEW


@pytest.mark.parametrize(
    ("stage", "code"), [("77.77", "record_stage_unknown"), ("40.00", "record_stage_behind")]
)
def test_a_stage_that_cannot_be_is_left_out_with_a_reason(kind, stream, there, stage, code):
    found = only(kind, stream, record(stage=stage))

    assert (found.outcome, found.problem.code) == (Outcome.LEFT_OUT, code)


def test_what_lies_in_the_trash_is_left_out(db_session, kind, stream, there):
    there.deleted_at = there.created_at
    db_session.flush()

    assert only(kind, stream, record()).problem.code == "record_in_trash"


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_is_that_of_one_record(kind, stream, there, queries, number):
    records = [record(n, f"ISO {n}") for n in range(1, number + 1)]

    with queries() as statements:
        compared(kind, stream, *records)

    assert len(statements) == 2


def test_a_draft_is_found_with_its_preview_by_those_who_see_the_group(db_session, kind, stream):
    draft = make.add(
        db_session,
        DeliverableImport(
            group_id=stream.group_id,
            workstream_id=stream.id,
            kind_id=kind.id,
            file_name="x.jsonl",
            rows=[record(published=date(2026, 1, 1)).to_json()],
            created_at=make.AGES_AGO,
        ),
    )

    found = read.find(STRANGER, draft.id)
    assert [one.outcome for one in read.preview(found)] == [Outcome.NEW]
    stream.group.is_restricted = True
    db_session.flush()
    assert read.find(STRANGER, draft.id) is None
