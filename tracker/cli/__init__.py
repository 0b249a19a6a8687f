"""The operators' door: the commands of `tracker`. Each module offers `commands`."""

import importlib
import pkgutil
import sys
from collections.abc import Callable
from functools import update_wrapper
from typing import NoReturn, ParamSpec, TypeVar

import click
from flask import Flask
from typing_extensions import override

from tracker import words
from tracker.adapters import schema
from tracker.adapters.database import reading
from tracker.errors import RuleViolationError, TrackerError
from tracker.extensions import db

P = ParamSpec("P")
R = TypeVar("R")

REFUSED = 1


class Commands(click.Group):
    """All commands; a refusal is a sentence on stderr and the exit code 1, nothing changed."""

    @override
    def invoke(self, ctx: click.Context) -> object:
        """Run the command and word what it refuses."""
        try:
            return super().invoke(ctx)
        except TrackerError as error:
            refuse(language().sentence(error.code, **error.values))
        except schema.NOT_WORKING as error:
            refuse(language().sentence("database_unreachable", problem=schema.problem(error)))


def language() -> words.Language:
    """The language of `tracker --lang`."""
    return words.language(click.get_current_context().find_root().params["lang"])


def said(message: str, /, **values: object) -> str:
    """A message in the language asked for."""
    return language().gettext(message, **values)


def say(message: str, /, **values: object) -> None:
    """Print it."""
    click.echo(said(message, **values))


def refuse(sentence: str) -> NoReturn:
    """Say why nothing was done, and leave with 1."""
    click.echo(sentence, err=True)
    sys.exit(REFUSED)


def with_app(function: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application, which the root command knows how to make."""

    @click.pass_context
    def run(ctx: click.Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        make_app: Callable[[], Flask] = ctx.obj
        with make_app().app_context():
            return ctx.invoke(function, *args, **kwargs)

    return update_wrapper(run, function)


def with_tables(function: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application, and refuse where its tables are not there."""

    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        insist_on_tables()
        return function(*args, **kwargs)

    return with_app(update_wrapper(run, function))


def insist_on_tables() -> None:
    """Refuse to work on no tables, or on tables of another version."""
    with reading():
        ready = schema.is_up_to_date(db.session.connection())
        db.session.remove()
    if not ready:
        raise RuleViolationError("database_not_up_to_date")


LANG = click.Option(
    ["--lang"],
    type=click.Choice(list(words.LANGUAGES)),
    default=words.DEFAULT_LANGUAGE,
    show_default=True,
    help="The language of all that is said.",
)


def root() -> Commands:
    """The command `tracker` with everything below it."""
    tracker = Commands(
        "tracker", params=[LANG], help="Theo dõi hạ tầng chất lượng quốc gia (NQI Tracker)."
    )
    for module in pkgutil.iter_modules(__path__):
        found = importlib.import_module(f"{__name__}.{module.name}")
        for command in found.commands:
            tracker.add_command(command)
    return tracker
