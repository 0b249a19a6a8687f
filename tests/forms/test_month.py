from datetime import date

import pytest

from tests.factories import TODAY
from tracker.forms import month as forms
from tracker.models import Strand
from tracker.queries.month import Asked, Kind

ME = 7


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        ({}, Asked(month=date(2026, 11, 1))),
        ({"month": "2027-02"}, Asked(month=date(2027, 2, 1))),
        ({"day": "2027-02-17"}, Asked(month=date(2027, 2, 1))),
        ({"month": "1999-12"}, Asked(month=date(2026, 11, 1))),
        ({"month": "2101-01"}, Asked(month=date(2026, 11, 1))),
        ({"month": "tháng này", "kind": "x", "strand": "x"}, Asked(month=date(2026, 11, 1))),
        (
            {"strand": "conformity-assessment", "owner": "me", "kind": "milestone"},
            Asked(
                month=date(2026, 11, 1),
                strand=Strand.CONFORMITY_ASSESSMENT,
                owner=ME,
                kind=Kind.MILESTONE,
            ),
        ),
        ({"owner": "none"}, Asked(month=date(2026, 11, 1), owner=0)),
    ],
)
def test_an_address_is_read(args, asked):
    assert forms.read(args, ME, TODAY) == asked


@pytest.mark.parametrize("text", ["", "2026-02-29", "1999-12-31", "2101-01-01", "hôm nay"])
def test_a_day_that_is_none_is_not_asked_for(text):
    assert forms.day({"day": text}) is None


@pytest.mark.parametrize(
    "args",
    [
        {},
        {"month": "2027-02", "owner": "me"},
        {"strand": "conformity-assessment", "owner": "none", "kind": "task"},
        {"owner": "12"},
    ],
)
def test_what_was_read_is_written_back(args):
    asked = forms.read(args, ME, TODAY)

    assert forms.query(asked, ME, TODAY, {}) == "&".join(f"{n}={v}" for n, v in args.items())


def test_something_else_is_asked_for_instead():
    asked = forms.read({"month": "2027-02", "owner": "me"}, ME, TODAY)

    assert forms.query(asked, ME, TODAY, {"month": "", "kind": "task"}) == "owner=me&kind=task"
