"""The table of the product, cell by cell, and that it is what `allows` answers."""

import pytest

from tracker.models import Role, Strand
from tracker.policies.actor import Actor, Post
from tracker.policies.table import (
    COLUMNS,
    TABLE,
    Column,
    Permission,
    Reach,
    allows,
    may_anywhere,
    reach,
)

HAL, SOL = 1, 2
WORDS = {
    "–": Reach.NOTHING,
    "✓": Reach.EVERYTHING,
    "group": Reach.OWN_GROUP,
    "strands": Reach.OWN_STRANDS,
    "items": Reach.OWN_ITEMS,
    "given": Reach.GIVEN_ITEMS,
}
# administrator, director, lead, secretary, member, observer: typed from the product's table. Its
# "ask" for a member who may not move a date is the two `ask_` rows; who may move it answers.
PRODUCT = """
see              ✓ ✓ ✓     ✓     ✓       ✓
comment          ✓ ✓ ✓     ✓     ✓       ✓
update_task      ✓ – group group given   –
create_task      ✓ – group group strands –
edit_task        ✓ – group group items   –
approve_task     ✓ ✓ group group –       –
move_date        ✓ ✓ group group –       –
ask_extension    – – –     –     given   –
ask_milestone_extension – – – – strands  –
answer_extension ✓ ✓ group group –       –
shape_plan       ✓ – group group –       –
approve_baseline ✓ ✓ group –     –       –
declare_health   ✓ – group –     –       –
record_risk      ✓ – group group strands –
edit_risk        ✓ – group group items   –
write_report     ✓ – group group –       –
write_owed_report – – –    –     given   –
approve_report   ✓ ✓ group –     –       –
issue_report     ✓ – group group –       –
ask_decision     ✓ – group group –       –
decide           – ✓ –     –     –       –
edit_directive   – ✓ –     –     –       –
hold_meeting     ✓ ✓ group group –       –
record_meeting   – – –     –     given   –
issue_minutes    ✓ – –     –     given   –
add_people       ✓ – group group –       –
administer       ✓ – –     –     –       –
"""


def test_the_table_is_the_products():
    expected = {
        Permission(name): tuple(WORDS[word] for word in words)
        for name, *words in (line.split() for line in PRODUCT.strip().splitlines())
    }

    assert expected == TABLE


def actor(column, strands=()):
    roles = {
        Column.LEAD: Role.DEPUTY,
        Column.SECRETARY: Role.SECRETARY,
        Column.MEMBER: Role.MEMBER,
        Column.OBSERVER: Role.OBSERVER,
    }
    posts = {HAL: (Post(roles[column], frozenset(strands)),)} if column in roles else {}
    return Actor(
        person_id=1,
        person_name="x",
        is_administrator=column is Column.ADMINISTRATOR,
        is_director=column is Column.DIRECTOR,
        posts=posts,
    )


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("permission", Permission)
def test_a_cell_reaches_as_far_as_it_says(permission, column):
    who, cell = actor(column), reach(permission, column)

    own = allows(who, permission, group_id=HAL, is_own=True)
    others = allows(who, permission, group_id=HAL)
    elsewhere = allows(who, permission, group_id=SOL, is_own=True)

    everything = reach(permission, Column.OBSERVER) is Reach.EVERYTHING
    given = reach(permission, Column.MEMBER) is Reach.GIVEN_ITEMS
    only_own = {Reach.NOTHING, Reach.OWN_ITEMS, Reach.GIVEN_ITEMS}
    assert own is (everything or given or cell is not Reach.NOTHING)
    assert others is (everything or cell not in only_own)
    assert elsewhere is (everything or given or cell is Reach.EVERYTHING)


def test_a_member_of_one_strand_creates_tasks_there_only():
    who = actor(Column.MEMBER, [Strand.METROLOGY])

    assert allows(who, Permission.CREATE_TASK, group_id=HAL, strand=Strand.METROLOGY)
    assert not allows(who, Permission.CREATE_TASK, group_id=HAL, strand=Strand.STANDARDS)


def test_the_strongest_of_several_posts_counts():
    who = Actor(
        person_id=1,
        person_name="x",
        posts={HAL: (Post(Role.OBSERVER), Post(Role.SECRETARY))},
    )

    assert allows(who, Permission.SHAPE_PLAN, group_id=HAL)


def test_somewhere_is_any_group_where_it_reaches_more_than_own_items():
    assert may_anywhere(actor(Column.LEAD), Permission.SHAPE_PLAN)
    assert may_anywhere(actor(Column.ADMINISTRATOR), Permission.SHAPE_PLAN)
    assert not may_anywhere(actor(Column.MEMBER), Permission.SHAPE_PLAN)
    assert not may_anywhere(actor(Column.DIRECTOR), Permission.SHAPE_PLAN)
