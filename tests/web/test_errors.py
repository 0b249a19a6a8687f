import pytest
from flask import Blueprint
from jinja2 import DictLoader

from tests import factories as make
from tests.html import parse, texts, words
from tracker.errors import NotAllowedError, RuleViolationError
from tracker.web.session import public

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.own_app


@pytest.fixture
def app(app):
    """With pages that fail in every way."""
    bp = Blueprint("failing", __name__)

    @bp.route("/fails/<how>", methods=["GET", "POST"])
    @public
    def fails(how):
        match how:
            case "not-allowed":
                raise NotAllowedError("not_allowed")
            case "rule":
                raise RuleViolationError("group_key_taken", key="HAL")
            case _:
                raise ZeroDivisionError("inside")

    app.register_blueprint(bp)
    return app


@pytest.mark.parametrize(
    ("how", "status", "sentence"),
    [
        ("not-allowed", 403, "Bạn xem được mục này nhưng không có quyền thay đổi."),
        ("rule", 409, "Mã tổ HAL đã được dùng."),
        ("bug", 500, "Lỗi đã được ghi lại."),
    ],
)
def test_a_refusal_is_a_page_in_the_readers_words(client_for, how, status, sentence):
    answer = client_for("member").get(f"/fails/{how}")

    assert answer.status_code == status
    assert sentence in parse(answer).main.get_text()


def test_a_bug_tells_its_number_and_nothing_of_the_inside(client_for):
    answer = client_for("member").get("/fails/bug")

    assert answer.headers["X-Request-Id"] in answer.text
    assert "inside" not in answer.text
    assert "Zero" not in answer.text


@pytest.mark.parametrize("how", ["bug", "rule"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_when_the_page_of_an_error_fails_too_a_plain_one_is_left(
    app, client_for, caplog, how, headers
):
    client = client_for("member")
    app.jinja_env.loader = DictLoader({})
    app.jinja_env.cache.clear()

    answer = client.get(f"/fails/{how}", headers=headers)

    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    for sentence in ("Hệ thống gặp lỗi", "Something went wrong", answer.headers["X-Request-Id"]):
        assert sentence in answer.text
    assert "Traceback" not in answer.text
    assert "the page of an error failed" in [record.message for record in caplog.records]


@pytest.mark.parametrize(("how", "status"), [("not-allowed", 403), ("rule", 409), ("bug", 500)])
def test_htmx_gets_a_notice_and_keeps_its_place(client_for, how, status):
    answer = client_for("member").post(f"/fails/{how}", headers=HTMX, data={"title": "x"})

    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#notices"
    assert answer.headers["HX-Reswap"] == "beforeend"
    assert parse(answer).html is None


@pytest.mark.parametrize("how", ["not-allowed", "rule", "bug"])
def test_what_was_typed_is_there_to_be_sent_again(client_for, how):
    text = "Đề nghị gia hạn đến 15/12\nvì chờ mẫu"

    page = parse(client_for("member").post(f"/fails/{how}?a=1", data={"body": text, "n": "2"}))

    form = page.select_one(f'form[action="/fails/{how}?a=1"]')
    sent = {field["name"]: field.get("value", field.text) for field in form.select("[name]")}
    assert sent["body"].strip() == text
    assert sent["n"] == "2"
    assert sent["csrf_token"]
    assert page.select_one("textarea[readonly]").text.strip() == text
    assert words(page.select_one(".field__label")) == "Nội dung"


def test_passwords_are_not_offered_again(client_for):
    answer = client_for("member").post("/fails/rule", data={"password": "bí mật", "a": "b"})

    assert "bí mật" not in answer.text


def test_a_missing_page_is_said_politely_to_anybody(client_for):
    for role in ("member", "anonymous"):
        answer = client_for(role).get("/no/such/page")

        assert answer.status_code == 404
        assert "Không tìm thấy trang này" in answer.text


def test_a_wrong_method_says_which_are_right(client_for):
    answer = client_for("member").put("/account")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_post_without_token_is_refused_and_nothing_typed_is_lost(client_for):
    client = client_for("member")
    del client.environ_base["HTTP_X_CSRFTOKEN"]

    answer = client.post("/account/password", data={"note": "đã gõ"})

    assert answer.status_code == 400
    assert "đã gõ" in answer.text


@pytest.mark.parametrize(
    ("address", "way_back"),
    [
        ("/milestones/hal-m1/close", ["Về HAL-M1"]),
        ("/groups/hal/import", ["Về HAL"]),
        ("/admin", []),
    ],
)
def test_who_may_see_but_not_do_finds_the_way_back(client_for, set_up, cast, address, way_back):
    with set_up() as session:
        make.milestone(session, make.stream_of(session, cast))

    answer = client_for("member").get(address)

    assert answer.status_code == 403
    assert texts(answer, "main .acts a")[:-1] == way_back
    assert texts(answer, "main .acts a")[-1] == "Về bảng điều hành"
