from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import Role
from tracker.queries import memberships as read

DAY = timedelta(days=1)


def test_a_roster_tells_present_coming_and_past_people(db_session):
    group = make.group(db_session)
    made = {
        name: make.membership(db_session, group, make.person(db_session, name), role, **dates)
        for name, role, dates in [
            ("A Hai", Role.MEMBER, {}),
            ("B Một", Role.HEAD, {"ends_on": TODAY}),
            ("C Mai", Role.MEMBER, {"starts_on": TODAY + DAY}),
            ("D Xưa", Role.HEAD, {"ends_on": TODAY - 2 * DAY}),
            ("E Qua", Role.MEMBER, {"ends_on": TODAY - DAY}),
        ]
    }

    roster = read.roster(group, TODAY)

    def names(rows):
        return [row.person.full_name for row in rows]

    assert names(roster.present) == ["B Một", "A Hai"]
    assert names(roster.coming) == ["C Mai"]
    assert names(roster.past) == ["E Qua", "D Xưa"]
    found = read.find(made["A Hai"].id)
    assert (found.group.key, found.person.full_name, found.unit) == ("ION", "A Hai", None)


def test_groups_stand_with_their_heads_and_the_number_of_people(db_session):
    group = make.group(db_session)
    head = make.person(db_session, "A Đầu")
    make.membership(db_session, group, head, Role.HEAD)
    make.membership(db_session, group, head, Role.SECRETARY)
    make.membership(db_session, group, make.person(db_session), ends_on=TODAY - DAY)

    rows = {row.group.key: (row.heads, row.people) for row in read.group_rows(TODAY)}

    assert rows["ION"] == ("A Đầu", 1)
    assert list(rows) == ["HAL", "SOL", "ION"]
    assert read.keys() == {"HAL", "SOL", "ION"}


@pytest.mark.parametrize("rows", [1, 3])
def test_groups_take_as_many_queries_however_many(db_session, queries, rows):
    for number in range(rows):
        make.group(db_session, f"G{number}")

    with queries() as statements:
        read.group_rows(TODAY)

    assert len(statements) == 2
