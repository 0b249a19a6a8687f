"""The settings of one installation, read once from the environment; wrong ones refuse to start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from tracker.errors import TrackerError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class ConfigError(TrackerError):
    """A setting is missing or wrong; the sentence names it and says what would do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What an installation can be told. Each field is one variable of the environment."""

    data_dir: Path
    database_url: str
    secret_key: str
    queue_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 5000
    base_url: str = "http://127.0.0.1:5000"
    smtp_url: str | None = None
    mail_from: str = "nqi-tracker@localhost"
    organisation: str = ""
    demo_password: str | None = None
    trusted_proxies: int = 0
    metrics_token: str | None = None
    testing: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the settings; creates the data directory and a secret key on the first start."""
        data_dir = Path(environ.get("DATA_DIR") or "instance").resolve()
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        host = environ.get("HOST") or "127.0.0.1"
        port = whole_number(environ, "PORT", 5000)
        return cls(
            data_dir=data_dir,
            database_url=database_url(environ.get("DATABASE_URL"), data_dir),
            secret_key=environ.get("SECRET_KEY") or kept_secret(data_dir / "secret-key"),
            queue_url=queue_url(environ.get("QUEUE_URL")),
            host=host,
            port=port,
            base_url=base_url(environ.get("BASE_URL"), host, port),
            smtp_url=environ.get("SMTP_URL") or None,
            mail_from=environ.get("MAIL_FROM") or "nqi-tracker@localhost",
            organisation=environ.get("ORGANISATION") or "",
            demo_password=environ.get("DEMO_PASSWORD") or None,
            trusted_proxies=whole_number(environ, "TRUSTED_PROXIES", 0),
            metrics_token=environ.get("METRICS_TOKEN") or None,
        )

    @property
    def environment(self) -> dict[str, str]:
        """What a program started by this one has to be told, so that it works on the same data."""
        return {
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": self.secret_key,
            "ORGANISATION": self.organisation,
        }

    @property
    def is_https(self) -> bool:
        """Whether people reach the tracker by https, so that cookies must be Secure."""
        return self.base_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def accepts_demo_accounts(self) -> bool:
        """Whether the accounts of the demo may sign in: here, or with a password somebody chose."""
        return self.is_loopback or self.demo_password is not None


def whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    """The variable as a number, or the default where it is not set."""
    text = environ.get(name) or str(default)
    if not text.isdigit():
        raise ConfigError("setting_not_a_number", name=name, value=text)
    return int(text)


def database_url(url: str | None, data_dir: Path) -> str:
    """The database to use; PostgreSQL is always spoken to through psycopg 3."""
    if not url:
        return f"sqlite:///{data_dir / 'tracker.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise ConfigError("setting_no_database", name="DATABASE_URL")


def queue_url(url: str | None) -> str | None:
    """Where workers on several machines are woken; None is a file in the data directory."""
    if not url:
        return None
    for prefix in ("postgres://", "postgresql+psycopg://"):
        if url.startswith(prefix):
            return "postgresql://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql://", "redis://", "rediss://")):
        raise ConfigError("setting_no_queue", name="QUEUE_URL")
    if url.startswith("redis") and find_spec("redis") is None:
        raise ConfigError("setting_needs_redis", name="QUEUE_URL")
    return url


def base_url(url: str | None, host: str, port: int) -> str:
    """The address that people and mails use."""
    if not url:
        return f"http://{host}:{port}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ConfigError("setting_no_address", name="BASE_URL")
    return url.rstrip("/")


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use and readable by the owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
