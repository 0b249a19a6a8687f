from datetime import date

import pytest

from tests.factories import TODAY
from tracker.forms.tasks import (
    DueForm,
    ForecastForm,
    ProgressForm,
    StatusForm,
    TaskForm,
    day_choices,
    people_first,
)
from tracker.models import MoveReason, TaskStatus
from tracker.queries.choices import Choice
from tracker.services.act import Why


@pytest.fixture
def read(app):
    """`read(StatusForm, status="done")` is the form as the door gets it, checked."""

    def sent(kind, *, prepare=lambda form: None, **data):
        with app.test_request_context("/", method="POST", data=data):
            form = kind(meta={"csrf": False})
            prepare(form)
            form.validate()
            return form

    return sent


def test_a_status_is_a_member(read):
    assert read(StatusForm, status="blocked").status.data is TaskStatus.BLOCKED
    assert read(StatusForm, status="nonsense").errors
    assert read(StatusForm).errors


@pytest.mark.parametrize(("typed", "fine"), [("0", 1), ("100", 1), ("101", 0), ("-1", 0), ("x", 0)])
def test_progress_is_a_percentage(read, typed, fine):
    assert (not read(ProgressForm, progress=typed).errors) == bool(fine)


class TestMoving:
    @pytest.mark.parametrize(
        ("data", "day"),
        [
            ({"forecast": "2026-12-02"}, date(2026, 12, 2)),
            ({"forecast": "2/12/2026"}, date(2026, 12, 2)),
            ({"forecast": "own", "forecast_own": "2026-12-09"}, date(2026, 12, 9)),
        ],
    )
    def test_a_day_comes_from_a_chip_or_is_typed(self, read, data, day):
        assert read(ForecastForm, **data).forecast.data == day

    @pytest.mark.parametrize("data", [{}, {"due": "own"}, {"due": "own", "due_own": "31/02/2027"}])
    def test_no_day_is_told(self, read, data):
        assert set(read(DueForm, **data).errors) == {"due"}

    def test_the_reason_goes_with_its_sentence(self, read):
        data = {"reason": "budget", "reason_note": "Chờ vốn", "agreed_by": "Tổ trưởng"}

        form = read(DueForm, due="2026-12-09", **data)

        assert form.why() == Why(
            reason=MoveReason.BUDGET, sentence="Chờ vốn", agreed_by="Tổ trưởng"
        )

    def test_another_reason_needs_a_sentence(self, read):
        assert set(read(DueForm, due="2026-12-09", reason="other").errors) == {"reason_note"}
        assert read(DueForm, due="2026-12-09").why() is None

    def test_chips_count_from_the_later_of_the_day_and_today(self, app):
        with app.test_request_context():
            late = day_choices(date(2026, 1, 1), TODAY)
            ahead = day_choices(date(2027, 1, 31), TODAY)

        assert [day for day, _ in late][:2] == ["2026-11-30", "2026-12-07"]
        assert [day for day, _ in ahead][2] == "2027-02-28"


class TestWhole:
    def offer(self, form):
        one = [Choice(1, "Một")]
        form.offer(members=one, persons=[*one, Choice(2, "Hai")], units=one, milestones=one)

    def test_lists_and_empty_choices(self, read):
        form = read(
            TaskForm,
            prepare=self.offer,
            title=" Đo  mẫu ",
            priority="normal",
            owner_id="",
            participant_ids=["1", "2"],
        )

        assert not form.errors
        typed = form.columns_typed()
        assert (typed["title"], typed["owner_id"], typed["participant_ids"]) == (
            "Đo mẫu",
            None,
            [1, 2],
        )
        assert typed["progress"] == 0
        assert {"reason", "version", "more", "csrf_token"} & set(typed) == set()

    def test_an_end_before_the_start(self, read):
        dates = {"start": "2026-12-02", "due": "2026-12-01", "forecast": "2026-12-01"}

        form = read(TaskForm, prepare=self.offer, title="x", priority="normal", **dates)

        assert set(form.errors) == {"due", "forecast"}

    def test_what_was_left_out_is_not_read(self, read):
        def prepare(form):
            self.offer(form)
            form.drop("due")

        form = read(TaskForm, prepare=prepare, title="x", priority="normal", due="2026-12-01")

        assert "due" not in form.columns_typed()

    def test_an_unknown_person_is_refused(self, read):
        form = read(
            TaskForm, prepare=self.offer, title="x", priority="normal", participant_ids=["7", "x"]
        )

        assert set(form.errors) == {"participant_ids"}


def test_the_people_of_the_group_come_first(app):
    everybody = [Choice(1, "An"), Choice(2, "Bình"), Choice(3, "Chi")]

    with app.test_request_context():
        assert people_first([Choice(2, "Bình")], everybody) == [
            (2, "Bình"),
            (1, "An (ngoài tổ)"),
            (3, "Chi (ngoài tổ)"),
        ]
