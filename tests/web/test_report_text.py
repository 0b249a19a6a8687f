"""What the texts of a report say; what several people do with them is in tests/routes."""

from tests.exports.reports import make_facts
from tracker.queries.report_facts import Name
from tracker.queries.reports.chips import values
from tracker.web.report_text import Piece, chip, frozen, offered, strand


def test_a_text_that_was_submitted_says_what_its_facts_were_then():
    facts = make_facts(
        narrative={
            "results": "Còn [[quá hạn]]\n\n[[HAL-99]], [[HAL-99]]",
            "results_en": "[[overdue]]",
        },
        chips={":open_overdue": Name("1.200", "1,200")},
    )

    texts = frozen(facts)

    assert texts["results"].lines == [
        [Piece("Còn "), Piece("1.200", "[[quá hạn]]")],
        [
            Piece("[[HAL-99]]", "[[HAL-99]]", is_missing=True),
            Piece(", "),
            Piece("[[HAL-99]]", "[[HAL-99]]", is_missing=True),
        ],
    ]
    assert texts["results"].missing == ["[[HAL-99]]"]
    assert texts["results_en"].lines == [[Piece("1,200", "[[overdue]]")]]
    assert [texts[name].has_chips for name in ("results", "next")] == [True, False]


def test_what_is_offered_can_be_typed_in_the_language_of_the_reader(app):
    facts = make_facts()

    for code, first in (("vi", ("tổng số", "[[tổng số]]")), ("en", ("total", "[[total]]"))):
        with app.test_request_context(headers={"Cookie": f"language={code}"}):
            offers = offered(facts)
            named = chip("health", strand("metrology"))

        assert (offers[0].word, offers[0].chip) == first
        assert values(facts, [named])
        assert len(values(facts, [one.chip for one in offers])) == len(offers)
