from datetime import date, time

import pytest

from tracker.forms.meetings import DecideForm, MeetingForm
from tracker.queries.choices import Choice
from tracker.services.meetings import Plan

TYPED = {"title": "Họp", "held_on": "1/12/2026", "begins": "08:30", "chair_id": "1"}


@pytest.fixture
def read(app, clock):
    def sent(**data):
        with app.test_request_context("/", method="POST", data=TYPED | data):
            form = MeetingForm(meta={"csrf": False})
            form.offer(
                directors=[Choice(1, "An")],
                persons=[Choice(2, "Bình")],
                groups=[Choice(3, "Hal"), Choice(4, "Sol")],
                programmes=[Choice(5, "Hội nhập")],
            )
            return form, form.validate()

    return sent


def test_a_programme_stands_for_its_groups_beside_those_ticked(read):
    form, fine = read(group_ids="3", programme_id="5", recorder_ids="2")

    assert fine
    assert form.plan({5: {4}}) == Plan(
        title="Họp",
        held_on=date(2026, 12, 1),
        begins=time(8, 30),
        chair_id=1,
        group_ids=frozenset({3, 4}),
        recorder_ids=frozenset({2}),
    )


@pytest.mark.parametrize("changed", [{"chair_id": "9"}, {"group_ids": "9"}, {"begins": "x"}])
def test_what_was_not_offered_is_refused(read, changed):
    assert not read(**changed)[1]


@pytest.mark.parametrize(
    ("options", "data", "fine", "said"),
    [
        (["A", "B"], {"chosen": "1"}, True, "B"),
        (["A", "B"], {"chosen": "1", "text": "Ngay"}, True, "Ngay"),
        (["A", "B"], {"chosen": "2"}, False, ""),
        (["A"], {}, False, ""),
        ([], {"text": "Ngay"}, True, "Ngay"),
        (None, {"text": "Ngay", "workstream_id": "7"}, True, "Ngay"),
        (None, {"text": "Ngay"}, False, "Ngay"),
    ],
)
def test_a_decision_is_an_option_or_words(app, clock, options, data, fine, said):
    with app.test_request_context("/", method="POST", data=data):
        form = DecideForm(meta={"csrf": False}).offer(options, [Choice(7, "Đo lường")])

        assert bool(form.validate()) is fine
        if fine:
            assert form.said == said
