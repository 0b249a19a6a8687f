"""The frozen content of a report goes into a JSON column and comes back whole."""

import json
from datetime import date
from pathlib import Path

from tests.exports.reports import make_facts
from tracker.queries.report_facts import Name, ReportFacts, Stamp

GOLDEN = Path(__file__).parents[1] / "data" / "report_facts.json"


def test_facts_come_back_from_json_as_they_were():
    facts = make_facts(groups=3, count=30)

    assert ReportFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_facts_stored_today_can_be_read_for_ever():
    stored = json.loads(GOLDEN.read_text(encoding="utf-8"))

    assert ReportFacts.from_json(stored) == make_facts(count=12)


def test_facts_stored_before_a_field_was_added_take_its_default():
    stored = make_facts(count=6).to_json()
    del stored["recipients"]
    stored["of_a_later_version"] = 1

    assert ReportFacts.from_json(stored) == make_facts(count=6, recipients=())


def test_the_stamp_of_the_clerk_is_no_part_of_what_is_kept():
    stamped = make_facts(stamp=Stamp("12/BC-TCTHAL", date(2026, 11, 16)))

    assert stamped.to_json() == make_facts().to_json()


def test_a_name_without_english_is_given_in_vietnamese():
    assert Name("Tổ công tác Halal").in_language("en") == "Tổ công tác Halal"
    assert Name("Tổ công tác", "Working group").in_language("en") == "Working group"


def test_a_group_the_report_does_not_cover_is_named_by_its_key():
    facts = make_facts()

    assert facts.group_name("HAL", "en") == "Halal working group"
    assert facts.group_name("XYZ", "en") == "XYZ"


def test_what_was_written_in_english_is_told_in_english_with_the_facts_dropped_into_it():
    facts = make_facts(
        narrative={"results": "Còn [[quá hạn]]", "results_en": "[[overdue]] left", "next": "Họp"},
        chips={":open_overdue": Name("1.200", "1,200")},
    )

    assert [facts.said("results", code) for code in ("vi", "en")] == ["Còn 1.200", "1,200 left"]
    assert [facts.said("next", code) for code in ("vi", "en")] == ["Họp", "Họp"]
    assert facts.said("difficulties", "en") == ""
