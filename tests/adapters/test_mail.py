from email import message_from_bytes, policy

import pytest

from tests.conftest import NOW, free_port
from tracker.adapters import mail


def letter(**values):
    return mail.Letter(
        **{
            "key": "mail.assigned:1:2",
            "to": "dao@example.test",
            "name": "Nguyễn Thị Đào",
            "subject": "Giao bạn: HAL-1 Soạn\r\nBcc: all@example.test",
            "text": "Kính gửi Đào\n",
            "html": "<p>Kính gửi Đào</p>\n",
            "language": "vi",
        }
        | values
    )


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, "offered"),
        ("smtps://mail.example.org", "mail.example.org", 465, "always"),
        ("smtp+starttls://mail.example.org", "mail.example.org", 587, "must"),
        ("smtp://mail.example.org:2525", "mail.example.org", 2525, "offered"),
    ],
)
def test_the_scheme_says_how_the_connection_is_guarded(url, host, port, tls):
    server = mail.Server.at(url)

    assert (server.host, server.port, server.tls) == (host, port, tls)


def test_user_and_password_may_hold_any_sign():
    server = mail.Server.at("smtp://d%40o:m%3At%2F@mail.example.org")

    assert (server.user, server.password) == ("d@o", "m:t/")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_another_address_is_refused(url):
    with pytest.raises(mail.MailAddressError):
        mail.Server.at(url)


def test_a_letter_arrives_whole(mailbox):
    with mail.connected(mail.Server.at(mailbox.url)) as smtp:
        mail.send(smtp, letter(), sender="nqi@example.test", at=NOW)

    ((sender, recipients, content),) = mailbox
    message = message_from_bytes(content, policy=policy.default)
    assert (sender, recipients) == ("nqi@example.test", ["dao@example.test"])
    assert message["Subject"] == "Giao bạn: HAL-1 Soạn Bcc: all@example.test"
    assert message["Bcc"] is None
    assert message["To"].addresses[0].display_name == "Nguyễn Thị Đào"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    bodies = [message.get_body((kind,)).get_content().strip() for kind in ("plain", "html")]
    assert bodies == ["Kính gửi Đào", "<p>Kính gửi Đào</p>"]


def test_a_letter_sent_twice_can_be_known_as_one():
    first, second = (letter().written("nqi@example.test", NOW) for _ in range(2))

    assert first["Message-ID"] == second["Message-ID"]
    assert letter(key="other").written("n@example.test", NOW)["Message-ID"] != first["Message-ID"]


def test_a_password_is_not_sent_in_the_clear_to_another_machine():
    """Only what `_wants_tls` decides is looked at: no other machine is asked."""
    server = mail.Server.at("smtp://user:secret@mail.example.org")

    class Plain:
        def has_extn(self, _name):
            return False

    assert mail._wants_tls(server, Plain())
    assert not mail._wants_tls(mail.Server.at("smtp://mail.example.org"), Plain())
    assert mail._wants_tls(mail.Server.at("smtp+starttls://mail.example.org"), Plain())


def test_tls_is_a_must_where_the_address_says_so(mailbox):
    url = mailbox.url.replace("smtp://", "smtp+starttls://")

    with pytest.raises(mail.FAILURES), mail.connected(mail.Server.at(url)):
        pass


def test_check_says_nothing_when_mail_can_be_handed_over(mailbox):
    assert mail.check(mailbox.url) is None


def test_check_fails_where_nobody_listens():
    with pytest.raises(mail.FAILURES):
        mail.check(f"smtp://127.0.0.1:{free_port()}")
