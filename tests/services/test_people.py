from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.lib.periods import parse
from tracker.lib.recurrence import Frequency
from tracker.models import (
    Account,
    Membership,
    MoveReason,
    Participant,
    Person,
    Task,
    UnitName,
    Workstream,
)
from tracker.queries import people as read
from tracker.services import decisions, extension_requests, recurrences, reports
from tracker.services import people as do
from tracker.services.act import Act, Why

FIRST, LATER = date(2026, 1, 1), date(2027, 1, 1)


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


# ------------------------------------------------------------------ units


def test_a_unit_is_findable_and_sorts_by_its_name(db_session):
    unit = do.create_unit("  Viện Đo lường Việt Nam ", by=BY, abbreviation="VMI")

    assert (unit.name, unit.folded) == ("Viện Đo lường Việt Nam", "vien do luong viet nam vmi")
    assert changes_of(unit)[0].new == {"name": "Viện Đo lường Việt Nam", "abbreviation": "VMI"}
    (name,) = db_session.scalars(select(UnitName).where(UnitName.unit_id == unit.id))
    assert (name.valid_from, name.name) == (do.SINCE_EVER, "Viện Đo lường Việt Nam")


def test_two_units_of_one_name_side_by_side_are_refused(db_session):
    parent = do.create_unit("Bộ A", by=BY)
    do.create_unit("Văn phòng", by=BY, parent=parent)

    do.create_unit("Văn phòng", by=BY)
    with refused("unit_name_taken"):
        do.create_unit("Văn phòng", by=BY, parent=parent)


def test_a_new_name_leaves_the_old_one_true_for_the_days_before(db_session):
    unit = do.create_unit("Tổng cục", by=BY, abbreviation="TC")

    do.rename_unit(unit, {"name": "Ủy ban", "abbreviation": None}, by=BY, valid_from=FIRST)

    assert (unit.name, unit.abbreviation, unit.folded) == ("Ủy ban", None, "uy ban")
    names = db_session.execute(
        select(UnitName.valid_from, UnitName.name)
        .where(UnitName.unit_id == unit.id)
        .order_by(UnitName.valid_from)
    )
    assert [tuple(row) for row in names] == [(do.SINCE_EVER, "Tổng cục"), (FIRST, "Ủy ban")]
    assert [change.field for change in changes_of(unit)] == [
        "created",
        "named",
        "name",
        "abbreviation",
    ]


def test_a_name_to_come_is_taken_up_on_its_day(db_session):
    unit = do.create_unit("Tổng cục", by=BY)
    do.rename_unit(unit, {"name": "Ủy ban"}, by=BY, valid_from=LATER)
    assert unit.name == "Tổng cục"

    on_the_day = Act(person_id=None, at=make.AGES_AGO.replace(year=2027), cause="night")

    assert do.take_up_names(by=on_the_day) == 1
    assert (unit.name, unit.folded) == ("Ủy ban", "uy ban")
    assert do.take_up_names(by=on_the_day) == 0


def test_a_unit_whose_only_name_is_to_come_keeps_the_name_it_was_made_with(db_session):
    unit = do.create_unit("Viện mới", by=BY, valid_from=LATER)

    do.rename_unit(unit, {"head_title": "Viện trưởng"}, by=BY, valid_from=LATER)

    assert unit.name == "Viện mới"


def test_a_name_of_the_same_day_is_corrected(db_session):
    unit = do.create_unit("Ủi ban", by=BY)

    do.rename_unit(unit, {"name": "Ủy ban"}, by=BY, valid_from=do.SINCE_EVER)

    names = select(UnitName.name).where(UnitName.unit_id == unit.id)
    assert list(db_session.scalars(names)) == ["Ủy ban"]


def test_the_second_of_two_who_rename_a_unit_chooses(db_session):
    unit = do.create_unit("Tổng cục", by=BY)
    db_session.flush()
    seen = unit.version
    do.rename_unit(unit, {"name": "Ủy ban"}, by=BY, valid_from=FIRST, seen=seen)
    db_session.flush()

    with pytest.raises(StaleError) as caught:
        do.rename_unit(unit, {"name": "Cục"}, by=BY, valid_from=FIRST, seen=seen)

    assert caught.value.conflicts == {"name": ("Ủy ban", "Cục")}


def test_a_unit_cannot_be_below_itself(db_session):
    top = do.create_unit("Bộ", by=BY)
    middle = do.create_unit("Cục", by=BY, parent=top)
    low = do.create_unit("Phòng", by=BY, parent=middle)

    with refused("unit_in_itself"):
        do.edit_unit(top, {"parent_id": low.id}, by=BY)
    do.edit_unit(low, {"parent_id": top.id, "valid_to": FIRST}, by=BY)

    assert (low.parent_id, low.valid_to) == (top.id, FIRST)


# ------------------------------------------------------------------ persons


def test_a_person_sorts_by_given_name_and_is_found_without_marks(db_session):
    names = ["Trần Văn Yên", "  Nguyễn  Thị Đảo ", "Lê Thị Áo"]
    people = [do.create_person(name, by=BY) for name in names]
    ids = [person.id for person in people]

    query = select(Person.full_name).where(Person.id.in_(ids)).order_by(Person.sort_key)
    assert list(db_session.scalars(query)) == ["Lê Thị Áo", "Nguyễn Thị Đảo", "Trần Văn Yên"]
    assert people[1].folded == "nguyen thi dao"


def test_a_typed_sort_name_decides_the_order(db_session):
    person = do.create_person("Peter Ulbig", by=BY)
    before = person.sort_key

    do.edit_person(person, {"sort_name": "Ulbig Peter"}, by=BY)

    assert person.sort_key != before
    assert [change.field for change in changes_of(person)] == ["created", "sort_name"]


def test_a_person_cannot_leave_before_they_came(db_session):
    with refused("person_valid_backwards"):
        do.create_person("A B", by=BY, valid_from=LATER, valid_to=FIRST)
    person = do.create_person("A B", by=BY, valid_from=LATER)
    with refused("person_valid_backwards"):
        do.edit_person(person, {"valid_to": FIRST}, by=BY)


def test_a_name_typed_is_the_person_there_or_a_new_one(db_session):
    known = do.create_person("Đinh Thị Một", by=BY)
    picks = read.picks(BY.today)

    assert do.pick_or_create("Đinh Thị Một", picks, by=BY) is known
    new = do.pick_or_create("Đinh Thị Hai", picks, by=BY)
    assert (new.full_name, new.id != known.id) == ("Đinh Thị Hai", True)
    assert do.pick_or_create("Đinh Thị Hai", picks, by=BY) is new


# ------------------------------------------------------------------ merging


@pytest.fixture
def twins(db_session):
    """Two rows of one human; the first has all the work."""
    group, streams = make.whole_group(db_session)
    unit = make.unit(db_session)
    other = make.person(db_session, "Trần Văn Bình", unit=unit, position="Trưởng phòng")
    kept = make.person(db_session, "Tran Van Binh")
    stream = next(iter(streams.values()))
    own = make.task(db_session, stream, owner=other)
    shared = make.task(db_session, stream)
    make.add(db_session, Participant(task_id=shared.id, person_id=other.id))
    make.membership(db_session, group, other)
    return other, kept, own, shared


def test_all_work_of_a_merged_person_goes_to_the_one_kept(db_session, twins):
    other, kept, own, shared = twins

    do.merge(other, kept, by=BY)
    db_session.flush()

    assert db_session.get(Task, own.id).owner_id == kept.id
    query = select(Participant.person_id).where(Participant.task_id == shared.id)
    assert list(db_session.scalars(query)) == [kept.id]
    posts = select(Membership.person_id).where(Membership.group_id == own.group_id)
    assert list(db_session.scalars(posts)) == [kept.id]
    assert (kept.position, kept.unit_id) == ("Trưởng phòng", other.unit_id)
    assert other.valid_to == BY.today
    assert changes_of(own)[-1].old == other.id


def test_so_does_work_to_come_and_what_was_asked_for(db_session, twins):
    other, kept, own, _ = twins
    weekly = recurrences.create(
        db_session.get_one(Workstream, own.workstream_id),
        "Họp tuần",
        frequency=Frequency.WEEKLY,
        weekday=0,
        owner_id=other.id,
        by=BY,
    )
    own.due = BY.today
    asked = extension_requests.ask(
        own,
        BY.today + timedelta(days=7),
        why=Why(reason=MoveReason.BUDGET, sentence="chờ dự toán"),
        by=replace(BY, person_id=other.id),
    )
    looked_after = make.risk(db_session, own.workstream, owner_id=other.id)
    question = decisions.ask(
        own.group,
        decisions.Question(question="Có?", wanted_from_id=other.id, wanted_by=BY.today),
        by=replace(BY, person_id=other.id),
    )

    do.merge(other, kept, by=BY)

    assert (weekly.owner_id, asked.asked_by_id) == (kept.id, kept.id)
    assert looked_after.owner_id == kept.id
    assert (question.asked_by_id, question.wanted_from_id) == (kept.id, kept.id)


def test_the_account_goes_along_where_the_kept_person_has_none(db_session, twins):
    other, kept, *_ = twins
    account = make.add(
        db_session, Account(person_id=other.id, email="b@example.test", created_at=make.AGES_AGO)
    )

    do.merge(other, kept, by=BY)

    assert account.person_id == kept.id


def test_who_is_kept_hears_of_the_report_the_other_wrote(db_session, twins):
    other, kept, *_ = twins
    report = reports.begin(None, parse("2026-11"), by=replace(BY, person_id=other.id))

    do.merge(other, kept, by=BY)

    assert report.person_id == kept.id


def test_two_people_who_both_sign_in_are_not_merged(db_session, twins):
    other, kept, *_ = twins
    for who in (other, kept):
        email = f"{who.id}@example.test"
        make.add(db_session, Account(person_id=who.id, email=email, created_at=make.AGES_AGO))

    with refused("persons_both_have_accounts"):
        do.merge(other, kept, by=BY)


def test_nobody_is_merged_with_themselves(db_session, twins):
    with refused("person_merged_with_itself"):
        do.merge(twins[0], twins[0], by=BY)
