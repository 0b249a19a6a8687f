from tests.cast import PASSWORD
from tests.html import parse
from tracker.models import Account


def test_language_and_theme_are_the_accounts(client_for, set_up, cast):
    client = client_for("member")

    answer = client.post(
        "/account/preferences", data={"language": "en", "theme": "dark", "back": "/account"}
    )

    assert (answer.status_code, answer.location) == (303, "/account")
    html = parse(client.get("/account")).html
    assert (html["lang"], html["data-theme"]) == ("en", "dark")
    with set_up() as session:
        account = session.get(Account, cast["member"].account_id)
        assert (account.language, account.theme) == ("en", "dark")


def test_a_visitor_keeps_them_in_a_cookie(client_for):
    client = client_for("anonymous")

    client.post("/account/preferences", data={"language": "en", "back": "/sign-in"})

    assert parse(client.get("/sign-in")).html["lang"] == "en"


def test_nonsense_changes_nothing_and_leads_nowhere_else(client_for):
    client = client_for("member")

    answer = client.post("/account/preferences", data={"language": "xx", "back": "//evil.example"})

    assert answer.location == "/"
    assert parse(client.get("/account")).html["lang"] == "vi"


def change(client, current=PASSWORD, new="một mật khẩu khác", repeat=None):
    return client.post(
        "/account/password",
        data={"current_password": current, "new_password": new, "repeat": repeat or new},
    )


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client_for, cast):
    here, elsewhere = client_for("member"), client_for("member")

    assert change(here).status_code == 303

    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    answer = client_for("anonymous").post(
        "/sign-in", data={"email": cast["member"].email, "password": "một mật khẩu khác"}
    )
    assert answer.status_code == 303


def test_what_is_wrong_is_said_at_its_field(client_for):
    client = client_for("member")

    wrong = parse(change(client, current="sai"))
    short = parse(change(client, new="ngắn"))
    differs = parse(change(client, repeat="khác"))

    assert wrong.select_one("#current_password-error").get_text() == "Mật khẩu hiện tại không đúng."
    assert short.select_one("#new_password-error").get_text() == "Mật khẩu cần ít nhất 10 ký tự."
    assert differs.select_one("#repeat-error").get_text() == "Hai lần nhập phải giống nhau."


def test_single_keys_can_be_turned_off(client_for, set_up, cast):
    client_for("member").post("/account/preferences", data={"single_keys": ""})

    with set_up() as session:
        assert session.get(Account, cast["member"].account_id).single_keys is False
