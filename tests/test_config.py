import stat

import pytest

from tracker.config import Config, ConfigError


def read(tmp_path, **environ):
    return Config.from_environment({"DATA_DIR": str(tmp_path / "data"), **environ})


def test_nothing_said_is_the_embedded_default(tmp_path):
    config = read(tmp_path)

    assert config.database_url == f"sqlite:///{tmp_path / 'data' / 'tracker.db'}"
    assert (config.host, config.port, config.base_url) == (
        "127.0.0.1",
        5000,
        "http://127.0.0.1:5000",
    )
    assert config.is_sqlite
    assert config.is_loopback
    assert not config.is_https


def test_the_secret_is_made_once_and_is_the_owners_alone(tmp_path):
    first, second = read(tmp_path), read(tmp_path)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_postgresql_is_spoken_to_through_psycopg(tmp_path, url):
    assert read(tmp_path, DATABASE_URL=url).database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("TRUSTED_PROXIES", "-1"),
        ("DATABASE_URL", "mysql://x"),
        ("BASE_URL", "nqi.example.org"),
    ],
)
def test_a_wrong_setting_refuses_to_start_and_is_named(tmp_path, name, value):
    with pytest.raises(ConfigError, match=name):
        read(tmp_path, **{name: value})


def test_https_makes_cookies_secure_and_a_public_host_is_not_loopback(tmp_path):
    config = read(tmp_path, BASE_URL="https://nqi.example.org/", HOST="0.0.0.0")

    assert config.base_url == "https://nqi.example.org"
    assert config.is_https
    assert not config.is_loopback
