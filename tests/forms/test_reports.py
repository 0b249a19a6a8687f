"""The periods a report is offered for, and what people type instead."""

from datetime import date

import pytest

from tracker.forms.reports import ListForm, WantedForm, offers
from tracker.models import ReportKind, ReportState
from tracker.queries.reports import Filters


@pytest.fixture
def asked(app):
    def form_of(query, kind=WantedForm):
        with app.test_request_context(f"/?{query}") as context:
            form = kind(context.request.args)
            if kind is WantedForm:
                form.offer()
                form.validate()
                period = form.wanted()
                return form, period.word if period else None
            return form

    return form_of


def test_the_month_that_was_closed_is_offered_first():
    assert [one.word for one in offers(date(2026, 11, 23))] == [
        *("2026-11", "2026-12", "2026-Q3", "2026-Q4", "2026-H2", "2026"),
        *("cal:2026-10", "cal:2026-11", "2026-W47"),
    ]


def test_nothing_asked_means_the_first_offer(asked):
    form, word = asked("")

    assert (form.period.data, word) == ("2026-11", "2026-11")
    assert form.period.choices[0] == ("2026-11", "Tháng 11 năm 2026 · 15/10–14/11")
    assert form.period.choices[-1] == ("other", "Kỳ khác")
    assert dict(form.period.choices)["cal:2026-11"] == (
        "Tháng 11 năm 2026 · theo lịch, 01/11–30/11"
    )


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("period=2026-Q4", "2026-Q4"),
        ("period=other&word=+2026-h1+", "2026-H1"),
        ("period=other&first=15/10/2026&last=14/11/2026", "2026-10-15..2026-11-14"),
        ("period=2025-03", "2025-03"),  # a bookmark: none of those offered
    ],
)
def test_a_period_is_read_from_what_was_asked(asked, query, word):
    assert asked(query)[1] == word


def test_a_period_that_was_not_offered_stands_in_the_box_for_others(asked):
    form, _word = asked("period=2025-03")

    assert (form.period.data, form.word.data) == ("other", "2025-03")


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("period=other&word=2026-13", "word", "Không có kỳ báo cáo «2026-13»."),
        ("period=other&first=15/10/2026", "word", "Hãy chọn kỳ báo cáo"),
        ("period=other&first=31/02/2026&last=1/3/2026", "first", "Không có ngày"),
    ],
)
def test_what_is_no_period_is_said_under_its_field(asked, query, field, sentence):
    form, word = asked(query)

    assert word is None
    assert form[field].errors[0].startswith(sentence)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", Filters()),
        (
            "group=hal&unit=7&kind=annual&state=draft&period=2026-11&text=phàn nàn",
            Filters("hal", 7, ReportKind.ANNUAL, ReportState.DRAFT, "2026-11", "phàn nàn"),
        ),
        ("period=nonsense&state=blue&kind=odd&unit=-1", Filters()),
        ("unit=99999999999999", Filters()),
        ("period=11/2026", Filters(period="2026-11")),
        ("period=Tháng 3/2026", Filters(period="2026-03")),
        ("period=Quý IV/2026", Filters(period="2026-Q4")),
        ("period=quý 2/2026", Filters(period="2026-Q2")),
        ("period=13/2026", Filters()),
    ],
)
def test_nonsense_in_the_list_counts_as_not_asked(asked, query, filters):
    assert asked(query, ListForm).filters == filters
