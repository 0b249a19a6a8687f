from dataclasses import replace

from tracker.queries.report_facts import Name
from tracker.queries.settings import ReportHeader
from tracker.web import report_look


def test_nothing_made_up_stands_in_the_place_of_what_was_not_typed(app):
    header = ReportHeader(issuing_body="Ủy ban", superior_body="Bộ", recipients="Cục A\n\nCục B")
    with app.test_request_context():
        facts = report_look.sample_under(header)
        named = report_look.sample_under(replace(header, addressees="Vụ C"))

    assert facts.organisation.issuing == Name("Ủy ban")
    assert (facts.addressees, facts.sent_to) == ((), Name("Bộ"))
    assert facts.recipients == ("Cục A", "Cục B")
    assert named.addressees == ("Vụ C",)
