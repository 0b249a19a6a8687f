import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tracker.models import Comment

HTMX = {"HX-Request": "true"}


@pytest.fixture
def codes(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        task, milestone = make.task(session, stream), make.milestone(session, stream)
        return task.code, milestone.code


@pytest.fixture
def about(codes):
    return f"/tasks/{codes[0]}"


def last(set_up):
    with set_up() as session:
        return session.query(Comment).order_by(Comment.id.desc()).first()


@pytest.mark.parametrize("kind", ["tasks", "milestones"])
def test_everybody_who_sees_it_may_speak(client_for, codes, kind):
    client = client_for("observer")
    address = f"/{kind}/{codes[kind == 'milestones']}"

    answer = client.post(f"{address}/comments", data={"body": "Cần **gấp**"}, headers=HTMX)

    said = one(answer, ".said")
    assert words(said.select_one("b")) == "Hoàng Thị Ước"
    assert str(said.select_one(".prose p")) == "<p>Cần <strong>gấp</strong></p>"
    if kind == "milestones":
        assert_swap_equals_reload(client, answer, address)
    assert client.post(f"{address}/comments", data={"body": "x"}).status_code == 303


def test_markup_is_shown_and_never_run(client_for, about):
    client = client_for("member")
    bad = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"

    client.post(f"{about}/comments", data={"body": bad})

    prose = one(client.get(about), ".said .prose")
    assert prose.select("script, img, a[href^=javascript]") == []
    assert "<script>alert(1)</script>" in words(prose)


@pytest.mark.parametrize(
    ("body", "sentence"), [("  ", "Bắt buộc nhập."), ("x" * 20_001, "Không quá 20000 ký tự.")]
)
def test_nothing_and_too_much_are_told_and_kept(client_for, about, body, sentence):
    answer = client_for("member").post(f"{about}/comments", data={"body": body}, headers=HTMX)

    assert answer.status_code == 422
    assert texts(answer, ".field__error") == [sentence]
    assert one(answer, "textarea").get_text().strip() == body.strip()


class TestOnesOwn:
    @pytest.fixture
    def comment(self, client_for, set_up, about):
        client_for("member").post(f"{about}/comments", data={"body": "Một"})
        return f"/comments/{last(set_up).id}"

    def test_can_be_put_otherwise(self, client_for, set_up, about, comment):
        client = client_for("member")
        assert one(client.get(f"{comment}/edit"), "main textarea").get_text().strip() == "Một"

        answer = client.post(f"{comment}/edit", data={"body": "Hai", "version": 1}, headers=HTMX)

        assert texts(answer, ".said .prose") == ["Hai"]
        assert "đã sửa" in words(one(answer, ".said__by"))

    def test_a_mistake_stays_in_its_place(self, client_for, comment):
        answer = client_for("member").post(f"{comment}/edit", data={"body": ""}, headers=HTMX)

        assert (answer.status_code, answer.headers["HX-Retarget"]) == (
            422,
            "#comment-" + comment.rpartition("/")[2],
        )

    def test_can_be_taken_back_and_leaves_a_trace(self, client_for, about, comment):
        client = client_for("member")

        client.post(f"{comment}/remove")

        assert texts(client.get(about), ".said > p.soft") == ["Ý kiến đã được rút lại."]
        assert client.post(f"{comment}/edit", data={"body": "x"}).status_code == 403

    def test_two_windows_are_asked(self, client_for, comment):
        client = client_for("member")
        client.post(f"{comment}/edit", data={"body": "Hai", "version": 1})

        asked = client.post(f"{comment}/edit", data={"body": "Ba", "version": 1})

        assert asked.status_code == 409
        assert texts(asked, ".conflict__choice span") == ["Ba", "Hai"]

    def test_is_not_for_others(self, client_for, comment):
        for role in ("head", "administrator", "outsider"):
            client = client_for(role)
            assert client.get(f"{comment}/edit").status_code == 403
            assert client.post(f"{comment}/remove").status_code == 403


def test_what_is_said_in_a_restricted_group_is_not_found(client_for, set_up):
    client_for("sol_head").post("/tasks/SOL-1/comments", data={"body": "mật"})
    comment = f"/comments/{last(set_up).id}"

    for role in ("head", "outsider"):
        assert client_for(role).post("/tasks/SOL-1/comments", data={"body": "x"}).status_code == 404
        assert client_for(role).get(f"{comment}/edit").status_code == 404


def test_talk_and_changes_are_one_stream(client_for, about):
    client = client_for("head")
    client.post(f"{about}/status", data={"status": "doing"})
    client.post(f"{about}/comments", data={"body": "Bắt đầu rồi"})
    client.post(f"{about}/due", data={"due": "2026-12-24", "reason": "budget"})

    entries = [words(entry) for entry in parse(client.get(about)).select(".stream > li")]

    assert entries == [
        "Trạng thái Chưa thực hiện → Đang thực hiện Nguyễn Thị Đào, 23/11 09:00",
        "Nguyễn Thị Đào 23/11 09:00 Bắt đầu rồi Sửa Rút lại",
        "Thời hạn 24/12/2026 · Kinh phí Nguyễn Thị Đào, 23/11 09:00",
    ]
