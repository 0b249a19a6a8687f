import re

import pytest
from click.testing import CliRunner

from tracker import cli
from tracker.extensions import db
from tracker.models import Account, Change, Invitation
from tracker.queries import accounts as read
from tracker.services import accounts

NEW = ("user", "add", "--email", "Ha@Example.org", "--name", "  Nguyễn  Thu Hà ")


@pytest.fixture
def run(app):
    def command(*words, **details):
        return CliRunner().invoke(cli.root(), words, obj=lambda: app, **details)

    return command


def test_a_new_person_is_sent_a_link_to_choose_a_password(run, app):
    result = run(*NEW)

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Hãy gửi liên kết này cho ha@example.org; dùng được một lần, trong 7 ngày:\nhttp://127.0.0.1:5000/"
    )
    with app.app_context():
        account = read.by_email("ha@example.org")
        assert account.person.full_name == "Nguyễn Thu Hà"
        assert (account.is_administrator, account.is_director) == (False, False)
        assert invited(result.stdout) == (account.id, "invite")


def test_the_link_of_an_invitation_opens(run, app):
    link = run(*NEW).stdout.split()[-1]

    answer = app.test_client().get(link.removeprefix("http://127.0.0.1:5000"))

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("options", "roles"), [(("--admin",), (True, False)), (("--director",), (False, True))]
)
def test_a_role_can_be_given(run, app, options, roles):
    run(*NEW, *options)

    with app.app_context():
        account = read.by_email("ha@example.org")
        assert (account.is_administrator, account.is_director) == roles


def test_a_password_can_be_piped_in(run, app):
    result = run(*NEW, "--password-stdin", input="một mật khẩu dài\n")

    assert (result.exit_code, result.stdout) == (0, "ha@example.org đăng nhập được rồi.\n")
    with app.app_context():
        account = read.by_email("ha@example.org")
        assert accounts.password_fits(account, "một mật khẩu dài")
        assert db.session.query(Invitation).count() == 0


def test_what_is_done_is_recorded_as_done_at_the_command_line(run, app):
    run(*NEW)

    with app.app_context():
        causes = db.session.scalars(db.select(Change.cause).where(Change.kind == "account"))
        assert set(causes) == {"cli"}


def test_a_short_password_is_refused_and_nobody_added(run, app):
    result = run(*NEW, "--password-stdin", input="ngắn\n")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "ít nhất 10 ký tự" in result.stderr
    with app.app_context():
        assert read.by_email("ha@example.org") is None


def test_an_address_that_is_taken_is_refused(run, cast):
    result = run("user", "add", "--email", cast["head"].email.upper(), "--name", "Ai Đó")

    assert result.exit_code == 1
    assert f"{cast['head'].email} đã có tài khoản" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("user", "add"),
        ("user", "add", "--email", "ha@example.org"),
        ("user", "add", "--email", "ha", "--name", "Hà"),
        ("user", "add", "--email", "ha@example.org", "--name", "Hà", "--king"),
        ("user", "reset-password"),
    ],
)
def test_a_command_used_wrongly_is_explained(run, words):
    result = run(*words)

    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_a_forgotten_password_is_replaced_by_a_link(run, app, cast):
    result = run("user", "reset-password", cast["member"].email)

    assert result.exit_code == 0
    assert "dùng được một lần, trong 24 giờ:" in result.stdout
    with app.app_context():
        assert invited(result.stdout) == (cast["member"].account_id, "reset")


def test_nobody_can_be_reset_who_is_not_there(run):
    result = run("user", "reset-password", "nobody@example.org")

    assert result.exit_code == 1
    assert result.stderr == ("Không ai đăng nhập bằng nobody@example.org. Không có gì thay đổi.\n")


@pytest.mark.parametrize("words", [("user", "add"), ("user", "reset-password"), ("demo", "load")])
def test_help_shows_an_example(run, words):
    result = run(*words, "--help")

    assert result.exit_code == 0
    assert "Example: tracker " + " ".join(words) in result.stdout


def invited(output):
    """The account and purpose of the invitation whose link was printed."""
    secret = re.fullmatch(r".*/invitations/(\S+)\n", output, re.DOTALL)[1]
    query = db.select(Invitation).where(Invitation.token_hash == accounts.hashed(secret))
    found = db.session.scalars(query).one()
    return db.session.get_one(Account, found.account_id).id, found.purpose
