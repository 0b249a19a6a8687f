"""What a report said is read as it was frozen, or not at all."""

import zlib
from datetime import date, datetime, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from tests.exports.reports import make_facts
from tracker.errors import RuleViolationError
from tracker.exports.report import csv
from tracker.models import ReportRecord
from tracker.queries.report_facts import Stamp
from tracker.queries.reports import records
from tracker.words import language

DATA = Path(__file__).parents[2] / "data"
# What it is frozen as today; made anew only where facts are told that were not before.
TODAY = DATA / "report_record.jsonl"
# Written by the release that first kept records. Never make it anew: it stands for what is stored.
FIRST = DATA / "report_record_first.jsonl"
MORNING = datetime(2026, 11, 16, 3, tzinfo=timezone.utc)  # noqa: UP017


def a_record(body, digest, **values):
    sent = {"report_id": 7, "revision": 0, "submission": 1, "document_number": ""}
    return ReportRecord(body=body, sha256=digest, **sent | values)


def test_the_same_facts_are_frozen_as_the_same_bytes():
    facts = records.facts_of(first_record())

    body, digest = records.encode(facts)

    assert zlib.decompress(body) == TODAY.read_bytes()
    assert records.digest_of(facts) == digest


def test_the_first_record_ever_is_still_read_and_renders():
    facts = records.facts_of(first_record())

    said = csv.render(facts, language("vi")).decode()
    assert [task.code for task in facts.tasks] == ["HAL-1", "HAL-2", "HAL-3"]
    assert all(task.title in said for task in facts.tasks)
    assert facts.narrative["results"].startswith("Ban kỹ thuật đã họp")


def test_number_and_date_come_from_the_clerk_not_from_the_lines():
    body, digest = records.encode(make_facts(3))
    given = {"document_number": "15/BC-TĐC", "document_date": date(2026, 11, 16)}

    facts = records.facts_of(a_record(body, digest, approved_at=MORNING, **given))

    assert facts.stamp == Stamp("15/BC-TĐC", date(2026, 11, 16))
    assert facts.identifier == f"NQI-7-{digest[:16]}"


@pytest.mark.parametrize(
    "harm",
    [
        lambda body: zlib.compress(zlib.decompress(body).replace(b"Halal", b"Haram")),
        lambda body: body[:-20],
        lambda body: b"",
        lambda body: b"nonsense",
    ],
    ids=["other words", "cut", "empty", "nonsense"],
)
def test_what_was_changed_in_the_database_is_not_read(harm):
    body, digest = records.encode(make_facts(3))

    with pytest.raises(RuleViolationError) as caught:
        records.facts_of(a_record(harm(body), digest))

    assert caught.value.code == "record_altered"


def first_record():
    text = FIRST.read_bytes()
    return a_record(zlib.compress(text), sha256(text).hexdigest())
