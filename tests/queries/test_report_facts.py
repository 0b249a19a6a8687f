from tests.exports.reports import make_facts
from tracker.queries.report_facts import Name


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
