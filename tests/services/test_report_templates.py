import pytest

from tests.conftest import NOW
from tests.exports.reports import make_facts
from tracker.errors import RuleViolationError
from tracker.lib.periods import parse
from tracker.queries import report_templates as read
from tracker.queries.choices import Choice
from tracker.services import report_templates as do
from tracker.services import reports
from tracker.services.act import Act

BY = Act(person_id=None, at=NOW, cause="web")
MONTH = parse("2026-11")


@pytest.fixture
def template(db_session):
    """One that is in use."""
    made = do.upload("Mẫu", "mau.docx", b"PK", by=BY)
    do.use(made, by=BY)
    return made


def test_a_report_is_laid_out_by_the_default_of_the_day_it_was_begun(template):
    before = reports.begin(None, MONTH, by=BY)
    do.make_default(template, by=BY)
    after, named = reports.begin(None, MONTH, by=BY), do.upload("B", "b.docx", b"PK2", by=BY)
    by_regime = reports.begin(None, MONTH, by=BY, template_id=named.id)
    do.retire(template, by=BY)
    later = reports.begin(None, MONTH, by=BY)

    assert read.default_content() is None
    found = [read.content_of(one, None) for one in (before, after, by_regime, later)]
    assert found == [None, b"PK", b"PK2", None]


def test_what_was_submitted_keeps_its_layout_when_the_report_takes_another(template):
    report = reports.begin(None, MONTH, by=BY)
    record = reports.submit(report, reports.freeze(report, make_facts()), by=BY)
    reports.return_(report, "Đổi mẫu", by=BY, seen=record.id)
    report.template_id = template.id

    assert (read.content_of(report, record), read.content_of(report, None)) == (None, b"PK")


def test_only_one_that_is_in_use_can_be_the_default(template):
    do.retire(template, by=BY)

    with pytest.raises(RuleViolationError, match="template_retired"):
        do.make_default(template, by=BY)
    assert read.choices() == []
    assert list(read.choices(also=template.id)) == [Choice(template.id, "Mẫu")]


def test_how_many_go_by_it_is_counted(template):
    reports.begin(None, MONTH, by=BY, template_id=template.id)

    (line,) = read.listing()
    assert (line.template, line.regimes, line.reports, line.is_default) == (template, 0, 1, False)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Mẫu\\bao cao.docx", "bao cao.docx"),
        ("../../etc/passwd", "passwd.docx"),
        ("a\u202excod.exe\r\nX: y", "axcod.docx"),
        ("", "mau.docx"),
        ("x" * 500 + ".docm", "x" * 120 + ".docx"),
    ],
)
def test_a_file_is_kept_under_a_harmless_name(db_session, sent, kept):
    assert do.upload("Mẫu", sent, b"PK", by=BY).file_name == kept
