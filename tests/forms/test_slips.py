import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.slips import SlipsForm
from tracker.models import MoveReason, Strand
from tracker.queries.slips import Filters


def asked(app, group="", **args):
    with app.test_request_context():
        return SlipsForm(MultiDict(args)).filters(group)


def test_filters_are_read_from_an_address(app):
    filters = asked(app, group="", strand="metrology", reason="budget", unit="7", kind="task-due")

    assert filters == Filters(
        strand=Strand.METROLOGY, reason=MoveReason.BUDGET, unit_id=7, kind="task-due"
    )
    assert asked(app, period="2026-11").period.word == "2026-11"
    assert asked(app, "HAL").is_empty


@pytest.mark.parametrize("name", ["strand", "reason", "unit", "kind", "period"])
def test_nonsense_counts_as_not_asked(app, name):
    assert asked(app, **{name: "§"}) == Filters()
