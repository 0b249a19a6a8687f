from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tests import factories as make
from tests import plans
from tests.factories import TODAY
from tracker.forms.importing import PreviewForm, answers_in
from tracker.lib.plan_file import PlanFile, Problem
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import importing as read
from tracker.queries.importing import Answers

ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)


def shown(plan):
    return read.of_plan(plan, Answers(), start=None, actor=ADMINISTRATOR, today=TODAY)


@pytest.fixture
def near(db_session, cast):
    """A preview that asks for a group, a title and a name."""
    stream = make.stream_of(db_session, cast, strand=Strand.STANDARDS)
    make.task(db_session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn", due=date(2026, 12, 1))
    return shown(
        PlanFile(
            (
                plans.sheet(
                    plans.task(2, "Lấy ý kiến các dự thảo tiêu chuẩn", owner="Đỗ Mai Lan"),
                    plans.task(3, "Việc có hạn", due=plans.DUE),
                ),
                plans.sheet(name="Khác"),
            )
        )
    )


def test_answers_to_what_was_shown_are_taken(near):
    row, name = near.asked[0].name, near.names[0].key
    code = near.asked[0].candidates[0].code

    found = answers_in({"group-1": "HAL", row: code, name: "  Vũ   An "}, near)

    assert found == Answers({"Khác": "HAL"}, {row: code}, {name: "Vũ An"})


@pytest.mark.parametrize(
    "sent",
    [
        {"group-9": "HAL"},
        {"group-1": "?"},
        {"same-0-2": "SOL-1"},
        {"same-0-3": "new"},
        {"person-0": "An"},
        {"csrf_token": "x"},
    ],
)
def test_what_was_not_asked_is_no_answer(near, sent):
    assert answers_in(sent, near) == Answers()


def test_a_name_emptied_is_nobody_and_a_sheet_emptied_is_left_out(near):
    name = near.names[0].key

    assert answers_in({"group-0": "", name: " "}, near) == Answers({"Hal": ""}, {}, {name: ""})


def test_everything_open_is_said_at_once(app, near):
    with app.test_request_context("/", method="POST", data={}):
        form = PreviewForm(meta={"csrf": False})

        assert not form.fits(near)
        assert form.form_errors == [
            "Hãy chọn tổ cho từng trang của tệp.",
            "Hãy trả lời các câu hỏi về nhiệm vụ gần giống nhau.",
        ]


def test_rows_left_out_have_to_be_agreed_to(app, db_session):
    problem = Problem("Hal", "B3", 3, "plan_title_missing", is_blocking=True)
    preview = shown(plans.file(plans.task(2), problems=[problem]))

    def fits(**sent):
        with app.test_request_context("/", method="POST", data=MultiDict(sent)):
            return PreviewForm(meta={"csrf": False}).fits(preview)

    assert not fits()
    assert fits(without_left_out="y")
