from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.errors import RuleViolationError, StaleError
from tracker.models import Group, MoveReason, Participant, SearchEntry, Strand, Task, TaskStatus
from tracker.queries import history
from tracker.queries import tasks as read
from tracker.services import history as history_of
from tracker.services import tasks as do
from tracker.services.act import Act, Why

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ACT = Act(person_id=None, at=NOW, cause="web")
TODAY = date(2026, 11, 23)
WHY = Why(reason=MoveReason.BUDGET, sentence="chờ kinh phí", agreed_by="Tổ trưởng")


def later(days, person_id=None):
    return Act(person_id=person_id, at=NOW + timedelta(days=days), cause="web")


@pytest.fixture
def streams(db_session):
    made = make.whole_group(db_session, "ZET")[1]
    db_session.commit()
    return made


@pytest.fixture
def stream(streams):
    return streams[Strand.METROLOGY]


@pytest.fixture
def task(db_session, stream):
    made = do.create(stream, "Đo mẫu", by=later(-3), due=date(2026, 12, 1))
    db_session.commit()
    return made


def told(task):
    """The history of the task after its beginning, as (field, old, new)."""
    rows = history.of("task", task.id)
    return [(row.field, row.old, row.new) for row in rows if row.field != "created"]


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


class TestCreating:
    def test_a_task_gets_the_next_code_and_stands_at_the_end(self, db_session, stream):
        milestone = make.milestone(db_session, stream)

        first = do.create(stream, "Một", by=ACT, milestone=milestone)
        second = do.create(stream, "Hai", by=ACT, milestone=milestone)

        assert (first.code, second.code) == ("ZET-1", "ZET-2")
        assert first.position < second.position
        assert first.milestone_id == milestone.id
        (row,) = history.of("task", first.id)
        assert (row.field, row.new["title"]) == ("created", "Một")

    def test_the_strand_of_a_task_is_that_of_its_milestone(self, db_session, streams):
        milestone = make.milestone(db_session, streams[Strand.INSPECTION])

        task = do.create(streams[Strand.METROLOGY], "x", by=ACT, milestone=milestone)

        assert task.workstream_id == streams[Strand.INSPECTION].id

    def test_a_subtask_stands_where_its_parent_stands_and_has_none_itself(self, db_session, stream):
        milestone = make.milestone(db_session, stream)
        parent = do.create(stream, "Cha", by=ACT, milestone=milestone)

        child = do.create(stream, "Con", by=ACT, parent=parent)

        assert (child.parent_id, child.milestone_id) == (parent.id, milestone.id)
        with refused("subtask_of_subtask"):
            do.create(stream, "Cháu", by=ACT, parent=child)

    def test_it_can_be_found_at_once_and_lists_come_with_it(self, db_session, cast, stream):
        person = cast["member"].person_id

        task = do.create(
            stream,
            "Hiệu chuẩn",
            by=ACT,
            result="Giấy chứng nhận",
            participant_ids=[person],
            cooperating_unit_ids=[cast.unit_id],
        )
        db_session.commit()

        entry = db_session.scalar(select(SearchEntry).where(SearchEntry.code == task.code))
        assert entry.folded == "zet 1 hieu chuan giay chung nhan"
        lists = {"cooperating_unit_ids": [cast.unit_id], "participant_ids": [person]}
        assert read.list_ids(task) == lists

    @pytest.mark.parametrize(
        ("details", "code"),
        [
            ({"start": date(2026, 12, 2), "due": date(2026, 12, 1)}, "due_before_start"),
            ({"start": date(2026, 12, 2), "forecast": date(2026, 12, 1)}, "forecast_before_start"),
            ({"due": date(1999, 12, 31)}, "outside_years"),
            ({"assigning_date": date(2101, 1, 1)}, "outside_years"),
        ],
    )
    def test_dates_that_nobody_means_are_refused(self, stream, details, code):
        with refused(code):
            do.create(stream, "x", by=ACT, **details)


class TestEditing:
    def test_what_differs_is_stored_and_recorded(self, db_session, task):
        do.edit(task, {"title": "Đo lại", "result": "Báo cáo", "due": task.due}, by=ACT)
        db_session.commit()

        assert told(task) == [("title", "Đo mẫu", "Đo lại"), ("result", None, "Báo cáo")]
        entry = db_session.scalar(select(SearchEntry).where(SearchEntry.code == task.code))
        assert "do lai bao cao" in entry.folded

    def test_a_date_moves_with_a_reason_only(self, db_session, task):
        with refused("reason_needed"):
            do.edit(task, {"due": date(2026, 12, 20)}, by=ACT)

        do.edit(task, {"due": date(2026, 12, 20)}, by=ACT, why=WHY)
        db_session.commit()

        (row,) = history.of("task", task.id)[1:]
        assert (row.field, row.reason, row.agreed_by) == ("due", MoveReason.BUDGET, "Tổ trưởng")

    def test_a_first_date_needs_no_reason(self, stream):
        task = do.create(stream, "x", by=ACT)

        do.edit(task, {"due": TODAY, "forecast": TODAY}, by=ACT)

        assert (task.due, task.forecast) == (TODAY, TODAY)

    def test_an_old_mistake_in_the_dates_does_not_stop_another_edit(self, db_session, stream):
        task = make.task(db_session, stream, start=date(2026, 12, 9), due=date(2026, 12, 1))

        do.edit(task, {"title": "Khác", "start": task.start, "due": task.due}, by=ACT)

        assert task.title == "Khác"
        with refused("due_before_start"):
            do.edit(task, {"start": date(2026, 12, 5)}, by=ACT)

    def test_two_editors_of_a_list_both_count(self, db_session, cast, task):
        ours, theirs, kept = (cast[role].person_id for role in ("head", "member", "deputy"))
        do.edit(task, {"participant_ids": [theirs, kept]}, by=ACT)
        db_session.commit()
        seen = task.version

        other = cast["secretary"].person_id
        do.edit(task, {"participant_ids": [theirs, kept, other]}, by=ACT, seen=seen)
        db_session.commit()
        do.edit(task, {"title": "x", "participant_ids": [kept, ours]}, by=ACT, seen=seen)
        db_session.commit()

        assert set(read.list_ids(task)["participant_ids"]) == {kept, ours, other}

    def test_a_choice_between_two_values_keeps_what_the_form_did_not_touch(self, db_session, task):
        seen, title = task.version, task.title
        do.edit(task, {"title": "Của người kia", "result": "Mới"}, by=ACT)
        db_session.commit()

        with pytest.raises(StaleError) as caught:
            do.edit(
                task,
                {"title": "Của tôi", "result": None, "due": task.due, "participant_ids": []},
                by=ACT,
                seen=seen,
            )

        assert caught.value.conflicts == {"title": ("Của người kia", "Của tôi")}
        assert caught.value.kept == {"result": "Mới", "participant_ids": []}
        assert (title, task.title) == ("Đo mẫu", "Của người kia")

    def test_another_milestone_takes_the_subtasks_along(self, db_session, streams, task):
        child = do.create(streams[Strand.METROLOGY], "Con", by=ACT, parent=task)
        target = make.milestone(db_session, streams[Strand.METROLOGY])
        db_session.commit()

        do.edit(task, {"milestone_id": target.id}, by=ACT)

        assert (task.milestone_id, child.milestone_id) == (target.id, target.id)
        do.edit(task, {"milestone_id": None}, by=ACT)
        assert (task.milestone_id, child.milestone_id) == (None, None)


class TestStatus:
    def test_finished_is_today_and_all_of_it(self, db_session, task):
        assert do.change_status(task, TaskStatus.DONE, by=ACT) is TaskStatus.DONE

        assert (task.finished_on, task.progress, task.status_since) == (TODAY, 100, TODAY)

    def test_where_approval_is_needed_it_counts_from_the_day_it_was_submitted(
        self, db_session, task
    ):
        task.group.needs_approval = True
        assert do.change_status(task, TaskStatus.DONE, by=ACT) is TaskStatus.REVIEW
        assert (task.finished_on, task.submitted_on) == (None, TODAY)
        db_session.commit()

        do.approve(task, by=later(5))

        assert (task.status, task.finished_on) == (TaskStatus.DONE, TODAY)
        assert task.status_since == TODAY + timedelta(days=5)

    @pytest.mark.parametrize("status", [TaskStatus.DOING, TaskStatus.REVIEW])
    def test_done_by_who_may_approve_needs_nobody_else(self, db_session, task, status):
        task.group.needs_approval = True
        do.change_status(task, status, by=ACT)
        db_session.commit()

        stored = do.change_status(task, TaskStatus.DONE, by=later(2), may_approve=True)

        ended = TODAY if status is TaskStatus.REVIEW else TODAY + timedelta(days=2)
        assert (stored, task.finished_on) == (TaskStatus.DONE, ended)

    @pytest.mark.parametrize("verb", [do.approve, do.send_back])
    def test_what_is_judged_is_what_was_shown(self, db_session, task, verb):
        do.change_status(task, TaskStatus.REVIEW, by=ACT)
        db_session.commit()
        seen = task.version
        do.edit(task, {"result": "Một sản phẩm khác"}, by=ACT)
        db_session.commit()

        with pytest.raises(StaleError):
            verb(task, by=ACT, seen=seen)
        assert task.status is TaskStatus.REVIEW
        shown = task.version
        do.move_due(task, date(2026, 12, 24), why=WHY, by=ACT)
        db_session.commit()
        verb(task, by=ACT, seen=shown)

        assert task.status is not TaskStatus.REVIEW

    def test_handed_in_anew_it_is_looked_at_anew(self, db_session, task):
        do.change_status(task, TaskStatus.REVIEW, by=ACT)
        db_session.commit()
        seen = task.version
        for status in (TaskStatus.DOING, TaskStatus.REVIEW):
            do.change_status(task, status, by=ACT)
            db_session.commit()

        with pytest.raises(StaleError):
            do.approve(task, by=ACT, seen=seen)

    def test_sent_back_it_is_under_way_again(self, task):
        do.change_status(task, TaskStatus.REVIEW, by=ACT)

        do.send_back(task, by=ACT)

        assert (task.status, task.submitted_on, task.progress) == (TaskStatus.DOING, None, 99)
        for verb in (do.approve, do.send_back):
            with refused("not_waiting_for_approval"):
                verb(task, by=ACT)

    def test_reopened_it_is_no_longer_finished(self, task):
        do.change_status(task, TaskStatus.DONE, by=ACT)

        do.change_status(task, TaskStatus.TODO, by=ACT)

        assert (task.finished_on, task.progress) == (None, 0)

    def test_saying_it_twice_changes_nothing(self, db_session, task):
        do.change_status(task, TaskStatus.DONE, by=ACT)
        db_session.commit()
        before = told(task)

        do.change_status(task, TaskStatus.DONE, by=later(9))
        db_session.commit()

        assert told(task) == before

    def test_two_who_say_different_things_are_asked(self, db_session, task):
        seen = task.version
        do.change_status(task, TaskStatus.BLOCKED, by=ACT)
        db_session.commit()

        with pytest.raises(StaleError) as caught:
            do.change_status(task, TaskStatus.DONE, by=ACT, seen=seen)

        assert caught.value.conflicts == {"status": (TaskStatus.BLOCKED, TaskStatus.DONE)}


class TestProgress:
    def test_work_begins_with_the_first_percent(self, db_session, task):
        do.set_progress(task, 5, by=ACT)
        db_session.commit()

        assert (task.status, task.progress) == (TaskStatus.DOING, 5)
        assert told(task) == [
            ("progress", 0, 5),
            ("status", "todo", "doing"),
            ("status_since", "2026-11-20", "2026-11-23"),
        ]

    @pytest.mark.parametrize("percent", [-1, 101, 150])
    def test_what_is_no_percentage_is_refused(self, task, percent):
        with refused("progress_out_of_range"):
            do.set_progress(task, percent, by=ACT)

    def test_a_finished_task_stays_finished(self, task):
        do.change_status(task, TaskStatus.DONE, by=ACT)

        with refused("progress_of_finished"):
            do.set_progress(task, 50, by=ACT)
        with refused("progress_of_finished"):
            do.edit(task, {"progress": 50}, by=ACT)


class TestDates:
    def test_a_forecast_and_a_due_date_move_with_a_reason(self, db_session, task):
        do.move_forecast(task, date(2026, 12, 10), why=WHY, by=ACT)
        do.move_forecast(task, date(2026, 12, 20), why=WHY, by=ACT)
        do.move_due(task, date(2026, 12, 15), why=WHY, by=ACT)
        db_session.commit()

        assert told(task) == [
            ("forecast", None, "2026-12-10"),
            ("forecast", "2026-12-10", "2026-12-20"),
            ("due", "2026-12-01", "2026-12-15"),
        ]
        for move in (do.move_forecast, do.move_due):
            with refused("reason_needed"):
                move(task, date(2027, 1, 1), why=None, by=ACT)

    def test_a_first_forecast_beside_the_due_date_is_a_move(self, stream, task):
        bare = do.create(stream, "Chưa có ngày", by=ACT)

        for verb in (
            lambda day: do.move_forecast(task, day, why=None, by=ACT),
            lambda day: do.edit(task, {"forecast": day}, by=ACT),
        ):
            with refused("reason_needed"):
                verb(date(2026, 12, 10))
            verb(task.due)
            task.forecast = None
        do.move_forecast(bare, date(2026, 12, 10), why=None, by=ACT)

        assert bare.forecast == date(2026, 12, 10)

    def test_an_end_before_the_start_is_refused(self, task):
        do.edit(task, {"start": date(2026, 11, 20)}, by=ACT)

        with refused("forecast_before_start"):
            do.move_forecast(task, date(2026, 11, 1), why=WHY, by=ACT)


class TestPlacing:
    def titles(self, session, stream):
        tasks = select(Task.title).where(Task.workstream_id == stream.id, Task.parent_id.is_(None))
        return list(session.scalars(tasks.order_by(Task.position, Task.id)))

    def test_before_another_or_at_the_end(self, db_session, stream):
        one, two, three = (do.create(stream, name, by=ACT) for name in ("1", "2", "3"))

        do.place(three, by=ACT, workstream=stream, before=one)
        assert self.titles(db_session, stream) == ["3", "1", "2"]
        do.place(one, by=ACT, workstream=stream)
        assert self.titles(db_session, stream) == ["3", "2", "1"]
        assert two.code == "ZET-2"

    def test_the_gap_between_two_never_runs_out(self, db_session, stream):
        first, *others = (do.create(stream, str(number), by=ACT) for number in range(5))

        for turn in range(40):
            moved = others[turn % 4]
            do.place(moved, by=ACT, workstream=stream, before=others[(turn + 1) % 4])
            db_session.flush()

        positions = list(db_session.scalars(select(Task.position).order_by(Task.position)))
        assert len(set(positions[-5:])) == 5
        assert self.titles(db_session, stream)[0] == first.title

    def test_in_another_group_it_keeps_its_code_and_is_found_there(self, db_session, cast, stream):
        task = do.create(stream, "Đi", by=ACT)
        child = do.create(stream, "Con", by=ACT, parent=task)
        hal = make.stream_of(db_session, cast)
        db_session.commit()

        do.place(task, by=ACT, workstream=hal)
        db_session.commit()

        assert task.code == "ZET-1"
        assert {task.group_id, child.group_id} == {cast.groups["HAL"]}
        groups = select(SearchEntry.group_id).where(SearchEntry.code.in_([task.code, child.code]))
        assert list(db_session.scalars(groups)) == [cast.groups["HAL"]] * 2

    def test_a_subtask_has_no_place_of_its_own(self, stream, task):
        child = do.create(stream, "Con", by=ACT, parent=task)

        with refused("subtask_stays"):
            do.place(child, by=ACT, workstream=stream)


def test_sharing_and_units_are_recorded_with_a_new_version(db_session, cast, task):
    before = task.version

    do.share(task, [cast["member"].person_id], by=ACT)
    db_session.commit()
    do.set_cooperating_units(task, [cast.unit_id, cast.unit_id], by=ACT)
    db_session.commit()

    assert task.version == before + 2
    assert told(task) == [
        ("participants", [], [cast["member"].person_id]),
        ("cooperating_units", [], [cast.unit_id]),
    ]
    shared = db_session.scalars(select(Participant.task_id))
    assert list(shared) == [task.id]


class TestTakingBack:
    def test_ones_own_word_is_undone(self, db_session, cast, task):
        me = later(0, cast["member"].person_id)
        do.set_progress(task, 40, by=me)
        db_session.commit()
        do.change_status(task, TaskStatus.DONE, by=later(1, cast["member"].person_id))
        db_session.commit()

        do.take_back(task, by=later(1, cast["member"].person_id))

        assert (task.status, task.progress, task.finished_on) == (TaskStatus.DOING, 40, None)

    def test_not_over_what_another_changed_meanwhile(self, db_session, cast, task):
        me, head = (later(0, cast[role].person_id) for role in ("member", "head"))
        do.change_status(task, TaskStatus.DONE, by=me)
        db_session.commit()
        seen = task.version
        history_of.change(task, {"finished_on": date(2026, 11, 20)}, by=head)
        db_session.commit()

        with pytest.raises(StaleError):
            do.take_back(task, by=me, seen=seen)

    def test_not_that_of_somebody_else(self, db_session, cast, task):
        do.change_status(task, TaskStatus.DONE, by=later(0, cast["head"].person_id))
        db_session.commit()

        with refused("nothing_to_take_back"):
            do.take_back(task, by=later(1, cast["member"].person_id))

    def test_what_was_approved_waits_again(self, db_session, stream, task):
        db_session.get_one(Group, stream.group_id).needs_approval = True
        do.change_status(task, TaskStatus.DONE, by=later(-1, 1))
        db_session.commit()
        do.approve(task, by=later(0, 2))
        db_session.commit()

        do.take_back(task, by=later(0, 2))

        assert (task.status, task.finished_on) == (TaskStatus.REVIEW, None)
        assert task.submitted_on == TODAY - timedelta(days=1)

    def test_what_goes_on_has_nothing_to_take_back(self, db_session, task):
        do.change_status(task, TaskStatus.DOING, by=later(0, 1))
        db_session.commit()

        with refused("nothing_to_take_back"):
            do.take_back(task, by=later(0, 1))
