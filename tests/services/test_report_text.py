"""Several people write in one report, and nobody's words are lost."""

from datetime import UTC, datetime

import pytest

from tracker.errors import RuleViolationError, StaleError
from tracker.lib.periods import parse
from tracker.models import Group
from tracker.queries import history
from tracker.services import reports as do
from tracker.services.act import Act
from tracker.services.report_text import write


def act(person_id=None):
    at = datetime(2026, 11, 16, 3, tzinfo=UTC)
    return Act(person_id=person_id, at=at, cause="test")


@pytest.fixture
def report(db_session, cast):
    made = do.begin(db_session.get_one(Group, cast.groups["HAL"]), parse("2026-11"), by=act())
    db_session.flush()
    return made


@pytest.fixture
def mine(db_session, report, cast):
    """`mine("head", results=…, seen=…)` is what one person stores at once."""

    def stores(role, seen=None, **texts):
        over = dict.fromkeys(texts, report.version if seen is None else seen)
        changed = write(report, texts, by=act(cast[role].person_id), seen=over)
        db_session.flush()
        return changed

    return stores


def test_each_changed_text_is_recorded_once(db_session, report, mine):
    changed = mine("head", results="Tốt", next="")
    again = mine("head", results="Tốt", next="")

    assert (changed, again) == (["results"], [])
    assert report.narrative == {"results": "Tốt"}
    written = [c for c in history.of("report", report.id) if c.field == "narrative"]
    assert [(c.old, c.new) for c in written] == [({"results": ""}, {"results": "Tốt"})]


def test_two_people_may_write_in_different_sections_at_once(report, mine):
    seen = report.version
    mine("head", seen, results="Của tôi", next="")
    mine("secretary", seen, results="", next="Của bạn")

    assert report.narrative == {"results": "Của tôi", "next": "Của bạn"}


def test_a_text_is_measured_by_its_own_version(db_session, report, cast, mine):
    """A page that saved itself knows a newer version, and still shows an older text of others."""
    old = report.version
    mine("head", old, results="Của tổ trưởng")
    mine("secretary", old, results="", next="Một")

    now = {"results": old, "next": report.version}
    by = act(cast["secretary"].person_id)
    write(report, {"results": "", "next": "Hai"}, by=by, seen=now)

    assert report.narrative == {"results": "Của tổ trưởng", "next": "Hai"}


def test_the_second_in_the_same_section_sees_both_texts(report, mine):
    seen = report.version
    mine("head", seen, results="Của tôi", next="Họp")

    with pytest.raises(StaleError) as refused:
        mine("secretary", seen, results="Của bạn", next="", results_en="Yours")

    assert refused.value.conflicts == {"results": ("Của tôi", "Của bạn")}
    assert refused.value.kept == {"next": "Họp"}
    assert report.narrative == {"results": "Của tôi", "next": "Họp"}


def test_the_same_text_twice_is_no_conflict(report, mine):
    seen = report.version
    mine("head", seen, results="Như nhau")

    assert mine("secretary", seen, results="Như nhau") == []


def test_the_answers_to_one_person_may_be_overtaken_by_what_they_type(report, mine):
    seen = report.version
    mine("head", seen, results="Một")

    assert mine("head", seen, results="Một hai") == ["results"]
    assert report.narrative == {"results": "Một hai"}


def test_an_older_page_of_the_same_person_does_not_undo_the_newer(report, mine):
    seen = report.version
    mine("head", seen, results="Mới")

    assert mine("head", seen, results="", next="Họp") == ["next"]
    assert report.narrative == {"results": "Mới", "next": "Họp"}


def test_what_others_made_of_ones_own_text_stays_where_one_left_it(report, mine):
    seen = report.version
    mine("head", seen, results="Một")
    mine("secretary", results="Một, sửa")

    assert mine("head", seen, results="Một") == []
    with pytest.raises(StaleError):
        mine("head", seen, results="Một hai")
    assert report.narrative == {"results": "Một, sửa"}


def test_a_text_of_which_no_version_is_known_is_taken(report, cast, mine):
    mine("head", results="Một")

    assert write(report, {"results": "Hai"}, by=act(cast["secretary"].person_id)) == ["results"]


def test_a_text_has_an_end(report):
    with pytest.raises(RuleViolationError) as refused:
        write(report, {"results_en": "x" * 20_001}, by=act())

    assert refused.value.code == "section_too_long"


def test_what_is_no_section_is_not_kept(report):
    assert write(report, {"title": "x"}, by=act()) == []
