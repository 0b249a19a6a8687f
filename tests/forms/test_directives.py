from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tests import factories as make
from tests.factories import TODAY
from tracker.forms.directives import DirectiveForm, DirectivesForm
from tracker.models import Strand
from tracker.queries import choices
from tracker.queries import directives as read
from tracker.queries.directives import Addressee, Filters, Sort, State

GIVEN = {
    "title": "Báo cáo phương án",
    "to": "Phạm Văn Ổn",
    "due": "15/12/2026",
    "group": "HAL",
    "strand": "metrology",
    "priority": "normal",
}


@pytest.fixture
def unit(db_session, cast):
    make.person(db_session, "Phạm Văn Ơn")
    return make.unit(db_session, "QUATEST 1")


def sent(app, **typed):
    with app.test_request_context(method="POST", data=MultiDict(GIVEN | typed)):
        form = DirectiveForm(meta={"csrf": False}).offer(
            addressees=read.addressees(TODAY),
            groups=[("HAL", "HAL")],
            units=choices.units(TODAY),
            milestones=(),
        )
        form.validate()
        return form, {name: errors for name, errors in form.errors.items() if errors}


def test_a_person_or_a_unit_is_meant(app, cast, unit):
    form, wrong = sent(app, due="thứ sáu")
    assert wrong == {}
    assert form.addressee == Addressee(person_id=cast["member"].person_id)
    assert form.due.data == date(2026, 11, 27)
    form, wrong = sent(app, to="quatest 1", lead_unit_id=str(unit.id))
    assert (form.addressee, wrong) == (Addressee(unit_id=unit.id), {})


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("to", "Ban Không Có", "Không có người hay đơn vị nào tên «Ban Không Có»."),
        ("to", "pham van on", "«pham van on» có thể là: Phạm Văn Ơn, Phạm Văn Ổn."),
        ("title", "a" * 5000, "Không quá 500 ký tự."),
        ("group", "SOL", "Hãy chọn một mục trong danh sách."),
        ("due", "hôm nao", "«hôm nao» không phải là ngày."),
        ("strand", "", "Bắt buộc nhập."),
    ],
)
def test_what_is_wrong_is_said_where_it_is(app, unit, name, typed, said):
    _, wrong = sent(app, **{name: typed})

    assert list(wrong) == [name]
    assert wrong[name][0].startswith(said)


def test_a_unit_leads_what_it_was_given(app, db_session, unit):
    other = make.unit(db_session, "BoA")
    _, wrong = sent(app, to="QUATEST 1", lead_unit_id=str(other.id))

    assert wrong == {
        "lead_unit_id": [
            "Đã giao cho QUATEST 1, nhưng đơn vị chủ trì lại là đơn vị khác. Hãy chọn một."
        ]
    }


def filters(app, **asked):
    with app.test_request_context("/"):
        form = DirectivesForm(MultiDict(asked))
        return form.filters(), form


def test_filters_that_make_no_sense_are_not_asked(app):
    asked = {"state": "x", "giver": "x", "unit": "x", "strand": "x", "sort": "x"}
    assert filters(app, **asked)[0] == Filters()
    assert filters(app, **asked)[0].is_empty
    found, _ = filters(
        app, state="nobody", giver="3", unit="4", strand="metrology", sort="given", q=" Đo  lường "
    )
    assert found == Filters(
        state=State.NOBODY,
        giver_id=3,
        unit_id=4,
        strand=Strand.METROLOGY,
        sort=Sort.GIVEN,
        text="Đo lường",
    )


def test_a_period_that_is_none_is_said(app):
    found, form = filters(app, period="2026-13")

    assert found.period is None
    assert form.period.errors == ["Không có kỳ báo cáo «2026-13»."]
