from dataclasses import replace

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.health import Health
from tracker.models import Pillar, Role, Strand, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import board as boards
from tracker.queries import portfolio as read
from tracker.queries import standings
from tracker.queries.board import Filters
from tracker.queries.portfolio import Grouping
from tracker.services import programmes

DIRECTOR = Actor(person_id=0, person_name="Lãnh đạo", is_director=True)
STRANGER = Actor(person_id=0, person_name="Người lạ")


def shown(actor=DIRECTOR, filters=None):
    stand = standings.now(TODAY, {})
    return boards.board(actor, TODAY, filters or Filters(), stand)


def bundles(actor=DIRECTOR):
    return read.portfolio(shown(actor).rows, TODAY)


def named(found):
    return {bundle.name: sorted(bundle.groups) for bundle in found}


@pytest.fixture
def portfolio(db_session, cast):
    """Two programmes: Hội nhập of both groups of the cast, Xanh of the restricted one alone."""
    hal, sol = cast.groups["HAL"], cast.groups["SOL"]
    made = programmes.create(name="Hội nhập", groups=[hal, sol], by=BY)
    green = programmes.create(name="Xanh", groups=[sol], by=BY)
    db_session.commit()
    return made.id, green.id


def test_programmes_are_offered_with_the_groups_one_sees(portfolio, cast):
    hal, sol = cast.groups["HAL"], cast.groups["SOL"]

    assert named(bundles().programmes) == {"Hội nhập": sorted([hal, sol]), "Xanh": [sol]}
    assert named(bundles(STRANGER).programmes) == {"Hội nhập": [hal]}


def test_a_unit_finds_the_groups_of_its_people_and_of_the_units_below_it(db_session, cast):
    above = make.unit(db_session, "Ủy ban")
    below = make.unit(db_session, "Viện", parent_id=above.id)
    other = make.unit(db_session, "Trung tâm")
    group, _ = make.whole_group(db_session, "ZET")
    make.membership(db_session, group, make.person(db_session, "Trần An", unit=below))
    make.membership(db_session, group, make.person(db_session, "Lê Bình"), unit_id=other.id)
    gone = make.person(db_session, "Vũ Cũ", unit=make.unit(db_session, "Sở"))
    make.membership(db_session, group, gone, ends_on=make.AGES_AGO.date())
    db_session.commit()

    found = {name: ids for name, ids in named(bundles().units).items() if group.id in ids}

    assert found == {"Ủy ban": [group.id], "Viện": [group.id], "Trung tâm": [group.id]}


def test_leads_stand_in_vietnamese_order(db_session, cast):
    group, _ = make.whole_group(db_session, "ZET")
    make.membership(db_session, group, make.person(db_session, "Trần An"), Role.HEAD)
    db_session.commit()

    assert [bundle.name for bundle in bundles().leads] == [
        "Trần An",
        "Nguyễn Thị Đào",
        "Ngô Văn Kín",
    ]


def test_programme_and_unit_narrow_the_board_together(portfolio, cast):
    made, green = portfolio
    known = bundles()

    def keys(**asked):
        filters = read.resolved(Filters(**asked), known)
        return [row.key for row in shown(filters=filters).rows]

    assert keys(programme=made) == ["HAL", "SOL"]
    assert keys(programme=green) == ["SOL"]
    assert keys(programme=99999) == []
    assert keys(programme=made, unit=99999) == []


def test_a_pillar_keeps_workstreams_with_open_tasks_that_serve_it(db_session, cast):
    _, streams = make.whole_group(db_session, "ZET")
    for strand, status in (
        (Strand.METROLOGY, TaskStatus.DOING),
        (Strand.STANDARDS, TaskStatus.DONE),
        (Strand.INSPECTION, TaskStatus.DROPPED),
    ):
        make.task(db_session, streams[strand], pillar=Pillar.CULTURE, status=status)
    db_session.commit()

    filters = read.resolved(Filters(pillar=Pillar.CULTURE), bundles())
    board = shown(filters=filters)

    assert [row.key for row in board.rows] == ["ZET"]
    assert [cell.is_dimmed for cell in board.rows[0].cells] == [True, False, True, True]


def headings(sections):
    return [
        (section.bundle.name if section.bundle else None, [row.key for row in section.rows])
        for section in sections
    ]


def test_a_group_of_two_programmes_stands_under_both_and_the_others_last(db_session, portfolio):
    make.whole_group(db_session, "ZET")
    db_session.commit()
    rows, known = shown().rows, bundles()

    assert headings(read.sections(rows, Grouping.PROGRAMME, known)) == [
        ("Hội nhập", ["HAL", "SOL"]),
        ("Xanh", ["SOL"]),
        (None, ["ZET"]),
    ]
    assert headings(read.sections(rows, Grouping.LEAD, known)) == [
        ("Nguyễn Thị Đào", ["HAL"]),
        ("Ngô Văn Kín", ["SOL"]),
        (None, ["ZET"]),
    ]
    assert headings(read.sections(rows, Grouping.NONE, known)) == [(None, ["HAL", "SOL", "ZET"])]


def test_the_programme_asked_for_is_the_only_heading(portfolio):
    known = bundles()
    rows = shown(filters=read.resolved(Filters(programme=portfolio[1]), known)).rows

    sections = read.sections(rows, Grouping.PROGRAMME, known, portfolio[1])

    assert headings(sections) == [("Xanh", ["SOL"])]


def test_a_section_sums_up_what_is_not_dimmed(db_session, cast):
    rows = shown().rows
    cells = tuple(replace(cell, is_dimmed=place > 1) for place, cell in enumerate(rows[0].cells))
    section = read.Section(None, (replace(rows[0], cells=cells),))

    assert sum(section.health.values()) == 2
    assert list(section.health) == sorted(section.health, key=lambda one: -Health(one).severity)
    assert section.overdue == sum(cell.judgement.overdue for cell in cells[:2])
