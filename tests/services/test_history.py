from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError

from tests import factories as make
from tracker.errors import StaleError
from tracker.models import MoveReason, Strand, TaskStatus
from tracker.queries import history as read
from tracker.services import history
from tracker.services.act import Act, Why

ACT = Act(person_id=None, at=datetime(2026, 11, 23, 2, tzinfo=UTC), cause="import:7")


@pytest.fixture
def task(db_session):
    _, streams = make.whole_group(db_session, "ZET")
    made = make.task(db_session, streams[Strand.METROLOGY], due=date(2026, 12, 1))
    db_session.commit()
    return made


def rows(task):
    return [(row.field, row.old, row.new) for row in read.of("task", task.id)]


def test_each_field_that_differs_leaves_a_row_with_typed_values(db_session, task):
    values = {"due": date(2026, 12, 15), "status": TaskStatus.DOING, "title": task.title}

    changes = history.change(task, values, by=ACT)
    db_session.commit()

    assert set(changes) == {"due", "status"}
    assert rows(task) == [("due", "2026-12-01", "2026-12-15"), ("status", "todo", "doing")]


def test_a_row_says_who_when_by_what_cause_why_and_who_agreed(db_session, task, cast):
    by = Act(person_id=cast["head"].person_id, at=ACT.at, cause="web")
    why = Why(reason=MoveReason.BUDGET, sentence="chờ kinh phí", agreed_by="Tổ trưởng")

    history.change(task, {"due": date(2027, 1, 1)}, by=by, why=why)
    db_session.commit()

    (row,) = read.of("task", task.id)
    assert (row.person.full_name, row.at, row.cause) == ("Nguyễn Thị Đào", ACT.at, "web")
    assert (row.reason, row.sentence, row.agreed_by) == (
        MoveReason.BUDGET,
        "chờ kinh phí",
        "Tổ trưởng",
    )
    assert row.group_id == task.group_id


def test_a_new_thing_leaves_all_its_values_but_no_secret(db_session):
    account = make.account(db_session, email="a@example.test", password="mật khẩu rất dài")
    history.created(account, by=ACT)
    db_session.commit()

    (row,) = read.of("account", account.id)
    assert row.field == "created"
    assert row.new["email"] == "a@example.test"
    assert not {"password_hash", "version", "id"} & set(row.new)


class TestMerging:
    """Two people had the form open; what each meant is kept where it can be."""

    def test_nobody_else_wrote_so_all_is_written(self, task):
        values = {"title": "Mới", "result": None}

        assert history.merged(task, values, seen=task.version) == values

    def test_a_form_without_version_overwrites(self, task):
        assert history.merged(task, {"title": "Mới"}, seen=None) == {"title": "Mới"}

    def test_what_the_form_left_as_it_was_keeps_what_the_other_wrote(self, db_session, task):
        seen, old_title = task.version, task.title
        history.change(task, {"title": "Của người khác"}, by=ACT)
        db_session.commit()

        wanted = history.merged(task, {"title": old_title, "result": "Báo cáo"}, seen=seen)

        assert wanted == {"result": "Báo cáo"}

    def test_the_same_value_twice_is_no_conflict(self, db_session, task):
        seen = task.version
        history.change(task, {"due": date(2026, 12, 24)}, by=ACT)
        db_session.commit()

        wanted = history.merged(task, {"due": date(2026, 12, 24)}, seen=seen)

        assert wanted == {"due": date(2026, 12, 24)}

    def test_two_different_values_are_shown_to_a_person(self, db_session, task):
        seen = task.version
        history.change(task, {"title": "Của người khác", "result": "x"}, by=ACT)
        db_session.commit()

        with pytest.raises(StaleError) as refused:
            history.merged(task, {"title": "Của tôi", "result": None}, seen=seen)

        assert refused.value.conflicts == {"title": ("Của người khác", "Của tôi")}

    def test_several_saves_later_the_first_old_value_decides(self, db_session, task):
        seen, first = task.version, task.title
        for title in ("Hai", "Ba"):
            history.change(task, {"title": title}, by=ACT)
            db_session.commit()

        assert history.merged(task, {"title": first}, seen=seen) == {}
        with pytest.raises(StaleError):
            history.merged(task, {"title": "Hai rưỡi"}, seen=seen)


def test_two_at_the_very_same_moment_cannot_both_win(app, task, db_session):
    """The version of the row is the last word, whatever the forms said."""
    db_session.execute(
        text("UPDATE tasks SET version = version + 1 WHERE id = :id"), {"id": task.id}
    )
    history.change(task, {"title": "Quá muộn"}, by=ACT)

    with pytest.raises(StaleDataError):
        db_session.flush()


def test_values_are_written_so_that_they_can_be_read_again():
    assert history.encoded(
        {"d": date(2026, 1, 5), "s": TaskStatus.DONE, "l": [Strand.METROLOGY, None, 3]}
    ) == {"d": "2026-01-05", "s": "done", "l": ["metrology", None, 3]}
