"""What every test can ask for: an app with the cast, its database, clients, a browser, mail.

Never hold an app context open round a test client: Flask-Login keeps the user in it, so the second
client would be answered as the first. Use `set_up` for a moment, or `db_session` without clients.
"""

import os
import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
import time_machine
from aiosmtpd.controller import Controller
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from werkzeug.serving import make_server

from tests import cast as the_cast
from tests.databases import (
    Postgresql,
    Sqlite,
    Templates,
    UnavailableError,
    close,
    make_app,
    memory,
    rebind,
)
from tracker.extensions import db

# The same examples every time: a failure that only one run in ten shows helps nobody who lands
# something else. `HYPOTHESIS_PROFILE=explore` looks further.
# A busy machine is slow, not broken.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, nine in the morning in Viet Nam
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


# ------------------------------------------------------------------ what is told at once


class Naming:
    """Says in CI which test failed when it fails: a run that is cut short has no summary."""

    def __init__(self, config):
        self.plugins = config.pluginmanager

    def pytest_runtest_logreport(self, report):
        if report.failed:
            terminal = self.plugins.get_plugin("terminalreporter")
            terminal.write_line(f"\nFAILED {report.nodeid} ({report.when})")


def pytest_configure(config):
    if IN_CI and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Naming(config))


# ------------------------------------------------------------------ which tests, on which database


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql", "both"],
        default="both",
        help="the database(s) to run the tests on (default: both)",
    )


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        names = databases_for(metafunc.definition, metafunc.config.getoption("--database"))
        metafunc.parametrize("database", names, indirect=True, scope="session")


def databases_for(test, chosen):
    """A marked test keeps to its database; journeys in the browser need only one."""
    names = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
    marked = [name for name in ("sqlite", "postgresql") if test.get_closest_marker(name)]
    if marked:
        return [name for name in names if name in marked]
    return names[:1] if test.get_closest_marker("e2e") else names


def pytest_collection_modifyitems(config, items):
    if not config.getoption("-m"):
        bench = [item for item in items if item.get_closest_marker("bench")]
        config.hook.pytest_deselected(items=bench)
        items[:] = [item for item in items if item not in bench]


def missing(what):
    """A stranger's machine may lack it and learns what to install; ours may not."""
    if IN_CI:
        pytest.fail(f"{what} (CI must have it)")
    pytest.skip(what)


# ------------------------------------------------------------------ databases and the app


@pytest.fixture(scope="session")
def worker(request):
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def all_templates(worker):
    """Templates by database, made on first use and stopped at the end."""
    made = {}
    with TemporaryDirectory(prefix="tracker-", dir=memory()) as folder:

        def get(name):
            if name not in made:
                server = Sqlite(Path(folder)) if name == "sqlite" else Postgresql(worker)
                made[name] = Templates(server, Path(folder), the_cast.enter)
            return made[name]

        yield get
        for templates in made.values():
            templates.database.stop()


@pytest.fixture(scope="session")
def database(request, all_templates):
    """The templates of the database this run of the test is for."""
    try:
        return all_templates(request.param)
    except UnavailableError as error:
        missing(str(error))


@pytest.fixture
def fresh(request, database):
    """Address and cast of a database of this test's own; `@pytest.mark.blank` has no cast."""
    name = "empty" if request.node.get_closest_marker("blank") else "cast"
    with database.stage(name) as staged:
        yield staged


@pytest.fixture
def database_url(fresh):
    return fresh[0]


@pytest.fixture
def cast(fresh):
    """Who plays: see tests/cast.py."""
    return fresh[1]


@pytest.fixture
def clock(request):
    """It is NOW, and time goes on. A browser has its own clock, so journeys are in the present."""
    if request.node.get_closest_marker("e2e"):
        yield None
        return
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def app_settings():
    """Override to give the app other settings (fields of Config)."""
    return {}


@pytest.fixture(scope="session")
def shared_app():
    """One app a worker, put on the database of each test; made when first asked for."""
    made = []

    def get(database_url, folder):
        if made:
            return rebind(made[0], database_url, folder)
        made.append(make_app(database_url, folder))
        return made[0]

    return get


@pytest.fixture
def app(request, shared_app, database_url, tmp_path, clock, app_settings):
    """The app on a database of this test's own. A test that gives it settings or pages of its own
    (`@pytest.mark.own_app`) has it for itself."""
    if app_settings or request.node.get_closest_marker("own_app"):
        app = make_app(database_url, tmp_path, **app_settings)
    else:
        app = shared_app(database_url, tmp_path)
    yield app
    close(app)


@pytest.fixture
def set_up(app):
    """`with set_up() as session:` – a context for a moment, committed at its end."""

    @contextmanager
    def opened():
        with app.app_context():
            yield db.session
            db.session.commit()

    return opened


@pytest.fixture
def db_session(app):
    """A session for the whole test, for the rooms below the doors. Not beside a client."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def queries(app):
    """`with queries() as statements:` collects the SQL sent, to hold its number."""

    @contextmanager
    def counted():
        statements = []

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("BEGIN", "PRAGMA")):
                statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counted


# ------------------------------------------------------------------ doors


@pytest.fixture
def client_for(request, app, cast):
    """`client_for("secretary")` is signed in and sends a CSRF token; "anonymous" is not."""
    if "db_session" in request.fixturenames:
        pytest.fail("db_session holds a context open: clients would share a user. Use set_up.")

    def made(role):
        client = app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = "token"
            if role != "anonymous":
                session["_user_id"] = f"{cast[role].account_id}.0"
                session["_fresh"] = True
        client.environ_base["HTTP_X_CSRFTOKEN"] = csrf_token(app)
        return client

    return made


def csrf_token(app):
    """What Flask-WTF would have put on the page for the session of `client_for`."""
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps("token")


@pytest.fixture
def runner(app):
    return app.test_cli_runner()


# ------------------------------------------------------------------ the outside world


@pytest.fixture(scope="session")
def soffice(tmp_path_factory):
    """`soffice(path)` converts a document to PDF as a person's LibreOffice would."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing("LibreOffice is missing: apt-get install libreoffice-writer libreoffice-calc")
    profile = tmp_path_factory.mktemp("soffice").as_uri()

    def convert(path, to="pdf"):
        path = Path(path)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={profile}",
                *("--headless", "--convert-to", to, "--outdir", path.parent, path),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return path.with_suffix(f".{to.partition(':')[0]}")

    return convert


class Mailbox(list):
    """The messages a real SMTP server took in, as (sender, recipients, bytes)."""

    url = ""

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), ready_timeout=60)
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# ------------------------------------------------------------------ the browser


class Stage:
    """One server for the session; each test puts its app on it, so the address never changes."""

    app = None

    def __call__(self, environ, start_response):
        if self.app is None:
            start_response("503 Service UnavailableError", [("Content-Type", "text/plain")])
            return [b"no test is running"]
        return self.app(environ, start_response)


@pytest.fixture(scope="session")
def stage():
    stage = Stage()
    server = make_server("127.0.0.1", 0, stage, threaded=True)
    stage.url = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield stage
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def base_url(stage):
    """pytest-playwright opens relative addresses below this one."""
    return stage.url


@pytest.fixture
def live(app, stage):
    """The app of this test, served; returns its address."""
    stage.app = app
    yield stage.url
    stage.app = None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    programs = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, programs)), None)
    if program is None:
        missing("Chromium is missing: apt-get install chromium")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if is_root else [])]
    return {**browser_type_launch_args, "executable_path": program, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def sign_in(page, live, cast):
    """`sign_in("head")` signs in through the page, as a person does."""

    def signed_in(role, password=the_cast.PASSWORD):
        page.goto("/sign-in")
        page.fill("input[name=email]", cast[role].email)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return signed_in


@pytest.fixture
def axe(page):
    """`axe()` is the list of violations of WCAG 2.2 AA on the page as it stands, as short texts.

    `axe("color-contrast")` looks at that rule alone.
    """
    script = Path(__file__, "../vendor/axe.min.js").resolve().read_text("utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def violations(*rules):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(script)
        only = {"type": "rule" if rules else "tag", "values": rules or tags}
        options = {"runOnly": only, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return violations
