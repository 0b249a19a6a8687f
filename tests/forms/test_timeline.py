from datetime import date

import pytest

from tracker.forms import timeline as forms
from tracker.lib.timeline import Zoom
from tracker.models import Strand
from tracker.queries.timeline import Asked, Kind

ME = 7


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        ({}, Asked()),
        ({"zoom": "week", "from": "2026-10-05"}, Asked(zoom=Zoom.WEEK, first=date(2026, 10, 5))),
        ({"kind": "tasks", "page": "3"}, Asked(kind=Kind.TASKS, page=3)),
        ({"group": "hal", "strand": "conformity-assessment"},
         Asked(group="HAL", strand=Strand.CONFORMITY_ASSESSMENT)),
        ({"unit": "12", "owner": "me"}, Asked(unit=12, owner=ME)),
        ({"owner": "none"}, Asked(owner=0)),
        ({"owner": "15"}, Asked(owner=15)),
        ({"owner": "  Trần   Bình "}, Asked(name="Trần Bình")),
    ],
)  # fmt: skip
def test_an_address_says_what_is_asked_for(args, asked):
    assert forms.read(args, ME) == asked


@pytest.mark.parametrize("name", ["zoom", "from", "kind", "strand", "unit", "page"])
@pytest.mark.parametrize("text", ["", "x", "-1", "²", "9" * 40, "1; DROP TABLE tasks", "\0"])
def test_nonsense_counts_as_not_asked(name, text):
    assert forms.read({name: text}, ME) == Asked()


@pytest.mark.parametrize("text", ["1999-12-31", "2101-01-01", "2026-02-30", "01/07/2026"])
def test_a_day_outside_of_the_years_or_the_calendar_is_not_asked_for(text):
    assert forms.read({"from": text}, ME).first is None


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(zoom=Zoom.WEEK, first=date(2026, 11, 2), kind=Kind.ALL, owner=0),
        Asked(group="HAL", strand=Strand.INSPECTION, unit=3, name="Trần & Bình"),
        Asked(owner=ME),
    ],
)
def test_what_is_written_is_read_back(asked):
    assert forms.read(forms.written(asked), ME) == asked


def test_something_else_can_be_asked_for_or_dropped():
    asked = Asked(zoom=Zoom.WEEK, unit=3)

    assert forms.query(asked, {"unit": "", "page": 2, "as": "table"}) == "zoom=week&page=2&as=table"
