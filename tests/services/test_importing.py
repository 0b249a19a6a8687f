from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests import past, plans
from tests.conftest import NOW
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.health import WorkstreamFacts
from tracker.lib.lateness import CountedTask, count
from tracker.lib.plan_file import PlanFile, Problem
from tracker.models import (
    Change,
    CooperatingUnit,
    Directive,
    Group,
    Import,
    ImportGroup,
    Milestone,
    MoveReason,
    OutboxItem,
    Participant,
    Person,
    SearchEntry,
    Strand,
    Summary,
    Task,
    TaskStatus,
    Trash,
    Unit,
    Workstream,
)
from tracker.policies.actor import Actor
from tracker.queries import importing as read
from tracker.queries.importing import Answers
from tracker.services import baselines, comments, directives, extension_requests, tasks, trash
from tracker.services import importing as do
from tracker.services.act import Act, Why
from tracker.services.importing import placing
from tracker.services.tasks import GAP

ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)
ACT = Act(person_id=None, at=NOW, cause="web")
LATER = Act(person_id=None, at=NOW + timedelta(hours=1), cause="web")
LATEST = Act(person_id=None, at=NOW + timedelta(hours=2), cause="web")
WHY = Why(reason=MoveReason.BUDGET, sentence="Chờ cấp kinh phí", agreed_by="Tổ trưởng")
EARLY = date(2026, 12, 15)
TODAY = make.TODAY


def drafted(*rows, act=ACT, **more):
    plan = rows[0] if rows and isinstance(rows[0], PlanFile) else plans.file(*rows, **more)
    return do.draft(plan, b"x", "C:\\Users\\lan\\Kế hoạch.xlsx", group=None, by=act)


def shown(draft, answers=None):
    return read.of(draft, actor=ADMINISTRATOR, today=TODAY, answers=answers)


def imported(*rows, act=ACT, why=WHY, **more):
    draft = drafted(*rows, act=act, **more)
    do.apply(draft, shown(draft), why=why, by=act)
    return draft


def task_of(session, title="Soạn dự thảo"):
    return session.query(Task).filter_by(title=title).one()


def milestone_of(session, title="Công bố TCVN"):
    return session.query(Milestone).filter_by(title=title).one()


def order(session, milestone=None):
    """Titles of the tasks of a milestone in the order of their positions."""
    return list(
        session.scalars(
            select(Task.title)
            .join(Workstream, Workstream.id == Task.workstream_id)
            .where(
                Task.milestone_id == (milestone.id if milestone else None),
                Task.deleted_at.is_(None),
                Workstream.strand == Strand.STANDARDS,
            )
            .order_by(Task.position)
        )
    )


def history(session, cause):
    return [
        (change.kind, change.field)
        for change in session.scalars(
            select(Change).where(Change.cause == cause).order_by(Change.id)
        )
    ]


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast, strand=Strand.STANDARDS)


# ------------------------------------------------------------------ drafts


def test_a_draft_writes_nothing_of_the_plan(db_session):
    before = db_session.query(Task).count(), db_session.query(Change).count()

    draft = drafted(plans.milestone(2), plans.task(3))

    assert (draft.state, draft.file_name) == ("draft", "Kế hoạch.xlsx")
    assert (db_session.query(Task).count(), db_session.query(Change).count()) == before


def test_answers_are_kept_with_the_groups_the_import_is_for(db_session, cast):
    draft = drafted(plans.task(2))
    answers = Answers(names={"person-x": "An"})

    do.answer(draft, answers, shown(draft).groups)
    db_session.flush()

    assert Answers.of(draft.answers) == answers
    assert db_session.query(ImportGroup).one().group_id == cast.groups["HAL"]
    do.answer(draft, answers, [])
    db_session.flush()
    assert db_session.query(ImportGroup).count() == 0


def test_a_draft_can_be_thrown_away_and_an_import_cannot(db_session):
    draft = drafted(plans.task(2))
    do.discard(draft)
    done = imported(plans.task(2))

    assert db_session.query(Import).count() == 1
    with pytest.raises(RuleViolationError, match="import_not_draft"):
        do.discard(done)
    with pytest.raises(RuleViolationError, match="import_not_draft"):
        do.answer(done, Answers(), [])


def test_drafts_nobody_confirmed_are_forgotten_after_thirty_days(db_session):
    drafted(plans.task(2))
    kept = imported(plans.task(2))
    db_session.flush()

    assert do.forget_drafts(at=NOW + timedelta(days=29)) == 0
    assert do.forget_drafts(at=NOW + timedelta(days=31)) == 1
    assert db_session.query(Import).one() is kept


# ------------------------------------------------------------------ confirming


def test_an_import_writes_the_whole_plan_with_its_history(db_session):
    draft = imported(
        plans.milestone(2),
        plans.task(
            3,
            milestone="Công bố TCVN",
            owner="Đỗ Mai Lan",
            lead_unit="QUATEST 1",
            cooperating_units=("BoA", "QUACERT"),
            participants=("Vũ Hải Yến",),
            due=EARLY,
            result="Dự thảo",
            status="doing",
            progress=30,
        ),
        plans.part(4, "Hội thảo", 3, owner="Đỗ Mai Lan"),
    )

    milestone, task, part = (
        milestone_of(db_session),
        task_of(db_session),
        task_of(db_session, "Hội thảo"),
    )
    assert (milestone.code, milestone.baseline, milestone.forecast) == (
        "HAL-M1",
        plans.DUE,
        plans.DUE,
    )
    assert (task.code, task.milestone_id, task.due, task.status) == (
        "HAL-1",
        milestone.id,
        EARLY,
        TaskStatus.DOING,
    )
    assert (part.parent_id, part.milestone_id) == (task.id, milestone.id)
    assert db_session.get(Person, task.owner_id).full_name == "Đỗ Mai Lan"
    assert db_session.get(Unit, task.lead_unit_id).name == "QUATEST 1"
    assert sorted(history(db_session, f"import:{draft.id}")) == [
        ("milestone", "created"),
        ("person", "created"),
        ("person", "created"),
        ("task", "cooperating_units"),
        ("task", "created"),
        ("task", "created"),
        ("task", "participants"),
        ("unit", "created"),
        ("unit", "created"),
        ("unit", "created"),
    ]
    assert (draft.state, draft.counts["new_tasks"], draft.counts["new_milestones"]) == (
        "applied",
        2,
        1,
    )


def test_what_an_import_makes_is_recorded_as_what_a_person_makes(db_session, stream):
    by_hand = tasks.create(stream, "Bằng tay", by=ACT, due=EARLY)
    imported(plans.task(2, "Từ tệp", due=EARLY))
    from_file = task_of(db_session, "Từ tệp")

    def record(task):
        changes = db_session.scalars(
            select(Change).where(Change.kind == "task", Change.subject_id == task.id)
        ).all()
        return [
            (change.field, set(change.new), change.group_id, change.version) for change in changes
        ]

    assert record(from_file) == record(by_hand)


def test_the_plan_of_that_day_can_be_rebuilt(db_session, stream):
    imported(plans.milestone(2), plans.task(3, milestone="Công bố TCVN", due=EARLY, progress=5))

    rebuilt = past.state_at(stream, TODAY)

    assert {
        (item.kind, item.values["title"], item.values["position"]) for item in rebuilt.values()
    } == {
        ("milestone", "Công bố TCVN", milestone_of(db_session).position),
        ("task", "Soạn dự thảo", task_of(db_session).position),
    }


def test_what_was_imported_is_found_and_stands_on_the_board(db_session, stream):
    imported(plans.milestone(2), plans.task(3, assigning_document="185/QĐ-TĐC"))
    db_session.commit()

    found = {entry.title: entry.folded for entry in db_session.query(SearchEntry)}
    summary = db_session.get(Summary, stream.id)

    assert "185" in found["Soạn dự thảo"]
    assert "Công bố TCVN" in found
    known = WorkstreamFacts.from_json(summary.facts)
    assert [each.title for each in known.milestones] == ["Công bố TCVN"]


def test_changed_fields_are_written_and_moves_carry_the_reason(db_session, stream):
    unit = make.unit(db_session, "QUATEST 1")
    task = make.task(db_session, stream, title="Soạn dự thảo", due=EARLY, result="Cũ")
    draft = imported(plans.task(2, due=plans.DUE, result="Mới", cooperating_units=("QUATEST 1",)))
    db_session.flush()

    recorded = {
        change.field: (change.old, change.new, change.reason, change.sentence, change.agreed_by)
        for change in db_session.scalars(select(Change).where(Change.cause == f"import:{draft.id}"))
    }

    assert recorded == {
        "due": (
            "2026-12-15",
            "2026-12-31",
            MoveReason.BUDGET,
            "Chờ cấp kinh phí",
            "Tổ trưởng",
        ),
        "result": ("Cũ", "Mới", None, None, None),
        "cooperating_units": ([], [unit.id], None, None, None),
    }
    assert (task.due, task.result) == (plans.DUE, "Mới")
    assert db_session.query(CooperatingUnit).filter_by(task_id=task.id).one().unit_id == unit.id


def test_a_change_of_words_is_found_by_search(db_session, stream):
    task = make.task(db_session, stream, title="Tên cũ")
    imported(plans.task(2, "Tên mới", code=task.code))

    entry = db_session.scalar(
        select(SearchEntry).where(SearchEntry.kind == "task", SearchEntry.subject_id == task.id)
    )

    assert entry.title == "Tên mới"


def test_lists_are_replaced(db_session):
    imported(plans.task(2, cooperating_units=("A1", "B2"), participants=("An Văn Một",)))
    imported(
        plans.task(2, cooperating_units=("B2", "C3"), participants=("Bùi Văn Hai",)), act=LATER
    )

    units = db_session.scalars(
        select(Unit.name)
        .join(CooperatingUnit, CooperatingUnit.unit_id == Unit.id)
        .order_by(CooperatingUnit.position)
    )
    persons = db_session.scalars(
        select(Person.full_name).join(Participant, Participant.person_id == Person.id)
    )

    assert (list(units), list(persons)) == (["B2", "C3"], ["Bùi Văn Hai"])


def test_a_task_finished_without_a_day_is_late_when_its_time_is_over(db_session, stream):
    """The four cells of the official statistics are not flattered by a column left empty."""
    imported(plans.task(2, status="done", progress=100, due=date(2026, 1, 1)))
    task = db_session.query(Task).filter_by(title="Soạn dự thảo").one()

    assert (task.finished_on, task.submitted_on) == (TODAY, TODAY)
    assert count([CountedTask(task.status, task.due, task.finished_on)], today=TODAY).done_late == 1


def test_a_finished_task_is_finished_on_the_day_of_the_file(db_session, stream):
    task = make.task(db_session, stream, title="Soạn dự thảo", status_since=EARLY)

    imported(plans.task(2, status="done", progress=100, finished_on=date(2026, 11, 2)))

    assert (task.status, task.progress, task.finished_on, task.status_since) == (
        TaskStatus.DONE,
        100,
        date(2026, 11, 2),
        TODAY,
    )


def test_rows_stand_in_the_order_of_the_file(db_session):
    imported(*(plans.task(row, title) for row, title in enumerate(("Ba", "Một", "Hai"), start=2)))

    assert order(db_session) == ["Ba", "Một", "Hai"]


def test_a_new_row_stands_behind_the_one_above_it(db_session):
    imported(plans.task(2, "Một"), plans.task(3, "Hai"))

    imported(
        plans.task(2, "Đầu tiên"),
        plans.task(3, "Một"),
        plans.task(4, "Xen giữa"),
        plans.task(5, "Hai"),
        plans.task(6, "Sau cùng"),
        act=LATER,
    )

    assert order(db_session) == ["Đầu tiên", "Một", "Xen giữa", "Hai", "Sau cùng"]


def test_rows_put_in_another_order_follow_the_file(db_session):
    imported(plans.task(2, "Một"), plans.task(3, "Hai"), plans.task(4, "Ba"))

    imported(plans.task(2, "Ba"), plans.task(3, "Một"), plans.task(4, "Hai"), act=LATER)

    assert order(db_session) == ["Ba", "Một", "Hai"]


def test_milestones_stand_in_the_order_of_the_file(db_session):
    imported(plans.milestone(2, "Một"), plans.milestone(3, "Hai"))
    imported(
        plans.milestone(2, "Một"), plans.milestone(3, "Xen"), plans.milestone(4, "Hai"), act=LATER
    )

    titles = db_session.scalars(
        select(Milestone.title)
        .where(Milestone.code.startswith("HAL-"))
        .order_by(Milestone.position)
    )
    assert list(titles) == ["Một", "Xen", "Hai"]


def test_a_task_that_moves_takes_its_subtasks_along(db_session):
    imported(
        plans.milestone(2, "Một"),
        plans.task(3, milestone="Một"),
        plans.part(4, "Trong tệp", 3),
        plans.part(5, "Không còn trong tệp", 3),
        plans.milestone(6, "Hai"),
    )

    imported(
        plans.milestone(2, "Một"),
        plans.milestone(3, "Hai"),
        plans.task(4, milestone="Hai"),
        plans.part(5, "Trong tệp", 4),
        act=LATER,
    )
    db_session.flush()

    second = milestone_of(db_session, "Hai")
    assert {
        task.title: task.milestone_id
        for task in db_session.query(Task).filter(Task.code.startswith("HAL-"))
    } == {
        "Soạn dự thảo": second.id,
        "Trong tệp": second.id,
        "Không còn trong tệp": second.id,
    }


def test_a_new_subtask_goes_below_the_task_that_is_there(db_session, stream):
    milestone = make.milestone(db_session, stream)
    task = make.task(db_session, stream, title="Soạn dự thảo", milestone=milestone)

    imported(plans.task(2), plans.part(3, "Hội thảo", 2))

    part = task_of(db_session, "Hội thảo")
    assert (part.parent_id, part.milestone_id) == (task.id, milestone.id)


def test_an_answer_makes_a_row_the_task_there_is(db_session, stream):
    task = make.task(db_session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn")
    draft = drafted(plans.task(2, "Lấy ý kiến các dự thảo tiêu chuẩn"))
    answers = Answers(same={"same-0-2": task.code})

    do.apply(draft, shown(draft, answers), why=None, by=ACT)

    assert task.title == "Lấy ý kiến các dự thảo tiêu chuẩn"
    assert draft.answers["codes"] == {"Hal": {"2": task.code}}


def test_a_file_of_several_groups_is_one_import(db_session, cast):
    draft = imported(
        PlanFile(
            (
                plans.sheet(plans.task(2, "Việc Hal"), name="Hal"),
                plans.sheet(plans.task(2, "Việc Sol"), name="SOL"),
            )
        )
    )
    db_session.flush()

    assert [task_of(db_session, title).group_id for title in ("Việc Hal", "Việc Sol")] == [
        cast.groups["HAL"],
        cast.groups["SOL"],
    ]
    assert db_session.query(ImportGroup).filter_by(import_id=draft.id).count() == 2


def test_rows_that_cannot_be_read_stay_out(db_session):
    blocked = Problem("Hal", "J3", 3, "plan_date_unreadable", {"value": "mai"}, is_blocking=True)

    draft = imported(plans.task(2, "Một"), plans.task(3, "Hai"), problems=[blocked])

    assert order(db_session) == ["Một"]
    assert read.left_out_of(draft) == [blocked]


@pytest.mark.parametrize(
    ("code", "rows", "why"),
    [
        ("reason_needed", [plans.task(2, "Có hạn", due=plans.DUE)], None),
        ("import_questions_open", [plans.task(2, "Lấy ý kiến các dự thảo tiêu chuẩn")], WHY),
        ("import_changes_nothing", [plans.task(2, "Có hạn")], WHY),
    ],
)
def test_an_import_is_refused_while_something_is_open(db_session, stream, code, rows, why):
    make.task(db_session, stream, title="Có hạn", due=EARLY)
    make.task(db_session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn")
    draft = drafted(*rows)

    with pytest.raises(RuleViolationError, match=code):
        do.apply(draft, shown(draft), why=why, by=ACT)

    assert draft.state == "draft"


def test_a_sheet_of_no_group_is_refused(db_session):
    draft = drafted(PlanFile((plans.sheet(plans.task(2), name="Khác"), plans.sheet(name="Hal"))))

    with pytest.raises(RuleViolationError, match="import_sheets_open"):
        do.apply(draft, shown(draft), why=None, by=ACT)


def test_an_import_is_confirmed_once(db_session):
    draft = imported(plans.task(2))

    with pytest.raises(RuleViolationError, match="import_not_draft"):
        do.apply(draft, shown(draft), why=None, by=ACT)


def test_an_import_promises_one_mail_for_each_new_open_task_of_a_reader(db_session, cast):
    imported(
        plans.task(2, "Mở", owner=cast["member"].name),
        plans.task(3, "Xong", owner=cast["member"].name, status="done", progress=100),
        plans.task(4, "Không có tài khoản", owner="Đỗ Mai Lan"),
    )
    db_session.flush()

    promised = db_session.query(OutboxItem).filter_by(kind="mail.assigned").all()
    assert [item.payload["task_id"] for item in promised] == [task_of(db_session, "Mở").id]


def test_a_thousand_rows_take_few_statements(app, queries):
    rows = [
        plans.task(n, f"Việc số {n}", owner="Đỗ Mai Lan", cooperating_units=("BoA",))
        for n in range(2, 1002)
    ]
    with app.app_context():
        draft = drafted(*rows)
        preview = shown(draft)
        with queries() as sent:
            do.apply(draft, preview, why=None, by=ACT)
            db.session.commit()
        total = db.session.scalar(select(func.count(Task.id)).where(Task.title.like("Việc số%")))

    assert total == 1000
    assert len(sent) < 40


# ------------------------------------------------------------------ taking back


def test_what_is_new_goes_to_the_trash_together_and_comes_back_together(db_session, cast):
    draft = imported(plans.milestone(2), plans.task(3, milestone="Công bố TCVN", owner="Lan Văn A"))

    told = do.undo(draft, sentence="Hoàn tác", by=LATER)

    thrown = db_session.query(Trash).one()
    assert (told.thrown, draft.state) == (["HAL-M1", "HAL-1"], "undone")
    assert (thrown.kind, thrown.title) == ("import", "Kế hoạch.xlsx")
    assert order(db_session, milestone_of(db_session)) == []
    assert db_session.query(SearchEntry).filter_by(title="Soạn dự thảo").count() == 0
    assert db_session.query(Person).filter_by(full_name="Lan Văn A").count() == 1
    trash.restore(thrown, by=LATEST)
    db_session.flush()
    assert order(db_session, milestone_of(db_session)) == ["Soạn dự thảo"]


def test_what_was_changed_is_as_it_was_before(db_session, stream):
    unit = make.unit(db_session, "Cũ")
    owner = make.person(db_session, "Người cũ")
    milestone = make.milestone(db_session, stream, title="Mốc cũ", baseline=EARLY, forecast=EARLY)
    task = make.task(
        db_session,
        stream,
        title="Soạn dự thảo",
        milestone=milestone,
        due=EARLY,
        owner_id=owner.id,
        status=TaskStatus.DOING,
        progress=30,
        priority="urgent",
    )
    tasks.set_cooperating_units(task, [unit.id], by=ACT)
    before = snapshot(task)
    draft = imported(
        plans.milestone(2, "Mốc cũ"),
        plans.milestone(3, "Mốc mới"),
        plans.task(
            4,
            milestone="Mốc mới",
            due=plans.DUE,
            owner="Người mới",
            status="done",
            progress=100,
            finished_on=date(2026, 11, 2),
            priority="normal",
            cooperating_units=("Mới",),
        ),
    )
    assert snapshot(task) != before
    assert task.confirmed_at == ACT.at  # the file was a word on it

    told = do.undo(draft, sentence="Hoàn tác", by=LATER)
    db_session.flush()

    assert snapshot(task) == before
    assert task.confirmed_at is None
    assert (milestone.baseline, milestone.forecast) == (EARLY, EARLY)
    assert sorted(told.restored) == sorted([milestone.code, task.code])
    assert told.kept == []
    moved = db_session.scalar(
        select(Change).where(Change.cause == f"undo:{draft.id}", Change.field == "due")
    )
    assert (moved.reason, moved.sentence) == (MoveReason.OTHER, "Hoàn tác")


def snapshot(task):
    names = [
        "title",
        "milestone_id",
        "due",
        "owner_id",
        "status",
        "progress",
        "finished_on",
        "priority",
        "status_since",
        "position",
    ]
    units = select(CooperatingUnit.unit_id).where(CooperatingUnit.task_id == task.id)
    return [getattr(task, name) for name in names], list(db.session.scalars(units))


def test_what_somebody_changed_since_stays_and_is_said(db_session, stream):
    task = make.task(db_session, stream, title="Soạn dự thảo", result="Cũ", due=EARLY)
    draft = imported(plans.task(2, result="Từ tệp", due=plans.DUE))
    tasks.edit(task, {"result": "Của người khác"}, by=LATER)

    foreseen = do.foreseen(draft)
    assert (task.result, task.due) == ("Của người khác", plans.DUE)
    told = do.undo(draft, sentence="Hoàn tác", by=LATEST)

    assert foreseen == told
    assert (task.result, task.due) == ("Của người khác", EARLY)
    assert (told.restored, told.kept) == ([task.code], [task.code])
    assert draft.answers["kept"] == [task.code]


def test_a_status_that_was_changed_since_keeps_what_belongs_to_it(db_session, stream):
    task = make.task(db_session, stream, title="Soạn dự thảo", status=TaskStatus.DOING, progress=30)
    draft = imported(plans.task(2, status="doing", progress=60))
    tasks.change_status(task, TaskStatus.DONE, by=LATER)

    do.undo(draft, sentence="Hoàn tác", by=LATEST)

    assert (task.status, task.progress) == (TaskStatus.DONE, 100)


@pytest.mark.parametrize("touch", ["edit", "comment", "subtask", "request"])
def test_new_things_that_somebody_worked_on_stay_with_what_holds_them(db_session, cast, touch):
    draft = imported(
        plans.milestone(2),
        plans.task(3, milestone="Công bố TCVN"),
        plans.task(4, "Không ai đụng", milestone="Công bố TCVN"),
    )
    task = task_of(db_session)
    match touch:
        case "edit":
            tasks.edit(task, {"result": "Đã làm"}, by=LATER)
        case "comment":
            author = Act(person_id=cast["member"].person_id, at=LATER.at, cause="web")
            comments.write(task, "Đang làm", by=author)
        case "subtask":
            stream = db_session.get(Workstream, task.workstream_id)
            tasks.create(stream, "Phần thêm", by=LATER, parent=task)
        case "request":
            task.due = NOW.date()
            why = Why(reason=MoveReason.BUDGET, sentence="Chờ dự toán")
            extension_requests.ask(task, NOW.date() + timedelta(days=7), why=why, by=LATER)

    foreseen = do.foreseen(draft)
    told = do.undo(draft, sentence="Hoàn tác", by=LATEST)

    assert told.thrown == ["HAL-2"]
    assert sorted(told.kept) == ["HAL-1", "HAL-M1"]
    assert foreseen == told
    assert task.deleted_at is None


def test_what_lies_in_the_trash_already_is_left_there(db_session):
    draft = imported(plans.task(2), plans.task(3, "Hai"))
    trash.throw_away(task_of(db_session), by=LATER)

    assert do.undo(draft, sentence="x", by=LATEST).thrown == ["HAL-2"]


def test_an_import_is_taken_back_once(db_session):
    draft = imported(plans.task(2))
    do.undo(draft, sentence="x", by=LATER)

    with pytest.raises(RuleViolationError, match="import_not_applied"):
        do.undo(draft, sentence="x", by=LATEST)


def test_a_file_can_be_imported_again_after_it_was_taken_back(db_session):
    do.undo(imported(plans.task(2)), sentence="x", by=LATER)

    again = imported(plans.task(2), act=LATEST)

    assert again.counts["new_tasks"] == 1
    assert order(db_session) == ["Soạn dự thảo"]


def test_a_later_import_is_not_taken_back_with_an_earlier_one(db_session):
    first = imported(plans.task(2, result="Một"))
    imported(plans.task(2, result="Hai"), act=LATER)

    told = do.undo(first, sentence="x", by=LATEST)

    assert (told.thrown, told.kept) == ([], ["HAL-1"])
    assert task_of(db_session).result == "Hai"


# ------------------------------------------------------------------ positions


@pytest.mark.parametrize(
    ("taken", "listed", "found"),
    [
        ([], [None, None], [GAP, 2 * GAP]),
        ([GAP], [GAP, None], [2 * GAP]),
        ([1024, 2048], [1024, None, 2048], [1536]),
        ([1024, 2048], [1024, None, None, None, 2048], [1280, 1536, 1792]),
        ([1024], [None, 1024], [0]),
        ([1024, 1500], [None, 1500], [1262]),
        ([5, 6], [5, None, 6], [6 + GAP]),
        ([1024, 3000], [None], [3000 + GAP]),
    ],
)
def test_new_rows_stand_between_those_they_stand_between(taken, listed, found):
    assert placing.positions(taken, listed) == found


def test_what_was_approved_since_with_a_document_stays(db_session, cast):
    draft = imported(plans.milestone(2), plans.task(3))
    group = db_session.get(Group, cast.groups["HAL"])
    baselines.approve(group, document_number="45/QĐ-TĐC", document_date=TODAY, by=LATER)

    foreseen = do.foreseen(draft)
    told = do.undo(draft, sentence="x", by=LATEST)

    assert (told.thrown, sorted(told.kept)) == ([], ["HAL-1", "HAL-M1"])
    assert foreseen == told


def test_a_directive_stays_one_when_its_plan_is_imported(db_session, cast):
    stream = db_session.get_one(Workstream, cast.workstreams["HAL", Strand.STANDARDS])
    wanted = directives.Wanted(
        workstream=stream, title="Soạn dự thảo", due=EARLY, lead_unit_id=cast.unit_id
    )
    task = directives.give(wanted, given_by=cast["director"].person_id, by=ACT)
    draft = imported(plans.task(2, result="Dự thảo"), act=LATER)

    assert (task_of(db_session).id, task.result) == (task.id, "Dự thảo")
    do.undo(draft, sentence="x", by=LATEST)
    assert db_session.get_one(Directive, task.id).given_by_id == cast["director"].person_id
