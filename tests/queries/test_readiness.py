from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests import factories as make
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import readiness as read

ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)
OUTSIDER = Actor(person_id=1, person_name="x")
DAY = date(2026, 12, 1)
STRANDS = tuple(Strand)


@pytest.fixture
def plan(db_session):
    """A group with one milestone a strand, each waiting for the one before it."""
    group, streams = make.whole_group(db_session)
    chain = [
        make.milestone(
            db_session,
            streams[strand],
            title=strand.value,
            baseline=DAY + timedelta(days=30 * number),
            forecast=DAY + timedelta(days=30 * number),
        )
        for number, strand in enumerate(STRANDS)
    ]
    for before, after in pairwise(chain):
        make.link(db_session, before, after, lag=5)
    return group, streams, chain


def told(subject):
    return [
        (stage.strand, [one.node.title for one in stage.items], stage.expected)
        for stage in subject.stages
    ]


def test_a_subject_goes_through_the_strands_in_their_order(plan):
    group, _, _ = plan

    (subject,) = read.of_group(ADMINISTRATOR, group).subjects

    assert told(subject) == [
        (strand, [strand.value], DAY + timedelta(days=30 * number))
        for number, strand in enumerate(STRANDS)
    ]
    assert not subject.is_published
    assert subject.gap.strand is Strand.STANDARDS
    assert subject.ready_on == DAY + timedelta(days=90)


def test_what_is_published_names_the_first_strand_that_is_not_ready(db_session, plan):
    group, _, chain = plan
    chain[0].closed_on = chain[1].closed_on = DAY
    db_session.flush()

    (subject,) = read.of_group(ADMINISTRATOR, group).subjects

    assert subject.is_published
    assert subject.gap.strand is Strand.CONFORMITY_ASSESSMENT
    assert [stage.is_done for stage in subject.stages] == [True, True, False, False]


def test_all_four_closed_is_ready(db_session, plan):
    group, _, chain = plan
    for milestone in chain:
        milestone.closed_on = DAY
    db_session.flush()

    (subject,) = read.of_group(ADMINISTRATOR, group).subjects

    assert subject.gap is None


def test_a_date_before_what_it_waits_for_is_put_right(db_session, plan):
    group, _, chain = plan
    chain[0].forecast = DAY + timedelta(days=40)
    db_session.flush()

    (subject,) = read.of_group(ADMINISTRATOR, group).subjects

    assert subject.stages[1].expected == date(2027, 1, 18)  # Sunday 10/01 counts as Monday
    assert subject.stages[3].expected == DAY + timedelta(days=90)


def test_a_later_standard_is_a_subject_of_its_own(db_session, plan):
    group, streams, chain = plan
    draft = make.milestone(db_session, streams[Strand.STANDARDS], title="Dự thảo", forecast=DAY)
    make.link(db_session, draft, chain[0])

    subjects = read.of_group(ADMINISTRATOR, group).subjects

    assert [subject.standard.title for subject in subjects] == ["standards"]


def test_a_strand_nobody_planned_is_a_gap_without_a_date(db_session):
    group, streams = make.whole_group(db_session)
    standard = make.milestone(db_session, streams[Strand.STANDARDS], forecast=DAY, closed_on=DAY)
    task = make.task(db_session, streams[Strand.METROLOGY], due=DAY)
    scheme = make.milestone(db_session, streams[Strand.CONFORMITY_ASSESSMENT])
    make.link(db_session, standard, task)
    make.link(db_session, task, scheme)

    (subject,) = read.of_group(ADMINISTRATOR, group).subjects

    assert [len(stage.items) for stage in subject.stages] == [1, 1, 1, 0]
    assert subject.gap.strand is Strand.METROLOGY
    assert subject.stages[1].items[0].node.code == task.code
    assert subject.ready_on is None
    assert subject.stages[2].expected == DAY


def test_other_groups_take_part_as_far_as_they_may_be_seen(db_session, plan):
    group, _, chain = plan
    _, theirs = make.whole_group(db_session, "SEC", "Mật", is_restricted=True)
    secret = make.milestone(db_session, theirs[Strand.INSPECTION], title="mật", forecast=DAY)
    make.link(db_session, chain[0], secret)

    def inspection(actor):
        (subject,) = read.of_group(actor, group).subjects
        return [one.node.title for one in subject.stages[3].items]

    assert inspection(ADMINISTRATOR) == ["inspection"]  # its own, where it has one
    chain[3].deleted_at = make.AGES_AGO
    db_session.flush()
    assert inspection(ADMINISTRATOR) == ["mật"]
    assert inspection(OUTSIDER) == []


def test_the_tightest_chain_comes_first_with_what_it_pushes(db_session, plan):
    group, _, chain = plan
    chain[3].forecast = chain[2].forecast + timedelta(days=7)
    chain[2].forecast += timedelta(days=1)
    db_session.flush()

    ((*_, third, last),) = read.chains(ADMINISTRATOR, group)

    assert (third.node.title, third.is_late, third.following.title) == (
        "conformity_assessment",
        True,
        "inspection",
    )
    assert (third.slack, last.slack, last.following) == (0, None, None)
    assert last.total == third.total == 15  # Monday 08/02 to Monday 01/03/2027


@pytest.mark.usefixtures("plan")
def test_chains_of_all_groups_and_of_one(db_session):
    other, streams = make.whole_group(db_session, "OTH", "Khác")
    alone, _ = make.whole_group(db_session, "ONE", "Một")
    first, second = (
        make.milestone(db_session, streams[Strand.METROLOGY], forecast=DAY) for _ in range(2)
    )
    make.link(db_session, first, second)

    assert len(read.chains(ADMINISTRATOR, None)) == 2
    assert [len(chain) for chain in read.chains(ADMINISTRATOR, other)] == [2]
    assert read.chains(ADMINISTRATOR, alone) == []
    assert read.of_group(ADMINISTRATOR, alone) == read.Readiness([], [])


def test_it_takes_the_same_statements_whatever_is_linked(db_session, plan, queries):
    group, streams, chain = plan
    with queries() as few:
        read.of_group(ADMINISTRATOR, group)
    for _ in range(3):
        make.link(db_session, chain[0], make.milestone(db_session, streams[Strand.INSPECTION]))
    db_session.flush()

    with queries() as many:
        read.of_group(ADMINISTRATOR, group)

    assert len(few) == len(many) == 5
