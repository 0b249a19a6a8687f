"""What can be done with a report: begin it, write in it, keep a file of it, issue it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import func, select

from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.lib.periods import Period
from tracker.lib.sheets import file_name
from tracker.models import Group, Report, ReportFile
from tracker.queries import history as read
from tracker.queries.report_facts import SECTIONS, ReportFacts
from tracker.queries.reports import chips
from tracker.services import history, snapshots
from tracker.services.act import Act

DRAFT, ISSUED = "draft", "issued"
LONGEST_SECTION = 20_000


@dataclass(frozen=True)
class Made:
    """A rendered file before it is kept."""

    format: str
    language: str
    extension: str
    content: bytes


def begin(group: Group | None, period: Period, *, by: Act, **details: object) -> Report:
    """Begin a report on the group, or on all groups; `details` are further columns of `Report`."""
    report = Report(
        group_id=group.id if group else None,
        period=period.word,
        first_day=period.first,
        last_day=period.last,
        state=DRAFT,
        narrative={},
        created_at=by.at,
        updated_at=by.at,
        **{"person_id": by.person_id, **details},
    )
    history.created(report, by=by)
    return report


def write(
    report: Report, narrative: Mapping[str, str], *, by: Act, seen: int | None = None
) -> list[str]:
    """Keep what was typed, section by section; returns the sections that changed.

    Two people may write in different sections at once; who changes a section that somebody else
    has changed meanwhile is asked (`StaleError`).
    """
    _check_open(report)
    typed = {section: text for section, text in narrative.items() if section in SECTIONS}
    for section, text in typed.items():
        if len(text) > LONGEST_SECTION:
            raise RuleViolationError("section_too_long", section=section, longest=LONGEST_SECTION)
    wanted = _merged(report, typed, seen)
    changed = [
        section for section, text in wanted.items() if text != report.narrative.get(section, "")
    ]
    for section in changed:
        old = {section: report.narrative.get(section, "")}
        new = {section: wanted[section]}
        report.narrative = {**report.narrative, **new}
        history.record(report, "narrative", old, new, by=by)
    if changed:
        report.updated_at = by.at
    return changed


def _merged(report: Report, typed: Mapping[str, str], seen: int | None) -> Mapping[str, str]:
    """Without the sections left as they were; a section that both changed raises."""
    if seen is None or seen == report.version:
        return typed
    before: dict[str, str] = {}
    for change in read.since_version("report", report.id, seen):
        if change.field == "narrative" and isinstance(change.old, dict):
            before = {**change.old, **before}
    theirs = {section: report.narrative.get(section, "") for section in before}
    wanted = {s: text for s, text in typed.items() if s not in before or text != before[s]}
    conflicts: dict[str, tuple[object, object]] = {
        section: (theirs[section], text)
        for section, text in wanted.items()
        if section in theirs and theirs[section] not in {text, before[section]}
    }
    if conflicts:
        raise StaleError(conflicts, {s: text for s, text in theirs.items() if s not in wanted})
    return wanted


def with_identity(report: Report, facts: ReportFacts) -> ReportFacts:
    """The facts with what was typed, what the facts dropped into it are, and the mark that their
    files carry.
    """
    told = replace(facts, narrative=dict(report.narrative), identifier="")
    told = replace(told, chips=chips.values(told))
    return replace(told, identifier=f"NQI-{report.id}-{digest(told)[:16]}")


def freeze(report: Report, facts: ReportFacts, *, by: Act) -> None:
    """Keep the facts that a file is made from, with their digest."""
    _check_open(report)
    mark = digest(facts)
    if report.facts_sha256 == mark:
        return
    history.record(report, "facts", report.facts_sha256, mark, by=by)
    report.facts = facts.to_json()
    report.facts_sha256 = mark


def keep(report: Report, made: Made, subject: str, *, by: Act) -> ReportFile:
    """Keep a file as it is served; the same content is kept once, other content gets v2, v3 …

    `subject` begins the name of the file: the key of a group, or a word for all.
    """
    mark = sha256(made.content).hexdigest()
    same_kind = (
        ReportFile.report_id == report.id,
        ReportFile.format == made.format,
        ReportFile.language == made.language,
    )
    known = db.session.scalar(select(ReportFile).where(*same_kind, ReportFile.sha256 == mark))
    if known is not None:
        return known
    number = db.session.scalar(select(func.count()).select_from(ReportFile).where(*same_kind)) or 0
    kept = ReportFile(
        report_id=report.id,
        format=made.format,
        language=made.language,
        file_name=name_of(subject, report.period, made, number + 1),
        sha256=mark,
        content=made.content,
        size=len(made.content),
        created_at=by.at,
    )
    db.session.add(kept)
    history.record(report, "file", None, {"name": kept.file_name, "sha256": mark}, by=by)
    db.session.flush()  # the id leads to the file
    return kept


def name_of(subject: str, period: str, made: Made, version: int | None) -> str:
    """The name of a file, as HAL_2026-11_v2.docx, with its language where that is not ours."""
    language = "" if made.language == "vi" else f"_{made.language}"
    return file_name(subject, period + language, version, made.extension)


def issue(report: Report, facts: ReportFacts, *, by: Act) -> None:
    """Close the report: from now on neither its words nor its figures change.

    How all workstreams stand is kept with it.
    """
    freeze(report, facts, by=by)
    snapshots.take(by=by, cause=f"report:{report.id}")
    history.change(report, {"state": ISSUED}, by=by)
    report.updated_at = by.at


def digest(facts: ReportFacts) -> str:
    """SHA-256 of the facts as JSON."""
    return sha256(
        json.dumps(facts.to_json(), ensure_ascii=False, sort_keys=True).encode("utf-8")
    ).hexdigest()


def _check_open(report: Report) -> None:
    if report.state != DRAFT:
        raise RuleViolationError("report_issued")
