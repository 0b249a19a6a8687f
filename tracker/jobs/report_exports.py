"""Makes the files of reports that take long, one after another, each in a process of its own.

So pages do not wait for the interpreter meanwhile, what the file took is given back to the system
when it is made, and whatever ends that process ends nothing else (ADR 0037).
"""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

from typing_extensions import override

from tracker.adapters import aside, database, memory
from tracker.config import Config
from tracker.exports.report import formats, pdf
from tracker.extensions import db
from tracker.lib.dates import local_day
from tracker.models import OutboxItem, Report, ReportExport, ReportRecord
from tracker.models.enums import ExportState
from tracker.policies.actor import Actor
from tracker.queries import accounts, report_templates
from tracker.queries import groups as read_groups
from tracker.queries import report_exports as read
from tracker.queries import reports as read_reports
from tracker.queries.report_facts import ReportFacts, TaskFact
from tracker.queries.reports import records
from tracker.services import report_exports as do
from tracker.services import reports as reports_do
from tracker.services.act import Act
from tracker.words import Language, language

log = logging.getLogger("tracker.jobs")
Now = Callable[[], datetime]
# Drawing with one thread takes no longer here, and less memory.
SPARING = {"RAYON_NUM_THREADS": "1"}
# What a step is called; the words are the page's.
READING, WRITING, KEEPING = "reading", "writing", "keeping"
# These hold every task, so that what is written can be counted.
OF_ALL_TASKS = {"xlsx", "csv"}
EVERY = timedelta(seconds=20)  # a sign of life: thrice within the lease of a claim
LONGEST = timedelta(minutes=10)
GONE = "export_not_allowed"
_one = Lock()


def work(config: Config, *, now: Now, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Make all files that are waited for; returns how many were tried.

    One at a time in this process: who finds it busy may go, since it looks once more in the end.
    """
    tried = 0
    while not is_stopping() and waits(now()) and _one.acquire(blocking=False):
        try:
            tried += _next(config, now, is_stopping)
        finally:
            _one.release()
    return tried


def waits(at: datetime) -> bool:
    """Whether a file is waited for."""
    with database.reading():
        found = read.next_item(at) is not None
        db.session.commit()  # ends the reader's transaction
    return found


def _next(config: Config, now: Now, is_stopping: Callable[[], bool]) -> int:
    item = read.next_item(now())
    export = do.claim(item, at=now()) if item is not None else None
    db.session.commit()
    if item is None or export is None:
        return 0
    error = _attempt(item, export.id, config, now, is_stopping)
    if error is None:
        do.put_back(item, at=now())
    else:
        do.settle(item, error, at=now())
    db.session.commit()
    return 1


def _attempt(
    item: OutboxItem, export_id: int, config: Config, now: Now, is_stopping: Callable[[], bool]
) -> str | None:
    """The code of what went wrong, empty if nothing did; None where the worker has to stop."""
    began = told = now()
    environment = os.environ | SPARING | config.environment
    child = subprocess.Popen(_command(export_id, began), env=environment)  # noqa: S603 - our own
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return _told(child.wait(timeout=1), export_id)
            if is_stopping():
                return None
            if now() - began > LONGEST:
                return do.TOO_LONG
            if now() - told > EVERY:
                told = now()
                do.go_on(item, at=told)
                db.session.commit()
    finally:
        _end(child)


def _command(export_id: int, at: datetime) -> list[str]:
    program = "from tracker.app import make_file; make_file()"
    return [sys.executable, "-c", program, str(export_id), at.isoformat()]


def _told(code: int, export_id: int) -> str:
    if code == 0:
        return ""
    log.warning("export failed", extra={"fields": {"export": export_id, "code": code}})
    return do.DIED if code < 0 else do.FAILED


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
        child.wait()


# ------------------------------------------------------------------ in the process of the file


def make(export_id: int, config: Config, *, at: datetime) -> None:
    """Make the file and keep it; pages and other work of the machine go before."""
    with suppress(AttributeError, OSError):  # not every system knows it
        os.nice(10)
    export = _export(export_id)
    name, lang = export.format, language(export.language)
    make_it = _drawn if name == "pdf" else _written
    content = make_it(export, lang, config, at)
    if content:
        made = reports_do.Made(name, lang.code, formats.FORMATS[name].extension, content)
        _keep(export_id, made, at)
    else:
        _refuse(export_id, at)


def _drawn(export: ReportExport, lang: Language, config: Config, at: datetime) -> bytes:
    """Drawing takes as much memory as gathering: so what is drawn is gathered in a copy of this
    process, which is gone by then.
    """
    export_id = export.id

    def told() -> bytes:
        facts = _gathered(export_id, config, at)
        return json.dumps(pdf.inputs(facts, lang)).encode() if facts else b""

    db.session.remove()
    db.engine.dispose()
    inputs = aside.run(told)
    _Told(export_id, WRITING, 0).say(0)
    return pdf.drawn(json.loads(inputs)) if inputs else b""


def _written(export: ReportExport, lang: Language, config: Config, at: datetime) -> bytes:
    facts = _gathered(export.id, config, at)
    if facts is None:
        return b""
    memory.give_back()
    told = _Told(export.id, WRITING, len(facts.tasks) if export.format in OF_ALL_TASKS else 0)
    told.say(0)
    if told.total:
        facts = replace(facts, tasks=Watched(facts.tasks, told.say))
    return formats.make(export.format, facts, lang, _template(export.id))


def _template(export_id: int) -> bytes | None:
    with database.reading():
        export = _export(export_id)
        content = report_templates.content_of(export.report, _record(export))
        db.session.commit()  # ends the reader's transaction
    return content


def _gathered(export_id: int, config: Config, at: datetime) -> ReportFacts | None:
    """The facts as who asked may see them; None if they may not any more."""
    do.advance(export_id, READING)
    db.session.commit()
    with database.reading():
        export = _export(export_id)
        actor = accounts.actor_of(export.person_id or 0, local_day(at))
        report = read_reports.find(actor, export.report_id) if actor else None
        if actor is None or report is None:
            return None
        told = _facts(export, report, actor, config, at)
        db.session.commit()  # ends the reader's transaction
    db.session.expunge_all()  # what was read is not needed again
    return told


def _facts(
    export: ReportExport, report: Report, actor: Actor, config: Config, at: datetime
) -> ReportFacts:
    """What was frozen when it was asked for; while a report is written, what it says now."""
    if export.record_id is not None:
        record = records.find(report, export.record_id)
        if record is not None:
            return records.facts_of(record)
    groups = [report.group] if report.group else read_groups.listing(actor)
    facts = read_reports.facts_of(
        report, groups, today=local_day(at), organisation=config.organisation
    )
    return reports_do.with_identity(report, facts)


def _keep(export_id: int, made: reports_do.Made, at: datetime) -> None:
    do.advance(export_id, KEEPING)
    db.session.commit()
    export = _export(export_id)
    by = Act(person_id=export.person_id, at=at, cause=f"export:{export_id}")
    subject = reports_do.subject_of(export.report)
    file = reports_do.keep(export.report, made, subject, by=by, record=_record(export))
    do.finish(export, file, at=at)
    db.session.commit()


def _record(export: ReportExport) -> ReportRecord | None:
    return db.session.get(ReportRecord, export.record_id) if export.record_id else None


def _refuse(export_id: int, at: datetime) -> None:
    do.fail(_export(export_id), GONE, at=at)
    db.session.commit()


def _export(export_id: int) -> ReportExport:
    export = read.get(export_id)
    if export is None or export.state != ExportState.RUNNING:
        message = f"export {export_id} is not to be made"
        raise LookupError(message)
    return export


class _Told:
    """Says how far a step has come, at most once a second."""

    def __init__(self, export_id: int, step: str, total: int) -> None:
        self.export_id, self.step, self.total = export_id, step, total
        self.last = 0.0

    def say(self, done: int) -> None:
        """So many of the total are done."""
        if time.monotonic() - self.last < 1 and done:
            return
        self.last = time.monotonic()
        do.advance(self.export_id, self.step, done, self.total)
        db.session.commit()


class Watched(tuple[TaskFact, ...]):
    """Tasks that tell how many of them were taken."""

    say: Callable[[int], None]

    def __new__(cls, tasks: tuple[TaskFact, ...], say: Callable[[int], None]) -> "Watched":
        """Those tasks."""
        made = super().__new__(cls, tasks)
        made.say = say
        return made

    @override
    def __iter__(self) -> Iterator[TaskFact]:
        for at, task in enumerate(super().__iter__()):
            if at % 1000 == 0:
                self.say(at)
            yield task
