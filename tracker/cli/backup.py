"""`tracker backup` and `tracker restore`: the whole database as one file, and back."""

from importlib.metadata import version
from pathlib import Path

import click
import flask_migrate

from tracker.adapters import backup as files
from tracker.adapters import clock, schema
from tracker.cli import say, with_app, with_tables
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.services import outbox
from tracker.services.notifications import MAILS
from tracker.words import N_


@click.command("backup", epilog="Example: tracker backup /var/backups/nqi-2026-11-23.zip")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_tables
def backup(file: Path) -> None:
    """Write everything into FILE while people go on working. An older FILE is replaced at once."""
    if not file.parent.is_dir():
        raise RuleViolationError("no_such_folder", folder=str(file.parent))
    with files.snapshot(db.engine) as connection:
        revision = schema.current(connection) or ""
        manifest = files.write(
            connection, file, revision=revision, version=version(files.PRODUCT), at=clock.now()
        )
    size = -(-file.stat().st_size // 1000)
    say(N_("%(file)s: %(rows)s dòng, %(size)s kB"), file=file, rows=manifest.rows, size=size)


@click.command("restore", epilog="Example: tracker restore /var/backups/nqi-2026-11-23.zip")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_app
def restore(file: Path) -> None:
    """Bring everything back from FILE, into an empty place only; DATABASE_URL says where.

    Mail that was waiting when the backup was made is not sent from here.
    """
    manifest = files.check(file)
    if not schema.is_known(manifest.revision):
        raise RuleViolationError("backup_is_newer", version=manifest.version)
    with db.engine.connect() as connection:
        if not files.is_empty(connection):
            raise RuleViolationError("place_not_empty")
        if schema.current(connection) not in {None, manifest.revision}:
            raise RuleViolationError("place_has_other_tables")
    flask_migrate.upgrade(revision=manifest.revision)
    files.restore(db.session.connection(), file, manifest)
    held = outbox.hold(MAILS, at=clock.now())
    db.session.commit()
    flask_migrate.upgrade()
    made_at = manifest.made_at
    say(N_("Đã khôi phục %(rows)s dòng, như lúc %(at)s."), rows=manifest.rows, at=made_at)
    if held:
        say(N_("%(number)s thư đang chờ khi sao lưu sẽ không được gửi."), number=held)


commands = (backup, restore)
