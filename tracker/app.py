"""The composition root: makes the application out of its rooms. Nothing imports it."""

import importlib
import pkgutil
import sys
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import event
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import cli, routes
from tracker.adapters import database, memory
from tracker.config import Config
from tracker.extensions import csrf, db, htmx, migrate
from tracker.jobs import report_exports
from tracker.services import summaries
from tracker.web import (
    addresses,
    apart,
    assets,
    authorization,
    cache,
    compiling,
    compression,
    errors,
    headers,
    log,
    received,
    session,
    templating,
)

PACKAGE = Path(__file__).parent
# In a checkout templates/ and static/ lie beside the package, in a wheel inside it.
ROOT = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent
UPLOAD_LIMIT = 20 * 1024 * 1024


def create_app(config: Config | None = None) -> Flask:
    """The application for the settings given, else for those of the environment."""
    config = config or Config.from_environment()
    app = without_doors(config)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    _register_doors(app)
    return app


def without_doors(config: Config) -> Flask:
    """The data and nothing that answers requests: it takes a third less memory."""
    app = Flask(
        "tracker",
        root_path=str(PACKAGE),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(config.data_dir),
    )
    app.config.from_mapping(_settings(config))
    app.extensions["tracker.config"] = config
    _bind_database(app)
    return app


def _settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.testing,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SESSION_COOKIE_NAME": "nqi_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.is_https,
        "REMEMBER_COOKIE_NAME": "nqi_remember",
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": config.is_https,
        "MAX_CONTENT_LENGTH": UPLOAD_LIMIT,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _bind_database(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(
        app, db, directory=str(PACKAGE / "migrations"), render_as_batch=True, compare_type=True
    )
    with app.app_context():
        database.prepare(db.engine)
    for moment, listener in (
        ("before_commit", summaries.refresh_touched),
        ("after_rollback", summaries.forget_touched),
    ):
        if not event.contains(db.session, moment, listener):
            event.listen(db.session, moment, listener)


def _register_doors(app: Flask) -> None:
    compiling.register(app)  # before anything looks at the templates
    addresses.register(app)
    htmx.init_app(app)
    received.register(app)
    compression.register(app)  # what is registered first sees the answer last
    log.register(app)
    session.register(app)  # before the token check: an ended session is the truer reason
    csrf.init_app(app)
    authorization.register(app)
    headers.register(app)
    errors.register(app)
    cache.register(app)
    templating.register(app)
    assets.register(app, ROOT / "static")
    for module in pkgutil.iter_modules(routes.__path__):
        door = importlib.import_module(f"{routes.__name__}.{module.name}")
        app.register_blueprint(door.bp)


def make_file() -> None:
    """What the worker starts to make a file that takes long (`jobs.report_exports`)."""
    export_id, moment = sys.argv[1:]
    config = Config.from_environment()
    memory.save()
    with without_doors(config).app_context():
        report_exports.make(int(export_id), config, at=datetime.fromisoformat(moment))


def work_apart() -> None:
    """What a page starts to have something read that takes long (`web.apart`)."""
    config = Config.from_environment()
    memory.save()
    with without_doors(config).app_context():
        apart.answer(sys.stdin.buffer, sys.stdout.buffer)


def main() -> None:
    """The console command `tracker`."""
    cli.root()(obj=create_app)
