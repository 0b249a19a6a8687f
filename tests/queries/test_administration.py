from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tracker.models import CalendarDay, Group, Invitation, Role, Workstream
from tracker.queries import administration as read

HAL = (
    select(Workstream)
    .join(Workstream.group)
    .options(contains_eager(Workstream.group))
    .where(Group.key == "HAL")
    .limit(1)
)


def overview():
    return read.overview(TODAY, NOW)


def test_the_overview_counts_what_there_is(db_session):
    seen = overview()

    assert (seen.groups, seen.people, seen.units) == (2, 9, 1)
    assert (seen.accounts, seen.administrators) == (9, 1)
    assert not seen.is_quiet


def test_groups_without_head_or_plan_want_a_hand(db_session):
    make.group(db_session)

    seen = overview()

    assert seen.headless_groups == [("ION", "Tổ công tác Ion")]
    assert [key for key, _ in seen.planless_groups] == ["HAL", "ION"]


def test_an_account_nobody_can_get_into_wants_a_link(db_session):
    account = make.account(db_session, "Đinh Thị Một", email="mot@x.test")
    assert overview().uninvited_accounts == [(account.id, "Đinh Thị Một")]

    make.add(
        db_session,
        Invitation(
            account_id=account.id,
            token_hash="x",
            purpose="invite",
            created_at=NOW,
            expires_at=NOW + timedelta(days=1),
        ),
    )
    assert overview().uninvited_accounts == []


def test_tasks_of_people_who_left_want_an_owner(db_session):
    _, streams = make.whole_group(db_session)
    person = make.person(db_session, "Đinh Đã Đi", valid_to=TODAY - timedelta(days=1))
    make.task(db_session, next(iter(streams.values())), owner=person)

    assert overview().gone_owners == [(person.id, "Đinh Đã Đi", 1)]


def test_a_year_without_holidays_wants_them(db_session):
    assert overview().years_without_calendar == [2026, 2027]
    make.add(db_session, CalendarDay(day=date(2026, 9, 2), is_working=False, name="Quốc khánh"))
    assert overview().years_without_calendar == [2027]


def test_when_all_is_well_it_is_quiet(db_session):
    make.account(db_session, "Thứ Hai", email="h@x.test", password="x" * 10, is_administrator=True)
    for year in (2026, 2027):
        make.add(db_session, CalendarDay(day=date(year, 9, 2), is_working=False, name="Lễ"))
    make.task(db_session, db_session.scalar(HAL))

    assert overview().is_quiet


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_takes_as_many_queries_however_much_there_is(db_session, queries, rows):
    for number in range(rows):
        make.membership(
            db_session, make.group(db_session, f"G{number}"), make.person(db_session), Role.HEAD
        )

    with queries() as statements:
        overview()

    assert len(statements) == 11


def test_the_first_steps_are_ticked_off(db_session):
    steps = read.beginning()

    assert (steps.first_group.key, steps.has_plan, steps.accounts) == ("HAL", True, 9)
    assert steps.is_done


@pytest.mark.blank
def test_a_blank_installation_has_all_steps_before_it(db_session):
    assert read.beginning() == read.Beginning(None, has_plan=False, accounts=0)
    assert not read.beginning().is_done
