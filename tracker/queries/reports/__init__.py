"""Reports: the list of those that were written, and the facts a new one says."""

from tracker.queries.reports.building import Outline, build, outline
from tracker.queries.reports.listing import (
    PAGE,
    Filters,
    Line,
    Lines,
    draft_of,
    file,
    files,
    find,
    lines,
)
from tracker.queries.reports.names import last_comment

__all__ = [
    "PAGE",
    "Filters",
    "Line",
    "Lines",
    "Outline",
    "build",
    "draft_of",
    "file",
    "files",
    "find",
    "last_comment",
    "lines",
    "outline",
]
