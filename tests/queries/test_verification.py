"""A file is ours, ours no longer, or another's; of what one may not see nothing more is told."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tests import factories as make
from tracker.lib.periods import parse
from tracker.models import Group, ReportFile
from tracker.policies.actor import Actor
from tracker.queries.verification import Outcome, verify
from tracker.services import reports
from tracker.services.act import Act

OUTSIDER = Actor(person_id=9, person_name="x")
AT = datetime(2026, 11, 16, 3, tzinfo=UTC)
ACT = Act(person_id=None, at=AT, cause="test")
LINES = b'{"period": "2026-11"}\n'
DIGEST = sha256(LINES).hexdigest()
CONTENT = b"what was issued"


@pytest.fixture
def stored(db_session, cast):
    """A report of a group with a frozen record and a file of it, by key."""

    def made(key="HAL"):
        report = reports.begin(db_session.get(Group, cast.groups[key]), parse("2026-11"), by=ACT)
        db_session.flush()
        said = {"revision": 1, "body": LINES, "sha256": DIGEST}
        record = make.record(db_session, report, "05/BC-TĐC", **said)
        add_file(db_session, report, record, CONTENT)
        return report, record

    return made


def add_file(session, report, record, content):
    file = ReportFile(
        report_id=report.id,
        record_id=record and record.id,
        format="docx",
        language="vi",
        file_name="HAL_2026-11_v1.docx",
        sha256=sha256(content).hexdigest(),
        size=len(content),
        created_at=AT,
    )
    session.add(file)
    session.flush()
    return file


def marked(report, digest=DIGEST):
    return f"<meta content='NQI-{report.id}-{digest[:16]}'> and words of somebody".encode()


def test_an_intact_file_leads_to_its_report_and_revision(stored):
    report, record = stored()

    found = verify(OUTSIDER, CONTENT)

    assert (found.outcome, found.report, found.record) == (Outcome.INTACT, report, record)
    assert (found.sha256, found.size) == (sha256(CONTENT).hexdigest(), 15)
    assert found.file.file_name == "HAL_2026-11_v1.docx"


def test_a_file_of_a_draft_is_intact_without_a_revision(db_session, stored):
    report, _record = stored()
    add_file(db_session, report, None, b"a draft")

    found = verify(OUTSIDER, b"a draft")

    assert (found.outcome, found.report, found.record) == (Outcome.INTACT, report, None)


def test_an_altered_file_is_told_by_its_mark(stored):
    report, record = stored()

    found = verify(OUTSIDER, marked(report))

    assert (found.outcome, found.report, found.record) == (Outcome.ALTERED, report, record)
    assert found.file is None


def test_the_mark_of_a_draft_names_no_revision(stored):
    report, _record = stored()

    found = verify(OUTSIDER, marked(report, "0" * 16))

    assert (found.outcome, found.report, found.record) == (Outcome.ALTERED, report, None)


@pytest.mark.parametrize("content", [b"", b"whatever", b"NQI-999999-0123456789abcdef"])
def test_other_files_are_not_ours(stored, content):
    stored()

    assert verify(OUTSIDER, content).outcome is Outcome.FOREIGN


def test_of_a_report_one_may_not_see_nothing_is_told_but_that_it_is_ours(stored):
    report, _record = stored("SOL")

    seen = [verify(OUTSIDER, content) for content in (CONTENT, marked(report))]
    guessed = verify(OUTSIDER, marked(report, "0" * 16))

    assert [found.outcome for found in seen] == [Outcome.INTACT, Outcome.ALTERED]
    assert all(found.is_hidden for found in seen)
    assert [(found.report, found.record, found.file) for found in seen] == [(None, None, None)] * 2
    assert guessed.outcome is Outcome.FOREIGN
