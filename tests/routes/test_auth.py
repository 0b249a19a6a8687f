from datetime import timedelta
from threading import Thread

import pytest
from argon2 import PasswordHasher

from tests.cast import PASSWORD
from tests.conftest import NOW
from tests.databases import takes_writers
from tests.html import parse
from tracker.extensions import db
from tracker.models import Account, Person
from tracker.services import accounts
from tracker.services.act import Act

ACT = Act(person_id=None, at=NOW, cause="web")


def enter(client, email, password=PASSWORD, to="/sign-in", **more):
    return client.post(to, data={"email": email, "password": password, **more})


def test_members_land_on_their_work_and_directors_on_the_board(client_for, cast):
    member = enter(client_for("anonymous"), cast["member"].email)
    director = enter(client_for("anonymous"), cast["director"].email.upper())

    assert (member.status_code, member.location) == (303, "/my")
    assert (director.status_code, director.location) == (303, "/")


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/groups/HAL?owner=1", "/groups/HAL?owner=1"),
        ("//evil.example", "/my"),
        ("/\\evil.example", "/my"),
        ("https://evil.example/", "/my"),
        ("javascript:alert(1)", "/my"),
    ],
)
def test_one_goes_on_to_the_page_asked_for_if_it_is_ours(client_for, cast, target, location):
    client = client_for("anonymous")

    answer = client.post(
        "/sign-in",
        query_string={"next": target},
        data={"email": cast["member"].email, "password": PASSWORD},
    )

    assert answer.location == location


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client_for, cast):
    client = client_for("anonymous")

    answers = [enter(client, cast["member"].email, "sai"), enter(client, "nobody@example.test")]

    assert [answer.status_code for answer in answers] == [422, 422]
    errors = [parse(answer).select_one(".field__error").get_text() for answer in answers]
    assert errors == ["Thư điện tử hoặc mật khẩu không đúng."] * 2
    assert parse(answers[0]).select_one("#email")["value"] == cast["member"].email


def test_guessing_is_slowed_down_and_time_forgives(client_for, cast, clock):
    client = client_for("anonymous")
    for _ in range(accounts.TRIES_PER_PAIR):
        enter(client, cast["member"].email, "sai")

    assert enter(client, cast["member"].email).status_code == 429

    clock.shift(timedelta(minutes=16))
    assert enter(client, cast["member"].email).status_code == 303


def test_who_guesses_locks_nobody_out_who_sits_elsewhere(client_for, cast):
    guesser, owner = client_for("anonymous"), client_for("anonymous")
    guesser.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    for _ in range(accounts.TRIES_PER_PAIR + 1):
        refused = enter(guesser, cast["director"].email, "sai")

    assert refused.status_code == 429
    assert enter(owner, cast["director"].email).status_code == 303


class Hasher(PasswordHasher):
    """Calls `meanwhile` each time before it takes its time."""

    meanwhile = None

    def verify(self, *args):
        self.meanwhile()
        return super().verify(*args)


@pytest.fixture
def while_verifying(monkeypatch):
    """What shall happen while the password is being checked."""
    hasher = Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    monkeypatch.setattr(accounts, "HASHER", hasher)
    return lambda meanwhile: setattr(hasher, "meanwhile", meanwhile)


@pytest.mark.sqlite
@pytest.mark.parametrize("role", ["anonymous", "observer"])
def test_nobody_waits_with_writing_while_a_password_is_checked(
    client_for, cast, database_url, while_verifying, role
):
    found = []
    while_verifying(lambda: found.append(takes_writers(database_url)))

    answer = enter(client_for(role), cast["member"].email)

    assert (answer.status_code, found) == (303, [True])


def test_tries_at_the_same_time_are_not_more_than_tries_one_by_one(
    client_for, app, cast, while_verifying
):
    """The others of a volley are counted while this one's password is being checked."""
    email = cast["member"].email

    def others():
        with app.app_context():
            for _ in range(accounts.TRIES_PER_PAIR):
                accounts.note_attempt(email, "127.0.0.1", NOW, succeeded=False)
            db.session.commit()

    def volley():
        thread = Thread(target=others)
        thread.start()
        thread.join()

    while_verifying(volley)

    assert enter(client_for("anonymous"), email).status_code == 429


def test_a_deactivated_account_does_not_get_in(client_for, set_up, cast):
    with set_up() as session:
        session.get(Account, cast["member"].account_id).is_active = False

    assert enter(client_for("anonymous"), cast["member"].email).status_code == 422


def test_signing_out_ends_the_session(client_for):
    client = client_for("member")

    assert client.post("/sign-out").location == "/sign-in"
    assert client.get("/account").status_code == 303


@pytest.mark.blank
class TestBlank:
    def test_a_blank_installation_greets_its_first_administrator(self, client_for, set_up):
        client = client_for("anonymous")
        assert client.get("/sign-in").location == "/welcome"
        form = {
            "full_name": "Đỗ Quang Ấn",
            "email": "quan-tri@example.test",
            "new_password": "một mật khẩu dài",
            "repeat": "một mật khẩu dài",
        }

        answer = client.post("/welcome", data=form)

        assert (answer.status_code, answer.location) == (303, "/admin/begin")
        with set_up() as session:
            account = session.query(Account).one()
            assert account.is_administrator
            assert session.query(Person).one().full_name == "Đỗ Quang Ấn"
        assert client.get("/account").status_code == 200

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("email", "không phải thư", "Địa chỉ thư không đúng"),
            ("new_password", "ngắn", "Mật khẩu cần ít nhất 10 ký tự."),
            ("repeat", "khác hẳn nhau", "Hai lần nhập phải giống nhau."),
            ("full_name", " ", "Bắt buộc nhập."),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, client_for, field, value, sentence):
        form = {
            "full_name": "A",
            "email": "a@example.test",
            "new_password": "một mật khẩu dài",
            "repeat": "một mật khẩu dài",
        } | {field: value}
        if field == "new_password":
            form["repeat"] = value

        answer = client_for("anonymous").post("/welcome", data=form)

        assert answer.status_code == 422
        assert sentence in parse(answer).select_one(f"#{field}-error").get_text()


def test_the_welcome_is_gone_once_there_is_an_account(client_for):
    client = client_for("anonymous")

    assert client.get("/welcome").status_code == 404
    assert client.post("/welcome", data={}).status_code == 404


def invite(set_up, cast):
    with set_up() as session:
        return accounts.invite(session.get(Account, cast["observer"].account_id), by=ACT)


def test_an_invitation_is_used_once_and_opening_it_changes_nothing(client_for, set_up, cast):
    secret = invite(set_up, cast)
    client = client_for("anonymous")
    form = {"new_password": "một mật khẩu mới", "repeat": "một mật khẩu mới"}
    for _ in range(2):
        assert cast["observer"].name in client.get(f"/invitations/{secret}").text

    answer = client.post(f"/invitations/{secret}", data=form)

    assert (answer.status_code, answer.location) == (303, "/my")
    assert client_for("anonymous").get(f"/invitations/{secret}").status_code == 404
    again = enter(client_for("anonymous"), cast["observer"].email, "một mật khẩu mới")
    assert again.status_code == 303


def test_a_later_invitation_ends_the_earlier_one_and_all_end_with_time(
    client_for, set_up, cast, clock
):
    first, second = invite(set_up, cast), invite(set_up, cast)
    client = client_for("anonymous")

    assert client.get(f"/invitations/{first}").status_code == 404
    assert client.get(f"/invitations/{second}").status_code == 200
    clock.shift(timedelta(days=8))
    assert client.get(f"/invitations/{second}").status_code == 404
