import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.task_rows import TaskRowForm
from tracker.queries.plan import Worker

WORKERS = [
    Worker(1, "Đỗ Mai Lan", ""),
    Worker(2, "Trần Văn Bình", ""),
    Worker(3, "Trần Văn Bính", ""),
]


@pytest.fixture
def form_for(app):
    def made(**values):
        with app.test_request_context("/", method="POST"):
            return TaskRowForm(MultiDict({"title": "x", **values}), meta={"csrf": False})

    return made


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("name", "owner"),
    [("", None), ("Đỗ Mai Lan", 1), ("do mai lan", 1), ("Trần Văn Bình", 2)],
)
def test_an_owner_is_typed_as_a_name(form_for, name, owner):
    form = form_for(owner=name)

    assert form.owner_among(WORKERS) == owner
    assert form.owner.errors in ((), [])


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Nguyễn Lạ", "Chưa có «Nguyễn Lạ» trong tổ; hãy chọn trong danh sách."),
        ("tran van binh", "Có nhiều người tên «tran van binh»; hãy mở nhiệm vụ để chọn."),
    ],
)
def test_a_name_that_is_nobodys_or_of_two_is_told(app, form_for, name, sentence):
    form = form_for(owner=name)

    with app.test_request_context("/"):
        assert form.owner_among(WORKERS) is None
    assert form.owner.errors == [sentence]
