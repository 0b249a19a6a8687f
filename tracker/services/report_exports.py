"""A file of a report that takes long: asked for, made by the worker, kept for a week.

That it has to be made is a promise in the outbox; the row of the export says to people how far it
has come.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import OutboxItem, Report, ReportExport, ReportFile, ReportRecord
from tracker.models.enums import ExportState
from tracker.queries import report_exports as read
from tracker.queries.reports import records
from tracker.services import outbox
from tracker.services.act import Act
from tracker.words import DEFAULT_LANGUAGE

KEPT = timedelta(days=7)
AT_ONCE = 6  # not made yet, by one person: a person wants every format in both languages at most
TRIES = 3
PAPER = ("docx", "pdf")
# A worker says so often that it lives that a dead one is noticed within the minute.
LEASE = timedelta(minutes=1)
FAILED, DIED, TOO_LONG = "export_failed", "export_died", "export_too_long"


def ask(
    report: Report,
    format_name: str,
    language: str,
    *,
    by: Act,
    record: ReportRecord | None = None,
) -> ReportExport:
    """Ask for a file of the report, or of what it once said; asked again before it is made, it is
    the same one.

    Of a report that was submitted it is made from what was frozen.
    """
    record = record or records.current(report)
    going_on = read.going_on(by.person_id or 0)
    wanted = (report.id, record.id if record else None, format_name, language)
    for export in going_on:
        if (export.report_id, export.record_id, export.format, export.language) == wanted:
            return export
    if len(going_on) >= AT_ONCE:
        raise RuleViolationError("exports_too_many", most=AT_ONCE)
    export = ReportExport(
        report_id=report.id,
        record_id=record.id if record else None,
        format=format_name,
        language=language,
        person_id=by.person_id,
        created_at=by.at,
    )
    db.session.add(export)
    db.session.flush()  # the promise names it
    outbox.put(read.KIND, f"{read.KIND}:{export.id}", {"export_id": export.id}, at=by.at)
    return export


def ask_paper(report: Report, record: ReportRecord, *, by: Act) -> None:
    """Have the paper of an issued report made, so that it is served as the release of that day
    made it; whoever has too much waiting makes it by taking it. It bears the moment of issue, by
    which it is told from what the person asked for.
    """
    by = replace(by, at=record.issued_at or by.at)
    with suppress(RuleViolationError):
        for format_name in PAPER:
            ask(report, format_name, DEFAULT_LANGUAGE, by=by, record=record)


def claim(item: OutboxItem, *, at: datetime) -> ReportExport | None:
    """Take what is promised for this worker; None where another did, or nobody can."""
    if not outbox.claim([item], at=at, lease=LEASE):
        return None
    export = read.get(_export_id(item))
    if export is None or export.state not in read.GOING_ON:
        outbox.done(item, at=at, note="no longer needed")
        return None
    if item.attempts > TRIES:
        fail(export, DIED, at=at)
        outbox.done(item, at=at, note=DIED)
        return None
    export.state, export.started_at = ExportState.RUNNING, at
    export.step, export.done, export.total, export.error = "", 0, 0, ""
    return export


def go_on(item: OutboxItem, *, at: datetime) -> None:
    """Say that the worker lives and is at it."""
    item.due_at = at + LEASE


def put_back(item: OutboxItem, *, at: datetime) -> None:
    """Leave it to the next worker: this one is told to stop."""
    export = read.get(_export_id(item))
    if export is not None and export.state == ExportState.RUNNING:
        export.state = ExportState.WAITING
    item.attempts, item.due_at = item.attempts - 1, at


def advance(export_id: int, step: str, done: int = 0, total: int = 0) -> None:
    """Say how far it has come: `done` of `total` of a step; 0 where that cannot be counted."""
    db.session.execute(
        update(ReportExport)
        .where(ReportExport.id == export_id, ReportExport.state == ExportState.RUNNING)
        .values(step=step, done=done, total=total)
    )


def finish(export: ReportExport, file: ReportFile, *, at: datetime) -> None:
    """The file is there to be fetched."""
    export.state, export.file_id, export.finished_at = ExportState.DONE, file.id, at
    export.step = ""


def fetched(export_id: int) -> None:
    """The person has the file: it no longer waits for them."""
    db.session.execute(
        update(ReportExport)
        .where(ReportExport.id == export_id, ReportExport.state == ExportState.DONE)
        .values(state=ExportState.FETCHED)
    )


def fail(export: ReportExport, error: str, *, at: datetime) -> None:
    """It will not be made; `error` is the code of the sentence that says why."""
    export.state, export.error, export.finished_at = ExportState.FAILED, error, at
    export.step = ""


def settle(item: OutboxItem, error: str, *, at: datetime) -> None:
    """After an attempt that ended without an error, or with the code of one: the promise is kept,
    tried again later, or given up.
    """
    export = read.get(_export_id(item))
    if export is None or export.state not in read.GOING_ON:
        outbox.done(item, at=at)
    elif item.attempts < TRIES:
        export.state = ExportState.WAITING
        outbox.failed(item, error, at=at)
    else:
        fail(export, error, at=at)
        outbox.done(item, at=at, note=error)


def forget_old(*, at: datetime) -> int:
    """Drop what was made more than a week ago, and the content of files that nothing else needs.

    Their digests stay, so that a file can still be told to be ours.
    """
    old = db.session.execute(
        select(ReportExport.id, ReportExport.file_id).where(ReportExport.created_at < at - KEPT)
    ).all()
    ids = [row.id for row in old]
    db.session.execute(delete(ReportExport).where(ReportExport.id.in_(ids)))
    made = [row.file_id for row in old if row.file_id is not None]
    wanted = select(ReportExport.file_id).where(ReportExport.file_id.is_not(None))
    issued = select(ReportRecord.id).where(ReportRecord.issued_at.is_not(None))
    db.session.execute(
        update(ReportFile)
        .where(
            ReportFile.id.in_(made),
            ReportFile.id.not_in(wanted),
            ReportFile.record_id.is_(None) | ReportFile.record_id.not_in(issued),
        )
        .values(content=None)
    )
    return len(ids)


def _export_id(item: OutboxItem) -> int:
    value = item.payload.get("export_id")
    return value if isinstance(value, int) else 0
