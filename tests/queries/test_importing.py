from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests import plans
from tests.conftest import NOW
from tracker.extensions import db
from tracker.lib.plan_file import PlanFile, Problem
from tracker.models import (
    Group,
    Milestone,
    MoveReason,
    Person,
    Role,
    Strand,
    Task,
    TaskStatus,
    Unit,
    UnitName,
    Workstream,
)
from tracker.policies.actor import Actor, Post
from tracker.queries import importing as read
from tracker.queries.importing import Answers, Outcome, wording
from tracker.services import baselines, milestones, tasks
from tracker.services import importing as do
from tracker.services.act import Act, Why
from tracker.words import language

TODAY = make.TODAY
ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)
ACT = Act(person_id=None, at=NOW, cause="web")
WHY = Why(reason=MoveReason.BUDGET)
LATER = Act(person_id=None, at=NOW + timedelta(hours=1), cause="web")
EARLY = date(2026, 12, 15)
STATUS_TOO = (*plans.COLUMNS, plans.STATUS)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast, strand=Strand.STANDARDS)


def preview(*rows, answers=None, actor=ADMINISTRATOR, **more):
    plan = rows[0] if rows and isinstance(rows[0], PlanFile) else plans.file(*rows, **more)
    return read.of_plan(plan, answers or Answers(), start=None, actor=actor, today=TODAY)


def outcome(*rows, **more):
    return [(row.outcome.value, row.title) for row in preview(*rows, **more).rows]


def changes(*rows, **more):
    return {
        change.field: (change.old, change.new)
        for row in preview(*rows, **more).rows
        for change in row.changes
    }


def codes(*rows, **more):
    """The codes of all problems, with the cells they name."""
    return [(p.code, p.cell) for row in preview(*rows, **more).rows for p in row.problems]


def imported(*rows, act=ACT, why=WHY, **more):
    """Confirm a file with those rows."""
    plan = plans.file(*rows, **more)
    draft = do.draft(plan, b"x", "x.xlsx", group=None, by=act)
    do.apply(draft, preview(plan), why=why, by=act)
    return draft


# ------------------------------------------------------------------ which row is which thing


def test_everything_is_new_in_an_empty_group(db_session):
    shown = preview(plans.milestone(2), plans.task(3, milestone="Công bố TCVN"))

    assert [row.outcome for row in shown.rows] == [Outcome.NEW, Outcome.NEW]
    assert (shown.counts["new_milestones"], shown.counts["new_tasks"]) == (1, 1)


def test_a_row_is_the_task_of_its_strand_with_the_same_title_but_for_marks_and_capitals(
    db_session, stream
):
    make.task(db_session, stream, title="Soạn dự thảo")

    assert outcome(plans.task(2, "Soạn dự thảo")) == [("unchanged", "Soạn dự thảo")]
    assert changes(plans.task(2, "SOẠN DỰ THẢO")) == {"title": ("Soạn dự thảo", "SOẠN DỰ THẢO")}


def test_the_same_title_in_another_strand_is_another_task(db_session, stream):
    make.task(db_session, stream, title="Soạn dự thảo")

    assert outcome(plans.task(2, strand="metrology")) == [("new", "Soạn dự thảo")]


def test_the_code_counts_more_than_the_title(db_session, stream):
    task = make.task(db_session, stream, title="Tên cũ")

    assert changes(plans.task(2, "Tên mới", code=task.code)) == {"title": ("Tên cũ", "Tên mới")}


def test_a_code_that_is_not_of_the_group_is_said_and_the_title_counts(db_session, stream):
    make.task(db_session, stream, title="Soạn dự thảo")

    assert outcome(plans.task(2, code="HAL-99")) == [("unchanged", "Soạn dự thảo")]
    assert codes(plans.task(2, code="HAL-99")) == [("plan_code_unknown", "A2")]


def test_a_code_in_the_trash_is_said(db_session, stream):
    task = make.task(db_session, stream, title="Soạn dự thảo", deleted_at=NOW)

    assert outcome(plans.task(2, code=task.code)) == [("new", "Soạn dự thảo")]
    assert codes(plans.task(2, code=task.code)) == [("plan_code_in_trash", "A2")]


def test_two_rows_with_one_code_are_not_one_task(db_session, stream):
    task = make.task(db_session, stream)

    shown = preview(plans.task(2, "Một", code=task.code), plans.task(3, "Hai", code=task.code))

    assert [row.outcome for row in shown.rows] == [Outcome.CHANGED, Outcome.LEFT_OUT]
    assert shown.rows[1].problems[0].code == "plan_row_twice"


def test_of_two_subtasks_of_one_title_each_is_found_below_its_task(db_session, stream):
    first, second = (make.task(db_session, stream, title=title) for title in ("Một", "Hai"))
    below_second = make.task(db_session, stream, title="Hội thảo", parent_id=second.id)
    below_first = make.task(db_session, stream, title="Hội thảo", parent_id=first.id)

    shown = preview(
        plans.task(2, "Một"),
        plans.part(3, "Hội thảo", 2),
        plans.task(4, "Hai"),
        plans.part(5, "Hội thảo", 4),
    )

    assert [row.thing.code for row in shown.rows] == [
        first.code,
        below_first.code,
        second.code,
        below_second.code,
    ]


def test_a_subtask_whose_task_cannot_be_imported_stays_out_with_it(db_session):
    blocked = Problem("Hal", "G2", 2, "plan_date_unreadable", {"value": "mai"}, is_blocking=True)

    shown = preview(plans.task(2), plans.part(3, "Hội thảo", 2), problems=[blocked])

    assert [row.outcome for row in shown.rows] == [Outcome.LEFT_OUT, Outcome.LEFT_OUT]
    assert shown.rows[1].problems[0].code == "plan_part_without_task"


def test_tasks_below_a_milestone_that_cannot_be_imported_stand_outside(db_session):
    blocked = Problem("Hal", "G2", 2, "plan_date_unreadable", {"value": "mai"}, is_blocking=True)
    rows = (plans.milestone(2), plans.task(3, milestone="Công bố TCVN"))

    shown = preview(*rows, problems=[blocked])

    assert [row.outcome for row in shown.rows] == [Outcome.LEFT_OUT, Outcome.NEW]
    assert shown.rows[1].home is None
    assert shown.rows[1].problems[0].code == "plan_milestone_left_out"


def test_a_milestone_that_is_only_named_in_a_column_is_made_and_said(db_session):
    shown = preview(plans.task(2, milestone="Công bố"), plans.task(3, "Hai", milestone="Công bố"))

    assert [(row.kind, row.title) for row in shown.rows] == [
        ("milestone", "Công bố"),
        ("task", "Soạn dự thảo"),
        ("task", "Hai"),
    ]
    assert shown.rows[0].problems[0].code == "plan_milestone_implied"


def test_a_row_without_a_title_is_listed_with_its_reason(db_session):
    problem = Problem("Hal", "B4", 4, "plan_title_missing", is_blocking=True)

    shown = preview(plans.task(2), problems=[problem])

    assert [(row.row, row.outcome) for row in shown.rows] == [(2, "new"), (4, "left_out")]


def test_what_the_file_does_not_mention_is_counted_and_left_alone(db_session, stream):
    make.task(db_session, stream, title="Khác hẳn")
    make.milestone(db_session, stream)

    assert preview(plans.task(2)).counts["unmentioned"] == 2


# ------------------------------------------------------------------ near titles


def test_a_nearly_equal_title_is_asked(db_session, stream):
    task = make.task(db_session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn")
    row = plans.task(2, "Lấy ý kiến các dự thảo tiêu chuẩn")

    shown = preview(row)

    assert shown.rows[0].outcome is Outcome.ASKED
    assert [thing.code for thing in shown.rows[0].candidates] == [task.code]
    assert outcome(row, answers=Answers(same={"same-0-2": "new"})) == [("new", row.title)]
    assert changes(row, answers=Answers(same={"same-0-2": task.code})) == {
        "title": (task.title, row.title)
    }


def test_an_answer_can_be_taken_back(db_session, stream):
    task = make.task(db_session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn")
    row = plans.task(2, "Lấy ý kiến các dự thảo tiêu chuẩn")

    shown = preview(row, answers=Answers(same={"same-0-2": task.code}))

    assert [one.name for one in shown.asked] == ["same-0-2"]
    assert shown.asked[0].answer == task.code


def test_a_title_that_another_row_bears_is_not_asked(db_session, stream):
    make.task(db_session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn")

    shown = preview(
        plans.task(2, "Lấy ý kiến dự thảo tiêu chuẩn"),
        plans.task(3, "Lấy ý kiến các dự thảo tiêu chuẩn"),
    )

    assert [row.outcome for row in shown.rows] == [Outcome.UNCHANGED, Outcome.NEW]


# ------------------------------------------------------------------ what differs


def test_empty_cells_leave_everything_alone(db_session, stream):
    make.task(
        db_session,
        stream,
        title="Soạn dự thảo",
        due=EARLY,
        result="Dự thảo",
        progress=40,
        status=TaskStatus.DOING,
        description="Mô tả",
    )

    assert outcome(plans.task(2)) == [("unchanged", "Soạn dự thảo")]


def test_each_field_that_differs_is_shown_with_old_and_new(db_session, stream):
    make.task(db_session, stream, title="Soạn dự thảo", due=EARLY, result="Cũ")
    row = plans.task(
        2,
        due=plans.DUE,
        result="Mới",
        note="Chờ",
        start=date(2026, 1, 1),
        priority="urgent",
        assigning_document="185/QĐ-TĐC",
    )

    found = changes(row)

    assert {name: new for name, (_, new) in found.items()} == {
        "due": plans.DUE,
        "result": "Mới",
        "description": "Chờ",
        "start": date(2026, 1, 1),
        "priority": "urgent",
        "assigning_document": "185/QĐ-TĐC",
    }
    assert found["due"] == (EARLY, plans.DUE)


def test_only_a_date_that_was_set_moves(db_session, stream):
    make.task(db_session, stream, title="Một", due=EARLY)
    make.task(db_session, stream, title="Hai")

    shown = preview(plans.task(2, "Một", due=plans.DUE), plans.task(3, "Hai", due=plans.DUE))

    assert shown.counts["moves"] == 1


def test_a_first_forecast_away_from_the_due_date_moves(db_session, stream):
    make.task(db_session, stream, title="Một", due=EARLY)
    make.task(db_session, stream, title="Hai", due=EARLY)

    shown = preview(
        plans.task(2, "Một", due=EARLY, forecast=plans.DUE),
        plans.task(3, "Hai", due=EARLY, forecast=EARLY),
    )

    assert shown.counts["moves"] == 1


@pytest.mark.parametrize(
    ("stored", "said", "becomes"),
    [
        ({"status": TaskStatus.TODO}, {"status": "doing", "progress": 45}, ("doing", 45, None)),
        (
            {"status": TaskStatus.BLOCKED},
            {"status": "doing", "progress": 45},
            ("blocked", 45, None),
        ),
        (
            {"status": TaskStatus.DOING, "progress": 30},
            {"status": "done", "progress": 100, "finished_on": date(2026, 11, 2)},
            ("done", 100, date(2026, 11, 2)),
        ),
        (
            {"status": TaskStatus.DOING, "progress": 30},
            {"status": "done", "progress": 100},
            ("done", 100, TODAY),
        ),
        (
            {"status": TaskStatus.DONE, "progress": 100, "finished_on": date(2026, 11, 2)},
            {"status": "doing", "progress": 80},
            ("doing", 80, None),
        ),
        (
            {"status": TaskStatus.PAUSED, "progress": 0},
            {"status": "todo", "progress": 0},
            ("paused", 0, None),
        ),
    ],
)
def test_without_a_status_column_the_share_speaks_of_beginning_and_end_only(
    db_session, stream, stored, said, becomes
):
    make.task(db_session, stream, title="Soạn dự thảo", **stored)

    found = changes(plans.task(2, **said))

    task = db_session.query(Task).filter_by(title="Soạn dự thảo").one()
    fields = ("status", "progress", "finished_on")
    assert tuple(found.get(name, (0, getattr(task, name)))[1] for name in fields) == becomes


def test_a_status_column_says_what_it_says(db_session, stream):
    make.task(db_session, stream, title="Soạn dự thảo", status=TaskStatus.BLOCKED)

    found = changes(plans.task(2, status="paused", progress=10), columns=STATUS_TOO)

    assert found == {"status": ("blocked", "paused"), "progress": (0, 10)}


def test_what_is_finished_without_a_day_is_finished_on_the_day_of_the_import(db_session, stream):
    make.task(db_session, stream, title="Soạn dự thảo", status=TaskStatus.DOING, due=EARLY)
    row = plans.task(2, status="done", progress=100)

    assert codes(row) == [("plan_finished_today", None)]
    assert changes(row)["finished_on"] == (None, TODAY)


def test_what_was_handed_in_is_finished_on_that_day(db_session, stream):
    handed_in = TODAY - timedelta(days=4)
    make.task(
        db_session,
        stream,
        title="Soạn dự thảo",
        status=TaskStatus.REVIEW,
        progress=100,
        submitted_on=handed_in,
    )
    row = plans.task(2, status="done", progress=100)

    assert codes(row) == []
    assert changes(row)["finished_on"] == (None, handed_in)


def test_a_day_of_finishing_to_come_keeps_the_row_out(db_session):
    row = plans.task(2, status="done", finished_on=TODAY + timedelta(days=1))

    assert codes(row) == [("plan_finished_in_future", "O2")]
    assert outcome(row) == [("left_out", "Soạn dự thảo")]


def test_a_day_of_finishing_beside_another_status_is_left_and_said(db_session):
    row = plans.task(2, status="doing", finished_on=TODAY)

    assert codes(row, columns=STATUS_TOO) == [("plan_finished_left", "O2")]


def test_an_end_before_the_start_that_is_there_keeps_the_row_out(db_session, stream):
    make.task(db_session, stream, title="Soạn dự thảo", start=plans.DUE)

    assert codes(plans.task(2, due=EARLY)) == [("plan_due_before_start", "J2")]
    assert codes(plans.task(2, forecast=EARLY)) == [("plan_forecast_before_start", "K2")]


def test_a_task_below_another_milestone_moves_there(db_session, stream):
    old, new = (make.milestone(db_session, stream, title=title) for title in ("Một", "Hai"))
    make.task(db_session, stream, title="Soạn dự thảo", milestone=old)

    found = changes(plans.milestone(2, "Hai", due=None), plans.task(3, milestone="Hai"))

    assert (found["milestone_id"][0].id, found["milestone_id"][1].id) == (old.id, new.id)


def test_a_task_told_by_its_code_moves_to_another_strand(db_session, stream):
    milestone = make.milestone(db_session, stream)
    task = make.task(db_session, stream, title="Soạn dự thảo", milestone=milestone)

    found = changes(plans.task(2, code=task.code, strand="metrology"))

    assert found["workstream_id"] == (Strand.STANDARDS, Strand.METROLOGY)
    assert found["milestone_id"][1] is None


def test_a_milestone_told_by_its_code_does_not_change_its_strand(db_session, stream):
    milestone = make.milestone(db_session, stream)
    row = plans.milestone(2, code=milestone.code, strand="metrology")

    assert codes(row) == [("plan_milestone_of_other_strand", "A2")]


# ------------------------------------------------------------------ dates of milestones


def test_the_date_of_a_draft_milestone_is_its_baseline_and_its_forecast(db_session, stream):
    make.milestone(db_session, stream, title="Công bố TCVN", baseline=EARLY, forecast=EARLY)

    assert changes(plans.milestone(2)) == {
        "baseline": (EARLY, plans.DUE),
        "forecast": (EARLY, plans.DUE),
    }


def test_an_approved_milestone_keeps_its_baseline_and_its_forecast_moves(db_session, stream):
    make.milestone(db_session, stream, title="Công bố TCVN", baseline=EARLY, forecast=EARLY)
    approve(db_session, stream)

    assert changes(plans.milestone(2)) == {"forecast": (EARLY, plans.DUE)}


def test_a_milestone_added_after_the_approval_is_a_draft_still(db_session, stream):
    make.milestone(db_session, stream, title="Khác", baseline=EARLY, forecast=EARLY)
    approve(db_session, stream)
    make.milestone(db_session, stream, title="Công bố TCVN", baseline=EARLY, forecast=EARLY)

    assert changes(plans.milestone(2)) == {
        "baseline": (EARLY, plans.DUE),
        "forecast": (EARLY, plans.DUE),
    }


def test_a_forecast_moved_here_stays_where_the_file_repeats_the_baseline(db_session, stream):
    make.milestone(db_session, stream, title="Công bố TCVN", baseline=plans.DUE, forecast=EARLY)

    assert changes(plans.milestone(2)) == {}


def test_a_forecast_column_moves_the_forecast_alone(db_session, stream):
    make.milestone(db_session, stream, title="Công bố TCVN", baseline=plans.DUE, forecast=plans.DUE)

    assert changes(plans.milestone(2, forecast=EARLY)) == {"forecast": (plans.DUE, EARLY)}


def test_a_closed_milestone_keeps_its_dates_and_it_is_said(db_session, stream):
    make.milestone(
        db_session, stream, title="Công bố TCVN", baseline=EARLY, forecast=EARLY, closed_on=EARLY
    )

    assert changes(plans.milestone(2)) == {}
    assert codes(plans.milestone(2)) == [("plan_milestone_closed", None)]


def test_a_file_cannot_close_a_milestone_and_it_is_said(db_session):
    assert codes(plans.milestone(2, status="done", progress=100)) == [
        ("plan_milestone_done_left", None)
    ]


def approve(session, stream):
    baselines.approve(
        stream.group, document_number="12/QĐ-TĐC", document_date=date(2026, 11, 1), by=ACT
    )
    session.flush()


# ------------------------------------------------------------------ what the file said before


def test_the_same_file_twice_changes_nothing(db_session):
    rows = (
        plans.milestone(2),
        plans.task(
            3,
            milestone="Công bố TCVN",
            owner="Đỗ Mai Lan",
            lead_unit="QUATEST 1",
            cooperating_units=("BoA", "QUACERT"),
            participants=("Vũ Hải Yến", "Đỗ Mai Lan"),
            due=EARLY,
            status="doing",
            progress=30,
            note="Ghi chú",
        ),
        plans.part(4, "Hội thảo", 3, owner="Đỗ Mai Lan"),
    )
    imported(*rows)

    shown = preview(*rows)

    assert [row.outcome for row in shown.rows] == [Outcome.UNCHANGED] * 3
    assert shown.does_nothing


def test_the_same_file_changes_nothing_either_after_people_worked_on(db_session):
    other = make.person(db_session, "Người khác")
    rows = (plans.milestone(2), plans.task(3, due=EARLY, status="doing", progress=30, owner="Lan"))
    imported(*rows)
    task = db_session.query(Task).filter_by(title="Soạn dự thảo").one()
    milestone = db_session.query(Milestone).filter_by(title="Công bố TCVN").one()
    tasks.change_status(task, TaskStatus.DONE, by=LATER)
    tasks.edit(task, {"due": plans.DUE, "owner_id": other.id}, by=LATER, why=WHY)
    milestones.move_forecast(milestone, EARLY, by=LATER, why=WHY)

    shown = preview(*rows)

    assert [row.outcome for row in shown.rows] == [Outcome.UNCHANGED] * 2
    assert {change.field for change in shown.rows[1].kept} == {
        "status",
        "progress",
        "due",
        "owner_id",
    }


def test_what_the_file_changed_counts_even_where_people_worked_on(db_session):
    imported(plans.task(3, due=EARLY, progress=30, status="doing", result="Cũ"))
    task = db_session.query(Task).filter_by(title="Soạn dự thảo").one()
    tasks.edit(task, {"result": "Ở đây"}, by=LATER)

    found = changes(plans.task(3, due=EARLY, progress=30, status="doing", result="Mới"))

    assert found == {"result": ("Ở đây", "Mới")}


def test_what_an_undone_import_said_does_not_count(db_session):
    draft = imported(plans.task(3, result="Cũ"))
    task = db_session.query(Task).filter_by(title="Soạn dự thảo").one()
    tasks.edit(task, {"result": "Ở đây"}, by=LATER)
    do.undo(draft, sentence="x", by=LATER)

    assert changes(plans.task(3, result="Cũ")) == {"result": ("Ở đây", "Cũ")}


def test_rows_in_another_order_change_places(db_session):
    imported(plans.task(2, "Một"), plans.task(3, "Hai"), plans.task(4, "Ba"))

    shown = preview(plans.task(2, "Ba"), plans.task(3, "Một"), plans.task(4, "Hai"))

    assert [[change.field for change in row.changes] for row in shown.rows] == [["position"]] * 3


def test_an_order_changed_here_stays_where_the_file_keeps_its_own(db_session):
    imported(plans.task(2, "Một"), plans.task(3, "Hai"))
    first, second = (db_session.query(Task).filter_by(title=t).one() for t in ("Một", "Hai"))
    stream = db_session.get(Workstream, first.workstream_id)
    tasks.place(second, by=LATER, workstream=stream, before=first)
    db_session.flush()

    assert preview(plans.task(2, "Một"), plans.task(3, "Hai")).does_nothing


# ------------------------------------------------------------------ persons and units


def owner_of(said, **more):
    """Whom the name means: (id, name), and how sure it is where somebody should look."""
    shown = preview(plans.task(2, owner=said), **more)
    named = shown.rows[0].values.get("owner_id")
    asked = [(name.sureness.value, name.meant) for name in shown.names]
    return (named.id, named.name) if named else None, asked


def test_a_name_written_alike_is_known(db_session):
    person = make.person(db_session, "Đỗ Mai Lan")

    assert owner_of("ĐỖ MAI LAN") == ((person.id, "Đỗ Mai Lan"), [])


def test_a_name_without_marks_is_guessed(db_session):
    person = make.person(db_session, "Đỗ Mai Lan")

    assert owner_of("Do Mai Lan") == ((person.id, "Đỗ Mai Lan"), [("guessed", "Đỗ Mai Lan")])


def test_a_name_with_other_marks_is_somebody_else(db_session):
    make.person(db_session, "Đỗ Mai Lan")

    assert owner_of("Đỗ Mai Lân") == ((None, "Đỗ Mai Lân"), [("new", "Đỗ Mai Lân")])


def test_of_two_of_one_name_the_member_of_the_group_is_meant(db_session, cast):
    make.person(db_session, "Đỗ Mai Lan")
    member = make.person(db_session, "Đỗ Mai Lan")
    make.membership(db_session, db_session.get(Group, cast.groups["HAL"]), member, Role.MEMBER)

    found, _ = owner_of("Đỗ Mai Lan")

    assert found == (member.id, "Đỗ Mai Lan")


def test_of_two_of_one_name_nobody_is_meant_until_somebody_says_who(db_session):
    unit = make.unit(db_session, "Viện Đo lường", abbreviation="VMI")
    make.person(db_session, "Đỗ Mai Lan")
    second = make.person(db_session, "Đỗ Mai Lan", unit=unit)

    found, asked = owner_of("Đỗ Mai Lan")
    key = preview(plans.task(2, owner="Đỗ Mai Lan")).names[0].key
    chosen, _ = owner_of("Đỗ Mai Lan", answers=Answers(names={key: "Đỗ Mai Lan (VMI)"}))

    assert (found, asked) == (None, [("unclear", "")])
    assert chosen == (second.id, "Đỗ Mai Lan")
    assert codes(plans.task(2, owner="Đỗ Mai Lan")) == [("plan_name_left_empty", "G2")]


def test_somebody_who_left_is_not_meant(db_session):
    make.person(db_session, "Đỗ Mai Lan", valid_to=date(2026, 1, 1))

    assert owner_of("Đỗ Mai Lan") == ((None, "Đỗ Mai Lan"), [("new", "Đỗ Mai Lan")])


def test_a_new_name_can_be_left_empty_or_put_otherwise(db_session):
    key = preview(plans.task(2, owner="P. Kế hoạch")).names[0].key

    assert owner_of("P. Kế hoạch", answers=Answers(names={key: ""})) == (None, [("empty", "")])
    assert owner_of("P. Kế hoạch", answers=Answers(names={key: "Vũ An"})) == (
        (None, "Vũ An"),
        [("new", "Vũ An")],
    )


def test_one_new_person_is_added_once_however_often_and_however_it_is_written(db_session):
    shown = preview(
        plans.task(2, owner="Do Mai Lan"),
        plans.task(3, "Hai", owner="Đỗ Mai Lan", participants=("ĐỖ MAI LAN",)),
    )

    assert [named.name for named in shown.to_add] == ["Đỗ Mai Lan"]


@pytest.mark.parametrize("said", ["VMI", "vmi", "Viện đo lường Việt Nam", "Trung tâm Đo lường"])
def test_a_unit_is_found_by_name_abbreviation_and_former_name(db_session, said):
    unit = make.unit(db_session, "Viện Đo lường Việt Nam", abbreviation="VMI")
    make.add(
        db_session,
        UnitName(unit_id=unit.id, valid_from=date(1999, 1, 1), name="Trung tâm Đo lường"),
    )

    shown = preview(plans.task(2, lead_unit=said))

    assert shown.rows[0].values["lead_unit_id"].id == unit.id


def test_who_may_not_add_people_is_told_what_stays_empty(db_session, cast):
    shown = read.of_plan(
        plans.file(plans.task(2, owner="Đỗ Mai Lan", lead_unit="QUATEST 1")),
        Answers(),
        start=None,
        actor=Actor(person_id=1, person_name="x", posts={cast.groups["HAL"]: (Post(Role.HEAD),)}),
        today=TODAY,
    )

    assert [named.name for named in shown.to_add] == ["Đỗ Mai Lan", "QUATEST 1"]
    assert db_session.query(Person).filter_by(full_name="Đỗ Mai Lan").count() == 0
    assert db_session.query(Unit).filter_by(name="QUATEST 1").count() == 0


# ------------------------------------------------------------------ sheets and groups


def groups_of(plan, actor=ADMINISTRATOR, **answers):
    shown = read.of_plan(plan, Answers(**answers), start=None, actor=actor, today=TODAY)
    return [sheet.group.key if sheet.group else None for sheet in shown.sheets]


@pytest.mark.parametrize("name", ["Hal", "HAL", "Tổ công tác Hal", "to cong tac: Hal", "Nhóm Hal"])
def test_a_sheet_is_for_the_group_whose_name_or_key_it_bears(db_session, name):
    assert groups_of(PlanFile((plans.sheet(plans.task(2), name=name),))) == ["HAL"]


def test_a_sheet_of_no_known_name_is_asked(db_session):
    plan = PlanFile((plans.sheet(plans.task(2), name="Khác"), plans.sheet(name="Hal")))

    assert groups_of(plan) == [None, "HAL"]
    assert groups_of(plan, groups={"Khác": "SOL"}) == ["SOL", "HAL"]
    assert groups_of(plan, groups={"Khác": "SOL", "Hal": ""}) == ["SOL", None]


def test_a_group_whose_plan_one_may_not_shape_is_no_choice(db_session, cast):
    head = Actor(person_id=1, person_name="x", posts={cast.groups["HAL"]: (Post(Role.HEAD),)})
    plan = PlanFile((plans.sheet(name="Hal"), plans.sheet(plans.task(2), name="SOL")))

    assert groups_of(plan, head) == ["HAL", None]
    assert groups_of(plan, head, groups={"SOL": "SOL"}) == ["HAL", None]


def test_a_file_of_one_sheet_goes_where_it_was_brought(db_session, cast):
    plan = PlanFile((plans.sheet(plans.task(2), name="Khác"),))

    shown = read.of_plan(
        plan, Answers(), start=cast.groups["SOL"], actor=ADMINISTRATOR, today=TODAY
    )

    assert shown.sheets[0].group.key == "SOL"


def test_a_sheet_that_bears_the_name_of_another_group_is_noticed(db_session, cast):
    plan = plans.file(plans.task(2))

    shown = read.of_plan(
        plan, Answers(), start=cast.groups["SOL"], actor=ADMINISTRATOR, today=TODAY
    )

    assert shown.sheets[0].is_elsewhere


@pytest.mark.parametrize(
    ("name", "title", "is_foreign"),
    [
        ("Hydro xanh", None, True),
        ("Sheet1", None, False),
        ("Kế hoạch", None, False),
        ("2026-2027", None, False),
        ("HAL 2026", None, False),
        ("Tổ công tác Hal", None, False),
        ("Sheet1", "Tổ công tác Hydro xanh", True),
        ("Hydro xanh", "Tổ công tác Hal", False),
    ],
)
def test_a_sheet_with_a_name_that_nobody_has_is_noticed_until_somebody_says_it_is_right(
    db_session, cast, name, title, is_foreign
):
    plan = PlanFile((replace(plans.sheet(plans.task(2), name=name), group_name=title),))

    def shown(**said):
        answers = Answers(groups=said)
        preview = read.of_plan(
            plan, answers, start=cast.groups["HAL"], actor=ADMINISTRATOR, today=TODAY
        )
        return preview.sheets[0].is_foreign

    assert shown() is is_foreign
    assert not shown(**{name: "HAL"})


# ------------------------------------------------------------------ the whole


def test_the_fingerprint_tells_another_plan(db_session, stream):
    task = make.task(db_session, stream, title="Soạn dự thảo", result="Cũ")
    row = plans.task(2, result="Mới")
    before = preview(row).fingerprint

    assert preview(row).fingerprint == before
    tasks.edit(task, {"result": "Ở đây"}, by=ACT)
    assert preview(row).fingerprint != before


def test_a_preview_takes_as_many_queries_for_many_rows_as_for_one(queries, app):
    one, many = [plans.task(2)], [plans.task(n, f"Việc {n}") for n in range(2, 40)]
    counts = []
    for rows in (one, many):
        with app.app_context(), queries() as sent:
            preview(*rows)
        counts.append(len(sent))

    assert counts == [14, 14]


def test_values_are_told_in_words(db_session, stream):
    lang = language("vi")
    old = make.milestone(db_session, stream, title="Một")
    make.task(db_session, stream, title="Soạn dự thảo", milestone=old, due=EARLY)
    shown = preview(
        plans.milestone(2, "Hai"),
        plans.task(3, milestone="Hai", due=plans.DUE, progress=100, status="done", owner="Lan"),
    )

    told = [
        (
            wording.label(change.field, lang),
            wording.said(change.old, change.field, lang),
            wording.said(change.new, change.field, lang),
        )
        for change in wording.told(shown.rows[1].changes)
    ]

    assert told == [
        ("Trạng thái", "Chưa thực hiện", "Hoàn thành"),
        ("Ngày hoàn thành", "–", "23/11/2026"),
        ("Người phụ trách", "–", "Lan"),
        ("Thời hạn", "15/12/2026", "31/12/2026"),
        ("Mốc tiến độ", "Một", "Hai"),
    ]
    assert wording.summary(shown.rows[0], lang) == [("Kế hoạch", "31/12/2026")]


def test_long_texts_are_cut(db_session):
    said = wording.said("a" * 500, "result", language("vi"))

    assert len(said) == wording.LONGEST
    assert said.endswith("…")


# ------------------------------------------------------------------ those there are


def test_the_list_shows_groups_and_counts_with_a_constant_number_of_queries(queries, app, cast):
    for total in (1, 3):
        with app.app_context():
            for number in range(total):
                imported(plans.task(2, f"Việc {total} {number}"))
            db.session.commit()
    with app.app_context(), queries() as sent:
        listed = read.listing(ADMINISTRATOR)

    assert len(sent) == 3
    assert [(row.state, [group.key for group in row.groups]) for row in listed.rows] == [
        ("applied", ["HAL"])
    ] * 4


def test_a_confirmed_import_tells_which_row_became_what(db_session):
    draft = imported(plans.milestone(2), plans.task(3, milestone="Công bố TCVN"))

    assert [(row.row, row.code, row.is_milestone) for row in read.became(draft)] == [
        (2, "HAL-M1", True),
        (3, "HAL-1", False),
    ]


def test_the_very_same_file_is_recognised(db_session):
    first = imported(plans.task(2))
    second = do.draft(plans.file(plans.task(2)), b"x", "y.xlsx", group=None, by=LATER)

    assert read.twin(second).id == first.id
    assert read.twin(first) is None
