"""Sending mail over SMTP: several messages through one connection, each refused on its own."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from hashlib import sha256
from urllib.parse import unquote, urlsplit

TIMEOUT = 20.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
Smtp = smtplib.SMTP
FAILURES = (OSError, smtplib.SMTPException)


class MailAddressError(ValueError):
    """SMTP_URL cannot be understood."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where mail goes: `smtp://`, `smtps://` (TLS at once), `smtp+starttls://` (TLS or nothing)."""

    host: str
    port: int
    user: str | None
    password: str | None
    tls: str

    @classmethod
    def at(cls, url: str) -> "Server":
        """Read SMTP_URL."""
        parts = urlsplit(url)
        kinds = {"smtp": (25, "offered"), "smtps": (465, "always"), "smtp+starttls": (587, "must")}
        if parts.scheme not in kinds or not parts.hostname:
            message = "SMTP_URL must look like smtp://user:password@mail.example.org:587"
            raise MailAddressError(message)
        port, tls = kinds[parts.scheme]
        return cls(
            host=parts.hostname,
            port=parts.port or port,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
        )


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail. `key` names it for ever, so that a mail sent twice can be known as one."""

    key: str
    to: str
    name: str
    subject: str
    text: str
    html: str
    language: str

    def written(self, sender: str, at: datetime) -> EmailMessage:
        """The letter as it goes over the wire."""
        message = EmailMessage(policy=policy.SMTP)
        domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
        message["From"] = sender
        message["To"] = formataddr((self.name, self.to))
        message["Subject"] = " ".join(self.subject.split())
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{sha256(self.key.encode()).hexdigest()[:32]}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        message["Content-Language"] = self.language  # last: the body takes such headers along
        return message


@contextmanager
def connected(server: Server, timeout: float = TIMEOUT) -> Iterator[Smtp]:
    """A connection on which mail can be sent. A password never travels in the clear."""
    context = ssl.create_default_context()
    if server.tls == "always":
        smtp: Smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
    else:
        smtp = Smtp(server.host, server.port, timeout=timeout)
    try:
        smtp.ehlo()
        if server.tls != "always" and _wants_tls(server, smtp):
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.user is not None:
            smtp.login(server.user, server.password or "")
        yield smtp
    finally:
        smtp.close()


def _wants_tls(server: Server, smtp: Smtp) -> bool:
    """Where TLS is a must (or a password would be seen), its absence is an error of `starttls`."""
    if smtp.has_extn("starttls"):
        return True
    return server.tls == "must" or (server.user is not None and server.host not in LOOPBACK)


def send(smtp: Smtp, letter: Letter, *, sender: str, at: datetime) -> None:
    """Hand one letter over; raises one of FAILURES when it was not taken."""
    smtp.send_message(letter.written(sender, at))


def check(url: str, timeout: float = 5.0) -> None:
    """Raise one of FAILURES, or MailAddressError, unless a mail could be handed over now."""
    with connected(Server.at(url), timeout) as smtp:
        smtp.noop()
