import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.picking import PersonField, PickForm
from tracker.queries.people import Picks

PICKS = Picks(
    {"Đỗ Mai Lan": 1, "Trần Văn Bình (VMI)": 2, "Trần Văn Bình (BoA)": 3},
    {
        "đỗ mai lan": ["Đỗ Mai Lan"],
        "trần văn bình": ["Trần Văn Bình (VMI)", "Trần Văn Bình (BoA)"],
    },
    {
        "do mai lan": ["Đỗ Mai Lan"],
        "tran van binh": ["Trần Văn Bình (VMI)", "Trần Văn Bình (BoA)"],
    },
)


class OneForm(PickForm):
    person = PersonField("x")


@pytest.fixture
def errors_of(app):
    def found(**values):
        with app.test_request_context("/", method="POST"):
            form = OneForm(MultiDict(values), picks=PICKS, meta={"csrf": False})
            return form.validate(), form.person.errors, form.is_unsure

    return found


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.parametrize("name", ["", "Đỗ Mai Lan", "đỗ mai lan", "Trần Văn Bình (BoA)", "Ai Mới"])
def test_a_name_that_means_one_person_or_a_new_one_is_fine(errors_of, name):
    is_fine, errors, is_unsure = errors_of(person=name)

    assert (is_fine, list(errors), is_unsure) == (True, [], False)


@pytest.mark.sqlite
@pytest.mark.blank
def test_a_name_two_people_share_is_asked_about(errors_of):
    is_fine, errors, _ = errors_of(person="Trần Văn Bình", new_people="y")

    assert not is_fine
    assert " ".join(errors) == (
        "Có nhiều người tên «Trần Văn Bình»: Trần Văn Bình (VMI), Trần Văn Bình (BoA)."
        " Hãy chọn trong danh sách."
    )


@pytest.mark.sqlite
@pytest.mark.blank
def test_a_near_miss_is_asked_about_once(errors_of):
    is_fine, errors, is_unsure = errors_of(person="Do Mai Lan")

    assert (is_fine, is_unsure) == (False, True)
    assert errors == ["Đã có Đỗ Mai Lan. Hãy chọn tên đó, hoặc đánh dấu đây là người mới."]
    assert errors_of(person="Do Mai Lan", new_people="y")[0]
