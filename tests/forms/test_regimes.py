import pytest

from tracker.forms.regimes import RegimeForm
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.models import Group
from tracker.queries.choices import Choice

USUAL = {
    "name": "Báo cáo tháng",
    "of": "group:7",
    "period_kind": "month",
    "basis": "decree",
    "weekday": "5",
    "closing_day": "14",
    "working_days": "1",
    "starts_on": "01/12/2026",
    "arranged_by": "group",
    "orientation": "portrait",
}


@pytest.fixture
def read(app, clock):
    """`read(weekday="4")` is the form as the door gets it, checked; and what it says is wrong."""

    def sent(**data):
        with app.test_request_context("/", method="POST", data=USUAL | data):
            form = RegimeForm(meta={"csrf": False}).offer(
                groups=[Group(id=7, key="HAL", name="Hal")],
                persons=[Choice(3, "An")],
                units=[Choice(5, "Viện")],
                templates=[],
            )
            form.validate()
            return form.columns_typed(), sorted(form.errors)

    return sent


@pytest.mark.parametrize(
    ("typed", "whose"),
    [("group:7", {"group_id": 7}), ("unit:5", {"unit_id": 5}), ("all", {})],
)
def test_a_report_is_of_a_group_a_unit_or_all_groups(read, typed, whose):
    values, wrong = read(of=typed)

    assert wrong == []
    assert {name: values[name] for name in values if name in {"group_id", "unit_id"}} == whose


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({}, (PeriodKind.MONTH, PeriodBasis.DECREE, None, None, [])),
        ({"period_kind": "week"}, (PeriodKind.WEEK, PeriodBasis.CALENDAR, 5, None, [])),
        (
            {"period_kind": "custom", "closing_months": ["10", "2"]},
            (PeriodKind.CUSTOM, PeriodBasis.CUSTOM, None, 14, [2, 10]),
        ),
    ],
)
def test_what_a_kind_of_period_does_not_need_is_left_out(read, typed, rule):
    values, wrong = read(**typed)

    assert wrong == []
    names = ("period_kind", "basis", "weekday", "closing_day", "closing_months")
    assert tuple(values[name] for name in names) == rule


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"period_kind": "custom"}, ["closing_months"]),
        ({"period_kind": "custom", "closing_months": ["2", "13"]}, ["closing_months"]),
        ({"period_kind": "custom", "closing_months": "2", "closing_day": "x"}, ["closing_day"]),
        ({"period_kind": "week", "weekday": ""}, ["weekday"]),
        ({"working_days": "0"}, ["working_days"]),
        ({"of": "group:8"}, ["of"]),
        ({"basis": "custom"}, ["basis"]),
        ({"period_kind": "x"}, ["period_kind"]),
        ({"starts_on": ""}, ["starts_on"]),
    ],
)
def test_what_makes_no_sense_is_said_where_it_stands(read, typed, wrong):
    assert read(**typed)[1] == wrong
