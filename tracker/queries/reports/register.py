"""The register of reports: those that were written, found by period, body, kind, state and text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.periods import parse
from tracker.lib.text import fold
from tracker.models import (
    Group,
    Report,
    ReportKind,
    ReportRead,
    ReportRecord,
    ReportState,
    Unit,
)
from tracker.policies import reports as may
from tracker.policies.actor import Actor

PAGE = 50
MOST_WORDS = 8


@dataclass(frozen=True)
class Filters:
    """What of the register is asked for; empty means all.

    `group` is a key, or "all"; of a `period` (its word) also the shorter ones within it are found;
    `text` is looked for, word by word and without marks, in titles, numbers and what was written.
    """

    group: str = ""
    unit_id: int | None = None
    kind: ReportKind | None = None
    state: ReportState | None = None
    period: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self == Filters()


@dataclass(frozen=True)
class Line:
    """A report in the register: the last revision that was issued, and how many have read it.

    `is_late` where it should have been issued by now.
    """

    report: Report
    record: ReportRecord | None
    readers: int
    is_late: bool

    @property
    def author(self) -> str:
        """Who began it; of one that began by itself, who submitted it."""
        author = self.report.person or (self.record and self.record.submitted_by)
        return author.full_name if author else ""


@dataclass(frozen=True)
class Lines:
    """One screen of the register."""

    lines: Sequence[Line]
    page: int
    pages: int
    total: int


def lines(actor: Actor, filters: Filters, page: int, *, today: date) -> Lines:
    """The reports the actor may see, those of the latest periods first."""
    conditions = [may.visible_to(actor), *_conditions(filters)]
    wanted = select(Report.id).outerjoin(Report.group).where(*conditions)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    reports = _page(conditions, page)
    ids = [report.id for report in reports]
    issued, readers = _issued(ids), _readers(ids)
    found = [
        Line(report, issued.get(report.id), readers.get(report.id, 0), _is_late(report, today))
        for report in reports
    ]
    return Lines(found, page, pages, total)


def units(actor: Actor) -> Sequence[Unit]:
    """Those that a report the actor may see is on."""
    on = select(Report.unit_id).where(may.visible_to(actor))
    return db.session.scalars(select(Unit).where(Unit.id.in_(on)).order_by(Unit.name)).all()


def _page(conditions: Iterable[ColumnElement[bool]], page: int) -> Sequence[Report]:
    return db.session.scalars(
        select(Report)
        .outerjoin(Report.group)
        .options(contains_eager(Report.group), joinedload(Report.unit), joinedload(Report.person))
        .where(*conditions)
        .order_by(
            Report.last_day.desc(),
            Report.first_day,
            Report.group_id.is_not(None),  # the databases sort NULL apart
            Group.position,
            Report.id.desc(),
        )
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.group == "all":
        yield and_(Report.group_id.is_(None), Report.unit_id.is_(None))
    elif filters.group:
        yield Group.key == filters.group.upper()
    if filters.unit_id is not None:
        yield Report.unit_id == filters.unit_id
    if filters.kind is not None:
        yield Report.kind == filters.kind
    if filters.state is not None:
        yield Report.state == filters.state
    if filters.period:
        asked = parse(filters.period)
        yield Report.first_day >= asked.first
        yield Report.last_day <= asked.last
    for word in fold(filters.text).split()[:MOST_WORDS]:
        yield _holds(word)


def _holds(word: str) -> ColumnElement[bool]:
    """A clerk's number is looked for as it was typed, all else folded."""
    numbered = select(ReportRecord.report_id).where(
        func.lower(ReportRecord.document_number).contains(word, autoescape=True)
    )
    return or_(Report.folded.contains(word, autoescape=True), Report.id.in_(numbered))


def _issued(ids: Sequence[int]) -> Mapping[int, ReportRecord]:
    """The last revision that was issued of each."""
    records = db.session.scalars(
        select(ReportRecord)
        .options(joinedload(ReportRecord.submitted_by))
        .where(ReportRecord.report_id.in_(ids), ReportRecord.issued_at.is_not(None))
        .order_by(ReportRecord.revision, ReportRecord.submission)
    )
    return {record.report_id: record for record in records}


def _readers(ids: Sequence[int]) -> Mapping[int, int]:
    """How many people have read any revision of each."""
    rows = db.session.execute(
        select(ReportRecord.report_id, func.count(distinct(ReportRead.person_id)))
        .join(ReportRecord, ReportRecord.id == ReportRead.record_id)
        .where(ReportRecord.report_id.in_(ids))
        .group_by(ReportRecord.report_id)
    )
    return {row[0]: row[1] for row in rows}


def _is_late(report: Report, today: date) -> bool:
    is_open = report.state is not ReportState.ISSUED
    return is_open and report.due_on is not None and report.due_on < today
