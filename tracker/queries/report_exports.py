"""Files of reports that take long: which reports are large, who asked for what, what waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, undefer

from tracker.extensions import db
from tracker.models import OutboxItem, Report, ReportExport, ReportFile, Task
from tracker.models.enums import ExportState
from tracker.policies import reports as may
from tracker.policies.actor import Actor
from tracker.queries.reports.scope import Scope

KIND = "report.export"
# A file of more tasks takes longer than a person waits before a page (some 3 s).
LARGE = 5_000
SHOWN = 50
IDLE = timedelta(minutes=3)  # a worker ticks every minute
GOING_ON = (ExportState.WAITING, ExportState.RUNNING)


def tasks(group_id: int | None) -> int:
    """How many tasks are read for a report on the group, or on all of them; those in the trash
    too, which is quicker.
    """
    query = select(func.count(Task.id))
    if group_id is not None:
        query = query.where(Task.group_id == group_id)
    return db.session.scalar(query) or 0


def is_large(report: Report | Scope) -> bool:
    """Whether it is read by a process of its own, and its files are made by the worker."""
    return tasks(report.group_id) > LARGE


def get(export_id: int) -> ReportExport | None:
    """The export with its report, whoever asked for it, as it is by now: others write in it."""
    anew = _exports().execution_options(populate_existing=True)
    return db.session.scalar(anew.where(ReportExport.id == export_id))


def find(actor: Actor, export_id: int) -> ReportExport | None:
    """The export, if the actor asked for it and still sees the report."""
    return db.session.scalar(_own(actor).where(ReportExport.id == export_id))


def of(actor: Actor) -> Sequence[ReportExport]:
    """What the actor asked for and can still fetch, the latest first."""
    return db.session.scalars(_own(actor).order_by(ReportExport.id.desc()).limit(SHOWN)).all()


def going_on(person_id: int) -> Sequence[ReportExport]:
    """What was asked for by that person and is not made yet."""
    return db.session.scalars(
        select(ReportExport).where(
            ReportExport.person_id == person_id, ReportExport.state.in_(GOING_ON)
        )
    ).all()


def mark(export: ReportExport) -> str:
    """What its page shows of it; who has that already is not sent it again."""
    return f"{export.state.value}-{export.step}-{export.done}-{export.total}"


def waits_in_vain(export: ReportExport, last_tick: datetime | None, at: datetime) -> bool:
    """Whether no worker has shown itself for so long that somebody should be told."""
    if export.state != ExportState.WAITING or at - export.created_at < IDLE:
        return False
    return last_tick is None or at - last_tick > IDLE


def content(export: ReportExport) -> ReportFile | None:
    """The file that was made, with its content; None once that was forgotten."""
    file = db.session.scalar(
        select(ReportFile)
        .options(undefer(ReportFile.content), joinedload(ReportFile.record))
        .where(ReportFile.id == export.file_id)
    )
    return file if file is not None and file.content is not None else None


def next_item(at: datetime) -> OutboxItem | None:
    """The promise of an export that is to be kept first."""
    return db.session.scalar(
        select(OutboxItem)
        .where(
            OutboxItem.kind == KIND,
            OutboxItem.done_at.is_(None),
            OutboxItem.due_at <= at,
        )
        .order_by(OutboxItem.due_at, OutboxItem.id)
        .limit(1)
    )


def _own(actor: Actor) -> Select[ReportExport]:
    return (
        _exports()
        .join(ReportExport.report)
        .where(ReportExport.person_id == actor.person_id, may.visible_to(actor))
    )


def _exports() -> Select[ReportExport]:
    return select(ReportExport).options(
        joinedload(ReportExport.report).joinedload(Report.group),
        joinedload(ReportExport.report).joinedload(Report.unit),
        joinedload(ReportExport.file),
    )
