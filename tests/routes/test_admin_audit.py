import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import assert_swap_equals_reload, one, texts
from tracker.models import Change

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def write(set_up, cast, number=1, **values):
    with set_up() as session:
        for _ in range(number):
            usual = {"at": NOW, "cause": "web", "kind": "person", "field": "position"}
            subject = {"subject_id": cast["member"].person_id, "old": "Cũ", "new": "Mới"}
            make.add(session, Change(**{**usual, **subject, **values}))


def test_a_change_reads_as_a_sentence(admin, set_up, cast):
    write(set_up, cast, person_id=cast["head"].person_id)

    assert texts(admin.get("/admin/audit"), ".log__one p") == [
        "Nguyễn Thị Đào sửa chức vụ của người «Phạm Văn Ổn»: Cũ → thành Mới"
    ]


def test_the_history_is_filtered_and_answers_htmx(admin, set_up, cast):
    write(set_up, cast, person_id=cast["head"].person_id)
    write(set_up, cast, kind="unit", subject_id=cast.unit_id, field="created", old=None)
    address = f"/admin/audit?person={cast['head'].person_id}&kind=person&first=1/11/2026"

    answer = admin.get(address, headers=HTMX)

    assert len(texts(answer, ".log__one")) == 1
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), address)
    assert len(texts(admin.get("/admin/audit?person=0"), ".log__one")) == 1


def test_a_day_that_is_not_one_is_said(admin):
    answer = admin.get("/admin/audit?first=31/02/2026&kind=odd&person=x&page=x")

    assert (answer.status_code, len(texts(answer, ".field__error"))) == (200, 1)
    assert texts(answer, ".empty h2") == ["Không có thay đổi nào khớp"]


def test_a_long_history_is_paged(admin, set_up, cast):
    write(set_up, cast, 51)

    first = admin.get("/admin/audit?kind=person")
    assert one(first, "a[rel=next]")["href"] == "/admin/audit?kind=person&page=2"
    second = admin.get("/admin/audit?kind=person&page=2")
    assert len(texts(second, ".log__one")) == 1
    assert one(second, "a[rel=prev]")["href"] == "/admin/audit?kind=person"
