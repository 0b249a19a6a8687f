"""A made-up report under the head of this installation, to look at before a real one is written."""

from dataclasses import replace

from tracker.exports.report.template.sample import sample
from tracker.queries.report_facts import ReportFacts
from tracker.queries.reports import heads
from tracker.queries.settings import ReportHeader
from tracker.web import clock
from tracker.web.configuration import config


def organisation() -> str:
    """The name of the installation, for whom no issuing body was typed."""
    return config().organisation


def sample_under(header: ReportHeader) -> ReportFacts:
    """The sample with that head, its addressees and recipients, and nothing else in their place."""
    return replace(
        sample(heads.organisation(header, (), clock.today(), covers_all=True)),
        covers_all_groups=True,
        addressees=heads.lines(header.addressees),
        addressees_en=heads.lines(header.addressees_en),
        recipients=heads.lines(header.recipients),
        recipients_en=heads.lines(header.recipients_en),
        sent_to=heads.sent_to(header, covers_all=True),
    )
