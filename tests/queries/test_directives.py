from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.lateness import FourCells, Lateness
from tracker.lib.periods import parse
from tracker.models import (
    Comment,
    Directive,
    Priority,
    Strand,
    TaskStatus,
)
from tracker.policies.actor import Actor
from tracker.queries import directives as read
from tracker.queries.directives import Addressee, Filters, Sort, State
from tracker.services import tasks

DIRECTOR = Actor(person_id=1, person_name="x", is_director=True)
OUTSIDER = Actor(person_id=2, person_name="x")
DAY = timedelta(days=1)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def give(session, stream, cast, title, *, ago=0, by="director", **values):
    values = {"due": TODAY + 30 * DAY, "owner_id": cast["member"].person_id} | values
    task = make.task(session, stream, title, **values)
    row = Directive(
        task_id=task.id, given_by_id=cast[by].person_id, given_at=NOW - timedelta(days=ago)
    )
    make.add(session, row)
    return task


@pytest.fixture
def six(db_session, cast, stream):
    """One in each cell, one dropped, and one that nobody was named for."""
    done = {"status": TaskStatus.DONE, "due": TODAY - 9 * DAY}
    give(db_session, stream, cast, "đúng hạn", finished_on=TODAY - 10 * DAY, **done)
    give(db_session, stream, cast, "muộn", finished_on=TODAY - 2 * DAY, **done)
    give(db_session, stream, cast, "quá hạn", due=TODAY - DAY, priority=Priority.EXPRESS)
    give(db_session, stream, cast, "thu hồi", status=TaskStatus.DROPPED)
    give(db_session, stream, cast, "sắp", due=TODAY + DAY, ago=40)
    return give(db_session, stream, cast, "không ai", owner_id=None, by="head", ago=1)


def titles(actor=DIRECTOR, **asked):
    return [line.title for line in read.register(actor, Filters(**asked), 1, TODAY).page.rows]


def test_the_head_has_the_four_cells_whatever_state_is_asked_for(six, queries):
    with queries() as statements:
        found = read.register(DIRECTOR, Filters(state=State.NOBODY), 1, TODAY)

    assert found.head.cells == FourCells(
        done_on_time=1, done_late=1, open_on_time=2, open_overdue=1, dropped=1
    )
    assert (found.head.due_soon, found.head.nobody, found.head.total) == (1, 1, 6)
    assert (found.page.total, [line.title for line in found.page.rows]) == (1, ["không ai"])
    assert len(statements) == 4  # calendar, counts, lines, cooperating units


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["quá hạn", "sắp", "không ai", "đúng hạn", "muộn", "thu hồi"]),
        ({"sort": Sort.PRIORITY, "state": State.OPEN}, ["quá hạn", "sắp", "không ai"]),
        ({"sort": Sort.GIVEN, "state": State.OPEN}, ["quá hạn", "không ai", "sắp"]),
        ({"state": State.DONE_ON_TIME}, ["đúng hạn"]),
        ({"state": State.DONE_LATE}, ["muộn"]),
        ({"state": State.OPEN_ON_TIME}, ["sắp", "không ai"]),
        ({"state": State.OPEN_OVERDUE}, ["quá hạn"]),
        ({"state": State.DUE_SOON}, ["sắp"]),
        ({"state": State.DROPPED}, ["thu hồi"]),
        ({"text": "MUON"}, ["muộn"]),
        ({"group": "SOL"}, []),
        ({"strand": Strand.STANDARDS}, []),
        ({"period": parse("2026-10-01..2026-10-31")}, ["sắp"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(six, asked, expected):
    assert titles(**asked) == expected


def test_it_is_narrowed_by_who_gave_it_by_paper_and_by_unit(db_session, cast, stream, six):
    unit, other = make.unit(db_session, "QUATEST 1"), make.unit(db_session, "BoA")
    six.lead_unit_id, six.assigning_document = unit.id, "214/TB-TĐC"
    tasks.set_cooperating_units(six, [other.id], by=BY)

    for asked in (
        {"giver_id": cast["head"].person_id},
        {"document": "214/TB-TĐC"},
        {"unit_id": unit.id},
        {"unit_id": other.id},
    ):
        assert titles(**asked) == ["không ai"]
    assert read.documents(DIRECTOR) == ["214/TB-TĐC"]
    assert read.units(DIRECTOR) == [(other.id, "BoA"), (unit.id, "QUATEST 1")]
    givers = dict(read.givers(DIRECTOR))
    assert givers == {cast[role].person_id: cast[role].name for role in ("director", "head")}


def test_a_line_says_all_that_the_list_shows(db_session, cast, stream, six):
    six.due = TODAY - 3 * DAY
    (line,) = read.register(DIRECTOR, Filters(state=State.NOBODY), 1, TODAY).page.rows

    assert (line.code, line.strand, line.given_by) == (six.code, Strand.METROLOGY, "Nguyễn Thị Đào")
    assert line.given_on == TODAY - DAY
    assert (line.lateness, line.days_late, line.tone) == (Lateness.OVERDUE, 3, "late")
    (dropped,) = read.register(DIRECTOR, Filters(state=State.DROPPED), 1, TODAY).page.rows
    assert (dropped.lateness, dropped.days_late, dropped.is_recalled) == (None, 0, False)


def test_what_one_may_not_see_and_what_is_in_the_trash_is_not_listed(db_session, cast, six):
    secret = make.stream_of(db_session, cast, "SOL", Strand.STANDARDS)
    give(db_session, secret, cast, "mật")
    six.deleted_at = NOW

    assert "mật" in titles(DIRECTOR)
    assert {"mật", "không ai"} & set(titles(OUTSIDER)) == set()
    assert len(titles(OUTSIDER)) == 5


def test_a_file_has_every_line_with_what_was_said_last(db_session, cast, six):
    for body in ("Cũ.", "**Đã** gửi."):
        comment = Comment(task_id=six.id, author_id=cast["head"].person_id, body=body, at=NOW)
        make.add(db_session, comment)
    lines, head = read.everything(DIRECTOR, Filters(state=State.NOBODY), TODAY)

    assert [line.note for line in lines] == ["Đã gửi."]
    assert head.cells.total == 5


def test_the_directive_of_a_task_and_the_people_of_its_unit(db_session, cast, six):
    plain = make.task(db_session, make.stream_of(db_session, cast))
    unit = make.unit(db_session, "QUATEST 1")
    person = make.person(db_session, "Đặng Quang Ánh", unit=unit)
    make.person(db_session, "Đã Nghỉ", unit=unit, valid_to=TODAY - DAY)

    assert read.of_task(plain) is None
    assert read.of_task(six).given_by.full_name == "Nguyễn Thị Đào"
    assert read.people_of(unit.id, TODAY) == [(person.id, "Đặng Quang Ánh")]
    assert read.people_of(None, TODAY) == ()


def test_a_typed_name_means_a_person_or_a_unit(db_session, cast):
    unit = make.unit(db_session, "Viện Đo lường Việt Nam", abbreviation="VMI")
    known = read.addressees(TODAY)

    for text in ("Viện Đo lường Việt Nam (VMI)", "vmi", "viện đo lường việt nam"):
        assert known.of(text) == Addressee(unit_id=unit.id)
    assert known.of("Phạm Văn Ổn") == Addressee(person_id=cast["member"].person_id)
    assert known.of("phạm văn") is None
    assert known.near("pham van") == ["Phạm Văn Ổn"]
    assert known.near("Không Có") == []
