import pytest

from tests.html import form, one, texts
from tracker.queries import settings as read

ADDRESS = "/admin/settings/header"


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def head(admin):
    return form(admin.get(ADDRESS), "#header")


def test_the_head_of_reports_is_set_and_emptied(admin, set_up):
    data = head(admin) | {
        "issuing_body": "ỦY BAN",
        "symbol": "BC-TĐC",
        "place": "",
        "signer_form": "KT",
        "copies": "5",
        "address": "Số 8\nHà Nội",
    }

    assert admin.post(ADDRESS, data=data).location == ADDRESS

    with set_up():
        assert read.report_header() == read.ReportHeader(
            issuing_body="ỦY BAN",
            symbol="BC-TĐC",
            place="",
            signer_form="KT",
            copies=5,
            address="Số 8\nHà Nội",
        )
    emptied = head(admin) | {"signer_form": "", "copies": "", "address": ""}
    admin.post(ADDRESS, data=emptied)
    with set_up():
        assert (read.report_header().signer_form, read.report_header().copies) == ("", 0)


def test_a_head_too_long_keeps_what_was_typed(admin):
    answer = admin.post(ADDRESS, data={"symbol": "x" * 300, "place": "Huế", "copies": "-1"})

    assert answer.status_code == 422
    assert one(answer, "#symbol-error")
    assert one(answer, "#copies-error")
    assert one(answer, "#place")["value"] == "Huế"


def test_the_second_of_two_who_set_the_head_chooses(admin):
    admin.post(ADDRESS, data=head(admin))
    data = head(admin)
    admin.post(ADDRESS, data=data | {"symbol": "A"})

    answer = admin.post(ADDRESS, data=data | {"symbol": "B"})

    assert (answer.status_code, texts(answer, ".conflict__choice span")) == (409, ["B", "A"])


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_paper_is_shown_while_it_is_typed_and_nothing_is_stored(admin, set_up, headers):
    data = head(admin) | {
        "issuing_body": "Ủy ban A",
        "superior_body": "Bộ B",
        "signer_form": "KT",
        "signer_authority": "Chủ tịch",
        "signer_post": "Phó Chủ tịch",
        "signer_name": "TS. Trần Văn Bình",
        "drafter": "pl",
        "copies": "5",
        "recipients": "<b>Cục C</b>",
    }

    answer = admin.post(f"{ADDRESS}/preview", data=data, headers=headers)

    said = texts(answer, "#header-paper .sheet-paper p")
    assert {"BỘ B", "ỦY BAN A", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"} < set(said)
    assert texts(answer, "#header-paper > p > b") == ["TM. TỔ CÔNG TÁC / TỔ TRƯỞNG", "VIỆN TRƯỞNG"]
    assert {"Kính gửi: Bộ B", "- <b>Cục C</b>;", "- Lưu: VT. PL.(5)"} < set(said)
    assert bool(one(answer, "#header-paper").find_parent("main")) == (not headers)
    with set_up():
        assert read.report_header() == read.ReportHeader()


def test_what_cannot_be_stored_is_not_shown_on_paper(admin):
    answer = admin.post(f"{ADDRESS}/preview", data={"issuing_body": "x" * 300})

    assert answer.status_code == 422
    assert "x" * 300 not in one(answer, "#header-paper").text
    assert "đang dùng" in one(answer, "#header-paper").text
