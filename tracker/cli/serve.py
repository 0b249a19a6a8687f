"""`tracker serve`: the web server, with the worker in a thread of it."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version

import click
import waitress
from flask import Flask

from tracker.adapters import database, memory
from tracker.cli import insist_on_tables, say
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.jobs import scheduling
from tracker.queries import installation as read
from tracker.web import log
from tracker.words import N_

SHOWN = 5
LONGEST_BODY = 64 * 1024 * 1024  # what is longer is cut off before it fills the disk


@click.command("serve", epilog="Example: HOST=0.0.0.0 PORT=8000 tracker serve --threads 8")
@click.option("--threads", default=8, show_default=True, help="Requests answered at the same time.")
@click.option(
    "--worker/--no-worker",
    default=True,
    show_default=True,
    help="Send mail and do the night's work in this process too.",
)
@click.pass_obj
def serve(make_app: Callable[[], Flask], threads: int, *, worker: bool) -> None:
    """Serve the tracker on HOST:PORT until told to stop."""
    app = make_app()
    config: Config = app.extensions["tracker.config"]
    with app.app_context():
        insist_on_tables()
        with database.reading():
            addresses = read.demo_addresses()
            db.session.remove()
    memory.save()
    server = opened(app, config, threads)
    greet(config, addresses)
    log.to_stderr()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    memory.settle()
    with background(app, config) if worker else nothing():
        server.run()


def opened(app: Flask, config: Config, threads: int) -> waitress.server.BaseWSGIServer:
    """The server, listening; a port in use is a sentence, not a traceback."""
    try:
        return waitress.create_server(
            app,
            host=config.host,
            port=config.port,
            threads=threads,
            ident=None,
            max_request_body_size=LONGEST_BODY,
            # What a proxy says is for the application to weigh: believed if TRUSTED_PROXIES says
            # so, else a sign that the visitor is not this machine.
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        problem = error.strerror or str(error)
        raise RuleViolationError(
            "address_in_use", host=config.host, port=config.port, problem=problem
        ) from error


def greet(config: Config, addresses: list[str]) -> None:
    """Say where the tracker is, and who can try it out."""
    click.echo(f"NQI Tracker {version('nqi-tracker')}: {config.base_url}")
    if not addresses:
        return
    shown = ", ".join(addresses[:SHOWN]) + (" …" if len(addresses) > SHOWN else "")
    say(N_("Tài khoản dùng thử: %(addresses)s"), addresses=shown)
    say(N_("Mật khẩu của họ ở tệp %(path)s"), path=config.data_dir / "demo-password")
    if not config.accepts_demo_accounts:
        say(N_("Hãy đặt DEMO_PASSWORD, nếu không thì không đăng nhập được: HOST mở cho máy khác."))


@contextmanager
def background(app: Flask, config: Config) -> Iterator[None]:
    """The worker in threads of this process."""
    consumer = scheduling.consumer(config, app.app_context, scheduling.Background)
    consumer.start()
    try:
        yield
    finally:
        consumer.stop(graceful=True)


@contextmanager
def nothing() -> Iterator[None]:
    """No worker here: another process is one."""
    yield


commands = (serve,)
