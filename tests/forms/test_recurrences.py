import pytest

from tracker.forms.recurrences import RecurrenceForm
from tracker.lib.recurrence import LAST, Anchor, Frequency, Rule, Shift
from tracker.queries.choices import Choice

USUAL = {
    "title": "Báo cáo tháng {kỳ}",
    "frequency": "monthly",
    "anchor": "day",
    "day": "25",
    "shift": "next",
    "lead_days": "14",
    "starts_on": "01/12/2026",
    "workstream_id": "1",
}


@pytest.fixture
def read(app, clock):
    """`read(day="31")` is the form as the door gets it, checked."""

    def sent(then=lambda form: None, **data):
        data = {name: value for name, value in (USUAL | data).items() if value is not None}
        with app.test_request_context("/", method="POST", data=data):
            form = RecurrenceForm(meta={"csrf": False})
            form.offer(
                workstreams=[Choice(1, "Tiêu chuẩn")],
                milestones=[Choice(2, "HAL-M1")],
                members=[],
                persons=[Choice(3, "An")],
                units=[],
            )
            form.validate()
            then(form)
            return form

    return sent


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({}, Rule(frequency=Frequency.MONTHLY, day=25)),
        (
            {"frequency": "weekly", "weekday": "4", "anchor": "last_working_day"},
            Rule(frequency=Frequency.WEEKLY, anchor=Anchor.LAST_WORKING_DAY, weekday=4),
        ),
        (
            {
                "frequency": "quarterly",
                "anchor": "weekday",
                "month": "3",
                "nth": "2",
                "weekday": "1",
            },
            Rule(frequency=Frequency.QUARTERLY, anchor=Anchor.WEEKDAY, month=3, nth=2, weekday=1),
        ),
        (
            {"anchor": "weekday", "nth": "-1", "weekday": "0", "shift": "previous"},
            Rule(
                frequency=Frequency.MONTHLY,
                anchor=Anchor.WEEKDAY,
                nth=LAST,
                weekday=0,
                shift=Shift.PREVIOUS,
            ),
        ),
        (
            {"frequency": "yearly", "anchor": "last_working_day", "month": "12"},
            Rule(frequency=Frequency.YEARLY, anchor=Anchor.LAST_WORKING_DAY, month=12),
        ),
    ],
)
def test_a_rule_is_typed_and_what_it_does_not_need_is_left_out(read, typed, rule):
    form = read(**typed)

    assert form.errors == {}
    assert form.rule == rule
    assert {name: form.columns_typed()[name] for name in ("day", "nth", "weekday", "month")} == {
        name: getattr(rule, name) for name in ("day", "nth", "weekday", "month")
    }


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"title": "Báo cáo {tháng}"}, "title"),
        ({"day": ""}, "day"),
        ({"day": "32"}, "day"),
        ({"frequency": "yearly"}, "month"),
        ({"frequency": "quarterly", "month": "4"}, "month"),
        ({"frequency": "hourly"}, "frequency"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "29/02/2027"}, "starts_on"),
        ({"starts_on": "01/01/1999"}, "starts_on"),
        ({"ends_on": "30/11/2026"}, "ends_on"),
        ({"lead_days": "400"}, "lead_days"),
        ({"workstream_id": "9"}, "workstream_id"),
        ({"milestone_id": "9"}, "milestone_id"),
    ],
)
def test_nonsense_has_a_sentence_at_its_field(read, typed, wrong):
    form = read(**typed)

    assert list(form.errors) == [wrong]
    assert len(form[wrong].errors) == 1


@pytest.mark.parametrize(("day", "is_past"), [("22/11/2026", True), ("23/11/2026", False)])
def test_the_past_is_refused_for_what_is_new(read, day, is_past):
    form = read(starts_on=day, then=RecurrenceForm.refuse_the_past)

    assert bool(form["starts_on"].errors) is is_past
