"""Noting, while an answer is made, that it gives somebody a report that was issued."""

from flask import g

from tracker.models import ReportRecord


def note(record: ReportRecord | None) -> None:
    """This answer shows the record, or is a file of it; one that was not issued does not count."""
    if record is not None and record.issued_at is not None:
        g.report_record_id = record.id


def noted() -> int | None:
    """The record that this answer gives."""
    found: int | None = g.get("report_record_id")
    return found
