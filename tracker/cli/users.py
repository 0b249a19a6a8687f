"""`tracker user`: accounts from the command line, the first one and in emergencies."""

import re
import sys

import click
from flask import current_app

from tracker.adapters import clock
from tracker.cli import language, say, with_tables
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import Account
from tracker.queries import accounts as read
from tracker.services import accounts as do
from tracker.services import people
from tracker.services.act import Act
from tracker.words import N_

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
LINKS = {
    "invite": N_("Hãy gửi liên kết này cho %(email)s; dùng được một lần, trong %(days)s ngày:"),
    "reset": N_("Hãy gửi liên kết này cho %(email)s; dùng được một lần, trong 24 giờ:"),
}


@click.group("user")
def user() -> None:
    """Add accounts and reset passwords."""


def an_address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Refuse what cannot be a mail address."""
    if not ADDRESS.fullmatch(value):
        message = N_("«%(value)s» không phải một địa chỉ thư.")
        raise click.BadParameter(language().gettext(message, value=value))
    return value


@user.command(
    "add",
    epilog='Example: tracker user add --email ha@example.org --name "Nguyễn Thu Hà" --admin',
)
@click.option("--email", required=True, callback=an_address, help="The address to sign in with.")
@click.option("--name", required=True, help="The full name, family name first.")
@click.option("--admin", is_flag=True, help="May manage accounts, groups and settings.")
@click.option("--director", is_flag=True, help="Reviews all groups and decides.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_tables
def add(
    email: str,
    name: str,
    admin: bool,  # noqa: FBT001 - options
    director: bool,  # noqa: FBT001
    password_stdin: bool,  # noqa: FBT001
) -> None:
    """Add a person with an account; prints a link by which they set their password."""
    by = this_act()
    person = people.create_person(name, by=by, email=email.strip().casefold())
    account = do.create(person, email, by=by, is_administrator=admin, is_director=director)
    if password_stdin:
        do.set_password(account, sys.stdin.readline().rstrip("\n"), by=by)
        db.session.commit()
        say(N_("%(email)s đăng nhập được rồi."), email=account.email)
        return
    offer(account, by, "invite")


@user.command("reset-password", epilog="Example: tracker user reset-password ha@example.org")
@click.argument("email")
@with_tables
def reset_password(email: str) -> None:
    """Print a link by which the owner of the account sets a new password."""
    account = read.by_email(email)
    if account is None:
        raise RuleViolationError("nobody_signs_in_as", email=email)
    offer(account, this_act(), "reset")


def offer(account: Account, by: Act, purpose: str) -> None:
    """Print the link; its secret is not kept and cannot be shown again."""
    secret = do.invite(account, by=by, purpose=purpose)
    db.session.commit()
    config: Config = current_app.extensions["tracker.config"]
    say(LINKS[purpose], email=account.email, days=do.INVITATION_LASTS.days)
    click.echo(f"{config.base_url}/invitations/{secret}")


def this_act() -> Act:
    """Somebody at the command line, now."""
    return Act(person_id=None, at=clock.now(), cause="cli")


commands = (user,)
