from datetime import date

import pytest

from tracker.lib.iso_records import Record, Wanted

RECORD = Record(
    line=1,
    source_id="iso:1",
    reference="ISO/DIS 14064-5",
    ics="13.020.40, 67.040",
    committee="ISO/TC 207/SC 7",
)


@pytest.mark.parametrize(
    ("wanted", "has"),
    [
        ({}, True),
        ({"ics": ("67",)}, True),
        ({"ics": ("67.040",)}, True),
        ({"ics": ("67.04",)}, False),
        ({"ics": ("71", "13.020")}, True),
        ({"committees": ("iso/tc 207",)}, True),
        ({"committees": ("ISO/TC 20",)}, False),
        ({"committees": ("ISO/TC 207/SC 7",)}, True),
        ({"references": ("14064",)}, True),
        ({"references": ("dis 14064",)}, True),
        ({"ics": ("67",), "references": ("9001",)}, False),
    ],
)
def test_words_of_a_kind_are_alternatives_and_the_kinds_add_up(wanted, has):
    assert Wanted(**wanted).has(RECORD) is has


def test_a_record_is_kept_and_comes_back_the_same():
    published = Record(
        line=2, source_id="iso:2", reference="ISO 1:2020", published=date(2020, 5, 1)
    )

    for record in (RECORD, published):
        assert Record.from_json(record.to_json()) == record
