"""`tracker demo`: a plan with a year of past to try the tracker on."""

import secrets
from datetime import date, datetime, timedelta

import click
from flask import current_app

from tracker.adapters import clock
from tracker.cli import language, say, with_app, with_tables
from tracker.cli.demo import crowd, telling
from tracker.cli.demo.people import PERSONS
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.queries import accounts, nights
from tracker.services import snapshots
from tracker.words import N_

PASSWORD_FILE = "demo-password"  # noqa: S105 - a name
# How many days back are kept at once; the nights of a worker keep those before.
DAYS, DAYS_OF_A_CROWD = 200, 60
FILES = ("tracker.db*", "queue.db*", PASSWORD_FILE)


@click.group("demo")
def demo() -> None:
    """Fill the tracker with an invented plan to try it on."""


@demo.command("load", epilog="Example: tracker demo load --if-empty")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is already data.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the story ends (default: this day).",
)
@click.option("--groups", type=click.IntRange(3, 900), help="Add groups up to this number.")
@click.option("--tasks", type=click.IntRange(0), help="Add tasks up to this number.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which groups and tasks.")
@with_tables
def load(
    if_empty: bool,  # noqa: FBT001 - an option
    today: datetime | None,
    groups: int | None,
    tasks: int | None,
    seed: int,
) -> None:
    """Load the plan of three working groups with its past, and accounts to sign in with."""
    config: Config = current_app.extensions["tracker.config"]
    if accounts.exist():
        if not if_empty:
            raise RuleViolationError("demo_place_not_empty")
        say_who(config)
        return
    password = the_password(config)
    day = today.date() if today else clock.today()
    telling.tell(day, password)
    if groups or tasks:
        crowd.gather(number=groups or 3, tasks=tasks or 0, seed=seed, today=day)
    db.session.commit()
    keep_days(day, DAYS_OF_A_CROWD if groups or tasks else DAYS)
    say_who(config)


@demo.command("reset", epilog="Example: tracker demo reset")
@with_app
def reset() -> None:
    """Throw the demo away. Refuses where anybody but the demo's accounts can sign in."""
    config: Config = current_app.extensions["tracker.config"]
    if not config.is_sqlite:
        raise RuleViolationError("demo_not_in_a_file")
    if not accounts.are_all_demo():
        raise RuleViolationError("demo_has_real_people")
    db.engine.dispose()
    for name in FILES:
        for path in config.data_dir.glob(name):
            path.unlink()
    say(N_("Đã xóa bản dùng thử."))


def keep_days(today: date, number: int) -> None:
    """What the nights of the story would have kept; of the facts as they were committed."""
    snapshots.keep(nights.missed(today - timedelta(days=1), number))
    db.session.commit()


def the_password(config: Config) -> str:
    """The one of the settings, else a new one; kept in a file for its owner's eyes only."""
    path = config.data_dir / PASSWORD_FILE
    password = config.demo_password or "-".join(secrets.token_hex(2) for _ in range(4))
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(password + "\n", encoding="utf-8")
    return password


def say_who(config: Config) -> None:
    """Print the address, the accounts and the password, where this is a demo."""
    path = config.data_dir / PASSWORD_FILE
    if not path.exists():
        return
    click.echo(f"\n  {config.base_url}\n")
    for who in PERSONS.values():
        if who.account:
            click.echo(f"  {who.account + '@demo.test':26} {who.full_name}, {who.position}")
    password = path.read_text("utf-8").strip()
    click.echo(f"\n  {language().gettext(N_('Mật khẩu'))}: {password}\n")
    if not config.accepts_demo_accounts:
        say(N_("Hãy đặt DEMO_PASSWORD, nếu không thì không đăng nhập được: HOST mở cho máy khác."))


commands = (demo,)
