"""`tracker report`: the report of a group, or of all groups, as a file."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from typing_extensions import override

from tracker import words
from tracker.adapters import clock, database
from tracker.cli import language, said, with_tables
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.exports.report import formats
from tracker.exports.report.formats import FORMATS
from tracker.lib.dates import format_date, local_day
from tracker.lib.periods import Period, PeriodError, parse
from tracker.models import Group
from tracker.policies.actor import Actor
from tracker.queries import groups as read_groups
from tracker.queries import report_templates
from tracker.queries import reports as read
from tracker.queries.reports.scope import kind_of
from tracker.words import N_

# Who stands at the machine may read the whole database anyway.
OPERATOR = Actor(person_id=0, person_name="", is_administrator=True)
ALL = "all"
EPILOG = """\b
Examples:
  tracker report HAL --period 2026-11 --format docx -o bao-cao.docx
  tracker report all --period 2026-Q4 --format xlsx --lang en -o report.xlsx

\b
Periods: 2026-11, 2026-Q4, 2026-H1, 2026 (windows of Decree 09/2019);
  cal:2026-11 (calendar); 2026-W47 (a week); 2026-10-15..2026-11-14 (any days).

Figures are as of the last day of the period, or of today while it has not ended.
Exit codes: 0 written, 1 refused and nothing changed, 2 wrong usage."""


class PeriodWord(click.ParamType[Period]):
    """A period by its word."""

    name = "period"

    @override
    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        """The period, or the sentence that says what would do."""
        if isinstance(value, Period):
            return value
        try:
            return parse(str(value))
        except PeriodError as error:
            self.fail(language().sentence(error.code, **error.values), param, ctx)


@click.command("report", epilog=EPILOG)
@click.argument("key")
@click.option("--period", type=PeriodWord(), required=True, help="Which period, as 2026-11.")
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option(
    "--lang", type=click.Choice(list(words.LANGUAGES)), help="Of the report; else of the command."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; one that is there is replaced when the new one is whole.",
)
@with_tables
def report(key: str, period: Period, format_name: str, lang: str | None, output: Path) -> None:
    """Write the report of the group KEY, or of "all" groups, as a file. Changes no data."""
    config: Config = current_app.extensions["tracker.config"]
    with database.reading():
        groups, covers_all = _groups(key), key.lower() == ALL
        scope = read.Scope(
            kind=kind_of(period, of_all=covers_all),
            group_id=None if covers_all else groups[0].id,
        )
        facts = read.build(
            groups,
            period,
            today=local_day(clock.now()),
            covers_all=covers_all,
            organisation=config.organisation,
            scope=scope,
        )
        template = report_templates.default_content()
    wanted = words.language(lang) if lang else language()
    content = formats.make(format_name, facts, wanted, template)
    _write(output, content)
    message = N_("%(file)s: %(size)s byte, số liệu đến hết ngày %(day)s")
    day = format_date(facts.cut_off)
    click.echo(said(message, file=output, size=len(content), day=day), err=True)


def _groups(key: str) -> list[Group]:
    known = read_groups.listing(OPERATOR)
    chosen = [group for group in known if key.lower() == ALL or group.key == key.upper()]
    if chosen or key.lower() == ALL:
        return chosen
    keys = ", ".join(group.key for group in known) or "–"
    raise RuleViolationError("group_unknown", key=key, keys=keys)


def _write(path: Path, content: bytes) -> None:
    """Put the file in its place whole: a reader never sees half of it."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        _refuse(path, error)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(_usual_mode())
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        _refuse(path, error)


def _usual_mode() -> int:
    """What a new file may be, as the person has set it; a temporary one is closed to others."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse(path: Path, error: OSError) -> NoReturn:
    raise RuleViolationError(
        "file_not_writable", path=path, problem=error.strerror or error
    ) from error


commands = (report,)
