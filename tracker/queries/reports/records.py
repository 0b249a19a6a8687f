"""The frozen records of reports: facts as lines of JSON, compressed, with the digest of the lines.

Every format is rendered from them again with the same content, whatever happened to the plan, to
people and to the names of units since; a record that was changed in the database is not read.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.json_lines import lines, parse
from tracker.models import Report, ReportRecord, ReportState
from tracker.policies import reports as may
from tracker.policies.actor import Actor
from tracker.queries.report_facts import ReportFacts, Stamp

# The mark is made of the lines, and the stamp comes after they are frozen.
LEFT_OUT = frozenset({"identifier", "stamp"})
PIECE = 1 << 20
T = TypeVar("T")


def encode(facts: ReportFacts) -> tuple[bytes, str]:
    """The body of a record and its digest."""
    digest, press = sha256(), zlib.compressobj()
    body = bytearray()
    for line in lines(facts, without=LEFT_OUT):
        digest.update(line)
        body += press.compress(line)
    body += press.flush()
    return bytes(body), digest.hexdigest()


def digest_of(facts: ReportFacts) -> str:
    """The digest that a record of the facts would have."""
    digest = sha256()
    for line in lines(facts, without=LEFT_OUT):
        digest.update(line)
    return digest.hexdigest()


def identifier(report_id: int, digest: str) -> str:
    """The mark that the files of a report carry."""
    return f"NQI-{report_id}-{digest[:16]}"


def facts_of(record: ReportRecord) -> ReportFacts:
    """What the report said, with its mark and the clerk's number and date.

    The mark of a report that was closed before there were records is kept in its lines.
    """
    facts = part_of(record, ReportFacts)
    return replace(
        facts,
        identifier=facts.identifier or identifier(record.report_id, record.sha256),
        stamp=Stamp(
            number=record.document_number,
            day=record.document_date,
            is_draft=record.approved_at is None or _was_returned(record),
        ),
    )


def _was_returned(record: ReportRecord) -> bool:
    """Whether what was approved was given back after all, before it got a number."""
    if record.document_number:
        return False
    last_one = select(func.max(ReportRecord.id)).where(ReportRecord.report_id == record.report_id)
    state = select(Report.state).where(
        Report.id == record.report_id, last_one.scalar_subquery() == record.id
    )
    return db.session.scalar(state) is not ReportState.APPROVED


def part_of(record: ReportRecord, kind: type[T]) -> T:
    """What the report said, as far as a dataclass names it: whose fields and lists have the names
    that `ReportFacts` gives them.
    """
    if not is_intact(record):
        raise RuleViolationError("record_altered", revision=record.name)
    return parse(kind, _lines(record.body))


def is_intact(record: ReportRecord) -> bool:
    """Whether the lines are still those that were frozen: nobody changed them in the database."""
    digest = sha256()
    try:
        for piece in _pieces(record.body):
            digest.update(piece)
    except zlib.error:
        return False
    return digest.hexdigest() == record.sha256


def current(report: Report) -> ReportRecord | None:
    """What the report says while nobody can write in it."""
    return None if report.state.is_open else _first(_query(report.id))


def of(report: Report) -> Sequence[ReportRecord]:
    """Every time the report was submitted, the last first."""
    return db.session.scalars(_query(report.id)).all()


def find(report: Report, record_id: int) -> ReportRecord | None:
    """One of them."""
    return _first(_query(report.id).where(ReportRecord.id == record_id))


def step(actor: Actor, record_id: int, state: ReportState) -> ReportRecord | None:
    """The record with its report, if the actor may see it and that is how far it has come."""
    query = (
        select(ReportRecord)
        .join(ReportRecord.report)
        .options(
            contains_eager(ReportRecord.report).options(
                joinedload(Report.group), joinedload(Report.unit)
            )
        )
        .where(ReportRecord.id == record_id, Report.state == state, may.visible_to(actor))
    )
    record = db.session.scalar(query)
    later = select(ReportRecord.id).where(
        ReportRecord.report_id == (record.report_id if record else None),
        ReportRecord.id > record_id,
    )
    return None if record is None or db.session.scalar(later.limit(1)) else record


def before(record: ReportRecord) -> ReportRecord | None:
    """What was submitted before it: the revision issued before a first submission, else the one
    that was returned.
    """
    earlier = or_(
        ReportRecord.revision < record.revision,
        and_(ReportRecord.revision == record.revision, ReportRecord.submission < record.submission),
    )
    return _first(_query(record.report_id).where(earlier))


def last_issued(report: Report) -> ReportRecord | None:
    """The last revision that got its number and date."""
    return _first(_query(report.id).where(ReportRecord.issued_at.is_not(None)))


def _query(report_id: int) -> Select[ReportRecord]:
    """Without the bodies, which are read where facts are wanted."""
    return (
        select(ReportRecord)
        .where(ReportRecord.report_id == report_id)
        .options(
            joinedload(ReportRecord.submitted_by),
            joinedload(ReportRecord.approved_by),
            joinedload(ReportRecord.issued_by),
        )
        .order_by(ReportRecord.revision.desc(), ReportRecord.submission.desc())
    )


def _first(query: Select[ReportRecord]) -> ReportRecord | None:
    return db.session.scalar(query.limit(1))


def _pieces(body: bytes) -> Iterator[bytes]:
    """The lines, uncompressed a piece at a time."""
    press = zlib.decompressobj()
    waiting = body
    while waiting:
        yield press.decompress(waiting, PIECE)
        waiting = press.unconsumed_tail
    yield press.flush()


def _lines(body: bytes) -> Iterator[bytes]:
    begun = b""
    for piece in _pieces(body):
        *whole, begun = (begun + piece).split(b"\n")
        yield from whole
