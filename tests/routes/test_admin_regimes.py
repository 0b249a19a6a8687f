import pytest

from tests.conftest import NOW
from tests.html import form, one, parse, texts, words
from tracker.models import ReportTemplate

MONTHLY = {
    "name": "Báo cáo tháng",
    "period_kind": "month",
    "basis": "decree",
    "working_days": "1",
    "starts_on": "01/11/2026",
    "arranged_by": "group",
    "orientation": "portrait",
}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture
def monthly(cast):
    return MONTHLY | {"of": f"group:{cast.groups['HAL']}"}


def opened(admin):
    """The first regime as its form has it."""
    return form(admin.get("/admin/regimes/1"), "#regime-form") | {"preview": None}


def test_a_regime_is_set_up_and_changed(admin, monthly):
    assert texts(admin.get("/admin/regimes"), ".empty h2") == ["Chưa có chế độ báo cáo nào"]
    assert admin.post("/admin/regimes/new", data=monthly).status_code == 303

    edited = opened(admin) | {"period_kind": "week", "weekday": "4", "working_days": "2"}
    assert admin.post("/admin/regimes/1", data=edited).status_code == 303

    (line,) = texts(admin.get("/admin/regimes"), "tbody tr")
    assert line == (
        "Báo cáo tháng Tổ công tác Hal hằng tuần, chốt thứ Năm gửi trong 2 ngày làm việc"
        " Tổ trưởng, thư ký 30/11/2026 Từ ngày 20/11/2026 đến ngày 26/11/2026"
    )


def test_the_preview_says_when_it_would_be_due_and_what_is_begun_at_once(admin, monthly):
    shown = admin.get("/admin/regimes/preview", query_string=monthly)

    assert texts(shown, ".coming li")[0] == (
        "Tháng 12 năm 2026 chốt 14/12/2026 · hạn gửi Thứ Ba, 15/12/2026"
    )
    assert "Có 1 kỳ đã chốt" in words(one(shown, "#regime-preview"))


def test_the_preview_of_nonsense_asks_for_days(admin, monthly):
    for nonsense in (
        {"period_kind": "custom", "closing_day": "31", "closing_months": "13"},
        {"period_kind": "week", "weekday": "9"},
    ):
        shown = admin.get("/admin/regimes/preview", query_string=monthly | nonsense)
        assert words(one(shown, "#regime-preview")).endswith("Chọn đủ ngày để thấy các kỳ sắp tới.")


def test_without_javascript_the_preview_stores_nothing(admin, monthly):
    answer = admin.post("/admin/regimes/new", data=monthly | {"preview": "y"})

    assert answer.status_code == 200
    assert len(texts(answer, ".coming li")) == 4
    assert texts(admin.get("/admin/regimes"), "tbody tr") == []


def test_what_is_refused_is_said_where_it_was_typed(admin, monthly):
    of_all = admin.post("/admin/regimes/new", data=monthly | {"of": "all"})
    backwards = admin.post("/admin/regimes/new", data=monthly | {"ended_on": "01/10/2026"})

    assert texts(of_all, "#responsible_id-error") == [
        "Báo cáo không của riêng tổ nào cần có người chịu trách nhiệm để hệ thống nhắc."
    ]
    assert texts(backwards, "#ended_on-error") == ["Ngày kết thúc phải sau ngày bắt đầu."]
    assert (of_all.status_code, backwards.status_code) == (422, 422)


@pytest.mark.parametrize(
    ("role", "key", "status"),
    [("member", "HAL", 303), ("outsider", "HAL", 303), ("outsider", "SOL", 422), ("head", "", 422)],
)
def test_who_is_made_responsible_can_open_the_report(admin, monthly, cast, role, key, status):
    of = f"group:{cast.groups[key]}" if key else "all"  # a group is hidden: so are all of them
    typed = monthly | {"of": of, "responsible_id": cast[role].person_id}

    answer = admin.post("/admin/regimes/new", data=typed)

    assert answer.status_code == status
    assert bool(texts(answer, "#responsible_id-error")) is (status == 422)


def test_the_template_is_one_choice_also_when_two_change_it(admin, monthly, set_up):
    with set_up() as session:
        made = ReportTemplate(
            name="Mẫu A", file_name="a.docx", content=b"PK", sha256="a", size=2, created_at=NOW
        )
        session.add(made)
    admin.post("/admin/regimes/new", data=monthly)
    page = parse(admin.get("/admin/regimes/1"))
    assert [words(choice) for choice in page.select("#template_id option")] == [
        "Mẫu mặc định",
        "Thể thức có sẵn (Nghị định 30/2020)",
        "Mẫu A",
    ]
    typed = opened(admin)

    admin.post("/admin/regimes/1", data=typed | {"template_id": "shipped"})
    same = admin.post("/admin/regimes/1", data=typed | {"name": "Tháng"})
    other = admin.post("/admin/regimes/1", data=typed | {"template_id": "1"})

    assert opened(admin)["template_id"] == "shipped"
    assert (same.status_code, other.status_code) == (303, 409)
    assert texts(other, ".conflict__choice span") == [
        "Mẫu A",
        "Thể thức có sẵn (Nghị định 30/2020)",
    ]
    chosen = form(other, "#conflict form") | {"template_id": "1"}
    assert admin.post("/admin/regimes/1", data=chosen).status_code == 303
    assert opened(admin)["template_id"] == "1"
    both = admin.post("/admin/regimes/1", data=typed | {"template_id": "shipped", "name": "Hai"})
    kept = form(both, "#conflict form") | {"name": "Hai"}
    assert (both.status_code, kept["template_id"]) == (409, "shipped")


def test_the_second_of_two_editors_chooses(admin, monthly):
    admin.post("/admin/regimes/new", data=monthly)
    typed = opened(admin)
    admin.post("/admin/regimes/1", data=typed | {"name": "Một"})

    assert admin.post("/admin/regimes/1", data=typed | {"name": "Hai"}).status_code == 409
