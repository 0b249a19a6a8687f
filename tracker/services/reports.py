"""What can be done with a report: begin it, submit, return or approve, issue it, keep its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import undefer

from tracker.adapters import database
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.dates import format_date, local_day
from tracker.lib.periods import Period
from tracker.lib.sheets import file_name
from tracker.lib.text import fold, nfc
from tracker.models import Group, Report, ReportFile, ReportKind, ReportRecord, ReportState
from tracker.queries import report_templates
from tracker.queries.report_facts import Replaced, ReportFacts, Stamp
from tracker.queries.reports import chips, records
from tracker.services import history, notifications, report_search, snapshots
from tracker.services.act import Act


@dataclass(frozen=True)
class Made:
    """A rendered file before it is kept."""

    format: str
    language: str
    extension: str
    content: bytes


def begin(group: Group | None, period: Period, *, by: Act, **details: object) -> Report:
    """Begin a report on the group, or on all groups; `details` are further columns of `Report`.

    Where they name no template it is the default of today, kept from here on: another default
    changes no report that is being written.
    """
    given = {
        "person_id": by.person_id,
        "kind": ReportKind.PERIODIC,
        "template_id": report_templates.default_id(),
        **details,
    }
    report = Report(
        group_id=group.id if group else None,
        period=period.word,
        first_day=period.first,
        last_day=period.last,
        state=ReportState.DRAFT,
        narrative={},
        created_at=by.at,
        updated_at=by.at,
        **given,
    )
    report_search.refold(report)
    history.created(report, by=by)
    return report


def with_identity(report: Report, facts: ReportFacts) -> ReportFacts:
    """The facts as the report tells them, with the mark that their files carry."""
    told = _told(report, facts)
    return replace(told, identifier=records.identifier(report.id, records.digest_of(told)))


def _told(report: Report, facts: ReportFacts) -> ReportFacts:
    """With what was typed, what the facts dropped into it are, and which revision it is."""
    told = replace(
        facts,
        narrative=dict(report.narrative),
        revision=report.revision_name,
        replaced=_replaced(report),
        urgency=report.urgency,
        stamp=Stamp(is_draft=True),
        identifier="",
    )
    return replace(told, chips=chips.values(told))


def _replaced(report: Report) -> Replaced | None:
    before = records.last_issued(report) if report.revision else None
    if before is None:
        return None
    return Replaced(before.name, before.document_number, before.document_date, report.reason)


def keep(
    report: Report,
    made: Made,
    subject: str,
    *,
    by: Act,
    record: ReportRecord | None = None,
    is_stored: bool = True,
) -> ReportFile:
    """Keep a file as it is served; the same content is kept once, other content gets v2, v3 …

    `subject` begins the name of the file: the key of a group, or a word for all. `record` is what
    it was made from, if that was frozen. Of one that is not stored the digest stays, so that it
    can still be told to be ours. What was issued has files of its own, also where they say the
    same as one that was taken before, or as those of another revision.
    """
    mark = sha256(made.content).hexdigest()
    same_kind = (
        ReportFile.report_id == report.id,
        ReportFile.format == made.format,
        ReportFile.language == made.language,
    )
    stored = ReportFile.content.is_not(None)
    number = select(func.count()).select_from(ReportFile).where(*same_kind, stored)
    file = db.session.scalar(
        select(ReportFile)
        .options(undefer(ReportFile.content))
        .where(*same_kind, ReportFile.sha256 == mark, *_of_issued(record))
    )
    if file is None:
        file = ReportFile(
            report_id=report.id,
            record_id=record.id if record else None,
            format=made.format,
            language=made.language,
            file_name=name_of(subject, report.period, made, None),
            sha256=mark,
            size=len(made.content),
            created_at=by.at,
        )
        db.session.add(file)
    if is_stored and file.content is None:
        version = (db.session.scalar(number) or 0) + 1
        file.file_name = name_of(subject, report.period, made, version)
        file.content = made.content
        named = {"name": file.file_name, "sha256": mark}
        history.record(report, "file", None, named, by=by)
    db.session.flush()  # the id leads to the file
    return file


def _of_issued(record: ReportRecord | None) -> Sequence[ColumnElement[bool]]:
    if record is None or record.issued_at is None:
        return ()
    return ReportFile.record_id == record.id, ReportFile.created_at >= record.issued_at


def subject_of(report: Report) -> str:
    """What the name of a file begins with: whose report it is."""
    if report.unit_id is not None and report.unit is not None:
        name = report.unit.abbreviation or report.unit.name
        return fold(name).replace(" ", "-").upper()
    return report.group.key if report.group else "TONG-HOP"


def name_of(subject: str, period: str, made: Made, version: int | None) -> str:
    """The name of a file, as HAL_2026-11_v2.docx, with its language where that is not ours."""
    language = "" if made.language == "vi" else f"_{made.language}"
    return file_name(subject, period + language, version, made.extension)


# ---------------------------------------------------------------- its life


@dataclass(frozen=True)
class Frozen:
    """What a report says, about to be submitted: made before the database is held up for it.

    It is of the report at `version`; what is typed later is not in it.
    """

    version: int
    body: bytes
    sha256: str


def freeze(report: Report, facts: ReportFacts) -> Frozen:
    """Freeze the facts together with what was typed so far; no text may ask for a fact that is
    not there, since its place on paper would be empty for ever. Of days to come there is nothing
    to say.
    """
    if facts.cut_off < report.first_day:
        raise RuleViolationError("report_period_ahead", day=format_date(report.first_day))
    told = _told(report, facts)
    missing = chips.missing(told)
    if missing:
        raise RuleViolationError("report_facts_missing", chips=", ".join(missing))
    body, digest = records.encode(told)
    return Frozen(report.version, body, digest)


def submit(report: Report, frozen: Frozen, *, by: Act) -> ReportRecord:
    """Hand the report to whoever approves it: what it says is kept, for ever.

    The remarks of one that was returned stay until it is approved: they are what is checked.
    """
    _check_open(report)
    if frozen.version != report.version:
        raise RuleViolationError("report_changed")
    before = select(func.count()).where(
        ReportRecord.report_id == report.id, ReportRecord.revision == report.revision
    )
    record = ReportRecord(
        report_id=report.id,
        revision=report.revision,
        submission=(db.session.scalar(before) or 0) + 1,
        reason=report.reason,
        body=frozen.body,
        sha256=frozen.sha256,
        template_id=report.template_id,
        submitted_by_id=by.person_id,
        submitted_at=by.at,
        document_number="",
    )
    db.session.add(record)
    db.session.flush()  # the id is what mails are promised by
    history.record(report, "record", None, _mark(record), by=by)
    _turn(report, ReportState.SUBMITTED, by=by)
    notifications.announce_report_step(report, record, by=by)
    return record


def return_(report: Report, remarks: str, *, by: Act, seen: int | None) -> None:
    """Give it back with remarks; it follows the plan again until it is submitted once more.

    What was approved may be given back too, until the clerk has given it a number. `seen` is the
    id of the record that the remarks are about.
    """
    record = records.current(report)
    if record is None or report.state is ReportState.ISSUED:
        raise RuleViolationError("report_not_submitted")
    _check_seen(record, seen)
    remarks = nfc(remarks).strip()
    if not remarks:
        raise RuleViolationError("report_remarks_needed")
    _turn(report, ReportState.RETURNED, by=by, remarks=remarks)
    notifications.announce_report_step(report, record, by=by)


def approve(report: Report, *, by: Act, seen: int | None) -> None:
    """Approve what was submitted; `seen` is the id of the record that was looked at."""
    record = _submitted(report, ReportState.SUBMITTED, "report_not_submitted")
    _check_seen(record, seen)
    record.approved_by_id, record.approved_at = by.person_id, by.at
    _turn(report, ReportState.APPROVED, by=by, remarks="")
    notifications.announce_report_step(report, record, by=by)


def issue(report: Report, number: str, day: date, *, by: Act) -> ReportRecord:
    """Give the report its number and date, as the clerk did on paper.

    How all workstreams stand is kept with it.
    """
    record = _submitted(report, ReportState.APPROVED, "report_not_approved")
    number = nfc(number).strip()
    if not number:
        raise RuleViolationError("report_number_needed")
    first = _earliest(report, record)
    if not first <= day <= by.today:
        raise RuleViolationError("report_day_wrong", day=format_date(first))
    _check_number(report, number, day)
    record.document_number, record.document_date = number, day
    record.issued_by_id, record.issued_at = by.person_id, by.at
    snapshots.take(by=by, cause=f"report:{report.id}")
    frozen = {"number": number, "day": day, **_mark(record)}
    history.record(report, "issued", None, frozen, by=by)
    _turn(report, ReportState.ISSUED, by=by)
    notifications.announce_report_step(report, record, by=by)
    return record


def _check_number(report: Report, number: str, day: date) -> None:
    """Refuse the number of another report of that year; a revision may repeat that of its own.

    Which one bears it is not said: perhaps it is one that the person may not see.
    """
    database.one_at_a_time(db.session(), "number a report")
    taken = db.session.scalars(
        select(ReportRecord.document_number).where(
            ReportRecord.report_id != report.id,
            ReportRecord.document_date.between(date(day.year, 1, 1), date(day.year, 12, 31)),
        )
    )
    if number.casefold() in map(str.casefold, taken):
        raise RuleViolationError("report_number_taken", number=number, year=day.year)


def _earliest(report: Report, record: ReportRecord) -> date:
    """The first day the paper can bear: a correction is not dated before what it replaces."""
    first = min(report.last_day, local_day(record.submitted_at))
    before = records.last_issued(report)
    return max(first, before.document_date or first) if before else first


def reopen(report: Report, why: str, *, by: Act) -> None:
    """Open what was issued for a correction: the next is another revision beside it, and says why
    there is one.
    """
    if report.state is not ReportState.ISSUED:
        raise RuleViolationError("report_not_issued")
    why = nfc(why).strip()
    if not why:
        raise RuleViolationError("report_reason_needed")
    history.change(report, {"revision": report.revision + 1, "reason": why}, by=by)
    report_search.refold(report)
    _turn(report, ReportState.DRAFT, by=by)


def lay_out(report: Report, values: Mapping[str, object], *, by: Act) -> None:
    """Choose how its paper looks: how annexes lie, how urgent it is."""
    _check_open(report)
    history.change(report, values, by=by)


def _turn(report: Report, state: ReportState, *, by: Act, **values: object) -> None:
    history.change(report, {"state": state, **values}, by=by)
    report.updated_at = by.at


def _submitted(report: Report, state: ReportState, code: str) -> ReportRecord:
    """What was submitted last, of a report that has come so far."""
    record = records.current(report)
    if report.state is not state or record is None:
        raise RuleViolationError(code)
    return record


def _check_seen(record: ReportRecord, seen: int | None) -> None:
    """Refuse a judgement of another submission than this one, or of nobody knows which."""
    if seen is None:
        raise RuleViolationError("report_not_looked_at")
    if seen != record.id:
        raise RuleViolationError("report_submitted_again")


def _mark(record: ReportRecord) -> dict[str, object]:
    return {"revision": record.name, "sha256": record.sha256}


def _check_open(report: Report) -> None:
    if not report.state.is_open:
        raise RuleViolationError("report_closed")
