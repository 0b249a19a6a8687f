from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tests import factories as make
from tracker.forms import risks as forms
from tracker.forms.risks import RiskForm
from tracker.lib.risk import RiskBand
from tracker.models import RiskKind, Strand
from tracker.queries.choices import Choice
from tracker.queries.risks import Filters, Sort, Standing

ME = 7
GIVEN = {
    "kind": "risk",
    "workstream_id": "1",
    "title": "Có thể thiếu chuẩn",
    "likelihood": "3",
    "impact": "5",
    "treatment": "reduce",
    "owner_id": "",
    "review_on": "1/12",
    "blocks": "hal-7; HAL-M3,HAL-7",
}


@pytest.fixture
def typed(app):
    def made(**values):
        with app.test_request_context(method="POST"):
            form = RiskForm(MultiDict(GIVEN | values), meta={"csrf": False})
            form.offer(workstreams=[Choice(1, "Đo lường")], members=[], persons=[])
            return form, form.validate()

    return made


def test_what_is_typed_is_read(typed):
    form, fine = typed()

    assert fine
    assert form.codes == ["HAL-7", "HAL-M3"]
    assert form.columns_typed()["review_on"] == date(make.TODAY.year, 12, 1)
    assert (form.likelihood.data, form.impact.data, form.is_risk) == (3, 5, True)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"likelihood": "6"}, {"likelihood"}),
        ({"likelihood": "", "impact": "x"}, {"likelihood", "impact"}),
        ({"kind": "difficulty", "likelihood": "", "impact": ""}, set()),
        ({"kind": "opportunity"}, {"kind"}),
        ({"title": "   "}, {"title"}),
        ({"title": "\x00\x07"}, {"title"}),
        ({"title": "x" * 5000}, {"title"}),
        ({"response": "x" * 5000}, {"response"}),
        ({"description": "x" * 5000}, set()),
        ({"workstream_id": "2"}, {"workstream_id"}),
        ({"owner_id": "99"}, {"owner_id"}),
        ({"treatment": "pray"}, {"treatment"}),
        ({"review_on": "31/2"}, {"review_on"}),
    ],
)
def test_nonsense_is_refused_where_it_is(typed, values, wrong):
    form, _fine = typed(**values)

    assert {name for name in form.errors if name} == wrong


def test_control_characters_are_not_kept(typed):
    form, _ = typed(title="Thiếu\x07 chuẩn\x1b", response="Một\x00\r\nhai")

    assert (form.title.data, form.response.data) == ("Thiếu chuẩn", "Một\nhai")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, Filters()),
        (
            {
                "group": "hal",
                "strand": "conformity-assessment",
                "kind": "risk",
                "level": "critical",
                "likelihood": "4",
                "impact": "5",
                "state": "all",
                "review": "due",
                "blocking": "yes",
                "sort": "review",
                "page": "3",
            },
            Filters(
                group="HAL",
                strand=Strand.CONFORMITY_ASSESSMENT,
                kind=RiskKind.RISK,
                band=RiskBand.CRITICAL,
                likelihood=4,
                impact=5,
                standing=Standing.ALL,
                is_due=True,
                is_blocking=True,
                sort=Sort.REVIEW,
                page=3,
            ),
        ),
        ({"owner": "me"}, Filters(owner_id=ME)),
        (
            {
                "strand": "cooking",
                "kind": "luck",
                "level": "9",
                "likelihood": "6",
                "impact": "0",
                "owner": "99999999999999999999",
                "state": "?",
                "page": "-4",
            },
            Filters(),
        ),
    ],
)
def test_nonsense_in_an_address_counts_as_not_asked(asked, found):
    assert forms.read(asked, ME) == found


def test_an_address_says_what_is_asked_and_can_be_changed():
    asked = forms.written(Filters(group="HAL", likelihood=4, impact=5, sort=Sort.OWNER), ME)

    assert asked == {"group": "HAL", "likelihood": "4", "impact": "5", "sort": "owner"}
    assert forms.query(asked, {"likelihood": "", "impact": "", "page": 2}) == (
        "group=HAL&sort=owner&page=2"
    )
    assert forms.written(Filters(group="HAL", owner_id=ME), ME, within=True) == {"owner": "me"}


def test_each_filter_that_can_be_chosen_is_understood(app):
    with app.test_request_context():
        offers = forms.offers([("HAL", "Halal")], [(ME, "Tôi"), (8, "An")], ME)

    assert offers["owner"] == [("", "Mọi người"), ("me", "Của tôi"), ("8", "An")]
    for name, options in offers.items():
        for value, _words in options:
            asked = {name: value} if value else {}
            assert forms.written(forms.read(asked, ME), ME) == asked
