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
from tracker.config import ConfigError
from tracker.errors import TrackerError

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
            refuse(words.language("vi").sentence(error.code, **error.values))
        except ConfigError as error:
            refuse(str(error))


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


def root() -> Commands:
    """The command `tracker` with everything below it."""
    tracker = Commands("tracker", help="Theo dõi hạ tầng chất lượng quốc gia (NQI Tracker).")
    for module in pkgutil.iter_modules(__path__):
        found = importlib.import_module(f"{__name__}.{module.name}")
        for command in found.commands:
            tracker.add_command(command)
    return tracker
