import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms import deliverables as forms
from tracker.models import Strand
from tracker.queries.deliverables import Filters


@pytest.mark.parametrize(
    ("args", "filters"),
    [
        ({}, Filters()),
        (
            {"group": "hal", "strand": "conformity-assessment", "kind": "tcvn", "stage": "B4"},
            Filters(group="HAL", strand=Strand.CONFORMITY_ASSESSMENT, kind="TCVN", stage="B4"),
        ),
        ({"q": "  hai\u200b   từ ", "page": "3"}, Filters(text="hai từ", page=3)),
        ({"page": "x", "strand": "nonsense"}, Filters()),
        ({"page": "-7"}, Filters()),
        ({"page": "9" * 30}, Filters()),
        ({"q": "x" * 500}, Filters(text="x" * 200)),
    ],
)
def test_an_address_is_read_and_nonsense_is_not_asked(args, filters):
    assert forms.read(MultiDict(args)) == filters


def test_filters_are_written_as_they_were_read():
    filters = Filters(group="HAL", strand=Strand.METROLOGY, kind="CMC", stage="1", text="khí")

    assert forms.read(forms.written(filters)) == filters
    assert "group" not in forms.written(filters, without_group=True)


def test_something_else_is_asked_for_by_changing_a_part():
    filters = Filters(kind="CMC", stage="1", text="khí")

    assert forms.query(filters, {"kind": "TCVN", "stage": ""}) == "q=kh%C3%AD&kind=TCVN"
