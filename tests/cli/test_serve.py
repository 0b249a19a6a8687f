"""The server as it is started, in a process of its own; also behind a proxy."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import select

from tests.cast import PASSWORD
from tests.conftest import free_port
from tracker.extensions import db
from tracker.models import Account, SignInAttempt
from tracker.queries import outbox

MAIN = "from tracker.app import main; main()"


@pytest.fixture
def served(app, tmp_path):
    """`with served() as ask:` – `ask("GET", "/")` is (status, headers, text)."""

    @contextmanager
    def started(*options, **settings):
        port = free_port()
        environment = {
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": app.extensions["tracker.config"].database_url,
            "PORT": str(port),
            **settings,
        }
        process = subprocess.Popen(
            [sys.executable, "-c", MAIN, "serve", *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

        def ask(method, path, body=None, **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            with closing(connection):
                connection.request(
                    method, path, body, {k.replace("_", "-"): v for k, v in headers.items()}
                )
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read().decode()

        try:
            wait_for(lambda: ask("GET", "/healthz")[0] == 200, process)
            yield ask, process
        finally:
            process.send_signal(signal.SIGTERM)
            ask.out, _ = process.communicate(timeout=20)
        assert process.returncode == 0

    return started


def wait_for(question, process=None, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process is None or process.poll() is None, "the server ended"
        try:
            if question():
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("not in time")


def signed_in(ask, email, **headers):
    """The answer to a sign-in through the form, as a browser sends it."""
    _, answer, page = ask("GET", "/sign-in", **headers)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    cookie = answer["Set-Cookie"].partition(";")[0]
    body = f"csrf_token={token}&email={email}&password={'+'.join(PASSWORD.split())}"
    return ask(
        "POST",
        "/sign-in",
        body.encode(),
        Cookie=cookie,
        Content_Type="application/x-www-form-urlencoded",
        **headers,
    )


def test_it_serves_works_in_the_background_and_stops(app, served):
    def ticked():
        with app.app_context():
            try:
                return outbox.last_tick()
            finally:
                db.session.remove()

    with served() as (ask, process):
        wait_for(ticked, process)
        assert ask("GET", "/")[0] == 303
    assert "NQI Tracker" in ask.out


def test_without_a_worker_nothing_happens_behind_the_pages(app, served):
    with served("--no-worker"):
        time.sleep(1)
    with app.app_context():
        assert outbox.last_tick() is None


def test_the_demo_is_announced(set_up, cast, served):
    with set_up() as session:
        session.get(Account, cast["head"].account_id).is_demo = True
    with served("--no-worker") as (ask, _):
        pass

    assert cast["head"].email in ask.out
    assert "demo-password" in ask.out


@pytest.mark.parametrize(
    ("proxies", "secure", "address"), [("1", True, "192.0.2.7"), ("0", False, "127.0.0.1")]
)
def test_behind_a_proxy(app, served, cast, proxies, secure, address):
    """What a proxy says counts when TRUSTED_PROXIES says that there is one, and else never."""
    base = "https://nqi.example.org" if secure else "http://127.0.0.1"
    said = {
        "X_Forwarded_For": "203.0.113.9, 192.0.2.7",
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "nqi.example.org",
        **({"Referer": f"{base}/sign-in"} if secure else {}),
    }
    with served("--no-worker", TRUSTED_PROXIES=proxies, BASE_URL=base) as (ask, _):
        status, headers, _ = signed_in(ask, cast["head"].email, **said)
        metrics = ask("GET", "/metrics", **said)[0]

    assert status == 303
    assert ("Secure" in headers["Set-Cookie"]) is secure
    assert metrics == 404
    with app.app_context():
        assert db.session.scalars(select(SignInAttempt.address)).all() == [address]


@pytest.mark.sqlite
def test_tables_of_another_version_are_not_served(app, tmp_path):
    code, err = refused(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'other.db'}")

    assert (code, "tracker db upgrade" in err) == (1, True)


@pytest.mark.sqlite
def test_a_port_in_use_is_said(app, served, tmp_path):
    with served("--no-worker") as (_, process):
        (port,) = re.findall(r":(\d+)$", process.stdout.readline().strip())
        config = app.extensions["tracker.config"]
        code, err = refused(tmp_path, DATABASE_URL=config.database_url, PORT=port)

    assert (code, f"127.0.0.1:{port}" in err, "Traceback" in err) == (1, True, False)


def refused(tmp_path, **settings):
    process = subprocess.run(
        [sys.executable, "-c", MAIN, "serve"],
        env={**os.environ, "DATA_DIR": str(tmp_path), **settings},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return process.returncode, process.stderr
