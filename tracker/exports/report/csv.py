"""All tasks of a report as CSV."""

from tracker.exports.report.rows import TASK_COLUMNS, task_rows
from tracker.exports.sheets import csv
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    return csv.render(TASK_COLUMNS, task_rows(facts, lang), lang)
