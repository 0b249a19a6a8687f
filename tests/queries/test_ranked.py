from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.attention import Hide, Kind
from tracker.lib.freshness import Coverage, Freshness
from tracker.lib.health import Health, Judgement, Reason
from tracker.models import Strand, TaskStatus
from tracker.policies.actor import Actor, Post, Role
from tracker.queries import attention, ranked
from tracker.queries.board import Cell, Row
from tracker.queries.decisions import Line, Stall
from tracker.queries.declarations import Declared
from tracker.queries.ranked import Waiting
from tracker.queries.standings import Standing

DIRECTOR = Actor(person_id=1, person_name="x", is_director=True)
FRESH = Freshness(TODAY, TODAY - timedelta(days=9))
LATE = Reason("milestone_past", {"milestone": "HAL-M1", "title": "Công bố", "days": 41})
SLIP = Reason("milestone_slip", {"milestone": "HAL-M1", "title": "Công bố", "days": 33})


def judged(*reasons, health=Health.LATE, freshness=FRESH):
    return Judgement(health, reasons, 9, 1, 8, 0, 0, 0, None, freshness)


def rows(standing, *, dimmed=False, key="HAL"):
    cell = Cell(key, Strand.METROLOGY, standing, is_dimmed=dimmed)
    return [Row(1, key, "Tổ Hal", None, False, None, None, 5, (cell,))]


def facts(point):
    return [(fact.measure, fact.number) for fact in point.item.facts]


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def test_a_milestone_stands_once_with_all_that_is_said_of_it(db_session, cast, stream):
    (point,) = ranked.points(DIRECTOR, rows(Standing(judged(LATE, SLIP))), TODAY).shown

    assert (point.item.subject, point.title, point.code) == (
        "milestone:HAL-M1",
        "Công bố",
        "HAL-M1",
    )
    assert (facts(point), point.item.is_red) == ([("late", 41), ("slip", 33)], True)


def test_what_waits_for_it_counts_as_far_as_one_sees_it(db_session, cast, stream):
    first = make.milestone(db_session, stream, "Công bố")
    then = make.milestone(db_session, make.stream_of(db_session, cast, strand=Strand.INSPECTION))
    secret = make.milestone(db_session, make.stream_of(db_session, cast, "SOL"))
    task = make.task(db_session, stream)
    for later in (then, secret, task):
        make.link(db_session, first, later)
    for over in (
        make.milestone(db_session, stream, closed_on=TODAY),
        make.task(db_session, stream, status=TaskStatus.DONE),
        make.task(db_session, stream, deleted_at=BY.at),
    ):
        make.link(db_session, first, over)
    said = rows(Standing(judged(replace(LATE, values=LATE.values | {"milestone": first.code}))))

    def seen(actor):
        (point,) = ranked.points(actor, said, TODAY).shown
        return point.item.blocks, point.strands

    member = Actor(person_id=1, person_name="x", posts={cast.groups["HAL"]: (Post(Role.MEMBER),)})
    assert seen(DIRECTOR) == (3, (Strand.METROLOGY, Strand.INSPECTION))
    assert seen(member) == (2, (Strand.METROLOGY, Strand.INSPECTION))


def test_a_blocked_task_that_is_gone_is_left_out(db_session, cast, stream):
    task = make.task(db_session, stream, "Pha khí")
    gone = make.task(db_session, stream, deleted_at=BY.at)
    reasons = [Reason("blocked_long", {"task": one.code, "days": 11}) for one in (task, gone)]

    found = ranked.points(
        DIRECTOR, rows(Standing(judged(*reasons, health=Health.AT_RISK))), TODAY
    ).shown

    assert [(point.title, facts(point)) for point in found] == [("Pha khí", [("age", 11)])]


def test_a_dispute_stale_plans_and_clusters_stand_by_their_workstream(db_session, cast):
    declared = Declared(
        1, 1, Health.ON_TRACK, Health.LATE, "Ổn.", "", "Hà", datetime(2026, 9, 1, tzinfo=UTC)
    )
    stale = Freshness(TODAY, date(2026, 11, 14), date(2026, 10, 12), Coverage(4, 7))
    cluster = Reason("overdue_share", {"overdue": 5, "open": 9, "percent": 55})
    standing = Standing(judged(cluster, freshness=stale), declared=declared)

    found = ranked.points(DIRECTOR, rows(standing), TODAY).shown

    assert [point.item.subject for point in found] == [
        "disputed:HAL-metrology",
        "overdue:HAL-metrology",
        "stale:HAL-metrology",
    ]
    assert found[0].declared is Health.ON_TRACK
    assert [facts(point) for point in found] == [
        [],
        [("tasks", 5)],
        [("age", 42), ("tasks", 3)],
    ]


def test_a_good_or_a_dimmed_cell_asks_for_nothing(db_session, cast):
    good = Standing(judged(Reason("on_plan"), health=Health.ON_TRACK))

    assert ranked.points(DIRECTOR, rows(good), TODAY).shown == []
    assert ranked.points(DIRECTOR, rows(Standing(judged(LATE)), dimmed=True), TODAY).shown == []


def question(late):
    return Line(
        **dict.fromkeys(
            ("background", "asked_by", "answer", "decided_by", "document_number", "answered_by"),
            "",
        ),
        **dict.fromkeys(
            ("recommended", "chosen", "decided_on", "document_date", "withdrawn_on"), None
        ),
        id=1,
        code="HAL-Q1",
        question="Chọn nơi nào?",
        group_id=1,
        group_key="HAL",
        group_name="Tổ Hal",
        group_name_en=None,
        options=(),
        wanted_from="Vinh",
        wanted_from_id=1,
        wanted_by=TODAY,
        asked_by_id=None,
        asked_on=TODAY,
        state="open",
        withdrawn_because="",
        version=1,
        age=11,
        late=late,
        left=0,
        stalls=(Stall("task", "HAL-1", "Đo", Strand.METROLOGY, None, False, True),),
    )


def test_questions_and_approvals_stand_among_the_rest(db_session, cast):
    submitted = attention.Item(
        "HAL-9", "Nộp", "HAL", "Tổ Hal", None, Strand.METROLOGY, "Ổn", TODAY - timedelta(days=4)
    )
    said = rows(Standing(judged(SLIP)))

    late = ranked.points(DIRECTOR, said, TODAY, Waiting([question(3)], [submitted])).shown
    early = ranked.points(DIRECTOR, said, TODAY, Waiting([question(0)], [submitted])).shown

    assert [point.item.kind for point in late] == [Kind.DECISION, Kind.MILESTONE, Kind.APPROVAL]
    assert [point.item.kind for point in early] == [Kind.MILESTONE, Kind.DECISION, Kind.APPROVAL]
    assert facts(late[0]) == [("blocks", 1), ("age", 11), ("late", 3)]
    assert facts(late[2]) == [("age", 4)]


def test_what_was_put_off_stands_apart_until_it_is_worse(db_session, cast):
    hide = Hide("milestone:HAL-M1", TODAY + timedelta(days=7), "Chờ.", (1, 1, 33, 0, 0))
    hides = {hide.subject: hide}

    put_off = ranked.points(DIRECTOR, rows(Standing(judged(LATE, SLIP))), TODAY, hides=hides)
    more = replace(SLIP, values=SLIP.values | {"days": 34})
    worse = ranked.points(DIRECTOR, rows(Standing(judged(LATE, more))), TODAY, hides=hides)

    assert (len(put_off.shown), [hide for _, hide in put_off.hidden]) == (0, [hide])
    assert put_off.find("milestone:HAL-M1") is put_off.hidden[0][0]
    assert (len(worse.shown), worse.hidden) == (1, [])
    assert worse.find("milestone:HAL-M9") is None
