"""Reports: the list of those that were written, and the facts a new one says."""

from tracker.queries.reports.building import Outline, build, facts_of, items, outline
from tracker.queries.reports.listing import (
    content_of,
    file,
    files,
    find,
    intact_files,
    issued_file,
    of_period,
)
from tracker.queries.reports.names import last_comment
from tracker.queries.reports.register import PAGE, Filters, Line, Lines, lines, units
from tracker.queries.reports.scope import Scope
from tracker.queries.reports.writers import revision

__all__ = [
    "PAGE",
    "Filters",
    "Line",
    "Lines",
    "Outline",
    "Scope",
    "build",
    "content_of",
    "facts_of",
    "file",
    "files",
    "find",
    "intact_files",
    "issued_file",
    "items",
    "last_comment",
    "lines",
    "of_period",
    "outline",
    "revision",
    "units",
]
