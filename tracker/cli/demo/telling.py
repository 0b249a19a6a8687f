"""The whole demo, told from its first day to its last."""

from datetime import date, time
from functools import partial

from tracker.cli.demo import (
    decisions,
    declarations,
    meetings,
    past,
    programmes,
    report_templates,
    reports,
    risks,
)
from tracker.cli.demo.people import ADMINISTRATOR


def tell(today: date, password: str) -> None:
    """Write it; its last day is the Sunday on or before `today`."""
    story = past.begin(today, password)
    declarations.tell(story)
    decisions.tell(story)
    meetings.tell(story)
    risks.tell(story)
    reports.tell(story)
    compose = partial(programmes.compose, lambda key: story.groups[key].group)
    story.on(programmes.COMPOSED, time(16, 30), compose, ADMINISTRATOR)
    story.on(report_templates.BROUGHT, time(9, 0), report_templates.bring, ADMINISTRATOR)
    story.play()
