import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import health
from tracker.lib.freshness import Freshness
from tracker.lib.health import (
    Health,
    Judgement,
    MilestoneFact,
    Reason,
    TaskFact,
    Thresholds,
    WorkstreamFacts,
)
from tracker.lib.workdays import Calendar
from tracker.words import language

TODAY = date(2026, 11, 22)
CALENDAR = Calendar()
BASELINE = date(2027, 1, 31)


def day(offset):
    return TODAY + timedelta(days=offset)


def judge(facts, *, today=TODAY, thresholds=None):
    return health.judge(facts, today, thresholds or Thresholds(), CALENDAR)


def milestone(*, slip=0, baseline=BASELINE, closed_on=None, code="HAL-M1"):
    forecast = baseline + timedelta(days=slip) if baseline else None
    return MilestoneFact(code, "Công bố TCVN", baseline, forecast, closed_on)


def begun(**values):
    """A workstream under way with one task far from due, so that only `values` decide."""
    return WorkstreamFacts(**{"begun": True, "open_dues": ((day(90), 1),), **values})


def open_tasks(*, overdue, in_time):
    dues = [(day(-1), overdue), (day(90), in_time)]
    return begun(open_dues=tuple((due, number) for due, number in dues if number))


# ---------------------------------------------------------------- the table, row by row


def test_no_milestone_and_no_task_is_no_plan():
    judged = judge(WorkstreamFacts())

    assert judged == Judgement(
        health=Health.NO_PLAN,
        reasons=(Reason("no_plan"),),
        total=0,
        done=0,
        open=0,
        overdue=0,
        due_soon=0,
        blocked=0,
        next_milestone=None,
        freshness=Freshness(day=TODAY, reference=date(2026, 11, 14)),
    )


def test_dropped_tasks_alone_are_no_plan_and_never_done():
    assert judge(WorkstreamFacts(dropped=3)).health is Health.NO_PLAN


@pytest.mark.parametrize(
    ("expected", "judged"),
    [(day(-1), Health.LATE), (day(0), Health.ON_TRACK), (day(1), Health.ON_TRACK)],
)
def test_an_open_milestone_is_past_the_day_after_its_date(expected, judged):
    by_baseline = MilestoneFact("HAL-M1", "Mốc", baseline=expected)
    by_forecast = MilestoneFact("HAL-M1", "Mốc", forecast=expected)

    assert judge(begun(milestones=(by_baseline,))).health is judged
    assert judge(begun(milestones=(by_forecast,))).health is judged


def test_the_forecast_counts_before_the_baseline():
    moved = MilestoneFact("HAL-M1", "Mốc", baseline=day(-3), forecast=day(3))

    assert judge(begun(milestones=(moved,))).health is Health.ON_TRACK


@pytest.mark.parametrize(
    ("slip", "judged"),
    [
        (-40, Health.ON_TRACK),
        (0, Health.ON_TRACK),
        (7, Health.ON_TRACK),
        (8, Health.AT_RISK),
        (30, Health.AT_RISK),
        (31, Health.LATE),
    ],
)
def test_the_slip_of_an_open_milestone_decides_by_days(slip, judged):
    assert judge(begun(milestones=(milestone(slip=slip),))).health is judged


def test_a_closed_milestone_is_judged_no_more():
    closed = milestone(slip=60, baseline=day(-90), closed_on=day(-20))

    assert judge(begun(milestones=(closed,))).health is Health.ON_TRACK


@pytest.mark.parametrize(
    ("overdue", "in_time", "judged"),
    [
        (0, 5, Health.ON_TRACK),
        (1, 0, Health.AT_RISK),  # all of them, but only one
        (1, 4, Health.AT_RISK),
        (2, 8, Health.LATE),  # exactly 20 %
        (2, 9, Health.AT_RISK),
        (2, 0, Health.LATE),
        (3, 12, Health.LATE),
        (3, 13, Health.AT_RISK),
    ],
)
def test_late_takes_a_fifth_of_the_open_tasks_and_two_of_them(overdue, in_time, judged):
    assert judge(open_tasks(overdue=overdue, in_time=in_time)).health is judged


def test_undated_tasks_are_open_and_in_time():
    facts = begun(open_dues=((day(-1), 2),), undated=9)

    assert judge(facts).health is Health.AT_RISK


@pytest.mark.parametrize(("days", "judged"), [(7, Health.ON_TRACK), (8, Health.AT_RISK)])
def test_a_task_blocked_for_more_than_a_week_is_a_risk(days, judged):
    assert judge(begun(blocked_since=((day(-days), "HAL-4"),))).health is judged


@pytest.mark.parametrize(
    "facts",
    [
        WorkstreamFacts(done=3, begun=True),
        WorkstreamFacts(begun=True, milestones=(milestone(closed_on=day(-1)),)),
        WorkstreamFacts(dropped=1, begun=True, milestones=(milestone(closed_on=day(-1)),)),
    ],
)
def test_everything_closed_is_done(facts):
    assert judge(facts).health is Health.DONE


@pytest.mark.parametrize(
    "facts",
    [
        begun(done=3, open_dues=(), undated=1),
        begun(done=3, open_dues=(), milestones=(milestone(),)),
    ],
)
def test_anything_open_is_not_done(facts):
    assert judge(facts).health is Health.ON_TRACK


@pytest.mark.parametrize(
    ("facts", "judged"),
    [
        (WorkstreamFacts(open_dues=((day(1), 1),)), Health.NOT_STARTED),
        (WorkstreamFacts(undated=1), Health.NOT_STARTED),
        (WorkstreamFacts(milestones=(milestone(),)), Health.NOT_STARTED),
        (WorkstreamFacts(open_dues=((day(0), 1),)), Health.ON_TRACK),
        (WorkstreamFacts(milestones=(milestone(baseline=day(0)),)), Health.ON_TRACK),
        (WorkstreamFacts(open_dues=((day(1), 1),), begun=True), Health.ON_TRACK),
        (WorkstreamFacts(milestones=(milestone(baseline=None),)), Health.NOT_STARTED),
    ],
)
def test_not_started_is_nothing_begun_and_nothing_due(facts, judged):
    assert judge(facts).health is judged


def test_thresholds_move_the_borders():
    gentle = Thresholds(
        risk_slip_days=20, late_slip_days=90, overdue_percent=50, overdue_least=5, blocked_days=30
    )
    facts = begun(milestones=(milestone(slip=20),), blocked_since=((day(-30), "HAL-4"),), undated=3)
    busy = open_tasks(overdue=4, in_time=0)

    assert judge(facts, thresholds=gentle).health is Health.ON_TRACK
    assert judge(facts).health is Health.AT_RISK
    assert judge(busy, thresholds=gentle).health is Health.AT_RISK


def test_a_threshold_of_zero_tasks_does_not_make_late_of_nothing():
    strict = Thresholds(overdue_percent=0, overdue_least=0)

    assert judge(begun(), thresholds=strict).health is Health.ON_TRACK


# ---------------------------------------------------------------- reasons and numbers


def test_late_names_every_fact_behind_it_the_worst_first():
    past = MilestoneFact("HAL-M1", "Dự thảo", baseline=day(-10), forecast=day(-4))
    slipped = milestone(slip=31, code="HAL-M2")
    more = milestone(slip=45, code="HAL-M3")
    facts = begun(open_dues=((day(-9), 2),), milestones=(past, slipped, more))

    assert judge(facts).reasons == (
        Reason(
            "milestone_past",
            {"milestone": "HAL-M1", "title": "Dự thảo", "date": day(-4), "days": 4},
        ),
        Reason(
            "milestone_slip",
            {
                "milestone": "HAL-M3",
                "title": "Công bố TCVN",
                "days": 45,
                "baseline": BASELINE,
                "forecast": BASELINE + timedelta(days=45),
            },
        ),
        Reason(
            "milestone_slip",
            {
                "milestone": "HAL-M2",
                "title": "Công bố TCVN",
                "days": 31,
                "baseline": BASELINE,
                "forecast": BASELINE + timedelta(days=31),
            },
        ),
        Reason("overdue_share", {"overdue": 2, "open": 2, "percent": 100}),
    )


def test_at_risk_names_every_fact_behind_it():
    facts = begun(
        open_dues=((day(-9), 1), (day(90), 9)),
        blocked_since=((day(-20), "HAL-4"), (day(-2), "HAL-5")),
        milestones=(milestone(slip=8),),
    )

    assert [reason.code for reason in judge(facts).reasons] == [
        "milestone_slip",
        "task_overdue",
        "blocked_long",
    ]
    assert judge(facts).reasons[1:] == (
        Reason("task_overdue", {"overdue": 1, "days": 9}),
        Reason("blocked_long", {"task": "HAL-4", "since": day(-20), "days": 20}),
    )


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (
            WorkstreamFacts(done=2, begun=True, milestones=(milestone(closed_on=day(-1)),)),
            Reason("all_closed", {"milestones": 1, "tasks": 2}),
        ),
        (WorkstreamFacts(undated=2), Reason("nothing_begun", {"tasks": 2})),
        (begun(), Reason("on_plan")),
    ],
)
def test_good_colours_name_their_fact_too(facts, reason):
    assert judge(facts).reasons == (reason,)


def test_a_reason_reads_as_a_sentence():
    facts = begun(milestones=(milestone(slip=31),), open_dues=((day(-9), 2), (day(90), 3)))
    vietnamese = language("vi")

    assert [vietnamese.sentence(r.code, **r.texts) for r in judge(facts).reasons] == [
        "Mốc HAL-M1 «Công bố TCVN» dự kiến 03/03/2027, chậm 31 ngày so với kế hoạch (31/01/2027).",
        "2 trong 5 nhiệm vụ chưa hoàn thành đã quá hạn (40%).",
    ]


def test_texts_of_a_reason_have_dates_written_out():
    reason = Reason("blocked_long", {"task": "HAL-4", "since": date(2026, 11, 2), "days": 20})

    assert reason.texts == {"task": "HAL-4", "since": "02/11/2026", "days": 20}


def test_a_judgement_carries_the_numbers_of_a_cell():
    later = milestone(slip=3, code="HAL-M2")
    nearer = milestone(slip=5, baseline=day(30), code="HAL-M3")
    undated = MilestoneFact("HAL-M4", "Chưa có ngày")
    closed = milestone(baseline=day(-30), closed_on=day(-30))
    facts = begun(
        done=4,
        dropped=1,
        undated=2,
        # Sunday today: three working days end on Wednesday, three days on.
        open_dues=((day(-1), 1), (day(0), 1), (day(3), 2), (day(4), 1)),
        blocked_since=((day(-1), "HAL-4"),),
        milestones=(undated, closed, later, nearer),
    )
    judged = judge(facts)

    assert (judged.total, judged.done, judged.open) == (11, 4, 7)
    assert (judged.overdue, judged.due_soon, judged.blocked) == (1, 3, 1)
    assert (judged.next_milestone, judged.slip_days) == (nearer, 5)


def test_slip_is_unknown_without_a_baseline():
    unplanned = MilestoneFact("HAL-M1", "Mốc", forecast=day(10))

    assert judge(begun(milestones=(unplanned,))).slip_days is None
    assert judge(begun()).slip_days is None


def test_a_milestone_without_forecast_has_not_slipped():
    assert MilestoneFact("HAL-M1", "Mốc", baseline=BASELINE).slip_days == 0


# ---------------------------------------------------------------- gathering


def test_gather_sums_up_tasks_and_milestones():
    tasks = [
        TaskFact("HAL-1", "done", due=day(-9), start=day(-30)),
        TaskFact("HAL-2", "doing", due=day(5), start=day(-3)),
        TaskFact("HAL-3", "paused", due=day(5)),
        TaskFact("HAL-4", "blocked", due=day(-1), blocked_since=day(-20)),
        TaskFact("HAL-5", "review"),
        TaskFact("HAL-6", "dropped", due=day(-50), start=day(-60)),
        TaskFact("HAL-7", "blocked", due=day(-50), blocked_since=day(-9), is_top_level=False),
    ]
    kept = milestone()

    assert health.gather(tasks, [kept]) == WorkstreamFacts(
        done=1,
        dropped=1,
        undated=1,
        open_dues=((day(-1), 1), (day(5), 2)),
        blocked_since=((day(-20), "HAL-4"),),
        begun=True,
        earliest_start=day(-30),
        milestones=(kept,),
    )


@pytest.mark.parametrize(
    ("tasks", "milestones", "has_begun"),
    [
        ([], [], False),
        ([TaskFact("HAL-1", "todo")], [milestone()], False),
        ([TaskFact("HAL-1", "dropped", progress=50)], [], False),
        ([TaskFact("HAL-1", "todo", progress=5)], [], True),
        ([TaskFact("HAL-1", "doing")], [], True),
        ([], [milestone(closed_on=TODAY)], True),
    ],
)
def test_gather_says_whether_anything_has_begun(tasks, milestones, has_begun):
    assert health.gather(tasks, milestones).begun is has_begun


# ---------------------------------------------------------------- properties

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
maybe_days = st.none() | days
milestone_facts = st.builds(
    MilestoneFact, st.just("HAL-M1"), st.text(max_size=5), *[maybe_days] * 4
)
task_facts = st.builds(
    TaskFact,
    st.sampled_from(["HAL-1", "HAL-2", "HAL-3"]),
    st.sampled_from(["todo", "doing", "blocked", "review", "done", "paused", "dropped"]),
    maybe_days,
    maybe_days,
    st.sampled_from([0, 50]),
    maybe_days,
    maybe_days,
    st.booleans(),
)
some_tasks = st.lists(task_facts, max_size=12)
some_milestones = st.lists(milestone_facts, max_size=3)


@given(some_tasks, some_milestones)
def test_facts_survive_json(tasks, milestones):
    facts = health.gather(tasks, milestones)
    stored = json.loads(json.dumps(facts.to_json()))

    assert WorkstreamFacts.from_json(stored) == facts


def test_facts_of_an_empty_object_are_no_plan():
    assert judge(WorkstreamFacts.from_json({})).health is Health.NO_PLAN


@given(some_tasks, some_milestones, days)
def test_one_more_overdue_task_never_improves_a_colour(tasks, milestones, today):
    overdue = TaskFact("HAL-9", "doing", due=today - timedelta(days=1))
    before = judge(health.gather(tasks, milestones), today=today).health
    after = judge(health.gather([*tasks, overdue], milestones), today=today).health

    assert not after.better_than(before)


@given(some_tasks.filter(bool), some_milestones, days)
def test_a_task_becoming_overdue_never_improves_a_colour(tasks, milestones, today):
    in_time = replace_due(tasks, today + timedelta(days=30))
    overdue = replace_due(tasks, today - timedelta(days=1))
    before = judge(health.gather(in_time, milestones), today=today).health
    after = judge(health.gather(overdue, milestones), today=today).health

    assert not after.better_than(before)


def replace_due(tasks, due):
    return [tasks[0]._replace(due=due), *tasks[1:]]


@given(some_tasks, some_milestones, days, st.integers(1, 400))
def test_time_passing_never_improves_a_colour(tasks, milestones, today, later):
    facts = health.gather(tasks, milestones)
    after = judge(facts, today=today + timedelta(days=later)).health

    assert not after.better_than(judge(facts, today=today).health)


@given(some_tasks, some_milestones, days)
def test_every_colour_has_a_reason_and_the_numbers_add_up(tasks, milestones, today):
    judged = judge(health.gather(tasks, milestones), today=today)

    assert [language("vi").sentence(reason.code, **reason.texts) for reason in judged.reasons]
    assert judged.total == judged.done + judged.open
    assert 0 <= judged.overdue + judged.due_soon <= judged.open


@given(st.lists(milestone_facts, max_size=2), days)
def test_without_task_and_milestone_there_is_never_a_plan(milestones, today):
    facts = health.gather([], milestones)

    assert (judge(facts, today=today).health is Health.NO_PLAN) is (not milestones)


@given(some_tasks, some_milestones, days, days, st.integers(0, 90), st.integers(1, 400))
def test_a_longer_slip_never_improves_a_colour(tasks, milestones, today, baseline, ahead, longer):
    """Of a forecast that is still to come: one that has passed is late by that alone."""

    def slipped_to(forecast):
        moved = MilestoneFact("HAL-M9", "", baseline, forecast)
        return judge(health.gather(tasks, [*milestones, moved]), today=today).health

    forecast = today + timedelta(days=ahead)

    assert not slipped_to(forecast + timedelta(days=longer)).better_than(slipped_to(forecast))


@given(some_tasks, some_milestones.filter(bool), days)
def test_closing_a_milestone_never_worsens_a_colour(tasks, milestones, today):
    is_open, is_closed = (
        [milestones[0]._replace(closed_on=closed_on), *milestones[1:]]
        for closed_on in (None, today)
    )
    before = judge(health.gather(tasks, is_open), today=today).health
    after = judge(health.gather(tasks, is_closed), today=today).health

    assert not before.better_than(after)


@given(some_tasks, some_milestones, days)
def test_finishing_an_overdue_task_never_worsens_a_colour(tasks, milestones, today):
    overdue = TaskFact("HAL-9", "doing", due=today - timedelta(days=1))
    before = judge(health.gather([*tasks, overdue], milestones), today=today).health
    finished = overdue._replace(status="done")
    after = judge(health.gather([*tasks, finished], milestones), today=today).health

    assert not before.better_than(after)


limits = st.builds(Thresholds, *[st.integers(0, 60)] * 2, *[st.integers(0, 100)] * 3)


@given(some_tasks, some_milestones, days, limits, limits)
def test_looser_limits_never_worsen_a_colour(tasks, milestones, today, one, other):
    facts = health.gather(tasks, milestones)
    tight, loose = (
        Thresholds(**{name: pick(getattr(one, name), getattr(other, name)) for name in vars(one)})
        for pick in (min, max)
    )

    before = judge(facts, today=today, thresholds=tight).health
    after = judge(facts, today=today, thresholds=loose).health

    assert not before.better_than(after)


# ---------------------------------------------------------------- what a declaration needs


@pytest.mark.parametrize(
    ("declared", "computed", "sentence", "recovery", "lacking"),
    [
        (Health.ON_TRACK, Health.ON_TRACK, "Đủ người.", "", ()),
        (Health.ON_TRACK, Health.ON_TRACK, " ", "", ("declared_sentence_needed",)),
        (Health.ON_TRACK, Health.AT_RISK, "", "", ("better_sentence_needed",)),
        (Health.ON_TRACK, Health.AT_RISK, "Đủ người.", "", ()),
        (Health.ON_TRACK, Health.LATE, "Đủ người.", "Thêm ca.", ()),
        (Health.ON_TRACK, Health.LATE, "Đủ người.", " ", ("recovery_needed",)),
        (Health.LATE, Health.ON_TRACK, "Hết tiền.", "", ("recovery_needed",)),
        (Health.NO_PLAN, Health.NO_PLAN, "x", "", ("declared_no_plan",)),
        (
            Health.ON_TRACK,
            Health.LATE,
            "",
            "",
            ("better_sentence_needed", "recovery_needed"),
        ),
    ],
)
def test_what_a_declaration_still_lacks(declared, computed, sentence, recovery, lacking):
    assert health.missing(declared, computed, sentence, recovery) == lacking


# ---------------------------------------------------------------- the scale


def test_shapes_are_those_of_the_design():
    assert {member.value: member.shape for member in Health} == {
        "no_plan": "◌",
        "late": "■",
        "at_risk": "▲",
        "done": "✓",
        "not_started": "○",
        "on_track": "●",
    }


def test_severity_orders_from_done_to_late():
    assert [member.severity for member in Health] == [2, 4, 3, 0, 1, 1]


@pytest.mark.parametrize(
    ("declared", "computed", "better"),
    [
        (Health.ON_TRACK, Health.LATE, True),
        (Health.AT_RISK, Health.LATE, True),
        (Health.ON_TRACK, Health.NO_PLAN, True),
        (Health.DONE, Health.ON_TRACK, True),
        (Health.LATE, Health.ON_TRACK, False),
        (Health.ON_TRACK, Health.NOT_STARTED, False),
        (Health.LATE, Health.LATE, False),
    ],
)
def test_better_than_flags_a_declaration_above_the_plan(declared, computed, better):
    assert declared.better_than(computed) is better


def test_when_all_are_closed_the_last_one_stands_for_the_workstream():
    facts = WorkstreamFacts(
        milestones=(
            MilestoneFact("A-M1", "Sau", date(2026, 9, 30), closed_on=date(2026, 9, 24)),
            MilestoneFact("A-M2", "Trước", date(2026, 3, 1), closed_on=date(2026, 3, 1)),
        )
    )

    judged = judge(facts, today=date(2026, 11, 23))

    assert judged.next_milestone is None
    assert judged.shown_milestone.code == "A-M1"
    assert judged.slip_days == -6


@pytest.mark.parametrize("limits", [Thresholds(), Thresholds(risk_slip_days=2, late_slip_days=4)])
@pytest.mark.parametrize("slip", [-9, 0, 2, 3, 4, 5, 7, 8, 30, 31])
def test_a_milestone_has_the_tone_of_the_colour_its_slip_gives(slip, limits):
    found = judge(begun(milestones=(milestone(slip=slip),)), thresholds=limits).health

    tones = {Health.LATE: "late", Health.AT_RISK: "risk", Health.ON_TRACK: ""}
    assert limits.tone(slip) == tones[found]
